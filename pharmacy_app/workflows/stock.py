"""Kits on the shelf: their places, and decisions on quarantined ones."""

from datetime import datetime

from pharmacy_app.domain.events.stock import KitQuarantined, KitStowed, QuarantineDecided
from pharmacy_app.domain.ids import PositionId
from pharmacy_app.domain.kits import ON_SHELF, Kit, KitState, unlawful
from pharmacy_app.domain.locations import Capacity, read_position, refuse_unless_inside
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import shipments as shipment_queries
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned

WAITING = frozenset({KitState.PRE_QUARANTINED, KitState.QUARANTINED, KitState.DAMAGED})
"""States that end with the sponsor's decision; a damaged kit can only be rejected."""


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


def quarantine(pharmacy: Pharmacy, scanned: Scanned, because: str, *, op_id: str = "") -> Appended:
    """Take a kit out of use until somebody decides. Raises Refused without a reason."""
    kit = known_kit(pharmacy, scanned)
    refuse(
        # A receipt decides on expected kits; a decision on quarantine must not stand in for it.
        violation(
            "kit.not_received", kit.kit_number, state=f"kit_state.{kit.state}", because=kit.because
        )
        if kit.state is KitState.EXPECTED
        else unlawful(kit, KitState.QUARANTINED),
        None if because.strip() else violation("kit.quarantine_reason", kit.kit_number),
    )
    event = KitQuarantined(kit_number=kit.kit_number, because=because.strip())
    return pharmacy.record(Task.STOW, event, op_id=op_id)


def decide_quarantine(
    pharmacy: Pharmacy,
    kit_numbers: list[str],
    *,
    usable: bool,
    authorisation: str,
    credential: Credential,
    op_id: str = "",
) -> Appended:
    """Record the sponsor's decision on quarantined kits, with its reference, signed.

    Raises Refused for kits that are not in quarantine, all of them named.
    """
    target = KitState.AVAILABLE if usable else KitState.REJECTED
    kits = [known_kit(pharmacy, Scanned(number)) for number in kit_numbers]
    refuse(
        None if kits else violation("kit.none_chosen"),
        None if authorisation.strip() else violation("kit.no_authorisation"),
        *(unlawful(kit, target) for kit in kits),
        *(
            violation("kit.not_in_quarantine", kit.kit_number, state=f"kit_state.{kit.state}")
            for kit in kits
            if kit.state not in WAITING
        ),
    )
    events = [
        QuarantineDecided(
            kit_number=kit.kit_number, usable=usable, authorisation=authorisation.strip()
        )
        for kit in kits
    ]
    return pharmacy.record(Task.DECIDE_QUARANTINE, *events, credentials=[credential], op_id=op_id)


def known_kit(pharmacy: Pharmacy, scanned: Scanned) -> Kit:
    """Return the scanned kit. Raises Refused ``kit.unknown`` or what the scan itself lacks."""
    number = pharmacy.scanned_kit_number("stock", scanned)
    kit = kit_queries.kit(pharmacy.reader, number)
    if kit is None:
        pharmacy.refuse_and_note("stock", scanned, violation("kit.unknown", number, assigned=""))
        raise LookupError(number)
    return kit
