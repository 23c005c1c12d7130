"""A read replica: a PostgreSQL standby that may answer readers while it is well and hardly behind.

The primary is asked once a second how far it has written. The standby is fit for use where it has read as far as the
primary had written a given number of seconds ago: no clock of another machine is believed, and a blog that nobody
writes to does not look late. Every connection is asked for itself, at most once a second, because behind one address
there may be several standbys. See docs/decisions/0070-read-replicas.md.
"""

import logging
from threading import Lock
from time import monotonic
from typing import Any, NamedTuple, cast

import psycopg
from anyio import CapacityLimiter, move_on_after, sleep
from anyio.to_thread import run_sync
from sqlalchemy import URL, event
from sqlalchemy.exc import DisconnectionError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from web.database import wal
from web.database.changes_postgresql import PostgresqlChanges
from web.database.connections import OpenConnections
from web.database.database import Database

logger = logging.getLogger("colophon.replica")

CHECK_SECONDS = 1.0
# A server that has not answered a look for so long is not waited for any longer.
PATIENCE_SECONDS = 2.0
# Without a good look for so long the standby counts as lost.
TRUST_SECONDS = 2 * CHECK_SECONDS + PATIENCE_SECONDS
CONNECT_SECONDS = 2

# What is noted on a connection of the pool.
CHECKED_AT, POSITION = "replica checked at", "replica position"

NOT_LOOKED_AT = "has not been looked at yet"
SILENT = "does not answer"
NO_STANDBY = "is no standby"
PRIMARY_SILENT = "cannot be compared: the primary does not answer"


class ReplicaError(Exception):
    """The replica must not be used now; the same read is answered by the primary."""


class Sample(NamedTuple):
    """How far the primary had written at a time."""

    at: float
    position: int


class Replica:
    """One standby of one primary. Whoever catches an error of its sessions says so with `distrust`."""

    def __init__(self, primary: Database, url: str | URL, *, lag_seconds: int, echo: bool = False) -> None:
        self.database = Database(url, slots=primary.slots, echo=echo, ping=False, connect_seconds=CONNECT_SECONDS)
        if {primary.dialect, self.database.dialect} != {"postgresql"}:
            raise ValueError("a replica needs PostgreSQL, and the blog's own database must be PostgreSQL too")
        self.lag_seconds = lag_seconds
        self._primary = primary
        self._samples: tuple[Sample, ...] = ()
        self._wanted: int | None = None
        self._primary_is_away = False
        self._asking_primary = Lock()
        self._well_at = float("-inf")
        self._position = 0
        self._problem = NOT_LOOKED_AT
        self._threads = CapacityLimiter(2)
        self._connections = OpenConnections(self.database.engine)
        event.listen(self.database.engine, "checkout", self._on_checkout)

    @property
    def is_well(self) -> bool:
        """Whether readers may be sent there now. Costs nothing."""
        now = monotonic()
        if now - self._well_at > TRUST_SECONDS:
            return False
        # Where the primary is gone there is nothing newer to be had; where it only is slow there may be.
        return self._primary_is_away or now - self._samples[-1].at <= TRUST_SECONDS

    @property
    def settled_seconds(self) -> int:
        """For how long a write may be missing from what readers get, at the most."""
        return round(max(self.lag_seconds, TRUST_SECONDS) + TRUST_SECONDS + 2 * CHECK_SECONDS)

    def describe(self) -> str:
        """How it is, in a few plain words."""
        if self.is_well:
            return f"in use, {self._behind_seconds():.1f} s behind"
        is_lost = not self._problem and monotonic() - self._well_at > TRUST_SECONDS
        return f"left alone: it {self._problem or (SILENT if is_lost else PRIMARY_SILENT)}"

    def has_all_changes(self, position: int | None = None) -> bool:
        """Whether a reader of it misses nothing that is known to have been committed.

        `position` is how far a reader's standby had read; by default how far it had when it was last looked at.
        """
        changes = self._primary.changes
        if not isinstance(changes, PostgresqlChanges) or changes.version() is None:
            return False
        # What the primary had written after the newest change has that change in it.
        later = [sample.position for sample in self._samples if sample.at > changes.changed_at]
        return bool(later) and (self._position if position is None else position) >= later[0]

    def open_session(self, *, read_only: bool) -> Session:
        """A session that reads. Raises ReplicaError where the replica is not well, or `read_only` is not so."""
        if not read_only:
            raise ReplicaError("a replica is only read from")
        if not self.is_well:
            raise ReplicaError(self._problem)
        return self.database.open_session(read_only=True)

    def position_of(self, session: Session) -> int:
        """How far the standby that this session reads from had read at least, when the session began to read."""
        return cast(int, session.connection().info[POSITION])

    def distrust(self, problem: str) -> None:
        """Send nobody there until the next look finds it well."""
        if self.is_well:
            logger.warning("the replica %s: readers go to the primary", problem)
        self._well_at, self._problem = float("-inf"), problem

    async def watch(self) -> None:
        """Look at primary and standby again and again. Ends only by being cancelled."""
        while True:
            try:
                await self.look()
            except Exception:
                # Whatever it is, it must not end the watch, and with it the application.
                logger.exception("looking at the replica failed")
                self.distrust(SILENT)
            await sleep(CHECK_SECONDS)

    async def look(self) -> None:
        """Look at both, neither for longer than PATIENCE_SECONDS."""
        with move_on_after(PATIENCE_SECONDS):
            await run_sync(self._ask_primary, abandon_on_cancel=True, limiter=self._threads)
        self._wanted = self._position_before(monotonic() - self.lag_seconds)
        with move_on_after(PATIENCE_SECONDS) as patience:
            await run_sync(self._ask_standby, abandon_on_cancel=True, limiter=self._threads)
        if patience.cancelled_caught:
            self.distrust(SILENT)
            # Whoever waits for an answer there gets an error instead, and asks the primary.
            await run_sync(self._connections.hang_up)

    def close(self) -> None:
        """Close all connections to the standby."""
        self.database.close()

    def _ask_primary(self) -> None:
        # One that was given up still waits, and holds a connection that others need: it is not joined by more.
        if not self._asking_primary.acquire(blocking=False):
            return
        try:
            self._take_sample()
        except OperationalError:
            self._primary_is_away = True
        except SQLAlchemyError as error:
            logger.warning("the primary does not tell how far it has written: %s", error)
        else:
            self._primary_is_away = False
        finally:
            self._asking_primary.release()

    def _take_sample(self) -> None:
        asked_at = monotonic()
        with self._primary.session(read_only=True) as session:
            position = wal.position_of_primary(session.connection())
        recent = [sample for sample in self._samples if sample.at >= asked_at - self.lag_seconds - CHECK_SECONDS]
        self._samples = (*recent, Sample(asked_at, position))

    def _position_before(self, moment: float) -> int | None:
        """What must have been read: the first sample since then, else the newest that there is."""
        since = [sample for sample in self._samples if sample.at >= moment] or list(self._samples[-1:])
        return since[0].position if since else None

    def _ask_standby(self) -> None:
        try:
            # A connection that is taken out of the pool is checked: that is all.
            with self.database.engine.connect() as connection:
                self._position = connection.info[POSITION]
        except ReplicaError as error:
            self.distrust(str(error))
        except (SQLAlchemyError, psycopg.Error) as error:
            logger.debug("the replica: %s", error)
            self.distrust(SILENT)
        else:
            if not self.is_well:
                logger.warning("the replica is well: readers go there")
            self._well_at, self._problem = monotonic(), ""

    def _on_checkout(self, driver: "psycopg.Connection[object]", record: Any, _proxy: Any) -> None:
        noted, wanted = record.info, self._wanted
        if wanted is None:
            raise ReplicaError(PRIMARY_SILENT)
        is_fresh = monotonic() - noted.get(CHECKED_AT, float("-inf")) < CHECK_SECONDS
        if is_fresh and noted[POSITION] >= wanted:
            return
        noted[CHECKED_AT] = monotonic()
        noted[POSITION] = _position_of(driver)
        if noted[POSITION] < wanted:
            raise ReplicaError(f"is more than {self.lag_seconds} s behind")

    def _behind_seconds(self) -> float:
        reached = [sample.at for sample in self._samples if sample.position <= self._position]
        return max(self._well_at - reached[-1], 0.0) if reached else self.lag_seconds


def _position_of(driver: "psycopg.Connection[object]") -> int:
    try:
        position = wal.position_of_standby(driver)
    except psycopg.Error as error:
        # The pool tries once more with a new connection.
        raise DisconnectionError from error
    if position is None:
        raise ReplicaError(NO_STANDBY)
    return position
