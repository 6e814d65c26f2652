"""The tables, as the newest revision in ``migrations/`` leaves them.

Each row also names the bot, because several bots may share a database.
"""

from sqlalchemy import JSON, BigInteger, Column, Double, Integer, MetaData, String, Table

TABLES = MetaData()
CHOICES = Table(  # one row per choice: a new setting needs no new column
    "guild_choices",
    TABLES,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("guild", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(32), primary_key=True),
    Column("value", JSON, nullable=False),
)
IGNORED = Table(
    "ignored_people",
    TABLES,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("person", BigInteger, primary_key=True, autoincrement=False),
)
COMMANDS = Table(
    "synced_commands",
    TABLES,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", String(64), nullable=False),
)
COOLDOWNS = Table(
    "cooldowns",
    TABLES,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(8), primary_key=True),
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("used", Integer, nullable=False),
    Column("ends", Double, nullable=False),  # seconds since 1970
)
STARTS = Table(
    "session_starts",
    TABLES,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", BigInteger, primary_key=True, autoincrement=False),
    Column("free_at", Double, nullable=False),  # seconds of the database's clock
)
PROGRESS = Table(
    "shard_progress",
    TABLES,
    Column("bot", BigInteger, primary_key=True, autoincrement=False),
    Column("shard", Integer, primary_key=True, autoincrement=False),
    Column("shards", Integer, primary_key=True, autoincrement=False),  # how many there were
    Column("message", BigInteger, nullable=False),
)
