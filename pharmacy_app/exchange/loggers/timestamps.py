"""Times as loggers write them, and which orders of day, month and year they can be read in."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

_STAMP = re.compile(
    r"(\d{1,4})[-/.年](\d{1,2})[-/.月](\d{1,4})日?[T\s]*"
    r"(上午|下午|[AP]M)?\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,6})?)?\s*([AP]M)?",
    re.IGNORECASE,
)
_AFTERNOON = {"下午": True, "PM": True, "上午": False, "AM": False}
_YEARS = (1990, 2199)  # a clock that was never set shows 1970 or 1980: no time of a reading
_PLACES = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time as written: three numbers whose order is not yet known, and the time of day."""

    numbers: tuple[str, str, str]
    seconds: int
    text: str

    def local(self, order: str) -> datetime | None:
        """Return the local time under an order, without zone; None where it is no date."""
        year, month, day = (self.numbers[place] for place in _PLACES[order])
        if len(year) not in {2, 4} or len(month) > 2 or len(day) > 2:
            return None
        full = int(year) + (2000 if len(year) == 2 else 0)
        if not _YEARS[0] <= full <= _YEARS[1]:
            return None
        try:
            midnight = datetime(full, int(month), int(day))  # noqa: DTZ001 - zone comes later
        except ValueError:
            return None
        return midnight + timedelta(seconds=self.seconds)


def stamp(text: str) -> Stamp | None:
    """Return a written time taken apart, or None where it is none."""
    found = _STAMP.fullmatch(text.strip())
    if found is None:
        return None
    halves = [half.upper() for half in (found[4], found[8]) if half]
    hour, minute, second = int(found[5]), int(found[6]), int(found[7] or 0)
    if len(halves) > 1 or hour > 23 or minute > 59 or second > 59:
        return None
    if halves:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if _AFTERNOON[halves[0]] else 0)
    seconds = (hour * 60 + minute) * 60 + second
    return Stamp((found[1], found[2], found[3]), seconds, text.strip())


def orders(stamps: Sequence[Stamp], *, continuous: bool) -> tuple[str, ...]:
    """Return the orders under which every time is a date.

    ``continuous`` is for a layout that records without a break: among several orders the one that
    alone has no gap in it is then proved by the midnights it crosses, and the others are not.
    """
    possible = tuple(order for order in _PLACES if all(s.local(order) is not None for s in stamps))
    if not continuous or len(possible) < 2:
        return possible
    unbroken = tuple(order for order in possible if _unbroken(stamps, order))
    return unbroken if len(unbroken) == 1 else possible


def _unbroken(stamps: Sequence[Stamp], order: str) -> bool:
    times = [at for s in stamps if (at := s.local(order)) is not None]
    step = commonest_step(times)
    return all(timedelta(0) <= b - a <= 2 * step for a, b in pairwise(times))


def commonest_step(times: Sequence[datetime]) -> timedelta:
    """Return the commonest time between neighbours that differ; zero for fewer than two."""
    steps = Counter(abs(b - a) for a, b in pairwise(times) if a != b)
    return min(steps, key=lambda step: (-steps[step], step)) if steps else timedelta(0)
