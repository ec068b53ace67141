"""Kits in storage: which places there are, and putting away and moving what lies in them."""

from datetime import datetime

from pharmacy_app.domain.events.stock import KitStowed
from pharmacy_app.domain.ids import PositionId
from pharmacy_app.domain.kits import ON_SHELF, Kit
from pharmacy_app.domain.locations import Capacity, read_position, refuse_unless_inside
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import shipments as shipment_queries
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.stock import known_kit


def units(pharmacy: Pharmacy) -> dict[str, Capacity]:
    """Return the storage units of the site by code."""
    return {
        found.unit: Capacity(found.unit, found.racks, found.boxes, found.rows, found.columns)
        for found in site_queries.storage_units(pharmacy.reader)
    }


def free_positions(pharmacy: Pharmacy, box: str) -> list[PositionId]:
    """Return the empty positions of a box, row by row."""
    taken = kit_queries.taken_positions(pharmacy.reader, box)
    unit = units(pharmacy).get(box.split("-", maxsplit=1)[0])
    if unit is None:
        raise Refused([violation("position.unknown_unit", box, unit=box)])
    return [place for place in unit.positions_of(box) if place not in taken]


def next_free_position(pharmacy: Pharmacy) -> PositionId | None:
    """Return the first empty position of the site, or None if every box is full."""
    for unit in units(pharmacy).values():
        for box in unit.boxes_in_order():
            free = free_positions(pharmacy, box)
            if free:
                return free[0]
    return None


def stow(pharmacy: Pharmacy, scanned: Scanned, position: str, *, op_id: str = "") -> Appended:
    """Put a kit in a position, or move it there; its time outside storage is added up.

    Raises Refused for an unknown or used kit, a place outside the tank, or one that is taken.
    """
    kit = known_kit(pharmacy, scanned)
    place = read_position(position)
    refuse_unless_inside(place, units(pharmacy))
    holder = [
        found
        for found in kit_queries.in_box(pharmacy.reader, place.box_id)
        if found.position == place.position_id
    ]
    pharmacy.refuse_and_note(
        f"kit/{kit.kit_number}",
        scanned,
        None
        if kit.state in ON_SHELF
        else violation("kit.not_for_shelf", kit.kit_number, state=f"kit_state.{kit.state}"),
        violation("position.taken", place.position_id, kit=holder[0].kit_number)
        if holder
        else None,
    )
    now = pharmacy.now()
    event = KitStowed(
        kit_number=kit.kit_number,
        position=place.position_id,
        seconds_out=_seconds_since_receipt(pharmacy, kit, now),
    )
    return pharmacy.record(Task.STOW, event, op_id=op_id)


def _seconds_since_receipt(pharmacy: Pharmacy, kit: Kit, now: datetime) -> int:
    """From the opening of the shipper to the tank; a move between positions takes no time here."""
    if kit.position is not None:
        return 0
    shipment = shipment_queries.shipment(pharmacy.reader, kit.shipment_id)
    examined = [
        found.examined_at
        for found in shipment_queries.examined(pharmacy.reader, kit.shipment_id)
        if found.kit_number == kit.kit_number
    ]
    if shipment is None or not examined:
        return 0
    return max(0, int((now - examined[-1]).total_seconds()))
