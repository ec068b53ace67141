"""The charts of a forecast: the demand as a band, and when the lots in stock expire."""

from fractions import Fraction

from PySide6.QtWidgets import QWidget

from pharmacy_app.documents.charts import band, expiry
from pharmacy_app.documents.charts.surface import Surface
from pharmacy_app.domain.depletion import LotAhead, SourceForecast
from pharmacy_app.domain.forecast import Forecast
from pharmacy_app.ui.readiness.chart import LINE, Chart

TOLD_WEEKS = (1, 2, 4, 8, 13, 26)


def tenths(value: Fraction) -> str:
    """Return a fraction to one decimal, for the eye; nothing is decided by it."""
    found = round(value * 10)
    return f"{found // 10}.{found % 10}"


class OneSource(Chart):
    """A chart of one source's forecast."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forecast: Forecast | None = None
        self._source: SourceForecast | None = None

    def show_source(self, forecast: Forecast, source: SourceForecast) -> None:
        """Show one source of a forecast."""
        self._forecast, self._source = forecast, source
        self.retranslate()

    def _day(self, week: int) -> str:
        return "" if self._forecast is None else f"{self._forecast.day(week):%m-%d}"

    def draw(self, surface: Surface) -> None:
        """Draw the source, once there is one."""
        if self._source is not None:
            self.draw_source(surface, self._source)

    def draw_source(self, surface: Surface, source: SourceForecast) -> None:
        """Draw one source."""


class BandChart(OneSource):
    """The demand as a band, the stock, and when to order."""

    def retranslate(self) -> None:
        """Say the figures again."""
        self.tell(self.tr("Forecast of the demand against stock in date"), self.sentences())

    def sentences(self) -> list[str]:
        """Return what some weeks will need, in words."""
        if self._source is None or self._forecast is None:
            return []
        told = self.tr(
            "By {day}: {median} needed, most likely {low} to {high}; {stock} in date, {left} left;"
            " short in {share} of 100 runs"
        )
        return [
            told.format(
                day=self._forecast.day(week.week).isoformat(),
                median=week.demand.median,
                low=week.demand.low80,
                high=week.demand.high80,
                stock=week.in_date,
                left=week.left,
                share=tenths(week.short * 100),
            )
            for week in self._source.weeks
            if week.week in TOLD_WEEKS
        ]

    def draw_source(self, surface: Surface, source: SourceForecast) -> None:
        """Draw the band."""
        short = "" if source.short_week is None else self._day(source.short_week)
        words = band.BandWords(
            day=self._day,
            median=self.tr("demand, middle of all runs"),
            narrow=self.tr("80 of 100 runs"),
            wide=self.tr("95 of 100 runs"),
            stock=self.tr("stock in date"),
            order=self.tr("order at {count} left").format(count=source.reorder_at),
            short=self.tr("short by {day} (5 of 100 runs)").format(day=short),
        )
        band.draw(surface, source, words)


class ExpiryChart(OneSource):
    """When the lots in stock expire, and what of them is wasted."""

    def show_source(self, forecast: Forecast, source: SourceForecast) -> None:
        """Show one source of a forecast, as high as its lots need."""
        self.setMinimumHeight(int(expiry.height(source) * LINE))
        super().show_source(forecast, source)

    def retranslate(self) -> None:
        """Say the lots again."""
        self.tell(self.tr("When the lots in stock expire"), self.sentences())

    def sentences(self) -> list[str]:
        """Return each lot's kits and waste, in words."""
        lots = () if self._source is None else self._source.lots
        return [f"{self._lot(lot)}: {self._ends(lot)}" for lot in lots]

    def draw_source(self, surface: Surface, source: SourceForecast) -> None:
        """Draw the bars."""
        words = expiry.ExpiryWords(
            lot=self._lot,
            ends=self._ends,
            day=self._day,
            held=self.tr("lot and kits, up to its expiry"),
            wasted=self.tr("expected to expire unused"),
            none=self.tr("No usable kit is in stock."),
        )
        expiry.draw(surface, source, words)

    def _lot(self, lot: LotAhead) -> str:
        return self.tr("{lot} · {count} kits").format(lot=lot.lot, count=lot.kits)

    def _ends(self, lot: LotAhead) -> str:
        if self._source is not None and lot.days >= 7 * len(self._source.weeks):
            return self.tr("in date beyond")
        return self.tr("{count} wasted").format(count=tenths(lot.wasted))
