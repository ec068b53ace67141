"""Short answers asked for before an act: a reason, a name; none may stay empty."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import TextField
from pharmacy_app.ui.widgets.surfaces import words


class QuestionsDialog(Dialog):
    """Asks for one answer a label and gives them with ``answered``, as a tuple of texts."""

    answered = Signal(object)

    def __init__(
        self,
        head: str,
        text: str,
        labels: Sequence[str],
        button: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=520)
        self._note = words(text, "", wrap=True)
        self.fields = [TextField(label) for label in labels]
        self._cancel = ReasonedButton(hint="Esc")
        self._use = PrimaryButton(button)
        self._cancel.clicked.connect(self.reject)
        self._use.clicked.connect(self.answer)
        self.body.addWidget(self._note)
        for field in self.fields:
            self.body.addWidget(field)
        self.add_button(self._cancel)
        self.add_button(self._use)
        self.set_head(head)
        self.retranslate()
        self.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set the texts that are its own."""
        self._cancel.setText(self.tr("Cancel"))

    @Slot()
    def answer(self) -> None:
        """Give the answers, if none is missing."""
        missing = [field for field in self.fields if not field.text]
        for field in missing:
            field.set_error(self.tr("This is recorded: fill it in."))
        if missing:
            missing[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.accept()
        self.answered.emit(tuple(field.text for field in self.fields))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Answer on Enter, cancel on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.answer()
            return
        super().keyPressEvent(event)
