"""What servers have chosen, in a database with one row per choice, and what else must be kept.

If two people change two settings at once, neither change is lost, and a new setting needs no new
column. Each row also names the bot, because several bots may share a database.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Self

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Executable,
    MetaData,
    String,
    Table,
    delete,
    insert,
    select,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from bot.settings import SettingsError

TIME_LIMIT = 1.5  # seconds per transaction: an interaction must be answered within three

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}

_TABLES = MetaData()
_CHOICES = Table(
    "guild_choices",
    _TABLES,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("guild", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(32), primary_key=True),
    Column("value", JSON, nullable=False),
)
_COMMANDS = Table(
    "synced_commands",
    _TABLES,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
)


class StoreError(Exception):
    """The database refused or failed, or did not answer in time."""


class Store:
    """The database: each query is one transaction or raises :class:`StoreError`.

    ``url`` is one of SQLAlchemy's; for SQLite and PostgreSQL it need not name the driver. No
    connection is opened before it is needed. Raises :class:`SettingsError` if ``url`` is unusable.
    """

    def __init__(self, url: str) -> None:
        self._engine = _create_engine(url)
        self._has_tables = False
        self._transactions: set[asyncio.Task[Sequence[Any]]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._engine.dispose()

    async def read(self, bot_id: int, guild_ids: Collection[int]) -> dict[int, dict[str, Any]]:
        """Return, by server id, the choices of those servers that have made any, by name."""
        columns = (_CHOICES.c.guild, _CHOICES.c.name, _CHOICES.c.value)
        query = select(*columns).where(_CHOICES.c.bot == bot_id, _CHOICES.c.guild.in_(guild_ids))
        choices: defaultdict[int, dict[str, Any]] = defaultdict(dict)
        for guild_id, name, value in await self._execute(query):
            choices[guild_id][name] = value
        return choices

    async def write(self, bot_id: int, guild_id: int, name: str, value: object) -> dict[str, Any]:
        """Save a choice, whose value must be JSON, and return all of the server's by name."""
        of_server = (_CHOICES.c.bot == bot_id, _CHOICES.c.guild == guild_id)
        return dict(
            await self._execute(
                delete(_CHOICES).where(*of_server, _CHOICES.c.name == name),
                insert(_CHOICES).values(bot=bot_id, guild=guild_id, name=name, value=value),
                select(_CHOICES.c.name, _CHOICES.c.value).where(*of_server),
            )
        )

    async def erase(self, bot_id: int, guild_ids: Collection[int]) -> None:
        """Delete all choices of these servers."""
        await self._execute(
            delete(_CHOICES).where(_CHOICES.c.bot == bot_id, _CHOICES.c.guild.in_(guild_ids))
        )

    async def guilds(self, bot_id: int) -> list[int]:
        """Return the ids of the servers that have chosen anything."""
        query = select(_CHOICES.c.guild).where(_CHOICES.c.bot == bot_id).distinct()
        return [guild_id for (guild_id,) in await self._execute(query)]

    async def commands(self, bot_id: int) -> str | None:
        """Return the digest that was saved of a bot's commands, or None."""
        query = select(_COMMANDS.c.digest).where(_COMMANDS.c.bot == bot_id)
        return next((digest for (digest,) in await self._execute(query)), None)

    async def save_commands(self, bot_id: int, digest: str) -> None:
        """Save a digest, of at most 64 characters, of the commands that Discord has of a bot."""
        await self._execute(
            delete(_COMMANDS).where(_COMMANDS.c.bot == bot_id),
            insert(_COMMANDS).values(bot=bot_id, digest=digest),
        )

    async def _execute(self, *statements: Executable) -> Sequence[Any]:
        """Run statements in one transaction and return the rows of the last."""
        # A connection that hangs also hangs while it is being closed, so do not wait for that.
        transaction = asyncio.create_task(self._run_transaction(statements))
        self._transactions.add(transaction)
        transaction.add_done_callback(self._finish)
        await asyncio.wait({transaction}, timeout=TIME_LIMIT)
        if not transaction.done():
            transaction.cancel()
            raise StoreError(f"no answer within {TIME_LIMIT:g} s")
        try:
            return transaction.result()
        except Exception as error:  # SQLAlchemy's, the system's, or a driver's own
            self._has_tables = False  # the database may have been replaced
            cause = getattr(error, "orig", None) or error
            raise StoreError(" ".join(str(cause).split())) from error

    def _finish(self, transaction: asyncio.Task[Sequence[Any]]) -> None:
        self._transactions.remove(transaction)
        if not transaction.cancelled():
            transaction.exception()  # marks it as retrieved, in case nobody waits for it any more

    async def _run_transaction(self, statements: Sequence[Executable]) -> Sequence[Any]:
        rows: Sequence[Any] = ()
        async with self._engine.begin() as connection:
            if not self._has_tables:
                for table in _TABLES.sorted_tables:
                    await connection.execute(CreateTable(table, if_not_exists=True))
            for statement in statements:
                result = await connection.execute(statement)
                rows = result.all() if result.returns_rows else ()
        self._has_tables = True
        return rows


def _create_engine(url: str) -> AsyncEngine:
    try:
        parsed = make_url(url)
        parsed = parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))
        return create_async_engine(parsed, hide_parameters=True, **_engine_options(parsed))
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"DATABASE_URL needs a driver that is not installed: {error.name} "
            "(for PostgreSQL, pip install 'hueharvest[postgres]')."
        ) from None
    except (SQLAlchemyError, ValueError):
        # Their own messages may quote the password.
        raise SettingsError(
            "DATABASE_URL should look like sqlite:///hueharvest.sqlite3 "
            "or postgresql://user:password@host/name."
        ) from None


def _engine_options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() != "sqlite":
        return {"pool_pre_ping": True, "pool_timeout": TIME_LIMIT}
    if url.database in {None, "", ":memory:"}:
        return {}
    # The file is opened for each transaction, because it may be moved away or put back.
    return {"poolclass": NullPool, "connect_args": {"timeout": TIME_LIMIT / 2}}
