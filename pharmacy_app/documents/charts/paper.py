"""A chart's surface on a paper."""

from reportlab.lib.colors import Color, HexColor

from pharmacy_app.documents.charts.surface import Align, Hatch, Ink, Points, Stroke
from pharmacy_app.documents.pen import Pen, text_width
from pharmacy_app.documents.typesetting import Style

SIZE = 6.8
PLAIN, BOLD = Style(SIZE), Style(SIZE, bold=True)
INKS = {
    Ink.TEXT: HexColor("#111111"),
    Ink.MUTED: HexColor("#444C57"),
    Ink.GRID: HexColor("#D5D9DF"),
    Ink.NEED: HexColor("#0B57A4"),
    Ink.STOCK: HexColor("#2E3742"),
    Ink.STOP: HexColor("#B3261E"),
    Ink.PAPER: HexColor("#FFFFFF"),
}
LIGHTEST = 1.0


class PaperSurface:
    """Draws with a pen below a point; heights, which run down on a chart, run up on a paper."""

    def __init__(self, pen: Pen, left: float, top: float, wide: float, high: float) -> None:
        self.wide = wide
        self.high = high
        self.line = SIZE * 1.25
        self._pen = pen
        self._left = left
        self._top = top

    def _on_paper(self, points: Points) -> list[tuple[float, float]]:
        return [(self._left + x, self._top - y) for x, y in points]

    def path(self, points: Points, stroke: Stroke) -> None:
        """Draw a line through points."""
        dashes = [part * self.line for part in stroke.dashes]
        self._pen.path(self._on_paper(points), stroke.weight * 0.5, INKS[stroke.ink], dashes)

    def area(self, points: Points, ink: Ink, share: float = 1.0) -> None:
        """Fill a polygon; a share of the strength is mixed with the white of the paper."""
        self._pen.area(self._on_paper(points), _mixed(INKS[ink], share))

    def hatch(self, points: Points, ink: Ink, hatch: Hatch) -> None:
        """Fill a polygon with parallel lines."""
        gap = hatch.gap * self.line
        self._pen.ruled(self._on_paper(points), gap, INKS[ink], rising=hatch.rising)

    def text(
        self,
        at: tuple[float, float],
        text: str,
        ink: Ink,
        align: Align = "left",
        *,
        bold: bool = False,
    ) -> None:
        """Write one line whose middle is at a height."""
        x, y = at
        style = BOLD if bold else PLAIN
        base = self._top - y - SIZE * 0.35
        self._pen.text(self._left + x, base, text, style, align=align, colour=INKS[ink])

    def text_width(self, text: str) -> float:
        """Return how wide a line of text is, in the bold style, which is the wider one."""
        return text_width(text, BOLD)


def _mixed(colour: Color, share: float) -> Color:
    mixed = (
        LIGHTEST - share * (LIGHTEST - part) for part in (colour.red, colour.green, colour.blue)
    )
    return Color(*mixed)
