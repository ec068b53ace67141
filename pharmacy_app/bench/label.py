"""The label of a bag as a PDF, against a bare canvas with the same text, fonts and symbol.

The baseline is told what to draw and where: every line of the finished label is read back from it.
It encodes the symbol, sets strings and rectangles, and saves. No layout, no check of glyphs or room.
Each run has another dose, so that nothing made for one label serves the next.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import Any

import msgspec
import pypdfium2
import zxingcpp
from pypdfium2 import raw
from reportlab.pdfgen.canvas import Canvas

from pharmacy_app.bench.figure import Figure, Seconds, compared, milliseconds
from pharmacy_app.documents import catalogue
from pharmacy_app.documents.barcodes_drawn import DOT
from pharmacy_app.documents.labels.symbol import BEST_DOTS
from pharmacy_app.documents.moments import local
from pharmacy_app.domain.blinding import BlindedLabel
from pharmacy_app.domain.ids import DoseId, LabelId
from pharmacy_app.domain.label_symbol import symbol_of, symbol_text

GOAL = 1.5
WIDE, HIGH, CORNER = 799 * DOT, 400 * DOT, 128 * DOT
REPEATS = 40


@dataclass(frozen=True, slots=True)
class Written:
    """One line of a finished label; lengths in points from the bottom left corner."""

    text: str
    font: str
    size: float
    x: float
    y: float


def measured(seconds: Seconds, label: BlindedLabel, repeats: int) -> Figure:
    """Return the figure of the label."""
    ours, bare = count(1), count(1)
    lines = written_on(catalogue.render(catalogue.LABEL, label).pdf)

    def render() -> None:
        catalogue.render(catalogue.LABEL, numbered(label, next(ours)))

    def draw() -> None:
        bare_label(lines, drawn_text(numbered(label, next(bare))))

    return compared(
        "label_pdf",
        lambda: milliseconds(seconds, render),
        lambda: milliseconds(seconds, draw),
        goal=GOAL,
        repeats=repeats,
    )


def numbered(label: BlindedLabel, number: int) -> BlindedLabel:
    """Return the label of another dose."""
    dose_id = DoseId(f"{label.dose.dose_id[:-3]}{number:03d}")
    dose = msgspec.structs.replace(label.dose, dose_id=dose_id)
    return msgspec.structs.replace(label, label_id=LabelId(f"{dose_id}/1"), dose=dose)


def drawn_text(label: BlindedLabel) -> str:
    """Return what the label's symbol says."""
    return symbol_text(symbol_of(label, local(label.dose.use_before, label.dose.zone)))


def written_on(pdf: bytes) -> list[Written]:
    """Return every line of a PDF's first page, as it was drawn."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        texts = page.get_textpage()
        return [
            _written(line)
            for line in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=texts)
        ]
    finally:
        document.close()


def _written(line: Any) -> Written:
    place = line.get_matrix()
    font = line.get_font().get_base_name()
    return Written(line.extract(), font, line.get_font_size(), place.e, place.f)


def bare_label(lines: Sequence[Written], symbol: str) -> bytes:
    """Draw the lines and the symbol on a bare canvas and return the PDF."""
    buffer = BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(WIDE, HIGH),
        invariant=1,
        pageCompression=1,
        initialFontName=lines[0].font,
        initialFontSize=8,
    )
    for line in lines:
        canvas.setFont(line.font, line.size)
        canvas.drawString(line.x, line.y, line.text)
    barcode: Any = zxingcpp.create_barcode(
        symbol, zxingcpp.BarcodeFormat.DataMatrix, force_square=True
    )
    pixels = memoryview(barcode.to_image(scale=1, add_quiet_zones=False)).tobytes()
    side = math.isqrt(len(pixels))
    module = BEST_DOTS * DOT
    path = canvas.beginPath()
    for place, pixel in enumerate(pixels):
        if pixel == 0:
            row, column = divmod(place, side)
            path.rect(WIDE - CORNER + column * module, HIGH - row * module, module, module)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.save()
    return buffer.getvalue()
