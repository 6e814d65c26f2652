"""People who post images, and what the bot answers."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

from tests.bench.served.files import File
from tests.bench.served.served_discord import ServedDiscord

MAX_SILENCE = 300.0  # seconds without any reply


@dataclass
class Post:
    """A posted image, and its replies."""

    hostile: bool
    posted: float
    replied: float | None = None
    replies: int = 0
    palette: bool = False
    sentence: str = ""

    @property
    def wait(self) -> float:
        """Seconds until the first reply, of which there must be one."""
        assert self.replied is not None
        return self.replied - self.posted


@dataclass(frozen=True, slots=True)
class Burst:
    """Many posts at once, and the seconds and CPU seconds it took to answer them."""

    posts: list[Post]
    seconds: float
    bot_cpu: float
    worker_cpu: float
    simulated_cpu: float


class People:
    """One person and one channel in each of ``servers`` servers, spread evenly over the shards."""

    def __init__(self, servers: int, *, shards: int = 1, max_concurrency: int = 1) -> None:
        self.discord = ServedDiscord(self._on_reply, shards=shards, max_concurrency=max_concurrency)
        self.posts: dict[int, Post] = {}
        self.duplicates = 0
        self.last_reply = monotonic()
        self._shards = shards
        self._has_replied = asyncio.Event()
        self._channels = [self._create_server(number) for number in range(servers)]

    def post(self, server: int, file: File) -> Post:
        channel, author = self._channels[server % len(self._channels)]
        post = Post(file.hostile, monotonic())
        # Why a file is refused is told only to those who asked.
        posted = self.discord.post(channel, author, file.data, asked=file.hostile)
        self.posts[posted] = post
        return post

    async def wait_for(
        self, posts: Iterable[Post], *, silence: float = MAX_SILENCE, enough: int | None = None
    ) -> None:
        """Return when all or ``enough`` have a reply, or none came for ``silence`` seconds."""
        pending = list(posts)
        last = 0 if enough is None else len(pending) - enough
        self.last_reply = monotonic()
        with suppress(TimeoutError):
            while len(pending := [post for post in pending if not post.replies]) > last:
                self._has_replied.clear()
                await asyncio.wait_for(self._has_replied.wait(), silence)

    def _create_server(self, number: int) -> tuple[int, int]:
        """Return the ids of a channel and of a person there."""
        backend = self.discord.backend
        guild = backend.create_guild(
            f"Server {number}", shard_id=number % self._shards, shard_count=self._shards
        )
        author = backend.make_user(f"person {number}")
        backend.add_member(guild.id, author.id)
        return backend.create_channel(guild.id, "photos").id, author.id

    def _on_reply(self, message: dict[str, Any], files: list[str]) -> None:
        post = self.posts[int(message["message_reference"]["message_id"])]
        self.last_reply = monotonic()
        post.replies += 1
        if post.replies > 1:
            self.duplicates += 1
            return
        post.replied = self.last_reply
        post.palette = bool(files)
        if not files:
            post.sentence = message["components"][0]["content"]
        self._has_replied.set()


def tally(posts: Iterable[Post]) -> Counter[str]:
    """Count the posts by what became of them."""
    counts: Counter[str] = Counter()
    for post in posts:
        if not post.replies:
            counts["lost"] += 1
        elif post.palette:
            counts["answered"] += 1
        else:
            counts["refused, hostile" if post.hostile else "refused"] += 1
    return counts
