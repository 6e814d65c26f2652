"""The revision of the database's schema, and its upgrade to the newest."""

import logging
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, select, text

REVISION_TABLE = "hueharvest_revision"  # others may have one of Alembic's usual name
MIGRATIONS = Path(__file__).with_name("migrations")
_REVISIONS = sorted(path.stem[1:5] for path in MIGRATIONS.glob("versions/r[0-9]*.py"))
NEWEST = _REVISIONS[-1]

_LOCK = 0x48756548  # any number that nothing else in the database uses
_PATIENCE = 60_000  # milliseconds that SQLite waits for another process to finish its upgrade

_CURRENT = Table(REVISION_TABLE, MetaData(), Column("version_num", String(32)))

_log = logging.getLogger(__name__)


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


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest revision, unless another process does so first.

    The transaction is the caller's. No other process can upgrade until it ends.
    """
    _lock(connection)
    if is_current(connection):
        return
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # Not at the top: it takes a tenth of a second, and is hardly ever needed.
    from alembic.command import upgrade as run_revisions  # noqa: PLC0415, see above
    from alembic.config import Config  # noqa: PLC0415, see above

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    run_revisions(config, "head")
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
