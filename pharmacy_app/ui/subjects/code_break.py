"""The emergency code break at the window: asked, signed, and told in a letter that is not shown."""

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers.port import Printer, PrintOutcome
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.ids import PersonId, SubjectId
from pharmacy_app.domain.people import Task, may
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.domain.unblinding import Category
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.papers import show_paper
from pharmacy_app.ui.printers import PrintedAlready, WindowPrinter, label_printers
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.subjects.acts import ActDialog
from pharmacy_app.ui.tasks import Problem
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, TextField, side_by_side
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import code_break, papers
from pharmacy_app.workflows.code_break import BrokenCode, Request

CHANGED = frozenset({"subject", "unblinding", "dose", "kit"})


class CodeBreakDialog(ActDialog):
    """Takes the request and gives it with ``asked``; a rehearsal ends here, with its empty letter.

    ``asked`` comes with the `Request` and the id of the witness, empty where nobody is.
    """

    asked = Signal(object, str)

    def __init__(self, workplace: Workplace, subject: SubjectId, parent: QWidget) -> None:
        self._workplace, self._window = workplace, parent
        self.category, self.because = ChoiceField(), TextField()
        self.requester, self.role = TextField(), TextField()
        self.witness, self.real, self.again = ChoiceField(), ChoiceField(), ChoiceField()
        asked = (
            side_by_side(self.requester, self.role),
            self.category,
            self.because,
            side_by_side(self.witness, self.real),
        )
        self._known = code_break.ever(workplace.pharmacy, subject)
        fields = (self.again, *asked) if self._known else asked
        super().__init__(workplace.pharmacy, subject, fields, parent)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.set_head(self.tr("Break the code of {subject}").format(subject=self.subject))
        self.note.setText(
            self.tr(
                "For an emergency in which the treatment must be known. The group is told to the"
                " requester alone, in a sealed letter; it is not shown here."
            )
        )
        self.requester.set_label(self.tr("Requested by"))
        self.role.set_label(self.tr("Role of the requester"))
        self.category.set_label(self.tr("Kind of reason"))
        self.category.set_choices(
            [(c, wording.term(f"category.{c}")) for c in Category], ask=self.tr("choose")
        )
        self.because.set_label(self.tr("Reason in words"))
        self.witness.set_label(self.tr("Witness"))
        self.witness.set_choices([("", self.tr("nobody else is here")), *self._others()])
        self.real.set_label(self.tr("Emergency or rehearsal"))
        rehearsal = self.tr("rehearsal: nothing is told or changed")
        self.real.set_choices([(True, self.tr("emergency")), (False, rehearsal)])
        self.again.set_label(self.tr("The code was broken before"))
        new = self.tr("somebody else asks: a new request")
        self.again.set_choices(
            [(True, new)], ask=self.tr("a letter is kept: it can be opened again")
        )
        self.use.setText(self.tr("Go on"))

    def _others(self) -> list[tuple[object, str]]:
        me = self.pharmacy.person.person_id
        return [
            (person.person_id, person.printed_name)
            for person in site_queries.people(self.pharmacy.reader)
            if person.person_id != me and may(person, Task.BREAK_CODE_WITNESSED)
        ]

    def request(self) -> Request:
        """Return what was asked, as typed; a rehearsal tells nothing, so it needs no new request."""
        return Request(
            self.requester.text,
            self.role.text,
            Category(str(self.category.value)),
            self.because.text,
            again=bool(self.again.value) or not self.real.value,
        )

    def act(self) -> Appended | None:
        """Check the request and give it, or rehearse."""
        if self.category.value is None:
            self.category.set_error(self.tr("Choose the kind of reason."))
            self.category.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        request = self.request()
        code_break.check_request(self.pharmacy, self.subject, request)
        if not self.real.value:
            letter = code_break.rehearse(self.pharmacy, self.subject, request, op_id=self.op_id)
            self.accept()
            record = f"subject/{self.subject}"
            title = self.tr("Rehearsal")
            show_paper(
                self.pharmacy,
                lambda: letter,
                title,
                record,
                self.refusals.show_problem,
                self._window,
            )
            return None
        self.accept()
        self.asked.emit(request, str(self.witness.value or ""))
        return None


def sign_code_break(
    workplace: Workplace,
    subject: SubjectId,
    request: Request,
    witness: str,
    changed: Callable[[frozenset[str]], None],
    parent: QWidget,
) -> None:
    """Ask for the signatures, break the code, and offer its letter; ``witness`` may be empty."""
    pharmacy, op_id = workplace.pharmacy, workplace.pharmacy.new_op()
    me = pharmacy.person.person_id
    asked = [workplace.asked(Meaning.AUTHORISED, Task.BREAK_CODE, chosen=me)]
    if witness:
        other, task = PersonId(witness), Task.BREAK_CODE_WITNESSED
        asked.append(workplace.asked(Meaning.WITNESSED, task, chosen=other, but=[me]))
    statement = QCoreApplication.translate(
        "CodeBreakDialog", "I break the code of {subject} in an emergency, for {requester}."
    )

    def told(broken: BrokenCode) -> None:
        LetterDialog(workplace, subject, [broken], parent).open()
        changed(CHANGED)

    sign_and(
        workplace,
        statement.format(subject=subject, requester=request.requester),
        asked,
        lambda signers: code_break.break_code(pharmacy, subject, request, signers, op_id=op_id),
        told,
        parent,
    )


def show_kept_letter(workplace: Workplace, subject: SubjectId, parent: QWidget) -> None:
    """Open the letters of a subject's code breaks once more. Raises Refused if there is none."""
    kept = code_break.kept_papers(workplace.pharmacy, subject)
    LetterDialog(workplace, subject, kept, parent).open()


class LetterDialog(Dialog):
    """What is done with the letter: printed unseen; shown here only if asked for twice.

    It goes to a real printer, never into a folder: no file shall name an arm.
    """

    printed = Signal()

    def __init__(
        self,
        workplace: Workplace,
        subject: SubjectId,
        kept: Sequence[BrokenCode],
        parent: QWidget,
        printers: Sequence[tuple[Printer, str]] | None = None,
    ) -> None:
        super().__init__(parent, width=780)
        self._pharmacy, self._subject = workplace.pharmacy, subject
        self._kept, self._sure = kept, False
        self._tasks, self._window, self._sending = workplace.tasks, parent, False
        self.which = ChoiceField()
        self.which.chosen.connect(self._another)
        self._note, self._said = words("", wrap=True), words("", "strong", wrap=True)
        self.refusals = RefusalsPanel()
        self.printer = ChoiceField()
        self._printers = _real_printers() if printers is None else printers
        self.show_it, self.notice = ReasonedButton(), ReasonedButton()
        self.close_it, self.print_it = ReasonedButton(hint="Esc"), PrimaryButton()
        self.show_it.clicked.connect(self.show_letter)
        self.notice.clicked.connect(self.show_notice)
        self.close_it.clicked.connect(self.accept)
        self.print_it.clicked.connect(self.print_letter)
        for part in (self.which, self._note, self.refusals, self.printer, self._said):
            self.body.addWidget(part)
        self.which.setVisible(len(kept) > 1)
        for button in (self.show_it, self.notice, self.close_it, self.print_it):
            self.add_button(button)
        self.share_escape(self.refusals, self.close_it)
        self.refusals.dismissed.connect(self._begin)
        self.retranslate()
        self._begin()

    @Slot()
    def _begin(self) -> None:
        """Put the focus where Enter prints, or says why not: never where a second one shows the group."""
        self.print_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("The code of {subject} is broken").format(subject=self._subject))
        self.which.set_label(self.tr("Letter"))
        newest_first = sorted(enumerate(self._kept), reverse=True)
        self.which.set_choices(
            [(n, f"{wording.moment(one.at)} · {one.requester}") for n, one in newest_first]
        )
        self._note.setText(
            self.tr(
                "The letter is for {who} alone. Print it where nobody else reads it, fold it and"
                " seal it. It is kept in the records and can be printed again."
            ).format(who=self._broken.requester)
        )
        self.printer.set_label(self.tr("Print the letter on"))
        self.printer.set_choices([(n, said) for n, (_, said) in enumerate(self._printers)])
        sure = self.tr("Show the group now: I am sure")
        self.show_it.setText(sure if self._sure else self.tr("Show it on this screen…"))
        self.notice.setText(self.tr("Notice for the sponsor…"))
        self.close_it.setText(self.tr("Close"))
        self.print_it.setText(self.tr("Print the letter"))
        none = self.tr("This machine has no printer. Show the letter and copy it by hand.")
        on_its_way = self.tr("The letter is on its way to the printer.")
        self.print_it.bar(none if not self._printers else on_its_way if self._sending else "")
        self.printer.setVisible(bool(self._printers))
        if not self._printers:
            self._said.setText(none)

    @property
    def _broken(self) -> BrokenCode:
        return self._kept[int(str(self.which.value))]

    @Slot()
    def _another(self) -> None:
        """Begin again with another letter: what was agreed to for one is not for the next."""
        self._sure = False
        self._said.setText("")
        self.retranslate()

    @Slot()
    def print_letter(self) -> None:
        """Send the letter to the printer chosen, without showing it and without waiting for it."""
        printer: Printer = self._printers[int(str(self.printer.value or 0))][0]
        letter = self._broken.letter
        self._send(sending=True)
        self._tasks.run(
            lambda _: printer.submit(letter, letter.job_title),
            owner=self._window,  # a letter that came out is recorded though this was closed
            done=lambda outcome: self._record(letter, outcome),
            failed=self._tell_problem,
        )

    def _send(self, *, sending: bool) -> None:
        self._sending = sending
        self.retranslate()

    def _record(self, letter: Paper, outcome: PrintOutcome) -> None:
        printed = PrintedAlready(outcome.printer)
        try:
            papers.print_paper(self._pharmacy, letter, f"subject/{self._subject}", printed)
        except (Refused, EnvironmentProblem) as problem:
            self._tell_problem(problem)
            return
        if shiboken6.isValid(self):
            self._send(sending=False)
            self._said.setText(self.tr("Sent to {printer}.").format(printer=outcome.printer))
            self.printed.emit()

    def _tell_problem(self, problem: Problem) -> None:
        if shiboken6.isValid(self):
            self._send(sending=False)
            self.refusals.show_problem(problem)

    @Slot()
    def show_letter(self) -> None:
        """Show the letter at the second press only."""
        if not self._sure:
            self._sure = True
            self.retranslate()
            return
        self._preview(self._broken.letter, self.tr("Unblinding letter"))

    @Slot()
    def show_notice(self) -> None:
        """Show the notice that tells the sponsor, without the arm."""
        self._preview(self._broken.notice, self.tr("Notice for the sponsor"))

    def _preview(self, paper: Paper, title: str) -> None:
        record = f"subject/{self._subject}"
        show_paper(self._pharmacy, lambda: paper, title, record, self.refusals.show_problem, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Print on Enter, close on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.print_it.click()
            return
        super().keyPressEvent(event)


def _real_printers() -> list[tuple[Printer, str]]:
    return [(one, said) for one, said in label_printers() if isinstance(one, WindowPrinter)]
