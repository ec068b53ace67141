"""A temperature record as it is drawn: few enough points for the eye, and no peak among them lost."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from pharmacy_app.domain.readings import Readings, Sample, microseconds, moment
from pharmacy_app.domain.temperature import (
    Stretch,
    gaps,
    stretches_above,
    stretches_below,
)

COLUMNS = 800
"""Into which a curve is parted, each with its coldest and warmest reading."""

Line = tuple[tuple[datetime, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """Warmest and coldest allowed temperature, °C; None for no limit."""

    upper_c: Decimal | None = None
    lower_c: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn. ``lines`` end at gaps and codes; ``warm`` and ``cold`` are beyond the limits.

    Bands with less than a column between them are one: what is counted is counted in `temperature`.

    ``coded`` are times without a number, ``opened_at`` is when the shipper was opened. ``count``,
    ``min_c`` and ``max_c`` are of all readings with a number.
    """

    lines: tuple[Line, ...] = ()
    limits: Limits = Limits()
    warm: tuple[Stretch, ...] = ()
    cold: tuple[Stretch, ...] = ()
    gaps: tuple[Stretch, ...] = ()
    coded: tuple[datetime, ...] = ()
    opened_at: datetime | None = None
    count: int = 0
    min_c: Decimal | None = None
    max_c: Decimal | None = None


def curve(
    samples: Sequence[Sample],
    interval: timedelta,
    limits: Limits,
    opened_at: datetime | None = None,
    columns: int = COLUMNS,
) -> Curve:
    """Return readings in the order of time as they are drawn in so many columns."""
    readings = Readings.of(samples)
    counted = readings.counted()
    numbers = [celsius for celsius, _ in counted]
    upper, lower = limits.upper_c, limits.lower_c
    coded = readings.coded()
    width = timedelta(microseconds=_width(readings, columns))
    warm = () if upper is None else stretches_above(readings, interval, upper)
    cold = () if lower is None else stretches_below(readings, interval, lower)
    holes = [(gap.begins, gap.ends) for gap in gaps(readings, interval)]
    return Curve(
        lines=tuple(_lines(readings.spread(), interval, columns)),
        limits=limits,
        warm=_joined(warm, width),
        cold=_joined(cold, width),
        gaps=_joined(holes, width),
        coded=tuple(coded[:: max(1, len(coded) // columns)]),
        opened_at=opened_at,
        count=sum(times for _, times in counted),
        min_c=readings.coldest(),
        max_c=max(numbers, default=None),
    )


def _width(readings: Readings, columns: int) -> int:
    """Return the width of a column in microseconds."""
    span = readings.times[-1] - readings.times[0] + 1 if readings else 1
    return max(1, -(-span // columns))


def _joined(bands: Sequence[Stretch], width: timedelta) -> tuple[Stretch, ...]:
    """Return bands, those as one between which nobody could see a space."""
    found: list[Stretch] = []
    for begins, ends in bands:
        if found and begins - found[-1][1] < width:
            found[-1] = (found[-1][0], ends)
        else:
            found.append((begins, ends))
    return tuple(found)


def _lines(readings: Readings, interval: timedelta, columns: int) -> Iterator[Line]:
    width = _width(readings, columns)
    rank = _by_warmth(readings)
    for begins, ends in _whole(readings, interval):
        yield tuple(
            (moment(readings.times[n]), celsius)
            for n in _shown(readings, rank, (begins, ends), width)
            if (celsius := readings.celsius[readings.places[n]]) is not None
        )


def _whole(readings: Readings, interval: timedelta) -> Iterator[tuple[int, int]]:
    """Yield from where to where (exclusive) the line is drawn without a break."""
    times = readings.times
    number = bytes(celsius is not None for celsius in readings.celsius)
    measured = bytes(map(number.__getitem__, readings.places))
    behind = [bisect_left(times, microseconds(gap.ends)) for gap in gaps(readings, interval)]
    begins = measured.find(1)
    while begins >= 0:
        ends = measured.find(0, begins)
        ends = len(measured) if ends < 0 else ends
        for cut in behind[bisect_right(behind, begins) : bisect_left(behind, ends)]:
            yield begins, cut
            begins = cut
        yield begins, ends
        begins = measured.find(1, ends)


def _by_warmth(readings: Readings) -> Sequence[int]:
    """Return the rank of each temperature by its place, the coldest 0: ranks compare faster."""
    measured = [(c, place) for place, c in enumerate(readings.celsius) if c is not None]
    rank = [0] * len(readings.celsius)
    for n, (_, place) in enumerate(sorted(measured)):
        rank[place] = n
    return rank


def _shown(
    readings: Readings, rank: Sequence[int], piece: tuple[int, int], width: int
) -> Iterator[int]:
    """Yield first, coldest, warmest and last of each column, in the order of time."""
    times, places = readings.times, readings.places
    first, ends = piece
    while first < ends:
        column = (times[first] - times[0]) // width
        behind = bisect_left(times, times[0] + (column + 1) * width, first + 1, ends)
        warmth = [rank[place] for place in places[first:behind]]
        extremes = {first, behind - 1}
        extremes |= {first + warmth.index(found) for found in (min(warmth), max(warmth))}
        yield from sorted(extremes)
        first = behind
