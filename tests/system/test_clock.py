from datetime import UTC, datetime, timedelta, timezone

import pytest

from pharmacy_app.system.clock import SetClock, SystemClock

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def test_machine_clock_tells_aware_utc_and_never_goes_back() -> None:
    clock = SystemClock()
    first = clock.monotonic()
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.monotonic() >= first


def test_set_clock_stands_still_until_it_is_advanced() -> None:
    clock = SetClock(NOON)
    assert clock.now() == clock.now() == NOON
    assert clock.advance(timedelta(minutes=5)) == NOON + timedelta(minutes=5)
    assert clock.monotonic() == 300.0


def test_hand_on_the_clock_moves_the_time_of_day_but_no_time_passes() -> None:
    clock = SetClock(NOON)
    clock.set(NOON - timedelta(days=1))
    assert clock.now() == NOON - timedelta(days=1)
    assert clock.monotonic() == 0.0


def test_set_clock_turns_other_zones_into_utc() -> None:
    china = timezone(timedelta(hours=8))
    clock = SetClock(datetime(2026, 3, 4, 20, 0, tzinfo=china))
    assert clock.now() == NOON
    assert clock.now().tzinfo is UTC


def test_time_without_a_zone_is_not_taken() -> None:
    with pytest.raises(ValueError, match="zone"):
        SetClock(NOON.replace(tzinfo=None))


def test_time_does_not_pass_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        SetClock(NOON).advance(timedelta(seconds=-1))
