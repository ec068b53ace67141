"""Today: doses due and under way, what is wrong, what waits, and the next fourteen days."""

from datetime import timedelta

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.readiness import SourceNeed
from pharmacy_app.ui import wording
from pharmacy_app.ui.pages.page import Page
from pharmacy_app.ui.places import Asked, Place
from pharmacy_app.ui.readiness.view import WARD, ReadinessView
from pharmacy_app.ui.today.doses import DosesCard
from pharmacy_app.ui.today.need_chart import NeedChart
from pharmacy_app.ui.today.notes import AlarmsCard, ExpiringCard, WaitingCard
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Card
from pharmacy_app.ui.workplace import Workplace, said
from pharmacy_app.workflows import readiness, today
from pharmacy_app.workflows.today import Alarm, AlarmKind, Expiring, Waiting, WaitingKind, Work

SIDE = 316
AGAIN_EVERY = timedelta(minutes=1)

PLACE_OF_ALARM = {
    AlarmKind.QUARANTINE: Place.STOCK,
    AlarmKind.TOO_LATE: Place.BENCH,
    AlarmKind.VERIFY: Place.ACCOUNT,
    AlarmKind.DEVIATION: Place.ACCOUNT,
    AlarmKind.UNIT_CHECK: Place.STOCK,
    AlarmKind.EXCURSION: Place.STOCK,
    AlarmKind.OVERLABEL: Place.STOCK,
    AlarmKind.COUNT: Place.STOCK,
    AlarmKind.LABELS: Place.BENCH,
    AlarmKind.PROMISE: Place.TODAY,
}
"""Where an alarm is seen to; the others are seen to outside the window."""


class TodayPage(Page):
    """The checklist of the day; it is read again every minute, because windows open and close."""

    manual = "today"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        pharmacy = workplace.pharmacy
        self.doses = DosesCard(pharmacy.now)
        self._ahead = Card()
        self.chart = NeedChart(self._type_name)
        self._ahead.body.addWidget(self.chart, 1)
        self.readiness: ReadinessView | None = None
        self.open_readiness, self.back = ReasonedButton(), ReasonedButton(hint="Esc")
        self._ahead.head.addWidget(self.open_readiness)
        self.add_action(self.back)
        self.back.hide()
        self.alarms = AlarmsCard()
        self.expiring = ExpiringCard()
        self.waiting = WaitingCard()
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.doses, 5)
        left.addWidget(self._ahead, 6)
        day = QWidget()
        row = QHBoxLayout(day)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self._side())
        self._views = QStackedWidget()
        self._views.addWidget(day)
        self.body.addWidget(self._views, 1)
        self.open_readiness.clicked.connect(self.show_readiness)
        self.back.clicked.connect(self.show_day)
        self.doses.work_chosen.connect(self._on_work)
        self.alarms.chosen.connect(self._on_alarm)
        self.expiring.chosen.connect(self._on_expiring)
        self.waiting.chosen.connect(self._on_waiting)
        timer = QTimer(self, interval=int(AGAIN_EVERY.total_seconds() * 1000))
        timer.timeout.connect(self._on_minute)
        timer.start()

    def _side(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("body")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (self.alarms, self.expiring, self.waiting):
            column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFixedWidth(SIDE)
        area.setWidget(inside)
        return area

    def retranslate(self) -> None:
        """Set every text again."""
        self.open_readiness.setText(self.tr("Readiness and forecast"))
        self.back.setText(self.tr("Back to the day"))
        if self._shows_readiness:
            self.set_title(
                self.tr("Readiness"), self.tr("stock against the visits to come, by arm and stage")
            )
            return
        now = self._workplace.pharmacy.now()
        weekdays = (
            self.tr("Monday"),
            self.tr("Tuesday"),
            self.tr("Wednesday"),
            self.tr("Thursday"),
            self.tr("Friday"),
            self.tr("Saturday"),
            self.tr("Sunday"),
        )
        today_there = self._workplace.pharmacy.today()
        self.set_title(
            self.tr("Today · {day}").format(day=wording.day(now)), weekdays[today_there.weekday()]
        )
        self._ahead.set_title(
            self.tr("Next 14 days"), self.tr("usable, in-date stock against the visits to come")
        )

    def refresh(self, changed: frozenset[str]) -> None:
        """Read everything again: nearly every act changes the day."""
        del changed
        if self._shows_readiness and self.readiness is not None:
            self.primary = self.readiness.primary
            self.readiness.refresh()
            self.retranslate()
            return
        pharmacy = self._workplace.pharmacy
        self.doses.show_work(today.doses_today(pharmacy))
        self.primary = self.doses.first
        self.chart.show_days(readiness.next_days(pharmacy))
        self.alarms.show_alarms(today.alarms(pharmacy, self._workplace.vault.folder))
        self.expiring.show_expiring(today.expiring(pharmacy))
        self.waiting.show_waiting(today.waiting(pharmacy))
        self.retranslate()

    @property
    def _shows_readiness(self) -> bool:
        return self.readiness is not None and self._views.currentWidget() is self.readiness

    def open_subject(self, subject: object) -> None:
        """Show readiness, if that is asked for elsewhere."""
        if isinstance(subject, Asked):
            self.show_readiness()
        if subject is Asked.WARD and self.readiness is not None:
            self.readiness.segments.choose(WARD)

    @Slot()
    def show_readiness(self) -> None:
        """Show the view of readiness in place of the day; it is made when it is first asked for."""
        if self.readiness is None:
            self.readiness = ReadinessView(self._workplace)
            self.readiness.problem.connect(self.problem_met)
            self.readiness.changed.connect(self.records_changed)
            self.readiness.turned.connect(self._on_turned)
            self._views.addWidget(self.readiness)
        self._views.setCurrentWidget(self.readiness)
        self.back.show()
        self.refresh(frozenset())

    @Slot()
    def _on_turned(self) -> None:
        if self._shows_readiness and self.readiness is not None:
            self.primary = self.readiness.primary

    @Slot()
    def show_day(self) -> None:
        """Show the day again."""
        self._views.setCurrentIndex(0)
        self.back.hide()
        self.refresh(frozenset())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Go back to the day on Esc."""
        if event.key() == Qt.Key.Key_Escape and self._shows_readiness:
            self.show_day()
            return
        super().keyPressEvent(event)

    def _type_name(self, need: SourceNeed) -> str:
        return said(self._workplace.pharmacy.trial.kit_type(need.source.kit_type).name)

    @Slot()
    def _on_minute(self) -> None:
        if self.isVisible() and not self._shows_readiness:  # a form may be filled in there
            self.refresh(frozenset())

    @Slot(object)
    def _on_work(self, work: Work) -> None:
        if work.dose is not None:
            self.place_asked.emit(Place.BENCH, work.dose.dose_id)
        else:
            self.place_asked.emit(Place.BENCH, (work.subject_id, work.visit.code))

    @Slot(object)
    def _on_alarm(self, alarm: Alarm) -> None:
        dose = alarm.record.removeprefix("dose/")
        place = PLACE_OF_ALARM.get(alarm.kind)
        if place is None:
            return
        subjects = {Place.BENCH: DoseId(dose), Place.STOCK: alarm, Place.TODAY: Asked.WARD}
        self.place_asked.emit(place, subjects.get(place))

    @Slot(object)
    def _on_expiring(self, expiring: Expiring) -> None:
        self.place_asked.emit(Place.STOCK, expiring)

    @Slot(object)
    def _on_waiting(self, waiting: Waiting) -> None:
        if waiting.kind is WaitingKind.VERIFY:
            self.place_asked.emit(Place.ACCOUNT, None)
            return
        place = Place.RECEIVE if waiting.kind is WaitingKind.RECEIPT else Place.BENCH
        self.place_asked.emit(place, waiting.record)
