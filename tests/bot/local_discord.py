"""Discord on this machine, as far as discord.py needs it to start, receive messages and reply.

SimCord replaces discord.py's transport; this is behind it, so that what discord.py itself does
about a fault is part of the test.
"""

import asyncio
import json
import math
import time
import zlib
from collections import Counter, defaultdict, deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from ipaddress import ip_address
from typing import Any

from aiohttp import ClientHandlerType, ClientRequest, ClientResponse, WSCloseCode, web
from yarl import URL

from bot.download.ssrf import IPAddress
from bot.launch.invitation import PERMISSIONS
from tests.bot.account import APPLICATION_ID, TOKEN
from tests.bot.discord_faults import Faults, answer, too_many
from tests.bot.loopback import LOOPBACK, listening

APPLICATION = str(APPLICATION_ID)
ALICE = "223456789012345678"
CHANNEL = "323456789012345678"
MESSAGE = 423456789012345678
CDN = "cdn.discordapp.com"
DISALLOWED_INTENTS = 4014  # of the gateway's close codes
COMPONENT_INTERACTION = 3
IDENTIFY, RESUME, INVALID_SESSION, HELLO = 2, 6, 9, 10  # of the gateway's opcodes


@dataclass
class SentMessage:
    """A message that was accepted from the bot."""

    channel: str
    payload: dict[str, Any]
    files: list[bytes]


class LocalDiscord(Faults):
    """An API, a gateway and a CDN.

    The next requests that match a pattern in ``faults`` go wrong, each as one of :class:`Faults`.
    """

    def __init__(self) -> None:
        self.token = TOKEN  # the one that is accepted
        self.faults: defaultdict[str, list[str]] = defaultdict(list)
        self.files: dict[str, bytes] = {}
        self.requests: list[str] = []
        self.nonces: list[str] = []
        self.sent: list[SentMessage] = []
        self.accepted = 0  # how often a message was, also the same one again
        self.profile: dict[str, str] = {}  # what the bot changed of its own
        self.emojis: list[dict[str, str]] = []  # the application's
        self.listed = 0  # how often they were asked for
        self.uploads: list[str] = []  # the names of all that were sent
        self.commands: list[dict[str, Any]] = []
        self.syncs = 0
        self.global_limit = math.inf  # requests with a token in one second
        self.refused = 0  # how many were more than that
        self.shards = 1  # how many are recommended
        self.sessions_left = 1000
        self.starts: list[dict[str, Any]] = []  # IDENTIFY and RESUME
        self.started_at: list[float] = []  # in seconds
        self.guilds: list[
            int
        ] = []  # the ids of servers, each of which is its one channel's as well
        self.connected = asyncio.Event()
        self.gateway_closes_with: int | None = None
        self.refused_intents = 0
        self.ends_sessions = False  # each as soon as it has begun
        self._posted = 0
        self._newest: deque[float] = deque()  # requests in the last second
        self._sequences: Counter[int] = Counter()  # by shard
        self._missed: list[dict[str, Any]] = []
        self._shards = 1  # how many the newest session was of
        self._sockets: dict[int, web.WebSocketResponse] = {}  # by shard
        self._progress = asyncio.Condition()

    @asynccontextmanager
    async def running(self) -> AsyncGenerator["LocalDiscord"]:
        async with listening(self._handle) as self.url:
            yield self

    @property
    def gateway(self) -> URL:
        return self.url.with_scheme("ws") / "gateway"

    @property
    def api(self) -> str:
        """The address for discord.py's ``Route.BASE``."""
        return str(self.url / "api")

    def is_allowed(self, address: IPAddress) -> bool:
        return address == ip_address(LOOPBACK)

    async def middleware(self, request: ClientRequest, send: ClientHandlerType) -> ClientResponse:
        """Stand in for Discord's CDN."""
        if request.url.host != CDN:
            return await send(request)
        here = self.url / "cdn" / request.url.path.removeprefix("/")
        return await request.session.get(here, middlewares=())

    async def post(
        self, *files: tuple[str, bytes], content: str = "", guild: int | None = None
    ) -> None:
        """Post as Alice in a server or, without one, directly, where a lost session may resume."""
        attachments = [
            {
                "id": str(number),
                "filename": name,
                "size": len(data),
                "url": f"https://{CDN}/{number}/{name}",
                "proxy_url": f"https://{CDN}/{number}/{name}",
                "content_type": "image/png",
            }
            for number, (name, data) in enumerate(files, start=1)
        ]
        self.files |= {f"{n}/{name}": data for n, (name, data) in enumerate(files, start=1)}
        message = message_data(ALICE, "alice", content) | {"attachments": attachments}
        self._posted += 1
        message["id"] = str(MESSAGE + self._posted)
        if guild is None:
            await self._dispatch("MESSAGE_CREATE", message | {"channel_type": 1})
        else:
            message |= {"channel_id": str(guild), "guild_id": str(guild), "channel_type": 0}
            message["member"] = {"roles": [], "joined_at": message["timestamp"], "flags": 0}
            await self._dispatch("MESSAGE_CREATE", message, self._shard_of(guild))

    async def press(self, action: str, content: str, components: list[dict[str, Any]]) -> None:
        """Press a button, as Alice, of a message that the bot has sent her directly."""
        (custom_id,) = (
            control["custom_id"]
            for row in components
            for control in row["components"]
            if f":{action}:" in control.get("custom_id", "")
        )
        message = message_data(APPLICATION, "HueHarvest", content) | {"components": components}
        interaction = {
            "id": str(MESSAGE + self._posted),
            "application_id": APPLICATION,
            "type": COMPONENT_INTERACTION,
            "token": "token",
            "version": 1,
            "data": {"custom_id": custom_id, "component_type": 2},
            "channel_id": CHANNEL,
            "channel": {"id": CHANNEL, "type": 1, "recipients": [_user(ALICE, "alice")]},
            "user": _user(ALICE, "alice"),
            "message": message,
            "locale": "en-GB",
            "entitlements": [],
            "authorizing_integration_owners": {"0": "0"},
            "context": 1,
            "app_permissions": "0",
            "attachment_size_limit": 10 * 2**20,
        }
        await self._dispatch("INTERACTION_CREATE", interaction)

    async def wait_until(self, condition: Callable[["LocalDiscord"], bool]) -> None:
        """Return when the requests of the bot so far meet a condition."""
        async with asyncio.timeout(30), self._progress:
            await self._progress.wait_for(lambda: condition(self))

    async def drop(self, code: int = WSCloseCode.INTERNAL_ERROR) -> None:
        """Lose the connection to the first shard."""
        self.connected.clear()
        await self._sockets.pop(0).close(code=code)

    async def invalidate_session(self) -> None:
        """End the session of the first shard."""
        self.connected.clear()
        await self._sockets[0].send_json({"op": INVALID_SESSION, "d": False, "s": None, "t": None})

    async def serves(self, request: web.Request, _: str) -> web.StreamResponse:
        """Do nothing wrong, before a fault of the same pattern."""
        return await self._serve(request)

    async def accepts_and_hangs_up(self, request: web.Request, _: str) -> web.StreamResponse:
        await self._accept(request, CHANNEL)
        return await self.hangs_up(request, "")

    async def adds_and_hangs_up(self, request: web.Request, _: str) -> web.StreamResponse:
        await self._emojis(request)
        return await self.hangs_up(request, "")

    async def _dispatch(self, event: str, data: object, shard: int = 0) -> None:
        self._sequences[shard] += 1
        payload = {"op": 0, "t": event, "s": self._sequences[shard], "d": data}
        if shard in self._sockets:
            await self._sockets[shard].send_json(payload)
        else:
            self._missed.append(payload)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(_endpoint(request))
        try:
            for pattern, faults in self.faults.items():
                if faults and fnmatchcase(_endpoint(request), pattern):
                    name, _, argument = faults.pop(0).partition("/")
                    return await getattr(self, name)(request, argument)
            return await self._serve(request)
        finally:
            await self._notify()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        endpoint = _endpoint(request)
        path = endpoint.partition(" ")[2]
        if path in {"gateway", "resumption"}:
            return await self._gateway(request)
        if path.startswith("cdn/"):
            return web.Response(body=self.files[path.removeprefix("cdn/")])
        if path.startswith("interactions/"):  # whose token is in the address
            return answer({"interaction": {"id": "1", "type": COMPONENT_INTERACTION}})
        if request.headers["Authorization"] != f"Bot {self.token}":
            return answer({"code": 0, "message": "401: Unauthorized"}, status=401)
        if seconds := self._seconds_to_wait():
            self.refused += 1
            scope = {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
            return too_many(seconds, of_all=True, **scope)
        return await self._api(request, endpoint)

    def _seconds_to_wait(self) -> float:
        """Count a request, unless there were as many as are allowed in the last second."""
        now = time.monotonic()
        while self._newest and self._newest[0] <= now - 1:
            self._newest.popleft()
        if len(self._newest) >= self.global_limit:
            return self._newest[0] + 1 - now
        self._newest.append(now)
        return 0

    async def _api(self, request: web.Request, endpoint: str) -> web.Response:
        match endpoint.split("/"):
            case ["GET users" | "PATCH users", "@me"]:
                if request.method == "PATCH":
                    self.profile |= await request.json()
                return answer(_user(APPLICATION, "HueHarvest"))
            case ["GET oauth2", "applications", "@me"]:
                application = {"id": APPLICATION, "name": "HueHarvest", "description": ""}
                application |= {"icon": None, "bot_public": True, "bot_require_code_grant": False}
                owner = _user(ALICE, "alice")
                return answer(application | {"owner": owner, "verify_key": ""})
            case ["GET gateway", "bot"]:
                return answer(self._gateway_bot())
            case [_, _, "commands" | "emojis" as kind]:
                return await getattr(self, f"_{kind}")(request)
            case ["POST channels", channel, "messages"]:
                return answer(await self._accept(request, channel))
            case _:
                return answer([])

    def _gateway_bot(self) -> dict[str, Any]:
        """Tell how many sessions are left; once there are none, the day ends."""
        limits = {"total": 1000, "remaining": self.sessions_left, "reset_after": 1500}
        if not self.sessions_left:
            self.sessions_left = 1000
        limits["max_concurrency"] = 1
        return {"url": str(self.gateway), "shards": self.shards, "session_start_limit": limits}

    async def _commands(self, request: web.Request) -> web.Response:
        """List the application's commands, or replace them."""
        if request.method == "PUT":
            self.syncs += 1
            self.commands = [_command(sent) for sent in await request.json()]
        return answer(self.commands)

    async def _emojis(self, request: web.Request) -> web.Response:
        """List the application's emoji, or add one; their names are unique."""
        if request.method == "GET":
            self.listed += 1
            return answer({"items": self.emojis})
        sent = await request.json()
        self.uploads.append(sent["name"])
        if sent["name"] in [emoji["name"] for emoji in self.emojis]:
            return answer({"code": 50035, "message": "Invalid Form Body"}, status=400)
        self.emojis.append({"id": str(MESSAGE + len(self.emojis)), "name": sent["name"]})
        return answer(self.emojis[-1])

    async def _accept(self, request: web.Request, channel: str) -> dict[str, Any]:
        """Accept a message of the bot; one with a known nonce is not a new one."""
        if request.content_type == "application/json":
            sent = SentMessage(channel, await request.json(), [])
        else:
            form = await request.post()
            files = [part.file.read() for part in form.values() if isinstance(part, web.FileField)]
            sent = SentMessage(channel, json.loads(str(form["payload_json"])), files)
        self.accepted += 1
        nonce = sent.payload["nonce"]
        if nonce not in self.nonces:
            self.nonces.append(nonce)
            self.sent.append(sent)
        return message_data(APPLICATION, "HueHarvest", "")

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        hello = {"op": HELLO, "d": {"heartbeat_interval": 45_000}, "s": None, "t": None}
        await socket.send_json(hello)
        async for frame in socket:
            payload = frame.json()
            if payload["op"] in {IDENTIFY, RESUME}:
                self.starts.append(payload)
                self.started_at.append(time.monotonic())
                if payload["d"].get("intents", 0) & self.refused_intents:
                    await socket.close(code=DISALLOWED_INTENTS)
                else:
                    await self._begin(socket, payload)
        return socket

    async def _begin(self, socket: web.WebSocketResponse, start: dict[str, Any]) -> None:
        self.sessions_left -= start["op"] == IDENTIFY
        if self.gateway_closes_with is not None:
            await socket.close(code=self.gateway_closes_with)
            return
        if start["op"] == IDENTIFY:
            shard, self._shards = start["d"]["shard"]
            self._sockets[shard] = socket
            self._sequences[shard] = 0
            guilds = [guild for guild in self.guilds if self._shard_of(guild) == shard]
            ready = {"v": 10, "user": _user(APPLICATION, "HueHarvest")}
            ready["guilds"] = [{"id": str(guild), "unavailable": True} for guild in guilds]
            ready |= {"shard": start["d"]["shard"], "application": {"id": APPLICATION, "flags": 0}}
            ready |= {"session_id": "session"}
            ready |= {"resume_gateway_url": str(self.gateway.with_name("resumption"))}
            await self._dispatch("READY", ready, shard)
            for guild in guilds:
                await self._dispatch("GUILD_CREATE", _guild(str(guild)), shard)
            if self.ends_sessions:
                await self.invalidate_session()
        else:
            self._sockets[0] = socket
            for payload in self._missed:
                await socket.send_json(payload)
            self._missed.clear()
            await self._dispatch("RESUMED", {})
        self.connected.set()
        await self._notify()

    def _shard_of(self, guild: int) -> int:
        return (guild >> 22) % self._shards

    async def _notify(self) -> None:
        async with self._progress:
            self._progress.notify_all()


def _endpoint(request: web.Request) -> str:
    return f"{request.method} {request.match_info['path'].removeprefix('api/')}"


def _command(sent: dict[str, Any]) -> dict[str, Any]:
    """Return a command as Discord has it; one of the same name keeps its id."""
    command_id = str(MESSAGE + zlib.crc32(sent["name"].encode()))
    return {"description": "", **sent, "id": command_id, "application_id": APPLICATION}


def _user(user_id: str, name: str) -> dict[str, Any]:
    return {"id": user_id, "username": name, "discriminator": "0", "avatar": None}


def _guild(guild_id: str) -> dict[str, Any]:
    """Return a server with one channel, where the bot may do what it needs."""
    joined_at = "2026-01-01T00:00:00+00:00"
    me = {"user": _user(APPLICATION, "HueHarvest"), "roles": [], "joined_at": joined_at, "flags": 0}
    everyone = {"id": guild_id, "name": "@everyone", "permissions": str(PERMISSIONS.value)}
    everyone |= {"color": 0, "hoist": False, "position": 0, "managed": False, "mentionable": False}
    channel = {"id": guild_id, "type": 0, "name": "photos", "position": 0}
    return {
        "id": guild_id,
        "name": "Server",
        "owner_id": ALICE,
        "preferred_locale": "en-GB",
        "member_count": 2,
        "members": [me],
        "roles": [everyone],
        "channels": [channel | {"permission_overwrites": []}],
    }


def message_data(author_id: str, name: str, content: str) -> dict[str, Any]:
    """Return a message as Discord sends it."""
    return {
        "id": str(MESSAGE),
        "channel_id": CHANNEL,
        "author": _user(author_id, name),
        "content": content,
        "timestamp": "2026-01-01T00:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
    }
