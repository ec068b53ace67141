"""Several labels on one page: one above the other on a roll, side by side, or on an office printer's sheet."""

from collections.abc import Callable
from dataclasses import dataclass

from reportlab.lib.units import mm

from pharmacy_app.documents.barcodes_drawn import DOT
from pharmacy_app.documents.labels.template import Template
from pharmacy_app.documents.pen import Pen
from pharmacy_app.domain.refusal import refuse, violation


@dataclass(frozen=True, slots=True)
class Sheet:
    """How labels lie on a page, in millimetres: where the first stands, and from one to the next.

    ``page`` of None is a page as large as the labels of one row: a roll.
    """

    name: str
    columns: int = 1
    rows: int = 1
    page: tuple[float, float] | None = None
    corner: tuple[float, float] = (0.0, 0.0)
    pitch: tuple[float, float] = (0.0, 0.0)

    @property
    def places(self) -> int:
        """How many labels a page holds."""
        return self.columns * self.rows


ROLL = Sheet("roll")
TWO_UP = Sheet("two-up", columns=2, pitch=(102.0, 0.0))
SHEETS = {
    sheet.name: sheet
    for sheet in (
        ROLL,
        TWO_UP,
        Sheet("a4-2x5", 2, 5, (210.0, 297.0), (3.5, 8.0), (102.5, 57.0)),
        Sheet("a4-3x8", 3, 8, (210.0, 297.0), (7.5, 12.0), (66.0, 34.5)),
    )
}
"""The ways by name; the sheets are for labels of 100 × 50 mm and of 60 × 30 mm."""


def laid_out(
    document: str,
    template: Template,
    count: int,
    draw: Callable[[Pen, int], None],
    way: tuple[Sheet, int],
) -> bytes:
    """Return a PDF of so many labels; ``draw`` draws the one of a number from 0.

    ``way`` is the sheet and the place, from 1, at which the first label stands: what is used of a sheet
    that was begun stays free. Raises Refused ``label.sheet_too_small`` and ``label.no_such_place``.
    """
    sheet, first = way
    wide, high = (dots * DOT for dots in template.size)
    pitch = [step * mm or side for step, side in zip(sheet.pitch, (wide, high), strict=True)]
    across = pitch[0] * (sheet.columns - 1) + wide
    page = (across, high) if sheet.page is None else (sheet.page[0] * mm, sheet.page[1] * mm)
    left, top = (length * mm for length in sheet.corner)
    down = top + pitch[1] * (sheet.rows - 1) + high
    fits = wide <= pitch[0] and high <= pitch[1] and left + across <= page[0] + 1
    refuse(
        None if fits and down <= page[1] + 1 else violation("label.sheet_too_small", sheet.name),
        None
        if 1 <= first <= sheet.places
        else violation("label.no_such_place", sheet.name, found=first, places=sheet.places),
    )
    pen = Pen(document, "Labels", page)
    for number in range(count):
        place = (first - 1 + number) % sheet.places
        if number and place == 0:
            pen.next_page()
        row, column = divmod(place, sheet.columns)
        x, y = left + column * pitch[0], page[1] - top - row * pitch[1] - high
        with pen.moved(x, y):
            draw(pen, number)
    return pen.finish()
