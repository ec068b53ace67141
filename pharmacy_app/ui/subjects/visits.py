"""Where a visit stands, in a word and a state; and why its dose may not be begun."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.people import Task, missing_right
from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.subjects import no_further_dose
from pharmacy_app.domain.trial import Outside
from pharmacy_app.domain.unblinding import dosing_stopped
from pharmacy_app.domain.visits import outside
from pharmacy_app.records.queries.unblinded import subjects as subject_queries
from pharmacy_app.ui import wording
from pharmacy_app.ui.palettes import State
from pharmacy_app.workflows.dosing import VisitPlan
from pharmacy_app.workflows.enrolment import allocated
from pharmacy_app.workflows.pharmacy import Pharmacy


def standing(plan: VisitPlan, now: datetime, *, ended: bool = False) -> tuple[State, str]:
    """Return the state of a visit and its words; nothing is due for a subject whose part ended."""
    if plan.missed:
        return State.STOP, QCoreApplication.translate("Visits", "missed")
    if ended and plan.current is None:
        return State.QUIET, QCoreApplication.translate("Visits", "not given")
    if plan.current is None:
        return _before(plan, now)
    if plan.current.returned:
        return State.WARN, QCoreApplication.translate("Visits", "bag came back")
    return _since(plan.current.step)


def _since(step: Step) -> tuple[State, str]:
    if step is Step.CLOSED:
        return State.OK, QCoreApplication.translate("Visits", "closed")
    if step is Step.REPORT:
        return State.INFO, QCoreApplication.translate("Visits", "handed over")
    return State.INFO, QCoreApplication.translate("Visits", "in progress")


def _before(plan: VisitPlan, now: datetime) -> tuple[State, str]:
    window = plan.window
    if window is None:
        anchor = wording.term(plan.visit.window.anchor)
        return State.QUIET, QCoreApplication.translate("Visits", "after {anchor}").format(
            anchor=anchor
        )
    if now < window.opens_at:
        return State.QUIET, QCoreApplication.translate("Visits", "later")
    if not plan.visit.scheduled:
        return State.QUIET, QCoreApplication.translate("Visits", "unscheduled")
    if window.holds(now):
        return State.WARN, QCoreApplication.translate("Visits", "due")
    return State.STOP, QCoreApplication.translate("Visits", "window closed")


def not_now(pharmacy: Pharmacy, subject: SubjectId, plan: VisitPlan) -> Violation | None:
    """Return why a visit's dose may not be begun, as the record stands; the workflow decides."""
    now = pharmacy.now()
    known = subject_queries.subject(pharmacy.reader, subject)
    told = subject_queries.unblindings(pharmacy.reader, subject)
    reasons = (
        missing_right(pharmacy.person, Task.PREPARE),
        no_further_dose(subject, None if known is None else known.ended),
        dosing_stopped(pharmacy.trial, subject, told),
        None
        if allocated(pharmacy, subject, pharmacy.trial.stage(plan.stage))
        else violation("allocation.not_opened", subject, stage=plan.stage),
        violation("visit.no_anchor", plan.visit.code, anchor=plan.visit.window.anchor)
        if plan.window is None
        else None,
        outside(plan.visit, plan.window, now, "")
        if plan.window is not None and plan.visit.window.outside is Outside.REFUSE
        else None,
    )
    return next((reason for reason in reasons if reason is not None), None)
