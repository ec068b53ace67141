"""The charts of `documents.charts` on the screen, in the colours of the theme, told in words too."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from pharmacy_app.documents.charts.surface import Align, Hatch, Ink, Points, Stroke, Surface
from pharmacy_app.ui import theme
from pharmacy_app.ui.language import Spoken

LINE = 15.0
"""The height of a line of small text, in pixels."""
HATCHING = 0.8
SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


def ink(which: Ink) -> QColor:
    """Return a colour of the theme by its task on a chart."""
    palette = theme.current()
    return QColor(
        {
            Ink.TEXT: palette.text,
            Ink.MUTED: palette.text_muted,
            Ink.GRID: palette.border,
            Ink.NEED: palette.accent,
            Ink.STOCK: palette.text_soft,
            Ink.STOP: palette.stop,
            Ink.PAPER: palette.surface,
        }[which]
    )


class PaintedSurface:
    """Draws with a painter over the whole of a widget."""

    def __init__(self, painter: QPainter, wide: float, high: float) -> None:
        self.wide = wide
        self.high = high
        self.line = LINE
        self._painter = painter

    def path(self, points: Points, stroke: Stroke) -> None:
        """Draw a line through points."""
        pen = QPen(ink(stroke.ink), stroke.weight * 0.8)
        if stroke.dashes:
            pen.setDashPattern([part * self.line / pen.widthF() for part in stroke.dashes])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self._painter.setPen(pen)
        self._painter.drawPolyline(_polygon(points))

    def area(self, points: Points, which: Ink, share: float = 1.0) -> None:
        """Fill a polygon."""
        colour = _mixed(ink(which), share)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawPolygon(_polygon(points))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)

    def hatch(self, points: Points, which: Ink, hatch: Hatch) -> None:
        """Fill a polygon with parallel lines."""
        outline = QPainterPath()
        outline.addPolygon(_polygon(points))
        box = outline.boundingRect()
        if box.isEmpty():
            return
        self._painter.save()
        self._painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        self._painter.setPen(QPen(ink(which), HATCHING))
        gap, high = hatch.gap * self.line, box.height()
        low, top = (box.bottom(), box.top()) if hatch.rising else (box.top(), box.bottom())
        for number in range(int((box.width() + high) / gap) + 2):
            left = box.left() - high + number * gap
            self._painter.drawLine(QPointF(left, low), QPointF(left + high, top))
        self._painter.restore()

    def text(
        self,
        at: tuple[float, float],
        text: str,
        which: Ink,
        align: Align = "left",
        *,
        bold: bool = False,
    ) -> None:
        """Write one line whose middle is at a height."""
        x, y = at
        wide = self.text_width(text) + 4
        left = {"left": x, "centre": x - wide / 2, "right": x - wide}[align]
        self._painter.setFont(theme.font("small", bold=bold))
        self._painter.setPen(ink(which))
        room = QRectF(left, y - self.line, wide, 2 * self.line)
        self._painter.drawText(room, SIDES[align] | Qt.AlignmentFlag.AlignVCenter, text)

    def text_width(self, text: str) -> float:
        """Return how wide a line of text is, in the bold style, which is the wider one."""
        return QFontMetricsF(theme.font("small", bold=True)).horizontalAdvance(text)


def _mixed(colour: QColor, share: float) -> QColor:
    """Return a share of a colour on the ground of a card; nothing beneath shines through."""
    ground = ink(Ink.PAPER)
    parts = (
        (colour.red(), ground.red()),
        (colour.green(), ground.green()),
        (colour.blue(), ground.blue()),
    )
    return QColor(*(round(below + share * (above - below)) for above, below in parts))


def _polygon(points: Points) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


class Chart(Spoken, QWidget):
    """A widget that is one chart; a chart says what it draws, and the same in sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("body")
        self.setMinimumHeight(int(8 * LINE))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def tell(self, name: str, sentences: Sequence[str]) -> None:
        """Say what the chart is and what it shows, to whoever does not see it; paint it again."""
        self.setAccessibleName(name)
        self.setAccessibleDescription("\n".join(sentences))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt calls it by this name
        """Ask for the proportions of the page."""
        return QSize(720, int(18 * LINE))

    def draw(self, surface: Surface) -> None:
        """Draw everything."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the chart over the widget, and its focus."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(PaintedSurface(painter, self.width() - 2.0, float(self.height())))
        if self.hasFocus():
            painter.setPen(QPen(ink(Ink.NEED), 1, Qt.PenStyle.DotLine))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
