"""Readiness: is there enough usable stock for the visits to come, day by day?

A stage takes kits from its pool alone, first expiry first. A kit counts on a day if `kits.unusable`,
the one rule of usability, lets it through at that day's end. What one day takes, no later day has.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.ids import ArmCode, KitTypeCode, StageCode, SubjectId, VisitCode
from pharmacy_app.domain.kits import Kit, unusable
from pharmacy_app.domain.trial import Arm, Stage, Trial


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where a visit's kit is taken from: the kits of one type in one pool; empty is the common pool."""

    kit_type: KitTypeCode
    pool: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """An arm of a stage, with the source of its kits."""

    stage: StageCode
    arm: ArmCode
    source: Source


@dataclass(frozen=True, slots=True)
class Coming:
    """A visit to come that will take a kit; ``line`` is None while the subject's arm is not drawn."""

    subject_id: SubjectId
    stage: StageCode
    visit: VisitCode
    day: date
    line: Line | None


@dataclass(frozen=True, slots=True)
class Ageing:
    """A kit, and on how many days from the first on it may be used."""

    kit: Kit
    days: int


Stock = Mapping[Source, Sequence[Ageing]]
"""The kits of each source that may be used on the first day at least, first expiry first."""


@dataclass(frozen=True, slots=True)
class LineNeed:
    """The kits that one arm of one stage needs on one day."""

    line: Line
    need: int


@dataclass(frozen=True, slots=True)
class SourceNeed:
    """One source on one day: kits needed by each arm, and kits there before the day takes any."""

    source: Source
    have: int
    lines: tuple[LineNeed, ...]

    @property
    def need(self) -> int:
        """Kits needed, by every arm that takes from here."""
        return sum(one.need for one in self.lines)

    @property
    def short(self) -> int:
        """How many kits are missing; 0 if none is."""
        return max(0, self.need - self.have)


@dataclass(frozen=True, slots=True)
class DayNeed:
    """All sources on one day; ``undrawn`` visits need a kit too, but nobody knows of which type."""

    day: date
    sources: tuple[SourceNeed, ...]
    undrawn: int = 0

    @property
    def need(self) -> int:
        """Kits needed, from all sources."""
        return sum(one.need for one in self.sources)

    @property
    def have(self) -> int:
        """Kits there, in all sources."""
        return sum(one.have for one in self.sources)

    @property
    def short(self) -> tuple[SourceNeed, ...]:
        """The sources in which there are too few; a surplus elsewhere does not help."""
        return tuple(one for one in self.sources if one.short)


def line_of(stage: Stage, arm: Arm) -> Line:
    """Return the line of an arm of a stage."""
    return Line(stage.code, arm.code, Source(arm.kit_type, stage.pool))


def lines_of(trial: Trial) -> tuple[Line, ...]:
    """Return the line of every arm of every stage, in the order of the protocol."""
    return tuple(line_of(stage, arm) for stage in trial.stages for arm in stage.arms)


def day_end(day: date, zone: ZoneInfo) -> datetime:
    """Return the last moment of a day on the site's calendar."""
    return datetime.combine(day, time.max, zone)


def days_usable(kit: Kit, source: Source, max_seconds_out: int, days: Sequence[datetime]) -> int:
    """Return at how many of the days' ends, from the first on, a kit may be used.

    While nothing is done to a kit only time passes, and no kit becomes usable by waiting: so the
    days on which it is are the first ones, and a search by halves asks the rule a few times only.
    """

    def barred(end: datetime) -> bool:
        return bool(
            unusable(
                kit,
                now=end,
                wanted=source.kit_type,
                pool=source.pool,
                max_seconds_out=max_seconds_out,
            )
        )

    if not days or barred(days[0]):
        return 0
    if not barred(days[-1]):
        return len(days)
    return bisect_left(days, True, key=barred)


def stock_of(
    kits: Iterable[Kit],
    sources: Iterable[Source],
    limits: Mapping[KitTypeCode, int],
    days: Sequence[datetime],
) -> Stock:
    """Return what each source holds; ``limits`` are seconds out of storage, ``days`` the days' ends."""
    found: dict[Source, list[Ageing]] = {source: [] for source in sources}
    for kit in kits:
        source = Source(kit.kit_type, kit.pool)
        if source not in found:
            continue  # no stage takes from there
        usable = days_usable(kit, source, limits[kit.kit_type], days)
        if usable:
            found[source].append(Ageing(kit, usable))
    return {
        source: sorted(held, key=lambda one: (one.kit.expiry, one.kit.kit_number))
        for source, held in found.items()
    }


def days_from(first: date, days: int, zone: ZoneInfo) -> list[datetime]:
    """Return the ends of so many days on the site's calendar."""
    return [day_end(first + timedelta(days=number), zone) for number in range(days)]


def readiness(
    stock: Stock, lines: Sequence[Line], coming: Iterable[Coming], first: date, days: int
) -> tuple[DayNeed, ...]:
    """Return need and stock of each of ``days`` days from ``first``, sources in the order of ``lines``.

    A visit whose day has passed, and that may still be held, counts on the first day.
    """
    needs: dict[tuple[date, Line | None], int] = {}
    for visit in coming:
        key = (max(first, visit.day), visit.line)
        needs[key] = needs.get(key, 0) + 1
    every = list(dict.fromkeys([*lines, *(line for _, line in needs if line is not None)]))
    sources_used = dict.fromkeys([*(line.source for line in every), *stock])
    left = {source: [one.days for one in stock.get(source, ())] for source in sources_used}
    told = []
    for number in range(days):
        day = first + timedelta(days=number)
        sources = []
        for source in sources_used:
            in_date = [usable for usable in left[source] if usable > number]
            wanted = tuple(
                LineNeed(line, needs.get((day, line), 0)) for line in every if line.source == source
            )
            sources.append(SourceNeed(source, len(in_date), wanted))
            left[source] = in_date[sources[-1].need :]
        told.append(DayNeed(day, tuple(sources), needs.get((day, None), 0)))
    return tuple(told)
