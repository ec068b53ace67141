"""Excursions: the cases, the kits of the selected one, and the decision on them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.look_back import OfCase
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.exchange.loggers import NeedsAnswers
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded.excursions import WAITING, Case, CaseKit
from pharmacy_app.ui import wording
from pharmacy_app.ui.files import read_chosen
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.models.listed import page_of
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.receiving.logger_questions import LoggerQuestions
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.storage import kits_said
from pharmacy_app.ui.storage.case_dialog import CaseDialog
from pharmacy_app.ui.storage.decide import DecisionDialog
from pharmacy_app.ui.storage.look_back import LookBackDialog
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.detail import EmptyState
from pharmacy_app.ui.widgets.surfaces import Badge, Card, words
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import excursions, storing
from pharmacy_app.workflows.excursions import Stretch

VERDICTS = {
    "touched": State.QUIET,
    "waiting": State.WARN,
    "usable": State.OK,
    "rejected": State.STOP,
}
CASES = 420


class CasesView(Spoken, QWidget):
    """Cases at the left, the kits of the selected one beside them.

    ``changed`` comes with the kinds of rows that an act changed, ``problem`` with a refusal.
    """

    changed = Signal(object)
    problem = Signal(object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._pharmacy = workplace.pharmacy
        self._cases: Sequence[Case] = ()
        self._kits: Sequence[CaseKit] = ()
        self.cases: KeyedTable[Case] = KeyedTable(self._case_model())
        self.kits: KeyedTable[CaseKit] = KeyedTable(self._kit_model())
        self.none = EmptyState("temperature")
        self._badge = Badge()
        self._told = words("", "muted", wrap=True)
        self.open, self.read, self.decide, self.look_back = (ReasonedButton() for _ in range(4))
        self.by_notice = ReasonedButton()
        self._lay_out()
        self.cases.row_selected.connect(lambda _: self._show_case())
        self.open.clicked.connect(lambda _: self.ask_case())
        self.read.clicked.connect(self.ask_file)
        self.decide.clicked.connect(self.ask_decision)
        self.by_notice.clicked.connect(self.ask_notice)
        self.look_back.clicked.connect(self.ask_look_back)

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addWidget(self._badge)
        acts.addStretch(1)
        for button in (self.read, self.open, self.look_back, self.by_notice, self.decide):
            acts.addWidget(button)
        left, right = Card(), Card()
        for card, table in ((left, self.cases), (right, self.kits)):
            card.set_margins(1, 1, 1, 1)
            card.body.addWidget(table, 1)
        left.setFixedWidth(CASES)
        self._both = QWidget()
        row = QHBoxLayout(self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(acts)
        column.addWidget(self._told)
        column.addWidget(self.none, 1)
        column.addWidget(self._both, 1)

    def _case_model(self) -> PagedModel[Case]:
        return PagedModel(
            [
                Column(lambda: self.tr("Case"), lambda c: c.case_id, width=92),
                Column(lambda: self.tr("Began"), lambda c: wording.moment(c.began), width=128),
                Column(lambda: self.tr("Where"), self._where, width=96),
                Column(lambda: self.tr("Waiting"), self._waiting, self._case_state, width=90),
            ],
            lambda after, limit: page_of(self._cases, lambda c: c.case_id, after, limit),
            lambda c: c.case_id,
        )

    def _kit_model(self) -> PagedModel[CaseKit]:
        return PagedModel(
            [
                Column(lambda: self.tr("Kit"), lambda k: k.kit.kit_number, width=100),
                Column(
                    lambda: self.tr("Then"),
                    lambda k: wording.term(f"kit_state.{k.then}"),
                    width=110,
                ),
                Column(
                    lambda: self.tr("Place"), lambda k: kits_said.place(k.kit.position), width=160
                ),
                Column(
                    lambda: self.tr("Decision"),
                    lambda k: wording.term(f"verdict.{k.verdict}"),
                    lambda k: VERDICTS[k.verdict],
                ),
            ],
            lambda after, limit: page_of(self._kits, lambda k: k.kit.kit_number, after, limit),
            lambda k: k.kit.kit_number,
        )

    def _where(self, case: Case) -> str:
        return case.record or self.tr("by hand")

    def _waiting(self, case: Case) -> str:
        if case.closed_at is not None:
            return self.tr("closed")
        return self.tr("{waiting} of {kits}").format(waiting=case.waiting, kits=case.kits)

    @staticmethod
    def _case_state(case: Case) -> State:
        return State.OK if case.closed_at is not None else State.WARN

    def refresh(self) -> None:
        """Read the cases again."""
        self._cases = excursions.cases(self._pharmacy)
        self.cases.refresh()
        if self._cases and self.cases.selected() is None:
            self.cases.selectRow(0)
        self._show_case()

    def _show_case(self) -> None:
        case = self.cases.selected()
        self._kits = () if case is None else excursions.case(self._pharmacy, case.case_id)[1]
        self.kits.refresh()
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.none.setVisible(not self._cases)
        self._both.setVisible(bool(self._cases))
        self.none.say(
            self.tr("No excursion is on record"),
            self.tr("A case is opened by a shipment's receipt, a logger's file, or by hand."),
        )
        opened = sum(case.closed_at is None for case in self._cases)
        told = self.tr("{count} open").format(count=opened)
        self._badge.set_state(State.WARN if opened else State.OK, told)
        self.cases.set_name(self.tr("Excursion cases"))
        self.kits.set_name(self.tr("Kits of the case"))
        self.open.setText(self.tr("Open a case…"))
        self.read.setText(self.tr("Read a unit's logger…"))
        self.look_back.setText(self.tr("Look back…"))
        self.by_notice.setText(self.tr("Sponsor's notice…"))
        self.decide.setText(self.tr("Decide…"))
        case = self.cases.selected()
        waiting = any(kit.verdict == WAITING for kit in self._kits)
        for button in (self.decide, self.by_notice):
            button.bar("" if waiting else self.tr("No kit of this case waits."))
        self.look_back.bar("" if case else self.tr("Select a case first."))
        self._told.setVisible(case is not None)
        if case is not None:
            why = kits_said.rule_or_text(case.because)
            cause = wording.term(f"excursion.{case.cause}")
            times = f"{wording.moment(case.began)} – {wording.moment(case.ended)}"
            self._told.setText(f"{cause} · {times} · {why}")

    # Acts

    def ask_case(self, place: str = "", times: Sequence[Stretch] = ()) -> None:
        """Ask where and when; ``times`` are what a file named."""
        units = storing.units(self._pharmacy)
        dialog = CaseDialog(place or next(iter(units), ""), times, self)
        dialog.asked.connect(lambda *told: self._open_case(dialog, *told))
        dialog.open()

    def _open_case(self, dialog: CaseDialog, place: str, times: Stretch, because: str) -> None:
        unit = place.partition("-")[0]
        within = "" if place == unit else place
        try:
            appended = excursions.open_for_unit(self._pharmacy, unit, times, because, within=within)
        except (Refused, EnvironmentProblem) as problem:
            dialog.refusals.show_problem(problem)
            return
        dialog.accept()
        self.changed.emit(appended.changed)
        self.refresh()

    @Slot()
    def ask_file(self) -> None:
        """Ask for a storage unit's logger file."""
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Logger file of a storage unit"))
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path, answers: dict[str, str] | None = None) -> None:
        """Read a file against the first unit's limit; above it, a case with its times is offered."""
        unit = next(iter(storing.units(self._pharmacy)), "")
        try:
            read = excursions.read_unit_log(self._pharmacy, unit, read_chosen(path), answers or {})
        except (Refused, EnvironmentProblem) as problem:
            self.problem.emit(problem)
            return
        if isinstance(read, NeedsAnswers):
            questions = LoggerQuestions(read.questions, self)
            questions.answered.connect(lambda given: self.read_file(path, given))
            questions.open()
            return
        if read.warm:
            self.ask_case(unit, read.warm)

    @Slot()
    def ask_decision(self) -> None:
        """Ask what the sponsor decided on the kits of the case."""
        case = self.cases.selected()
        if case is None:
            return
        waiting = [kit.kit for kit in self._kits if kit.verdict == WAITING]
        dialog = DecisionDialog(waiting, [kit.kit_number for kit in waiting], self)
        dialog.decided.connect(lambda *told: self._sign(case, *told))
        dialog.open()

    def _sign(self, case: Case, numbers: list[KitNumber], usable: bool, reference: str) -> None:  # noqa: FBT001 - a signal's
        back = self.tr("Case {case}: {count} kits are usable again, by {reference}.")
        never = self.tr("Case {case}: {count} kits are never to be given, by {reference}.")
        me = self._pharmacy.person.person_id
        sign_and(
            self._workplace,
            (back if usable else never).format(
                case=case.case_id, count=len(numbers), reference=reference
            ),
            [self._workplace.asked(Meaning.AUTHORISED, Task.DECIDE_QUARANTINE, chosen=me)],
            lambda signers: excursions.decide(
                self._pharmacy,
                case.case_id,
                usable=numbers if usable else [],
                rejected=[] if usable else numbers,
                authorisation=reference,
                credential=signers[0],
            ),
            self._on_decided,
            self,
        )

    @Slot()
    def ask_notice(self) -> None:
        """Ask for the sponsor's signed notice that decides on the case."""
        filters = self.tr("Notices (*.notice)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Sponsor's notice"), "", filters)
        if name:
            self.decide_by_notice(Path(name))

    def decide_by_notice(self, path: Path) -> None:
        """Have what a notice decides on the selected case signed."""
        case, me = self.cases.selected(), self._pharmacy.person.person_id
        if case is None:
            return
        try:
            notice = read_chosen(path)
        except EnvironmentProblem as problem:
            self.problem.emit(problem)
            return
        statement = self.tr("Case {case} is decided by the sponsor's notice {name}.")
        sign_and(
            self._workplace,
            statement.format(case=case.case_id, name=path.name),
            [self._workplace.asked(Meaning.AUTHORISED, Task.DECIDE_QUARANTINE, chosen=me)],
            lambda signers: excursions.decide_by_notice(
                self._pharmacy, case.case_id, notice, signers[0]
            ),
            self._on_decided,
            self,
        )

    def _on_decided(self, appended: Appended) -> None:
        self.changed.emit(appended.changed)
        self.refresh()

    @Slot()
    def ask_look_back(self) -> None:
        """Show whom the case touched."""
        case = self.cases.selected()
        if case is not None:
            LookBackDialog.show_for(self._workplace, OfCase(case.case_id), self.problem.emit, self)
