"""The demand to come, by simulation: how many kits of each source, week by week, and when they run out.

A run draws who is enrolled when, which arms are drawn, who leaves the study, and which kits fail at the
bench and are replaced; then stock is taken first expiry first. Everything is whole numbers and exact
fractions: a chance is a whole number of 2^64 parts, so equal draws give equal forecasts everywhere.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise
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
NEVER = 1 << 62
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


def sound(failing: Fraction) -> tuple[int, ...]:
    """Return the table from which the number of kits before the next that fails is drawn.

    It has no entry if none fails; else it is as long as it takes for no chance to be left.
    """
    good, stays = parts(1 - failing), WHOLE
    chances = []
    while failing and stays:
        stays = stays * good >> BITS
        chances.append(WHOLE - stays)
    return tuple(chances)


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


class _Tally:
    """What the runs did to one source."""

    def __init__(self, source: Source, held: Sequence[Ageing], question: Question) -> None:
        self.source = source
        self._held = held
        days = [one.days for one in held]
        self._question = question
        self._ends = [7 * week - 1 for week in range(1, question.weeks + 1)]
        self._expired = [bisect_right(days, day) for day in range(question.days)]
        self._demand: list[list[int]] = [[] for _ in self._ends]
        self._left: list[list[int]] = [[] for _ in self._ends]
        self._short = [0] * question.weeks
        lead = question.lead_days
        self._leads = [(at, at + lead) for at in range(0, question.days - lead + 1, 7)]
        self._lead: list[list[int]] = [[] for _ in self._leads]
        self._wasted = [0] * (len(held) + 1)

    def add(self, taken: Sequence[int]) -> None:
        """Take one run's kits from the stock, first expiry first, and note what came of it."""
        at, short, held, expired = 0, False, len(self._held), self._expired
        upto = list(accumulate(taken))
        for week, end in enumerate(self._ends):
            for day, kits in enumerate(taken[end - 6 : end + 1], end - 6):
                if kits:
                    if expired[day] > at:
                        at = self._waste(at, expired[day])
                    short = short or at + kits > held
                    at = min(held, at + kits)
            self._demand[week].append(upto[end])
            self._left[week].append(held - max(at, expired[end]))
            self._short[week] += short
        self._waste(at, expired[-1])
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
                len(self._held) - self._expired[self._ends[number]],
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
