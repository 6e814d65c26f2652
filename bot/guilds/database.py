"""One database: transactions that succeed soon or raise one error, and tables made if missing."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Executable, MetaData
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
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

_log = logging.getLogger(__name__)


class StoreError(Exception):
    """The database refused or failed, or did not answer in time."""


class TakenError(StoreError):
    """A row with that key is already there."""


class Database:
    """The database at ``url``, in which ``tables`` are created if they are missing.

    ``url`` is one of SQLAlchemy's; for SQLite and PostgreSQL it need not name the driver. No
    connection is opened before it is needed. Raises :class:`SettingsError` if ``url`` is unusable.
    """

    def __init__(self, url: str, tables: MetaData) -> None:
        self._engine = _create_engine(url)
        self._tables = tables
        self._has_tables = False
        self._is_failing = False
        self._transactions: set[asyncio.Task[Sequence[Any]]] = set()

    async def close(self) -> None:
        """Close the connections, once what is under way has ended."""
        if self._transactions:  # though nobody may wait for it any more
            await asyncio.wait(self._transactions, timeout=TIME_LIMIT)
        await self._engine.dispose()

    async def execute(self, *statements: Executable) -> Sequence[Any]:
        """Run statements in one transaction and return the rows of the last.

        Raises :class:`StoreError`, which is logged if the transaction before succeeded.
        """
        try:
            rows = await self._execute_in_time(statements)
        except TakenError:
            raise
        except StoreError as error:
            if not self._is_failing:
                _log.warning("the database is unavailable; what was last known applies: %s", error)
            self._is_failing = True
            raise
        if self._is_failing:
            _log.info("the database is available again")
        self._is_failing = False
        return rows

    async def _execute_in_time(self, statements: Sequence[Executable]) -> Sequence[Any]:
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
        except StoreError:
            raise
        except Exception as error:  # SQLAlchemy's, the system's, or a driver's own
            self._has_tables = False  # the database may have been replaced
            raise StoreError(_cause(error)) from error

    def _finish(self, transaction: asyncio.Task[Sequence[Any]]) -> None:
        self._transactions.remove(transaction)
        if not transaction.cancelled():
            transaction.exception()  # marks it as retrieved, in case nobody waits for it any more

    async def _run_transaction(self, statements: Sequence[Executable]) -> Sequence[Any]:
        rows: Sequence[Any] = ()
        async with self._engine.begin() as connection:
            if not self._has_tables:
                for table in self._tables.sorted_tables:
                    await connection.execute(CreateTable(table, if_not_exists=True))
            try:
                for statement in statements:
                    result = await connection.execute(statement)
                    rows = result.all() if result.returns_rows else ()
            except IntegrityError as error:
                raise TakenError(_cause(error)) from error
        self._has_tables = True
        return rows


def _cause(error: Exception) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())


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
