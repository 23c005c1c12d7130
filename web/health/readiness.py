"""Whether the database can be used: looked at in bounded time, by one thread at a time."""

import logging
from threading import Lock

from anyio import CapacityLimiter, move_on_after
from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError

from web.database import Database, schema

logger = logging.getLogger("colophon.health")

TIMEOUT_SECONDS = 3.0
# Threads of its own, so that a database which does not answer takes none from the pages.
THREADS = 4

SILENT = "The database does not answer."
UNREACHABLE = "The database cannot be reached."
OUTDATED = "The database has not been brought up to date. Run: colophon migrate"


class Readiness:
    """Looks at one database. A look that hangs holds one spare connection, however often others ask."""

    def __init__(self, database: Database, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        self._database = database
        self._timeout_seconds = timeout_seconds
        self._one_at_a_time = Lock()
        self._threads = CapacityLimiter(THREADS)

    async def problem(self) -> str | None:
        """What is wrong, in plain words; None when all is well."""
        with move_on_after(self._timeout_seconds):
            return await run_sync(self._look, abandon_on_cancel=True, limiter=self._threads)
        return SILENT

    def _look(self) -> str | None:
        if not self._one_at_a_time.acquire(timeout=self._timeout_seconds):
            return SILENT
        try:
            return OUTDATED if schema.is_behind(self._database) else None
        except (SQLAlchemyError, OSError) as error:
            logger.warning("not ready: %s", error)
            return UNREACHABLE
        finally:
            self._one_at_a_time.release()
