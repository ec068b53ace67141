"""Thaw and appearance: from here no kit returns to stock."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from pharmacy_app.domain.trial import Appearance
from pharmacy_app.ui.bench.step import StepPanel
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.clock import elapsed
from pharmacy_app.ui.widgets.fields import NumberField, TextField, fields_in_row
from pharmacy_app.ui.widgets.surfaces import Badge, words
from pharmacy_app.ui.workplace import said
from pharmacy_app.workflows import preparation


class ThawPanel(StepPanel):
    """Starts the thaw."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.bath = TextField()
        self.bath_c = NumberField(decimals=1)
        self._line = Badge(State.WARN)
        self.body.addLayout(fields_in_row(self.bath, self.bath_c))
        self.body.addWidget(self._line)

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Start the thaw"))
        self.text.setText(self.tr("Read the temperature at the bath, put the kit in, then start."))
        self.bath.set_label(self.tr("Bath"))
        self.bath_c.set_label(self.tr("Temperature read at the bath"), "°C")
        self._line.set_state(State.WARN, self.tr("Once thawed, this kit never returns to stock."))
        self.primary.setText(self.tr("Start the thaw"))

    @Slot()
    def begin(self) -> None:
        """Put the focus where the work begins."""
        self.bath.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Start the thaw, if the temperature was typed."""
        if self.bath_c.value is None:
            self.bath_c.set_error(self.tr("Type the temperature."))
            self.bath_c.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        dose, bath, bath_c = self.bench.at_hand, self.bath.text, self.bath_c.value
        self.bench.act(
            lambda op: preparation.start_thaw(
                self.bench.pharmacy, dose.dose_id, bath, bath_c, op_id=op
            )
        )


class ThawingPanel(StepPanel):
    """Counts the thaw in large figures, and ends it."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._digits = words("", "clock")
        self._digits.setStyleSheet("font-size: 72px;")
        self._digits.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bath = words("", "muted")
        self._bath.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addSpacing(32)
        self.body.addWidget(self._digits)
        self.body.addWidget(self._bath)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    @Slot()
    def tick(self) -> None:
        """Show the present moment."""
        started = self.bench.dose and self.bench.dose.thaw_started_at
        if started:
            self._digits.setText(elapsed(self.bench.pharmacy.now() - started))

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Thawing"))
        self.text.setText(self.tr("Swirl gently until the last ice is gone, then end the thaw."))
        self.primary.setText(self.tr("The last ice is gone"))
        thaw = self.bench.at_hand.thaw
        if thaw is not None:
            bath_c = f"{thaw.bath_c:f}"
            self._bath.setText(
                self.tr("Bath {bath} at {degrees} °C").format(bath=thaw.bath, degrees=bath_c)
            )

    @Slot()
    def go(self) -> None:
        """End the thaw; the clock after thaw runs."""
        dose = self.bench.at_hand
        self.bench.act(lambda op: preparation.end_thaw(self.bench.pharmacy, dose.dose_id, op_id=op))


class AppearancePanel(StepPanel):
    """Takes what the thawed kit looks like, in the protocol's own terms."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._group = QButtonGroup(self)
        self._choices: list[tuple[Appearance, QRadioButton, Badge]] = []
        for number, finding in enumerate(bench.trial.release.appearances):
            button, verdict = QRadioButton(), Badge()
            self._group.addButton(button, number)
            self._choices.append((finding, button, verdict))
            self.body.addWidget(_side_by_side(button, verdict))
        self._none = words("", "small")
        self._none.setProperty("state", "stop")
        self._none.hide()
        self.remarks = TextField()
        self._group.buttonToggled.connect(lambda *_: self._none.hide())
        self.body.addWidget(self._none)
        self.body.addWidget(self.remarks)

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Appearance"))
        thawed = self.tr("Look at the thawed kit against the light. Choose what you see.")
        as_it_came = self.tr("Look at the bag against the light. Choose what you see.")
        self.text.setText(thawed if self.bench.at_hand.frozen else as_it_came)
        for finding, button, verdict in self._choices:
            button.setText(said(finding.name))
            state = State.OK if finding.acceptable else State.STOP
            word = self.tr("goes on") if finding.acceptable else self.tr("stops the dose")
            verdict.set_state(state, word)
            button.setAccessibleName(f"{said(finding.name)}: {word}")
        self._none.setText(self.tr("Choose one finding."))
        self.remarks.set_label(self.tr("Remarks (if any)"))
        self.primary.setText(self.tr("Record the appearance"))

    @property
    def finding(self) -> str:
        """The code of the finding chosen; empty if none is."""
        number = self._group.checkedId()
        return "" if number < 0 else self._choices[number][0].code

    def choose(self, code: str) -> None:
        """Choose a finding."""
        for finding, button, _ in self._choices:
            button.setChecked(finding.code == code)

    @Slot()
    def begin(self) -> None:
        """Put the focus on the findings."""
        self._choices[0][1].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Record the finding, if one is chosen."""
        dose, finding, remarks = self.bench.at_hand, self.finding, self.remarks.text
        if not finding:
            self._none.show()
            return
        self.bench.act(
            lambda op: preparation.judge_appearance(
                self.bench.pharmacy, dose.dose_id, finding, remarks, op_id=op
            )
        )


def _side_by_side(button: QRadioButton, verdict: Badge) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    button.setMinimumWidth(280)
    row.addWidget(button)
    row.addWidget(verdict)
    row.addStretch(1)
    return made
