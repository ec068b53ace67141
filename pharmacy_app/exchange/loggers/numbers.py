"""Cells that should hold a temperature: a number with its unit, or a code that stays a code."""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from pharmacy_app.domain.dose import as_decimal
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.domain.temperature import COLDEST_C, KELVIN

HOTTEST_C = Decimal(200)
POWER_ON_C = frozenset({Decimal(-127), Decimal(85)})
"""What a common sensor gives in °C while it is not connected, and before its first measurement."""
UNITS = ("C", "F", "K")
_NUMBER = re.compile(r"([+-]?)\s?([0-9][0-9.,' ]*?)\s*(°\s?[CFK]|℃|℉|[CFK])?", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,9})?")
_GROUPS = {".": re.compile(r"[0-9]{1,3}(?:[,' ][0-9]{3})+(\.[0-9]+)?"),
           ",": re.compile(r"[0-9]{1,3}(?:[.' ][0-9]{3})+(,[0-9]+)?")}  # fmt: skip
_THREE_DIGITS = 3


def decimal_mark(cells: Iterable[str]) -> str:
    """Return the decimal mark of a column, ``.`` or ``,``.

    A mark with three digits behind it may part thousands; any other proves itself. Raises Refused
    ``logger.decimal_mark`` where the column proves both, or where only thousands could tell.
    """
    proved: set[str] = set()
    seen: set[str] = set()
    example = ""
    for cell in cells:
        found = _NUMBER.fullmatch(cell)
        marks = [] if found is None else [letter for letter in found[2] if letter in ".,"]
        if found is None or not marks:
            continue
        last = marks[-1]
        seen.update(marks)
        behind = found[2].rpartition(last)[2]
        if len(set(marks)) > 1 or len(behind) != _THREE_DIGITS:
            example = cell if proved and last not in proved else example
            proved.add(last)
    if len(proved) > 1 or (not proved and len(seen) > 1):
        raise Refused([violation("logger.decimal_mark", found=example or ", ".join(sorted(seen)))])
    return next(iter(proved or seen), ".")


def unit_of(cell: str) -> str:
    """Return the unit that a cell itself names behind its number, or the empty string."""
    found = _NUMBER.fullmatch(cell)
    if found is None or not found[3]:
        return ""
    return {"℃": "C", "℉": "F"}.get(found[3], found[3][-1].upper())


def degrees(cell: str, mark: str, unit: str) -> Decimal | None:
    """Return exact °C, or None for a code, a ``below range`` or a number no sensor measures."""
    found = _NUMBER.fullmatch(cell)
    if found is None or _GROUPS[mark].fullmatch(found[2]):
        return None  # whatever has thousands is no temperature
    digits = found[2].replace(",", ".") if mark == "," else found[2]
    if _PLAIN.fullmatch(digits) is None:
        return None
    value = Decimal(f"{found[1]}{digits}")
    if unit == "F":
        value = as_decimal((Fraction(value) - 32) * 5 / 9)
    elif unit == "K":
        value -= KELVIN
    return value if COLDEST_C < value <= HOTTEST_C else None
