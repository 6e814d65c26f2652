"""Discord's gateway: shards in any number of processes, their sessions, and what each may miss.

As at Discord, a session outlives its connection for a while and can be resumed, with what was sent
meanwhile; what happens while a shard has no session never reaches it.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from time import monotonic
from typing import Any

from aiohttp import web

from tests.bench.served import fast_json
from tests.bench.served.session import Session

HEARTBEAT_SECONDS = 5.0  # Discord asks for one every 41.25 s: too few to see anything
IDENTIFY_SECONDS = 4.9  # between two sessions: Discord's 5, less what the way here may take
RESUMABLE_SECONDS = 60.0  # without a connection, until a session ends
HEARTBEAT, IDENTIFY, RESUME = 1, 2, 6
INVALID_SESSION, HELLO, ACKNOWLEDGED = 9, 10, 11


class Gateway:
    """Sessions for shards. ``guilds`` yields the id and GUILD_CREATE of each server of a shard.

    ``ready`` is what READY says to every shard. Sessions begun too soon after another are refused,
    and counted in ``refused``: at most ``max_concurrency`` may begin at once.
    """

    def __init__(
        self,
        ready: Callable[[], dict[str, Any]],
        guilds: Callable[[int, int], Iterable[tuple[int, bytes]]],
        *,
        max_concurrency: int = 1,
    ) -> None:
        self.heartbeats: defaultdict[int, list[float]] = defaultdict(list)  # by shard
        self.begun = self.resumed = self.refused = 0
        self._ready = ready
        self._guilds = guilds
        self._sessions: dict[str, Session] = {}
        self.max_concurrency = max_concurrency
        self._identified_at: defaultdict[int, float] = defaultdict(lambda: -IDENTIFY_SECONDS)
        self._progress = asyncio.Condition()

    def connected(self) -> set[int]:
        """Return the shards that have a connection."""
        return {session.shard[0] for session in self._sessions.values() if session.socket}

    async def wait_for(self, shards: Iterable[int]) -> None:
        """Return once all of these shards are connected."""
        async with self._progress:
            await self._progress.wait_for(lambda: self.connected() >= set(shards))

    async def wait_for_loss(self, shard: int) -> None:
        """Return once a shard is not connected."""
        async with self._progress:
            await self._progress.wait_for(lambda: shard not in self.connected())

    async def wait_until_handled(self) -> None:
        """Return once the connected shards have had everything, as their next heartbeats say."""
        async with self._progress:
            await self._progress.wait_for(
                lambda: all(each.is_handled for each in self._living() if each.socket)
            )

    def emit(self, event: str, data: Mapping[str, Any]) -> None:
        """Tell the sessions of the shard that the server belongs to."""
        key = "id" if event == "GUILD_CREATE" else "guild_id"
        guild, body = int(data.get(key, 0)), fast_json.dumps(data)
        for session in self._living():
            if is_of(guild, session.shard):
                session.add(event, body)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it is lost."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await _send(socket, HELLO, {"heartbeat_interval": HEARTBEAT_SECONDS * 1000})
        session = None
        try:
            async for frame in socket:
                payload = fast_json.loads(frame.data)
                if payload["op"] == HEARTBEAT:
                    if session:
                        self.heartbeats[session.shard[0]].append(monotonic())
                        session.handled = payload["d"] or 0
                        await self._notify()
                    await _send(socket, ACKNOWLEDGED, None)
                elif payload["op"] in {IDENTIFY, RESUME}:
                    begin = self._identify if payload["op"] == IDENTIFY else self._resume
                    session = begin(payload["d"])
                    if session is None:
                        await _send(socket, INVALID_SESSION, data=False)
                    else:
                        session.connect(socket)
                        await self._notify()
        finally:
            if session and session.socket is socket:
                session.leave()
                await self._notify()
        return socket

    async def _notify(self) -> None:
        async with self._progress:
            self._progress.notify_all()

    def _identify(self, data: dict[str, Any]) -> Session | None:
        shard, shards = data.get("shard", (0, 1))
        lane = shard % self.max_concurrency
        if monotonic() - self._identified_at[lane] < IDENTIFY_SECONDS:
            self.refused += 1
            return None
        self._identified_at[lane] = monotonic()
        self.begun += 1
        session = Session(f"session-{self.begun}", (shard, shards))
        self._sessions[session.id] = session
        guilds = list(self._guilds(shard, shards))
        unavailable = [{"id": str(guild), "unavailable": True} for guild, _ in guilds]
        ready = self._ready() | {"session_id": session.id, "shard": [shard, shards]}
        session.add("READY", fast_json.dumps(ready | {"guilds": unavailable}))
        for _, guild in guilds:
            session.add("GUILD_CREATE", guild)
        return session

    def _resume(self, data: dict[str, Any]) -> Session | None:
        session = next((each for each in self._living() if each.id == data["session_id"]), None)
        if session:
            self.resumed += 1
            session.replay(data["seq"])
            session.add("RESUMED", b"{}")
        return session

    def _living(self) -> list[Session]:
        oldest = monotonic() - RESUMABLE_SECONDS
        self._sessions = {
            name: session
            for name, session in self._sessions.items()
            if session.socket or session.left_at > oldest
        }
        return list(self._sessions.values())


def is_of(guild: int, shard: tuple[int, int]) -> bool:
    """Return whether Discord tells a shard about a server."""
    number, shards = shard
    return (guild >> 22) % shards == number


async def _send(socket: web.WebSocketResponse, op: int, data: object) -> None:
    await socket.send_str(fast_json.dumps({"op": op, "t": None, "s": None, "d": data}).decode())
