"""Lets PostgreSQL tell Colophon's processes that a table was written to, whoever wrote. Every new table needs it."""

from alembic import op

from web.database.changes_postgresql import CHANNEL

FUNCTION = f"""
CREATE FUNCTION colophon_announce() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_notify('{CHANNEL}', ''); RETURN NULL; END $$"""
TRIGGER = """
CREATE TRIGGER colophon_announce AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}"
FOR EACH STATEMENT EXECUTE FUNCTION colophon_announce()"""


def make_function() -> None:
    """Make what the triggers call."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(FUNCTION)


def drop_function() -> None:
    """Drop what the triggers call."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION colophon_announce()")


def announce_changes(table: str) -> None:
    """From now on each transaction that writes to the table is told of. Many statements of one are told of once."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(TRIGGER.format(table=table))


def conceal_changes(table: str) -> None:
    """From now on nobody is told."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f'DROP TRIGGER colophon_announce ON "{table}"')
