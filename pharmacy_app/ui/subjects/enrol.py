"""The form that enrols a subject, as the investigator's blinded request names them."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import TextField
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.workflows import enrolment
from pharmacy_app.workflows.pharmacy import Pharmacy


class EnrolDialog(Dialog):
    """``enrolled`` comes with the subject's number and the kinds of rows that changed."""

    enrolled = Signal(str, object)

    def __init__(self, pharmacy: Pharmacy, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=520)
        self._pharmacy = pharmacy
        self._op_id = pharmacy.new_op()
        self._note = words("", "muted", wrap=True)
        self._refusals = RefusalsPanel()
        self.number = TextField(codes=True)
        self.requested_by, self.reference = TextField(), TextField()
        self._cancel, self._enrol = ReasonedButton(hint="Esc"), PrimaryButton()
        self._cancel.clicked.connect(self.reject)
        self.share_escape(self._refusals, self._cancel)
        self._enrol.clicked.connect(self.enrol)
        self._refusals.dismissed.connect(self._begin)
        fields = (self.number, self.requested_by, self.reference)
        for part in (self._note, self._refusals, *fields):
            self.body.addWidget(part)
        self.add_button(self._cancel)
        self.add_button(self._enrol)
        self.retranslate()
        self._begin()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Enrol a subject"))
        self._note.setText(self.tr("Copy it from the investigator's request, which names no arm."))
        self.number.set_label(self.tr("Subject number"))
        self.requested_by.set_label(self.tr("Requested by"))
        self.reference.set_label(self.tr("Reference of the request (if any)"))
        self._cancel.setText(self.tr("Cancel"))
        self._enrol.setText(self.tr("Enrol"))

    @Slot()
    def _begin(self) -> None:
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def enrol(self) -> None:
        """Enrol the subject; a refusal is shown here."""
        try:
            done = enrolment.enrol(
                self._pharmacy,
                self.number.text,
                self.requested_by.text,
                self.reference.text,
                op_id=self._op_id,
            )
        except (Refused, EnvironmentProblem) as problem:
            self._refusals.show_problem(problem)
            return
        self.accept()
        self.enrolled.emit(self.number.text, done.changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Enrol on Enter, cancel on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enrol()
            return
        super().keyPressEvent(event)
