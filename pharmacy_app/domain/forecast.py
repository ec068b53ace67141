"""The demand to come, by simulation: how many kits of each source, week by week, and when they run out.

A run draws who is enrolled when, which arms are drawn, who leaves the study, and which kits fail at the
bench and are replaced; then stock is taken first expiry first. Everything is whole numbers and exact
fractions: a chance is a whole number of 2^64 parts, so equal draws give equal forecasts everywhere.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate
from typing import Protocol

from pharmacy_app.domain.courses import Course
from pharmacy_app.domain.readiness import Ageing, Source, Stock

BITS = 64
WHOLE = 1 << BITS
GUARD = 160
"""Bits of the terms from which a table of chances is made: more than it keeps."""
SPELL = 28
"""Days over which the share that stays on the study is given."""
MONTH = Fraction(487, 16)
"""Days in a month: a twelfth of 365.25."""
MOST_WEEKS = 26
LEAST_RUNS = 1000
LIKELY = Fraction(1, 20)
"""How likely a shortage must be to be told of, and what a re-order point still risks."""
QUANTILES = tuple(Fraction(part, 1000) for part in (25, 100, 500, 900, 975))


class Draws(Protocol):
    """Where chance comes from: handed in, so that a seed plays the same again."""

    def getrandbits(self, bits: int, /) -> int:
        """Return a whole number of so many random bits."""


@dataclass(frozen=True, slots=True)
class Entered:
    """An enrolment rate that somebody stated: subjects a month, taken as exact."""

    per_month: Fraction


@dataclass(frozen=True, slots=True)
class Observed:
    """An enrolment rate as it was seen: so many subjects in so many days, both above 0.

    What is to come is drawn with the uncertainty of so short a look: the rate may be another one.
    """

    subjects: int
    days: int

    @property
    def per_month(self) -> Fraction:
        """Subjects a month, as seen."""
        return self.subjects * MONTH / self.days


Rate = Entered | Observed


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a forecast is made from.

    ``courses`` are those of the subjects on the study, their days counted from ``first``; a newcomer's
    are counted from the enrolment. ``staying`` is the share still on the study after 28 days,
    ``failing`` that of kits that fail at the bench and are replaced, both at most 1; ``weeks`` at most 26.
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
class Band:
    """The middle of all runs, and between which two values 80 and 95 of 100 lie."""

    low95: int
    low80: int
    median: int
    high80: int
    high95: int


@dataclass(frozen=True, slots=True)
class WeekAhead:
    """One source at the end of a week, from 1.

    ``demand`` counts from the first day; ``in_date`` is the stock that is still in date if none is
    taken, ``left`` the middle of what is left of it, ``short`` the share of runs that ran short.
    """

    week: int
    demand: Band
    in_date: int
    left: int
    short: Fraction


@dataclass(frozen=True, slots=True)
class LotAhead:
    """Kits of one lot that expire together: on how many more days they may be used, how many expire unused."""

    lot: str
    days: int
    kits: int
    wasted: Fraction


@dataclass(frozen=True, slots=True)
class SourceForecast:
    """What is to come of one source.

    ``reorder_at`` is the stock at which to order, so that the demand of a lead time is met in 95 of
    100 runs, whichever week of the forecast it begins in; ``reorder_week`` the first week at whose end the middle of what is left has come down to
    it, 0 for now. ``short_week`` is the first week by whose end stock ran short in 5 of 100 runs.
    Both are None if there is none within the forecast. ``wasted`` is the mean number of kits that
    expire unused.
    """

    source: Source
    have: int
    weeks: tuple[WeekAhead, ...]
    lots: tuple[LotAhead, ...]
    reorder_at: int
    reorder_week: int | None
    short_week: int | None

    @property
    def wasted(self) -> Fraction:
        """Kits that expire unused within the forecast, on average."""
        return sum((lot.wasted for lot in self.lots), Fraction(0))


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


def arrivals(rate: Rate, days: int) -> tuple[int, ...]:
    """Return the table from which the number of subjects enrolled within ``days`` is drawn.

    A stated rate gives a Poisson number. An observed one is itself uncertain: with n subjects in t
    days (Gamma) the number in T days is negative binomial, whose mean is n·T/t, and wider.
    """
    if isinstance(rate, Entered):
        mean = rate.per_month * days / MONTH
        return _table(lambda n: mean / (n + 1))
    seen, left = rate.subjects, Fraction(days, rate.days + days)
    return _table(lambda n: left * (n + seen) / (n + 1))


def _table(growth: Callable[[int], Fraction]) -> tuple[int, ...]:
    """Return for each number the chance of it or a lesser one, in parts of `WHOLE`.

    ``growth(n)`` is the chance of n+1 over that of n. A number is drawn as the count of entries that
    are not above a draw.
    """
    terms = [1 << GUARD]
    while terms[-1]:
        ratio = growth(len(terms) - 1)
        terms.append(terms[-1] * ratio.numerator // ratio.denominator)
    total = sum(terms)
    return tuple((upto << BITS) // total for upto in accumulate(terms))


def parts(share: Fraction) -> int:
    """Return a share in parts of `WHOLE`, rounded down."""
    return (share.numerator << BITS) // share.denominator


def leaving(staying: Fraction, days: int) -> tuple[int, ...]:
    """Return for each day from 1 the chance to have left by then, in parts of `WHOLE`.

    The same share leaves every day: the 28th root of what stays for 28 days.
    """
    daily = _root((staying.numerator << (BITS * SPELL)) // staying.denominator)
    stays = accumulate(range(days), lambda so_far, _: so_far * daily >> BITS, initial=WHOLE)
    return tuple(WHOLE - share for share in stays)[1:]


def _root(value: int) -> int:
    """Return the whole 28th root, rounded down; found bit by bit, it is at most `WHOLE`."""
    found = 0
    for bit in reversed(range(BITS + 1)):
        if (found | 1 << bit) ** SPELL <= value:
            found |= 1 << bit
    return found


def quantile(ordered: Sequence[int], share: Fraction) -> int:
    """Return the least value that so large a share of the values does not exceed."""
    rank = -(-share.numerator * len(ordered) // share.denominator)
    return ordered[max(0, rank - 1)]


@dataclass(frozen=True, slots=True)
class _Way:
    """A course made ready for drawing: chances in parts, and the sources as numbers."""

    upto: tuple[int, ...]
    takes: tuple[tuple[tuple[int, int], ...], ...]


def _way(course: Course, place: Mapping[Source, int], days: int) -> _Way:
    upto = tuple(parts(share) for share in accumulate(path.share for path in course))
    takes = tuple(
        tuple((take.day, place[take.source]) for take in path.takes if take.day < days)
        for path in course
    )
    return _Way(upto[:-1], takes)  # the last way takes what is left: nothing is lost by rounding


class Simulation:
    """One question made ready to be played many times."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.sources = sorted({*question.stock, *_sources(question)})
        place = {source: number for number, source in enumerate(self.sources)}
        days = question.days
        ways = [_way(course, place, days) for course in question.courses if course]
        self._ways = [way for way in ways if any(way.takes)]
        self._newcomer = _way(question.newcomer, place, days)
        self._arrivals = arrivals(question.rate, days)
        self._leaving = leaving(question.staying, days)
        self._failing = parts(question.failing)

    def demand(self, draws: Draws) -> list[list[int]]:
        """Play once: return the kits taken from each source on each day."""
        days, bits = self.question.days, draws.getrandbits
        taken = [[0] * days for _ in self.sources]
        for way in self._ways:
            self._play(way, 0, taken, bits)
        for _ in range(bisect_right(self._arrivals, bits(BITS))):
            self._play(self._newcomer, bits(BITS) * days >> BITS, taken, bits)
        return taken

    def _play(
        self, way: _Way, first: int, taken: list[list[int]], bits: Callable[[int], int]
    ) -> None:
        takes = way.takes[bisect_right(way.upto, bits(BITS)) if way.upto else 0]
        stays = bisect_right(self._leaving, bits(BITS))
        for day, source in takes:
            if day > stays or first + day >= self.question.days:
                return
            kits = 1
            while self._failing and bits(BITS) < self._failing:
                kits += 1
            taken[source][first + day] += kits


def _sources(question: Question) -> set[Source]:
    courses = (*question.courses, question.newcomer)
    return {take.source for course in courses for path in course for take in path.takes}


class _Tally:
    """What the runs did to one source."""

    def __init__(self, source: Source, held: Sequence[Ageing], question: Question) -> None:
        self.source = source
        self._held = held
        self._days = [one.days for one in held]
        self._question = question
        self._ends = [7 * week - 1 for week in range(1, question.weeks + 1)]
        self._expired = [bisect_right(self._days, end) for end in self._ends]
        self._demand: list[list[int]] = [[] for _ in self._ends]
        self._left: list[list[int]] = [[] for _ in self._ends]
        self._short = [0] * question.weeks
        lead, days = question.lead_days, question.days
        self._leads = [(first, first + lead) for first in range(0, days - lead + 1, 7)]
        self._lead: list[list[int]] = [[] for _ in self._leads]
        self._wasted = [0] * (len(held) + 1)

    def add(self, taken: Sequence[int]) -> None:
        """Take one run's kits from the stock, first expiry first, and note what came of it."""
        at, short, held = 0, False, len(self._held)
        upto = list(accumulate(taken))
        for week, end in enumerate(self._ends):
            for day in range(end - 6, end + 1):
                if not taken[day]:
                    continue
                at = self._waste(at, bisect_right(self._days, day, lo=at))
                short = short or at + taken[day] > held
                at = min(held, at + taken[day])
            self._demand[week].append(upto[end])
            self._left[week].append(held - max(at, self._expired[week]))
            self._short[week] += short
        self._waste(at, self._expired[-1])
        before = [0, *upto]
        for number, (first, last) in enumerate(self._leads):
            self._lead[number].append(before[last] - before[first])

    def _waste(self, first: int, upto: int) -> int:
        """Note the kits from ``first`` as expired unused; return the first that is not."""
        if upto <= first:
            return first
        self._wasted[first] += 1
        self._wasted[upto] -= 1
        return upto

    def told(self, runs: int) -> SourceForecast:
        """Return what all runs say together."""
        weeks = tuple(
            WeekAhead(
                number + 1,
                _band(sorted(self._demand[number])),
                len(self._held) - self._expired[number],
                quantile(sorted(self._left[number]), Fraction(1, 2)),
                Fraction(self._short[number], runs),
            )
            for number in range(self._question.weeks)
        )
        reorder_at = max(quantile(sorted(seen), 1 - LIKELY) for seen in self._lead)
        left = [len(self._held), *(week.left for week in weeks)]
        return SourceForecast(
            source=self.source,
            have=len(self._held),
            weeks=weeks,
            lots=self._lots(runs),
            reorder_at=reorder_at,
            reorder_week=next((n for n, kits in enumerate(left) if kits <= reorder_at), None),
            short_week=next((week.week for week in weeks if week.short >= LIKELY), None),
        )

    def _lots(self, runs: int) -> tuple[LotAhead, ...]:
        wasted = dict.fromkeys([(one.days, one.kit.lot) for one in self._held], 0)
        kits = dict(wasted)
        for one, times in zip(self._held, accumulate(self._wasted), strict=False):
            wasted[one.days, one.kit.lot] += times
            kits[one.days, one.kit.lot] += 1
        return tuple(
            LotAhead(lot, days, kits[days, lot], Fraction(times, runs))
            for (days, lot), times in wasted.items()
        )


def _band(ordered: Sequence[int]) -> Band:
    return Band(*(quantile(ordered, share) for share in QUANTILES))


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
        _Tally(source, question.stock.get(source, ()), question) for source in simulation.sources
    ]
    for run in range(1, runs + 1):
        for tally, taken in zip(tallies, simulation.demand(draws), strict=True):
            tally.add(taken)
        tell(run, runs)
    return Forecast(
        question.first, question.lead_days, runs, tuple(tally.told(runs) for tally in tallies)
    )
