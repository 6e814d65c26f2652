"""Connections to the database at a URL."""

from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.settings import SettingsError

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}


def create_engine(url: str, *, time_limit: float) -> AsyncEngine:
    """Return SQLAlchemy's engine for ``url``, whose transactions may take ``time_limit`` seconds.

    For SQLite and PostgreSQL the URL need not name the driver. Raises :class:`SettingsError`.
    """
    try:
        parsed = make_url(url)
        parsed = parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))
        options = _options(parsed, time_limit)
        return create_async_engine(parsed, hide_parameters=True, **options)
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


def _options(url: URL, time_limit: float) -> dict[str, Any]:
    if url.get_backend_name() != "sqlite":
        return {"pool_pre_ping": True, "pool_timeout": time_limit}
    if url.database in {None, "", ":memory:"}:
        return {}
    # The file is opened for each transaction, because it may be moved away or put back.
    return {"poolclass": NullPool, "connect_args": {"timeout": time_limit / 2}}
