"""A stage's allocation: sealed, or opened and then told inside the frame for unblinded content."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pharmacy_app.domain import allocation as rules
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.people import Task, missing_right
from pharmacy_app.domain.trial import Stage
from pharmacy_app.domain.unblinding import Blinding
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.ui import wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.signing import Act, sign_and
from pharmacy_app.ui.subjects.desk_codes import ReleaseCodeDialog, UnblindingDialog
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Badge, words
from pharmacy_app.ui.workplace import Workplace, said
from pharmacy_app.workflows import enrolment, unblinding

KEY = "Ctrl+O"
BLINDING = {
    Blinding.BLIND: State.OK,
    Blinding.PLANNED: State.INFO,
    Blinding.ACCIDENTAL: State.WARN,
    Blinding.EMERGENCY: State.STOP,
}


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
        self._blinding = Badge()
        self.open, self.unblind = ReasonedButton(), ReasonedButton()
        self.open.clicked.connect(self.ask_code)
        self.unblind.clicked.connect(self.ask_unblinding)
        told = QVBoxLayout()
        told.setSpacing(4)
        for part in (self._head, self._arm, self._note, self._blinding):
            told.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.addLayout(told, 1)
        row.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.unblind, 0, Qt.AlignmentFlag.AlignTop)
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
        self.unblind.setText(self.tr("Unblind as planned…"))
        self._tell_blinding(opened=found is not None)
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

    def _tell_blinding(self, *, opened: bool) -> None:
        """Say whether the ward is blind, and offer the planned unblinding a later stage waits for."""
        pharmacy = self._workplace.pharmacy
        state = unblinding.state(pharmacy, self._subject, self._stage.code)
        told = queries.unblindings(pharmacy.reader, self._subject)
        planned = any(
            one.kind is Blinding.PLANNED and one.stage == self._stage.code for one in told
        )
        waited_for = {stage.after_unblinding_of for stage in pharmacy.trial.stages}
        self._blinding.set_state(BLINDING[state], wording.term(f"blinding.{state}"))
        self._blinding.setVisible(opened)
        self.unblind.setVisible(opened and not planned and self._stage.code in waited_for)
        self.unblind.bar(self._why_blind() if opened else "")

    def _why_blind(self) -> str:
        """Return why the stage may not be unblinded as planned here and now; a reason may mend it."""
        missing = missing_right(self._workplace.pharmacy.person, Task.UNBLIND)
        early = unblinding.not_yet(self._workplace.pharmacy, self._subject, self._stage.code)
        if missing is None and early is not None and early.rule == "unblinding.too_early":
            said = wording.violation_in_words(early)
            return f"{said.rule} {said.expected}"
        return "" if missing is None else wording.violation_in_words(missing).expected

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

    @Slot()
    def ask_unblinding(self) -> None:
        """Ask for the unblinding code or the sponsor's notice, then for the signature."""
        early = unblinding.not_yet(self._workplace.pharmacy, self._subject, self._stage.code)
        dialog = UnblindingDialog(self._subject, early, self)
        dialog.code_given.connect(lambda code: self.sign_unblinding(code, dialog.early.text))
        dialog.notice_given.connect(lambda raw: self.sign_notice(raw, dialog.early.text))
        dialog.open()

    def sign_unblinding(self, code: str, early: str = "") -> None:
        """Unblind the stage with a code, signed; ``early`` says why before its day."""
        pharmacy, op_id = self._workplace.pharmacy, self._workplace.pharmacy.new_op()
        self._sign_unblinding(
            lambda signers: unblinding.unblind_by_code(
                *(pharmacy, self._subject, self._stage.code, code, signers[0]),
                early=early,
                op_id=op_id,
            )
        )

    def sign_notice(self, notice: bytes, early: str = "") -> None:
        """Unblind the stage on a notice, signed; ``early`` as in `sign_unblinding`."""
        pharmacy, op_id = self._workplace.pharmacy, self._workplace.pharmacy.new_op()
        self._sign_unblinding(
            lambda signers: unblinding.unblind_by_notice(
                *(pharmacy, self._subject, self._stage.code, notice, signers[0]),
                early=early,
                op_id=op_id,
            )
        )

    def _sign_unblinding(self, act: Act[Appended]) -> None:
        statement = self.tr("I record the planned unblinding of {subject} for {stage}.")
        me = self._workplace.pharmacy.person.person_id
        sign_and(
            self._workplace,
            statement.format(subject=self._subject, stage=said(self._stage.name)),
            [self._workplace.asked(Meaning.AUTHORISED, Task.UNBLIND, chosen=me)],
            act,
            self._on_opened,
            self,
        )

    def _on_opened(self, appended: Appended) -> None:
        self.opened.emit(appended.changed)
