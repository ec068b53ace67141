"""Daily checks: what is within a unit's limits, what no instrument shows, which days were missed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pharmacy_app.domain.locations import Capacity, Unit, UnitKind
from pharmacy_app.domain.unit_checks import impossible, missed_days, within

ADDED = datetime(2026, 11, 21, tzinfo=UTC)
SIZE = Capacity("T1", 1, 1, 1, 1)
TANK = Unit(SIZE, "Tank", UnitKind.LN2_TANK, Decimal(-150), ADDED, None, Decimal(15))
FRIDGE = Unit(SIZE, "Fridge", UnitKind.REFRIGERATOR, Decimal(8), ADDED, Decimal(2))


@pytest.mark.parametrize(
    ("unit", "temperature", "level", "inside"),
    [
        (TANK, "-150", "15", True),
        (TANK, "-149.9", None, False),
        (TANK, "-190", "14.9", False),
        (TANK, None, "15", True),
        (FRIDGE, "2", None, True),
        (FRIDGE, "8.0", None, True),
        (FRIDGE, "1.9", None, False),
        (FRIDGE, "8.1", None, False),
        (FRIDGE, "5", "0", True),
    ],
)
def test_a_reading_is_measured_against_the_units_own_limits(
    unit: Unit, temperature: str | None, level: str | None, inside: bool
) -> None:
    read = [None if text is None else Decimal(text) for text in (temperature, level)]
    assert within(unit, read[0], read[1]) is inside


@pytest.mark.parametrize(
    ("temperature", "level", "rules"),
    [
        (None, None, ["storage.nothing_read"]),
        ("150", None, ["storage.no_temperature"]),
        ("-201", "-1", ["storage.no_temperature", "storage.no_level"]),
        ("-200", "0", []),
        (None, "501", ["storage.no_level"]),
    ],
)
def test_what_no_instrument_shows_is_refused(
    temperature: str | None, level: str | None, rules: list[str]
) -> None:
    read = [None if text is None else Decimal(text) for text in (temperature, level)]
    assert [v.rule for v in impossible(TANK, read[0], read[1])] == rules


@pytest.mark.parametrize(
    ("last", "today", "missed"),
    [(21, 21, 0), (21, 22, 0), (21, 23, 1), (21, 28, 6), (22, 21, 0)],
)
def test_a_day_is_missed_once_it_is_over(last: int, today: int, missed: int) -> None:
    assert missed_days(date(2026, 11, last), date(2026, 11, today)) == missed
