"""How the cells are counted, and the count itself: raw readings, calculated as they are typed."""

from decimal import Decimal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout

from pharmacy_app.domain import preparation as rules
from pharmacy_app.domain.dose import HaemocytometerReading, Reading
from pharmacy_app.domain.preparation import METHODS
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.dates import DayField
from pharmacy_app.ui.bench.readings import MILLION, ReadingsForm
from pharmacy_app.ui.bench.results import ResultTable
from pharmacy_app.ui.bench.step import StepPanel
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, NumberField, TextField
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.workflows import dosing, preparation


class MethodPanel(StepPanel):
    """Takes method, instrument and the day its calibration is due."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.method = ChoiceField()
        self.instrument = TextField()
        self.calibration = DayField()
        for field in (self.method, self.instrument, self.calibration):
            field.setMaximumWidth(360)
            self.body.addWidget(field)

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Counting method"))
        self.text.setText(self.tr("Choose how the cells are counted, and on which instrument."))
        self.method.set_label(self.tr("Method"))
        self.method.set_choices([(method, wording.term(f"method.{method}")) for method in METHODS])
        self.instrument.set_label(self.tr("Instrument number"))
        self.calibration.set_label(self.tr("Calibration due on"))
        self.primary.setText(self.tr("Begin the count"))

    @Slot()
    def begin(self) -> None:
        """Put the focus where the work begins."""
        self.method.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Begin the count, if the day was typed."""
        due = self.calibration.value
        if due is None:
            self.calibration.set_error(self.tr("Type the day, year first."))
            self.calibration.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        dose, method, instrument = self.bench.at_hand, str(self.method.value), self.instrument.text
        self.bench.act(
            lambda op: preparation.begin_count(
                self.bench.pharmacy,
                dose.dose_id,
                method=method,
                instrument=instrument,
                calibration_due=due,
                op_id=op,
            )
        )


class CountPanel(StepPanel):
    """Takes the raw readings and shows at once what follows from them."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        counting = bench.at_hand.counting
        self._method = counting.method if counting else METHODS[0]
        self._card = CardFrame(counting.card if counting else ())
        self.form = ReadingsForm(self._method, bench.trial.release.replicates, twice=True)
        self.suspension, self.sample = NumberField(decimals=3), NumberField(decimals=3)
        self.form.share(self.suspension, self.sample)
        self.reason = TextField()
        self._results = ResultTable()
        self._results.hide()
        self._results.unfolded.connect(self._show_steps)
        self._wrong = words("", "muted", wrap=True)
        self._another, self._back = ReasonedButton(), ReasonedButton()
        self._another.clicked.connect(self.form.add_replicate)
        self._back.clicked.connect(lambda: bench.correct(on=False))
        self.add_other(self._another)
        self.add_other(self._back)
        for part in (self._card, self.form, self.reason, self._results, self._wrong):
            self.body.addWidget(part)
        self.reason.setVisible(bench.correcting)
        self._back.setVisible(bench.correcting)
        self.form.changed.connect(self.calculate)
        for field in (self.suspension, self.sample):
            field.changed.connect(lambda _: self.calculate())
        kit = dosing.current_kit(bench.pharmacy, bench.at_hand)
        self.suspension.set_value(bench.trial.kit_type(kit.kit_type).suspension_ml)

    def retranslate(self) -> None:
        """Set every text again."""
        counted = self._method == rules.HAEMOCYTOMETER
        head, again = self.tr("Count live and dead cells"), self.tr("Correct the count")
        self.head.setText(again if self.bench.correcting else head)
        seen = self.tr("Enter what you read at the microscope, square by square added up.")
        shown = self.tr("Enter what the counter shows: all cells, and the viability.")
        self.text.setText(seen if counted else shown)
        self.suspension.set_label(self.tr("Suspension"), "mL")
        self.sample.set_label(self.tr("Sample"), "mL")
        self.reason.set_label(self.tr("Reason for the correction"))
        self.primary.setText(self.tr("Confirm the count"))
        self._another.setText(self.tr("Add a replicate"))
        self._back.setText(self.tr("Keep the count as it is"))

    @Slot()
    def begin(self) -> None:
        """Put the focus into the first field."""
        self.form.begin()

    @Slot()
    def calculate(self) -> None:
        """Show what follows from the readings so far."""
        readings, volumes = self.form.readings(), self._volumes()
        if readings is None or volumes is None:
            self._say("")
            return
        try:
            dose = self.bench.at_hand
            result, _ = preparation.calculated(self.bench.pharmacy, dose, readings, *volumes)
        except Refused as refused:
            reasons = wording.in_words(refused)
            self._say("\n".join(f"{reason.record} {reason.found}" for reason in reasons))
            return
        self._say("")
        inputs = rules.dose_inputs(*dosing.prescription(self.bench.pharmacy, dose), *volumes)
        self._results.tell(readings, inputs, result)
        self._results.show()

    @Slot()
    def _show_steps(self) -> None:
        down = self.area.verticalScrollBar()
        # Only once the lines are laid out is there anything to scroll to.
        down.rangeChanged.connect(
            lambda _, most: down.setValue(most), Qt.ConnectionType.SingleShotConnection
        )

    def _say(self, wrong: str) -> None:
        self._wrong.setText(wrong)
        self._results.hide()

    def _volumes(self) -> tuple[Decimal, Decimal] | None:
        suspension, sample = self.suspension.value, self.sample.value
        return None if suspension is None or sample is None else (suspension, sample)

    @Slot()
    def go(self) -> None:
        """Record the count, if nothing is missing."""
        if self.form.missing():
            return
        readings, volumes = self.form.readings(), self._volumes()
        if readings is None or volumes is None:
            self.sample.set_error(self.tr("missing"))
            self.sample.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        dose, reason = self.bench.at_hand, self.reason.text
        self.bench.act(
            lambda op: preparation.record_count(
                self.bench.pharmacy,
                dose.dose_id,
                readings,
                suspension_ml=volumes[0],
                sample_ml=volumes[1],
                reason=reason,
                op_id=op,
            )
        )


class CardFrame(Spoken, QFrame):
    """The readings to be entered where a count goes by a card; nothing where it does not."""

    def __init__(self, card: tuple[Reading, ...]) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._card = card
        self._head = words("", "strong")
        self._lines = words("")
        self._lines.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self._head)
        column.addWidget(self._lines)
        self.retranslate()
        if not card:  # shown before it is laid out, it would be a window that one arm alone opens
            self.hide()

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(self.tr("Card of this count: enter these readings"))
        lines = (self._line(n, reading) for n, reading in enumerate(self._card, start=1))
        self._lines.setText("\n".join(lines))

    def _line(self, number: int, reading: Reading) -> str:
        if isinstance(reading, HaemocytometerReading):
            said = self.tr(
                "#{n}   live {live}   dead {dead}   squares {squares}   dilution {factor}"
            )
            return said.format(
                n=number,
                live=reading.live,
                dead=reading.dead,
                squares=reading.squares,
                factor=f"{reading.dilution_factor:f}",
            )
        total = f"{(reading.total_per_ml / MILLION).normalize():f}"
        said = self.tr("#{n}   total {total} ×10⁶/mL   viability {viability} %")
        return said.format(n=number, total=total, viability=f"{reading.viability_pct:f}")
