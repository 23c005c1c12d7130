"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

BEGINNING = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)


class Clock:
    """Handed to the application in place of the real time: `clock()` is `clock.now`."""

    def __init__(self, now: datetime = BEGINNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amounts: float) -> datetime:
        """Move on by `minutes=16`, `days=1` and so on; returns the new time."""
        self.now += timedelta(**amounts)
        return self.now
