"""A storage box as a map: one cell a position, worked by pointer or arrow keys."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from pharmacy_app.ui import theme
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.marks import draw_hatching, draw_state

GAP = 4
SMALLEST = 24
USUAL = 32
ROOM_FOR_CODES = 58
"""Pixels from which on a cell says what lies in it."""
MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@dataclass(frozen=True, slots=True)
class Occupied:
    """What lies in a position: its code and its state, as a word too; or that it is ``blocked``."""

    code: str
    state: State
    word: str = ""
    blocked: bool = False


def position_name(row: int, column: int) -> str:
    """Return the name of a position: rows are letters, columns numbers from 1."""
    return f"{chr(ord('A') + row)}{column + 1}"


class PositionMap(Spoken, QWidget):
    """Emits ``position_selected`` with a name such as ``D2``; ``position_opened`` on Enter."""

    position_selected = Signal(str)
    position_opened = Signal(str)

    def __init__(self, rows: int = 9, columns: int = 9, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._columns = rows, columns
        self._taken: Mapping[str, Occupied] = {}
        self._at: tuple[int, int] | None = None
        self._labelled: Callable[[str], str] = str
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(columns * SMALLEST, rows * SMALLEST)

    def show_box(
        self,
        rows: int,
        columns: int,
        taken: Mapping[str, Occupied],
        labelled: Callable[[str], str] = str,
    ) -> None:
        """Show a box of a size with what lies in it, by position name.

        ``labelled`` gives the label of a name as it is written on the box.
        """
        self._rows, self._columns, self._taken = rows, columns, dict(taken)
        self._labelled = labelled
        self.setMinimumSize(columns * SMALLEST, rows * SMALLEST)
        self.updateGeometry()
        self._announce()
        self.update()

    @property
    def selected(self) -> str:
        """The name of the selected position; empty if none is."""
        return "" if self._at is None else position_name(*self._at)

    def select(self, name: str) -> None:
        """Select a position by name; an unknown name selects none."""
        cells = ((r, c) for r in range(self._rows) for c in range(self._columns))
        self._at = next((cell for cell in cells if position_name(*cell) == name), None)
        self._announce()
        self.update()

    def _go(self, row: int, column: int) -> None:
        if not (0 <= row < self._rows and 0 <= column < self._columns):
            return
        self._at = (row, column)
        self._announce()
        self.update()
        self.position_selected.emit(self.selected)

    def _announce(self) -> None:
        taken = self._taken.get(self.selected)
        free = self.tr("free")
        said = f"{taken.code} {taken.word}" if taken else free
        name = self.tr("Box map")
        label = self._labelled(self.selected) if self.selected else ""
        self.setAccessibleName(f"{name} {label} {said}" if label else name)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def retranslate(self) -> None:
        """Say the selected position again."""
        self._announce()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt calls it by this name
        """Ask for room for square cells."""
        return QSize(self._columns * USUAL, self._rows * 28)

    def _cell(self, row: int, column: int) -> QRectF:
        wide, high = self.width() / self._columns, self.height() / self._rows
        return QRectF(column * wide, row * high, wide - GAP / 2, high - GAP / 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw every cell: ground by state, name, a mark that needs no colour."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = theme.font("small")
        small.setPixelSize(10)
        painter.setFont(small)
        for row in range(self._rows):
            for column in range(self._columns):
                self._draw(painter, row, column)

    def _draw(self, painter: QPainter, row: int, column: int) -> None:
        palette = theme.current()
        name = position_name(row, column)
        taken = self._taken.get(name)
        room = self._cell(row, column).adjusted(1, 1, -1, -1)
        lies = taken is not None and not taken.blocked
        painter.fillRect(
            room, QColor(palette.soft(taken.state) if taken and lies else palette.surface)
        )
        if taken is not None and taken.blocked:
            draw_hatching(painter, room)
        chosen = self._at == (row, column)
        edge = palette.accent if chosen else palette.border
        width = 1.0 if not chosen else 3.0 if self.hasFocus() else 2.0
        painter.setPen(QPen(QColor(edge), width))
        painter.drawRect(room)
        self._say(painter, room, name, taken)

    def _say(self, painter: QPainter, room: QRectF, name: str, taken: Occupied | None) -> None:
        """Write the label, and in a cell with room what lies there; mark its state by a shape."""
        palette, label = theme.current(), self._labelled(name)
        lies = taken is not None and not taken.blocked
        painter.setPen(QColor(palette.text if lies else palette.text_muted))
        whole = room.width() >= ROOM_FOR_CODES
        if taken is None or not whole:
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, label)
        else:
            inside = room.adjusted(3, 2, -3, -2)
            painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, label)
            code = taken.word if taken.blocked else taken.code
            painter.drawText(
                inside, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter, code
            )
        if taken is not None and not taken.blocked:
            side = max(4.0, min(room.width(), room.height()) / 6)
            corner = QRectF(room.right() - side - 2, room.top() + 2, side, side)
            draw_state(painter, corner, taken.state)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Select the cell under the pointer."""
        at = event.position()
        self._go(
            int(at.y() * self._rows // max(self.height(), 1)),
            int(at.x() * self._columns // max(self.width(), 1)),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Move by arrow keys, open on Enter."""
        move = next((step for key, step in MOVES.items() if key == event.key()), None)
        if move is not None:
            if self._at is None:
                self._go(0, 0)
            else:
                self._go(self._at[0] + move[0], self._at[1] + move[1])
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._at is not None:
            self.position_opened.emit(self.selected)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw that the focus has left."""
        super().focusOutEvent(event)
        self.update()
