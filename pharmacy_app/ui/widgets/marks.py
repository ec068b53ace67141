"""Marks of places in storage: told apart by shape and hatching first, by colour only besides."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from pharmacy_app.ui import theme
from pharmacy_app.ui.palettes import State

HATCH = 5.0
"""Pixels from line to line."""


class Mark(StrEnum):
    """What is to be seen of a place: free, a kit that may be used, one that may not, or blocked."""

    FREE = "free"
    KIT = "kit"
    HELD = "held"
    BLOCKED = "blocked"


def draw_mark(painter: QPainter, room: QRectF, mark: Mark) -> None:
    """Draw a place small: a point, a full square, a hollow one, a cross."""
    palette = theme.current()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark is Mark.FREE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.border_strong))
        side = max(1.4, room.width() * 0.22)
        painter.drawEllipse(room.center(), side / 2, side / 2)
    elif mark is Mark.KIT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.ok))
        painter.drawRect(room)
    elif mark is Mark.HELD:
        painter.setPen(QPen(QColor(palette.stop), max(1.2, room.width() * 0.22)))
        inset = painter.pen().widthF() / 2
        painter.drawRect(room.adjusted(inset, inset, -inset, -inset))
    else:
        painter.setPen(QPen(QColor(palette.text_muted), max(1.0, room.width() * 0.14)))
        painter.drawLines(_cross(room))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _cross(room: QRectF) -> Sequence[QLineF]:
    return [
        QLineF(room.topLeft(), room.bottomRight()),
        QLineF(room.bottomLeft(), room.topRight()),
    ]


def draw_hatching(painter: QPainter, room: QRectF) -> None:
    """Rule a place with slanting lines."""
    painter.save()
    painter.setClipRect(room)
    painter.setPen(QPen(QColor(theme.current().border_strong), 1.0))
    high = room.height()
    count = int((room.width() + high) / HATCH) + 1
    painter.drawLines(
        [
            QLineF(
                room.left() + number * HATCH - high,
                room.bottom(),
                room.left() + number * HATCH,
                room.top(),
            )
            for number in range(1, count)
        ]
    )
    painter.restore()


def draw_state(painter: QPainter, corner: QRectF, state: State) -> None:
    """Draw a state as a small shape: round ok, triangle warning, square stopped."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current().of(state)))
    if state is State.STOP:
        painter.drawRect(corner)
    elif state is State.WARN:
        tip = QPointF(corner.center().x(), corner.top())
        painter.drawPolygon(QPolygonF([tip, corner.bottomRight(), corner.bottomLeft()]))
    else:
        painter.drawEllipse(corner)
    painter.setBrush(Qt.BrushStyle.NoBrush)
