"""Need against usable stock, a pair of bars a day; days that fall short are framed and told."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.readiness import DayNeed, SourceNeed
from pharmacy_app.ui import theme
from pharmacy_app.ui.language import Spoken

LEFT, RIGHT, TOP, BOTTOM = 36, 8, 44, 40
GRID_LINES = 3
SHARE = 0.30


class NeedChart(Spoken, QWidget):
    """Painted by hand: the plotting library is not worth its loading time for some bars.

    ``name_of`` gives the printed name of a kit type.
    """

    def __init__(self, name_of: Callable[[SourceNeed], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._days: Sequence[DayNeed] = ()
        self.setMinimumHeight(180)

    def show_days(self, days: Sequence[DayNeed]) -> None:
        """Show other days."""
        self._days = days
        self.retranslate()

    def retranslate(self) -> None:
        """Say the figures again."""
        self.setAccessibleName(self.tr("Need against usable stock, by day"))
        self.setAccessibleDescription("\n".join(map(self.sentence, self._days)))
        self.update()

    def sentence(self, day: DayNeed) -> str:
        """Return a day's figures in words; a short day names what is missing."""
        if not day.short:
            plain = self.tr("{day}: need {need}, have {have}")
            return plain.format(day=f"{day.day:%m-%d}", need=day.need, have=day.have)
        short = "; ".join(
            self.tr("need {need}, have {have} ({name})").format(
                need=one.need, have=one.have, name=self._name_of(one)
            )
            for one in day.short
        )
        return f"{day.day:%m-%d}: {short}"

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt calls it by this name
        """Ask for the proportions of the page."""
        return QSize(640, 260)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw axis, bars, days, and what falls short."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("small"))
        most = _round_top(max((max(d.need, d.have) for d in self._days), default=0))
        room = QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, max(1, self.height() - TOP - BOTTOM))
        self._draw_key(painter)
        self._draw_axis(painter, room, most)
        for number, day in enumerate(self._days):
            self._draw_day(painter, room, number, day, most)
        self._draw_first_short(painter, room)

    def _draw_key(self, painter: QPainter) -> None:
        palette = theme.current()
        left = float(LEFT)
        for colour, said in (
            (palette.accent, self.tr("needed")),
            (palette.border_strong, self.tr("usable, in date")),
        ):
            painter.fillRect(QRectF(left, 8, 10, 10), QColor(colour))
            painter.setPen(QColor(palette.text_muted))
            painter.drawText(QPointF(left + 16, 17), said)
            left += 40 + painter.fontMetrics().horizontalAdvance(said)

    def _draw_axis(self, painter: QPainter, room: QRectF, most: int) -> None:
        palette = theme.current()
        for line in range(GRID_LINES):
            value = most * line // (GRID_LINES - 1)
            y = room.bottom() - room.height() * value / most
            painter.setPen(QColor(palette.border_strong if line == 0 else palette.grid))
            painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
            painter.setPen(QColor(palette.text_muted))
            where = QRectF(0, y - 10, LEFT - 8, 20)
            painter.drawText(
                where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(value)
            )

    def _draw_day(
        self, painter: QPainter, room: QRectF, number: int, day: DayNeed, most: int
    ) -> None:
        palette = theme.current()
        slot = self._slot(room, number)
        wide = slot.width() * SHARE
        middle = slot.center().x()
        for value, left, colour in (
            (day.need, middle - wide - 1, palette.accent),
            (day.have, middle + 1, palette.border_strong),
        ):
            high = room.height() * value / most
            painter.fillRect(QRectF(left, room.bottom() - high, wide, high), QColor(colour))
        painter.setPen(QColor(palette.text if number == 0 else palette.text_muted))
        under = QRectF(slot.left(), room.bottom() + 6, slot.width(), 18)
        painter.drawText(under, Qt.AlignmentFlag.AlignCenter, f"{day.day.day}")
        if day.short:
            high = room.height() * max(day.need, day.have) / most + 6
            frame = QRectF(middle - wide - 6, room.bottom() - high, 2 * wide + 12, high + 3)
            painter.setPen(QPen(QColor(palette.stop), 1.2, Qt.PenStyle.DashLine))
            painter.drawRect(frame)

    def _draw_first_short(self, painter: QPainter, room: QRectF) -> None:
        short = [(number, day) for number, day in enumerate(self._days) if day.short]
        if not short:
            return
        number, day = short[0]
        said = self.sentence(day)
        wide = painter.fontMetrics().horizontalAdvance(said)
        left = min(
            max(self._slot(room, number).center().x() - wide / 2, room.left()), room.right() - wide
        )
        painter.setPen(QColor(theme.current().stop))
        painter.drawText(QPointF(max(left, room.left()), TOP - 10), said)

    def _slot(self, room: QRectF, number: int) -> QRectF:
        wide = room.width() / max(1, len(self._days))
        return QRectF(room.left() + number * wide, room.top(), wide, room.height())


def _round_top(most: int) -> int:
    """Return an even number not below ``most``, at least 2, so that the middle line is whole."""
    return max(2, most + most % 2)
