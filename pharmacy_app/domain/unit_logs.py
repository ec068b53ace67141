"""A logger's file against the limits of the place it lay in: figures, stretches, the curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pharmacy_app.domain.curve import Curve, Limits, curve
from pharmacy_app.domain.locations import Unit
from pharmacy_app.domain.readings import Readings, Sample
from pharmacy_app.domain.refusal import Violation
from pharmacy_app.domain.temperature import (
    Stretch,
    Summary,
    TimeOutside,
    excursion,
    stretches_above,
    stretches_below,
    summarise,
    time_above,
    time_below,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a file says against limits; ``above`` or ``below`` is None where there is no such limit."""

    summary: Summary
    above: TimeOutside | None
    below: TimeOutside | None
    curve: Curve
    beyond: tuple[Stretch, ...]
    """Every stretch that was too warm or too cold, oldest first (UTC)."""


@dataclass(frozen=True, slots=True)
class UnitJudged:
    """A unit's file: what it says, and why the unit was not kept within its limits (empty: it was)."""

    unit: Unit
    judged: Judged
    doubts: tuple[Violation, ...]


def judge(
    samples: Sequence[Sample],
    interval: timedelta,
    limits: Limits,
    opened_at: datetime | None = None,
) -> Judged:
    """Return what readings in the order of time say against limits. Raises Refused without any."""
    readings = Readings.of(samples)
    upper, lower = limits.upper_c, limits.lower_c
    warm = () if upper is None else stretches_above(readings, interval, upper)
    cold = () if lower is None else stretches_below(readings, interval, lower)
    return Judged(
        summary=summarise(readings, interval),
        above=None if upper is None else time_above(readings, interval, upper),
        below=None if lower is None else time_below(readings, interval, lower),
        curve=curve(readings, interval, limits, opened_at),
        beyond=tuple(sorted((*warm, *cold))),
    )


def judge_unit(samples: Sequence[Sample], interval: timedelta, unit: Unit) -> UnitJudged:
    """Return what a unit's readings say against its own limits; nothing beyond them is allowed."""
    limits = Limits(unit.warmest_c, unit.coldest_c)
    doubts = excursion(
        samples, interval, unit.warmest_c, timedelta(), unit.code, lower_c=unit.coldest_c
    )
    return UnitJudged(unit, judge(samples, interval, limits), doubts)


def span_in_doubt(judged: Judged) -> Stretch:
    """Return the time that a case is about: from the first stretch beyond a limit to the last's end.

    Without one it is from the first gap to the end of the last; else all that the file tells of.
    """
    gaps = [(gap.begins, gap.ends) for gap in judged.summary.gaps]
    whole = [(judged.summary.begins, judged.summary.ends)]
    stretches = judged.beyond or gaps or whole
    return min(begins for begins, _ in stretches), max(ends for _, ends in stretches)
