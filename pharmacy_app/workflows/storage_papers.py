"""The papers of storage: maps of boxes, the sheet of staged moves, a list of kits to pick."""

from collections.abc import Sequence
from datetime import datetime

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.box_map import Box, BoxMap, BoxPlace, PlaceState
from pharmacy_app.documents.reports.move_sheet import MoveLine, MoveSheet
from pharmacy_app.documents.reports.pick_list import PickLine, PickList
from pharmacy_app.domain.ids import KitNumber, PositionId
from pharmacy_app.domain.kits import Kit, KitState, unusable
from pharmacy_app.domain.locations import Position, Unit, read_box, read_position
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.domain.trial import Text
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import storage as queries
from pharmacy_app.wording import term
from pharmacy_app.workflows import moving
from pharmacy_app.workflows.moving import Staged
from pharmacy_app.workflows.papers import standing
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.storing import units

SECONDS_A_MINUTE = 60
PAGE = 500
NOWHERE = (1,)
"""Kits without a place come last."""


def box_map(pharmacy: Pharmacy, inside: str) -> Paper:
    """Return the map of a box, or of every box of a unit that holds anything.

    Raises Refused ``position.unknown_unit``, ``paper.empty_unit``.
    """
    known = units(pharmacy)
    code = inside.strip().upper().partition("-")[0]
    unit = known.get(code)
    if unit is None:
        raise Refused([violation("position.unknown_unit", inside, unit=code)])
    named = read_box(inside, known)
    filled = queries.filled(pharmacy.reader, code)
    boxes = [named] if named else [box for box in unit.capacity.boxes_in_order() if box in filled]
    refuse(None if boxes else violation("paper.empty_unit", code))
    paper = BoxMap(
        standing=standing(pharmacy),
        unit=code,
        unit_name=unit.name,
        unit_kind=both(f"unit_kind.{unit.kind}"),
        at=pharmacy.now(),
        boxes=tuple(_box(pharmacy, unit, box) for box in boxes),
    )
    return catalogue.render(catalogue.BOX_MAP, paper)


def _box(pharmacy: Pharmacy, unit: Unit, box: str) -> Box:
    lying = {kit.position: kit for kit in kit_queries.in_box(pharmacy.reader, box)}
    blocked = {found.position: found for found in queries.blocked(pharmacy.reader, box)}
    places = [read_position(place) for place in unit.capacity.positions_of(box)]
    return Box(
        box_id=box,
        address=unit.box_address(places[0].rack, places[0].box),
        columns=unit.capacity.columns,
        places=tuple(
            _place(pharmacy, unit, place, lying.get(place.position_id), blocked) for place in places
        ),
    )


def _place(
    pharmacy: Pharmacy,
    unit: Unit,
    place: Position,
    kit: Kit | None,
    blocked: dict[PositionId, queries.Blocked],
) -> BoxPlace:
    label = unit.place_label(place)
    held = blocked.get(place.position_id)
    if kit is None and held is None:
        return BoxPlace(label=label, state=PlaceState.FREE)
    if kit is None and held is not None:
        word = both(f"block_reason.{held.why}")
        return BoxPlace(label=label, state=PlaceState.BLOCKED, word=word)
    if kit is None:
        raise LookupError(place.position_id)
    barred = unusable(kit, now=pharmacy.now(), for_dose=kit.dose_id)
    expired = [found.rule for found in barred] == ["kit.expired"]
    word = both("storage.expired" if expired else f"kit_state.{kit.state}")
    state = PlaceState.HELD if barred else PlaceState.KIT
    return BoxPlace(label=label, state=state, kit=kit.kit_number, word=word)


def move_sheet(pharmacy: Pharmacy, staged: Sequence[Staged]) -> Paper:
    """Return the sheet of moves that are staged, in the order in which they can be done.

    Raises Refused ``move.none`` and with everything that stands in the way of any of them.
    """
    plan = moving.preview(pharmacy, staged)
    refuse(
        None if plan else violation("move.none"),
        *(conflict for one in plan for conflict in one.conflicts),
    )
    known = units(pharmacy)
    paper = MoveSheet(
        standing=standing(pharmacy),
        lines=tuple(
            MoveLine(
                kit=one.move.kit.kit_number,
                source=None if one.source is None else address(known, one.source),
                target=address(known, one.move.target),
                set_aside=one.set_aside,
            )
            for one in plan
        ),
    )
    return catalogue.render(catalogue.MOVE_SHEET, paper)


def pick_list(pharmacy: Pharmacy, numbers: Sequence[KitNumber], because: str) -> Paper:
    """Return the list of kits to fetch, in the order of the tank: rack, box, row, column.

    Raises Refused ``kit.none_chosen``, ``kit.unknown``, all of them named.
    """
    found = {number: kit_queries.kit(pharmacy.reader, number) for number in dict.fromkeys(numbers)}
    refuse(
        None if found else violation("kit.none_chosen"),
        *(
            violation("kit.unknown", number, assigned="")
            for number, kit in found.items()
            if kit is None
        ),
    )
    kits = sorted((kit for kit in found.values() if kit is not None), key=in_tank_order)
    known = units(pharmacy)
    paper = PickList(
        standing=standing(pharmacy),
        because=because,
        lines=tuple(_pick_line(pharmacy, known, kit) for kit in kits),
    )
    return catalogue.render(catalogue.PICK_LIST, paper)


def assigned_kits(pharmacy: Pharmacy) -> list[KitNumber]:
    """Return the kits that wait in storage for their doses, in the order of the tank."""
    found: list[Kit] = []
    wanted = kit_queries.KitFilter(state=KitState.ASSIGNED)
    after: tuple[datetime, str] | None = None
    while page := kit_queries.page(pharmacy.reader, wanted, after, PAGE):
        found += page
        after = (page[-1].expiry, page[-1].kit_number)
    return [kit.kit_number for kit in sorted(found, key=in_tank_order)]


def in_tank_order(kit: Kit) -> tuple[object, ...]:
    """Return the key that sorts kits as they are met: unit, rack, box, row, column."""
    if kit.position is None:
        return (*NOWHERE, kit.kit_number)
    at = read_position(kit.position)
    return (0, at.unit, at.rack, at.box, at.row, at.column)


def _pick_line(pharmacy: Pharmacy, known: dict[str, Unit], kit: Kit) -> PickLine:
    at = None if kit.position is None else read_position(kit.position)
    unit = None if at is None else known[at.unit]
    budget = pharmacy.trial.kit_type(kit.kit_type).max_out_of_storage_minutes
    left = budget - kit.seconds_out_until(pharmacy.now()) // SECONDS_A_MINUTE
    return PickLine(
        unit=None if unit is None else unit.code,
        rack=None if unit is None or at is None else unit.rack_label(at.rack),
        box=None if unit is None or at is None else unit.box_label(at.box),
        place=None if unit is None or at is None else unit.place_label(at),
        kit=kit.kit_number,
        state=both(f"kit_state.{kit.state}"),
        expiry=kit.expiry,
        minutes_left=max(0, left),
    )


def address(known: dict[str, Unit], place: PositionId) -> str:
    """Return a place as it is written on its unit."""
    at = read_position(place)
    return known[at.unit].address(at)


def both(name: str) -> Text:
    """Return a term in both languages of the papers."""
    return Text(zh=term(name, "zh"), en=term(name, "en"))
