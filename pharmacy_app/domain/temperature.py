"""Temperatures of a shipment or a store: what a logger saw, and what it means.

Between two readings the temperature is taken as a straight line, so time above a limit begins and
ends where the line crosses it. Over a gap (more than twice the interval) nothing is interpolated:
it is neither above nor below but unknown, and is reported as a gap. A sensor code is not a number
and breaks the line like a gap. On the limit is not above it.

Source: WHO TRS 961 Annex 9 for excursions; USP <1079.2> for mean kinetic temperature.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from itertools import pairwise

from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation

COLDEST_C = Decimal("-273.15")
KELVIN = Decimal("273.15")
ACTIVATION_K = Decimal(10_000)  # ΔH/R: 83.144 kJ/mol over 8.3144 J/(mol·K)
FROZEN_C = Decimal(0)
_MICROSECONDS = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sample:
    """One reading: UTC time, and °C or, where the sensor gave none, the code it gave instead."""

    at: datetime
    celsius: Decimal | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without readings, longer than twice the interval."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class TimeAbove:
    """How long the temperature was above a limit: in all, and the longest stretch."""

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
    above: tuple[TimeAbove, ...]


def summarise(
    samples: Sequence[Sample],
    interval: timedelta,
    limits_c: Sequence[Decimal] = (),
    opened_at: datetime | None = None,
) -> Summary:
    """Return the figures up to the opening of the shipper, or of all readings without one.

    Raises Refused if there is no reading by then, or if they are not in the order of time.
    """
    considered = [s for s in samples if opened_at is None or s.at <= opened_at]
    refuse(
        None if considered else violation("temperature.no_readings"),
        None
        if all(a.at < b.at for a, b in pairwise(considered))
        else violation("temperature.not_in_order"),
    )
    numbers = [s.celsius for s in considered if s.celsius is not None]
    return Summary(
        begins=considered[0].at,
        ends=considered[-1].at,
        readings=len(considered),
        coded=len(considered) - len(numbers),
        max_c=max(numbers, default=None),
        min_c=min(numbers, default=None),
        mean_c=_mean(numbers),
        last=considered[-1],
        gaps=gaps(considered, interval),
        above=tuple(time_above(considered, interval, limit) for limit in limits_c),
    )


def _mean(numbers: Sequence[Decimal]) -> Decimal | None:
    return sum(numbers, Decimal(0)) / len(numbers) if numbers else None


def gaps(samples: Sequence[Sample], interval: timedelta) -> tuple[Gap, ...]:
    """Return every time between neighbours that is longer than twice the interval."""
    return tuple(Gap(a.at, b.at) for a, b in pairwise(samples) if b.at - a.at > 2 * interval)


def time_above(samples: Sequence[Sample], interval: timedelta, limit_c: Decimal) -> TimeAbove:
    """Return the time above ``limit_c``, interpolated at the crossings, exact to a microsecond."""
    total = longest = timedelta()
    longest_began: datetime | None = None
    stretch_began: datetime | None = None
    stretch_ended: datetime | None = None
    for begins, ends in _stretches(samples, interval, limit_c):
        total += ends - begins
        if stretch_began is None or begins != stretch_ended:
            stretch_began = begins
        stretch_ended = ends
        if ends - stretch_began > longest:
            longest, longest_began = ends - stretch_began, stretch_began
    return TimeAbove(limit_c, total, longest, longest_began)


def stretches_above(
    samples: Sequence[Sample], interval: timedelta, limit_c: Decimal
) -> tuple[tuple[datetime, datetime], ...]:
    """Return when the temperature was above ``limit_c``, from crossing to crossing."""
    found: list[tuple[datetime, datetime]] = []
    for begins, ends in _stretches(samples, interval, limit_c):
        if found and found[-1][1] == begins:
            found[-1] = (found[-1][0], ends)
        else:
            found.append((begins, ends))
    return tuple(found)


def _stretches(
    samples: Sequence[Sample], interval: timedelta, limit_c: Decimal
) -> Iterator[tuple[datetime, datetime]]:
    """Yield, for each pair of neighbours on one line, the part of it above the limit."""
    for a, b in pairwise(samples):
        if a.celsius is None or b.celsius is None or b.at - a.at > 2 * interval:
            continue
        if a.celsius <= limit_c and b.celsius <= limit_c:
            continue
        begins, ends = a.at, b.at
        if a.celsius < limit_c:
            begins = _crossing(a.at, a.celsius, b.at, b.celsius, limit_c)
        if b.celsius < limit_c:
            ends = _crossing(a.at, a.celsius, b.at, b.celsius, limit_c)
        yield begins, ends


def _crossing(
    a_at: datetime, a_c: Decimal, b_at: datetime, b_c: Decimal, limit_c: Decimal
) -> datetime:
    span = Decimal((b_at - a_at) // _MICROSECONDS)
    part = (span * (limit_c - a_c) / (b_c - a_c)).to_integral_value(ROUND_HALF_EVEN)
    return a_at + int(part) * _MICROSECONDS


def excursion(
    samples: Sequence[Sample],
    interval: timedelta,
    limit_c: Decimal,
    allowed: timedelta,
    record: str = "",
) -> tuple[Violation, ...]:
    """Return why a shipment cannot be taken as cold throughout; empty if it was.

    Above the limit for longer than allowed in all; a reading above it that no line reaches (between
    codes or gaps); sensor codes; gaps. What was not measured is not called cold.
    """
    above = time_above(samples, interval, limit_c)
    warmest = max((s.celsius for s in samples if s.celsius is not None), default=None)
    if warmest is None:
        return (violation("temperature.no_readings", record),)
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
    coded = sum(1 for s in samples if s.celsius is None)
    if coded:
        found.append(violation("temperature.not_measured", record, found=coded))
    found += [
        violation("temperature.gap", record, begins=gap.begins, ends=gap.ends)
        for gap in gaps(samples, interval)
    ]
    return tuple(found)


def minutes(span: timedelta) -> Decimal:
    """Return a duration in minutes, to a tenth."""
    return (Decimal(span // _MICROSECONDS) / 60_000_000).quantize(Decimal("0.1"))


def mean_kinetic_temperature_c(samples: Sequence[Sample]) -> Decimal:
    """Return the mean kinetic temperature of evenly spaced readings, unrounded.

    T_K = (ΔH/R) / -ln(mean(exp(-ΔH/(R·T)))), ΔH/R = 10,000 K. Only for 2-8 °C and room temperature:
    raises Refused for a frozen reading (USP <1079.2>), a sensor code, or no reading at all.
    """
    numbers = [s.celsius for s in samples if s.celsius is not None]
    if len(numbers) < len(samples) or not numbers:
        rule = "temperature.not_measured" if samples else "temperature.no_readings"
        raise Refused([violation(rule, found=len(samples) - len(numbers))])
    if min(numbers) <= FROZEN_C:
        raise Refused([violation("temperature.frozen_has_no_mkt", min_c=min(numbers))])
    with localcontext() as context:
        context.prec = 34
        terms = [(-ACTIVATION_K / (celsius + KELVIN)).exp() for celsius in numbers]
        mean = sum(terms, Decimal(0)) / len(terms)
        return ACTIVATION_K / -mean.ln() - KELVIN
