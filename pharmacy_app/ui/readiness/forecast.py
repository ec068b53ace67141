"""The forecast: its settings beside it, run on another thread, with progress and a way to stop."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pharmacy_app.domain.chances import Observed
from pharmacy_app.domain.depletion import SourceForecast
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.readiness.ahead_charts import BandChart, ExpiryChart, tenths
from pharmacy_app.ui.readiness.names import Names
from pharmacy_app.ui.readiness.settings import Settings
from pharmacy_app.ui.tasks import Problem, Task
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.detail import EmptyState
from pharmacy_app.ui.widgets.fields import ChoiceField
from pharmacy_app.ui.widgets.surfaces import Badge, Card
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import forecast
from pharmacy_app.workflows.forecast import Told


class ForecastView(Spoken, QWidget):
    """Settings at the left, what was found at the right; nothing is found before it is asked."""

    problem = Signal(object)
    paper_asked = Signal()
    told_changed = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._names = Names(workplace)
        self.told: Told | None = None
        self._seen: Observed | None = None
        self._task: Task | None = None
        self.settings = Settings()
        self.run, self.stop, self.paper = PrimaryButton(), ReasonedButton(), ReasonedButton()
        self.progress = QProgressBar(textVisible=False)
        self.source = ChoiceField()
        self.source.setMinimumWidth(240)
        self.sums = [Badge() for _ in range(3)]
        self.band, self.expiry = BandChart(), ExpiryChart()
        self.empty = EmptyState("stock")
        self._right = QStackedWidget()
        self._lay_out()
        self.run.clicked.connect(self.start)
        self.stop.clicked.connect(self.cancel)
        self.paper.clicked.connect(self.paper_asked)
        self.source.editor.currentIndexChanged.connect(self._on_source)
        self._show_running(on=False)

    def _lay_out(self) -> None:
        body = self.settings.body
        for part in (self.run, self.stop, self.progress):
            body.addWidget(part)
        body.addStretch(1)
        settings = QScrollArea(widgetResizable=True)
        settings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        settings.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        settings.setWidget(self.settings)
        settings.setFixedWidth(self.settings.width() + 14)
        above = QHBoxLayout()
        above.setSpacing(16)
        above.addWidget(self.source)
        sums = QVBoxLayout()
        sums.setSpacing(2)
        for badge in self.sums:
            sums.addWidget(badge)
        above.addLayout(sums, 1)
        above.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignBottom)
        found = QWidget()
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(above)
        self._band_card, self._expiry_card = Card(), Card()
        self._band_card.body.addWidget(self.band, 1)
        lots = QScrollArea(widgetResizable=True)
        lots.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lots.setWidget(self.expiry)
        self._expiry_card.body.addWidget(lots, 1)
        column.addWidget(self._band_card, 3)
        column.addWidget(self._expiry_card, 2)
        self._right.addWidget(self.empty)
        self._right.addWidget(found)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(settings)
        row.addWidget(self._right, 1)

    def refresh(self) -> None:
        """Read again which enrolment the site saw; a forecast that was made stays."""
        self._seen = forecast.enrolment_seen(self._workplace.pharmacy)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.run.setText(self.tr("Run the forecast"))
        self.stop.setText(self.tr("Stop"))
        self.paper.setText(self.tr("Paper…"))
        self.source.set_label(self.tr("Kits of"))
        self._band_card.set_title(self.tr("Demand against stock"))
        self._expiry_card.set_title(self.tr("Expiry"))
        self.settings.say_seen(self._seen_in_words())
        self.empty.say(
            self.tr("No forecast was made yet."),
            self.tr(
                "Look at the assumptions at the left, then run it. Nothing leaves this window."
            ),
        )
        self._show()

    def _seen_in_words(self) -> str:
        if self._seen is None:
            return self.tr("No history of enrolment yet: state a rate.")
        return self.tr(
            "Empty: as seen here, {rate} a month ({count} in {days} days), with its uncertainty."
        ).format(rate=tenths(self._seen.per_month), count=self._seen.subjects, days=self._seen.days)

    # The run

    @Slot()
    def start(self) -> None:
        """Read what the forecast is made from here, and play it on another thread."""
        assumed = self.settings.assumed()
        if assumed is None or self._task is not None:
            return
        pharmacy = self._workplace.pharmacy
        try:
            asked = forecast.question(pharmacy, assumed)
            seed = forecast.new_seed(pharmacy)
        except (Refused, EnvironmentProblem) as problem:
            self.problem.emit(problem)
            return
        self.progress.setRange(0, assumed.runs)
        self.progress.setValue(0)
        self._task = self._workplace.tasks.run(
            lambda task: forecast.answered(asked, assumed, seed, task.step),
            owner=self,
            done=self._on_done,
            failed=self._on_failed,
            progress=lambda done, _: self.progress.setValue(done),
            stopped=lambda: self._show_running(on=False),
        )
        self._show_running(on=True)

    @Slot()
    def cancel(self) -> None:
        """Stop the run; the forecast before it stays."""
        if self._task is not None:
            self._task.cancel()

    def _on_done(self, told: Told) -> None:
        if not self._workplace.site.is_open:
            return  # signed out meanwhile
        self.told = told
        self._show_running(on=False)
        self._show()
        self.told_changed.emit()

    def _on_failed(self, problem: Problem) -> None:
        self._show_running(on=False)
        self.problem.emit(problem)

    def _show_running(self, *, on: bool) -> None:
        if not on:
            self._task = None
        self.run.setVisible(not on)
        self.stop.setVisible(on)
        self.progress.setVisible(on)

    # What was found

    @Slot()
    def _on_source(self) -> None:
        self._show_source()

    def _show(self) -> None:
        self._right.setCurrentIndex(0 if self.told is None else 1)
        if self.told is None:
            return
        sources = self.told.forecast.sources
        self.source.set_choices(
            [(number, self._names.source(one.source)) for number, one in enumerate(sources)]
        )
        self._show_source()

    @property
    def shown(self) -> SourceForecast | None:
        """The source that is shown, if a forecast was made."""
        number = self.source.value
        if self.told is None or not isinstance(number, int):
            return None
        return self.told.forecast.sources[number]

    def _show_source(self) -> None:
        one = self.shown
        if self.told is None or one is None:
            return
        self.band.show_source(self.told.forecast, one)
        self.expiry.show_source(self.told.forecast, one)
        for badge, (state, said) in zip(self.sums, self._summed(one), strict=True):
            badge.set_state(state, said)

    def _summed(self, one: SourceForecast) -> list[tuple[State, str]]:
        told = self.told
        if told is None:
            return []
        return [
            self._shortage(told, one),
            self._order(told, one),
            (
                State.INFO,
                self.tr("Expected to expire unused within {weeks} weeks: {count} of {have}").format(
                    weeks=len(one.weeks), count=tenths(one.wasted), have=one.have
                ),
            ),
        ]

    def _shortage(self, told: Told, one: SourceForecast) -> tuple[State, str]:
        if one.short_week is None:
            said = self.tr("Does not run short within {weeks} weeks in 95 of 100 runs")
            return State.OK, said.format(weeks=len(one.weeks))
        day = told.forecast.day(one.short_week).isoformat()
        said = self.tr("Runs short by {day} in 5 of 100 runs or more")
        return State.STOP, said.format(day=day)

    def _order(self, told: Told, one: SourceForecast) -> tuple[State, str]:
        at = one.reorder_at
        if one.reorder_week is None:
            said = self.tr("Re-order point: {count} left; not reached within {weeks} weeks")
            return State.INFO, said.format(count=at, weeks=len(one.weeks))
        if one.reorder_week == 0:
            said = self.tr("Order now: {have} usable, the re-order point is {count}")
            return State.WARN, said.format(have=one.have, count=at)
        said = self.tr("Re-order point: {count} left, reached about {day}")
        return State.INFO, said.format(
            count=at, day=told.forecast.day(one.reorder_week).isoformat()
        )
