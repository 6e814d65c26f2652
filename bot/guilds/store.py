"""What servers have chosen, in a database: one row a choice.

Every choice has a row, so that two people who change two things lose neither, and a new setting
needs no new column. Rows belong to a bot too: several may share a database.
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

TIME_LIMIT = 1.5  # seconds for all of a transaction: an interaction is to be answered within three

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}

_CHOICES = Table(
    "guild_choices",
    MetaData(),
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("guild", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(32), primary_key=True),
    Column("value", JSON, nullable=False),
)


class StoreError(Exception):
    """The database did not do what was asked of it, or not in time."""


class Store:
    """The choices of all servers; each method is one transaction or raises :class:`StoreError`.

    ``url`` is one of SQLAlchemy's; of SQLite and PostgreSQL the driver need not be named. Nothing
    is opened before it is needed. Raises :class:`SettingsError` when ``url`` cannot be used.
    """

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._has_table = False
        self._transactions: set[asyncio.Task[Sequence[Any]]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._engine.dispose()

    async def read(self, bot: int, guilds: Collection[int]) -> dict[int, dict[str, Any]]:
        """Return the choices, by their names, of those of these servers that made any."""
        columns = (_CHOICES.c.guild, _CHOICES.c.name, _CHOICES.c.value)
        chosen = select(*columns).where(_CHOICES.c.bot == bot, _CHOICES.c.guild.in_(guilds))
        choices: defaultdict[int, dict[str, Any]] = defaultdict(dict)
        for guild, name, value in await self._execute(chosen):
            choices[guild][name] = value
        return choices

    async def write(self, bot: int, guild: int, name: str, value: object) -> dict[str, Any]:
        """Make a choice, the value being one that JSON has, and return all of the server's."""
        its_row = (_CHOICES.c.bot == bot, _CHOICES.c.guild == guild, _CHOICES.c.name == name)
        return dict(
            await self._execute(
                delete(_CHOICES).where(*its_row),
                insert(_CHOICES).values(bot=bot, guild=guild, name=name, value=value),
                select(_CHOICES.c.name, _CHOICES.c.value).where(*its_row[:2]),
            )
        )

    async def erase(self, bot: int, guilds: Collection[int]) -> None:
        """Forget all choices of these servers."""
        await self._execute(
            delete(_CHOICES).where(_CHOICES.c.bot == bot, _CHOICES.c.guild.in_(guilds))
        )

    async def guilds(self, bot: int) -> list[int]:
        """Return the servers that have chosen anything."""
        chosen = select(_CHOICES.c.guild).where(_CHOICES.c.bot == bot).distinct()
        return [guild for (guild,) in await self._execute(chosen)]

    async def _execute(self, *statements: Executable) -> Sequence[Any]:
        """Return the rows of the last statement."""
        # A connection that hangs also hangs while it is given up, so nobody waits for that.
        transaction = asyncio.create_task(self._transaction(statements))
        self._transactions.add(transaction)
        transaction.add_done_callback(self._finish)
        await asyncio.wait({transaction}, timeout=TIME_LIMIT)
        if not transaction.done():
            transaction.cancel()
            raise StoreError(f"no answer within {TIME_LIMIT:g} s")
        try:
            return transaction.result()
        except Exception as error:  # SQLAlchemy's, the system's, and what drivers raise as it is
            self._has_table = False  # perhaps it is another database now
            cause = getattr(error, "orig", None) or error
            raise StoreError(" ".join(str(cause).split())) from error

    def _finish(self, transaction: asyncio.Task[Sequence[Any]]) -> None:
        self._transactions.remove(transaction)
        if not transaction.cancelled():
            transaction.exception()  # marks it as seen, in case nobody waits for it any more

    async def _transaction(self, statements: Sequence[Executable]) -> Sequence[Any]:
        rows: Sequence[Any] = ()
        async with self._engine.begin() as connection:
            if not self._has_table:
                await connection.execute(CreateTable(_CHOICES, if_not_exists=True))
            for statement in statements:
                result = await connection.execute(statement)
                rows = result.all() if result.returns_rows else ()
        self._has_table = True
        return rows


def _engine(url: str) -> AsyncEngine:
    try:
        parsed = make_url(url)
        parsed = parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))
        return create_async_engine(parsed, hide_parameters=True, **_options(parsed))
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"DATABASE_URL needs a driver that is not installed: {error.name} "
            "(for PostgreSQL, pip install 'hueharvest[postgres]')."
        ) from None
    except (SQLAlchemyError, ValueError):
        # Not what they say, which may quote the password.
        raise SettingsError(
            "DATABASE_URL should be like sqlite:///hueharvest.sqlite3 "
            "or postgresql://user:password@host/name."
        ) from None


def _options(url: URL) -> dict[str, Any]:
    if url.get_backend_name() != "sqlite":
        return {"pool_pre_ping": True, "pool_timeout": TIME_LIMIT}
    if url.database in {None, "", ":memory:"}:
        return {}
    # A file is opened anew each time: it may have been moved away or put back.
    return {"poolclass": NullPool, "connect_args": {"timeout": TIME_LIMIT / 2}}
