"""Where a subject stands, and what may be recorded about them: consent, missed visit, end, code."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.people import Task, missing_right
from pharmacy_app.domain.subjects import Phase
from pharmacy_app.domain.unblinding import Blinding
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.records.queries.unblinded.subjects import Subject
from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.step import Facts
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.subjects.acts import ActDialog, ConsentDialog, EndDialog, MissedDialog
from pharmacy_app.ui.subjects.code_break import CodeBreakDialog, show_kept_letter, sign_code_break
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Badge, Card
from pharmacy_app.ui.workplace import Workplace, said
from pharmacy_app.workflows import subjects
from pharmacy_app.workflows.code_break import Request
from pharmacy_app.workflows.dosing import VisitPlan

STATES = {
    Phase.ENROLLED: State.INFO,
    Phase.TREATMENT: State.INFO,
    Phase.FOLLOW_UP: State.QUIET,
    Phase.COMPLETE: State.OK,
    Phase.ENDED: State.STOP,
}


class StandingCard(Spoken, Card):
    """``changed`` comes after an act, with the kinds of rows that changed."""

    changed = Signal(object)

    def __init__(self, workplace: Workplace, plan: Callable[[], VisitPlan | None]) -> None:
        super().__init__()
        self._workplace, self._plan = workplace, plan
        self._subject: Subject | None = None
        self._badge, self._facts = Badge(), Facts()
        self.consent, self.missed = ReasonedButton(), ReasonedButton()
        self.end, self.broken, self.letter = (ReasonedButton() for _ in range(3))
        self.letter.clicked.connect(self.show_letter)
        self.consent.clicked.connect(self.ask_consent)
        self.missed.clicked.connect(self.ask_missed)
        self.end.clicked.connect(self.ask_end)
        self.broken.clicked.connect(self.ask_code_break)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.consent, self.missed, self.end, self.broken, self.letter):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addWidget(self._badge)
        self.body.addWidget(self._facts)
        self.body.addLayout(row)

    def tell(self, subject: Subject) -> None:
        """Tell a subject."""
        self._subject = subject
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        self.consent.setText(self.tr("Consent…"))
        self.missed.setText(self.tr("Missed visit…"))
        self.broken.setText(self.tr("Break the code…"))
        self.letter.setText(self.tr("Its letter…"))
        subject = self._subject
        if subject is None:
            return
        self.set_title(subject.subject_id)
        ended = subject.ended
        self.end.setText(
            self.tr("End of participation…") if ended is None else self.tr("Take back the end…")
        )
        phase = subjects.phase(self._workplace.pharmacy, subject.subject_id)
        words = wording.term(f"phase.{phase}")
        if ended is not None:
            words = f"{words} · {wording.term(f'ending.{ended.because}')} · {ended.on.isoformat()}"
        self._badge.set_state(STATES[phase], words)
        self._facts.tell(self._told(subject))
        self.tell_acts()

    def _told(self, subject: Subject) -> list[tuple[str, str]]:
        reader = self._workplace.pharmacy.reader
        facts = [
            (self.tr("Enrolled"), wording.moment(subject.enrolled_at)),
            (self.tr("Requested by"), subject.requested_by),
            (self.tr("Reference"), subject.reference or "—"),
        ]
        for one in queries.consents(reader, subject.subject_id):
            stage = said(self._workplace.pharmacy.trial.stage(one.stage).name)
            state = self.tr("given") if one.given else self.tr("taken back")
            told = f"{state} · {one.dated.isoformat()} · {one.reference}"
            facts.append((self.tr("Consent, {stage}").format(stage=stage), told))
        return facts

    def tell_acts(self) -> None:
        """Bar what may not be recorded now, with the reason."""
        plan, ended = self._plan(), self._subject is not None and self._subject.ended is not None
        trial = self._workplace.pharmacy.trial
        self.consent.setVisible(any(stage.consent for stage in trial.stages))
        self.consent.bar(self._lacking(Task.ENROL))
        over = self.tr("The subject's part has ended.") if ended else ""
        there = plan is not None and not plan.waits
        settled = self.tr("This visit has its dose, or is missed already.") if there else ""
        self.missed.bar(self._lacking(Task.ENROL) or over or settled)
        self.end.bar(self._lacking(Task.END_SUBJECT))
        self.broken.bar(self._lacking(Task.BREAK_CODE))
        self.letter.setVisible(self._code_broken())
        self.letter.bar(self._lacking(Task.BREAK_CODE))

    def _code_broken(self) -> bool:
        if self._subject is None:
            return False
        reader = self._workplace.pharmacy.reader
        told = queries.unblindings(reader, self._subject.subject_id)
        return any(one.kind is Blinding.EMERGENCY for one in told)

    def _lacking(self, task: Task) -> str:
        missing = missing_right(self._workplace.pharmacy.person, task)
        return "" if missing is None else wording.violation_in_words(missing).expected

    @Slot()
    def ask_consent(self) -> None:
        """Open the form for a consent."""
        if self._subject is not None:
            self._open(
                ConsentDialog(self._workplace.pharmacy, self._subject.subject_id, self.window())
            )

    @Slot()
    def ask_missed(self) -> None:
        """Open the form for a missed visit: the one selected."""
        plan = self._plan()
        if self._subject is not None and plan is not None:
            number, visit = self._subject.subject_id, plan.visit.code
            self._open(MissedDialog(self._workplace.pharmacy, number, visit, self.window()))

    @Slot()
    def ask_end(self) -> None:
        """Open the form for the end, or take an end back."""
        if self._subject is None:
            return
        number = self._subject.subject_id
        if self._subject.ended is None:
            self._open(EndDialog(self._workplace.pharmacy, number, self.window()))
            return
        dialog = QuestionsDialog(
            self.tr("Take back the end of {subject}").format(subject=number),
            self.tr("Only if it was recorded in error. What it stopped stays stopped."),
            [self.tr("Reported by"), self.tr("How it is known")],
            self.tr("Go on to the signature"),
            self.window(),
        )
        dialog.answered.connect(lambda answers: self._reinstate(number, *answers))
        dialog.open()

    def _reinstate(self, number: SubjectId, reported_by: str, reason: str) -> None:
        pharmacy = self._workplace.pharmacy
        op_id = pharmacy.new_op()
        statement = self.tr("The end of {subject} was recorded in error: {reason}")
        me = pharmacy.person.person_id
        sign_and(
            self._workplace,
            statement.format(subject=number, reason=reason),
            [self._workplace.asked(Meaning.AUTHORISED, Task.REINSTATE_SUBJECT, chosen=me)],
            lambda signers: subjects.reinstate(
                pharmacy, number, reported_by, reason, signers[0], op_id=op_id
            ),
            self._on_reinstated,
            self.window(),
        )

    def _on_reinstated(self, appended: Appended) -> None:
        self.changed.emit(appended.changed)

    @Slot()
    def ask_code_break(self) -> None:
        """Open the request for a code break."""
        if self._subject is not None:
            dialog = CodeBreakDialog(self._workplace, self._subject.subject_id, self.window())
            dialog.asked.connect(partial(self._break_code, self._subject.subject_id))
            dialog.open()

    @Slot()
    def show_letter(self) -> None:
        """Open the letter of the last code break once more."""
        if self._subject is not None:
            show_kept_letter(self._workplace, self._subject.subject_id, self.window())

    def _break_code(self, number: SubjectId, request: Request, witness: str) -> None:
        sign_code_break(self._workplace, number, request, witness, self.changed.emit, self.window())

    def _open(self, dialog: ActDialog) -> None:
        dialog.recorded.connect(self.changed)
        dialog.open()
