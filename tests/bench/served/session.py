"""One session at the served gateway: what its shard gets to know, and what it has had of that."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from time import monotonic

from aiohttp import web

MAX_REPLAYED = 5_000  # events of a session
DISPATCH = 0


@dataclass
class Session:
    """The events for a shard since it identified itself, numbered from 1.

    ``handled`` is the newest that the bot has had, as its last heartbeat said.
    """

    id: str
    shard: tuple[int, int]
    socket: web.WebSocketResponse | None = None
    left_at: float = field(default_factory=monotonic)
    handled: int = 0
    _sending: asyncio.Task[None] | None = None
    _unsent: deque[str] = field(default_factory=deque)
    _sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=MAX_REPLAYED))
    _number: int = 0  # of the newest that was sent
    _is_fresh: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, event: str, data: bytes) -> None:
        """Queue an event, whose data is JSON."""
        self._unsent.append(f'{{"op":{DISPATCH},"t":"{event}","d":{data.decode()},"s":')
        self._is_fresh.set()

    @property
    def is_handled(self) -> bool:
        """Whether the bot has had everything that is queued, as its newest heartbeat says."""
        return not self._unsent and self.handled == self._number

    def replay(self, after: int) -> None:
        """Queue the events after that number once more."""
        self._unsent.extendleft(frame for number, frame in reversed(self._sent) if number > after)
        self._sent = deque((sent for sent in self._sent if sent[0] <= after), MAX_REPLAYED)
        self._number = after

    def connect(self, socket: web.WebSocketResponse) -> None:
        """Send what is queued through this connection, and no other, until it is left."""
        self.leave()
        self.socket = socket
        self._sending = asyncio.create_task(self._send(socket))

    def leave(self) -> None:
        """Keep what is queued until the session is resumed."""
        self.socket, self.left_at = None, monotonic()
        if self._sending:
            self._sending.cancel()

    async def _send(self, socket: web.WebSocketResponse) -> None:
        while True:
            while self._unsent:
                frame = self._unsent.popleft()
                self._number += 1
                self._sent.append((self._number, frame))
                await socket.send_str(f"{frame}{self._number}}}")
            self._is_fresh.clear()
            await self._is_fresh.wait()
