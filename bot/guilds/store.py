"""What servers have chosen, in a database with one row per choice, and what else must be kept.

If two people change two settings at once, neither change is lost, and a new setting needs no new
column. Each row also names the bot, because several bots may share a database.
"""

from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from typing import Any, Self

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Executable,
    Float,
    MetaData,
    String,
    Table,
    delete,
    exists,
    insert,
    literal,
    or_,
    select,
    update,
)

from .clock import now
from .database import Database, TakenError

_TABLES = MetaData()
_CHOICES = Table(
    "guild_choices",
    _TABLES,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("guild", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(32), primary_key=True),
    Column("value", JSON, nullable=False),
)
_IGNORED = Table(
    "ignored_people",
    _TABLES,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("person", BigInteger, primary_key=True, autoincrement=False),
)
_COMMANDS = Table(
    "synced_commands",
    _TABLES,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
)
_STARTS = Table(
    "session_starts",
    _TABLES,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", BigInteger, primary_key=True, autoincrement=False),
    Column("free_at", Float(53), nullable=False),  # seconds of the database's clock
)
_SOON = 0.01  # seconds


class Store:
    """What servers, people and bots have in a :class:`.Database`, which is at ``url``.

    Each query is one transaction or raises :class:`.StoreError`.
    """

    def __init__(self, url: str) -> None:
        self._database = Database(url, _TABLES)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._database.close()

    async def read(self, bot_id: int, guild_ids: Collection[int]) -> dict[int, dict[str, Any]]:
        """Return, by server id, the choices of those servers that have made any, by name."""
        columns = (_CHOICES.c.guild, _CHOICES.c.name, _CHOICES.c.value)
        query = select(*columns).where(_CHOICES.c.bot == bot_id, _CHOICES.c.guild.in_(guild_ids))
        choices: defaultdict[int, dict[str, Any]] = defaultdict(dict)
        for guild_id, name, value in await self._database.execute(query):
            choices[guild_id][name] = value
        return choices

    async def write(self, bot_id: int, guild_id: int, name: str, value: object) -> dict[str, Any]:
        """Save a choice, whose value must be JSON, and return all of the server's by name."""
        of_server = (_CHOICES.c.bot == bot_id, _CHOICES.c.guild == guild_id)
        return dict(
            await self._database.execute(
                delete(_CHOICES).where(*of_server, _CHOICES.c.name == name),
                insert(_CHOICES).values(bot=bot_id, guild=guild_id, name=name, value=value),
                select(_CHOICES.c.name, _CHOICES.c.value).where(*of_server),
            )
        )

    async def claim(self, bot_id: int, guild_id: int, name: str) -> bool:
        """Note that something was done in a server; return whether it had not been done before.

        Of several who claim it at once, in whichever process, one does it.
        """
        row = insert(_CHOICES).values(bot=bot_id, guild=guild_id, name=name, value=True)
        try:
            await self._database.execute(row)
        except TakenError:
            return False
        return True

    async def unclaim(self, bot_id: int, guild_id: int, name: str) -> None:
        """Note that something was not done after all."""
        of_server = (_CHOICES.c.bot == bot_id, _CHOICES.c.guild == guild_id)
        await self._database.execute(delete(_CHOICES).where(*of_server, _CHOICES.c.name == name))

    async def erase(
        self, bot_id: int, guild_ids: Collection[int], *, but: Collection[str] = ()
    ) -> None:
        """Delete all choices of these servers, ``but`` those of these names."""
        of_servers = (_CHOICES.c.bot == bot_id, _CHOICES.c.guild.in_(guild_ids))
        await self._database.execute(
            delete(_CHOICES).where(*of_servers, _CHOICES.c.name.not_in(but))
        )

    async def guilds(self, bot_id: int) -> list[int]:
        """Return the ids of the servers that have chosen anything."""
        query = select(_CHOICES.c.guild).where(_CHOICES.c.bot == bot_id).distinct()
        return [guild_id for (guild_id,) in await self._database.execute(query)]

    async def ignored(self, bot_id: int, people: Collection[int]) -> set[int]:
        """Return which of these people are ignored."""
        query = select(_IGNORED.c.person).where(
            _IGNORED.c.bot == bot_id, _IGNORED.c.person.in_(people)
        )
        return {person_id for (person_id,) in await self._database.execute(query)}

    async def ignore(self, bot_id: int, person_id: int, *, ignored: bool) -> None:
        """Save that somebody is ignored, or erase it."""
        row = {"bot": bot_id, "person": person_id}
        statements: list[Executable] = [delete(_IGNORED).filter_by(**row)]
        if ignored:
            statements.append(insert(_IGNORED).values(row))
        await self._database.execute(*statements)

    async def commands(self, bot_id: int) -> str | None:
        """Return the digest that was saved of a bot's commands, or None."""
        query = select(_COMMANDS.c.digest).where(_COMMANDS.c.bot == bot_id)
        return next((digest for (digest,) in await self._database.execute(query)), None)

    async def save_commands(self, bot_id: int, digest: str) -> None:
        """Save a digest, of at most 64 characters, of the commands that Discord has of a bot."""
        await self._database.execute(
            delete(_COMMANDS).where(_COMMANDS.c.bot == bot_id),
            insert(_COMMANDS).values(bot=bot_id, digest=digest),
        )

    async def begin_session(self, bot_id: int, lane: int, interval: float) -> float:
        """Claim a lane for ``interval`` seconds; return 0, or after how many to try again.

        Of several who claim it at once, in whichever process, one gets it. The database's clock
        counts, and nothing is held: it makes no difference if that process dies meanwhile.
        """
        of_lane = (_STARTS.c.bot == bot_id, _STARTS.c.lane == lane)
        free_since_ever = select(literal(bot_id), literal(lane), literal(0.0))
        # A time beyond the interval is from before the clock was set back.
        is_free = or_(_STARTS.c.free_at <= now(), _STARTS.c.free_at > now() + interval)
        claim = update(_STARTS).where(*of_lane, is_free).values(free_at=now() + interval)
        with suppress(TakenError):
            if await self._database.execute(
                insert(_STARTS).from_select(
                    _STARTS.c.keys(), free_since_ever.where(~exists().where(*of_lane))
                ),
                claim.returning(_STARTS.c.free_at),
            ):
                return 0
        query = select(_STARTS.c.free_at - now()).where(*of_lane)
        ((seconds,),) = await self._database.execute(query)
        return max(_SOON, seconds)
