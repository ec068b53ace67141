"""What is asked about a lot: how a late test ended, a later expiry, the over-labels."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit, last_minute
from pharmacy_app.records.queries.unblinded.lots import Extension
from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.dates import DayField
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.storage.kits_said import place
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, NumberField, TextField, fields_in_row
from pharmacy_app.ui.widgets.surfaces import words

HIGH = 240


class _Asking(Dialog):
    """A dialog with a note, fields, and two buttons."""

    def __init__(self, width: int, parent: QWidget | None) -> None:
        super().__init__(parent, width=width)
        self.note = words("", "muted", wrap=True)
        self.cancel, self.go = ReasonedButton(hint="Esc"), PrimaryButton()
        self.body.addWidget(self.note)
        self.add_button(self.cancel)
        self.add_button(self.go)
        self.cancel.clicked.connect(self.reject)

    def _need(self, field: TextField | ChoiceField, *, missing: bool) -> bool:
        field.set_error(self.tr("This is recorded: fill it in.") if missing else "")
        return missing


class ResultDialog(_Asking):
    """Emits ``told`` with the test, the report's reference and whether it passed."""

    told = Signal(str, str, bool)

    def __init__(self, lot: str, parent: QWidget | None = None) -> None:
        super().__init__(520, parent)
        self._lot = lot
        self.test, self.reference, self.outcome = TextField(), TextField(), ChoiceField()
        for field in (self.test, self.outcome, self.reference):
            self.body.addWidget(field)
        self.go.clicked.connect(self.tell)
        self.retranslate()
        self.test.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Late result of lot {lot}").format(lot=self._lot))
        self.note.setText(self.tr("A failed result is a deviation, and leads to the look-back."))
        self.test.set_label(self.tr("Test, such as sterility at day 14"))
        self.outcome.set_label(self.tr("Result"))
        self.outcome.set_choices(
            [(True, self.tr("passed")), (False, self.tr("failed"))], ask=self.tr("Choose")
        )
        self.reference.set_label(self.tr("Laboratory's report"))
        self.cancel.setText(self.tr("Cancel"))
        self.go.setText(self.tr("Record it"))

    @Slot()
    def tell(self) -> None:
        """Give the result, if nothing is missing."""
        missing = [
            self._need(self.test, missing=not self.test.text),
            self._need(self.outcome, missing=self.outcome.value is None),
            self._need(self.reference, missing=not self.reference.text),
        ]
        if not any(missing):
            self.accept()
            self.told.emit(self.test.text, self.reference.text, bool(self.outcome.value))


class ExpiryDialog(_Asking):
    """Emits ``told`` with the last day of use and the letter's reference."""

    told = Signal(object, str)

    def __init__(self, blinded_lot: str, parent: QWidget | None = None) -> None:
        super().__init__(520, parent)
        self._lot = blinded_lot
        self.day, self.reference = DayField(), TextField()
        for field in (self.day, self.reference):
            self.body.addWidget(field)
        self.go.clicked.connect(self.tell)
        self.retranslate()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Extend the expiry of blinded lot {lot}").format(lot=self._lot))
        self.note.setText(
            self.tr("The whole blinded lot gets it at once; it holds when every label is on.")
        )
        self.day.set_label(self.tr("Last day of use"))
        self.reference.set_label(self.tr("Reference of the sponsor's letter"))
        self.cancel.setText(self.tr("Cancel"))
        self.go.setText(self.tr("Go on to the signature"))

    @Slot()
    def tell(self) -> None:
        """Give the day, if nothing is missing."""
        day = self.day.value
        missing = [
            self._need(self.day, missing=day is None),
            self._need(self.reference, missing=not self.reference.text),
        ]
        if not any(missing):
            self.accept()
            self.told.emit(day, self.reference.text)


class OverlabelDialog(_Asking):
    """Emits ``told`` with the kits ticked and the labels printed, spoiled and remaining."""

    told = Signal(object, int, int, int)

    def __init__(
        self, extension: Extension, kits: Sequence[Kit], parent: QWidget | None = None
    ) -> None:
        super().__init__(620, parent)
        self._extension, self._listed = extension, kits
        self.kits = QListWidget()
        self.kits.setMinimumHeight(HIGH)
        self.printed, self.spoiled, self.remaining = (NumberField() for _ in range(3))
        self.body.addWidget(self.kits)
        self.body.addLayout(fields_in_row(self.printed, self.spoiled, self.remaining))
        for kit in kits:
            item = QListWidgetItem(f"{kit.kit_number} · {place(kit.position)}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.kits.addItem(item)
        self.kits.itemChanged.connect(lambda _: self._say())
        self.go.clicked.connect(self.tell)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        day = wording.day(last_minute(self._extension.expiry))
        self.set_head(
            self.tr("Over-labels of {lot}: use to {day}").format(
                lot=self._extension.blinded_lot, day=day
            )
        )
        self.kits.setAccessibleName(self.tr("Kits that need the label"))
        self.printed.set_label(self.tr("Labels printed"))
        self.spoiled.set_label(self.tr("Spoiled"))
        self.remaining.set_label(self.tr("Left over, destroyed"))
        self.cancel.setText(self.tr("Later"))
        self.go.setText(self.tr("Go on to the signatures"))
        self._say()

    def _say(self) -> None:
        told = self.tr("{done} of {all} kits bear their label. Space ticks a kit.")
        self.note.setText(told.format(done=len(self.ticked()), all=len(self._listed)))

    def tick(self, number: str) -> bool:
        """Tick a scanned kit; False if it is none of the lot's."""
        for at, kit in enumerate(self._listed):
            if kit.kit_number == number:
                self.kits.item(at).setCheckState(Qt.CheckState.Checked)
                self.kits.setCurrentRow(at)
                return True
        return False

    def ticked(self) -> list[KitNumber]:
        """Return the kits that bear their label."""
        return [
            kit.kit_number
            for at, kit in enumerate(self._listed)
            if self.kits.item(at).checkState() is Qt.CheckState.Checked
        ]

    @Slot()
    def tell(self) -> None:
        """Give the count; what does not add up is refused at the signature."""
        counted = [
            0 if field.value is None else int(field.value)
            for field in (self.printed, self.spoiled, self.remaining)
        ]
        if self.printed.value is None:
            self.printed.set_error(self.tr("This is recorded: fill it in."))
            return
        self.accept()
        self.told.emit(self.ticked(), *counted)
