"""Runs the migrations on the `Database` that `web.database.schema` hands over."""

from alembic import context
from sqlalchemy import Connection

import web.models
from web.database import Base, Database
from web.database.discovery import discover
from web.database.schema import check_references, hold_off_others
from web.database.search_indexes import is_modelled


def run(connection: Connection) -> None:
    hold_off_others(connection)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=is_modelled,
        # Some databases cannot change a table and must make it again; for the others a batch is a plain ALTER.
        render_as_batch=True,
        transactional_ddl=True,
    )
    context.run_migrations()
    check_references(connection)


discover(web.models)
database: Database = context.config.attributes["database"]
with database.session(changes_schema=True) as session:
    run(session.connection())
