"""Times as loggers write them, and which orders of day, month and year they can be read in."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta, timezone
from itertools import pairwise
from typing import Self

SECOND = 1_000_000
DAY = 86_400 * SECOND
EPOCH_DAY = date(1970, 1, 1).toordinal()
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,4})([-/.年])(\d{1,2})[-/.月](\d{1,4})日?")
_NAMED = re.compile(
    r"(?:(?P<d1>\d{1,2})[-/. ]?(?P<m1>[A-Za-z]{3,9})[-/., ]+(?P<y1>\d{4})"
    r"|(?P<m2>[A-Za-z]{3,9})\.? (?P<d2>\d{1,2}),? (?P<y2>\d{4})"
    r"|(?P<y3>\d{4})[-/ ](?P<m3>[A-Za-z]{3,9})[-/ ](?P<d3>\d{1,2}))"
)
_HALF = r"上午|下午|凌晨|早上|晚上|[AP]\.?M\.?"
_CLOCK = re.compile(
    rf"(?:(?:星期|周)[一二三四五六日天]\s*)?({_HALF})?\s*(\d{{1,2}})[:时](\d{{2}})"
    rf"(?:分?(?::|(?<=分))(\d{{2}})(?:[.,](\d{{1,6}}))?秒?|分)?\s*({_HALF})?"
    r"\s*(Z|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|UTC|GMT)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:GMT|UTC)\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?(?!\d)", re.IGNORECASE)
_BARE_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?(\d{2}))?")
_UTC = re.compile(r"\b(?:UTC|GMT)\b", re.IGNORECASE)
_AFTERNOON = {"下午", "晚上", "PM"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WHOLE_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december", "sept"),
)
FIRST_YEAR, LAST_YEAR = 2010, 2099
"""A clock that lost its time shows 1970, 1980, 2000 or a year soon after: no year of a trial."""
PLACES = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written: three numbers whose order is open, unless ``order`` says it."""

    text: str
    numbers: tuple[str, str, str]
    order: str = ""

    @classmethod
    def on(cls, ordinal: int) -> Self:
        """Return the day of an ordinal, whose order is not open."""
        on = date.fromordinal(ordinal)
        return cls(on.isoformat(), (f"{on.year}", f"{on.month}", f"{on.day}"), "ymd")

    def ordinal(self, order: str) -> int | None:
        """Return the days since 1970 under an order; None where it is no date."""
        year, month, day = (self.numbers[place] for place in PLACES[self.order or order])
        if len(year) not in {2, 4} or len(month) > 2 or len(day) > 2:
            return None
        full = int(year)
        if len(year) == 2:
            full += 1900 if full >= 70 else 2000
        try:
            return date(full, int(month), int(day)).toordinal() - EPOCH_DAY
        except ValueError:
            return None


Clock = tuple[int, int | None]
"""Microseconds of the day, and of the offset from UTC where the time names it."""


def day_of(text: str) -> Day | None:
    """Return a written date taken apart, or None where it is none."""
    text = _WEEKDAY.sub("", text.strip())
    found = _NUMBERS.fullmatch(text)
    if found is not None:
        return Day(text, (found[1], found[3], found[4]), "ymd" if found[2] == "年" else "")
    named = _NAMED.fullmatch(text)
    if named is None:
        return None
    y, m, d = (next(g for n in "123" if (g := named[part + n])) for part in "ymd")
    month = m.lower()
    if month not in _MONTHS and month not in _WHOLE_MONTHS:
        return None
    return Day(text, (y, str(_MONTHS.index(month[:3]) + 1), d), "ymd")


def clock_of(text: str) -> Clock | None:
    """Return a written time of day, or None where it is none or contradicts itself."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    halves = [half.upper().replace(".", "") for half in (found[1], found[6]) if half]
    hour, minute, second = int(found[2]), int(found[3]), int(found[4] or 0)
    if len(halves) > 1 or hour > 23 or minute > 59 or second > 59:
        return None
    if halves:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if halves[0] in _AFTERNOON else 0)
    fraction = int((found[5] or "").ljust(6, "0"))
    of_day = ((hour * 60 + minute) * 60 + second) * SECOND + fraction
    if not found[7]:
        return of_day, None
    offset = _row_offset(found[7])
    return None if offset is None else (of_day, offset)


def _row_offset(text: str) -> int | None:
    if text.upper() in {"Z", "UTC", "GMT"}:
        return 0
    found = _BARE_OFFSET.search(text)
    zone = None if found is None else _zone(found[1], found[2], found[3])
    return None if zone is None else zone.utcoffset(None) // timedelta(microseconds=1)


def apart(text: str) -> tuple[Day, Clock] | None:
    """Return date and time of a text that holds both, or None."""
    text = _WEEKDAY.sub("", text.strip())
    for pattern in (_NUMBERS, _NAMED):
        found = pattern.match(text)
        if found is None:
            continue
        rest = text[found.end() :]
        if rest[:1] in {"T", "t", "_", ","}:
            rest = rest[1:]
        elif not rest[:1].isspace() and rest[:1] not in "上下凌早晚星周":
            continue
        day, clock = day_of(found[0]), clock_of(rest)
        if day is not None and clock is not None:
            return day, clock
    return None


def plausible(ordinal: int) -> bool:
    """Return whether a day (since 1970) can be one of a trial."""
    return FIRST_YEAR <= date.fromordinal(ordinal + EPOCH_DAY).year <= LAST_YEAR


def orders(days: Collection[Day]) -> tuple[str, ...]:
    """Return the orders under which every date is one, and the years are those of a trial.

    A clock that lost its time shows other years. Only where no order makes all years plausible, those
    count that make some of them so.
    """
    open_ = any(not day.order for day in days)
    read = {
        order: [day.ordinal(order) for day in days] for order in (PLACES if open_ else ("ymd",))
    }
    dates = {order: [d for d in found if d is not None] for order, found in read.items()}
    possible = [order for order, found in read.items() if len(dates[order]) == len(found)]
    whole = tuple(order for order in possible if all(map(plausible, dates[order])))
    return whole or tuple(order for order in possible if any(map(plausible, dates[order])))


def commonest_step(times: Sequence[int]) -> int:
    """Return the commonest span between neighbours that differ; zero for fewer than two."""
    steps = Counter(abs(b - a) for a, b in pairwise(times))
    del steps[0]
    return min(steps, key=lambda step: (-steps[step], step)) if steps else 0


def offset_zone(text: str, *, bare_utc: bool = False) -> timezone | None:
    """Return the zone of ``GMT+08:00``, ``UTC-5`` or the like within a text, or None.

    ``bare_utc``: a UTC or GMT without an offset counts too.
    """
    found = _OFFSET.search(text)
    if found is None:
        return UTC if bare_utc and _UTC.search(text) else None
    return _zone(found[1], found[2], found[3])


def _zone(sign: str, hours: str, minutes: str | None) -> timezone | None:
    span = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if span > timedelta(hours=14) or int(minutes or 0) > 59:
        return None
    return timezone(-span if sign == "-" else span)
