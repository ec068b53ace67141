"""Drawing on a PDF so that nothing is left out silently and equal input gives equal bytes.

A character without a glyph and a text without room are remembered, and no PDF comes out: `finish`
refuses with all of them at once. Lengths are points from the bottom left corner.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Literal

from reportlab import rl_config
from reportlab.lib.colors import Color, HexColor, white
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from pharmacy_app.documents.barcodes_drawn import DOT, Symbol
from pharmacy_app.documents.fonts import BOLD, REGULAR, font, missing_glyphs, width
from pharmacy_app.documents.typesetting import Lines, Style, fitted
from pharmacy_app.domain.refusal import Refused, Violation, violation

# Binary streams: text armour makes every paper a quarter larger, and takes longer than compressing it.
rl_config.useA85 = 0

Align = Literal["left", "centre", "right"]
PROGRAM = "trial-site-pharmacy"
INK = HexColor("#111111")
WHITE = white
_HATCH = 3.6  # points from line to line
_ASCENT = 0.88  # of the size; where the baseline stands below the top of a line


class Pen:
    """Draws one document. ``document`` names it in a refusal; ``title`` goes into its metadata."""

    def __init__(self, document: str, title: str, page: tuple[float, float]) -> None:
        self._document = document
        self._buffer = BytesIO()
        self._seen: set[str] = set()
        self._too_long: dict[str, Violation] = {}
        for name in (REGULAR, BOLD):
            font(name)
        self._canvas = Canvas(
            self._buffer,
            pagesize=page,
            invariant=1,
            pageCompression=1,
            initialFontName=REGULAR,
            initialFontSize=8,
        )
        self._canvas.setTitle(title)
        self._canvas.setSubject(title)
        self._canvas.setKeywords(title)
        self._canvas.setAuthor(PROGRAM)
        self._canvas.setCreator(PROGRAM)
        self._canvas.setProducer(PROGRAM)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        style: Style,
        *,
        align: Align = "left",
        colour: Color = INK,
    ) -> None:
        """Draw one line whose baseline is at ``y``; ``x`` is its left, centre or right end."""
        self._seen.update(text)
        canvas = self._canvas
        canvas.setFont(style.font, style.size)
        canvas.setFillColor(colour)
        draw = {
            "left": canvas.drawString,
            "centre": canvas.drawCentredString,
            "right": canvas.drawRightString,
        }
        draw[align](x, y, text)

    def lines(
        self, x: float, top: float, lines: Lines, *, align: Align = "left", colour: Color = INK
    ) -> None:
        """Draw set lines downwards from ``top``."""
        style = lines.style
        inset = (style.pitch - style.size) / 2 + style.size * _ASCENT
        for number, line in enumerate(lines.lines):
            y = top - number * style.pitch - inset
            self.text(x, y, line, style, align=align, colour=colour)

    def fit(
        self, text: str, styles: Sequence[Style], room: float, height: float, field: str = ""
    ) -> Lines:
        """Return a text set in the first style that has room, else remember that none has."""
        lines = fitted(text, styles, room, height)
        if lines is None:
            self.too_long(text, field)
            return Lines((), styles[-1])
        return lines

    def too_long(self, text: str, field: str = "") -> None:
        """Remember a text for which the paper has no room; ``field`` names it on a label."""
        if field:
            self._too_long[text] = violation(
                "label.no_room", self._document, field=field, text=text, characters=len(text)
            )
            return
        self._too_long[text] = violation(
            "print.text_too_long", self._document, text=text, characters=len(text)
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, weight: float = 0.4) -> None:
        """Draw a rule."""
        self._canvas.setStrokeColor(INK)
        self._canvas.setLineWidth(weight)
        self._canvas.line(x1, y1, x2, y2)

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        *,
        weight: float = 0.4,
        stroke: Color | None = INK,
        fill: Color | None = None,
    ) -> None:
        """Draw a rectangle from its bottom left corner."""
        canvas = self._canvas
        canvas.setLineWidth(weight)
        if stroke is not None:
            canvas.setStrokeColor(stroke)
        if fill is not None:
            canvas.setFillColor(fill)
        canvas.rect(x, y, wide, high, stroke=int(stroke is not None), fill=int(fill is not None))

    def path(
        self,
        points: Sequence[tuple[float, float]],
        weight: float,
        colour: Color,
        dashes: Sequence[float] = (),
    ) -> None:
        """Draw a line through points; dashes and gaps are in points of length."""
        canvas = self._canvas
        canvas.saveState()
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(weight)
        canvas.setDash(list(dashes))
        canvas.drawPath(self._outline(points), stroke=1, fill=0)
        canvas.restoreState()

    def area(self, points: Sequence[tuple[float, float]], colour: Color) -> None:
        """Fill a polygon."""
        self._canvas.setFillColor(colour)
        self._canvas.drawPath(self._outline(points), stroke=0, fill=1)

    def ruled(
        self, points: Sequence[tuple[float, float]], gap: float, colour: Color, *, rising: bool
    ) -> None:
        """Fill a polygon with thin parallel lines so far apart."""
        canvas = self._canvas
        xs, ys = [x for x, _ in points], [y for _, y in points]
        high = max(ys) - min(ys)
        canvas.saveState()
        canvas.clipPath(self._outline(points), stroke=0, fill=0)
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(0.35)
        lines = canvas.beginPath()
        for number in range(int((max(xs) - min(xs) + high) / gap) + 2):
            left = min(xs) - high + number * gap
            low, top = (min(ys), max(ys)) if rising else (max(ys), min(ys))
            lines.moveTo(left, low)
            lines.lineTo(left + high, top)
        canvas.drawPath(lines, stroke=1, fill=0)
        canvas.restoreState()

    def _outline(self, points: Sequence[tuple[float, float]]) -> PDFPathObject:
        path = self._canvas.beginPath()
        path.moveTo(*points[0])
        for x, y in points[1:]:
            path.lineTo(x, y)
        return path

    def stripes(self, x: float, y: float, wide: float, high: float, colour: Color = INK) -> None:
        """Fill a rectangle with slanting stripes as wide as their gaps."""
        canvas = self._canvas
        canvas.saveState()
        outline = canvas.beginPath()
        outline.rect(x, y, wide, high)
        canvas.clipPath(outline, stroke=0, fill=0)
        canvas.setFillColor(colour)
        path = canvas.beginPath()
        step = high * 1.2
        for number in range(int(wide / step) + 2):
            left = x - high + number * step
            path.moveTo(left, y)
            path.lineTo(left + step / 2, y)
            path.lineTo(left + step / 2 + high, y + high)
            path.lineTo(left + high, y + high)
            path.close()
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()

    def hatch(self, x: float, y: float, wide: float, high: float, colour: Color) -> None:
        """Rule a rectangle with thin slanting lines, which stay lines in black and white."""
        canvas = self._canvas
        canvas.saveState()
        outline = canvas.beginPath()
        outline.rect(x, y, wide, high)
        canvas.clipPath(outline, stroke=0, fill=0)
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(0.6)
        for number in range(1, int((wide + high) / _HATCH) + 1):
            canvas.line(x + number * _HATCH - high, y, x + number * _HATCH, y + high)
        canvas.restoreState()

    def symbol(self, x: float, top: float, symbol: Symbol, dots: int) -> None:
        """Draw a symbol, black on what is there, with modules of whole 203 dpi dots.

        Its corner is moved to the nearest dot, so that every edge falls between two dots.
        """
        module = dots * DOT
        left, upper = round(x / DOT) * DOT, round(top / DOT) * DOT
        path = self._canvas.beginPath()
        for number, row in enumerate(symbol.rows, start=1):
            for first, count in row:
                path.rect(left + first * module, upper - number * module, count * module, module)
        self._canvas.setFillColorRGB(0, 0, 0)
        self._canvas.drawPath(path, stroke=0, fill=1)

    @contextmanager
    def moved(self, x: float, y: float) -> Iterator[None]:
        """Draw everything so far to the right and upwards."""
        self._canvas.saveState()
        self._canvas.translate(x, y)
        yield
        self._canvas.restoreState()

    def next_page(self) -> None:
        """End this page; the next begins with the fonts of the first."""
        self._canvas.showPage()

    def finish(self) -> bytes:
        """Return the PDF.

        Raises Refused ``print.missing_glyph``, ``print.text_too_long`` and ``label.no_room``, all of them.
        """
        found = list(self._too_long.values())
        missing = missing_glyphs("".join(self._seen))
        if missing:
            glyphs = " ".join(f"U+{ord(glyph):04X}" for glyph in missing)
            found.insert(0, violation("print.missing_glyph", self._document, glyphs=glyphs))
        if found:
            raise Refused(found)
        self._canvas.save()
        return self._buffer.getvalue()


def text_width(text: str, style: Style) -> float:
    """Return how wide a line is, in points."""
    return width(text, style.font, style.size)
