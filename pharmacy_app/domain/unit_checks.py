"""Daily checks of storage units: what is read is within its limits, and no day is left out."""

from datetime import date, timedelta
from decimal import Decimal

from pharmacy_app.domain.locations import Unit
from pharmacy_app.domain.refusal import Violation, violation

COLDEST_C, WARMEST_C = Decimal(-200), Decimal(60)
MOST_CM = Decimal(500)
"""What a thermometer and a dipstick at a storage unit can say at all."""


def impossible(
    unit: Unit, temperature_c: Decimal | None, level_cm: Decimal | None
) -> tuple[Violation, ...]:
    """Return why a reading cannot be one: nothing was read, or a number no instrument shows."""
    found = (
        violation("storage.nothing_read", unit.code)
        if temperature_c is None and level_cm is None
        else None,
        violation("storage.no_temperature", unit.code, found=temperature_c)
        if temperature_c is not None and not COLDEST_C <= temperature_c <= WARMEST_C
        else None,
        violation("storage.no_level", unit.code, found=level_cm, most=MOST_CM)
        if level_cm is not None and not 0 <= level_cm <= MOST_CM
        else None,
    )
    return tuple(one for one in found if one is not None)


def within(unit: Unit, temperature_c: Decimal | None, level_cm: Decimal | None) -> bool:
    """Return whether what was read is inside the unit's limits; what was not read breaks none."""
    warm = temperature_c is not None and temperature_c > unit.warmest_c
    cold = (
        temperature_c is not None and unit.coldest_c is not None and temperature_c < unit.coldest_c
    )
    low = (
        level_cm is not None and unit.least_level_cm is not None and level_cm < unit.least_level_cm
    )
    return not (warm or cold or low)


def missed_days(last: date, today: date) -> int:
    """Return how many whole days passed without a check since the last one (or since it was added).

    Today is not missed before it is over. Both are dates at the site.
    """
    return max(0, (today - last - timedelta(days=1)).days)
