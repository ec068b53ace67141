"""From times as written to moments in UTC."""

from array import array
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import pairwise

from pharmacy_app.domain.readings import moment
from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.exchange.loggers.rows import Rows
from pharmacy_app.exchange.loggers.timestamps import DAY, commonest_step

_MICROSECOND = timedelta(microseconds=1)


def in_utc(rows: Rows, ordinals: Sequence[int], zone: tzinfo) -> tuple["array[int]", list[int]]:
    """Return the time of each line in microseconds since 1970 UTC, and the lines in doubt.

    ``ordinals`` are the days since 1970 by their places. In doubt is a time that the zone's clock
    shows twice or leaves out: the order of the lines decides between its two moments where it can,
    otherwise the earlier is taken.
    """
    day_starts = [ordinal * DAY for ordinal in ordinals]
    if all(rows.own):
        pairs = zip(rows.day, rows.clock, strict=True)
        return array("q", (day_starts[day] + clock for day, clock in pairs)), []
    offsets = [_steady_offset(start, zone) for start in day_starts]
    bases = [start - (offset or 0) for start, offset in zip(day_starts, offsets, strict=True)]
    if any(rows.own):
        triples = zip(rows.day, rows.clock, rows.own, strict=True)
        times = array(
            "q", ((day_starts if own else bases)[day] + clock for day, clock, own in triples)
        )
    else:
        pairs = zip(rows.day, rows.clock, strict=True)
        times = array("q", (bases[day] + clock for day, clock in pairs))
    unsteady = {place for place, offset in enumerate(offsets) if offset is None}
    if not unsteady:
        return times, []
    changing = [n for n, day in enumerate(rows.day) if day in unsteady and not rows.own[n]]
    return times, _on_days_of_change(times, changing, zone)


def _on_days_of_change(times: "array[int]", changing: list[int], zone: tzinfo) -> list[int]:
    """Turn local times of the days on which the zone's clock changes into UTC; return the doubts."""
    back = len(times) > 1 and times[-1] < times[0]
    doubtful = []
    for n in reversed(changing) if back else changing:
        early, late = (_utc(times[n], zone, fold) for fold in (0, 1))
        before = n + 1 if back else n - 1
        previous = times[before] if 0 <= before < len(times) else None
        if early != late:
            doubtful.append(n)
        taken = min(early, late)
        times[n] = max(early, late) if previous is not None and taken <= previous else taken
    return sorted(doubtful)


def _utc(local: int, zone: tzinfo, fold: int) -> int:
    at = moment(local).replace(tzinfo=zone, fold=fold)
    return local - _offset(at)


def _offset(at: datetime) -> int:
    return (at.utcoffset() or timedelta()) // _MICROSECOND


def _steady_offset(start: int, zone: tzinfo) -> int | None:
    """Return the zone's offset on a local day in microseconds; None if the clock changes on it."""
    begins = moment(start).replace(tzinfo=zone)
    ends = moment(start + DAY).replace(tzinfo=zone)
    offsets = {_offset(begins), _offset(begins.replace(fold=1)), _offset(ends)}
    return offsets.pop() if len(offsets) == 1 else None


def clock_changes(rows: Rows, doubtful: Sequence[int]) -> list[Violation]:
    """Return a note if times fall into an hour that the zone's clock shows twice or leaves out."""
    if not doubtful:
        return []
    example = rows.written(doubtful[0])
    return [violation("logger.clock_change", example, found=example)]


def unbroken(rows: Rows, ordinals: Sequence[int]) -> bool:
    """Return whether the lines follow each other without a gap when the days are these."""
    pairs = zip(rows.day, rows.clock, strict=True)
    times = [ordinals[day] * DAY + clock for day, clock in pairs]
    step = commonest_step(times)
    return all(0 <= b - a <= 2 * step for a, b in pairwise(times))
