"""Subjects, doses and kits in any order of acts: no illegal state, and always a lawful way out.

Hypothesis picks the acts; each is tried on a real site and may be refused. After every act the
invariants hold; at the end every dose finds its way out and the whole state is computed again.
`LIFE_STEPS` sets how many acts are tried in all.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import timedelta
from decimal import Decimal
from functools import cache, partial
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from pharmacy_app.domain.doses import Dose, Step
from pharmacy_app.domain.events.dose import Material
from pharmacy_app.domain.ids import DoseId, SubjectId
from pharmacy_app.domain.kits import ON_SHELF, Kit, KitState
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.domain.subjects import Ending
from pharmacy_app.domain.unblinding import Blinding, Category
from pharmacy_app.records.queries.unblinded import accountability, doses, kits
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.simulation.people import OpenKeys
from pharmacy_app.workflows import (
    code_break,
    custody,
    deviations,
    dosing,
    enrolment,
    labelling,
    preparation,
    releasing,
    site,
    stock,
    subjects,
    unblinding,
)
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies, small_trials
from tests.pharmacies import CREDENTIALS, LI, PASSWORDS, WANG, MadeSite
from tests.small_trials import STAGE, STAGE_2

STEPS = int(os.environ.get("LIFE_STEPS", "360"))
A_RUN = 60
NUMBERS = [SubjectId(f"01-00{n}") for n in range(1, 5)]
VISITS = ["W0", "W1", "W4"]
MINE = CREDENTIALS[WANG]
KIT_AT = {
    Step.IDENTIFY: {KitState.ASSIGNED, KitState.QUARANTINED, KitState.REJECTED},
    Step.TAKE_OUT: {KitState.ASSIGNED, KitState.QUARANTINED, KitState.REJECTED},
    Step.THAW: {KitState.OUT_OF_STORAGE},
    Step.THAWING: {KitState.THAWED},
    Step.APPEARANCE: {KitState.THAWED},
    Step.METHOD: {KitState.THAWED},
    Step.COUNT: {KitState.THAWED},
    Step.DRAW: {KitState.THAWED},
    Step.DILUTE: {KitState.THAWED},
    Step.COVER: {KitState.THAWED},
    Step.CHECK: {KitState.PREPARED},
    Step.LABEL: {KitState.RELEASED},
    Step.SCAN_BACK: {KitState.RELEASED},
    Step.HAND_OVER: {KitState.RELEASED},
    Step.REPORT: {KitState.HANDED_OVER},
    Step.CLOSED: {KitState.INFUSED, KitState.PARTLY_INFUSED, KitState.RETURNED},
}
"""The states a dose's kit may be in, by the step that the dose waits for."""


@cache
def stocked() -> MadeSite:
    folder = Path(tempfile.mkdtemp()) / "site"
    trial = small_trials.two_stage_trial(pool="LATE")
    made = pharmacies.make_site(folder, trial=trial, kits_of_each=10, entries_of_each=6)
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
    return made


class Life(RuleBasedStateMachine):
    """One site, a few subjects, any acts."""

    @initialize()
    def open_site(self) -> None:
        self.closing = ExitStack()
        self.folder = Path(tempfile.mkdtemp())
        self.closing.callback(shutil.rmtree, self.folder, ignore_errors=True)
        made = stocked()
        self.made = pharmacies.copied(made, self.folder / "site", "life")
        opened = self.closing.enter_context(self.made.signed_in())
        self.pharmacy, self.vault = opened.pharmacy, opened.vault
        keys = {p: opened.vault.unlock(p, PASSWORDS[p]) for p in (WANG, LI)}
        self.pharmacy.session.signing = OpenKeys(keys)
        self.printer = pharmacies.MemoryPrinter()
        for number, arm in zip(NUMBERS, "ABA", strict=False):
            pharmacies.enrolled(self.made, self.pharmacy, number, arm)

    @property
    def under_way(self) -> bool:
        return hasattr(self, "pharmacy") and bool(doses.open_doses(self.pharmacy.reader))

    def tried(self, act: Callable[[], object]) -> None:
        """Anything may be refused; nothing may break."""
        with suppress(Refused, EnvironmentProblem):
            act()

    @rule(number=st.sampled_from(NUMBERS), arm=st.sampled_from("AB"))
    def enrol(self, number: SubjectId, arm: str) -> None:
        self.tried(lambda: enrolment.enrol(self.pharmacy, number, "Dr Zhao", "REQ"))
        left = self.made.codes[arm][self.made.taken.get(arm, 0) :]
        if left:
            code = self.made.code_for(arm)
            self.tried(lambda: enrolment.open_allocation(self.pharmacy, number, STAGE, code, MINE))

    @rule(number=st.sampled_from(NUMBERS), arm=st.sampled_from(["LONG", "CTRL"]))
    def open_stage_two(self, number: SubjectId, arm: str) -> None:
        for code in self.made.codes[arm]:
            self.tried(
                lambda code=code: enrolment.open_allocation(  # type: ignore[misc] # bound now
                    self.pharmacy, number, STAGE_2, code, MINE
                )
            )

    @rule(number=st.sampled_from(NUMBERS), given=st.booleans())
    def consent(self, number: SubjectId, given: bool) -> None:
        today = self.pharmacy.today()
        self.tried(
            lambda: subjects.record_consent(
                self.pharmacy, number, STAGE_2, today, "ICF", given=given
            )
        )

    @rule(number=st.sampled_from(NUMBERS), other=st.sampled_from(NUMBERS))
    def unblind(self, number: SubjectId, other: SubjectId) -> None:
        found = queries.allocation(self.pharmacy.reader, other, STAGE)
        code = "" if found is None else self.made.unblinding_codes[found.entry_id]
        self.tried(lambda: unblinding.unblind_by_code(self.pharmacy, number, STAGE, code, MINE))

    @rule(number=st.sampled_from(NUMBERS), because=st.sampled_from(Ending))
    def end(self, number: SubjectId, because: Ending) -> None:
        today = self.pharmacy.today()
        self.tried(lambda: subjects.end(self.pharmacy, number, because, today, "Dr Zhao"))

    @rule(number=st.sampled_from(NUMBERS))
    def reinstate(self, number: SubjectId) -> None:
        self.tried(lambda: subjects.reinstate(self.pharmacy, number, "Dr Zhao", "error", MINE))

    @rule(number=st.sampled_from(NUMBERS), visit=st.sampled_from(VISITS))
    def miss(self, number: SubjectId, visit: str) -> None:
        self.tried(lambda: subjects.miss_visit(self.pharmacy, number, visit, "fever"))

    @rule(number=st.sampled_from(NUMBERS[-1:]))
    def break_code(self, number: SubjectId) -> None:
        request = code_break.Request("Dr Sun", "ICU", Category.SAFETY, "shock")
        self.tried(lambda: code_break.break_code(self.pharmacy, number, request, [MINE]))

    @rule(
        number=st.sampled_from(NUMBERS),
        visit=st.sampled_from(VISITS),
        late=st.booleans(),
        steps=st.sampled_from([0, 1, 3, 7, 12, 16]),
    )
    def begin(self, number: SubjectId, visit: str, late: bool, steps: int) -> None:
        outside = "investigator asked" if late else ""
        self.tried(lambda: dosing.open_dose(self.pharmacy, number, visit, outside=outside))
        for line in doses.of_subject(self.pharmacy.reader, number)[-1:]:
            for _ in range(steps):
                self.tried(partial(self.next_step, line.dose_id))

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), steps=st.integers(1, 16))
    def go_on(self, data: st.DataObject, steps: int) -> None:
        line = data.draw(st.sampled_from(doses.open_doses(self.pharmacy.reader)))
        for _ in range(steps):
            self.tried(partial(self.next_step, line.dose_id))

    @rule(number=st.sampled_from(NUMBERS), arm=st.sampled_from(["LONG", "CTRL"]))
    def live_on_to_stage_two(self, number: SubjectId, arm: str) -> None:
        self.begin(number, "W0", True, 16)
        self.wait(24 * 28)
        self.unblind(number, number)
        self.consent(number, True)
        self.open_stage_two(number, arm)
        self.begin(number, "W4", True, 16)

    @precondition(lambda self: self.under_way)
    @rule(data=st.data())
    def stop(self, data: st.DataObject) -> None:
        line = data.draw(st.sampled_from(doses.open_doses(self.pharmacy.reader)))
        self.tried(lambda: dosing.stop(self.pharmacy, line.dose_id, "it fell"))

    @rule(data=st.data())
    def set_apart(self, data: st.DataObject) -> None:
        kit = data.draw(st.sampled_from(self.every_kit()))
        self.tried(lambda: stock.quarantine(self.pharmacy, Scanned(kit.kit_number), "alarm"))

    @rule(data=st.data(), usable=st.booleans())
    def decide(self, data: st.DataObject, usable: bool) -> None:
        kit = data.draw(st.sampled_from(self.every_kit()))
        self.tried(
            lambda: stock.decide_quarantine(
                self.pharmacy,
                [kit.kit_number],
                usable=usable,
                authorisation="S-1",
                credential=MINE,
            )
        )

    @precondition(lambda self: self.under_way)
    @rule(data=st.data())
    def scan_another(self, data: st.DataObject) -> None:
        line = data.draw(st.sampled_from(doses.open_doses(self.pharmacy.reader)))
        kit = data.draw(st.sampled_from(self.every_kit()))
        self.tried(lambda: dosing.scan_kit(self.pharmacy, line.dose_id, Scanned(kit.kit_number)))

    @rule(data=st.data(), number=st.sampled_from(NUMBERS))
    def tell_wrong_kit(self, data: st.DataObject, number: SubjectId) -> None:
        kit = data.draw(st.sampled_from(self.every_kit()))
        for line in doses.of_subject(self.pharmacy.reader, number)[-1:]:
            self.tried(
                lambda dose_id=line.dose_id: deviations.report_wrong_kit(  # type: ignore[misc] # bound now
                    self.pharmacy, dose_id, Scanned(kit.kit_number), "one tray", MINE
                )
            )

    @rule(hours=st.sampled_from([1, 5, 24, 24 * 7, 24 * 21]))
    def wait(self, hours: int) -> None:
        self.made.clock.advance(timedelta(hours=hours))

    def every_kit(self) -> list[Kit]:
        return kits.page(self.pharmacy.reader, kits.KitFilter(), None, 100)

    def next_step(self, dose_id: DoseId) -> object:
        """Do what the dose waits for, as a good pharmacist would."""
        pharmacy, asked = self.pharmacy, dosing.dose(self.pharmacy, dose_id)
        self.made.clock.advance(timedelta(minutes=3))
        return self.acts(asked)[asked.step](pharmacy, dose_id) if not asked.over else None

    def acts(self, asked: Dose) -> dict[Step, Callable[..., object]]:
        return {
            Step.ASSIGN: dosing.assign,
            Step.IDENTIFY: lambda p, d: dosing.scan_kit(p, d, Scanned(str(asked.kit))),
            Step.TAKE_OUT: dosing.take_out,
            Step.THAW: lambda p, d: preparation.start_thaw(p, d, "WB-1", Decimal(37)),
            Step.THAWING: preparation.end_thaw,
            Step.APPEARANCE: lambda p, d: preparation.judge_appearance(p, d, "clear"),
            Step.METHOD: self.begin_count,
            Step.COUNT: self.count,
            Step.DRAW: self.draw,
            Step.DILUTE: lambda p, d: preparation.dilute(
                p, d, [Material(name="NaCl", lot="N-1", expiry=p.today())]
            ),
            Step.COVER: lambda p, d: preparation.cover(p, d, "SEAL", ""),
            Step.CHECK: lambda p, d: releasing.check(
                p, d, pharmacies.readings_for(p, d), (MINE, CREDENTIALS[LI])
            ),
            Step.LABEL: self.label,
            Step.SCAN_BACK: self.scan_back,
            Step.HAND_OVER: lambda p, d: custody.hand_over(p, d, "Nurse", "nurse", MINE),
            Step.REPORT: self.report,
        }

    def report(self, _: object, dose_id: DoseId) -> object:
        """Let every other bag come back."""
        if len(doses.recent(self.pharmacy.reader, pharmacies.START, 200)) % 2:
            return custody.return_bag(self.pharmacy, dose_id, "Nurse", "not needed")
        pharmacies.reported(self.made, self.pharmacy, dose_id)
        return None

    def begin_count(self, _: object, dose_id: DoseId) -> object:
        due = self.pharmacy.today() + timedelta(days=30)
        return preparation.begin_count(
            self.pharmacy,
            dose_id,
            method="haemocytometer",
            instrument="NB-1",
            calibration_due=due,
        )

    def count(self, _: object, dose_id: DoseId) -> object:
        return preparation.record_count(
            self.pharmacy,
            dose_id,
            pharmacies.readings_for(self.pharmacy, dose_id),
            suspension_ml=Decimal(20),
            sample_ml=Decimal("0.5"),
        )

    def draw(self, _: object, dose_id: DoseId) -> object:
        counted = dosing.dose(self.pharmacy, dose_id).counted
        assert counted is not None
        result = counted.result
        return preparation.draw(self.pharmacy, dose_id, result.drawn_ml, result.diluent_drawn_ml)

    def label(self, _: object, dose_id: DoseId) -> object:
        copy = labelling.reserve(self.pharmacy, dose_id)
        return labelling.print_label(self.pharmacy, copy, dose_id, self.printer)

    def scan_back(self, _: object, dose_id: DoseId) -> object:
        copy = dosing.dose(self.pharmacy, dose_id).current_label()
        assert copy is not None
        return labelling.scan_back(self.pharmacy, dose_id, Scanned(copy.symbol))

    @invariant()
    def every_kit_is_in_one_lawful_place(self) -> None:
        if not hasattr(self, "pharmacy"):
            return
        reader = self.pharmacy.reader
        for kit in self.every_kit():
            assert kit.state in ON_SHELF or kit.position is None
        for kit_type in self.pharmacy.trial.kit_types:
            log = accountability.movements(reader, kit_type.code)
            assert log[-1].balance == accountability.on_shelf(reader, kit_type.code)

    @invariant()
    def every_dose_has_the_kit_its_step_says_and_the_right_one(self) -> None:
        if not hasattr(self, "pharmacy"):
            return
        reader, trial = self.pharmacy.reader, self.pharmacy.trial
        for number in NUMBERS:
            subject = queries.subject(reader, number)
            for line in doses.of_subject(reader, number):
                asked = dosing.dose(self.pharmacy, line.dose_id)
                assert asked.step is line.step
                if asked.kit is None or asked.step is Step.STOPPED:
                    continue
                kit = kits.kit(reader, asked.kit)
                assert kit is not None
                told = asked.wrong_kit is not None and asked.wrong_kit.from_shelf
                assert kit.state in KIT_AT[asked.step] | ({KitState.WASTED} if told else set())
                assert (
                    kit.kit_type
                    == enrolment.arm_of(self.pharmacy, number, asked.opened.stage).kit_type
                )
                assert kit.pool == trial.stage(asked.opened.stage).pool
                in_pharmacy = asked.step not in {Step.CLOSED, Step.REPORT}
                assert not (subject is not None and subject.ended is not None and in_pharmacy)
                if asked.handed_over_at is not None:
                    assert asked.use_before is not None
                    assert asked.handed_over_at < min(asked.use_before, kit.expiry)

    @invariant()
    def a_second_stage_is_open_only_behind_its_gate(self) -> None:
        if not hasattr(self, "pharmacy"):
            return
        reader = self.pharmacy.reader
        for number in NUMBERS:
            second = queries.allocation(reader, number, STAGE_2)
            if second is None:
                continue
            first = queries.allocation(reader, number, STAGE)
            assert first is not None
            assert first.arm == "A"
            planned = [u.at for u in queries.unblindings(reader, number) if u.stage == STAGE]
            assert min(planned) <= second.opened_at
            assert Blinding.PLANNED in {u.kind for u in queries.unblindings(reader, number)}

    def teardown(self) -> None:
        if not hasattr(self, "pharmacy"):
            return
        with self.closing:
            for line in doses.open_doses(self.pharmacy.reader):
                if line.step is Step.REPORT:
                    custody.return_bag(self.pharmacy, line.dose_id, "Nurse", "the end")
                else:
                    dosing.stop(self.pharmacy, line.dose_id, "the end")
            assert doses.open_doses(self.pharmacy.reader) == []
            report = site.verify_records(self.pharmacy, self.vault, replay=True)
            assert report.first_bad is None


Life.TestCase.settings = settings(
    max_examples=max(1, STEPS // A_RUN),
    stateful_step_count=A_RUN,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestSubjectAndDoseLife = Life.TestCase
