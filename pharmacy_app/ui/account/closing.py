"""The closing of the site: received = the sum of how kits ended, and every kit still to be explained."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Slot

from pharmacy_app.documents import catalogue
from pharmacy_app.domain.accountability import NOT_RECEIVED, Reconciliation
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.people import Task, missing_right
from pharmacy_app.domain.refusal import Violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.ui import wording
from pharmacy_app.ui.account.view import View
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.models.paged import Column
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import account_papers, accountability
from pharmacy_app.workflows.pharmacy import Scanned

NEVER_CAME = "account.never_arrived"


class Closing(View[Violation]):
    """Every kit that keeps the account open, with what to do about it; the closing once there is none."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.account = Reconciliation((), 0, 0, ())
        self.equation = words("", "strong", wrap=True)
        self.closed = words("", "muted", wrap=True)
        column = self.layout()
        self.print, self.explain = ReasonedButton(), ReasonedButton()
        self.print.clicked.connect(self.show_account)
        self.explain.clicked.connect(self.ask_explanation)
        self.add_more(self.explain, self.print)
        self.choices.setStretchFactor(self.note, 1)
        column.insertWidget(1, self.equation)  # type: ignore[union-attr] # a box layout of ours
        column.insertWidget(2, self.closed)  # type: ignore[union-attr] # likewise
        self.table.row_selected.connect(lambda _: self._tell_selected())

    def columns(self) -> list[Column[Violation]]:
        """Return the columns."""
        return [
            Column(lambda: self.tr("Kit"), lambda v: v.record, width=120),
            Column(
                lambda: self.tr("What was found"),
                lambda v: wording.violation_in_words(v).found,
                lambda _: State.WARN,
                width=430,
            ),
            Column(lambda: self.tr("What to do"), lambda v: wording.violation_in_words(v).remedy),
        ]

    def key(self, row: Violation) -> Hashable:
        """Return the kit and the rule."""
        return row.record, row.rule

    def read(self) -> Sequence[Violation]:
        """Reckon up every kit, and return those that are not explained."""
        self.account = accountability.reconcile(self.pharmacy)
        return self.account.unexplained

    def retranslate(self) -> None:
        """Set every text again."""
        count = len(self._rows)
        told = self.tr("{count} unexplained").format(count=count)
        self.sum.set_state(State.WARN if count else State.OK, told)
        out = self.tr("{listed} kits listed in packages, {received} received")
        self.note.setText(out.format(listed=self.account.listed, received=self.account.received))
        self.equation.setText(self._equation())
        self.closed.setText(self._last_closing())
        self.closed.setVisible(bool(self.closed.text()))
        self.table.set_name(self.tr("Kits to be explained"))
        self.print.setText(self.tr("Print…"))
        self.explain.setText(self.tr("Explain…"))
        self._tell_selected()

    def _equation(self) -> str:
        parts = [
            f"{count} {wording.term(f'fate.{fate}')}"
            for fate, count in self.account.fates.items()
            if count and fate not in NOT_RECEIVED
        ]
        sign = "=" if self.account.adds_up else "≠"
        told = self.tr("received {received} {sign} {parts}")
        return told.format(
            received=self.account.received, sign=sign, parts=" + ".join(parts) or "0"
        )

    def _last_closing(self) -> str:
        closings = accountability.closings(self.pharmacy)
        if not closings:
            return ""
        last = closings[-1]
        who = ", ".join(one.printed_name for one in last.signatures)
        told = self.tr("Closed at {when} by {who}.")
        return told.format(when=wording.moment(last.occurred_at), who=who)

    def _tell_selected(self) -> None:
        row = self.table.selected()
        never = row is not None and row.rule == NEVER_CAME
        barred = "" if never else self.tr("Select a kit that never arrived.")
        self.explain.bar(barred or self._no_right())

    def _no_right(self) -> str:
        missing = missing_right(self.pharmacy.person, Task.CLOSE_ACCOUNT)
        return "" if missing is None else wording.violation_in_words(missing).expected

    @property
    def act(self) -> str:
        """What closing is called."""
        return self.tr("Close the account…")

    def why_not(self) -> str:
        """Return why the account cannot be closed."""
        if self._rows:
            return self.tr("Every kit must be explained first.")
        return self._no_right()

    def do(self) -> None:
        """Ask for remarks, then for the signature."""
        dialog = QuestionsDialog(
            self.tr("Close the site's account"),
            self._equation(),
            [self.tr("Remarks for the closing statement")],
            self.tr("Go on to the signature"),
            self,
        )
        dialog.answered.connect(lambda answers: self.close_account(answers[0]))
        dialog.open()

    def close_account(self, remarks: str) -> None:
        """Sign the closing statement."""
        op_id, me = self.pharmacy.new_op(), self.pharmacy.person.person_id
        sign_and(
            self.workplace,
            self.tr("Every kit of the site is accounted for; none is unexplained. ")
            + self._equation(),
            [self.workplace.asked(Meaning.REVIEWED, Task.CLOSE_ACCOUNT, chosen=me)],
            lambda signers: accountability.close(self.pharmacy, remarks, signers[0], op_id=op_id),
            self._on_recorded,
            self,
        )

    @Slot()
    def ask_explanation(self) -> None:
        """Ask why the selected kit never came."""
        row = self.table.selected()
        if row is None:
            return
        dialog = QuestionsDialog(
            self.tr("Kit {kit} never arrived").format(kit=row.record),
            self.tr("Only what the sponsor has said in writing."),
            [self.tr("Why it never came, on whose word")],
            self.tr("Go on to the signature"),
            self,
        )
        number = row.record
        dialog.answered.connect(lambda answers: self.explain_kit(number, answers[0]))
        dialog.open()

    def explain_kit(self, number: str, why: str) -> None:
        """Record why a kit never came, signed."""
        op_id, me = self.pharmacy.new_op(), self.pharmacy.person.person_id
        statement = self.tr("Kit {kit} never came: {why}")
        sign_and(
            self.workplace,
            statement.format(kit=number, why=why),
            [self.workplace.asked(Meaning.REVIEWED, Task.CLOSE_ACCOUNT, chosen=me)],
            lambda signers: accountability.explain(
                *(self.pharmacy, Scanned(number, typed=True), why, signers[0]), op_id=op_id
            ),
            self._on_recorded,
            self,
        )

    @Slot(object)
    def _on_recorded(self, appended: Appended) -> None:
        self.changed.emit(appended.changed)

    @Slot()
    def show_account(self) -> None:
        """Show the account as it prints."""
        show_paper(
            self.pharmacy,
            lambda: account_papers.reconciliation(self.pharmacy),
            document_name(catalogue.RECONCILIATION.key),
            "site",
            self.problem.emit,
            self,
        )
