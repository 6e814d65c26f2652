"""How much people asked for lately, for all processes of a bot."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table, which PostgreSQL need not write to its log: after a crash, it is empty."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "cooldowns",
        sa.Column("bot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("used", sa.Integer, nullable=False),
        sa.Column("ends", sa.Double, nullable=False),
        prefixes=["UNLOGGED"] if is_postgresql else [],
    )
