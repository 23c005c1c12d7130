"""When people were last seen, written for several of them at once."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update
from sqlalchemy.exc import SQLAlchemyError

from web.database import Database
from web.database.rows import write_rows
from web.http.slots import Slots
from web.models.login_session import LoginSession

logger = logging.getLogger("colophon.sightings")

# Each commit makes the pages that are kept old: with many readers, one for each of them would leave none.
WRITTEN_EVERY = timedelta(seconds=30)

_TOUCH = update(LoginSession).where(LoginSession.id == bindparam("identity")).values(last_seen_at=bindparam("moment"))


class Sightings:
    """Those that were not written yet, by the key of the login session.

    The first is written at once, what follows within `WRITTEN_EVERY` together with the first one after it. When the
    process ends before that, somebody is said to have been seen a few minutes too early.
    """

    def __init__(self, database: Database, slots: Slots) -> None:
        self._database = database
        self._slots = slots
        self._waiting: dict[int, datetime] = {}
        self._written_at: datetime | None = None

    async def note(self, login_session_id: int, moment: datetime) -> None:
        """Somebody with this login session was here at that moment."""
        self._waiting[login_session_id] = moment
        if self._written_at is not None and timedelta(0) <= moment - self._written_at < WRITTEN_EVERY:
            return
        self._written_at = moment
        noted, self._waiting = self._waiting, {}
        try:
            async with self._slots.taken(read_only=False):
                await self._slots.run(lambda: self._write(noted))
        except SQLAlchemyError:
            # The next request tries again; this one has its answer and must not become a fault.
            logger.warning("could not note when somebody was last seen", exc_info=True)
            self._written_at = None
            self._waiting = noted | self._waiting

    def _write(self, noted: dict[int, datetime]) -> None:
        rows = [{"identity": identity, "moment": moment} for identity, moment in noted.items()]
        with self._database.session() as session:
            write_rows(session, _TOUCH, rows)
