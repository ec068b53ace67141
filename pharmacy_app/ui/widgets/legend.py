"""What the marks of a storage map mean, in words beside them."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pharmacy_app.ui import theme
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.marks import Mark, draw_mark

SIDE = 11
GAP = 6
BETWEEN = 18


class Legend(Spoken, QWidget):
    """One line: each mark and its word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.retranslate()

    def _words(self) -> list[tuple[Mark, str]]:
        return [
            (Mark.KIT, self.tr("kit")),
            (Mark.HELD, self.tr("not for use")),
            (Mark.FREE, self.tr("free")),
            (Mark.BLOCKED, self.tr("blocked")),
        ]

    def retranslate(self) -> None:
        """Set the words again."""
        self.setAccessibleName(", ".join(word for _, word in self._words()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt calls it by this name
        """Ask for the room of the words."""
        metrics = self.fontMetrics()
        wide = sum(
            SIDE + GAP + BETWEEN + metrics.horizontalAdvance(word) for _, word in self._words()
        )
        return QSize(wide, metrics.height() + 4)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt calls it by this name
        """Ask for no less."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw each mark and its word."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0.0
        metrics = self.fontMetrics()
        base = (self.height() + metrics.ascent() - metrics.descent()) / 2
        for mark, word in self._words():
            draw_mark(painter, QRectF(left, (self.height() - SIDE) / 2, SIDE, SIDE), mark)
            painter.setPen(QColor(theme.current().text_soft))
            painter.drawText(int(left + SIDE + GAP), int(base), word)
            left += SIDE + GAP + metrics.horizontalAdvance(word) + BETWEEN
