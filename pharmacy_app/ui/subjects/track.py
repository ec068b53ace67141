"""A subject's visits as a track: one station a visit, in the order of the protocol."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pharmacy_app.ui import icons, theme
from pharmacy_app.ui.palettes import State

STATION = 132
HIGH = 152
LINE_AT = 52


@dataclass(frozen=True, slots=True)
class Station:
    """One visit: its code, name, window and state in words; ``stage`` heads the first of a stage."""

    code: str
    name: str
    window: str
    state: State
    word: str
    stage: str = ""


class VisitTrack(QWidget):
    """Emits ``chosen`` with the number of the visit now selected; worked by arrow keys too."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stations: Sequence[Station] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(HIGH)

    @property
    def selected(self) -> int:
        """The number of the visit selected."""
        return self._at

    def show_stations(self, stations: Sequence[Station], at: int) -> None:
        """Show other visits, one of them selected."""
        self._stations, self._at = stations, at
        self.setMinimumWidth(STATION * len(stations))
        self._tell()

    def select(self, at: int) -> None:
        """Select a visit, if there is one of that number."""
        if 0 <= at < len(self._stations) and at != self._at:
            self._at = at
            self._tell()
            self.chosen.emit(at)

    def _tell(self) -> None:
        if self._stations:
            station = self._stations[self._at]
            self.setAccessibleName(f"{station.code} {station.name}: {station.word}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt calls it by this name
        """Ask for room for every station."""
        return QSize(STATION * max(1, len(self._stations)), HIGH)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Move along the track."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.select(self._at + step)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Select the station under the pointer."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.select(int(event.position().x() // STATION))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open the station under the pointer."""
        del event
        self.opened.emit(self._at)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Show that the focus left."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the line, then every station on it."""
        del event
        if not self._stations:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = theme.current()
        painter.setPen(QPen(QColor(palette.border_strong), 2))
        last = STATION * len(self._stations) - STATION // 2
        painter.drawLine(QPointF(STATION / 2, LINE_AT), QPointF(last, LINE_AT))
        for number, station in enumerate(self._stations):
            self._draw(painter, number, station)

    def _draw(self, painter: QPainter, number: int, station: Station) -> None:
        palette = theme.current()
        left = number * STATION
        if number == self._at:
            edge = palette.accent if self.hasFocus() else palette.border_strong
            painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
            painter.setBrush(QColor(palette.selected))
            painter.drawRoundedRect(left + 4, 26, STATION - 8, HIGH - 30, 6, 6)
        ground = palette.selected if number == self._at else palette.surface
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawEllipse(QPointF(left + STATION / 2, LINE_AT), 13, 13)
        mark = icons.state_pixmap(station.state, 18)
        painter.drawPixmap(left + STATION // 2 - 9, LINE_AT - 9, mark)
        lines = (
            (station.stage, 2, palette.text_muted, theme.font("small", bold=True)),
            (station.code, 74, palette.text, theme.font("lead", bold=True)),
            (station.name, 93, palette.text_soft, theme.font("small")),
            (station.window, 110, palette.text_muted, theme.font("small")),
            (station.word, 127, palette.of(station.state), theme.font("small", bold=True)),
        )
        for text, top, ink, font in lines:
            painter.setFont(font)
            painter.setPen(QColor(ink))
            room = QRect(left + 6, top, STATION - 12, 18)
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
