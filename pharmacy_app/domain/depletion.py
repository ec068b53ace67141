"""What many runs of demand do to one stock: what is left, when it runs short, what expires unused."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from pharmacy_app.domain.chances import quantile
from pharmacy_app.domain.readiness import Ageing, Source

LIKELY = Fraction(1, 20)
"""How likely a shortage must be to be told of, and what a re-order point still risks."""
QUANTILES = tuple(Fraction(part, 1000) for part in (25, 100, 500, 900, 975))


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


class Tally:
    """Counts what each run does to one source, over so many weeks and for a lead time in days."""

    def __init__(self, source: Source, held: Sequence[Ageing], weeks: int, lead_days: int) -> None:
        self.source = source
        self._held = held
        days = [one.days for one in held]
        self._ends = [7 * week - 1 for week in range(1, weeks + 1)]
        self._expired = [bisect_right(days, day) for day in range(7 * weeks)]
        self._demand: list[list[int]] = [[] for _ in self._ends]
        self._left: list[list[int]] = [[] for _ in self._ends]
        self._short = [0] * weeks
        self._leads = [(at, at + lead_days) for at in range(0, 7 * weeks - lead_days + 1, 7)]
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
            for number in range(len(self._ends))
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
