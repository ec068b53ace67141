"""From the syringe into the covered bag: volumes, materials, seal."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout

from pharmacy_app.domain.events.dose import Material
from pharmacy_app.ui.bench.dates import DayField
from pharmacy_app.ui.bench.step import Facts, StepPanel
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.fields import NumberField, TextField, fields_in_row
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.workflows import preparation


class DrawPanel(StepPanel):
    """Takes the volumes drawn, typed from the syringe, against those calculated."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._wanted = words("", "clock")
        self._facts = Facts("strong")
        self.drawn, self.diluent = NumberField(decimals=3), NumberField(decimals=3)
        self._correct = CorrectButton(bench)
        self.add_other(self._correct)
        self.body.addWidget(self._wanted)
        self.body.addWidget(self._facts)
        self.body.addSpacing(8)
        self.body.addLayout(fields_in_row(self.drawn, self.diluent))

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Draw up the dose"))
        self.text.setText(
            self.tr("Draw up, read the syringe again, and type both volumes as you read them.")
        )
        self.drawn.set_label(self.tr("Drawn up, as read"), "mL")
        self.diluent.set_label(self.tr("Diluent, as read"), "mL")
        self.primary.setText(self.tr("Confirm the volumes"))
        self.show_dose()

    def show_dose(self) -> None:
        """Show the volumes calculated."""
        counted = self.bench.at_hand.counted
        if counted is None:
            return
        result = counted.result
        self._wanted.setText(f"{result.drawn_ml:f} mL")
        final = self.bench.trial.dose.final_volume_ml
        self._facts.tell(
            [
                (self.tr("Diluent"), f"{result.diluent_drawn_ml:f} mL"),
                (self.tr("Final volume"), f"{final:f} mL"),
            ]
        )

    @Slot()
    def begin(self) -> None:
        """Put the focus where the work begins."""
        self.drawn.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Record the volumes, if both were typed."""
        drawn, diluent = self.drawn.value, self.diluent.value
        for field in (self.diluent, self.drawn):
            if field.value is None:
                field.set_error(self.tr("Type what the syringe shows."))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
        if drawn is None or diluent is None:
            return
        dose = self.bench.at_hand
        self.bench.act(
            lambda op: preparation.draw(self.bench.pharmacy, dose.dose_id, drawn, diluent, op_id=op)
        )


class CorrectButton(Spoken, ReasonedButton):
    """Goes back to the count, with a reason, while that is allowed."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.clicked.connect(lambda: bench.correct(on=True))
        self.retranslate()

    def retranslate(self) -> None:
        """Set its text again."""
        self.setText(self.tr("Correct the count…"))


class DilutePanel(StepPanel):
    """Takes every material that goes into the bag, with lot and expiry."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.rows: list[tuple[TextField, TextField, DayField]] = []
        self._another = ReasonedButton()
        self._another.clicked.connect(self.add_row)
        self.add_other(self._another)
        self.add_row()

    @Slot()
    def add_row(self) -> None:
        """Ask for one material more."""
        row = TextField(), TextField(), DayField()
        self.rows.append(row)
        line: QHBoxLayout = fields_in_row(*row)
        self.body.addLayout(line)
        self.retranslate()
        self.tab_in_order()
        row[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Dilute into the bag"))
        self.text.setText(
            self.tr("Diluent, albumin, bag: everything the dose touches, with lot and expiry.")
        )
        for name, lot, expiry in self.rows:
            name.set_label(self.tr("Material"))
            lot.set_label(self.tr("Lot"))
            expiry.set_label(self.tr("Expiry"))
        self.primary.setText(self.tr("The dose is in its bag"))
        self._another.setText(self.tr("Add a material"))

    @Slot()
    def begin(self) -> None:
        """Put the focus where the work begins."""
        self.rows[0][0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Record the dilution, if every row that was begun is whole."""
        materials = []
        for name, lot, expiry in self.rows:
            if not (name.text or lot.text or expiry.text):
                continue
            if not name.text:
                name.set_error(self.tr("Name it."))
                name.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            if expiry.value is None:
                expiry.set_error(self.tr("Type the day, year first."))
                expiry.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            materials.append(Material(name=name.text, lot=lot.text, expiry=expiry.value))
        dose = self.bench.at_hand
        self.bench.act(
            lambda op: preparation.dilute(self.bench.pharmacy, dose.dose_id, materials, op_id=op)
        )


class CoverPanel(StepPanel):
    """Takes the opaque cover's seal number."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.seal, self.sample = TextField(codes=True), TextField(codes=True)
        for field in (self.seal, self.sample):
            field.setMaximumWidth(360)
            self.body.addWidget(field)

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Cover and seal"))
        self.text.setText(
            self.tr("Put the opaque cover over bag and line and close it with a numbered seal.")
        )
        self.seal.set_label(self.tr("Seal number"))
        self.sample.set_label(self.tr("Retained sample (if kept)"))
        self.primary.setText(self.tr("Covered and sealed"))

    def scan(self, scan: RawScan) -> bool:
        """Take the seal's number, or the sample's once there is a seal, from its barcode."""
        field = self.sample if self.seal.text else self.seal
        field.set_text(scan.raw)
        return True

    @Slot()
    def begin(self) -> None:
        """Put the focus where the work begins."""
        self.seal.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Record cover and seal."""
        dose, seal, sample = self.bench.at_hand, self.seal.text, self.sample.text
        self.bench.act(
            lambda op: preparation.cover(self.bench.pharmacy, dose.dose_id, seal, sample, op_id=op)
        )
