"""One reading a time, oldest first; what else was read at that time stays beside it."""

from array import array
from decimal import Decimal
from itertools import pairwise

from pharmacy_app.domain.readings import Readings
from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.temperature import COLDEST_C
from pharmacy_app.exchange.loggers.rows import MOST_NOTES_OF_A_KIND

_CODE = COLDEST_C - 1


def in_order(readings: Readings) -> tuple[Readings, list[Violation]]:
    """Return one reading a time, oldest first, and what had to be done for it.

    Where a time has several, the warmest stands there and the others beside it: neither what was
    too warm nor what was too cold is hidden by the other.
    """
    times = readings.times
    if all(a < b for a, b in pairwise(times)):
        return readings, []
    notes: list[Violation] = []
    if any(a > b for a, b in pairwise(times)):
        newest_first = all(a >= b for a, b in pairwise(times))
        notes.append(violation("logger.newest_first" if newest_first else "logger.out_of_order"))
    order = sorted(range(len(times)), key=times.__getitem__)
    kept = [order[0]]
    also: dict[int, list[int]] = {}
    same: list[Violation] = []
    more = 0
    for n in order[1:]:
        if times[n] != times[kept[-1]]:
            kept.append(n)
            continue
        more += len(same) >= MOST_NOTES_OF_A_KIND
        if len(same) < MOST_NOTES_OF_A_KIND:
            same.append(_twice(readings, kept[-1], n))
        cooler, kept[-1] = sorted((n, kept[-1]), key=lambda n: _warmth(readings, n))
        if readings.places[cooler] != readings.places[kept[-1]]:
            also.setdefault(times[n], []).append(readings.places[cooler])
    notes += same
    if more:
        notes.append(violation("logger.more_of_the_same", found=more))
    places = readings.places
    return Readings(
        array("q", [times[n] for n in kept]),
        array("I", [places[n] for n in kept]),
        readings.celsius,
        readings.codes,
        also,
    ), notes


def _twice(readings: Readings, a: int, b: int) -> Violation:
    equal = readings[a] == readings[b]
    rule = "logger.repeated" if equal else "logger.contradiction"
    return violation(rule, at=readings[a].at)


def _warmth(readings: Readings, n: int) -> Decimal:
    """A code is less than any number: it stands beside one."""
    celsius = readings.celsius[readings.places[n]]
    return _CODE if celsius is None else celsius
