import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.ids import (
    ArmCode,
    KitNumber,
    KitTypeCode,
    ShipmentId,
    StageCode,
    SubjectId,
    VisitCode,
)
from pharmacy_app.domain.kits import Disposal, Kit, KitState, unusable
from pharmacy_app.domain.readiness import (
    Coming,
    DayNeed,
    Line,
    Source,
    days_from,
    days_usable,
    lines_of,
    readiness,
    stock_of,
)
from tests import small_trials

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 11, 22)
CELLS, SHAM = KitTypeCode("MSC"), KitTypeCode("PLA")
LIMITS = {CELLS: 600, SHAM: 600}
ONE = Line(StageCode("S1"), ArmCode("A"), Source(CELLS))
OTHER = Line(StageCode("S1"), ArmCode("B"), Source(SHAM))
LATE = Line(StageCode("S2"), ArmCode("LONG"), Source(CELLS, "LATE"))
SHARED = Line(StageCode("S2"), ArmCode("LONG"), Source(CELLS))


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, 22, hour, tzinfo=ZONE) + timedelta(days=day)


def kit(
    expiry: datetime,
    source: Source = ONE.source,
    *,
    state: KitState = KitState.AVAILABLE,
    seconds_out: int = 0,
    disposal: Disposal = Disposal.NONE,
    number: int = 0,
) -> Kit:
    return Kit(
        KitNumber(f"K{number:07d}"),
        source.kit_type,
        "L",
        "BL",
        expiry,
        state,
        ShipmentId("S"),
        seconds_out=seconds_out,
        pool=source.pool,
        disposal=disposal,
    )


def visits(line: Line | None, needs: dict[int, int]) -> list[Coming]:
    return [
        Coming(
            SubjectId(f"{day}-{n}"), ONE.stage, VisitCode("W"), FIRST + timedelta(days=day), line
        )
        for day, count in needs.items()
        for n in range(count)
    ]


def days_of(
    kits: Sequence[Kit],
    coming: Sequence[Coming],
    lines: Sequence[Line] = (ONE,),
    count: int = 5,
) -> tuple[DayNeed, ...]:
    sources = {line.source for line in lines}
    stock = stock_of(kits, sources, LIMITS, days_from(FIRST, count, ZONE))
    return readiness(stock, lines, coming, FIRST, count)


def test_what_one_day_takes_no_later_day_has() -> None:
    told = days_of([kit(at(99))] * 3, visits(ONE, {0: 1, 2: 2, 3: 1}))
    assert [day.have for day in told] == [3, 2, 2, 0, 0]
    assert [bool(day.short) for day in told] == [False, False, False, True, False]


def test_kit_that_expires_within_a_day_does_not_count_on_it() -> None:
    told = days_of([kit(at(2, 9)), kit(at(3))], [])
    assert [day.have for day in told] == [2, 2, 1, 0, 0]


def test_kit_that_expires_first_is_taken_first() -> None:
    told = days_of([kit(at(99)), kit(at(1))], visits(ONE, {0: 1}))
    assert [day.have for day in told] == [2, 1, 1, 1, 1]


def test_surplus_of_one_type_does_not_cover_another() -> None:
    (told,) = days_of([kit(at(99))] * 9, visits(OTHER, {0: 1}), (ONE, OTHER), 1)
    assert told.have == 9
    assert [(one.source, one.short) for one in told.short] == [(OTHER.source, 1)]


def test_a_stage_takes_kits_from_its_own_pool_alone() -> None:
    kits = [kit(at(99)), kit(at(99)), kit(at(99), LATE.source)]
    told = days_of(kits, visits(LATE, {0: 1, 1: 1}), (ONE, LATE), 2)
    assert [(one.source, one.have, one.short) for one in told[1].sources] == [
        (ONE.source, 2, 0),
        (LATE.source, 0, 1),
    ]


def test_two_arms_with_one_source_share_what_is_there() -> None:
    coming = [*visits(ONE, {0: 1}), *visits(SHARED, {0: 1, 1: 1})]
    told = days_of([kit(at(99))] * 2, coming, (ONE, SHARED), 2)
    (first,), (second,) = told[0].sources, told[1].sources
    assert [(line.line, line.need) for line in first.lines] == [(ONE, 1), (SHARED, 1)]
    assert (first.have, first.short, second.have, second.short) == (2, 0, 0, 1)


def test_visit_whose_arm_is_not_drawn_is_told_apart_and_takes_from_nowhere() -> None:
    told = days_of([kit(at(99))], visits(None, {1: 2}), count=2)
    assert [(day.undrawn, day.need, day.have) for day in told] == [(0, 0, 1), (2, 0, 1)]


def test_visit_that_is_late_counts_today() -> None:
    told = days_of([kit(at(99))], visits(ONE, {-3: 1}), count=2)
    assert [(day.need, day.have) for day in told] == [(1, 1), (0, 0)]


def test_only_what_the_rule_of_usability_lets_through_counts() -> None:
    kits = [
        kit(at(99)),
        kit(at(99), state=KitState.QUARANTINED),
        kit(at(99), state=KitState.RESERVE),
        kit(at(99), seconds_out=601),
        kit(at(99), disposal=Disposal.LISTED),
        kit(at(99), Source(CELLS, "ELSEWHERE")),
    ]
    assert [day.have for day in days_of(kits, [], count=1)] == [1]


def test_lines_name_every_arm_of_every_stage_with_its_pool() -> None:
    found = lines_of(small_trials.two_stage_trial(pool="LATE"))
    assert [(line.stage, line.arm, line.source) for line in found] == [
        ("S1", "A", Source(CELLS)),
        ("S1", "B", Source(SHAM)),
        ("S2", "LONG", Source(CELLS, "LATE")),
        ("S2", "CTRL", Source(SHAM, "LATE")),
    ]


KITS = st.builds(
    kit,
    st.integers(-5, 30).map(at),
    st.sampled_from([ONE.source, OTHER.source, LATE.source]),
    state=st.sampled_from([KitState.AVAILABLE, KitState.AVAILABLE, KitState.LOST]),
    seconds_out=st.integers(595, 605),
)


@given(KITS, st.integers(1, 40))
def test_search_by_halves_finds_what_asking_for_every_day_finds(one: Kit, count: int) -> None:
    ends = days_from(FIRST, count, ZONE)
    asked = [not unusable(one, now=end, wanted=CELLS, pool="", max_seconds_out=600) for end in ends]
    assert days_usable(one, ONE.source, 600, ends) == sum(asked)
    assert asked == sorted(asked, reverse=True)


@given(
    st.lists(st.integers(0, 20), max_size=20),
    st.dictionaries(st.integers(0, 13), st.integers(0, 5)),
)
def test_no_kit_is_counted_after_it_was_taken_or_expired(
    days: list[int], needs: dict[int, int]
) -> None:
    told = days_of([kit(at(day)) for day in days], visits(ONE, needs), count=14)
    for before, after in itertools.pairwise(told):
        assert after.have <= max(0, before.have - before.need)
    assert all(day.have <= sum(1 for one in days if one > n) for n, day in enumerate(told))
