"""Blocking a place of storage, or a box: which, why, and in words."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.events.storage import BlockReason
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, TextField
from pharmacy_app.ui.widgets.surfaces import words


class BlockDialog(Dialog):
    """Emits ``asked`` with the reason and the remarks."""

    asked = Signal(object, str)

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=520)
        self._place = place
        self._note = words("", "muted", wrap=True)
        self.why = ChoiceField()
        self.remarks = TextField()
        self._cancel = ReasonedButton(hint="Esc")
        self._go = PrimaryButton()
        for part in (self._note, self.why, self.remarks):
            self.body.addWidget(part)
        self.add_button(self._cancel)
        self.add_button(self._go)
        self._cancel.clicked.connect(self.reject)
        self._go.clicked.connect(self.ask)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Block {place}").format(place=self._place))
        self._note.setText(self.tr("No kit is put there until it is free again."))
        self.why.set_label(self.tr("Why"))
        self.why.set_choices(
            [(reason, wording.term(f"block_reason.{reason}")) for reason in BlockReason]
        )
        self.remarks.set_label(self.tr("In words"))
        self._cancel.setText(self.tr("Cancel"))
        self._go.setText(self.tr("Block it"))

    @Slot()
    def ask(self) -> None:
        """Give the answer, if nothing is missing."""
        missing = not self.remarks.text
        self.remarks.set_error(self.tr("This is recorded: fill it in.") if missing else "")
        if not missing:
            self.accept()
            self.asked.emit(self.why.value, self.remarks.text)
