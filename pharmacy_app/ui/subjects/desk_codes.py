"""The dialogs that take what the randomisation desk reads out: release codes, unblinding codes."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.refusal import Refused, Violation
from pharmacy_app.exchange.notices import SUFFIX
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import TextField
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.vault import release_codes

LARGEST_NOTICE = 100_000


class ReleaseCodeDialog(Dialog):
    """Takes the code as one string, typed or pasted; a mistyped one is told at once."""

    code_given = Signal(str)

    def __init__(self, subject: SubjectId, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=520)
        self._subject = subject
        self._note = words("", "muted", wrap=True)
        self.code = TextField(codes=True)
        self.code.editor.setPlaceholderText("EEEE-XXXX-XXXX-XXXX")
        self.code.editor.setProperty("large", True)
        self._cancel, self._go = ReasonedButton(hint="Esc"), PrimaryButton()
        self._cancel.clicked.connect(self.reject)
        self._go.clicked.connect(self.give)
        self.body.addWidget(self._note)
        self.body.addWidget(self.code)
        self.add_button(self._cancel)
        self.add_button(self._go)
        self.retranslate()
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Open the allocation of {subject}").format(subject=self._subject))
        self._note.setText(
            self.tr(
                "Ring the randomisation desk, let them confirm the subject, and type what they"
                " read out, letter by letter. A wrong code costs nothing, but is recorded."
            )
        )
        self.code.set_label(self.tr("Release code"))
        self._cancel.setText(self.tr("Cancel"))
        self._go.setText(self.tr("Go on to the signature"))

    @Slot()
    def give(self) -> None:
        """Give the code, if its check character fits."""
        try:
            release_codes.entry_of(self.code.text)
        except Refused as refused:
            reason = wording.in_words(refused)[0]
            self.code.set_error(f"{reason.rule} {reason.remedy}")
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.accept()
        self.code_given.emit(self.code.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Go on with Enter, cancel on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.give()
            return
        super().keyPressEvent(event)


class UnblindingDialog(ReleaseCodeDialog):
    """Takes the code for a planned unblinding, or the sponsor's signed notice in its place.

    ``not_yet`` says why it is too early: then it also asks for the reason, ``early``.
    """

    notice_given = Signal(bytes)

    def __init__(
        self, subject: SubjectId, not_yet: Violation | None, parent: QWidget | None = None
    ) -> None:
        self.notice, self.early, self._not_yet = ReasonedButton(), TextField(), not_yet
        super().__init__(subject, parent)
        self.notice.clicked.connect(self.choose_notice)
        self.body.addWidget(self.notice, 0, Qt.AlignmentFlag.AlignLeft)
        if not_yet is not None:
            self.body.addWidget(self.early)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.set_head(self.tr("Planned unblinding of {subject}").format(subject=self._subject))
        self._note.setText(
            self.tr(
                "When the sponsor has authorised it: type the unblinding code that the"
                " randomisation desk reads out, or open the sponsor's signed notice."
            )
        )
        self.code.set_label(self.tr("Unblinding code"))
        self.notice.setText(self.tr("Open the sponsor's notice…"))
        if self._not_yet is not None:
            early = self.tr("Planned from {day} on. Why earlier? (a deviation)")
            self.early.set_label(early.format(day=self._not_yet.fact("first")))

    @Slot()
    def choose_notice(self) -> None:
        """Ask for the notice's file."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - seldom needed

        kinds = self.tr("Notices (*{suffix})").format(suffix=SUFFIX)
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("The sponsor's notice"), "", kinds)
        if chosen:
            self.give_notice(Path(chosen))

    def give_notice(self, path: Path) -> None:
        """Give a notice's bytes; what it says is checked when it is signed for."""
        try:
            with path.open("rb") as file:
                raw = file.read(LARGEST_NOTICE)
        except OSError as error:
            self.code.set_error(error.strerror or path.name)
            return
        self.accept()
        self.notice_given.emit(raw)
