"""The course of one subject: enrolment, visits, week 4, stage 2, and what fate has in store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.ids import DoseId, StageCode, SubjectId, VisitCode
from pharmacy_app.domain.subjects import Ending
from pharmacy_app.domain.trial import Stage
from pharmacy_app.domain.unblinding import Category
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.simulation.bench import Bench, Outcome
from pharmacy_app.simulation.calendar import Calendar
from pharmacy_app.simulation.desk import Desk
from pharmacy_app.simulation.people import FIRST
from pharmacy_app.simulation.supply import Sponsor
from pharmacy_app.sponsor.build import ReleaseLine
from pharmacy_app.workflows import code_break, dosing, enrolment, subjects, unblinding

DOCTOR, REFERENCE = "赵医生 Dr Zhao", "REQ"
FOLLOW_UP = timedelta(days=28)
REPORT_AFTER = timedelta(hours=2)


@dataclass(slots=True)
class Site:
    """What the courses at one site share: the desk, the bench, the calendar, the codes left."""

    desk: Desk
    bench: Bench
    calendar: Calendar
    sponsor: Sponsor
    read_out: dict[StageCode, int] = field(default_factory=dict)

    def next_code(self, stage: StageCode) -> ReleaseLine:
        """Return the next line of the desk's list for this site; each is read out once."""
        place = self.read_out.get(stage, 0)
        self.read_out[stage] = place + 1
        return self.sponsor.desk[stage][place]


@dataclass(slots=True)
class Course:
    """One subject, from enrolment to the end."""

    site: Site
    subject: SubjectId
    opened: dict[StageCode, ReleaseLine] = field(default_factory=dict)
    over: bool = False

    @property
    def stages(self) -> Sequence[Stage]:
        """The stages of the protocol."""
        return self.site.sponsor.trial.stages

    def enrol(self) -> None:
        """Enrol, open stage 1, and put everything that follows into the calendar."""
        desk, pharmacy = self.site.desk, self.site.desk.pharmacy
        desk.do("enrol", lambda: enrolment.enrol(pharmacy, self.subject, DOCTOR, REFERENCE))
        if desk.happens(desk.rates.wrong_code):
            self._try_a_used_code()
        self._open(self.stages[0])
        self._draw_fates()
        self._later(self.visit, self.stages[0], 0, hours=1 + desk.chance.below(6))

    def _try_a_used_code(self) -> None:
        """Give the code that was read out for the subject before; it must be refused."""
        stage, site = self.stages[0].code, self.site
        place = site.read_out.get(stage, 0)
        if place:
            used = site.sponsor.desk[stage][place - 1].code
            site.desk.must_refuse(
                lambda: enrolment.open_allocation(
                    site.desk.pharmacy, self.subject, stage, used, FIRST
                )
            )

    def _open(self, stage: Stage) -> None:
        line = self.site.next_code(stage.code)
        self.site.desk.do(
            "open_allocation",
            lambda: enrolment.open_allocation(
                self.site.desk.pharmacy, self.subject, stage.code, line.code, FIRST
            ),
        )
        self.opened[stage.code] = line

    def _draw_fates(self) -> None:
        """Draw what may end the subject's part, and when; the first to come counts."""
        desk, rates = self.site.desk, self.site.desk.rates
        for rate, because, first, last in (
            (rates.mortality, Ending.DEATH, 1, 28),
            (rates.later_mortality, Ending.DEATH, 29, 60),
            (rates.transplantation, Ending.TRANSPLANTATION, 3, 40),
            (rates.withdrawal, Ending.WITHDRAWAL, 2, 40),
            (rates.lost, Ending.LOST, 15, 50),
        ):
            if desk.happens(rate):
                hours = 24 * first + desk.chance.below(24 * (last - first))
                self._later(self.end, because, hours=hours)
        if desk.happens(rates.code_broken):
            self._later(self.break_code, hours=24 + desk.chance.below(24 * 20))
        if desk.happens(rates.accident):
            self._later(self.note_accident, hours=24 + desk.chance.below(24 * 20))

    def _later(self, act: Callable[..., None], *told: object, hours: int) -> None:
        when = self.site.desk.clock.now() + timedelta(hours=hours)
        self.site.calendar.at(when, lambda: act(*told))

    def visit(self, stage: Stage, number: int) -> None:
        """Come to a visit, or miss it; then wait for the next."""
        if self.over:
            return
        desk, visit = self.site.desk, stage.visits[number]
        given: Outcome | None = None
        if number and desk.happens(desk.rates.missed_visit):
            self._miss(visit.code, "did not come")
        else:
            given = self.site.bench.give(self.subject, visit.code, self._reason(visit.code))
            if given is Outcome.GIVEN:
                self._report_later(visit.code)
            elif not self._live(visit.code):
                self._miss(visit.code, "no dose could be given")
        self._next(stage, number)

    def _reason(self, visit: VisitCode) -> str:
        """Return the investigator's reason where the window is missed, else nothing."""
        plans = dosing.plan(self.site.desk.pharmacy, self.subject)
        window = next(plan.window for plan in plans if plan.visit.code == visit)
        inside = window is None or window.holds(self.site.desk.clock.now())
        return "" if inside else "ward was full"

    def _live(self, visit: VisitCode) -> bool:
        lines = dose_queries.at_visit(self.site.desk.pharmacy.reader, self.subject, visit)
        return any(line.step is not Step.STOPPED for line in lines)

    def _miss(self, visit: VisitCode, because: str) -> None:
        self.site.desk.do(
            "miss_visit",
            lambda: subjects.miss_visit(self.site.desk.pharmacy, self.subject, visit, because),
        )

    def _report_later(self, visit: VisitCode) -> None:
        lines = dose_queries.at_visit(self.site.desk.pharmacy.reader, self.subject, visit)
        when = self.site.desk.clock.now() + REPORT_AFTER
        self.site.calendar.at(when, lambda: self.report(lines[-1].dose_id, visit))

    def report(self, dose_id: DoseId, visit: VisitCode) -> None:
        """Hear from the ward; after a bag that came back the visit may be given once more."""
        desk = self.site.desk
        handed = dosing.dose(desk.pharmacy, dose_id).handed_over_at
        if handed is None:
            return
        outcome = self.site.bench.report(dose_id, handed)
        if outcome is Outcome.RETURNED and not self.over:
            again = self.site.bench.give(self.subject, visit, "the bag came back")
            if again is Outcome.GIVEN:
                self._report_later(visit)

    def _next(self, stage: Stage, number: int) -> None:
        """Put the next visit into the calendar, or what follows the last one of a stage."""
        desk = self.site.desk
        if number + 1 == len(stage.visits):
            if stage is self.stages[0]:
                self._later(self.week_four, hours=24 * 13 + desk.chance.below(24 * 3))
            else:
                self._later(self.end, Ending.COMPLETED, hours=24 * FOLLOW_UP.days)
            return
        late = 24 * 4 if desk.happens(desk.rates.late_visit) else 0
        hours = 24 * 7 - 12 + desk.chance.below(24) + late
        self._later(self.visit, stage, number + 1, hours=hours)

    def week_four(self) -> None:
        """Unblind stage 1 as planned; who is let in goes on to the next stage."""
        if self.over:
            return
        desk, first = self.site.desk, self.stages[0].code
        code = self.opened[first].unblinding_code
        desk.do(
            "unblind",
            lambda: unblinding.unblind_by_code(desk.pharmacy, self.subject, first, code, FIRST),
        )
        for stage in self.stages[1:]:
            if not desk.happens(desk.rates.consent_withheld):
                self._consent(stage)
            if self._let_in(stage):
                self._later(self.visit, stage, 0, hours=1 + desk.chance.below(30))
                return
        self.end(Ending.COMPLETED)

    def _consent(self, stage: Stage) -> None:
        pharmacy = self.site.desk.pharmacy
        self.site.desk.do(
            "consent",
            lambda: subjects.record_consent(
                pharmacy, self.subject, stage.code, pharmacy.today(), "ICF-2", given=True
            ),
        )

    def _let_in(self, stage: Stage) -> bool:
        """Try to open a later stage's allocation with the next code, which only the right ones can."""
        desk, pharmacy = self.site.desk, self.site.desk.pharmacy
        place = self.site.read_out.get(stage.code, 0)
        line = self.site.sponsor.desk[stage.code][place]
        done = desk.tried(
            "open_allocation",
            lambda: enrolment.open_allocation(pharmacy, self.subject, stage.code, line.code, FIRST),
        )
        if done is not None:
            self.opened[stage.code] = self.site.next_code(stage.code)
        return done is not None

    def end(self, because: Ending) -> None:
        """End the subject's part; what may not happen afterwards is tried, and must be refused."""
        if self.over:
            return
        self.over = True
        desk, pharmacy = self.site.desk, self.site.desk.pharmacy
        desk.do(
            "end_subject",
            lambda: subjects.end(pharmacy, self.subject, because, pharmacy.today(), DOCTOR),
        )
        visit = self.stages[0].visits[-1].code
        desk.must_refuse(lambda: dosing.open_dose(pharmacy, self.subject, visit, outside="no"))

    def break_code(self) -> None:
        """Break the code in an emergency."""
        if self.over:
            return
        request = code_break.Request("孙医生 Dr Sun", "ICU", Category.SAFETY, "shock")
        pharmacy = self.site.desk.pharmacy
        self.site.desk.do(
            "break_code",
            lambda: code_break.break_code(pharmacy, self.subject, request, [FIRST]),
        )

    def note_accident(self) -> None:
        """Note that somebody learnt the arm by accident."""
        if self.over:
            return
        pharmacy, stage = self.site.desk.pharmacy, self.stages[0].code
        self.site.desk.do(
            "note_accident",
            lambda: unblinding.note_accident(
                pharmacy,
                self.subject,
                stage,
                who="Nurse",
                how="saw a sheet",
                noticed_at=pharmacy.now(),
            ),
        )
