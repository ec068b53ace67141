"""One subject told in full: request, allocation, visits as a track, the visit selected."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pharmacy_app.domain.ids import StageCode, SubjectId
from pharmacy_app.domain.visits import PlannedVisit
from pharmacy_app.records.queries.unblinded.doses import DoseLine
from pharmacy_app.records.queries.unblinded.subjects import Subject
from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.step import Facts
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.subjects.allocation import AllocationPanel
from pharmacy_app.ui.subjects.standing import StandingCard
from pharmacy_app.ui.subjects.track import Station, VisitTrack
from pharmacy_app.ui.subjects.visits import standing
from pharmacy_app.ui.widgets.surfaces import Badge, Card
from pharmacy_app.ui.workplace import Workplace, said
from pharmacy_app.workflows import dosing
from pharmacy_app.workflows.dosing import VisitPlan


class SubjectDetail(Spoken, QWidget):
    """``visit_chosen`` comes when another visit is selected; ``changed`` after an act."""

    visit_chosen = Signal()
    visit_opened = Signal()
    changed = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._subject: Subject | None = None
        self._plans: list[VisitPlan] = []
        self._at: dict[SubjectId, int] = {}
        self.standing = StandingCard(workplace, lambda: self.plan)
        self.standing.changed.connect(self.changed)
        self._allocations = QVBoxLayout()
        self._allocations.setSpacing(8)
        self.panels: list[AllocationPanel] = []
        self.track = VisitTrack()
        self.track.chosen.connect(self._on_chosen)
        self.track.opened.connect(lambda _: self.visit_opened.emit())
        self._visits = Card()
        area = QScrollArea()
        self.track.setObjectName("body")
        area.setWidget(self.track)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(164)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._visits.body.addWidget(area)
        self._visit, self._badge, self._visit_facts = Card(), Badge(), Facts()
        self._visit.body.addWidget(self._badge)
        self._visit.body.addWidget(self._visit_facts)
        self._visit.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.standing)
        column.addLayout(self._allocations)
        column.addWidget(self._visits)
        column.addWidget(self._visit, 1)

    @property
    def _ended(self) -> bool:
        return self._subject is not None and self._subject.ended is not None

    @property
    def plan(self) -> VisitPlan | None:
        """The visit selected."""
        at = self.track.selected
        return self._plans[at] if at < len(self._plans) else None

    def tell(self, subject: Subject) -> None:
        """Tell a subject, the visit that matters now selected unless another was."""
        pharmacy = self._workplace.pharmacy
        self._subject = subject
        self._plans = dosing.plan(pharmacy, subject.subject_id)
        self._show_allocations(subject.subject_id)
        first = self._at.get(subject.subject_id, self._first_open())
        self.track.show_stations(self._stations(), first)
        self.track.resize(self.track.sizeHint())
        self.retranslate()

    def _show_allocations(self, subject: SubjectId) -> None:
        for panel in self.panels:
            self._allocations.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
        stages = self._workplace.pharmacy.trial.stages
        listed = [stage for stage in stages if not stage.allocated_in]
        self.panels = [AllocationPanel(self._workplace, subject, stage) for stage in listed]
        for panel in self.panels:
            panel.opened.connect(self.changed)
            self._allocations.addWidget(panel)

    def _first_open(self) -> int:
        now = self._workplace.pharmacy.now()
        over = {State.OK, State.STOP}
        states = [standing(plan, now, ended=self._ended)[0] for plan in self._plans]
        return next((n for n, state in enumerate(states) if state not in over), 0)

    def _stations(self) -> list[Station]:
        now = self._workplace.pharmacy.now()
        stations: list[Station] = []
        before: StageCode | None = None
        for plan in self._plans:
            state, word = standing(plan, now, ended=self._ended)
            stage = self._workplace.pharmacy.trial.stage(plan.stage)
            stations.append(
                Station(
                    plan.visit.code,
                    said(plan.visit.name),
                    _span(plan.window),
                    state,
                    word,
                    said(stage.name) if plan.stage != before else "",
                )
            )
            before = plan.stage
        return stations

    @Slot(int)
    def _on_chosen(self, at: int) -> None:
        if self._subject is not None:
            self._at[self._subject.subject_id] = at
        self._tell_visit()
        self.standing.tell_acts()
        self.visit_chosen.emit()

    def retranslate(self) -> None:
        """Say everything again."""
        subject = self._subject
        if subject is None:
            return
        self.standing.tell(subject)
        self._visits.set_title(self.tr("Visits"))
        self.track.show_stations(self._stations(), self.track.selected)
        self._tell_visit()

    def _tell_visit(self) -> None:
        plan = self.plan
        if plan is None:
            return
        now = self._workplace.pharmacy.now()
        state, word = standing(plan, now, ended=self._ended)
        self._visit.set_title(f"{plan.visit.code} · {said(plan.visit.name)}")
        self._badge.set_state(state, word)
        facts = [(self.tr("Missed"), plan.missed)] if plan.missed else []
        if plan.window is not None:
            facts += [
                (self.tr("Planned"), wording.moment(plan.window.planned_at)),
                (self.tr("Window opens"), wording.moment(plan.window.opens_at)),
                (self.tr("Window closes"), wording.moment(plan.window.closes_at)),
            ]
        facts += [(self.tr("Dose {dose}").format(dose=d.dose_id), _told(d)) for d in plan.doses]
        self._visit_facts.tell(facts)


def _told(line: DoseLine) -> str:
    kit = f" · {line.kit_number}" if line.kit_number else ""
    when = line.handed_over_at or line.opened_at
    return f"{wording.term(f'step.{line.step}')}{kit} · {wording.moment(when)}"


def _span(window: PlannedVisit | None) -> str:
    if window is None:
        return "—"
    return f"{wording.day(window.opens_at)[5:]} – {wording.day(window.closes_at)[5:]}"
