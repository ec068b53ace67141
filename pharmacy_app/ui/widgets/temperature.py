"""A temperature curve with its limit and the stretches above it shaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_app.ui import language, theme
from pharmacy_app.ui.language import Spoken


@dataclass(frozen=True, slots=True)
class Curve:
    """Readings in time order, °C; the limit; the stretches above it (from, to)."""

    readings: Sequence[tuple[datetime, Decimal]]
    limit_c: Decimal | None = None
    excursions: Sequence[tuple[datetime, datetime]] = ()


class TemperaturePlot(Spoken, QWidget):
    """Draws a curve; the drawing library is loaded when the first one is given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: Curve | None = None
        self._plot: Any = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setMinimumHeight(120)

    def draw(self, curve: Curve) -> None:
        """Draw a curve in place of the one before. Times are shown in the site's zone."""
        import pyqtgraph as pg  # noqa: PLC0415 - loaded by pages that draw, never at the start

        self._curve = curve
        palette = theme.current()
        if self._plot is None:
            self._plot = pg.PlotWidget(axisItems={"bottom": pg.DateAxisItem(utcOffset=0)})
            self._plot.setMenuEnabled(False)
            self._plot.hideButtons()
            self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._plot.setMouseEnabled(x=True, y=False)
            self._column.addWidget(self._plot)
        plot = self._plot
        plot.clear()
        plot.setBackground(palette.surface)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(QColor(palette.border_strong))
            axis.setTextPen(QColor(palette.text_muted))
            axis.setStyle(tickFont=theme.font("small"))
        self._shade(pg, curve)
        # Drawing is the one place where a reading becomes a float: nothing is decided by it.
        times = [_seconds(when) for when, _ in curve.readings]
        degrees = [float(celsius) for _, celsius in curve.readings]
        plot.plot(times, degrees, pen=pg.mkPen(palette.accent, width=1.6))
        self._leave_room(degrees, curve.limit_c)
        self._draw_limit(pg, curve)
        self._describe()

    def _leave_room(self, degrees: list[float], limit: Decimal | None) -> None:
        """Show curve and limit with room above for the words of a limit that nothing reached."""
        seen = degrees if limit is None else [*degrees, float(limit)]
        if seen:
            self._plot.setYRange(min(seen), max(seen), padding=0.14)

    def _shade(self, pg: Any, curve: Curve) -> None:
        soft = QColor(theme.current().stop)
        soft.setAlphaF(0.16)
        for begin, end in curve.excursions:
            span = (_seconds(begin), _seconds(end))
            self._plot.addItem(pg.LinearRegionItem(span, movable=False, brush=soft, pen=soft))

    def _draw_limit(self, pg: Any, curve: Curve) -> None:
        if curve.limit_c is None:
            return
        red = theme.current().stop
        pen = pg.mkPen(red, width=1.2, style=Qt.PenStyle.DashLine)
        options = {"color": red, "position": 1.0, "anchors": [(1, 1), (1, 1)]}
        words = self.tr("{limit} °C limit").format(limit=f"{curve.limit_c:f}".replace("-", "−"))
        at = float(curve.limit_c)
        self._plot.addItem(pg.InfiniteLine(at, angle=0, pen=pen, label=words, labelOpts=options))

    def _describe(self) -> None:
        if self._curve is None or not self._curve.readings:
            self.setAccessibleName(self.tr("Temperature curve, no readings"))
            return
        degrees = [celsius for _, celsius in self._curve.readings]
        said = self.tr("Temperature curve, {count} readings, {low} to {high} °C")
        self.setAccessibleName(said.format(count=len(degrees), low=min(degrees), high=max(degrees)))

    def retranslate(self) -> None:
        """Draw again in the current language."""
        if self._curve is not None:
            self.draw(self._curve)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw again in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._curve is not None:
            self.draw(self._curve)


def _seconds(when: datetime) -> float:
    """Return a moment as seconds whose UTC reading is the site's local time."""
    offset = when.astimezone(language.zone()).utcoffset()
    return when.timestamp() + (offset.total_seconds() if offset else 0.0)
