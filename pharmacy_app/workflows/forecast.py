"""The forecast of the demand: what it is made from, read here; played anywhere; told and printed."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.readiness import ReadinessReport
from pharmacy_app.domain.assumptions import Assumptions, observed, rate_of, unlawful
from pharmacy_app.domain.chances import Observed, Rate
from pharmacy_app.domain.courses import Course, course, schedule
from pharmacy_app.domain.forecast import Forecast, Question, simulate
from pharmacy_app.domain.readiness import lines_of
from pharmacy_app.domain.refusal import refuse
from pharmacy_app.records.queries.unblinded import readiness as queries
from pharmacy_app.records.queries.unblinded import subjects as subject_queries
from pharmacy_app.workflows import readiness
from pharmacy_app.workflows.papers import standing
from pharmacy_app.workflows.pharmacy import Pharmacy

SEEDS = 1_000_000


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
    courses = tuple(_course(pharmacy, one, entering) for one in readiness.subjects_ahead(pharmacy))
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
        stock=readiness.stock_now(pharmacy, sources, 7 * assumed.weeks),
    )


def _course(pharmacy: Pharmacy, ahead: readiness.Ahead, entering: Fraction) -> Course:
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
        days=(days := readiness.next_days(pharmacy)),
        in_the_way={
            one.source: readiness.in_the_way(pharmacy, one.source) for one in days[0].sources
        },
        forecast=None if told is None else told.forecast,
        assumed=None if told is None else told.assumed,
        rate=None if told is None else told.rate,
        seed=None if told is None else told.seed,
    )
    return catalogue.render(catalogue.READINESS, made)
