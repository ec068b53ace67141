"""The simulation against closed forms, exact where a table is asked, and against brute force."""

import random
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.chances import (
    MONTH,
    WHOLE,
    Entered,
    Observed,
    Rate,
    arrivals,
    leaving,
    quantile,
    sound,
)
from pharmacy_app.domain.courses import Course, Path, Take
from pharmacy_app.domain.forecast import Forecast, Question, Simulation, simulate
from pharmacy_app.domain.readiness import Ageing
from tests.domain.test_readiness import FIRST, ONE, OTHER, at, kit

HERE, THERE = ONE.source, OTHER.source
NOBODY = Entered(Fraction(0))
ONCE: Course = (Path(Fraction(1), (Take(0, HERE),)),)
TINY = Fraction(1, 10**15)


def question(
    *,
    rate: Rate = NOBODY,
    courses: tuple[Course, ...] = (),
    newcomer: Course = ONCE,
    staying: Fraction = Fraction(1),
    failing: Fraction = Fraction(0),
    lives: Sequence[int] = (),
    weeks: int = 4,
    lead_days: int = 14,
) -> Question:
    held = [Ageing(kit(at(days)), days) for days in sorted(lives)]
    return Question(
        first=FIRST,
        weeks=weeks,
        lead_days=lead_days,
        rate=rate,
        courses=courses,
        newcomer=newcomer,
        staying=staying,
        failing=failing,
        stock={HERE: held},
    )


def played(asked: Question, runs: int = 1) -> Forecast:
    return simulate(asked, random.Random(7), runs)


def mean_of(table: Sequence[int]) -> Fraction:
    """The sum of the chances to be above 0, 1, 2 …"""
    return Fraction(sum(WHOLE - upto for upto in table), WHOLE)


def totals(asked: Question, runs: int) -> list[int]:
    simulation, draws = Simulation(asked), random.Random(11)
    return [sum(map(sum, simulation.demand(draws))) for _ in range(runs)]


@pytest.mark.parametrize("per_month", [Fraction(1, 7), Fraction(3), Fraction(40)])
def test_stated_rate_gives_a_poisson_number(per_month: Fraction) -> None:
    mean = per_month * 182 / MONTH
    table = arrivals(Entered(per_month), 182)
    assert abs(mean_of(table) - mean) < TINY
    none = (-Decimal(mean.numerator) / Decimal(mean.denominator)).exp()
    assert abs(Decimal(table[0]) / WHOLE - none) < Decimal("1e-18")


@pytest.mark.parametrize(("subjects", "days"), [(1, 28), (7, 60), (60, 182)])
def test_observed_rate_keeps_its_mean_and_is_wider_than_poisson(subjects: int, days: int) -> None:
    table = arrivals(Observed(subjects, days), 91)
    mean = Fraction(subjects * 91, days)
    assert abs(mean_of(table) - mean) < TINY
    assert abs(Fraction(table[0], WHOLE) - Fraction(days, days + 91) ** subjects) < TINY
    above = sum((2 * n + 1) * (WHOLE - upto) for n, upto in enumerate(table))
    variance = Fraction(above, WHOLE) - mean**2
    assert abs(variance - mean * (1 + Fraction(91, days))) < TINY * 1000


def test_observed_rate_tells_subjects_a_month() -> None:
    assert Observed(6, 61).per_month == 6 * Fraction(487, 16) / 61


def test_without_enrolment_and_without_subjects_nothing_is_taken() -> None:
    told = played(question(lives=[99] * 3), runs=50)
    (source,) = told.sources
    assert {week.demand.high95 for week in source.weeks} == {0}
    assert source.reorder_at == source.wasted == 0
    assert source.short_week is None


@pytest.mark.parametrize("staying", [Fraction(1), Fraction(3, 4), Fraction(1, 10), Fraction(0)])
def test_share_that_stays_is_kept_over_28_days_and_over_56(staying: Fraction) -> None:
    left = leaving(staying, 60)
    assert abs(1 - Fraction(left[27], WHOLE) - staying) < TINY
    assert abs(1 - Fraction(left[55], WHOLE) - staying**2) < TINY
    assert list(left) == sorted(left)


def test_certain_survival_takes_every_planned_kit_on_its_day() -> None:
    takes = (Take(0, HERE), Take(7, HERE), Take(8, THERE), Take(27, HERE), Take(28, HERE))
    asked = question(courses=((Path(Fraction(1), takes),),) * 3)
    here, there = Simulation(asked).demand(random.Random(1))
    assert {day: kits for day, kits in enumerate(here) if kits} == {0: 3, 7: 3, 27: 3}
    assert {day: kits for day, kits in enumerate(there) if kits} == {8: 3}


def test_mean_demand_is_that_of_a_thinned_poisson_with_replacements() -> None:
    """Each newcomer takes 1 + S(14) kits of those who come early enough, each 1/(1-f) times."""
    stay, fail, days = Fraction(1, 2), Fraction(1, 5), 56
    newcomer = (Path(Fraction(1), (Take(0, HERE), Take(14, HERE))),)
    asked = question(
        rate=Entered(Fraction(12)), newcomer=newcomer, staying=stay, failing=fail, weeks=8
    )
    arriving = 12 * days / MONTH
    later = Fraction(days - 14, days) * Fraction(0.5**0.5)
    mean = float(arriving * (1 + later) / (1 - fail))
    runs = 4000
    found = sum(totals(asked, runs)) / runs
    assert found == pytest.approx(mean, abs=4 * (3 * mean / runs) ** 0.5)


def test_number_of_sound_kits_is_geometric() -> None:
    table = sound(Fraction(1, 5))
    for number in (0, 1, 7, 40):
        assert abs(1 - Fraction(table[number], WHOLE) - Fraction(4, 5) ** (number + 1)) < TINY
    assert table[-1] == WHOLE
    assert sound(Fraction(0)) == ()


def test_chances_of_a_small_case_are_those_counted_by_hand() -> None:
    """One subject: 1/3 take two kits here, 2/3 one there; 1/4 have left by day 28; one in five fails."""
    asked = question(
        courses=(
            (
                Path(Fraction(1, 3), (Take(0, HERE), Take(28, HERE))),
                Path(Fraction(2, 3), (Take(28, THERE),)),
            ),
        ),
        staying=Fraction(3, 4),
        failing=Fraction(1, 5),
        weeks=5,
    )
    runs, simulation, draws = 30_000, Simulation(asked), random.Random(3)
    seen: dict[tuple[int, int], int] = {}
    for _ in range(runs):
        here, there = map(sum, simulation.demand(draws))
        seen[here, there] = seen.get((here, there), 0) + 1
    one, again = Fraction(4, 5), Fraction(1, 5)
    chances = {
        (0, 0): Fraction(2, 3) * Fraction(1, 4),
        (0, 1): Fraction(2, 3) * Fraction(3, 4) * one,
        (0, 2): Fraction(2, 3) * Fraction(3, 4) * one * again,
        (1, 0): Fraction(1, 3) * Fraction(1, 4) * one,
        (2, 0): Fraction(1, 3) * (Fraction(3, 4) * one**2 + Fraction(1, 4) * one * again),
    }
    for outcome, chance in chances.items():
        spread = float(chance * (1 - chance) / runs) ** 0.5
        assert seen[outcome] / runs == pytest.approx(float(chance), abs=4 * spread)


def by_hand(
    lives: list[int], needs: dict[int, int], days: int
) -> tuple[list[int], list[bool], int]:
    """Walk the shelf day by day; return what is left each week, whether it ran short, what expired."""
    shelf, wasted, short = sorted(lives), 0, False
    left, ran_short = [], []
    for day in range(days):
        wasted += sum(life <= day for life in shelf)
        shelf = [life for life in shelf if life > day]
        for _ in range(needs.get(day, 0)):
            if shelf:
                shelf.pop(0)
            else:
                short = True
        if day % 7 == 6:
            left.append(len(shelf))
            ran_short.append(short)
    return left, ran_short, wasted


@given(
    st.lists(st.integers(1, 28), max_size=12),
    st.dictionaries(st.integers(0, 27), st.integers(0, 4), max_size=10),
)
def test_stock_goes_as_it_goes_on_a_shelf_walked_day_by_day(
    lives: list[int], needs: dict[int, int]
) -> None:
    courses = tuple(
        (Path(Fraction(1), (Take(day, HERE),)),)
        for day, count in needs.items()
        for _ in range(count)
    )
    (told,) = played(question(courses=courses, lives=lives)).sources
    left, short, wasted = by_hand(lives, needs, 28)
    assert [week.left for week in told.weeks] == left
    assert [bool(week.short) for week in told.weeks] == short
    assert told.wasted == wasted
    assert told.short_week == (short.index(True) + 1 if any(short) else None)
    assert [week.demand.median for week in told.weeks] == [
        sum(count for day, count in needs.items() if day < 7 * week) for week in range(1, 5)
    ]
    assert told.weeks[-1].in_date == sum(life > 27 for life in lives)


def test_reorder_point_is_the_95th_percentile_of_the_lead_times_demand() -> None:
    asked = question(rate=Entered(Fraction(20)), weeks=8, lives=[56] * 40, lead_days=21)
    (told,) = played(asked, runs=4000).sources
    table = arrivals(Entered(Fraction(20)), 21)
    exact = next(n for n, upto in enumerate(table) if Fraction(upto, WHOLE) >= Fraction(95, 100))
    assert exact <= told.reorder_at <= exact + 1
    left = [told.have, *(week.left for week in told.weeks)]
    assert told.reorder_week is not None
    assert left[told.reorder_week] <= told.reorder_at < left[told.reorder_week - 1]


def test_reorder_point_covers_the_busiest_lead_time_not_the_next_one_alone() -> None:
    late = (Path(Fraction(1), tuple(Take(day, HERE) for day in (21, 22, 23))),)
    (told,) = played(question(courses=(late,), lives=[28] * 9, lead_days=7)).sources
    assert told.reorder_at == 3


def test_lead_time_of_no_days_needs_no_stock() -> None:
    (told,) = played(question(rate=Entered(Fraction(20)), lead_days=0), runs=20).sources
    assert told.reorder_at == 0


def test_week_of_shortage_is_the_first_that_five_of_a_hundred_runs_reach() -> None:
    asked = question(rate=Entered(Fraction(8)), lives=[56] * 12, weeks=8)
    (told,) = played(asked, runs=2000).sources
    assert told.short_week is not None
    before, reached = told.weeks[told.short_week - 2].short, told.weeks[told.short_week - 1].short
    assert before < Fraction(1, 20) <= reached


def test_waste_is_told_by_lot_and_adds_up() -> None:
    asked = question(rate=Entered(Fraction(4)), lives=[10] * 5 + [56] * 5, weeks=8)
    (told,) = played(asked, runs=500).sources
    assert [(lot.days, lot.kits) for lot in told.lots] == [(10, 5), (56, 5)]
    assert told.lots[0].wasted > 3
    assert told.lots[1].wasted == 0
    assert told.wasted == sum(lot.wasted for lot in told.lots)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.fractions(0, 1))
def test_quantile_is_the_least_value_that_the_share_does_not_exceed(
    values: list[int], share: Fraction
) -> None:
    found = quantile(sorted(values), share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)
    lesser = [value for value in values if value < found]
    assert not lesser or len(lesser) < share * len(values)


def test_same_seed_gives_the_same_forecast_and_progress_is_told_run_by_run() -> None:
    asked = question(rate=Observed(4, 60), failing=Fraction(1, 10), lives=[20] * 9)
    heard: list[tuple[int, int]] = []
    one = simulate(asked, random.Random(1), 40, lambda done, of: heard.append((done, of)))
    assert one == simulate(asked, random.Random(1), 40)
    assert heard == [(done, 40) for done in range(1, 41)]
    assert one.day(0) == FIRST
    assert (one.day(2) - FIRST).days == 13


def test_forecast_ends_where_the_teller_raises() -> None:
    def enough(done: int, _of: int) -> None:
        if done == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        simulate(question(rate=Entered(Fraction(2))), random.Random(1), 10**9, enough)
