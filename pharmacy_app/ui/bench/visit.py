"""The first step: whether the visit's window is open, and why a dose is begun outside it."""

from datetime import timedelta

from PySide6.QtCore import Qt, Slot

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.trial import Outside, Trial
from pharmacy_app.domain.visits import PlannedVisit
from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.step import Facts, StepPanel
from pharmacy_app.ui.bench.workbench import Workbench
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.fields import NumberField, TextField
from pharmacy_app.ui.widgets.surfaces import Badge
from pharmacy_app.ui.workplace import said
from pharmacy_app.workflows import dosing
from pharmacy_app.workflows.dosing import VisitPlan
from pharmacy_app.workflows.enrolment import enrolled, protocol_for


class VisitPanel(StepPanel):
    """Begins the dose of a visit."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._begun = ""
        self._badge = Badge()
        self._facts = Facts("strong")
        self.reason, self.weight = TextField(), NumberField(decimals=1)
        self.weight.setMaximumWidth(200)
        for part in (self._badge, self._facts, self.weight, self.reason):
            self.body.addWidget(part)
        self.show_dose()

    def retranslate(self) -> None:
        """Set every text again."""
        self.head.setText(self.tr("Visit window"))
        self.text.setText(self.tr("A dose is begun for one visit of one subject, in its window."))
        self.weight.set_label(self.tr("Body weight at this visit"), "kg")
        self.primary.setText(self.tr("Begin this dose"))
        self.show_dose()

    def show_dose(self) -> None:
        """Show the window as it stands now."""
        plan = self._plan()
        if plan is None:
            return
        window, now = plan.window, self.bench.pharmacy.now()
        self._facts.tell(self._told(plan, window))
        inside = window is not None and window.holds(now)
        overruled = not inside and plan.visit.window.outside is Outside.REASON
        self._ask_reason(plan, overruled=window is not None and overruled)
        self.weight.setVisible(self._protocol().by_weight)
        if window is None:
            self._badge.set_state(State.STOP, self.tr("The earlier visit was not given yet"))
        elif inside:
            self._badge.set_state(State.OK, self.tr("In the window"))
        else:
            self._badge.set_state(State.STOP, self._how_far(window))

    def _ask_reason(self, plan: VisitPlan, *, overruled: bool) -> None:
        """Ask why, where no schedule says it: outside the window, unscheduled, or once more."""
        repeats = any(line.returned for line in plan.doses)
        self.reason.setVisible(overruled or repeats or not plan.visit.scheduled)
        if overruled:
            asked = self.tr("Reason for a dose outside the window")
        elif repeats:
            asked = self.tr("Reason for a dose more at this visit")
        else:
            asked = self.tr("Reason for an unscheduled dose")
        noted = self.tr("It is recorded as a deviation.") if overruled else ""
        self.reason.set_label(asked, hint=noted)

    def _protocol(self) -> Trial:
        """Return the protocol in force for the subject of the visit."""
        if self.bench.visit is None:
            raise LookupError("no visit is on the bench")
        subject = enrolled(self.bench.pharmacy, self.bench.visit[0])
        return protocol_for(self.bench.pharmacy, subject).trial

    def _told(self, plan: VisitPlan, window: PlannedVisit | None) -> list[tuple[str, str]]:
        facts = [(self.tr("Visit"), f"{plan.visit.code} · {said(plan.visit.name)}")]
        if window is not None:
            facts += [
                (self.tr("Planned"), wording.moment(window.planned_at)),
                (self.tr("Window opens"), wording.moment(window.opens_at)),
                (self.tr("Window closes"), wording.moment(window.closes_at)),
            ]
        stopped = [line.dose_id for line in plan.doses if line.step is Step.STOPPED]
        if stopped and plan.doses[-1].dose_id == stopped[-1]:
            facts.append((self.tr("Replaces stopped dose"), stopped[-1]))
        return facts

    def _how_far(self, window: PlannedVisit) -> str:
        now = self.bench.pharmacy.now()
        if now < window.opens_at:
            return self.tr("Too early by {hours} h").format(hours=_hours(window.opens_at - now))
        return self.tr("Too late by {hours} h").format(hours=_hours(now - window.closes_at))

    def _plan(self) -> VisitPlan | None:
        if self.bench.visit is None:
            return None
        subject, visit = self.bench.visit
        plans = dosing.plan(self.bench.pharmacy, subject)
        return next((plan for plan in plans if plan.visit.code == visit), None)

    @Slot()
    def begin(self) -> None:
        """Put the focus where the work begins."""
        asked = [field for field in (self.weight, self.reason) if not field.isHidden()]
        (asked[0] if asked else self.primary).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Begin the dose and take it to the bench."""
        if self.bench.visit is None:
            return
        subject, visit = self.bench.visit
        begun: list[DoseId] = []

        def open_it(op_id: str) -> None:
            outside = "" if self.reason.isHidden() else self.reason.text
            weight = None if self.weight.isHidden() else self.weight.value
            begun.append(
                dosing.open_dose(
                    self.bench.pharmacy,
                    subject,
                    visit,
                    outside=outside,
                    weight_kg=weight,
                    op_id=op_id,
                )
            )

        if self.bench.act(open_it):
            self.bench.bring(begun[0])


def _hours(span: timedelta) -> str:
    return f"{span.total_seconds() / 3600:.1f}"
