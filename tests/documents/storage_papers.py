"""Papers of storage as a site would print them."""

from datetime import timedelta

from pharmacy_app.documents.reports.box_map import Box, BoxMap, BoxPlace, PlaceState
from pharmacy_app.documents.reports.move_sheet import MoveLine, MoveSheet
from pharmacy_app.documents.reports.pick_list import PickLine, PickList
from pharmacy_app.domain.trial import Text
from tests.documents.papers import BEGUN, STANDING

STATES = (PlaceState.KIT, PlaceState.KIT, PlaceState.FREE, PlaceState.HELD, PlaceState.BLOCKED)
WORDS = {
    PlaceState.KIT: Text(zh="可用", en="available"),
    PlaceState.HELD: Text(zh="隔离", en="quarantined"),
    PlaceState.BLOCKED: Text(zh="损坏", en="broken"),
}


def box(number: int, rows: int, columns: int) -> Box:
    places = []
    for place in range(rows * columns):
        state = STATES[place % len(STATES)]
        label = f"{chr(ord('A') + place // columns)}{place % columns + 1}"
        kit = f"K7Q4M{place:02d}T" if state in {PlaceState.KIT, PlaceState.HELD} else ""
        places.append(BoxPlace(label=label, state=state, kit=kit, word=WORDS.get(state)))
    name = f"T1-R3-B{number:02d}"
    return Box(box_id=name, address=name, columns=columns, places=tuple(places))


def box_map(rows: int = 9, columns: int = 9, boxes: int = 2) -> BoxMap:
    return BoxMap(
        standing=STANDING,
        unit="T1",
        unit_name="液氮罐 1 LN2 tank 1",
        unit_kind=Text(zh="液氮罐", en="liquid nitrogen tank"),
        at=BEGUN,
        boxes=tuple(box(number, rows, columns) for number in range(1, boxes + 1)),
    )


def move_sheet() -> MoveSheet:
    return MoveSheet(
        standing=STANDING,
        lines=(
            MoveLine(kit="K7Q4M2XT", source=None, target="T1-R3-B02-C5"),
            MoveLine(kit="K8Q4M2XA", source="T1-R1-B01-A1", target="T1-R1-B01-A2"),
            MoveLine(kit="K9Q4M2XB", source="T1-R1-B01-A2", target="T1-R1-B01-A1", set_aside=True),
        ),
    )


def pick_list() -> PickList:
    return PickList(
        standing=STANDING,
        because="盘点 Stock count",
        lines=tuple(
            PickLine(
                unit="T1",
                rack=f"R{number // 20 + 1}",
                box=f"B{number // 9 + 1:02d}",
                place=f"A{number % 9 + 1}",
                kit=f"K7Q4M{number:02d}T",
                state=WORDS[PlaceState.KIT],
                expiry=BEGUN + timedelta(days=90),
                minutes_left=14,
            )
            for number in range(30)
        ),
    )
