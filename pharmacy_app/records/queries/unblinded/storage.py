"""Storage units, what lies in them, what is blocked, and who read what at them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pharmacy_app.domain.events.storage import BlockReason
from pharmacy_app.domain.ids import PersonId, PositionId
from pharmacy_app.domain.locations import (
    Capacity,
    GroupLabels,
    Labelling,
    PlaceLabels,
    Unit,
    UnitKind,
)
from pharmacy_app.domain.signing import moment
from pharmacy_app.records.reading import Reader


@dataclass(frozen=True, slots=True)
class Blocked:
    """A place that takes no kit, and why."""

    position: PositionId
    why: BlockReason
    remarks: str
    blocked_at: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """What somebody read at a unit; °C and cm, None where it was not read."""

    unit: str
    temperature_c: Decimal | None
    level_cm: Decimal | None
    within: bool
    remarks: str
    actor: PersonId
    at: datetime


_UNITS = (
    'SELECT unit, racks, boxes, "rows", columns, name, kind, limit_c, added_at, coldest_c,'
    " least_level_cm, places, leading_zeros, rack_labels, box_labels FROM storage_unit ORDER BY unit"
)
_CHECKS = (
    "SELECT unit, temperature_c, level_cm, within, remarks, actor, at FROM unit_check"
    " WHERE unit = ? ORDER BY seq DESC LIMIT ?"
)
_LAST_CHECKS = (
    "SELECT c.unit, c.temperature_c, c.level_cm, c.within, c.remarks, c.actor, c.at"
    " FROM unit_check c JOIN (SELECT max(seq) AS seq FROM unit_check GROUP BY unit) USING (seq)"
)
_LAST_GOOD = "SELECT at FROM unit_check WHERE unit = ? AND within ORDER BY seq DESC LIMIT 1"
_BLOCKED = (
    "SELECT position, why, remarks, blocked_at FROM blocked_place"
    " WHERE position >= ? AND position < ? ORDER BY position"
)
# The box of a position ends two digits after "-B", which neither a unit's code nor a rack holds.
_TAKEN_BY_BOX = (
    "SELECT substr(position, 1, instr(position, '-B') + 3), count(*) FROM {table}"
    " WHERE position >= ? AND position < ? GROUP BY 1"
)
_KITS_BY_BOX = _TAKEN_BY_BOX.format(table="kit")
_BLOCKED_BY_BOX = _TAKEN_BY_BOX.format(table="blocked_place")


def units(reader: Reader) -> list[Unit]:
    """Return the storage units, by code."""
    return [_unit(row) for row in reader.rows(_UNITS)]


def blocked(reader: Reader, inside: str) -> list[Blocked]:
    """Return the blocked places of a unit or a box (``T1``, ``T1-R3-B02``), by position."""
    rows = reader.rows(_BLOCKED, _span(inside))
    return [Blocked(PositionId(p), BlockReason(why), told, moment(at)) for p, why, told, at in rows]


def filled(reader: Reader, unit: str) -> dict[str, int]:
    """Return how many places of each box of a unit are taken or blocked; empty boxes are left out."""
    found: dict[str, int] = {}
    for sql in (_KITS_BY_BOX, _BLOCKED_BY_BOX):
        for box, count in reader.rows(sql, _span(unit)):
            found[box] = found.get(box, 0) + count
    return found


def in_use(reader: Reader) -> set[str]:
    """Return the units in which a kit lies."""
    codes = [row[0] for row in reader.rows("SELECT unit FROM storage_unit")]
    lies = "SELECT 1 FROM kit WHERE position >= ? AND position < ? LIMIT 1"
    return {code for code in codes if reader.one(lies, _span(code)) is not None}


def checks(reader: Reader, unit: str, limit: int) -> list[Check]:
    """Return the newest checks of a unit, newest first."""
    return [_check(row) for row in reader.rows(_CHECKS, (unit, limit))]


def last_checks(reader: Reader) -> dict[str, Check]:
    """Return the last check of every unit that was ever checked."""
    return {check.unit: check for check in map(_check, reader.rows(_LAST_CHECKS))}


def last_good(reader: Reader, unit: str) -> datetime | None:
    """Return when a unit was last found within its limits, or None if it never was."""
    row = reader.one(_LAST_GOOD, (unit,))
    return None if row is None else moment(row[0])


def _span(inside: str) -> tuple[str, str]:
    return f"{inside}-", f"{inside}."


def _unit(row: tuple[object, ...]) -> Unit:
    code, racks, boxes, rows, columns, name, kind, warmest, added, *rest = row
    coldest, level, places, zeros, rack_labels, box_labels = rest
    sizes = (int(str(size)) for size in (racks, boxes, rows, columns))
    return Unit(
        capacity=Capacity(str(code), *sizes),
        name=str(name),
        kind=UnitKind(str(kind)),
        warmest_c=Decimal(str(warmest)),
        added_at=moment(str(added)),
        coldest_c=_number(coldest),
        least_level_cm=_number(level),
        labelling=Labelling(
            PlaceLabels(str(places)),
            bool(zeros),
            GroupLabels(str(rack_labels)),
            GroupLabels(str(box_labels)),
        ),
    )


def _check(row: tuple[object, ...]) -> Check:
    unit, temperature, level, within, remarks, actor, at = row
    return Check(
        str(unit),
        _number(temperature),
        _number(level),
        bool(within),
        str(remarks),
        PersonId(str(actor)),
        moment(str(at)),
    )


def _number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))
