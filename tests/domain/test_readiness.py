import itertools
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.ids import KitTypeCode
from pharmacy_app.domain.readiness import DayNeed, forecast

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 11, 22)
CELLS, SHAM = KitTypeCode("MSC"), KitTypeCode("PLA")


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, 22, hour, tzinfo=ZONE) + timedelta(days=day)


def days_of(
    expiries: Sequence[datetime], needs: dict[int, int], count: int = 5
) -> tuple[DayNeed, ...]:
    planned = {FIRST + timedelta(days=day): {CELLS: need} for day, need in needs.items()}
    return forecast({CELLS: expiries}, planned, FIRST, count, ZONE)


def test_what_one_day_takes_no_later_day_has() -> None:
    told = days_of([at(99)] * 3, {0: 1, 2: 2, 3: 1})
    assert [day.have for day in told] == [3, 2, 2, 0, 0]
    assert [bool(day.short) for day in told] == [False, False, False, True, False]


def test_kit_that_expires_within_a_day_does_not_count_on_it() -> None:
    told = days_of([at(2, 9), at(3)], {})
    assert [day.have for day in told] == [2, 2, 1, 0, 0]


def test_kit_that_expires_first_is_taken_first() -> None:
    told = days_of([at(99), at(1)], {0: 1})
    assert [day.have for day in told] == [2, 1, 1, 1, 1]


def test_surplus_of_one_type_does_not_cover_another() -> None:
    needs = {FIRST: {SHAM: 1}}
    (told,) = forecast({CELLS: [at(99)] * 9}, needs, FIRST, 1, ZONE)
    assert told.have == 9
    assert [(one.kit_type, one.short) for one in told.short] == [(SHAM, 1)]


@given(
    st.lists(st.integers(0, 20), max_size=20),
    st.dictionaries(st.integers(0, 13), st.integers(0, 5)),
)
def test_no_kit_is_counted_after_it_was_taken_or_expired(
    days: list[int], needs: dict[int, int]
) -> None:
    told = days_of([at(day) for day in days], needs, 14)
    for before, after in itertools.pairwise(told):
        assert after.have <= max(0, before.have - before.need)
    assert all(day.have <= sum(1 for one in days if one > n) for n, day in enumerate(told))
