from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.blinding import BlindedVisit, ReadyDay
from pharmacy_app.domain.events.readiness import Cover
from pharmacy_app.domain.ids import SubjectId, VisitCode
from pharmacy_app.domain.promise import (
    COARSE,
    kits_behind,
    not_borne_out,
    promisable,
    ready_days,
    room_for_one_more,
    unlawful,
    week_end,
)
from pharmacy_app.domain.readiness import Ageing, Coming, Source, readiness
from tests.domain.test_readiness import FIRST, LATE, ONE, OTHER, at, kit

SUNDAY = FIRST
LATE_OTHER = Source(OTHER.source.kit_type, "LATE")


def visits(*days: int, pool: str = "") -> list[BlindedVisit]:
    return [BlindedVisit(day=FIRST + timedelta(days=day), pool=pool) for day in days]


def told(
    covers: dict[str, int], until: int, given: dict[str, int], *planned: BlindedVisit
) -> list[bool]:
    return [one.ready for one in ready_days(covers, FIRST + timedelta(days=until), given, planned)]


def rules(*covers: Cover, fewest: int = 9, until: date = SUNDAY) -> list[str]:
    found = unlawful(covers, {"": fewest, "LATE": fewest}, until, FIRST)
    return [one.rule.removeprefix("readiness.") for one in found]


@pytest.mark.parametrize("day", range(7))
def test_a_week_ends_on_its_sunday(day: int) -> None:
    monday = date(2026, 11, 23)
    assert week_end(monday + timedelta(days=day), 0) == date(2026, 11, 29)
    assert week_end(monday + timedelta(days=day), 2) == date(2026, 12, 13)


@pytest.mark.parametrize(
    ("fewest", "doses"),
    [(0, 0), (1, 0), (2, 1), (3, 2), (5, 2), (6, 5), (11, 5), (12, 10), (601, 500)],
)
def test_a_coarse_number_with_a_margin_is_promisable(fewest: int, doses: int) -> None:
    assert promisable(fewest) == doses


def test_every_promise_keeps_one_kit_in_five_back_and_one_at_least() -> None:
    assert [kits_behind(doses) for doses in COARSE[:5]] == [2, 3, 6, 12, 24]


def test_lawful_promise_is_not_refused() -> None:
    assert rules(Cover(pool="", doses=5), Cover(pool="LATE", doses=2)) == []


@pytest.mark.parametrize(
    ("covers", "until", "fewest", "rule"),
    [
        ([Cover(pool="", doses=5)], SUNDAY + timedelta(days=1), 9, "until"),
        ([Cover(pool="", doses=5)], SUNDAY + timedelta(days=35), 9, "until"),
        ([Cover(pool="", doses=5)], SUNDAY - timedelta(days=7), 9, "until"),
        ([], SUNDAY, 9, "no_cover"),
        ([Cover(pool="", doses=1), Cover(pool="", doses=2)], SUNDAY, 9, "no_cover"),
        ([Cover(pool="", doses=3)], SUNDAY, 9, "coarse"),
        ([Cover(pool="", doses=5)], SUNDAY, 5, "not_covered"),
        ([Cover(pool="ELSEWHERE", doses=1)], SUNDAY, 9, "not_covered"),
    ],
)
def test_promise_is_refused_with_its_rule(
    covers: list[Cover], until: date, fewest: int, rule: str
) -> None:
    assert rules(*covers, until=until, fewest=fewest) == [rule]


def test_day_is_ready_while_the_promise_covers_it_and_all_before() -> None:
    assert told({"": 3}, 9, {}, *visits(0, 0, 3, 5, 12)) == [True, True, False, False]


def test_doses_given_since_use_the_promise_up() -> None:
    assert told({"": 3}, 9, {"": 2}, *visits(0, 3)) == [True, False]


def test_days_after_the_promise_or_without_one_are_not_ready() -> None:
    assert told({"": 9}, 3, {}, *visits(3, 4)) == [True, False]
    assert [one.ready for one in ready_days({}, None, {}, visits(0))] == [False]
    assert ready_days({"": 9}, FIRST, {}, []) == ()


def test_day_with_visits_from_a_pool_that_is_not_covered_is_not_ready_as_a_whole() -> None:
    days = ready_days({"": 9}, FIRST + timedelta(days=9), {}, [*visits(1), *visits(1, pool="LATE")])
    assert days == (ReadyDay(day=FIRST + timedelta(days=1), visits=2, ready=False),)


def test_one_more_subject_has_room_if_nobody_is_pushed_out() -> None:
    newcomer = visits(0, 7)
    until = FIRST + timedelta(days=9)
    assert room_for_one_more({"": 4}, until, {"": 1}, visits(3), newcomer)
    assert not room_for_one_more({"": 3}, until, {"": 1}, visits(3), newcomer)
    assert room_for_one_more({"": 2}, FIRST, {"": 1}, visits(3), newcomer)
    assert not room_for_one_more({"": 9}, None, {}, [], newcomer)
    assert not room_for_one_more({"": 9}, until, {}, [], [])
    assert not room_for_one_more({"": 9}, FIRST - timedelta(days=1), {}, [], newcomer)


def test_what_is_left_of_a_promise_is_held_against_the_scarcest_kind() -> None:
    covers = [Cover(pool="", doses=5), Cover(pool="LATE", doses=2)]
    assert not_borne_out(covers, {"": 3}, {"": 2, "LATE": 2}) == ()
    assert not_borne_out(covers, {"": 2}, {"": 2, "LATE": 1}) == ("", "LATE")
    assert not_borne_out(covers, {"": 7, "LATE": 2}, {}) == ()


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "LATE"]), st.booleans(), st.integers(1, 20)), max_size=60
    ),
    st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from(["", "LATE"]), st.booleans()), max_size=20
    ),
    st.integers(0, 9),
)
def test_a_day_that_is_told_as_ready_is_ready_whatever_arm_each_visit_is_in(
    shelf: list[tuple[str, bool, int]], planned: list[tuple[int, str, bool]], until: int
) -> None:
    """No arm is asked when the promise is made; any may turn out, and no kit is missing."""
    source = {
        ("", True): ONE.source,
        ("", False): OTHER.source,
        ("LATE", True): LATE.source,
        ("LATE", False): LATE_OTHER,
    }
    stock = {
        place: [
            Ageing(kit(at(days), place), days)
            for pool, cells, days in sorted(shelf, key=lambda one: one[2])
            if source[pool, cells] == place
        ]
        for place in source.values()
    }
    fewest = {
        pool: min(
            sum(one.days > until for one in stock[source[pool, cells]]) for cells in (True, False)
        )
        for pool in ("", "LATE")
    }
    covers = {pool: promisable(kits) for pool, kits in fewest.items()}
    seen = [BlindedVisit(day=FIRST + timedelta(days=day), pool=pool) for day, pool, _ in planned]
    ready = {
        one.day: one.ready for one in ready_days(covers, FIRST + timedelta(days=until), {}, seen)
    }
    lines = {place: type(ONE)(ONE.stage, ONE.arm, place) for place in source.values()}
    coming = [
        Coming(
            SubjectId(str(n)),
            ONE.stage,
            VisitCode("W"),
            FIRST + timedelta(days=day),
            lines[source[pool, arm]],
        )
        for n, (day, pool, arm) in enumerate(planned)
    ]
    truth = readiness(stock, list(lines.values()), coming, FIRST, 14)
    for day in truth:
        assert not (ready.get(day.day) and day.short)


@given(st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["", "LATE"])), max_size=20))
def test_every_visit_stands_in_one_day_and_no_day_is_ready_after_one_that_is_not(
    planned: list[tuple[int, str]],
) -> None:
    seen = [BlindedVisit(day=FIRST + timedelta(days=day), pool=pool) for day, pool in planned]
    days = ready_days({"": 4, "LATE": 2}, FIRST + timedelta(days=14), {}, seen)
    assert sum(one.visits for one in days) == len(planned)
    assert len([ready for ready, _ in groupby(one.ready for one in days)]) <= 2
    assert [one.ready for one in days] == sorted((one.ready for one in days), reverse=True)
