"""Readiness as a whole: the days ahead, the forecast, the ward; opened from Today and from Stock."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from pharmacy_app.domain.events.readiness import PRINTED
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.readiness.days import DaysView
from pharmacy_app.ui.readiness.forecast import ForecastView
from pharmacy_app.ui.readiness.ward import WardView
from pharmacy_app.ui.widgets.segments import Segments
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import forecast

WARD = 2
"""The number of the view for the ward."""


class ReadinessView(Spoken, QWidget):
    """Three views of the stock to come; each is read again when it is shown."""

    problem = Signal(object)
    changed = Signal(object)
    turned = Signal()
    """Another view is shown."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self.days, self.forecast = DaysView(workplace), ForecastView(workplace)
        self.ward = WardView(workplace)
        self._shown: tuple[DaysView | ForecastView | WardView, ...] = (
            self.days,
            self.forecast,
            self.ward,
        )
        self.segments = Segments(len(self._shown))
        self._stack = QStackedWidget()
        for view in self._shown:
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.segments)
        column.addWidget(self._stack, 1)
        for asking in (self.days, self.forecast):
            asking.paper_asked.connect(self.show_paper)
        self.forecast.problem.connect(self.problem)
        self.ward.problem.connect(self.problem)
        self.ward.changed.connect(self.changed)
        self.segments.chosen.connect(self._on_chosen)
        self.retranslate()
        self.segments.choose(0)

    def retranslate(self) -> None:
        """Set the names of the views."""
        self.segments.set_names(
            [self.tr("Days ahead"), self.tr("Forecast"), self.tr("For the ward")]
        )

    @property
    def primary(self) -> QPushButton | None:
        """The main act of the view that is shown; Enter presses it."""
        acts = (None, self.forecast.run, self.ward.card.promise)
        return acts[self.segments.current]

    def refresh(self) -> None:
        """Read the view that is shown again."""
        self._shown[self.segments.current].refresh()

    @Slot(int)
    def _on_chosen(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self.refresh()
        self.turned.emit()

    @Slot()
    def show_paper(self) -> None:
        """Show the unblinded paper, with the forecast if one was made."""
        pharmacy = self._workplace.pharmacy
        told = self.forecast.told
        show_paper(
            pharmacy,
            lambda: forecast.report(pharmacy, told),
            document_name("readiness"),
            PRINTED,
            self.problem.emit,
            self,
        )
