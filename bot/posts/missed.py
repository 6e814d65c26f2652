"""Posts that the bot missed: it was stopped or killed, or Discord ended one of its sessions."""

import asyncio
from collections.abc import Collection

import discord

from bot.errors import report
from bot.services import Client

from .progress import Progress
from .saved_progress import SavedProgress
from .search import Search, newest_message

_SESSION = 0  # what holds the progress of a shard until its servers are known


class MissedPosts:
    """Has each server searched for what was missed, and hands it on as if it had just come.

    Discord repeats nothing to a new session.
    """

    def __init__(self, client: Client, progress: Progress) -> None:
        self._client = client
        self._progress = progress
        self._saved = SavedProgress(client, progress)
        self._search = Search(client)
        self._reached: dict[int, int] = {}  # by shard, when its session began
        self._beginning: set[int] = set()  # shards whose servers are not all known yet
        self._searches: set[asyncio.Task[None]] = set()

    def begin(self) -> None:
        """Begin to save how far the bot has got, once it is logged in."""
        self._saved.begin()

    async def end(self) -> None:
        """Leave the rest to the next process, and save for it how far this one has got."""
        for search in self._searches:
            search.cancel()
        await self._saved.end()

    def begin_session(self, shard_id: int) -> None:
        """Take everything that a shard has not dealt with for missed."""
        self._progress.hold(shard_id, _SESSION)
        self._reached[shard_id] = self._progress.reached(shard_id)
        self._beginning.add(shard_id)

    def search_all(self, shard_id: int) -> None:
        """Search the servers of a new session, which are known now."""
        self._beginning.discard(shard_id)
        guilds = [guild for guild in self._client.guilds if guild.shard_id == shard_id]
        self._begin_searches(shard_id, guilds)
        self._progress.release(shard_id, _SESSION)

    def search(self, guild: discord.Guild) -> None:
        """Search a server that is available now, unless it will be with the others."""
        if guild.shard_id not in self._beginning:
            self._begin_searches(guild.shard_id, [guild])

    def _begin_searches(self, shard_id: int, guilds: Collection[discord.Guild]) -> None:
        self._progress.hold(shard_id, *(guild.id for guild in guilds))
        for guild in guilds:
            search = asyncio.create_task(self._hand_on(guild))
            self._searches.add(search)
            search.add_done_callback(self._searches.discard)

    async def _hand_on(self, guild: discord.Guild) -> None:
        """Hand on what is found in a server, which holds its shard until then."""
        shard_id = guild.shard_id
        try:
            with self._progress.releasing(shard_id, guild.id):
                self._progress.see(shard_id, newest_message(guild))
                reached = self._reached.get(shard_id) or await self._saved.earlier(shard_id)
                if not reached:  # this is the first session ever
                    return
                for message in await self._search.find(guild, reached):
                    self._client.dispatch("message", message)
                await asyncio.sleep(0)  # from now on, they hold the progress themselves
        except Exception as error:  # noqa: BLE001, nobody else would see it
            report(error)
