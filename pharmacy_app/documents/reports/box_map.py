"""The map of storage boxes, one page a box: which kit lies where, what is free or blocked. UNBLINDED."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pharmacy_app.documents.barcodes_drawn import data_matrix
from pharmacy_app.documents.paper import LANDSCAPE, PORTRAIT, Cell, Field, Ground, Sheet
from pharmacy_app.documents.reports.unblinded import unblinded_sheet
from pharmacy_app.documents.standing import Standing
from pharmacy_app.domain.trial import Text

TITLE = Text(zh="冻存盒位置图", en="Box map")
_SYMBOL_DOTS = 5
_TALLEST = 54.0
_MOST_UPRIGHT = 12
"""Columns that a page has room for upright; a wider box lies across."""


class PlaceState(StrEnum):
    """What is to be seen of a place: free, a kit that may be used, one that may not, or blocked."""

    FREE = "free"
    KIT = "kit"
    HELD = "held"
    BLOCKED = "blocked"


_GROUNDS = {
    PlaceState.FREE: Ground.PLAIN,
    PlaceState.KIT: Ground.PLAIN,
    PlaceState.HELD: Ground.TINTED,
    PlaceState.BLOCKED: Ground.HATCHED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxPlace:
    """One place as its label on the box says, with the kit in it and a word for its state."""

    label: str
    state: PlaceState
    kit: str = ""
    word: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One box: its address as stored and as written on the unit, and its places row by row."""

    box_id: str
    address: str
    columns: int
    places: tuple[BoxPlace, ...]

    def count(self, state: PlaceState) -> int:
        """Return how many places are in a state."""
        return sum(place.state is state for place in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxMap:
    """Boxes of one storage unit as they stood at a moment."""

    standing: Standing
    unit: str
    unit_name: str
    unit_kind: Text
    at: datetime
    boxes: tuple[Box, ...]


def render(paper: BoxMap) -> bytes:
    """Return the map as PDF, one page a box. Raises Refused as `Pen.finish` does."""
    wide = any(box.columns > _MOST_UPRIGHT for box in paper.boxes)
    sheet = unblinded_sheet(
        "box-map",
        TITLE,
        paper.standing,
        about=f"设备 Unit {paper.unit}",
        size=LANDSCAPE if wide else PORTRAIT,
    )
    for number, box in enumerate(paper.boxes):
        if number:
            sheet.new_page()
        _box(sheet, paper, box)
    return sheet.finish()


def _box(sheet: Sheet, paper: BoxMap, box: Box) -> None:
    beside = [
        sheet.set(box.address, 22, bold=True),
        sheet.set(f"{paper.unit_name} · {paper.unit_kind.zh} {paper.unit_kind.en}", 9),
        sheet.set(f"{paper.standing.time(paper.at)}", 9),
    ]
    sheet.with_symbol(data_matrix(box.box_id), _SYMBOL_DOTS, beside)
    sheet.space(6)
    sheet.grid(_rows(box), _TALLEST)
    sheet.space(6)
    sheet.fields(
        (
            Field("药盒", "Kits", str(box.count(PlaceState.KIT)), strong=True),
            Field("不得使用（灰底）", "Not for use (grey)", str(box.count(PlaceState.HELD))),
            Field("空位", "Free", str(box.count(PlaceState.FREE))),
            Field("封闭（斜线）", "Blocked (hatched)", str(box.count(PlaceState.BLOCKED))),
        )
    )


def _said(word: Text | None) -> str:
    return "" if word is None else f"{word.zh} {word.en}"


def _rows(box: Box) -> Sequence[Sequence[Cell]]:
    cells = [
        Cell(
            place.label,
            place.kit,
            _said(place.word),
            _GROUNDS[place.state],
        )
        for place in box.places
    ]
    return [cells[first : first + box.columns] for first in range(0, len(cells), box.columns)]
