"""The database: engine, sessions, dialects and schema. Imports nothing else of `web`."""

from web.database import mariadb_ddl as mariadb_ddl  # Registers how it is written down.
from web.database.base import Base
from web.database.database import Database
from web.database.types import UTCDateTime

__all__ = ["Base", "Database", "UTCDateTime"]
