"""A temperature curve with its limits: what was beyond them, what is missing, when it was opened.

Nothing is told by colour alone: the upper limit is dashed, the lower one dotted, the opening dash and
dot; time beyond a limit is crossed with lines one way, a gap the other way.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pharmacy_app.domain.curve import Curve
from pharmacy_app.ui import language, theme
from pharmacy_app.ui.language import Spoken

_ROOM = 0.14
"""Of the height, above and below: for the words of a limit, and for marks of codes at the foot."""


DAY_S, YEAR_S = 86_400, 365 * 86_400


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
        if self._plot is None:
            self._plot = self._made(pg)
            self._column.addWidget(self._plot)
        plot, palette = self._plot, theme.current()
        plot.clear()
        plot.setBackground(palette.surface)
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.setPen(QColor(palette.border_strong))
            axis.setTextPen(QColor(palette.text_muted))
            axis.setStyle(tickFont=theme.font("small"))
        stop, quiet = QColor(palette.stop), QColor(palette.text_muted)
        crossed, missing = Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.FDiagPattern
        self._bands(pg, [*curve.warm, *curve.cold], stop, crossed)
        self._bands(pg, curve.gaps, quiet, missing)
        for line in curve.lines:
            # Drawing is the one place where a reading becomes a float: nothing is decided by it.
            times = [_seconds(when) for when, _ in line]
            dot = {"symbol": "o", "symbolSize": 4, "symbolBrush": palette.accent}
            pen = pg.mkPen(palette.accent, width=1.6)
            degrees = [float(celsius) for _, celsius in line]
            plot.plot(times, degrees, pen=pen, **(dot if len(line) == 1 else {}))
        low, high = self._range(curve)
        self._mark_codes(pg, curve, low)
        self._draw_limits(pg, curve)
        self._draw_opening(pg, curve, high)
        self._describe()

    @staticmethod
    def _made(pg: Any) -> Any:
        axis = pg.DateAxisItem(utcOffset=0)
        axis.tickStrings = _in_numbers
        plot = pg.PlotWidget(axisItems={"bottom": axis})
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setMouseEnabled(x=True, y=False)
        return plot

    def _range(self, curve: Curve) -> tuple[float, float]:
        """Show curve and limits with room above and below; return the lowest and the highest."""
        limits = (curve.limits.upper_c, curve.limits.lower_c)
        known = [*limits, curve.min_c, curve.max_c]
        seen = [float(celsius) for celsius in known if celsius is not None] or [0.0]
        self._plot.setYRange(min(seen), max(seen), padding=_ROOM)
        return min(seen), max(seen)

    def _bands(
        self,
        pg: Any,
        spans: Sequence[tuple[datetime, datetime]],
        colour: QColor,
        pattern: Qt.BrushStyle,
    ) -> None:
        soft = QColor(colour)
        soft.setAlphaF(0.55)
        for begin, end in spans:
            span = (_seconds(begin), _seconds(end))
            band = pg.LinearRegionItem(span, movable=False, pen=pg.mkPen(soft, width=1))
            band.setBrush(QBrush(soft, pattern))
            self._plot.addItem(band)

    def _mark_codes(self, pg: Any, curve: Curve, low: float) -> None:
        """Put a cross at the foot for every reading that is a code instead of a temperature."""
        if not curve.coded:
            return
        pen = pg.mkPen(theme.current().warn, width=1.4)
        times = [_seconds(when) for when in curve.coded]
        marks = pg.ScatterPlotItem(times, [low] * len(times), symbol="x", size=7, pen=pen)
        self._plot.addItem(marks)

    def _draw_limits(self, pg: Any, curve: Curve) -> None:
        red = theme.current().stop
        upper = (curve.limits.upper_c, Qt.PenStyle.DashLine, [(0, 1), (0, 1)])
        lower = (curve.limits.lower_c, Qt.PenStyle.DotLine, [(0, 0), (0, 0)])
        for limit, style, anchors in (upper, lower):
            if limit is None:
                continue
            words = self.tr("{limit} °C limit").format(limit=_shown(limit))
            pen = pg.mkPen(red, width=1.4, style=style)
            options = {"color": red, "position": 0.01, "anchors": anchors}
            line = pg.InfiniteLine(float(limit), angle=0, pen=pen, label=words, labelOpts=options)
            self._plot.addItem(line)

    def _draw_opening(self, pg: Any, curve: Curve, high: float) -> None:
        if curve.opened_at is None or not curve.lines:
            return
        at = _seconds(curve.opened_at)
        begins, ends = curve.lines[0][0][0], curve.lines[-1][-1][0]
        if not begins <= curve.opened_at <= ends + (ends - begins) / 4:
            return  # far from what the logger saw it would only press the curve together
        text = theme.current().text
        pen = pg.mkPen(text, width=1.2, style=Qt.PenStyle.DashDotLine)
        self._plot.addItem(pg.InfiniteLine(at, angle=90, pen=pen))
        said = pg.TextItem(self.tr("opened"), color=text, anchor=(1, 0))
        said.setPos(at, high)
        self._plot.addItem(said, ignoreBounds=True)

    def _describe(self) -> None:
        curve = self._curve
        if curve is None or curve.min_c is None or curve.max_c is None:
            self.setAccessibleName(self.tr("Temperature curve, no readings"))
            return
        said = self.tr("Temperature curve, {count} readings, {low} to {high} °C")
        low, high = f"{curve.min_c:f}", f"{curve.max_c:f}"
        self.setAccessibleName(said.format(count=curve.count, low=low, high=high))

    def retranslate(self) -> None:
        """Draw again in the current language."""
        if self._curve is not None:
            self.draw(self._curve)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw again in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._curve is not None:
            self.draw(self._curve)


def _in_numbers(values: Sequence[float], _scale: float, spacing: float) -> list[str]:
    """Return ticks as the program writes times, in either language: no names of days."""
    form = "%H:%M" if spacing < DAY_S else "%m-%d" if spacing < YEAR_S else "%Y"
    return [datetime.fromtimestamp(value, UTC).strftime(form) for value in values]


def _shown(limit: Decimal) -> str:
    return f"{limit:f}".replace("-", "−")


def _seconds(when: datetime) -> float:
    """Return a moment as seconds whose UTC reading is the site's local time."""
    offset = when.astimezone(language.zone()).utcoffset()
    return when.timestamp() + (offset.total_seconds() if offset else 0.0)
