"""The doses of the day: under way with their clocks, due, missed; each with what can be done."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from pharmacy_app.domain.doses import ORDER, Step
from pharmacy_app.ui import wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.clock import elapsed
from pharmacy_app.ui.widgets.detail import EmptyState
from pharmacy_app.ui.widgets.surfaces import Card, colour, rule, words
from pharmacy_app.ui.workplace import said
from pharmacy_app.workflows.today import Work

BENCH_STEPS = ORDER.index(Step.CLOSED)
COLUMNS = 6
TICK_MS = 1000


class DosesCard(Spoken, Card):
    """Emits ``work_chosen`` with a `Work`. The first dose under way has the primary button."""

    work_chosen = Signal(object)

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._now = now
        self._works: Sequence[Work] = ()
        self._clocks: list[tuple[QLabel, Work]] = []
        self.first: ReasonedButton | None = None
        self._inside = QWidget()
        self._inside.setObjectName("body")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(7)
        self._grid.setColumnStretch(3, 1)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(8, 0, 4, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._inside)
        self.body.addWidget(area, 1)
        timer = QTimer(self, interval=TICK_MS)
        timer.timeout.connect(self.tick)
        timer.start()

    def show_work(self, works: Sequence[Work]) -> None:
        """Show other doses."""
        self._works = works
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        self.set_title(self.tr("Doses today"))
        self._empty()
        if not self._works:
            self._say_none()
            return
        titles = (
            self.tr("Subject"),
            self.tr("Visit"),
            self.tr("Window"),
            self.tr("State"),
            self.tr("Clock"),
        )
        for column, title in enumerate(titles):
            self._grid.addWidget(words(title, "small"), 0, column)
        for number, work in enumerate(self._works):
            self._add(2 * number + 1, work)
        self.tick()

    def _say_none(self) -> None:
        none = EmptyState("today")
        none.say(
            self.tr("No dose is due today and none is under way."),
            self.tr("Enrolled subjects and their visits stand under Subjects."),
        )
        self._grid.addWidget(none, 0, 0, 1, COLUMNS)

    def _add(self, row: int, work: Work) -> None:
        self._grid.addWidget(rule(), row, 0, 1, COLUMNS)
        state, told = self._state(work)
        label = words(told, "strong" if state is not State.QUIET else "", wrap=True)
        colour(label, None if state is State.QUIET else state)
        clock = words("", "strong")
        self._clocks.append((clock, work))
        cells = (
            words(work.subject_id, "strong"),
            words(said(work.visit.name)),
            words(_window(work), "muted"),
            label,
            clock,
        )
        for column, cell in enumerate(cells):
            self._grid.addWidget(cell, row + 1, column, Qt.AlignmentFlag.AlignVCenter)
        button = self._button(work)
        if button is not None:
            self._grid.addWidget(button, row + 1, COLUMNS - 1)

    def _state(self, work: Work) -> tuple[State, str]:
        now = self._now()
        line = work.dose
        if line is not None and line.step is Step.REPORT:
            return State.INFO, self.tr("handed over, the ward's report is awaited")
        if line is not None:
            step = self.tr("step {number} of {all}: {name}").format(
                number=ORDER.index(line.step) + 1,
                all=BENCH_STEPS,
                name=wording.term(f"step.{line.step}"),
            )
            return State.WARN, step
        if work.window is not None and work.window.closes_at < now:
            return State.STOP, self.tr("the window closed without a dose")
        if work.is_open(now):
            return State.QUIET, self.tr("due, may be begun")
        return State.QUIET, self.tr("due later today")

    def _button(self, work: Work) -> ReasonedButton | None:
        primary = self.first is None and (work.dose is not None or work.is_open(self._now()))
        button = PrimaryButton() if primary else ReasonedButton()
        button.setText(self.tr("Continue") if work.dose is not None else self.tr("Start"))
        if primary:
            self.first = button
        if work.dose is None and work.window is not None and not work.is_open(self._now()):
            late = work.window.closes_at < self._now()
            closed = self.tr("The window closed at {when}. A reason is asked for at the subject.")
            opens = self.tr("The window opens at {when}.")
            when = work.window.closes_at if late else work.window.opens_at
            button.bar((closed if late else opens).format(when=wording.moment(when)))
        button.setAccessibleName(f"{button.text()} {work.subject_id} {said(work.visit.name)}")
        button.clicked.connect(lambda: self.work_chosen.emit(work))
        return button

    @Slot()
    def tick(self) -> None:
        """Show the present time on every clock."""
        now = self._now()
        for label, work in self._clocks:
            text, state = self._clock(work, now)
            if text != label.text():
                label.setText(text)
                colour(label, state)

    def _clock(self, work: Work, now: datetime) -> tuple[str, State | None]:
        line = work.dose
        if line is None or line.handed_over_at is not None:
            return "", None
        if line.use_before is not None:
            left = line.use_before - now
            return elapsed(left), State.STOP if left.total_seconds() <= 0 else State.WARN
        return ("", None) if work.since is None else (elapsed(now - work.since), None)

    def _empty(self) -> None:
        self._clocks = []
        self.first = None
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _window(work: Work) -> str:
    if work.window is None:
        return ""
    begins, ends = wording.day(work.window.opens_at), wording.day(work.window.closes_at)
    return f"{begins[5:]} … {ends[5:]}"
