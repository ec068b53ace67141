"""A stage's allocation: sealed, or opened and then told inside the frame for unblinded content."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain import allocation as rules
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.people import Task, missing_right
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.domain.trial import Stage
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import TextField
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.ui.workplace import Workplace, said
from pharmacy_app.vault import release_codes
from pharmacy_app.workflows import enrolment

KEY = "Ctrl+O"


class AllocationPanel(Spoken, QFrame):
    """One stage of one subject; ``opened`` comes with the kinds of rows that changed."""

    opened = Signal(object)

    def __init__(self, workplace: Workplace, subject: SubjectId, stage: Stage) -> None:
        super().__init__()
        self.setObjectName("allocation")
        self._workplace, self._subject, self._stage = workplace, subject, stage
        self._head, self._arm = words("", "strong"), words("", "title")
        self._note = words("", "muted", wrap=True)
        self._class = words()
        self._class.setObjectName("mode")
        self.open = ReasonedButton()
        self.open.clicked.connect(self.ask_code)
        told = QVBoxLayout()
        told.setSpacing(4)
        for part in (self._head, self._arm, self._note):
            told.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.addLayout(told, 1)
        row.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._class, 0, Qt.AlignmentFlag.AlignTop)
        self.retranslate()

    def retranslate(self) -> None:
        """Say again where the allocation stands."""
        found = queries.allocation(self._workplace.pharmacy.reader, self._subject, self._stage.code)
        self._head.setText(said(self._stage.name))
        self._class.setText(self.tr("UNBLINDED"))
        self.open.setText(self.tr("Open allocation…"))
        for part in (self._arm, self._class):
            part.setVisible(found is not None)
        self.open.setVisible(found is None)
        self.setProperty("revealed", found is not None)
        self.style().unpolish(self)
        self.style().polish(self)
        if found is None:
            self._note.setText(self.tr("Sealed. The randomisation desk reads out the code."))
            self._offer(self._why_not())
            return
        self._offer("")
        arm = self._workplace.pharmacy.trial.arm(self._stage.code, found.arm)
        self._arm.setText(said(arm.name))
        note = self.tr("Opened {when}, entry {entry}")
        self._note.setText(note.format(when=wording.moment(found.opened_at), entry=found.entry_id))

    def _offer(self, why_not: str) -> None:
        """Bar the button, or let its key press it: only one stage at a time can be opened."""
        self.open.bar(why_not)
        waits = not (why_not or self.open.isHidden())
        self.open.setShortcut(KEY if waits else "")
        self.open.set_hint("Ctrl O" if waits else "")

    def _why_not(self) -> str:
        pharmacy = self._workplace.pharmacy
        subject = enrolment.enrolled(pharmacy, self._subject)
        missing = missing_right(pharmacy.person, Task.OPEN_ALLOCATION)
        closed = rules.closed_stage(self._stage, enrolment.standing(pharmacy, subject))
        reasons = closed if missing is None else (missing, *closed)
        return " ".join(wording.violation_in_words(reason).rule for reason in reasons)

    @Slot()
    def ask_code(self) -> None:
        """Ask for the release code, then for the signature."""
        dialog = ReleaseCodeDialog(self._subject, self)
        dialog.code_given.connect(self.sign_for)
        dialog.open()

    def sign_for(self, code: str) -> None:
        """Open the allocation with a code, signed."""
        pharmacy, subject, stage = self._workplace.pharmacy, self._subject, self._stage
        op_id = pharmacy.new_op()
        me = pharmacy.person.person_id
        statement = self.tr(
            "I open the allocation of {subject} for {stage}. The entry is bound to this subject for"
            " ever."
        )
        sign_and(
            self._workplace,
            statement.format(subject=subject, stage=said(stage.name)),
            [self._workplace.asked(Meaning.AUTHORISED, Task.OPEN_ALLOCATION, chosen=me)],
            lambda signers: enrolment.open_allocation(
                pharmacy, subject, stage.code, code, signers[0], op_id=op_id
            ),
            self._on_opened,
            self,
        )

    def _on_opened(self, appended: Appended) -> None:
        self.opened.emit(appended.changed)


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
