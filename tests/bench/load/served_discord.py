"""SimCord's Discord behind real connections: a gateway, an API and a CDN for another process.

Inside the bot's process, as in the tests, SimCord would replace the connections, the clock and the
heartbeats, all of which a load test is about; and its own work would delay the bot's.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from time import monotonic
from typing import Any

import orjson
from aiohttp import web
from simcord.backend import Backend, serializers
from simcord.backend.errors import BackendError
from simcord.http import dispatch

HEARTBEAT_SECONDS = 5.0  # Discord asks for one every 41.25 s: too few to see anything
EVENTS = {"GUILD_CREATE", "MESSAGE_CREATE"}
HELLO, IDENTIFY, HEARTBEAT, ACKNOWLEDGED = 10, 2, 1, 11


@dataclass
class Upload:
    """A file as SimCord expects it from discord.py, without its content."""

    filename: str
    description: str | None = None

    @property
    def fp(self) -> BytesIO:
        return BytesIO()


class ServedDiscord:
    """A Discord that calls ``on_reply(payload, files)`` for each message that the bot sends."""

    def __init__(self, on_reply: Callable[[dict[str, Any], list[str]], None]) -> None:
        self.backend = Backend()
        self.heartbeats: list[float] = []
        self.ready = asyncio.Event()
        self.requests: Counter[str] = Counter()
        self._on_reply = on_reply
        self._files: dict[str, bytes] = {}
        self._frames: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._sequence = 0
        self.backend.subscribers.append(self._emit)

    @asynccontextmanager
    async def running(self) -> AsyncGenerator["ServedDiscord"]:
        application = web.Application(client_max_size=2**25)
        application.router.add_get("/gateway/", self._gateway)
        application.router.add_get("/cdn", self._cdn)
        application.router.add_route("*", "/api{path:.*}", self._api)
        runner = web.AppRunner(application, shutdown_timeout=0)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.address = f"127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    def post(self, channel_id: int, author_id: int, data: bytes, *, asked: bool) -> int:
        """Post an image, with a mention of the bot if ``asked``; return the message's id."""
        backend = self.backend
        content = f"<@{backend.bot_user.id}>" if asked else ""
        (attachment,) = backend.store_attachments(channel_id, [("photo.jpg", b"")])
        self._files[attachment["url"]] = data
        attachment |= {"size": len(data)}
        return backend.create_message(channel_id, author_id, content, attachments=[attachment]).id

    def _emit(self, event: str, data: Mapping[str, Any]) -> None:
        self.backend.transcript.clear()  # otherwise it would fill the memory
        self.backend.http_requests.clear()
        if event in EVENTS:
            self._sequence += 1
            self._frames.put_nowait({"op": 0, "t": event, "s": self._sequence, "d": data})

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": HEARTBEAT_SECONDS * 1000}})
        sending = None
        async for frame in socket:
            payload = frame.json()
            if payload["op"] == HEARTBEAT:
                self.heartbeats.append(monotonic())
                await socket.send_json({"op": ACKNOWLEDGED})
            elif payload["op"] == IDENTIFY:
                await socket.send_json(self._ready())
                for guild in self.backend.guilds.values():
                    payload = serializers.guild_create_payload(self.backend, guild)
                    self._emit("GUILD_CREATE", payload)
                sending = asyncio.create_task(self._send_frames(socket))
                self.ready.set()
        if sending:
            sending.cancel()
        return socket

    async def _send_frames(self, socket: web.WebSocketResponse) -> None:
        while True:
            await socket.send_str(orjson.dumps(await self._frames.get()).decode())

    def _ready(self) -> dict[str, Any]:
        backend = self.backend
        data = {
            "v": 10,
            "user": serializers.user_payload(backend.bot_user),
            "guilds": [{"id": str(guild), "unavailable": True} for guild in backend.guilds],
            "session_id": "load",
            "shard": [0, 1],
            "resume_gateway_url": f"ws://{self.address}/gateway/",
            "application": {"id": str(backend.application_id), "flags": 0},
        }
        return {"op": 0, "t": "READY", "s": 0, "d": data}

    async def _cdn(self, request: web.Request) -> web.Response:
        url = request.query["url"]
        # What follows the end of an image is ignored, but makes every file different.
        return web.Response(body=self._files[url] + url.encode())

    async def _api(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        self.requests[path.rpartition("/")[2]] += 1
        if path == "/gateway/bot":
            limits = {"total": 9, "remaining": 9, "reset_after": 0, "max_concurrency": 1}
            url = f"ws://{self.address}/gateway/"
            return _answer({"url": url, "shards": 1, "session_start_limit": limits})
        body, files = await _read(request)
        names = [Upload(name) for name in files]
        try:
            result = dispatch(self.backend, request.method, path, json=body, files=names)
        except BackendError as error:
            return _answer(error.to_json(), error.status)
        if request.method == "POST" and path.endswith("/messages"):
            self._on_reply(body, files)
        return web.Response(status=204) if result is None else _answer(result)


async def _read(request: web.Request) -> tuple[Any, list[str]]:
    """Return the JSON of a request, and the names of the files that came with it."""
    if not request.headers.get("Content-Type", "").startswith("multipart/form-data"):
        return (await request.json() if request.can_read_body else None), []
    form = await request.post()
    files = [part.filename for part in form.values() if isinstance(part, web.FileField)]
    return orjson.loads(str(form["payload_json"])), files


def _answer(data: object, status: int = 200) -> web.Response:
    # With a charset in its type, discord.py would not take it for JSON.
    return web.Response(
        body=orjson.dumps(data), status=status, headers={"Content-Type": "application/json"}
    )
