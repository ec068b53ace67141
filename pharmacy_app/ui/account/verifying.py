"""The second person's reading of a dose that left without its check."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.doses import Dose
from pharmacy_app.domain.preparation import HAEMOCYTOMETER
from pharmacy_app.ui.bench.count import CardFrame
from pharmacy_app.ui.bench.readings import ReadingsForm, WeightAgain
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.surfaces import words


class VerifyDialog(Dialog):
    """Takes the raw counts without showing the first ones; ``read`` comes with readings and weight."""

    read = Signal(object, object)

    def __init__(self, dose: Dose, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=640)
        self._dose = dose
        counting, counted = dose.counting, dose.counted
        self._note = words("", "", wrap=True)
        self._card = CardFrame(counting.card if counting else ())
        method = counting.method if counting else HAEMOCYTOMETER
        self.form = ReadingsForm(method, len(counted.readings) if counted else 1)
        self._cancel, self._go = ReasonedButton(hint="Esc"), PrimaryButton()
        self._cancel.clicked.connect(self.reject)
        self._go.clicked.connect(self.give)
        self.weight = WeightAgain(dose)
        for part in (self._note, self._card, self.form):
            self.body.addWidget(part)
        if self.weight.asked:
            self.body.addWidget(self.weight)
        self.add_button(self._cancel)
        self.add_button(self._go)
        self.retranslate()
        self.form.begin()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Verify dose {dose}").format(dose=self._dose.dose_id))
        self._note.setText(
            self.tr(
                "Second person: type the raw counts as you read them in the records of the count."
                " Readings that differ are recorded as such, and the deviation stays open."
            )
        )
        self.weight.retranslate()
        self._cancel.setText(self.tr("Cancel"))
        self._go.setText(self.tr("Go on to the signature"))

    @Slot()
    def give(self) -> None:
        """Give the readings, if none is missing."""
        readings = None if self.form.missing() else self.form.readings()
        if readings is not None and not self.weight.missing():
            self.accept()
            self.read.emit(readings, self.weight.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Go on with Enter, cancel on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.give()
            return
        super().keyPressEvent(event)
