"""The schema: brought up to date by Alembic, compared with the newest migration."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from web.database import mariadb, postgresql, sqlite
from web.database.database import Database

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def upgrade(database: Database, revision: str = "head") -> None:
    """Apply all migrations that the database lacks, in one transaction under a lock."""
    config = _config()
    config.attributes["database"] = database
    command.upgrade(config, revision)


def hold_off_others(connection: Connection) -> None:
    """Let nobody else migrate until the transaction ends: several processes may start at once.

    Whoever comes second waits and finds nothing to do. On SQLite a writing transaction does that by itself.
    """
    if connection.dialect.name == "postgresql":
        postgresql.hold_off_others(connection)
    elif connection.dialect.name == "mariadb":
        mariadb.check_server(connection)
        mariadb.hold_off_others(connection)


def check_references(connection: Connection) -> None:
    """Make sure that every row still points to one. Raises RuntimeError, so that the migration is undone.

    SQLite does not look at foreign keys while its schema changes; the others do.
    """
    broken = sqlite.broken_references(connection) if connection.dialect.name == "sqlite" else []
    if broken:
        raise RuntimeError(f"the migration would leave rows that point to nothing in: {', '.join(broken)}")


def is_current(database: Database) -> bool:
    """Whether the newest migration has been applied."""
    newest = newest_revision()
    with database.session(read_only=True) as session:
        return MigrationContext.configure(session.connection()).get_current_revision() == newest


def is_behind(database: Database) -> bool:
    """Whether migrations that this version knows have not been applied.

    A schema of a newer version is not behind: while a new version takes over, the processes of the old one go on.
    """
    scripts = ScriptDirectory.from_config(_config())
    with database.session(read_only=True) as session:
        current = MigrationContext.configure(session.connection()).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    return current is None or (current in known and current != scripts.get_current_head())


def newest_revision() -> str:
    """The name of the newest migration that there is."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
