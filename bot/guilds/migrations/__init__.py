"""The revisions of the database's schema, which Alembic runs."""
