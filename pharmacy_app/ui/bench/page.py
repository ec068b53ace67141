"""The bench: one dose, one step on the screen, large; where it stands is always visible."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from pharmacy_app.domain.doses import Dose, Step, left_out, replay, step_after
from pharmacy_app.domain.events.dose import TakenOutOfStorage
from pharmacy_app.domain.ids import DoseId, SubjectId, VisitCode
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.ui import theme
from pharmacy_app.ui.bench.aside import Aside, briefly
from pharmacy_app.ui.bench.check import CheckPanel
from pharmacy_app.ui.bench.count import CountPanel, MethodPanel
from pharmacy_app.ui.bench.dilution import CoverPanel, DilutePanel, DrawPanel
from pharmacy_app.ui.bench.handing import HandOverPanel, OverPanel, ReportPanel
from pharmacy_app.ui.bench.kit import ProposalPanel, ScanPanel, TakeOutPanel
from pharmacy_app.ui.bench.label import LabelPanel, ScanBackPanel
from pharmacy_app.ui.bench.step import StepPanel
from pharmacy_app.ui.bench.thaw import AppearancePanel, ThawingPanel, ThawPanel
from pharmacy_app.ui.bench.visit import VisitPanel
from pharmacy_app.ui.bench.waiting import WaitingDoses
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.dialogs.codes import ConfirmScanDialog
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.pages.page import Page
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.tasks import Problem
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.steps import StepList, StepState
from pharmacy_app.ui.widgets.surfaces import Card
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import dosing, papers
from pharmacy_app.workflows.enrolment import enrolled, protocol_for

PANELS: dict[Step, type[StepPanel]] = {
    Step.ASSIGN: ProposalPanel,
    Step.IDENTIFY: ScanPanel,
    Step.TAKE_OUT: TakeOutPanel,
    Step.THAW: ThawPanel,
    Step.THAWING: ThawingPanel,
    Step.APPEARANCE: AppearancePanel,
    Step.METHOD: MethodPanel,
    Step.COUNT: CountPanel,
    Step.DRAW: DrawPanel,
    Step.DILUTE: DilutePanel,
    Step.COVER: CoverPanel,
    Step.CHECK: CheckPanel,
    Step.LABEL: LabelPanel,
    Step.SCAN_BACK: ScanBackPanel,
    Step.HAND_OVER: HandOverPanel,
    Step.REPORT: ReportPanel,
    Step.CLOSED: OverPanel,
    Step.STOPPED: OverPanel,
}

LISTED: tuple[frozenset[Step], ...] = (
    frozenset(),
    frozenset({Step.ASSIGN}),
    frozenset({Step.IDENTIFY, Step.TAKE_OUT}),
    frozenset({Step.THAW, Step.THAWING}),
    frozenset({Step.APPEARANCE}),
    frozenset({Step.METHOD, Step.COUNT}),
    frozenset({Step.DRAW}),
    frozenset({Step.DILUTE, Step.COVER}),
    frozenset({Step.CHECK}),
    frozenset({Step.LABEL}),
    frozenset({Step.SCAN_BACK}),
    frozenset({Step.HAND_OVER}),
    frozenset({Step.REPORT}),
)
"""The lines of the step list with the steps each stands for; the first is the visit's window."""


class BenchPage(Page):
    """Resumes every dose at the step it waits for, after a power cut too: the record knows it."""

    manual = "bench"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._pharmacy = workplace.pharmacy
        self.bench = Workbench(workplace, self)
        self.panel: StepPanel | None = None
        self._reached: tuple[object, ...] = ()
        self.stop, self.leave = ReasonedButton(hint="Ctrl E"), ReasonedButton(hint="Ctrl L")
        self.waiting = WaitingDoses(self._pharmacy)
        self._steps = StepList()
        self._steps.setFixedWidth(216)
        self._stage = Card()
        self._aside = Aside(self.bench)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for button in (self.stop, self.leave):
            self.add_action(button)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._steps)
        row.addWidget(self._stage, 1)
        row.addWidget(self._aside)
        self._stack.addWidget(self.waiting)
        self._stack.addWidget(work)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.stop.setShortcut("Ctrl+E")
        self.leave.setShortcut("Ctrl+L")
        self.leave.clicked.connect(self.bench.leave)
        self.stop.clicked.connect(self.ask_why_to_stop)
        self.waiting.chosen.connect(self.open_subject)
        self.waiting.subjects_asked.connect(lambda: self.place_asked.emit(Place.SUBJECTS, None))
        self.bench.moved.connect(self.show_bench)
        self.bench.acted.connect(self.records_changed)
        self.bench.refused.connect(self._on_refused)
        self.bench.wrong_scan.connect(self._on_wrong_scan)
        self.bench.scan_answered.connect(self.scan_answered)
        self.bench.paper_asked.connect(self.show_paper)

    def retranslate(self) -> None:
        """Set every text again."""
        self.stop.setText(self.tr("Stop dose…"))
        self.leave.setText(self.tr("Leave"))
        self._aside.retranslate()
        self.show_bench()

    def refresh(self, changed: frozenset[str]) -> None:
        """Read the dose in work again, and those that wait."""
        del changed
        self.waiting.refresh()
        self.bench.read_again()

    def open_subject(self, subject: object) -> None:
        """Take to the bench a dose by its code, or a visit whose dose is to be begun."""
        try:
            if isinstance(subject, tuple):
                self._open_visit(SubjectId(subject[0]), VisitCode(subject[1]))
            else:
                self.bench.bring(DoseId(str(subject)))
        except Refused as refused:
            self.problem_met.emit(refused)

    def _open_visit(self, subject: SubjectId, visit: VisitCode) -> None:
        for plan in dosing.plan(self._pharmacy, subject):
            if plan.visit.code == visit and plan.current is not None:
                self.bench.bring(plan.current.dose_id)
                return
        self.bench.plan(subject, visit)

    def scan(self, scan: RawScan) -> bool:
        """Give a scan to the step; False if it waits for none."""
        return self.panel is not None and self.panel.scan(scan)

    @Slot()
    def show_bench(self) -> None:
        """Show the step the dose waits for; what was typed in it stays."""
        dose, visit = self.bench.dose, self.bench.visit
        self.stop.setVisible(dose is not None and not dose.over and dose.step is not Step.REPORT)
        self.leave.setVisible(visit is not None)
        self._stack.setCurrentIndex(0 if visit is None else 1)
        if visit is None:
            self._show_waiting()
            return
        subject, code = visit
        self.set_title(
            self.tr("Subject {subject} · {visit}").format(subject=subject, visit=code),
            self._subtitle_of(dose),
        )
        self._steps.set_steps(self._list(dose))
        self._aside.setVisible(dose is not None)
        self._aside.show_dose()
        self._show_panel(dose)

    def _show_waiting(self) -> None:
        self.waiting.refresh()
        self.set_title(
            self.tr("Bench"), self.tr("{count} in progress").format(count=self.waiting.count)
        )
        self._drop_panel()
        self.waiting.begin()

    def _subtitle_of(self, dose: Dose | None) -> str:
        if dose is None:
            return self.tr("Not begun yet")
        named = self.tr("Dose {dose}").format(dose=dose.dose_id)
        if dose.kit is None:
            return named
        return self.tr("Kit {kit}").format(kit=dose.kit) + f" · {named}"

    def _list(self, dose: Dose | None) -> list[tuple[str, StepState]]:
        names = [
            self.tr("Visit window"),
            self.tr("Kit proposed"),
            self.tr("Scan and take out"),
            self.tr("Thaw"),
            self.tr("Appearance"),
            self.tr("Count"),
            self.tr("Dose volumes"),
            self.tr("Cover, seal")
            if Step.DILUTE in self._left_out(dose)
            else self.tr("Dilute, cover, seal"),
            self.tr("Second check"),
            self.tr("Print the label"),
            self.tr("Scan it back"),
            self.tr("Hand over"),
            self.tr("Report from the ward"),
        ]
        skipped = self._left_out(dose)
        now = self._place_of(dose)
        stopped = dose is not None and dose.step is Step.STOPPED
        current = StepState.STOPPED if stopped else StepState.CURRENT
        states = [
            StepState.DONE if n < now else current if n == now else StepState.WAITING
            for n in range(len(names))
        ]
        listed = zip(names, states, LISTED, strict=True)
        return [(name, state) for name, state, steps in listed if not steps or steps - skipped]

    def _left_out(self, dose: Dose | None) -> frozenset[Step]:
        """Return the steps that this dose, or the visit's, does not take."""
        if dose is not None:
            return dose.skipped
        if self.bench.visit is None:
            return frozenset()
        subject = enrolled(self._pharmacy, self.bench.visit[0])
        route = protocol_for(self._pharmacy, subject).trial.preparation
        return left_out(thaw=route.thaw, count=route.count)

    def _place_of(self, dose: Dose | None) -> int:
        """Return the line of the step list a dose stands at."""
        if dose is None:
            return 0
        if dose.step is Step.CLOSED:
            return len(LISTED)
        step = _last_step(dose) if dose.step is Step.STOPPED else dose.step
        if self.bench.correcting:
            step = Step.COUNT
        return next(n for n, steps in enumerate(LISTED) if step in steps)

    def _show_panel(self, dose: Dose | None) -> None:
        reached = (
            self.bench.visit,
            dose.dose_id if dose else None,
            dose.step if dose else None,
            self.bench.correcting,
        )
        if reached == self._reached and self.panel is not None:
            self.panel.show_dose()
            return
        self._drop_panel()
        self._reached = reached
        made = CountPanel if self.bench.correcting else self._kind(dose)
        self.panel = made(self.bench)
        self.panel.retranslate()
        self._stage.body.addWidget(self.panel)
        self.panel.show()  # a hidden one would not get the focus back from a dialog that closes
        self.panel.tab_in_order()
        self.primary = self.panel.primary
        self.panel.begin()

    @staticmethod
    def _kind(dose: Dose | None) -> type[StepPanel]:
        return VisitPanel if dose is None else PANELS[dose.step]

    def _drop_panel(self) -> None:
        self._reached, self.primary = (), None
        if self.panel is not None:
            self._stage.body.removeWidget(self.panel)
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None

    @Slot(object)
    def _on_refused(self, problem: Problem) -> None:
        if self.panel is not None:
            self.panel.show_problem(problem)

    @Slot(object, object)
    def _on_wrong_scan(self, scan: RawScan, refused: Refused) -> None:
        self.records_changed.emit(frozenset({"near_miss"}))
        theme.application().beep()
        ConfirmScanDialog(scan, refused, self).open()

    @Slot(str)
    def show_paper(self, key: str) -> None:
        """Show a paper of the dose in work."""
        dose_id = self.bench.at_hand.dose_id
        make = papers.DOSE_PAPERS[key]
        show_paper(
            self._pharmacy,
            lambda: make(self._pharmacy, dose_id),
            document_name(key),
            f"dose/{dose_id}",
            self.problem_met.emit,
            self,
        )

    @Slot()
    def ask_why_to_stop(self) -> None:
        """Ask for the reason, then stop the dose."""
        dialog = QuestionsDialog(
            self.tr("Stop this dose"),
            self._what_stopping_means(),
            [self.tr("Reason")],
            self.tr("Stop the dose"),
            self,
        )
        dialog.fields[0].set_text("; ".join(briefly(rule) for rule in self.bench.broken))
        dialog.answered.connect(lambda answers: self.stop_dose(answers[0]))
        dialog.open()

    def _what_stopping_means(self) -> str:
        dose = self.bench.at_hand
        if dose.kit is None:
            return self.tr("No kit is bound to it yet. The visit can be begun again.")
        if dose.taken_out_at is None:
            said = self.tr("Kit {kit} is free again. The visit can be begun again.")
        elif dose.step is step_after(TakenOutOfStorage, dose.skipped):
            said = self.tr(
                "Kit {kit} is wasted. If it is unopened and cold, put it back in Stock instead (F6):"
                " that stops the dose too."
            )
        else:
            said = self.tr("Kit {kit} is wasted. The visit can be begun again with another kit.")
        return said.format(kit=dose.kit)

    def stop_dose(self, remarks: str) -> None:
        """Stop the dose in work, with the rules it broke if there are any."""
        dose, broken = self.bench.at_hand, self.bench.broken
        self.bench.act(
            lambda op: dosing.stop(
                self._pharmacy, dose.dose_id, remarks, rules_broken=broken, op_id=op
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Let a held Enter press nothing: every step is pressed by itself."""
        if event.isAutoRepeat() and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()
            return
        super().keyPressEvent(event)


def _last_step(dose: Dose) -> Step:
    """Return the step at which a dose was stopped."""
    before = replay(dose.record[:-1])
    return Step.ASSIGN if before is None else before.step
