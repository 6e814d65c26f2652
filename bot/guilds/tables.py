"""The tables, as the newest revision in ``migrations/`` leaves them.

Each row also names the bot, because several bots may share a database.
"""

from sqlalchemy import JSON, BigInteger, Column, Double, Integer, MetaData, String, Table


def _key(name: str, kind: type[Integer] = BigInteger) -> Column[int]:
    """Return a part of a key, which the database must not count up by itself."""
    return Column(name, kind, primary_key=True, autoincrement=False)


TABLES = MetaData()
CHOICES = Table(  # one row per choice: a new setting needs no new column
    "guild_choices",
    TABLES,
    _key("bot"),
    _key("guild"),
    Column("name", String(32), primary_key=True),
    Column("value", JSON, nullable=False),
)
IGNORED = Table("ignored_people", TABLES, _key("bot"), _key("person"))
COMMANDS = Table(
    "synced_commands",
    TABLES,
    _key("bot"),
    Column("digest", String(64), nullable=False),
)
COOLDOWNS = Table(
    "cooldowns",
    TABLES,
    _key("bot"),
    Column("kind", String(8), primary_key=True),
    _key("person"),
    Column("used", Integer, nullable=False),
    Column("ends", Double, nullable=False),  # seconds since 1970
)
STARTS = Table(
    "session_starts",
    TABLES,
    _key("bot"),
    _key("lane"),
    Column("free_at", Double, nullable=False),  # seconds of the database's clock
)
PROGRESS = Table(
    "shard_progress",
    TABLES,
    _key("bot"),
    _key("shard", Integer),
    _key("shards", Integer),  # how many there were
    Column("message", BigInteger, nullable=False),
)
