"""The database's own clock, which all processes that share the database have in common."""

from sqlalchemy import Float
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class now(FunctionElement[float]):  # noqa: N801, a function in SQL
    """Seconds since 1970, at the moment of the statement and not of its transaction."""

    type = Float()
    inherit_cache = True


@compiles(now, "postgresql")
def _(*_: object, **__: object) -> str:
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS double precision)"


@compiles(now, "sqlite")
def _(*_: object, **__: object) -> str:
    return "((julianday('now') - 2440587.5) * 86400)"
