"""The demand to come, by simulation: how many kits of each source, week by week, and when they run out.

A run draws who is enrolled when, which arms are drawn, who leaves the study, and which kits fail at the
bench and are replaced; then stock is taken first expiry first. Everything is whole numbers and exact
fractions.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise

from pharmacy_app.domain.chances import (
    BITS,
    WHOLE,
    Draws,
    Rate,
    arrivals,
    leaving,
    parts,
    sound,
)
from pharmacy_app.domain.courses import Course
from pharmacy_app.domain.depletion import SourceForecast, Tally
from pharmacy_app.domain.readiness import Source, Stock

MOST_WEEKS = 26
LEAST_RUNS = 1000
NEVER = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a forecast is made from.

    ``courses`` are those of the subjects on the study, their days counted from ``first``; a newcomer's
    are counted from the enrolment. ``staying`` is the share still on the study after 28 days, at most 1;
    ``failing`` that of kits that fail at the bench and are replaced, none or 1/1000 to 1/2; ``weeks`` at
    most 26.
    """

    first: date
    weeks: int
    lead_days: int
    rate: Rate
    courses: tuple[Course, ...]
    newcomer: Course
    staying: Fraction
    failing: Fraction
    stock: Stock

    @property
    def days(self) -> int:
        """The days looked ahead."""
        return 7 * self.weeks


@dataclass(frozen=True, slots=True)
class Forecast:
    """What so many runs found, source by source."""

    first: date
    lead_days: int
    runs: int
    sources: tuple[SourceForecast, ...]

    def day(self, week: int) -> date:
        """Return the last day of a week; week 0 is now."""
        return self.first + timedelta(days=max(0, 7 * week - 1))


Kits = tuple[tuple[int, int], ...]
"""Kits one after the other: the day of each, and the number of its source."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A course with what staying on the study means for it: what is taken in the end, and how likely.

    The last of ``takes`` has what chance is left: nothing is lost by rounding.
    """

    upto: tuple[int, ...]
    takes: tuple[Kits, ...]


def _way(course: Course, place: Mapping[Source, int], left: Sequence[int]) -> _Way:
    """Return a course ready for drawing; ``left`` is the chance to have left, by day from 0 on."""
    chances: dict[Kits, Fraction] = {}
    for path in course:
        kits = tuple((take.day, place[take.source]) for take in path.takes if take.day < len(left))
        stays = [WHOLE, *(WHOLE - left[day] for day, _ in kits), 0]
        for taken, (here, further) in enumerate(pairwise(stays)):
            share = path.share * Fraction(here - further, WHOLE)
            if share:
                chances[kits[:taken]] = chances.get(kits[:taken], Fraction(0)) + share
    upto = tuple(parts(chance) for chance in accumulate(chances.values()))
    return _Way(upto[:-1], tuple(chances))


class Simulation:
    """One question made ready to be played many times."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.sources = sorted({*question.stock, *_sources(question)})
        place = {source: number for number, source in enumerate(self.sources)}
        left = (0, *leaving(question.staying, question.days - 1))
        made = {course: _way(course, place, left) for course in {*question.courses}}
        self._ways = [made[course] for course in question.courses if any(made[course].takes)]
        self._newcomer = _way(question.newcomer, place, left)
        self._arrivals = arrivals(question.rate, question.days)
        self._sound = sound(question.failing)

    def demand(self, draws: Draws) -> list[list[int]]:
        """Play once: return the kits taken from each source on each day."""
        days, bits = self.question.days, draws.getrandbits
        taken = [[0] * days for _ in self.sources]
        sound = self._next_failure(bits)
        for way, first in self._everybody(bits):
            for later, source in way.takes[bisect_right(way.upto, bits(BITS))]:
                day = first + later
                if day >= days:
                    break
                while not sound:
                    taken[source][day] += 1
                    sound = self._next_failure(bits)
                taken[source][day] += 1
                sound -= 1
        return taken

    def _next_failure(self, bits: Callable[[int], int]) -> int:
        """Return how many kits are sound before the next that fails."""
        return bisect_right(self._sound, bits(BITS)) if self._sound else NEVER

    def _everybody(self, bits: Callable[[int], int]) -> Iterator[tuple[_Way, int]]:
        """Yield who takes kits, and from which day on: those on the study, then who is enrolled."""
        for way in self._ways:
            yield way, 0
        for _ in range(bisect_right(self._arrivals, bits(BITS))):
            yield self._newcomer, bits(BITS) * self.question.days >> BITS


def _sources(question: Question) -> set[Source]:
    courses = (*question.courses, question.newcomer)
    return {take.source for course in courses for path in course for take in path.takes}


def _untold(_done: int, _of: int) -> None:
    return


def simulate(
    question: Question,
    draws: Draws,
    runs: int = LEAST_RUNS,
    tell: Callable[[int, int], None] = _untold,
) -> Forecast:
    """Return what so many runs find; ``tell`` hears of each run, and stops it all by raising."""
    simulation = Simulation(question)
    tallies = [
        Tally(source, question.stock.get(source, ()), question.weeks, question.lead_days)
        for source in simulation.sources
    ]
    for run in range(1, runs + 1):
        for tally, taken in zip(tallies, simulation.demand(draws), strict=True):
            tally.add(taken)
        tell(run, runs)
    return Forecast(
        question.first, question.lead_days, runs, tuple(tally.told(runs) for tally in tallies)
    )
