"""The time, handed in: the machine's clock, and one that is set by hand."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time of day and measures how long things take."""

    def now(self) -> datetime:
        """Return the time of day, aware and in UTC."""
        ...

    def monotonic(self) -> float:
        """Return seconds since some fixed moment; never goes back, whatever happens to the clock."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the machine's time of day in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return the machine's monotonic seconds."""
        return time.monotonic()


class SetClock:
    """A clock that stands still until it is advanced: for the demo, simulations and tests.

    Raises ValueError if it is given a time without a zone.
    """

    def __init__(self, start: datetime) -> None:
        self._now = _in_utc(start)
        self._seconds = 0.0

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self._now

    def monotonic(self) -> float:
        """Return the seconds it was advanced by since it was made."""
        return self._seconds

    def set(self, when: datetime) -> None:
        """Set the time of day, forth or back, as a hand on the machine's clock would.

        No time passes: `monotonic` stays. Raises ValueError for a time without a zone.
        """
        self._now = _in_utc(when)

    def advance(self, by: timedelta) -> datetime:
        """Let time pass and return the new time. Raises ValueError if ``by`` is negative."""
        if by < timedelta(0):
            raise ValueError("time does not pass backwards; use set()")
        self._now += by
        self._seconds += by.total_seconds()
        return self._now


def _in_utc(when: datetime) -> datetime:
    if when.tzinfo is None:
        raise ValueError("a time needs a zone")
    return when.astimezone(UTC)
