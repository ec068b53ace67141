"""Time out of storage against its budget, as a bar and in words; a spent budget is hatched."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pharmacy_app.ui import theme
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.marks import draw_hatching
from pharmacy_app.ui.widgets.surfaces import Card, colour, words

HIGH = 12
SOON = 0.8


class Bar(QWidget):
    """So much of a whole, its parts divided by lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: Sequence[int] = ()
        self._whole = 1
        self._state = State.OK
        self.setFixedHeight(HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[int], whole: int, state: State) -> None:
        """Show parts of a whole, in any unit; more than the whole fills the bar."""
        self._parts, self._whole, self._state = parts, max(1, whole), state
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt calls it by this name
        """Ask for a line."""
        return QSize(120, HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw what is used, part by part, in the frame of the whole."""
        del event
        palette = theme.current()
        painter = QPainter(self)
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        used = QRectF(room)
        used.setWidth(room.width() * min(1.0, sum(self._parts) / self._whole))
        painter.fillRect(room, QColor(palette.field))
        painter.fillRect(used, QColor(palette.of(self._state)))
        painter.setPen(QPen(QColor(palette.surface), 1.5))
        left = room.left()
        for part in self._parts[:-1]:
            left += room.width() * part / self._whole
            if left < used.right():
                painter.drawLine(int(left), int(room.top()), int(left), int(room.bottom()))
        if self._state is State.STOP:
            draw_hatching(painter, used)
        painter.setPen(QPen(QColor(palette.border_strong), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(room)


class TimeOutCard(Card):
    """How long a kit has been out of storage, what is left, and where the time went."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_margins(12, 8, 12, 8)
        self.body.setSpacing(4)
        self.bar = Bar()
        self._said = words("", "strong", wrap=True)
        self._parts = words("", "muted", wrap=True)
        for part in (self._said, self.bar, self._parts):
            self.body.addWidget(part)

    def tell(self, parts: Sequence[int], budget: int, said: str, told: str) -> None:
        """Tell seconds out, part by part, against a budget in seconds; in words beside it."""
        used = sum(parts)
        state = State.STOP if used > budget else State.WARN if used > SOON * budget else State.OK
        self.bar.show_parts(parts, budget, state)
        self._said.setText(said)
        colour(self._said, state if state is not State.OK else None)
        self._parts.setText(told)
        self._parts.setVisible(bool(told))
        self.setAccessibleName(f"{said} {told}")
