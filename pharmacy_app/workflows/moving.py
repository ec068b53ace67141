"""Moves staged together: collected, looked at before anything happens, booked with one signature."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.stock import KitStowed
from pharmacy_app.domain.events.storage import MovesSigned, SignedMove
from pharmacy_app.domain.ids import KitNumber, PositionId
from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.locations import Unit, read_box, read_place
from pharmacy_app.domain.moves import Move, PlannedMove, planned
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.storing import free_positions, seconds_for, shelf_around, units

MOST_MOVES = 500
SECONDS_A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Staged:
    """A kit and where it shall go. Its time out of storage was entered, or is measured.

    ``minutes_out`` as entered; else ``out_since`` is when somebody started the watch at the tank.
    Neither is asked of a kit without a place: it counts from its receipt.
    """

    kit_number: KitNumber
    target: PositionId
    minutes_out: int | None = None
    out_since: datetime | None = None


def preview(pharmacy: Pharmacy, staged: Sequence[Staged]) -> tuple[PlannedMove, ...]:
    """Return the moves in an order in which they can be done, each with what stands in its way.

    Nothing is recorded. Raises Refused for a kit that is not known.
    """
    moves = [
        Move(kit, one.target, _seconds(pharmacy, kit, one))
        for one in staged
        for kit in [_kit(pharmacy, one.kit_number)]
    ]
    return planned(moves, shelf_around(pharmacy, (one.target for one in staged)))


def book(
    pharmacy: Pharmacy, staged: Sequence[Staged], credential: Credential, *, op_id: str = ""
) -> Appended:
    """Record every move of the list in one act with one signature, all or nothing.

    Raises Refused with everything that stands in the way of any of them, ``move.none`` for an empty
    list, ``move.too_many`` beyond `MOST_MOVES`.
    """
    plan = preview(pharmacy, staged)
    refuse(
        None if plan else violation("move.none"),
        violation("move.too_many", found=len(plan), most=MOST_MOVES)
        if len(plan) > MOST_MOVES
        else None,
        *(conflict for one in plan for conflict in one.conflicts),
    )
    signed = MovesSigned(
        moves_id=f"M-{pharmacy.chance.code(6)}",
        moves=tuple(
            SignedMove(
                kit_number=one.move.kit.kit_number,
                source=one.source,
                target=one.move.target,
                seconds_out=one.move.seconds_out,
            )
            for one in plan
        ),
    )
    stowed: list[Event] = [
        KitStowed(kit_number=move.kit_number, position=move.target, seconds_out=move.seconds_out)
        for move in signed.moves
    ]
    return pharmacy.record(Task.MOVE_KITS, signed, *stowed, credentials=[credential], op_id=op_id)


def to_place(pharmacy: Pharmacy, number: KitNumber, place: str) -> Staged:
    """Return the move of one kit to a place as typed or scanned. Raises Refused like `read_place`."""
    return Staged(number, read_place(place, units(pharmacy)).position_id)


def filling(
    pharmacy: Pharmacy, box: str, numbers: Sequence[KitNumber], staged: Sequence[Staged] = ()
) -> list[Staged]:
    """Return the moves of kits into a box's free places, in order; what is staged keeps its places.

    Raises Refused ``move.box_full`` if there are fewer places than kits.
    """
    promised = {one.target for one in staged}
    free = [place for place in free_positions(pharmacy, box) if place not in promised]
    if len(free) < len(numbers):
        raise Refused([violation("move.box_full", box, free=len(free), kits=len(numbers))])
    return [Staged(number, place) for number, place in zip(numbers, free, strict=False)]


def swapped(pharmacy: Pharmacy, first: KitNumber, second: KitNumber) -> list[Staged]:
    """Return the moves by which two kits change places. Raises Refused ``move.no_place``."""
    kits = [_kit(pharmacy, number) for number in (first, second)]
    refuse(*(violation("move.no_place", kit.kit_number) for kit in kits if kit.position is None))
    places = [kit.position for kit in reversed(kits)]
    return [
        Staged(kit.kit_number, place)
        for kit, place in zip(kits, places, strict=True)
        if place is not None
    ]


def whole_box(pharmacy: Pharmacy, box: str, to: str) -> list[Staged]:
    """Return the moves of every kit of a box to the same places of another box.

    Raises Refused ``move.box_empty``.
    """
    kits = kit_queries.in_box(pharmacy.reader, box)
    refuse(None if kits else violation("move.box_empty", box))
    return [
        Staged(kit.kit_number, PositionId(f"{to}-{kit.position.rpartition('-')[2]}"))
        for kit in kits
        if kit.position is not None
    ]


def box_named(text: str, known: Mapping[str, Unit]) -> str:
    """Return the box that a typed or scanned text names. Raises Refused ``position.box``."""
    found = read_box(text, known)
    if found is None:
        raise Refused([violation("position.box", text)])
    return found


def _seconds(pharmacy: Pharmacy, kit: Kit, one: Staged) -> int:
    if one.minutes_out is not None and kit.position is not None:
        return one.minutes_out * SECONDS_A_MINUTE
    return seconds_for(pharmacy, kit, one.out_since)


def _kit(pharmacy: Pharmacy, number: KitNumber) -> Kit:
    kit = kit_queries.kit(pharmacy.reader, number)
    if kit is None:
        raise Refused([violation("kit.unknown", number, assigned="")])
    return kit
