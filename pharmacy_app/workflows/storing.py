"""Kits in storage: which places there are, putting away, moving, putting back, blocking a place."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from pharmacy_app.domain import moves
from pharmacy_app.domain.doses import step_after
from pharmacy_app.domain.events.dose import PreparationStopped, TakenOutOfStorage
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.stock import KitReturnedToPool, KitStowed
from pharmacy_app.domain.events.storage import BlockReason, KitPutBack, PlaceBlocked, PlaceUnblocked
from pharmacy_app.domain.ids import KitNumber, KitTypeCode, PositionId
from pharmacy_app.domain.kits import Kit, KitState, seconds_between
from pharmacy_app.domain.locations import Position, Unit, read_box, read_place, unfit_for
from pharmacy_app.domain.moves import Move, Shelf
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import storage as queries
from pharmacy_app.workflows.dosing import dose
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.stock import known_kit


def units(pharmacy: Pharmacy) -> dict[str, Unit]:
    """Return the storage units of the site by code."""
    return {found.code: found for found in queries.units(pharmacy.reader)}


def free_positions(pharmacy: Pharmacy, box: str) -> list[PositionId]:
    """Return the places of a box that hold no kit and are not blocked, row by row.

    Raises Refused ``position.unknown_unit``.
    """
    unit = units(pharmacy).get(box.split("-", maxsplit=1)[0])
    if unit is None:
        raise Refused([violation("position.unknown_unit", box, unit=box)])
    barred = kit_queries.taken_positions(pharmacy.reader, box)
    barred |= {found.position for found in queries.blocked(pharmacy.reader, box)}
    return [place for place in unit.capacity.positions_of(box) if place not in barred]


def next_free_position(pharmacy: Pharmacy, kit: Kit | None = None) -> PositionId | None:
    """Return the first free place of the site, for a kit where it may lie; None if there is none."""
    limit = None if kit is None else _limits(pharmacy).get(kit.kit_type)
    for unit in units(pharmacy).values():
        filled = queries.filled(pharmacy.reader, unit.code)
        for box in unit.capacity.boxes_in_order():
            if filled.get(box, 0) >= unit.capacity.places_a_box:
                continue
            place = next(iter(free_positions(pharmacy, box)), None)
            if place is None:
                continue
            if limit is not None and unfit_for(unit, place, limit) is not None:
                break
            return place
    return None


def shelf_around(pharmacy: Pharmacy, places: Iterable[PositionId]) -> Shelf:
    """Return what moves to these places are measured against, as it stands now."""
    occupants: dict[PositionId, KitNumber] = {}
    blocked: dict[PositionId, str] = {}
    for box in {place.rpartition("-")[0] for place in places}:
        for kit in kit_queries.in_box(pharmacy.reader, box):
            if kit.position is not None:
                occupants[kit.position] = kit.kit_number
        for found in queries.blocked(pharmacy.reader, box):
            blocked[found.position] = found.remarks
    return Shelf(units(pharmacy), occupants, blocked, _limits(pharmacy))


def _limits(pharmacy: Pharmacy) -> Mapping[KitTypeCode, Decimal]:
    return {kind.code: kind.storage_limit_c for kind in pharmacy.trial.kit_types}


def stow(
    pharmacy: Pharmacy,
    scanned: Scanned,
    position: str,
    *,
    out_since: datetime | None = None,
    op_id: str = "",
) -> Appended:
    """Put a kit in a position, or move it there; its time outside storage is added up.

    ``out_since`` is when a kit that lies in a place was taken from it; a kit without a place counts
    from its receipt. Raises Refused for an unknown or used kit, and for a place outside its unit,
    taken, blocked, too warm or too cold.
    """
    kit = known_kit(pharmacy, scanned)
    place = read_place(position, units(pharmacy)).position_id
    around = shelf_around(pharmacy, [place])
    pharmacy.refuse_and_note(
        f"kit/{kit.kit_number}", scanned, *moves.bars(Move(kit, place), around)
    )
    event = KitStowed(
        kit_number=kit.kit_number,
        position=place,
        seconds_out=seconds_for(pharmacy, kit, out_since),
    )
    return pharmacy.record(Task.STOW, event, op_id=op_id)


def seconds_for(pharmacy: Pharmacy, kit: Kit, out_since: datetime | None) -> int:
    """Return how long a kit has been out for the move that ends now, in whole seconds.

    One that lies in no place counts from its receipt, whatever was told; one that lies in a place
    from when it was taken out, if somebody told.
    """
    since = kit.out_since if kit.position is None else out_since
    return 0 if since is None else seconds_between(since, pharmacy.now())


def put_back(
    pharmacy: Pharmacy,
    scanned: Scanned,
    because: str,
    position: str = "",
    *,
    op_id: str = "",
) -> Appended:
    """Put a kit that was taken out for a dose back, unopened; its dose is stopped.

    Without a position it goes where it came from. The time it was out is added up. Raises Refused
    ``kit.not_taken_out``, ``kit.opened`` once anything was done with it, ``bench.stop_reason``, or
    like `stow` for its place.
    """
    pharmacy.require(Task.PREPARE)
    kit = known_kit(pharmacy, scanned)
    if kit.state is not KitState.OUT_OF_STORAGE or kit.dose_id is None or kit.out_since is None:
        state = f"kit_state.{kit.state}"
        pharmacy.refuse_and_note(
            f"kit/{kit.kit_number}",
            scanned,
            violation("kit.not_taken_out", kit.kit_number, state=state),
        )
        raise LookupError(kit.kit_number)
    asked = dose(pharmacy, kit.dose_id)
    place = read_place(position or came_from(pharmacy, kit), units(pharmacy)).position_id
    lying = moves.bars(Move(kit, place), shelf_around(pharmacy, [place]))
    refuse(
        None
        if asked.step is step_after(TakenOutOfStorage, asked.skipped)
        else violation("kit.opened", kit.kit_number, step=f"step.{asked.step}"),
        None if because.strip() else violation("bench.stop_reason", asked.dose_id),
        *(found for found in lying if found.rule != "kit.not_for_shelf"),
    )
    told = because.strip()
    events: list[Event] = [
        KitPutBack(
            kit_number=kit.kit_number,
            dose_id=asked.dose_id,
            position=place,
            seconds_out=seconds_between(kit.out_since, pharmacy.now()),
            because=told,
        ),
        PreparationStopped(dose_id=asked.dose_id, rules=(), remarks=told),
        KitReturnedToPool(kit_number=kit.kit_number, dose_id=asked.dose_id, because=told),
    ]
    return pharmacy.record(Task.PREPARE, *events, op_id=op_id)


def came_from(pharmacy: Pharmacy, kit: Kit) -> str:
    """Return the place that a kit was taken from for its dose; empty if it had none."""
    if kit.dose_id is None:
        return ""
    taken = [
        recorded.event.position
        for recorded in dose(pharmacy, kit.dose_id).record
        if isinstance(recorded.event, TakenOutOfStorage)
    ]
    return str(taken[-1] or "") if taken else ""


def block(
    pharmacy: Pharmacy, place: str, why: BlockReason, remarks: str, *, op_id: str = ""
) -> Appended:
    """Block a place, or every free place of a box: no kit is put there until it is free again.

    Raises Refused ``position.holds_kit`` for a place with a kit, ``position.blocked`` for one that is
    blocked, ``position.nothing_free`` for a full box, ``position.block_reason`` without remarks.
    """
    known = units(pharmacy)
    box = read_box(place, known)
    places = free_positions(pharmacy, box) if box else [read_place(place, known).position_id]
    around = shelf_around(pharmacy, places)
    refuse(
        None if places else violation("position.nothing_free", str(box)),
        None if remarks.strip() else violation("position.block_reason", place),
        *(
            violation("position.holds_kit", found, kit=around.occupants[found])
            for found in places
            if found in around.occupants
        ),
        *(
            violation("position.blocked", found, why=around.blocked[found])
            for found in places
            if found in around.blocked
        ),
    )
    events = [
        PlaceBlocked(unit=_unit_of(found), position=found, why=why, remarks=remarks.strip())
        for found in places
    ]
    return pharmacy.record(Task.STOW, *events, op_id=op_id)


def unblock(pharmacy: Pharmacy, place: str, remarks: str, *, op_id: str = "") -> Appended:
    """Free a blocked place, or every blocked place of a box.

    Raises Refused ``position.not_blocked``, and ``position.block_reason`` without remarks.
    """
    known = units(pharmacy)
    box = read_box(place, known)
    inside = box or read_place(place, known).box_id
    blocked = [found.position for found in queries.blocked(pharmacy.reader, inside)]
    freed = blocked if box else [p for p in blocked if p == read_place(place, known).position_id]
    refuse(
        None if freed else violation("position.not_blocked", place),
        None if remarks.strip() else violation("position.block_reason", place),
    )
    events = [
        PlaceUnblocked(unit=_unit_of(found), position=found, remarks=remarks.strip())
        for found in freed
    ]
    return pharmacy.record(Task.STOW, *events, op_id=op_id)


def position_named(pharmacy: Pharmacy, text: str) -> Position | None:
    """Return the place that a scan or a typed text names; None if it names none of the site."""
    try:
        return read_place(text, units(pharmacy))
    except Refused:
        return None


def _unit_of(place: PositionId) -> str:
    return place.partition("-")[0]
