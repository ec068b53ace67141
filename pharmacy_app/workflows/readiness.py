"""Readiness: the visits to come against the stock that may be used for them."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.readiness import ReadinessReport
from pharmacy_app.domain.assumptions import Assumptions, observed, rate_of, unlawful
from pharmacy_app.domain.courses import Course, course, schedule
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.forecast import Forecast, Observed, Question, Rate, simulate
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
from pharmacy_app.domain.refusal import refuse
from pharmacy_app.domain.trial import Trial
from pharmacy_app.domain.unblinding import dosing_stopped
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import readiness as queries
from pharmacy_app.records.queries.unblinded import subjects as subject_queries
from pharmacy_app.records.queries.unblinded.subjects import Subject
from pharmacy_app.workflows import dosing
from pharmacy_app.workflows.dosing import VisitPlan
from pharmacy_app.workflows.enrolment import protocol_for
from pharmacy_app.workflows.papers import standing
from pharmacy_app.workflows.pharmacy import Pharmacy

DAYS_AHEAD = 14
PAGE = 500
SEEDS = 1_000_000


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


def enrolment_seen(pharmacy: Pharmacy) -> Observed | None:
    """Return the enrolment rate as this site saw it, or None if it has not seen enough."""
    zone = pharmacy.zone
    enrolled = [at.astimezone(zone).date() for at in queries.enrolments(pharmacy.reader)]
    return observed(enrolled, pharmacy.today())


def question(pharmacy: Pharmacy, assumed: Assumptions) -> Question:
    """Return what a forecast is made from, read now; it may be answered on any thread.

    Raises Refused ``readiness.no_rate``, ``readiness.setting`` and ``readiness.lead``.
    """
    seen = enrolment_seen(pharmacy)
    refuse(*unlawful(assumed, seen))
    rate = rate_of(assumed, seen)
    if rate is None:
        raise LookupError("no rate")
    trial, today = pharmacy.trial, pharmacy.today()
    entering = Fraction(assumed.entering_pct, 100)
    courses = tuple(_course(pharmacy, one, entering) for one in subjects_ahead(pharmacy))
    newcomer = course(trial, schedule(trial), drawn={}, entering=entering, consents={})
    sources = {line.source for line in lines_of(trial)} | {
        take.source for one in courses for path in one for take in path.takes
    }
    return Question(
        first=today,
        weeks=assumed.weeks,
        lead_days=assumed.lead_days,
        rate=rate,
        courses=courses,
        newcomer=newcomer,
        staying=assumed.staying,
        failing=Fraction(assumed.replaced_pct, 100),
        stock=stock_now(pharmacy, sources, 7 * assumed.weeks),
    )


def _course(pharmacy: Pharmacy, ahead: Ahead, entering: Fraction) -> Course:
    """Return every way on of a subject on the study, days counted from today."""
    today = pharmacy.today()
    consents = subject_queries.consents(pharmacy.reader, ahead.subject_id)
    return course(
        ahead.trial,
        {code: (day - today).days for code, day in ahead.days.items()},
        drawn=ahead.lines,
        entering=entering,
        consents={one.stage: one.given for one in consents},
    )


def new_seed(pharmacy: Pharmacy) -> int:
    """Return a seed nobody chose, short enough to be typed again."""
    return pharmacy.chance.below(SEEDS)


@dataclass(frozen=True, slots=True)
class Told:
    """A forecast with what it was made from: shown and printed together, and to be played again."""

    forecast: Forecast
    assumed: Assumptions
    rate: Rate
    seed: int

    @property
    def rate_per_month(self) -> Fraction:
        """The enrolment rate that was taken, in subjects a month."""
        return self.rate.per_month


def answered(
    asked: Question, assumed: Assumptions, seed: int, tell: Callable[[int, int], None]
) -> Told:
    """Return the forecast of a question; the same seed gives the same again.

    ``tell`` hears of the progress, and stops the forecast by raising. Needs no ledger.
    """
    draws = random.Random(seed)  # noqa: S311 - chance to be played again
    return Told(simulate(asked, draws, assumed.runs, tell), assumed, asked.rate, seed)


def forecast(
    pharmacy: Pharmacy,
    assumed: Assumptions,
    seed: int,
    tell: Callable[[int, int], None] = lambda _done, _of: None,
) -> Told:
    """Return a forecast. Raises Refused as `question`."""
    return answered(question(pharmacy, assumed), assumed, seed, tell)


def report(pharmacy: Pharmacy, told: Told | None = None) -> Paper:
    """Return the paper of readiness and, if one was made, of the forecast; UNBLINDED."""
    made = ReadinessReport(
        standing=standing(pharmacy),
        trial=pharmacy.trial,
        days=(days := next_days(pharmacy)),
        in_the_way={one.source: in_the_way(pharmacy, one.source) for one in days[0].sources},
        forecast=None if told is None else told.forecast,
        assumed=None if told is None else told.assumed,
        rate=None if told is None else told.rate,
        seed=None if told is None else told.seed,
    )
    return catalogue.render(catalogue.READINESS, made)
