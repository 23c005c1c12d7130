"""Runs the migrations on the `Database` that `web.database.schema` hands over."""

from alembic import context
from sqlalchemy import Connection

from web.database import Base, Database
from web.database.discovery import discover

import web.models

# A number that no one else is likely to use as an advisory lock.
MIGRATION_LOCK = 20_261_122


def run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # Several web processes may start at once: the second waits and finds nothing to do.
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transactional_ddl=True,
    )
    context.run_migrations()


discover(web.models)
database: Database = context.config.attributes["database"]
with database.session() as session:
    run(session.connection())
