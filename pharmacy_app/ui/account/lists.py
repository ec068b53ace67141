"""The lists of kits that leave: authorised, done, struck from, dropped, and their papers."""

from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog

from pharmacy_app.documents import catalogue
from pharmacy_app.domain.disposal import OPEN, DisposalList, ListState
from pharmacy_app.domain.events.disposal import Way
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.people import Task, missing_right
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.exchange.notices import SUFFIX
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import disposal as queries
from pharmacy_app.system.files import write_replacing
from pharmacy_app.ui import wording
from pharmacy_app.ui.account.form import CHANGED
from pharmacy_app.ui.account.view import View
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.dialogs.signature import Asked
from pharmacy_app.ui.models.paged import Column
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.signing import Act, sign_and
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import disposal, list_papers
from pharmacy_app.workflows.pharmacy import Scanned

NAMED = 4
"""So many kits of a list are named beside its sum; the others are on its paper."""

STATES = {
    ListState.PENDING: State.WARN,
    ListState.AUTHORISED: State.INFO,
    ListState.DONE: State.OK,
    ListState.DROPPED: State.QUIET,
}


class Lists(View[DisposalList]):
    """Every list, those that wait first; its act is what the selected list waits for."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self.notice, self.strike, self.drop = ReasonedButton(), ReasonedButton(), ReasonedButton()
        self.notice.clicked.connect(self.choose_notice)
        self.strike.clicked.connect(self.ask_strike)
        self.drop.clicked.connect(self.ask_drop)
        self.advice = ReasonedButton()
        self.advice.clicked.connect(self.save_advice)
        self.add_more(self.notice, self.strike, self.drop, self.advice)
        self.table.row_selected.connect(lambda _: self._tell_selected())

    def columns(self) -> list[Column[DisposalList]]:
        """Return the columns."""
        return [
            Column(lambda: self.tr("List"), lambda d: d.list_id, width=110),
            Column(lambda: self.tr("How they leave"), self._way, width=200),
            Column(
                lambda: self.tr("State"),
                lambda d: wording.term(f"disposal_list.{d.state}"),
                lambda d: STATES[d.state],
                width=210,
            ),
            Column(lambda: self.tr("Kits"), lambda d: str(d.kits), width=60, right=True),
            Column(lambda: self.tr("Drawn up"), lambda d: wording.moment(d.opened_at), width=140),
            Column(lambda: self.tr("Authorised by"), lambda d: d.reference or "—", width=170),
            Column(lambda: self.tr("Reason"), lambda d: d.because),
        ]

    @staticmethod
    def _way(row: DisposalList) -> str:
        way = wording.term(f"way.{row.way}")
        return f"{way} · {row.to_site}" if row.to_site else way

    def key(self, row: DisposalList) -> Hashable:
        """Return the list's number."""
        return row.list_id

    def read(self) -> Sequence[DisposalList]:
        """Return every list."""
        return queries.lists(self.pharmacy.reader)

    def retranslate(self) -> None:
        """Set every text again."""
        waiting = sum(1 for row in self._rows if row.state in OPEN)
        told = self.tr("{count} waiting").format(count=waiting)
        self.sum.set_state(State.WARN if waiting else State.OK, told)
        self.table.set_name(self.tr("Lists of kits that leave"))
        self.notice.setText(self.tr("Notice…"))
        self.strike.setText(self.tr("Strike a kit…"))
        self.drop.setText(self.tr("Drop it…"))
        self.advice.setText(self.tr("Advice file…"))
        self._tell_selected()

    def _tell_selected(self) -> None:
        """Name the kits of the selected list, and say what may be done with it."""
        row = self.table.selected()
        waits = row is not None and row.state in OPEN
        closed = "" if waits else self.tr("Select a list that waits.")
        missing = missing_right(self.pharmacy.person, Task.LIST_KITS)
        barred = closed or ("" if missing is None else wording.violation_in_words(missing).expected)
        self.strike.bar(barred)
        self.drop.bar(barred)
        pending = row is not None and row.state is ListState.PENDING
        self.notice.bar(barred if pending else self.tr("Select a list that waits for its word."))
        over = row is not None and (row.way, row.state) == (Way.TRANSFERRED, ListState.DONE)
        self.advice.bar("" if over else self.tr("Select a transfer that has left."))
        kits = [] if row is None else disposal.still_on(self.pharmacy, row.list_id)
        named = ", ".join(one.kit.kit_number for one in kits[:NAMED])
        self.note.setText(f"{named} …" if len(kits) > NAMED else named)

    @property
    def act(self) -> str:
        """What the selected list waits for."""
        row = self.table.selected()
        if row is None or row.state is ListState.PENDING:
            return self.tr("Authorise…")
        if row.state is ListState.AUTHORISED:
            destroyed = row.way is Way.DESTROYED
            return self.tr("Destroyed…") if destroyed else self.tr("Sent…")
        return self.tr("Show the paper…")

    def why_not(self) -> str:
        """Return why it cannot be done."""
        row = self.table.selected()
        if row is None:
            return self.tr("Select a list first.")
        if row.state is ListState.DROPPED:
            return self.tr("The list was dropped.")
        if row.state is ListState.DONE:
            return ""
        tasks = {
            ListState.PENDING: Task.AUTHORISE_DISPOSAL,
            ListState.AUTHORISED: Task.DESTROY_KITS if row.way is Way.DESTROYED else Task.SEND_KITS,
        }
        missing = missing_right(self.pharmacy.person, tasks[row.state])
        return "" if missing is None else wording.violation_in_words(missing).expected

    def do(self) -> None:
        """Ask for what the selected list waits for, or show its paper."""
        row = self.table.selected()
        if row is None:
            return
        if row.state is ListState.PENDING:
            self._ask(
                self.tr("Authorise list {list}"),
                row,
                [self.tr("Reference of the sponsor's word, such as letter and date")],
                self.authorise,
            )
        elif row.state is ListState.DONE:
            self.show_paper(row)
        elif row.way is Way.DESTROYED:
            self._ask(
                self.tr("List {list} is destroyed"),
                row,
                [self.tr("Method"), self.tr("Place")],
                self.destroy_kits,
            )
        else:
            self._ask(
                self.tr("List {list} is sent"),
                row,
                [self.tr("Carrier"), self.tr("Number of the shipper")],
                self.send_kits,
            )

    def _ask(
        self,
        head: str,
        row: DisposalList,
        labels: Sequence[str],
        then: Callable[[DisposalList, Sequence[str]], None],
    ) -> None:
        kits = self.tr("{way}, {count} kits: {why}").format(
            way=self._way(row), count=row.kits, why=row.because
        )
        go_on = self.tr("Go on to the signature")
        dialog = QuestionsDialog(head.format(list=row.list_id), kits, labels, go_on, self)
        dialog.answered.connect(lambda answers: then(row, answers))
        dialog.open()

    def authorise(self, row: DisposalList, answers: Sequence[str]) -> None:
        """Record the sponsor's written word, signed."""
        statement = self.tr("List {list} is authorised by {reference}.")
        op_id = self.pharmacy.new_op()
        self._sign(
            statement.format(list=row.list_id, reference=answers[0]),
            [self._first(Meaning.AUTHORISED, Task.AUTHORISE_DISPOSAL)],
            lambda signers: disposal.authorise(
                self.pharmacy, row.list_id, answers[0], signers[0], op_id=op_id
            ),
        )

    @Slot()
    def choose_notice(self) -> None:
        """Let the sponsor's notice be chosen, and have it signed."""
        row = self.table.selected()
        kinds = self.tr("Notice (*{suffix})").format(suffix=SUFFIX)
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("The sponsor's notice"), "", kinds)
        if chosen and row is not None:
            self.authorise_by_notice(row, Path(chosen).read_bytes())

    def authorise_by_notice(self, row: DisposalList, notice: bytes) -> None:
        """Record the sponsor's notice about a list, signed."""
        op_id = self.pharmacy.new_op()
        statement = self.tr("List {list} is authorised by the sponsor's signed notice.")
        self._sign(
            statement.format(list=row.list_id),
            [self._first(Meaning.AUTHORISED, Task.AUTHORISE_DISPOSAL)],
            lambda signers: disposal.authorise_by_notice(
                self.pharmacy, row.list_id, notice, signers[0], op_id=op_id
            ),
        )

    def destroy_kits(self, row: DisposalList, answers: Sequence[str]) -> None:
        """Record the destruction, signed by two people, and show its certificate."""
        op_id, me = self.pharmacy.new_op(), self.pharmacy.person.person_id
        statement = self.tr("The {count} kits of list {list} were destroyed: {method}, {place}.")
        method, place = answers
        self._sign(
            statement.format(list=row.list_id, count=row.kits, method=method, place=place),
            [
                self._first(Meaning.AUTHORISED, Task.DESTROY_KITS),
                self.workplace.asked(Meaning.WITNESSED, Task.DESTROY_KITS, but=[me]),
            ],
            lambda signers: disposal.destroy(
                *(self.pharmacy, row.list_id, method, place, (signers[0], signers[1])), op_id=op_id
            ),
            row,
        )

    def send_kits(self, row: DisposalList, answers: Sequence[str]) -> None:
        """Record that the kits left, signed, and show what lies in the parcel."""
        op_id = self.pharmacy.new_op()
        statement = self.tr("The {count} kits of list {list} left with {carrier} in {shipper}.")
        carrier, shipper = answers
        self._sign(
            statement.format(list=row.list_id, count=row.kits, carrier=carrier, shipper=shipper),
            [self._first(Meaning.RELEASED, Task.SEND_KITS)],
            lambda signers: disposal.send(
                *(self.pharmacy, row.list_id, carrier, shipper, signers[0]), op_id=op_id
            ),
            row,
        )

    def _first(self, meaning: Meaning, task: Task) -> Asked:
        return self.workplace.asked(meaning, task, chosen=self.pharmacy.person.person_id)

    def _sign(
        self,
        statement: str,
        asked: Sequence[Asked],
        act: Act[Appended],
        shown: DisposalList | None = None,
    ) -> None:
        """Have an act signed; afterwards show the paper of the list that it finished."""

        def done(_: Appended) -> None:
            self.changed.emit(CHANGED)
            if shown is not None:
                self.show_paper(shown)

        sign_and(self.workplace, statement, asked, act, done, self)

    def show_paper(self, row: DisposalList) -> None:
        """Show the certificate of a list that was destroyed, or what lies in its parcel."""
        destroyed = row.way is Way.DESTROYED
        paper = catalogue.DESTRUCTION_CERTIFICATE if destroyed else catalogue.RETURN_LIST
        show_paper(
            self.pharmacy,
            lambda: list_papers.of_list(self.pharmacy, row.list_id),
            document_name(paper.key),
            f"disposal/{row.list_id}",
            self.problem.emit,
            self,
        )

    @Slot()
    def save_advice(self) -> None:
        """Save the file by which the other site expects the kits of a transfer."""
        row = self.table.selected()
        if row is None:
            return
        try:
            name, content = disposal.transfer_advice(self.pharmacy, row.list_id)
            chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Advice file"), name)
            if chosen:
                write_replacing(Path(chosen), content)
        except (Refused, EnvironmentProblem) as problem:
            self.problem.emit(problem)

    @Slot()
    def ask_strike(self) -> None:
        """Ask which kit stays, and why."""
        row = self.table.selected()
        if row is not None:
            labels = [self.tr("Kit number"), self.tr("Reason")]
            self._ask_plain(self.tr("Strike a kit from list {list}"), row, labels, self.strike_kit)

    @Slot()
    def ask_drop(self) -> None:
        """Ask why the list is given up."""
        row = self.table.selected()
        if row is not None:
            self._ask_plain(self.tr("Drop list {list}"), row, [self.tr("Reason")], self.drop_list)

    def _ask_plain(
        self,
        head: str,
        row: DisposalList,
        labels: Sequence[str],
        then: Callable[[DisposalList, Sequence[str]], Appended],
    ) -> None:
        dialog = QuestionsDialog(
            head.format(list=row.list_id),
            self.tr("What stays is as it was before it was listed."),
            labels,
            self.tr("Record"),
            self,
        )
        dialog.answered.connect(lambda answers: self._try(lambda: then(row, answers)))
        dialog.open()

    def strike_kit(self, row: DisposalList, answers: Sequence[str]) -> Appended:
        """Take a kit off a list."""
        scan = Scanned(answers[0], typed=True)
        return disposal.strike(self.pharmacy, row.list_id, scan, answers[1])

    def drop_list(self, row: DisposalList, answers: Sequence[str]) -> Appended:
        """Give up a list."""
        return disposal.drop(self.pharmacy, row.list_id, answers[0])

    def _try(self, act: Callable[[], Appended]) -> None:
        try:
            act()
        except (Refused, EnvironmentProblem) as problem:
            self.problem.emit(problem)
            return
        self.changed.emit(CHANGED)
