"""What Alembic runs to bring the database of a connection to a revision."""

from alembic import context

from bot.guilds.schema import REVISION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=REVISION_TABLE)
with context.begin_transaction():
    context.run_migrations()
