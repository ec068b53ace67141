"""Excursions: the cases, the kits of the selected one, and the decision on them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from pharmacy_app.domain.events.excursion import ExcursionOpened
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.look_back import OfCase
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.queries.unblinded.excursions import WAITING, Case, CaseKit
from pharmacy_app.ui import wording
from pharmacy_app.ui.files import read_chosen
from pharmacy_app.ui.models.listed import page_of
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.receiving.logger_preview import MOST_NOTES
from pharmacy_app.ui.storage import kits_said
from pharmacy_app.ui.storage.case_dialog import CaseDialog
from pharmacy_app.ui.storage.decide import DecisionDialog
from pharmacy_app.ui.storage.records_view import GAP, RecordsView, filled
from pharmacy_app.ui.storage.unit_log_card import UnitLogCard
from pharmacy_app.ui.storage.unit_reading import UnitReading
from pharmacy_app.ui.widgets.detail import EmptyState
from pharmacy_app.ui.widgets.surfaces import Badge, words
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import excursions, storing, unit_logs
from pharmacy_app.workflows.excursions import Stretch

VERDICTS = {
    "touched": State.QUIET,
    "waiting": State.WARN,
    "usable": State.OK,
    "rejected": State.STOP,
}
CASES = 420


class CasesView(RecordsView):
    """Cases at the left; beside them what the logger saw, and the kits of the selected one."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        self._cases: Sequence[Case] = ()
        self._kits: Sequence[CaseKit] = ()
        self.cases: KeyedTable[Case] = KeyedTable(self._case_model())
        self.kits: KeyedTable[CaseKit] = KeyedTable(self._kit_model())
        self.log = UnitLogCard()
        self.log.offer_report()
        self.reading = UnitReading(workplace, self)
        self.none = EmptyState("temperature")
        self._badge = Badge()
        self._told = words("", "muted", wrap=True)
        self.above.insertWidget(0, self._badge)
        self.read = self.act(self.ask_file)
        self.open = self.act(self.ask_case)
        self.look_back = self.act(self.ask_look_back)
        self.by_notice = self.act(self.ask_notice)
        self.decide = self.act(self.ask_decision)
        self.lay_out(filled(self.cases, CASES), self._detail())
        self.column.addWidget(self.none, 1)
        self._connect()

    def _connect(self) -> None:
        self.cases.row_selected.connect(lambda _: self._show_case())
        self.log.report_asked.connect(self._show_report)
        self.reading.seen.connect(self._show_log)
        self.reading.recorded.connect(lambda appended: self.changed.emit(appended.changed))
        self.reading.problem_met.connect(self.problem)
        self.reading.case_asked.connect(self.ask_case_of)

    def _detail(self) -> QWidget:
        detail = QWidget()
        column = QVBoxLayout(detail)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._told)
        column.addWidget(self.log)
        column.addWidget(filled(self.kits), 1)
        return detail

    def _case_model(self) -> PagedModel[Case]:
        return PagedModel(
            [
                Column(lambda: self.tr("Case"), lambda c: c.case_id, width=88),
                Column(lambda: self.tr("Began"), lambda c: wording.moment(c.began), width=128),
                Column(lambda: self.tr("Where"), self._where, width=80),
                Column(lambda: self.tr("Waiting"), self._waiting, self._case_state, width=114),
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
        self._show_log()
        self.retranslate()

    @Slot()
    def _show_log(self) -> None:
        """Show the file that the case was opened for, if there is one."""
        case = self.cases.selected()
        told = None if case is None else unit_logs.of_case(self._pharmacy, case.case_id)
        self.log.setVisible(told is not None)
        seen = None if told is None else self.reading.of(told)
        if seen is None:
            self.log.show_file(told, None)
        else:
            self.log.show_file(told, seen.judged, seen.file.notes[:MOST_NOTES])

    @Slot()
    def _show_report(self) -> None:
        if self.log.told is not None:
            self.reading.show_report(self.log.told)

    def retranslate(self) -> None:
        """Set every text again."""
        self.none.setVisible(not self._cases)
        self.body.setVisible(bool(self._cases))
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

    @Slot()
    def ask_case(self) -> None:
        """Ask where and when it was, and what happened."""
        units = storing.units(self._pharmacy)
        self.ask_case_of(next(iter(units)) if len(units) == 1 else "")

    @Slot(str, object, str)
    def ask_case_of(self, place: str, times: Stretch | None = None, file: str = "") -> None:
        """Ask what happened at a place; ``times`` and ``file`` are what a logger's file named."""
        dialog = CaseDialog(place, times, self)
        unit = place.partition("-")[0]
        dialog.asked.connect(
            # A file says nothing of another unit than its own.
            lambda at, *told: self._open_case(
                dialog, file if at.partition("-")[0] == unit else "", at, *told
            )
        )
        dialog.open()

    def _open_case(
        self, dialog: CaseDialog, file: str, place: str, times: Stretch, because: str
    ) -> None:
        unit = place.partition("-")[0]
        within = "" if place == unit else place
        try:
            appended = excursions.open_for_unit(
                self._pharmacy, unit, times, because, within=within, file=file
            )
        except (Refused, EnvironmentProblem) as problem:
            dialog.refusals.show_problem(problem)
            return
        dialog.accept()
        self.done(appended)
        self.cases.select_key(appended[-1].told(ExcursionOpened).case_id)

    @Slot()
    def ask_file(self) -> None:
        """Ask for a storage unit's logger file."""
        kinds = self.tr("Logger files (*.csv *.txt *.tsv *.xlsx);;All files (*)")
        title = self.tr("Logger file of a storage unit")
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path) -> None:
        """Read a file on another thread; its unit is asked, and what it says is shown."""
        try:
            raw = read_chosen(path)
        except EnvironmentProblem as problem:
            self.problem.emit(problem)
            return
        self.reading.start(raw)

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
        self.sign(
            (back if usable else never).format(
                case=case.case_id, count=len(numbers), reference=reference
            ),
            Task.DECIDE_QUARANTINE,
            lambda signers: excursions.decide(
                self._pharmacy,
                case.case_id,
                usable=numbers if usable else [],
                rejected=[] if usable else numbers,
                authorisation=reference,
                credential=signers[0],
            ),
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
        case = self.cases.selected()
        if case is None:
            return
        try:
            notice = read_chosen(path)
        except EnvironmentProblem as problem:
            self.problem.emit(problem)
            return
        statement = self.tr("Case {case} is decided by the sponsor's notice {name}.")
        self.sign(
            statement.format(case=case.case_id, name=path.name),
            Task.DECIDE_QUARANTINE,
            lambda signers: excursions.decide_by_notice(
                self._pharmacy, case.case_id, notice, signers[0]
            ),
        )

    @Slot()
    def ask_look_back(self) -> None:
        """Show whom the case touched."""
        case = self.cases.selected()
        if case is not None:
            self.show_look_back(OfCase(case.case_id))
