"""Temperatures of a shipment or a store: what a logger saw, and what it means.

Between two readings the temperature is taken as a straight line, so time above a limit begins and
ends where the line crosses it. Over a gap (more than twice the interval) nothing is interpolated:
it is neither above nor below but unknown, and is reported as a gap. A sensor code is not a number
and breaks the line like a gap. On the limit is not above it. Below a lower limit is the same, turned
round. Where a file contradicts itself, the warmest of a time counts above and the coldest below.

Source: WHO TRS 961 Annex 9 for excursions; USP <1079.2> for mean kinetic temperature.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from itertools import pairwise

from pharmacy_app.domain.readings import MICROSECOND, Readings, Sample, microseconds, moment
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation

COLDEST_C = Decimal("-273.15")
KELVIN = Decimal("273.15")
ACTIVATION_K = Decimal(10_000)  # ΔH/R: 83.144 kJ/mol over 8.3144 J/(mol·K)
FROZEN_C = Decimal(0)
DIGITS = 50
"""In which sums are kept, so that they do not depend on the order of the readings."""

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without readings, longer than twice the interval."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class TimeOutside:
    """How long the temperature was beyond a limit: in all, and the longest stretch."""

    limit_c: Decimal
    total: timedelta
    longest: timedelta
    longest_began: datetime | None


@dataclass(frozen=True, slots=True)
class Summary:
    """A logger's file in figures. ``mean_c`` is of the readings; None where there is no number."""

    begins: datetime
    ends: datetime
    readings: int
    coded: int
    max_c: Decimal | None
    min_c: Decimal | None
    mean_c: Decimal | None
    last: Sample
    gaps: tuple[Gap, ...]
    above: tuple[TimeOutside, ...]


def summarise(
    samples: Sequence[Sample],
    interval: timedelta,
    limits_c: Sequence[Decimal] = (),
    opened_at: datetime | None = None,
) -> Summary:
    """Return the figures up to the opening of the shipper, or of all readings without one.

    Raises Refused if there is no reading by then, or if they are not in the order of time.
    """
    readings = Readings.of(samples)
    refuse(
        None
        if all(a < b for a, b in pairwise(readings.times))
        else violation("temperature.not_in_order")
    )
    considered = until(readings, opened_at)
    refuse(None if considered else violation("temperature.no_readings"))
    counted = considered.counted()
    numbers = [celsius for celsius, _ in counted]
    return Summary(
        begins=considered[0].at,
        ends=considered[-1].at,
        readings=len(considered),
        coded=len(considered) - sum(times for _, times in counted),
        max_c=max(numbers, default=None),
        min_c=considered.coldest(),
        mean_c=_mean(counted),
        last=considered[-1],
        gaps=gaps(considered, interval),
        above=tuple(time_above(considered, interval, limit) for limit in limits_c),
    )


def until(samples: Sequence[Sample], opened_at: datetime | None) -> Readings:
    """Return the readings up to and at the opening of the shipper; all of them without one."""
    readings = Readings.of(samples)
    if opened_at is None:
        return readings
    return readings[: bisect_right(readings.times, microseconds(opened_at))]


def _mean(counted: Sequence[tuple[Decimal, int]]) -> Decimal | None:
    if not counted:
        return None
    with localcontext(prec=DIGITS):
        total = sum((celsius * times for celsius, times in counted), Decimal(0))
    return total / sum(times for _, times in counted)


def gaps(samples: Sequence[Sample], interval: timedelta) -> tuple[Gap, ...]:
    """Return every time between neighbours that is longer than twice the interval."""
    times = Readings.of(samples).times
    return tuple(Gap(moment(times[n]), moment(times[n + 1])) for n in _gaps_behind(times, interval))


def _gaps_behind(times: Sequence[int], interval: timedelta) -> list[int]:
    """Return the places of the readings behind which there is a gap."""
    most = 2 * (interval // MICROSECOND)
    return [n for n, (a, b) in enumerate(pairwise(times)) if b - a > most]


def time_above(samples: Sequence[Sample], interval: timedelta, limit_c: Decimal) -> TimeOutside:
    """Return the time above ``limit_c``, interpolated at the crossings, exact to a microsecond."""
    return _in_all(stretches_above(samples, interval, limit_c), limit_c)


def time_below(samples: Sequence[Sample], interval: timedelta, limit_c: Decimal) -> TimeOutside:
    """Return the time below ``limit_c``, interpolated at the crossings, exact to a microsecond."""
    return _in_all(stretches_below(samples, interval, limit_c), limit_c)


def _in_all(stretches: Sequence[Stretch], limit_c: Decimal) -> TimeOutside:
    total = sum((ends - begins for begins, ends in stretches), timedelta())
    if not stretches:
        return TimeOutside(limit_c, total, timedelta(), None)
    begins, ends = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return TimeOutside(limit_c, total, ends - begins, begins)


def stretches_above(
    samples: Sequence[Sample], interval: timedelta, limit_c: Decimal
) -> tuple[Stretch, ...]:
    """Return when the temperature was above ``limit_c``, from crossing to crossing."""
    found: list[tuple[int, int]] = []
    for begins, ends in _stretches(Readings.of(samples), interval, limit_c):
        if found and found[-1][1] == begins:
            found[-1] = (found[-1][0], ends)
        elif ends > begins:
            found.append((begins, ends))
    return tuple((moment(begins), moment(ends)) for begins, ends in found)


def stretches_below(
    samples: Sequence[Sample], interval: timedelta, limit_c: Decimal
) -> tuple[Stretch, ...]:
    """Return when the temperature was below ``limit_c``, from crossing to crossing."""
    return stretches_above(Readings.of(samples).mirrored(), interval, -limit_c)


def _stretches(
    readings: Readings, interval: timedelta, limit_c: Decimal
) -> Iterator[tuple[int, int]]:
    """Yield each run of readings above the limit, with the lines that lead to it and from it."""
    times = readings.times
    warm = bytes(celsius is not None and celsius > limit_c for celsius in readings.celsius)
    above = bytes(map(warm.__getitem__, readings.places))
    breaks = _gaps_behind(times, interval) if 1 in above else []
    broken = set(breaks)
    first = above.find(1)
    while first >= 0:
        behind = above.find(0, first)
        behind = len(above) if behind < 0 else behind
        begins, ends = times[first], times[behind - 1]
        if first and first - 1 not in broken:
            begins = _crossing(readings, first - 1, first, limit_c)
        if behind < len(above) and behind - 1 not in broken:
            ends = _crossing(readings, behind, behind - 1, limit_c)
        for n in breaks[bisect_right(breaks, first - 1) : bisect_right(breaks, behind - 2)]:
            yield begins, times[n]
            begins = times[n + 1]
        yield begins, ends
        first = above.find(1, behind)


def _crossing(readings: Readings, outer: int, inner: int, limit_c: Decimal) -> int:
    """Return when the line to the reading above the limit crosses it; a code has no line to it."""
    times = readings.times
    a_c, b_c = (readings.celsius[readings.places[n]] for n in (outer, inner))
    if a_c is None or b_c is None:
        return times[inner]
    part = Decimal(times[inner] - times[outer]) * (limit_c - a_c) / (b_c - a_c)
    return times[outer] + int(part.to_integral_value(ROUND_HALF_EVEN))


def excursion(
    samples: Sequence[Sample],
    interval: timedelta,
    limit_c: Decimal,
    allowed: timedelta,
    record: str = "",
    *,
    lower_c: Decimal | None = None,
) -> tuple[Violation, ...]:
    """Return why a shipment cannot be taken as kept within its limits; empty if it was.

    Above the limit for longer than allowed in all; a reading above it that no line reaches (between
    codes or gaps); any time below ``lower_c``: what froze once is not mended by minutes; sensor codes;
    gaps. What was not measured is not called cold.
    """
    readings = Readings.of(samples)
    numbers, coldest = [celsius for celsius, _ in readings.counted()], readings.coldest()
    if coldest is None or not numbers:
        return (violation("temperature.no_readings", record),)
    above, warmest = time_above(readings, interval, limit_c), max(numbers)
    found: list[Violation] = []
    unmeasured = warmest > limit_c and not above.total
    if above.total > allowed or unmeasured:
        found.append(
            violation(
                "temperature.excursion",
                record,
                limit_c=limit_c,
                max_c=warmest,
                minutes=minutes(above.total),
                allowed_minutes=minutes(allowed),
            )
        )
    if lower_c is not None and coldest < lower_c:
        below = minutes(time_below(readings, interval, lower_c).total)
        facts = {"limit_c": lower_c, "min_c": coldest, "minutes": below}
        found.append(violation("temperature.too_cold", record, **facts))
    coded = len(readings.coded())
    if coded:
        found.append(violation("temperature.not_measured", record, found=coded))
    found += [
        violation("temperature.gap", record, begins=gap.begins, ends=gap.ends)
        for gap in gaps(readings, interval)
    ]
    return tuple(found)


def minutes(span: timedelta) -> Decimal:
    """Return a duration in minutes, to a tenth."""
    return (Decimal(span // MICROSECOND) / 60_000_000).quantize(Decimal("0.1"))


def mean_kinetic_temperature_c(samples: Sequence[Sample]) -> Decimal:
    """Return the mean kinetic temperature of evenly spaced readings, unrounded.

    T_K = (ΔH/R) / -ln(mean(exp(-ΔH/(R·T)))), ΔH/R = 10,000 K. Only for 2-8 °C and room temperature:
    raises Refused for a frozen reading (USP <1079.2>), a sensor code, or no reading at all.
    """
    readings = Readings.of(samples)
    counted = readings.counted()
    measured = sum(times for _, times in counted)
    if measured < len(samples) or not measured:
        rule = "temperature.not_measured" if samples else "temperature.no_readings"
        raise Refused([violation(rule, found=len(samples) - measured)])
    coldest = readings.coldest() or FROZEN_C
    if coldest <= FROZEN_C:
        raise Refused([violation("temperature.frozen_has_no_mkt", min_c=coldest)])
    with localcontext() as context:
        context.prec = 34
        terms = [(-ACTIVATION_K / (celsius + KELVIN)).exp() * times for celsius, times in counted]
        mean = sum(terms, Decimal(0)) / measured
        return ACTIVATION_K / -mean.ln() - KELVIN


def lawful_mkt_c(samples: Sequence[Sample], interval: timedelta) -> Decimal | None:
    """Return the mean kinetic temperature where it may be told, or None.

    Never of anything frozen; nor of a record with codes or gaps: what was warm then is not in it.
    """
    readings = Readings.of(samples)
    coldest = readings.coldest()
    if coldest is None or coldest <= FROZEN_C or readings.coded() or gaps(readings, interval):
        return None
    return mean_kinetic_temperature_c(readings)
