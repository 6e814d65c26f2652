"""SimCord's Discord behind real connections: a gateway, an API and a CDN for other processes.

Inside the bot's process, as in the tests, SimCord would replace the connections, the clock and the
heartbeats, all of which a load test is about; and its own work would delay the bot's.
"""

from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from time import monotonic
from typing import Any

from aiohttp import web
from simcord.backend import Backend, serializers
from simcord.backend.errors import BackendError
from simcord.http import dispatch

from tests.bench.served import fast_json
from tests.bench.served.form import read
from tests.bench.served.gateway import Gateway, is_of

EVENTS = {"GUILD_CREATE", "MESSAGE_CREATE"}
NONCE_SECONDS = 180.0  # "the past few minutes", in which a nonce stands for one message


@dataclass
class Upload:
    """A file as SimCord expects it from discord.py, without its content."""

    filename: str
    description: str | None = None

    @property
    def fp(self) -> BytesIO:
        return BytesIO()


class RealClock:
    """SimCord's clock, with the time of day: the ids of messages tell how old they are."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ServedDiscord:
    """A Discord that calls ``on_reply(payload, files)`` for each message that the bot sends.

    It recommends ``shards``, of which ``max_concurrency`` may begin a session at once.
    """

    def __init__(
        self,
        on_reply: Callable[[dict[str, Any], list[str]], None],
        *,
        shards: int = 1,
        max_concurrency: int = 1,
    ) -> None:
        self.backend = Backend(clock=RealClock())  # type: ignore[arg-type]
        self.gateway = Gateway(self.ready, self._guilds, max_concurrency=max_concurrency)
        self.requests: Counter[str] = Counter()
        self._shards = shards
        self._on_reply = on_reply
        self._files: dict[str, bytes] = {}
        self._nonces: dict[tuple[str, object], tuple[float, object]] = {}  # by path and nonce
        self.backend.subscribers.append(self._emit)

    @asynccontextmanager
    async def running(self) -> AsyncGenerator["ServedDiscord"]:
        application = web.Application(client_max_size=2**25)
        application.router.add_get("/gateway/", self.gateway.serve)
        application.router.add_get("/cdn", self._cdn)
        application.router.add_route("*", "/api{path:.*}", self._api)
        runner = web.AppRunner(application, shutdown_timeout=0, access_log=None)
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
            self.gateway.emit(event, data)

    def ready(self) -> dict[str, Any]:
        """Return what READY says to every shard."""
        return {
            "v": 10,
            "user": serializers.user_payload(self.backend.bot_user),
            "resume_gateway_url": f"ws://{self.address}/gateway/",
            "application": {"id": str(self.backend.application_id), "flags": 0},
        }

    def _guilds(self, shard: int, shards: int) -> Iterator[tuple[int, bytes]]:
        for guild in self.backend.guilds.values():
            if is_of(guild.id, (shard, shards)):
                payload = serializers.guild_create_payload(self.backend, guild)
                yield guild.id, fast_json.dumps(payload)

    async def _cdn(self, request: web.Request) -> web.Response:
        url = request.query["url"]
        # What follows the end of an image is ignored, but makes every file different.
        return web.Response(body=self._files[url] + url.encode())

    async def _api(self, request: web.Request) -> web.Response:
        path = request.match_info["path"].removeprefix("/v10")
        self.requests[path.rpartition("/")[2]] += 1
        if path == "/gateway/bot":
            return _answer(self._gateway_bot())
        body, files = await read(request)
        if request.method == "POST" and path.endswith("/messages"):
            return self._create_message(path, body, files)
        return self._dispatch(request.method, path, body, dict(request.query))

    def _gateway_bot(self) -> dict[str, Any]:
        left = 1000 - self.gateway.begun
        limits = {"total": 1000, "remaining": left, "reset_after": 0}
        limits["max_concurrency"] = self.gateway.max_concurrency
        url = f"ws://{self.address}/gateway/"
        return {"url": url, "shards": self._shards, "session_start_limit": limits}

    def _create_message(self, path: str, body: dict[str, Any], files: list[str]) -> web.Response:
        """Create a message, but not a second one with the same nonce."""
        nonce = body.get("nonce") if body.get("enforce_nonce") else None
        known_at, message = self._nonces.get((path, nonce), (-NONCE_SECONDS, None))
        if nonce is not None and monotonic() - known_at < NONCE_SECONDS:
            return _answer(message)
        try:
            uploads = [Upload(name) for name in files]
            message = dispatch(self.backend, "POST", path, json=body, files=uploads)
        except BackendError as error:
            return _answer(error.to_json(), error.status)
        self._nonces[path, nonce] = monotonic(), message
        self._on_reply(body, files)
        return _answer(message)

    def _dispatch(
        self, method: str, path: str, body: object, query: dict[str, str]
    ) -> web.Response:
        # SimCord gives the newest of the messages after another; Discord, the oldest.
        limit = int(query.pop("limit", 50))
        params = query | {"limit": len(self._files) * 4 if "after" in query else limit}
        try:
            result = dispatch(self.backend, method, path, json=body, params=params)
        except BackendError as error:
            return _answer(error.to_json(), error.status)
        if "after" in query:
            result = result[-limit:]
        return web.Response(status=204) if result is None else _answer(result)


def _answer(data: object, status: int = 200) -> web.Response:
    # With a charset in its type, discord.py would not take it for JSON.
    return web.Response(
        body=fast_json.dumps(data), status=status, headers={"Content-Type": "application/json"}
    )
