"""When shards of several processes may begin sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "session_starts",
        sa.Column("bot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("lane", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("free_at", sa.Double, nullable=False),
    )
