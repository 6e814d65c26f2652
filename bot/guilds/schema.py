"""The revision of the database's schema, and its upgrade to the newest."""

import asyncio
import logging
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

REVISION_TABLE = "hueharvest_revision"  # others may have one of Alembic's usual name
MIGRATIONS = Path(__file__).with_name("migrations")
_REVISIONS = sorted(path.stem[1:5] for path in MIGRATIONS.glob("versions/r[0-9]*.py"))
NEWEST = _REVISIONS[-1]

_LOCK = 0x48756548  # any number that nothing else in the database uses
_PATIENCE = 60_000  # milliseconds that SQLite waits for another process to finish its upgrade

_CURRENT = Table(REVISION_TABLE, MetaData(), Column("version_num", String(32)))

_log = logging.getLogger(__name__)


class Schema:
    """The schema of the database of ``engine``; ``is_current`` says that it need not be upgraded.

    An upgrade may take longer than those can wait who need it first; it goes on without them.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self.is_current = False
        self._engine = engine
        self._upgrade: asyncio.Task[None] | None = None

    async def check(self) -> None:
        """Find out whether the schema is current. Raises what SQLAlchemy and drivers raise."""
        async with self._engine.connect() as connection:
            self.is_current = await connection.run_sync(is_current)

    async def make_current(self) -> None:
        """Upgrade the schema, if it need be. Raises what SQLAlchemy and drivers raise."""
        if not self.is_current and self._upgrade is None:
            await self.check()
        if self.is_current:
            return
        if self._upgrade is None:
            self._upgrade = asyncio.create_task(self._run())
            self._upgrade.add_done_callback(self._finish)
        await asyncio.shield(self._upgrade)

    async def stop_upgrade(self, seconds: float) -> None:
        """Roll back an upgrade that is under way; wait some seconds for that."""
        if self._upgrade:
            self._upgrade.cancel()
            await asyncio.wait({self._upgrade}, timeout=seconds)

    async def _run(self) -> None:
        async with self._engine.begin() as connection:
            await connection.run_sync(_upgrade)
        self.is_current = True

    def _finish(self, upgrade: asyncio.Task[None]) -> None:
        self._upgrade = None
        if not upgrade.cancelled():
            upgrade.exception()  # marks it as retrieved, in case nobody waits for it any more


def is_current(connection: Connection) -> bool:
    """Return whether there is nothing to upgrade."""
    revision = _revision(connection)
    if revision is not None and revision not in _REVISIONS:
        # As after a return to an earlier version, or while others are upgraded.
        _log.warning(
            "the database is at revision %s of a newer version of the bot, and this version knows "
            "none beyond %s: going on, because revisions only add",
            revision,
            NEWEST,
        )
        return True
    return revision == NEWEST


def _upgrade(connection: Connection) -> None:
    """Bring the schema to the newest revision, unless another process does so first.

    The transaction is the caller's. No other process can upgrade until it ends.
    """
    _lock(connection)
    if is_current(connection):
        return
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # Not at the top: it takes a tenth of a second, and is hardly ever needed.
    from alembic.command import upgrade  # noqa: PLC0415, see above
    from alembic.config import Config  # noqa: PLC0415, see above

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    upgrade(config, "head")
    _log.info("the database is now at revision %s", NEWEST)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(REVISION_TABLE):
        return None
    return connection.scalar(select(_CURRENT.c.version_num))


def _lock(connection: Connection) -> None:
    """Wait until no other process can upgrade."""
    match connection.dialect.name:
        case "sqlite":
            connection.execute(text(f"PRAGMA busy_timeout = {_PATIENCE}"))
            connection.execute(text("BEGIN IMMEDIATE"))
        case "postgresql":
            connection.execute(select(text(f"pg_advisory_xact_lock({_LOCK})")))
        case _:
            pass
