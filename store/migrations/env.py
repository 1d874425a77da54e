"""What Alembic runs; the connection, already in a transaction, comes from ``store.migrate``."""

from alembic import context

from store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
