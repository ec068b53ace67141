"""A storage unit as a map: its racks side by side, in each its boxes, in each box its places."""

from collections.abc import Mapping, Sequence
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
from pharmacy_app.ui.widgets.marks import Mark, draw_mark
from pharmacy_app.ui.widgets.position_map import MOVES

HEAD = 24
GAP = 6
PAD = 6
SMALLEST_PLACE = 5.0
LARGEST_PLACE = 14.0
WORDS = 58
"""Pixels beside a box's places for its label and what is free in it."""
ROW = 46


@dataclass(frozen=True, slots=True)
class BoxGlance:
    """A box from afar: its label, its places row by row, how many are free."""

    label: str
    marks: Sequence[Mark]
    free: int


@dataclass(frozen=True, slots=True)
class UnitGlance:
    """A unit from afar: rack labels, and its boxes by rack and box, both from 0."""

    racks: Sequence[str]
    boxes: int
    columns: int
    glances: Mapping[tuple[int, int], BoxGlance]


EMPTY = UnitGlance((), 0, 1, {})


class TankMap(Spoken, QWidget):
    """Emits ``box_selected`` with rack and box from 0, ``box_opened`` on Enter or a second press.

    Arrow keys go from box to box: up and down in a rack, left and right between racks.
    """

    box_selected = Signal(int, int)
    box_opened = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = EMPTY
        self._at: tuple[int, int] | None = None
        self._found: tuple[int, int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_unit(self, unit: UnitGlance) -> None:
        """Show a unit; the selected box stays if it has one there."""
        self._unit = unit
        if self._at is not None and self._at not in unit.glances:
            self._at = None
        wanted = self.sizeHint()
        self.setMinimumSize(wanted)
        self.updateGeometry()
        self._announce()
        self.update()

    @property
    def selected(self) -> tuple[int, int] | None:
        """Rack and box selected, from 0."""
        return self._at

    def select(self, rack: int, box: int) -> None:
        """Select a box, without telling."""
        self._at = (rack, box) if (rack, box) in self._unit.glances else None
        self._announce()
        self.update()

    def point_at(self, place: tuple[int, int, int] | None) -> None:
        """Mark one place (rack, box, number in the box, all from 0), or none."""
        self._found = place
        self.update()

    def _go(self, rack: int, box: int) -> None:
        if (rack, box) not in self._unit.glances:
            return
        self.select(rack, box)
        self.box_selected.emit(rack, box)

    def _announce(self) -> None:
        name = self.tr("Storage map")
        glance = None if self._at is None else self._unit.glances.get(self._at)
        if glance is not None and self._at is not None:
            told = self.tr("rack {rack}, box {box}, free: {count}")
            rack = self._unit.racks[self._at[0]]
            said = told.format(rack=rack, box=glance.label, count=glance.free)
            name = f"{name} · {said}"
        self.setAccessibleName(name)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def retranslate(self) -> None:
        """Say the selected box again."""
        self._announce()
        self.update()

    # Where everything is

    @property
    def _rows(self) -> int:
        glance = next(iter(self._unit.glances.values()), None)
        return 1 if glance is None else max(1, len(glance.marks) // self._unit.columns)

    def _least_box(self) -> tuple[float, float]:
        wide = self._unit.columns * SMALLEST_PLACE + WORDS + 3 * PAD
        return wide, max(ROW, self._rows * SMALLEST_PLACE + 2 * PAD)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt calls it by this name
        """Ask for room in which every place can be told from the next."""
        wide, high = self._least_box()
        racks = max(1, len(self._unit.racks))
        return QSize(int(racks * (wide + GAP)), int(HEAD + max(1, self._unit.boxes) * (high + GAP)))

    def _box(self, rack: int, box: int) -> QRectF:
        racks, boxes = max(1, len(self._unit.racks)), max(1, self._unit.boxes)
        least_wide, least_high = self._least_box()
        most_wide = self._unit.columns * LARGEST_PLACE + WORDS + 3 * PAD
        most_high = max(ROW, self._rows * LARGEST_PLACE + 2 * PAD)
        wide = min(most_wide, max(least_wide, self.width() / racks - GAP))
        high = min(most_high, max(least_high, (self.height() - HEAD) / boxes - GAP))
        return QRectF(rack * (wide + GAP), HEAD + box * (high + GAP), wide, high)

    def _place(self, room: QRectF, number: int) -> QRectF:
        columns, rows = self._unit.columns, self._rows
        pitch = min((room.width() - WORDS - 3 * PAD) / columns, (room.height() - 2 * PAD) / rows)
        row, column = divmod(number, columns)
        top = room.top() + (room.height() - rows * pitch) / 2
        return QRectF(room.left() + PAD + column * pitch, top + row * pitch, pitch, pitch).adjusted(
            0.7, 0.7, -0.7, -0.7
        )

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the racks that are to be seen, their boxes and places."""
        palette, seen = theme.current(), QRectF(event.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(seen, QColor(palette.surface))
        painter.setFont(theme.font("small", bold=True))
        for number, label in enumerate(self._unit.racks):
            head = self._box(number, 0)
            painter.setPen(QColor(palette.text_muted))
            room = QRectF(head.left(), 0, head.width(), HEAD - 4)
            named = self.tr("Rack {rack}").format(rack=label)
            painter.drawText(
                room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, named
            )
        for at, glance in self._unit.glances.items():
            room = self._box(*at)
            if seen.intersects(room):
                self._draw_box(painter, at, room, glance)

    def _draw_box(
        self, painter: QPainter, at: tuple[int, int], room: QRectF, glance: BoxGlance
    ) -> None:
        palette = theme.current()
        chosen = self._at == at
        width = 1.0 if not chosen else 3.0 if self.hasFocus() else 2.0
        painter.setPen(QPen(QColor(palette.accent if chosen else palette.border_strong), width))
        painter.setBrush(QColor(palette.selected if chosen else palette.surface))
        painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
        for number, mark in enumerate(glance.marks):
            draw_mark(painter, self._place(room, number), mark)
        if self._found is not None and self._found[:2] == at:
            found = self._place(room, self._found[2]).adjusted(-3, -3, 3, 3)
            painter.setPen(QPen(QColor(palette.text), 2))
            painter.drawEllipse(found)
        said = QRectF(room.right() - WORDS - PAD, room.top() + 4, WORDS, room.height() - 8)
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(QColor(palette.text))
        top = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        painter.drawText(said, top, glance.label)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(palette.text_muted))
        free = self.tr("{count} free").format(count=glance.free) if glance.free else self.tr("full")
        below = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(said, below, free)

    # Hands

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Select the box under the pointer."""
        for at in self._unit.glances:
            if self._box(*at).contains(event.position()):
                self._go(*at)
                return

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go into the box under the pointer."""
        if self._at is not None and self._box(*self._at).contains(event.position()):
            self.box_opened.emit(*self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Move by arrow keys, go into a box on Enter."""
        move = next((step for key, step in MOVES.items() if key == event.key()), None)
        if move is not None:
            at = self._at
            self._go(*((0, 0) if at is None else (at[0] + move[1], at[1] + move[0])))
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._at is not None:
            self.box_opened.emit(*self._at)
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
