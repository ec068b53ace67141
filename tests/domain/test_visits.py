"""Visit windows: on the site's calendar, both ends included, missed ones only with a reason."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.ids import VisitCode
from pharmacy_app.domain.trial import Outside, Text, Visit, Window
from pharmacy_app.domain.visits import PlannedVisit, outside, planned

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
ANCHOR = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def visit(day: int = 7, minus: int = 24, plus: int = 48, rule: Outside = Outside.REASON) -> Visit:
    return Visit(
        code=VisitCode("W1"),
        name=Text(en="Week 1", zh="第1周"),
        window=Window(anchor="W0", day=day, minus_hours=minus, plus_hours=plus, outside=rule),
    )


def rule_of(visit: Visit, now: datetime, reason: str = "") -> str:
    found = outside(visit, planned(visit, ANCHOR, SHANGHAI), now, reason)
    return "" if found is None else found.rule


def test_a_window_is_counted_in_days_and_hours_from_its_anchor() -> None:
    window = planned(visit(), ANCHOR, SHANGHAI)
    assert window == PlannedVisit(
        planned_at=datetime(2026, 11, 29, 2, 30, tzinfo=UTC),
        opens_at=datetime(2026, 11, 28, 2, 30, tzinfo=UTC),
        closes_at=datetime(2026, 12, 1, 2, 30, tzinfo=UTC),
    )


def test_both_ends_of_a_window_belong_to_it() -> None:
    window = planned(visit(), ANCHOR, SHANGHAI)
    assert window.holds(window.opens_at)
    assert window.holds(window.closes_at)
    assert not window.holds(window.opens_at - SECOND)
    assert not window.holds(window.closes_at + SECOND)


@pytest.mark.parametrize(
    ("anchor", "hours"),
    [
        (datetime(2027, 3, 24, 9, 0, tzinfo=UTC), 7 * 24 - 1),  # summer time begins on the 28th
        (datetime(2026, 10, 21, 8, 0, tzinfo=UTC), 7 * 24 + 1),  # it ended on the 25th
    ],
)
def test_a_change_of_summer_time_does_not_move_the_hour(anchor: datetime, hours: int) -> None:
    at = planned(visit(), anchor, BERLIN).planned_at
    assert at - anchor == timedelta(hours=hours)
    assert at.astimezone(BERLIN).time() == anchor.astimezone(BERLIN).time()


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001 - set below
    st.integers(0, 400),
    st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kolkata")]),
)
def test_every_window_is_in_order_and_in_utc(when: datetime, day: int, zone: ZoneInfo) -> None:
    window = planned(visit(day=day), when.replace(tzinfo=UTC), zone)
    assert window.opens_at < window.planned_at < window.closes_at
    assert {m.tzinfo for m in (window.opens_at, window.planned_at, window.closes_at)} == {UTC}


def test_inside_the_window_nothing_is_asked() -> None:
    assert rule_of(visit(), ANCHOR + timedelta(days=7)) == ""


def test_outside_a_strict_window_no_reason_helps() -> None:
    strict = visit(rule=Outside.REFUSE)
    assert rule_of(strict, ANCHOR) == "visit.outside"
    assert rule_of(strict, ANCHOR, "the subject was ill") == "visit.outside"


def test_outside_a_window_that_may_be_overruled_a_reason_is_asked_for() -> None:
    assert rule_of(visit(), ANCHOR) == "visit.needs_reason"
    assert rule_of(visit(), ANCHOR, "  ") == "visit.needs_reason"
    assert rule_of(visit(), ANCHOR, "the subject was ill") == ""


def test_the_refusal_tells_the_window_and_the_time() -> None:
    window = planned(visit(), ANCHOR, SHANGHAI)
    found = outside(visit(), window, ANCHOR, "")
    assert found is not None
    assert found.record == "W1"
    facts = dict(found.facts)
    assert facts == {"opens": window.opens_at, "closes": window.closes_at, "now": ANCHOR}
