"""What lies in storage, as the maps show it: kits, places that are blocked, and who may be used."""

from collections.abc import Mapping
from datetime import datetime

from pharmacy_app.domain.kits import Kit, unusable
from pharmacy_app.domain.locations import Position, Unit, read_position
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import storage as queries
from pharmacy_app.ui import wording
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.storage import kits_said
from pharmacy_app.ui.widgets.marks import Mark
from pharmacy_app.ui.widgets.position_map import Occupied
from pharmacy_app.ui.widgets.tank_map import BoxGlance, UnitGlance
from pharmacy_app.workflows.pharmacy import Pharmacy


def mark_of(kit: Kit, now: datetime) -> Mark:
    """Return the mark of a kit: one that may not be used, whatever for, is held."""
    return Mark.HELD if unusable(kit, now=now, for_dose=kit.dose_id) else Mark.KIT


def unit_glance(pharmacy: Pharmacy, unit: Unit) -> UnitGlance:
    """Return a unit as its map shows it, every box of it."""
    size, now = unit.capacity, pharmacy.now()
    marks = {
        str(kit.position): mark_of(kit, now)
        for kit in kit_queries.in_box(pharmacy.reader, unit.code)
    }
    marks |= {
        str(found.position): Mark.BLOCKED for found in queries.blocked(pharmacy.reader, unit.code)
    }
    glances = {}
    for number, box in enumerate(size.boxes_in_order()):
        rack, place = divmod(number, size.boxes)
        row = [marks.get(str(position), Mark.FREE) for position in size.positions_of(box)]
        free = sum(mark is Mark.FREE for mark in row)
        glances[rack, place] = BoxGlance(unit.box_label(place + 1), row, free)
    racks = [unit.rack_label(rack + 1) for rack in range(size.racks)]
    return UnitGlance(racks, size.boxes, size.columns, glances)


def taken_in(pharmacy: Pharmacy, box: str) -> dict[str, Occupied]:
    """Return what lies in a box or is blocked there, by position name such as ``D2``."""
    now = pharmacy.now()
    taken = {
        name_in_box(str(kit.position)): Occupied(
            kit.kit_number, kits_said.state_of(kit, now), kits_said.state_word(kit, now)
        )
        for kit in kit_queries.in_box(pharmacy.reader, box)
    }
    taken |= {
        name_in_box(found.position): Occupied(
            "", State.QUIET, wording.term(f"block_reason.{found.why}"), blocked=True
        )
        for found in queries.blocked(pharmacy.reader, box)
    }
    return taken


def name_in_box(position: str) -> str:
    """Return a position's name in its box, such as ``D2``."""
    return position.rpartition("-")[2]


def place_on_map(unit: Unit, position: Position) -> tuple[int, int, int]:
    """Return rack, box and number in the box of a position, all from 0."""
    number = (position.row_number - 1) * unit.capacity.columns + position.column - 1
    return position.rack - 1, position.box - 1, number


def written(units: Mapping[str, Unit], place: str | None) -> str:
    """Return a stored position as it is written on its unit, or a dash."""
    if place is None:
        return kits_said.place(None)
    at = read_position(place)
    unit = units.get(at.unit)
    return place if unit is None else unit.address(at)


def address(units: Mapping[str, Unit], place: str | None) -> str:
    """Return a stored position as people read it on its unit, set apart, or a dash."""
    return kits_said.place(written(units, place))
