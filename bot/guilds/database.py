"""One database: transactions that succeed soon or raise one error, and a schema that is current."""

import asyncio
import logging
import math
import time
from collections.abc import AsyncGenerator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from sqlalchemy import Executable
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from .engine import create_engine
from .schema import Schema

TIME_LIMIT = 1.5  # seconds per transaction: an interaction must be answered within three
RETRY_INTERVAL = 10.0  # seconds
UPGRADE_LIMIT = 600.0  # seconds that a start waits for an upgrade, which goes on

T = TypeVar("T")

_log = logging.getLogger(__name__)


class StoreError(Exception):
    """The database refused or failed, or did not answer in time."""


class TakenError(StoreError):
    """A row with that key is already there."""


class Database:
    """The database at ``url``, whose schema is upgraded before the first transaction.

    ``url`` is one of SQLAlchemy's; for SQLite and PostgreSQL it need not name the driver. No
    connection is opened before it is needed. Raises :class:`SettingsError` if ``url`` is unusable.
    """

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url, time_limit=TIME_LIMIT)
        # PostgreSQL would be told where a transaction of one statement begins and ends, too: three
        # round trips instead of one.
        self._single = (
            self._engine.execution_options(isolation_level="AUTOCOMMIT")
            if self.is_postgresql
            else self._engine
        )
        self._schema = Schema(self._engine)
        self._is_failing = False
        self._failed_at = -math.inf
        self._tasks: set[asyncio.Task[Any]] = set()

    async def close(self) -> None:
        """Close the connections, once what is under way has ended; give up an upgrade."""
        await self._schema.stop_upgrade(TIME_LIMIT)
        if self._tasks:  # though nobody may wait for it any more
            await asyncio.wait(self._tasks, timeout=TIME_LIMIT)
        await self._engine.dispose()

    async def prepare(self) -> None:
        """Upgrade the schema, if the database is available."""
        with suppress(StoreError):
            await self._in_time(self._schema.check(), TIME_LIMIT)
            await self._in_time(self._schema.make_current(), UPGRADE_LIMIT)

    async def execute(self, *statements: Executable) -> Sequence[Any]:
        """Run statements in one transaction and return the rows of the last.

        Raises :class:`StoreError`, which is logged if the transaction before succeeded.
        """
        try:
            rows = await self._in_time(self._run_transaction(statements), TIME_LIMIT)
        except TakenError:
            raise
        except StoreError as error:
            if not self._is_failing:
                _log.warning("the database is unavailable; what was last known applies: %s", error)
            self._is_failing = True
            self._failed_at = time.monotonic()
            raise
        if self._is_failing:
            _log.info("the database is available again")
        self._is_failing = False
        return rows

    @property
    def has_just_failed(self) -> bool:
        """Whether what can do without the database should, instead of waiting for it again."""
        return self._is_failing and time.monotonic() < self._failed_at + RETRY_INTERVAL

    @property
    def is_postgresql(self) -> bool:
        """Whether it can do what only PostgreSQL can."""
        return self._engine.dialect.name == "postgresql"

    @property
    def driver(self) -> str:
        """SQLAlchemy's name of the driver."""
        return self._engine.dialect.driver

    @asynccontextmanager
    async def connection(self) -> AsyncGenerator[AsyncConnection]:
        """Open a connection for one purpose, in which each statement is its own transaction.

        What the database remembers of it ends with it. Raises what SQLAlchemy and drivers raise.
        """
        async with self._engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            try:
                yield connection
            finally:
                await connection.invalidate()  # nobody else gets it

    async def _in_time(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        # A connection that hangs also hangs while it is being closed, so do not wait for that.
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finish)
        await asyncio.wait({task}, timeout=seconds)
        if not task.done():
            task.cancel()
            raise StoreError(f"no answer within {seconds:g} s")
        try:
            return task.result()
        except StoreError:
            raise
        except Exception as error:  # SQLAlchemy's, the system's, or a driver's own
            self._schema.is_current = False  # the database may have been replaced
            raise StoreError(cause(error)) from error

    def _finish(self, task: asyncio.Task[Any]) -> None:
        self._tasks.remove(task)
        if not task.cancelled():
            task.exception()  # marks it as retrieved, in case nobody waits for it any more

    async def _run_transaction(self, statements: Sequence[Executable]) -> Sequence[Any]:
        await self._schema.make_current()
        rows: Sequence[Any] = ()
        engine = self._engine if len(statements) > 1 else self._single
        async with engine.begin() as connection:
            try:
                for statement in statements:
                    result = await connection.execute(statement)
                    rows = result.all() if result.returns_rows else ()
            except IntegrityError as error:
                raise TakenError(cause(error)) from error
        return rows


def cause(error: Exception) -> str:
    """Return what a driver says of an error, in one line."""
    return " ".join(str(getattr(error, "orig", None) or error).split())
