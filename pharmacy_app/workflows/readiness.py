"""Readiness: the visits to come against the stock that may be used for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.ids import KitTypeCode, StageCode, SubjectId, VisitCode
from pharmacy_app.domain.readiness import (
    Coming,
    DayNeed,
    Line,
    Source,
    Stock,
    days_from,
    line_of,
    lines_of,
    readiness,
    stock_of,
)
from pharmacy_app.domain.trial import Trial
from pharmacy_app.domain.unblinding import dosing_stopped
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import readiness as queries
from pharmacy_app.records.queries.unblinded import subjects as subject_queries
from pharmacy_app.records.queries.unblinded.subjects import Subject
from pharmacy_app.workflows import dosing
from pharmacy_app.workflows.dosing import VisitPlan
from pharmacy_app.workflows.enrolment import protocol_for
from pharmacy_app.workflows.pharmacy import Pharmacy

DAYS_AHEAD = 14
PAGE = 500


@dataclass(frozen=True, slots=True)
class Ahead:
    """A subject on the study who may get further doses, and the day of each visit to come.

    ``lines`` are those of the stages whose arm is drawn; the days of the others are those at which
    their visits will be, should the subject come to that stage.
    """

    subject_id: SubjectId
    trial: Trial
    lines: dict[StageCode, Line]
    days: dict[VisitCode, date]


def next_days(pharmacy: Pharmacy, days: int = DAYS_AHEAD) -> tuple[DayNeed, ...]:
    """Return need against usable stock for today and the days after it."""
    visits = coming(pharmacy)
    found = [*lines_of(pharmacy.trial), *(one.line for one in visits if one.line is not None)]
    lines = list(dict.fromkeys(found))
    stock = stock_now(pharmacy, {line.source for line in lines}, days)
    return readiness(stock, lines, visits, pharmacy.today(), days)


def stock_now(pharmacy: Pharmacy, sources: set[Source], days: int) -> Stock:
    """Return the usable stock of each source, as far as it is usable in so many days from today."""
    limits = {kind.code: kind.max_out_of_storage_minutes * 60 for kind in pharmacy.trial.kit_types}
    ends = days_from(pharmacy.today(), days, pharmacy.zone)
    return stock_of(queries.kits_in_place(pharmacy.reader, pharmacy.now()), sources, limits, ends)


def in_the_way(pharmacy: Pharmacy, source: Source) -> dict[str, int]:
    """Return how many kits of a source cannot be given, by what stands in their way."""
    kit_type = KitTypeCode(source.kit_type)
    return kit_queries.in_the_way(pharmacy.reader, kit_type, pharmacy.now(), source.pool)


def coming(pharmacy: Pharmacy) -> list[Coming]:
    """Return every visit to come of the stages that are open to their subjects, by day.

    Of a subject who is enrolled and whose arm is not drawn yet, those of a stage open to everybody.
    """
    found = [
        Coming(ahead.subject_id, stage.code, visit.code, ahead.days[visit.code], line)
        for ahead in subjects_ahead(pharmacy)
        for stage in ahead.trial.stages
        for line in [ahead.lines.get(stage.code)]
        for visit in stage.visits
        if visit.code in ahead.days
        and (line is not None or not (stage.after or stage.allocated_in))
    ]
    return sorted(found, key=lambda visit: (visit.day, visit.subject_id, visit.visit))


def subjects_ahead(pharmacy: Pharmacy) -> Iterator[Ahead]:
    """Yield every subject who may get further doses, by number."""
    after: SubjectId | None = None
    while page := subject_queries.page(pharmacy.reader, after, PAGE):
        for subject in page:
            told = subject_queries.unblindings(pharmacy.reader, subject.subject_id)
            trial = protocol_for(pharmacy, subject).trial
            if subject.ended is None and not dosing_stopped(trial, subject.subject_id, told):
                yield _ahead(pharmacy, subject, trial)
        after = page[-1].subject_id


def _ahead(pharmacy: Pharmacy, subject: Subject, trial: Trial) -> Ahead:
    number = subject.subject_id
    drawn = {one.stage: one.arm for one in subject_queries.allocations(pharmacy.reader, number)}
    lines = {
        stage.code: line_of(stage, trial.arm(stage.code, drawn[stage.list_stage]))
        for stage in trial.stages
        if stage.list_stage in drawn
    }
    return Ahead(number, trial, lines, _days(pharmacy, dosing.plan(pharmacy, number)))


def _days(pharmacy: Pharmacy, plan: list[VisitPlan]) -> dict[VisitCode, date]:
    """Return on which day each visit will take a kit.

    A visit whose anchor is still to come is planned from the day its anchor is planned for. A dose
    that was begun takes its kit today, unless it has it.
    """
    planned: dict[str, date] = {}
    takes: dict[VisitCode, date] = {}
    for visit in plan:
        day = _day(pharmacy, visit, planned)
        if day is None:
            continue
        code, current = visit.visit.code, visit.current
        planned[code] = day
        begun = current is not None and current.step is Step.ASSIGN
        if visit.visit.scheduled and (visit.waits or begun):
            takes[code] = pharmacy.today() if begun else day
    return takes


def _day(pharmacy: Pharmacy, visit: VisitPlan, planned: dict[str, date]) -> date | None:
    """Return a visit's day, not before today; None if it cannot be told, or was let pass."""
    window = visit.window
    if visit.missed or (window is not None and window.closes_at < pharmacy.now() and visit.waits):
        return None
    if window is not None:
        return max(pharmacy.today(), window.planned_at.astimezone(pharmacy.zone).date())
    anchor = planned.get(visit.visit.window.anchor)
    return None if anchor is None else anchor + timedelta(days=visit.visit.window.day)
