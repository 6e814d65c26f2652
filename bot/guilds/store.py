"""What servers have chosen, and what else must be kept.

If two people change two settings at once, neither change is lost: each choice has its own row.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any, Self

from sqlalchemy import Executable, delete, exists, insert, literal, or_, select, update

from .changes import Changes, Kind
from .clock import now
from .database import TIME_LIMIT, Database, TakenError
from .tables import CHOICES, COMMANDS, IGNORED, PROGRESS, STARTS

_SOON = 0.01  # seconds


class Store:
    """What servers, people and bots have in a :class:`.Database`, which is at ``url``.

    Each query is one transaction or raises :class:`.StoreError`. Other processes are told of
    ``changes`` to servers' choices and ignored people.
    """

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.changes = Changes(self.database)
        self._listening: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.database.prepare()
        self._listening = asyncio.create_task(self.changes.listen())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        if self._listening:
            self._listening.cancel()
            await asyncio.wait({self._listening}, timeout=TIME_LIMIT)
        await self.database.close()

    async def read(self, bot_id: int, guild_ids: Collection[int]) -> dict[int, dict[str, Any]]:
        """Return, by server id, the choices of those servers that have made any, by name."""
        columns = (CHOICES.c.guild, CHOICES.c.name, CHOICES.c.value)
        query = select(*columns).where(CHOICES.c.bot == bot_id, CHOICES.c.guild.in_(guild_ids))
        choices: defaultdict[int, dict[str, Any]] = defaultdict(dict)
        for guild_id, name, value in await self.database.execute(query):
            choices[guild_id][name] = value
        return choices

    async def write(self, bot_id: int, guild_id: int, name: str, value: object) -> dict[str, Any]:
        """Save a choice, whose value must be JSON, and return all of the server's by name."""
        of_server = (CHOICES.c.bot == bot_id, CHOICES.c.guild == guild_id)
        return dict(
            await self.database.execute(
                delete(CHOICES).where(*of_server, CHOICES.c.name == name),
                insert(CHOICES).values(bot=bot_id, guild=guild_id, name=name, value=value),
                *self.changes.announce(Kind.GUILD, [guild_id]),
                select(CHOICES.c.name, CHOICES.c.value).where(*of_server),
            )
        )

    async def claim(self, bot_id: int, guild_id: int, name: str) -> bool:
        """Note that something was done in a server; return whether it had not been done before.

        Of several who claim it at once, in whichever process, one does it.
        """
        row = insert(CHOICES).values(bot=bot_id, guild=guild_id, name=name, value=True)
        try:
            await self.database.execute(row)
        except TakenError:
            return False
        return True

    async def unclaim(self, bot_id: int, guild_id: int, name: str) -> None:
        """Note that something was not done after all."""
        of_server = (CHOICES.c.bot == bot_id, CHOICES.c.guild == guild_id)
        await self.database.execute(delete(CHOICES).where(*of_server, CHOICES.c.name == name))

    async def erase(
        self, bot_id: int, guild_ids: Collection[int], *, but: Collection[str] = ()
    ) -> None:
        """Delete all choices of these servers, ``but`` those of these names."""
        of_servers = (CHOICES.c.bot == bot_id, CHOICES.c.guild.in_(guild_ids))
        await self.database.execute(
            delete(CHOICES).where(*of_servers, CHOICES.c.name.not_in(but)),
            *self.changes.announce(Kind.GUILD, guild_ids),
        )

    async def guilds(self, bot_id: int) -> list[int]:
        """Return the ids of the servers that have chosen anything."""
        query = select(CHOICES.c.guild).where(CHOICES.c.bot == bot_id).distinct()
        return [guild_id for (guild_id,) in await self.database.execute(query)]

    async def ignored(self, bot_id: int, people: Collection[int]) -> set[int]:
        """Return which of these people are ignored."""
        query = select(IGNORED.c.person).where(
            IGNORED.c.bot == bot_id, IGNORED.c.person.in_(people)
        )
        return {person_id for (person_id,) in await self.database.execute(query)}

    async def ignore(self, bot_id: int, person_id: int, *, ignored: bool) -> None:
        """Save that somebody is ignored, or erase it."""
        row = {"bot": bot_id, "person": person_id}
        statements: list[Executable] = [
            delete(IGNORED).filter_by(**row),
            *self.changes.announce(Kind.PERSON, [person_id]),
        ]
        if ignored:
            statements.append(insert(IGNORED).values(row))
        await self.database.execute(*statements)

    async def commands(self, bot_id: int) -> str | None:
        """Return the digest that was saved of a bot's commands, or None."""
        query = select(COMMANDS.c.digest).where(COMMANDS.c.bot == bot_id)
        return next((digest for (digest,) in await self.database.execute(query)), None)

    async def save_commands(self, bot_id: int, digest: str) -> None:
        """Save a digest, of at most 64 characters, of the commands that Discord has of a bot."""
        await self.database.execute(
            delete(COMMANDS).where(COMMANDS.c.bot == bot_id),
            insert(COMMANDS).values(bot=bot_id, digest=digest),
        )

    async def claim_session(self, bot_id: int, lane: int, interval: float) -> float:
        """Claim a lane for ``interval`` seconds; return 0, or after how many to try again.

        Of several who claim it at once, in whichever process, one gets it. The database's clock
        counts, and nothing is held: it makes no difference if that process dies meanwhile.
        """
        of_lane = (STARTS.c.bot == bot_id, STARTS.c.lane == lane)
        free_since_ever = select(literal(bot_id), literal(lane), literal(0.0))
        # A time beyond the interval is from before the clock was set back.
        is_free = or_(STARTS.c.free_at <= now(), STARTS.c.free_at > now() + interval)
        claim = update(STARTS).where(*of_lane, is_free).values(free_at=now() + interval)
        with suppress(TakenError):
            if await self.database.execute(
                insert(STARTS).from_select(
                    STARTS.c.keys(), free_since_ever.where(~exists().where(*of_lane))
                ),
                claim.returning(STARTS.c.free_at),
            ):
                return 0
        query = select(STARTS.c.free_at - now()).where(*of_lane)
        ((seconds,),) = await self.database.execute(query)
        return max(_SOON, seconds)

    async def progress(self, bot_id: int) -> dict[tuple[int, int], int]:
        """Return the ids that were saved of a bot's shards, by (shard, how many there were)."""
        columns = (PROGRESS.c.shard, PROGRESS.c.shards, PROGRESS.c.message)
        query = select(*columns).where(PROGRESS.c.bot == bot_id)
        return {
            (shard, shards): message
            for shard, shards, message in await self.database.execute(query)
        }

    async def save_progress(self, bot_id: int, shards: int, progress: Mapping[int, int]) -> None:
        """Save the ids of messages up to which some of a bot's shards have dealt with all."""
        of_shards = (PROGRESS.c.shards == shards, PROGRESS.c.shard.in_(progress))
        rows = [
            {"bot": bot_id, "shard": shard, "shards": shards, "message": message}
            for shard, message in progress.items()
        ]
        await self.database.execute(
            delete(PROGRESS).where(PROGRESS.c.bot == bot_id, *of_shards),
            insert(PROGRESS).values(rows),
        )
