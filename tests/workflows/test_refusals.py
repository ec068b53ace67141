"""Every refusal of the main job: the right rule, in words, in both languages, and nothing recorded."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from pharmacy_app.domain.dose import HaemocytometerReading, Reading
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import DoseId, KitNumber, SubjectId
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.domain.trial import Concealment, SecondCheck, Text
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import subjects as subject_queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.wording import refusal_in_words
from pharmacy_app.workflows import (
    custody,
    dosing,
    enrolment,
    labelling,
    preparation,
    receiving,
    releasing,
    sessions,
    site,
    stock,
)
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests import pharmacies
from tests.pharmacies import CELLS, CREDENTIALS, LI, PASSWORDS, SHAM, SHIPMENT, WANG, MadeSite

CJK = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Desk:
    made: MadeSite
    pharmacy: Pharmacy

    def near_misses(self) -> int:
        return len(dose_queries.near_misses(self.pharmacy.reader))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
        yield Desk(made, opened.pharmacy)


@contextmanager
def refused(*rules: str) -> Iterator[None]:
    """Expect exactly these rules, each a whole sentence in both languages with a way out."""
    with pytest.raises((Refused, EnvironmentProblem)) as caught:
        yield
    problem = caught.value
    assert isinstance(problem, (Refused, EnvironmentProblem))
    english, chinese = refusal_in_words(problem, "en"), refusal_in_words(problem, "zh")
    assert sorted(w.code for w in english) == sorted(rules)
    for en, zh in zip(english, chinese, strict=True):
        assert en.rule
        assert en.remedy
        assert CJK.search(zh.rule)
        assert CJK.search(zh.remedy)
        assert "{" not in f"{en}{zh}"


def opened_dose(desk: Desk, arm: str = "A", subject: str = "01-001") -> tuple[str, KitNumber]:
    pharmacies.enrolled(desk.made, desk.pharmacy, subject, arm)
    dose_id = dosing.open_dose(desk.pharmacy, subject, "W0")
    proposal = dosing.assign(desk.pharmacy, dose_id)
    return dose_id, proposal.kit.kit_number


def other_kit(desk: Desk, kit_type: str, but: KitNumber) -> KitNumber:
    return next(n for n in desk.made.kits[kit_type] if n != but)  # type: ignore[index] # plain str


def scan(desk: Desk, dose_id: str, number: str) -> None:
    dosing.scan_kit(desk.pharmacy, dose_id, Scanned(number))  # type: ignore[arg-type] # plain str


def test_unknown_kit_is_refused_and_noted(desk: Desk) -> None:
    dose_id, _ = opened_dose(desk)
    with refused("kit.unknown"):
        scan(desk, dose_id, "KAAAAAAA")
    assert desk.near_misses() == 1


def test_kit_of_the_other_arm_is_refused_without_naming_an_arm(desk: Desk) -> None:
    dose_id, mine = opened_dose(desk, "A")
    with refused("kit.not_the_assigned", "kit.wrong_arm"):
        scan(desk, dose_id, other_kit(desk, SHAM, mine))
    assert desk.near_misses() == 1


def test_kit_of_another_subject_is_refused(desk: Desk) -> None:
    _, theirs = opened_dose(desk, "A", "01-001")
    mine, _ = opened_dose(desk, "A", "01-002")
    with refused("kit.not_the_assigned", "kit.other_subject"):
        scan(desk, mine, theirs)


def test_kit_already_used_is_refused(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    used = dosing.dose(
        desk.pharmacy, pharmacies.handed_over(desk.made, desk.pharmacy, "01-001")
    ).kit
    dose_id, _ = opened_dose(desk, "A", "01-002")
    with refused("kit.not_the_assigned", "kit.already_used"):
        scan(desk, dose_id, str(used))


def test_quarantined_kit_is_refused(desk: Desk) -> None:
    dose_id, mine = opened_dose(desk)
    held = other_kit(desk, CELLS, mine)
    stock.quarantine(desk.pharmacy, Scanned(held), "frost on the bag")
    with refused("kit.not_the_assigned", "kit.quarantined"):
        scan(desk, dose_id, held)


def test_expired_kit_is_refused_at_the_bench(desk: Desk) -> None:
    dose_id, mine = opened_dose(desk)
    desk.made.clock.advance(timedelta(days=400))
    with refused("kit.expired"):
        scan(desk, dose_id, mine)


def test_damaged_kit_is_refused(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        receiving.open_receipt(pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
        numbers = [n for kits in made.kits.values() for n in kits]
        for number in numbers[1:]:
            receiving.examine(pharmacy, SHIPMENT, Scanned(number))
        with refused("shipment.remarks"):
            receiving.examine(pharmacy, SHIPMENT, Scanned(numbers[0]), Condition.DAMAGED)
        receiving.examine(pharmacy, SHIPMENT, Scanned(numbers[0]), Condition.DAMAGED, "cracked")
        receiving.sign_receipt(pharmacy, SHIPMENT, CREDENTIALS[WANG])
        for number in numbers[1:]:
            stock.stow(pharmacy, Scanned(number), str(stock.next_free_position(pharmacy)))
        dose_id, _ = opened_dose(Desk(made, pharmacy))
        with refused("kit.not_the_assigned", "kit.damaged"):
            scan(Desk(made, pharmacy), dose_id, numbers[0])


def test_receipt_is_not_signed_before_every_kit_was_looked_for(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        receiving.open_receipt(opened.pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
        with refused("shipment.not_examined"):
            receiving.sign_receipt(opened.pharmacy, SHIPMENT, CREDENTIALS[WANG])


def test_visit_out_of_its_window_is_refused_or_needs_a_reason(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    with refused("visit.no_anchor"):
        dosing.open_dose(desk.pharmacy, subject, "W1")
    desk.made.clock.advance(timedelta(hours=49))
    with refused("visit.needs_reason"):
        dosing.open_dose(desk.pharmacy, subject, "W0")
    pharmacies.thawed(desk.made, desk.pharmacy, subject, outside="ward was closed")
    assert [d.rule for d in dose_queries.deviations(desk.pharmacy.reader)] == ["visit.outside"]


def test_second_visit_before_its_window_is_refused_outright(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    pharmacies.handed_over(desk.made, desk.pharmacy, subject)
    with refused("visit.outside"):
        dosing.open_dose(desk.pharmacy, subject, "W1", outside="a reason does not help")


def counted(desk: Desk, live: int, dead: int, dilution: int = 40, sample: str = "0.5") -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.thawed(desk.made, desk.pharmacy, subject)
    reading = HaemocytometerReading(
        live=live, dead=dead, squares=4, dilution_factor=Decimal(dilution)
    )
    preparation.record_count(
        desk.pharmacy,
        dose_id,
        [reading, reading],
        suspension_ml=Decimal(20),
        sample_ml=Decimal(sample),
    )


def test_viability_exactly_on_the_limit_passes(desk: Desk) -> None:
    counted(desk, 98, 42)
    line = dose_queries.open_doses(desk.pharmacy.reader)[0]
    assert line.step is Step.DRAW


def test_viability_below_the_limit_is_refused_and_the_count_is_kept(desk: Desk) -> None:
    with refused("dose.viability_below_limit"):
        counted(desk, 95, 43)
    line = dose_queries.open_doses(desk.pharmacy.reader)[0]
    kinds = [type(r.event).__name__ for r in dosing.dose(desk.pharmacy, line.dose_id).record]
    assert kinds[-1] == "CountFailed"
    assert line.step is Step.COUNT


def test_too_few_cells_are_refused(desk: Desk) -> None:
    with refused("dose.not_enough_cells"):
        counted(desk, 120, 16, dilution=20)


def test_stopped_dose_wastes_its_kit_and_may_be_replaced(desk: Desk) -> None:
    with refused("dose.viability_below_limit"):
        counted(desk, 95, 43)
    first = dose_queries.open_doses(desk.pharmacy.reader)[0]
    with refused("visit.dose_there"):
        dosing.open_dose(desk.pharmacy, first.subject_id, "W0")
    dosing.stop(desk.pharmacy, first.dose_id, "viability", rules_broken=("dose.x",))
    second = dosing.open_dose(desk.pharmacy, first.subject_id, "W0")
    assert dosing.dose(desk.pharmacy, second).opened.replaces == first.dose_id
    assert dosing.assign(desk.pharmacy, second).kit.kit_number != first.kit_number


def test_second_person_must_be_another_person(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.covered(desk.made, desk.pharmacy, subject)
    readings = pharmacies.readings_for(desk.pharmacy, dose_id)
    with refused("people.same_person"):
        releasing.check(desk.pharmacy, dose_id, readings, (CREDENTIALS[WANG], CREDENTIALS[WANG]))


def test_second_persons_other_reading_is_refused_without_telling_the_first(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.covered(desk.made, desk.pharmacy, subject)
    first, second = pharmacies.TWO_COUNTS
    with refused("check.counts_differ"):
        releasing.check(
            desk.pharmacy, dose_id, [second, first], (CREDENTIALS[WANG], CREDENTIALS[LI])
        )


def test_label_asked_before_the_check_is_refused(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.covered(desk.made, desk.pharmacy, subject)
    with refused("bench.label_locked"):
        labelling.reserve(desk.pharmacy, dose_id)


def test_lone_pharmacist_is_refused_where_the_trial_wants_two(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.covered(desk.made, desk.pharmacy, subject)
    with refused("check.not_deferrable"):
        releasing.defer_check(desk.pharmacy, dose_id, "alone at night")


def test_deferred_check_raises_a_deviation_that_the_second_person_closes(tmp_path: Path) -> None:
    trial = pharmacies.small_trial(SecondCheck.MAY_BE_LATER)
    made = pharmacies.make_site(tmp_path / "site", trial=trial)
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        pharmacies.stock_shelf(made, pharmacy)
        subject = pharmacies.enrolled(made, pharmacy, "01-001", "A")
        dose_id = pharmacies.covered(made, pharmacy, subject)
        releasing.defer_check(pharmacy, dose_id, "alone at night")
        assert [d.rule for d in dose_queries.deviations(pharmacy.reader)] == ["check.deferred"]
        labelling.reserve(pharmacy, dose_id)
        readings = pharmacies.readings_for(pharmacy, dose_id)
        with refused("people.same_person"):
            releasing.verify_later(pharmacy, dose_id, readings, CREDENTIALS[WANG])
        releasing.verify_later(pharmacy, dose_id, readings, CREDENTIALS[LI])
        assert dose_queries.deviations(pharmacy.reader) == []
        with refused("check.nothing_to_verify"):
            releasing.verify_later(pharmacy, dose_id, readings, CREDENTIALS[LI])


def test_label_too_soon_is_refused_in_either_arm(tmp_path: Path) -> None:
    trial = pharmacies.small_trial()
    slower = msgspec.structs.replace(trial.release, min_bench_minutes=60)
    made = pharmacies.make_site(
        tmp_path / "site", trial=msgspec.structs.replace(trial, release=slower)
    )
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
        for number, arm in (("01-001", "A"), ("01-002", "B")):
            pharmacies.enrolled(made, opened.pharmacy, number, arm)
            dose_id = pharmacies.checked(made, opened.pharmacy, number)
            with refused("bench.too_soon"):
                labelling.reserve(opened.pharmacy, dose_id)
            made.clock.advance(timedelta(minutes=60))
            assert labelling.reserve(opened.pharmacy, dose_id).copy == 1


def test_hand_over_after_use_before_is_refused(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.labelled(desk.made, desk.pharmacy, subject)
    limit = dosing.dose(desk.pharmacy, dose_id).use_before
    assert limit is not None
    desk.made.clock.set(limit)
    with refused("bench.past_use_before"):
        custody.hand_over(desk.pharmacy, dose_id, "Nurse", "nurse", CREDENTIALS[WANG])


def test_label_of_another_dose_is_refused_at_scan_back(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-002", "B")
    first = pharmacies.checked(desk.made, desk.pharmacy, "01-001")
    second = pharmacies.checked(desk.made, desk.pharmacy, "01-002")
    mine = labelling.reserve(desk.pharmacy, first)
    theirs = labelling.reserve(desk.pharmacy, second)
    labelling.print_label(desk.pharmacy, mine, first, pharmacies.MemoryPrinter())
    with refused("label.other_dose", "label.other_kit", "label.other_symbol"):
        labelling.scan_back(desk.pharmacy, first, Scanned(theirs.symbol))
    with refused("label.not_scanned_back", "bench.out_of_order"):
        custody.hand_over(desk.pharmacy, first, "Nurse", "nurse", CREDENTIALS[WANG])


def test_reprint_needs_a_reason_and_a_second_person_and_voids_the_first(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.checked(desk.made, desk.pharmacy, "01-001")
    first = labelling.reserve(desk.pharmacy, dose_id)
    labelling.print_label(desk.pharmacy, first, dose_id, pharmacies.MemoryPrinter())
    with refused("label.reprint_reason"):
        labelling.reserve(desk.pharmacy, dose_id)
    with refused("people.same_person"):
        labelling.reserve(desk.pharmacy, dose_id, labelling.Reprint("smeared", CREDENTIALS[WANG]))
    second = labelling.reserve(
        desk.pharmacy, dose_id, labelling.Reprint("smeared", CREDENTIALS[LI])
    )
    labelling.print_label(desk.pharmacy, second, dose_id, pharmacies.MemoryPrinter())
    with refused("label.other_copy", "label.other_symbol"):
        labelling.scan_back(desk.pharmacy, dose_id, Scanned(first.symbol))
    labelling.scan_back(desk.pharmacy, dose_id, Scanned(second.symbol))
    assert dose_queries.label_tally(desk.pharmacy.reader) == {"void": 1, "verified": 1}


def test_absent_printer_is_said_and_the_next_copy_has_a_new_number(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.checked(desk.made, desk.pharmacy, "01-001")
    first = labelling.reserve(desk.pharmacy, dose_id)
    with refused("print.no_printer"):
        labelling.print_label(desk.pharmacy, first, dose_id, pharmacies.MemoryPrinter(absent=True))
    assert labelling.reserve(desk.pharmacy, dose_id).copy == 2


def test_missing_glyph_stops_the_label_before_a_number_is_taken(tmp_path: Path) -> None:
    trial = pharmacies.small_trial()
    texts = msgspec.structs.replace(trial.label, route=Text(en="\U0001f489", zh="\U0001f489"))
    made = pharmacies.make_site(
        tmp_path / "site", trial=msgspec.structs.replace(trial, label=texts)
    )
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
        pharmacies.enrolled(made, opened.pharmacy, "01-001", "A")
        dose_id = pharmacies.checked(made, opened.pharmacy, "01-001")
        with refused("print.missing_glyph"):
            labelling.reserve(opened.pharmacy, dose_id)
        assert dosing.dose(opened.pharmacy, dose_id).labels == ()


def test_checker_has_no_right_to_prepare_or_receive(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        subject = pharmacies.enrolled(made, opened.pharmacy, "01-001", "A")
    with made.signed_in(LI) as opened:
        with refused("people.no_right"):
            dosing.open_dose(opened.pharmacy, subject, "W0")
        with refused("people.no_right"):
            enrolment.enrol(opened.pharmacy, "01-002", "Dr Zhao", "R")
        with refused("people.no_right"):
            receiving.open_receipt(opened.pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)


def test_wrong_password_signs_nothing(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.labelled(desk.made, desk.pharmacy, subject)
    head = desk.pharmacy.ledger.head()
    with refused("vault.wrong_password"):
        custody.hand_over(
            desk.pharmacy, dose_id, "Nurse", "nurse", Credential(WANG, "a wrong password 1")
        )
    assert desk.pharmacy.ledger.head() == head


def test_allocation_refusals_are_recorded_without_the_code(desk: Desk) -> None:
    pharmacy = desk.pharmacy
    enrolment.enrol(pharmacy, "01-001", "Dr Zhao", "R")
    code = desk.made.code_for("A")
    mistyped = code[:-1] + ("2" if code[-1] != "2" else "3")

    def open_with(subject: str, text: str) -> Callable[[], object]:
        return lambda: enrolment.open_allocation(
            pharmacy, subject, pharmacies.STAGE, text, CREDENTIALS[WANG]
        )

    with refused("release_code.mistyped"):
        open_with("01-001", mistyped)()
    open_with("01-001", code)()
    with refused("allocation.opened_before"):
        open_with("01-001", desk.made.code_for("B"))()
    enrolment.enrol(pharmacy, "01-002", "Dr Zhao", "R")
    with refused("allocation.code_used"):
        open_with("01-002", code)()
    with refused("subject.unknown"):
        open_with("01-009", code)()
    history = pharmacy.ledger.history("subject/01-001")
    assert code.encode() not in msgspec.json.encode([r.event for r in history])
    assert [type(r.event).__name__ for r in history].count("AllocationRefused") == 2


def test_clock_set_back_is_refused_at_the_act_and_at_sign_in(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        made.clock.set(made.clock.now() - timedelta(hours=1))
        with refused("clock.set_back"):
            receiving.open_receipt(opened.pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
        made.clock.set(made.clock.now() + timedelta(hours=1))
    made.clock.set(made.clock.now() - timedelta(days=1))
    with refused("clock.set_back"), made.signed_in():
        pass
    with sessions.sign_in(
        made.machine, made.folder, WANG, PASSWORDS[WANG], clock_reason="battery was flat"
    ) as opened:
        receiving.open_receipt(opened.pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
        report = site.verify_records(opened.pharmacy, opened.vault, replay=True)
        assert report.first_bad is None


def test_second_instance_is_refused(desk: Desk) -> None:
    with refused("vault.second_instance"), desk.made.signed_in(LI):
        pass


def test_same_package_again_and_anothers_package_are_refused(desk: Desk, tmp_path: Path) -> None:
    with refused("bundle.replayed"):
        site.import_package(desk.pharmacy, desk.made.raw)
    other = pharmacies.make_site(tmp_path / "other", seed="other")
    with refused("bundle.foreign_sender", "bundle.replayed"):
        site.import_package(desk.pharmacy, other.raw)
    altered = bytearray(desk.made.raw)
    altered[-200] ^= 1
    with refused("bundle.altered"):
        site.import_package(desk.pharmacy, bytes(altered))
    with refused("bundle.unsigned"):
        site.import_package(desk.pharmacy, desk.made.raw[:-64])


def test_slip_in_a_count_is_put_right_after_the_draw_only_if_the_dose_stays(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.covered(desk.made, desk.pharmacy, subject)
    first, second = pharmacies.TWO_COUNTS

    def correct(*readings: Reading, reason: str = "misread") -> None:
        preparation.record_count(
            desk.pharmacy,
            dose_id,
            readings,
            suspension_ml=Decimal(20),
            sample_ml=Decimal("0.5"),
            reason=reason,
        )

    with refused("bench.recount_reason"):
        correct(second, first, reason="")
    with refused("bench.correction_changes_dose"):
        correct(first, first)
    correct(second, first)
    dose = dosing.dose(desk.pharmacy, dose_id)
    assert dose.step is Step.CHECK
    releasing.check(desk.pharmacy, dose_id, (second, first), (CREDENTIALS[WANG], CREDENTIALS[LI]))


def test_nothing_usable_says_what_stands_in_the_way(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = dosing.open_dose(desk.pharmacy, "01-001", "W0")
    for number in desk.made.kits[CELLS]:
        stock.quarantine(desk.pharmacy, Scanned(number), "frost")
    with pytest.raises(Refused) as caught:
        dosing.assign(desk.pharmacy, dose_id)
    assert caught.value.violations[0].fact("quarantined") == len(desk.made.kits[CELLS])


def test_kit_released_from_quarantine_goes_back_to_the_dose_that_waits_for_it(desk: Desk) -> None:
    dose_id, mine = opened_dose(desk)
    stock.quarantine(desk.pharmacy, Scanned(mine), "frost")
    with refused("kit.quarantined"):
        scan(desk, dose_id, mine)
    stock.decide_quarantine(
        desk.pharmacy, [mine], usable=True, authorisation="QA-7", credential=CREDENTIALS[WANG]
    )
    scan(desk, dose_id, mine)
    assert dosing.dose(desk.pharmacy, DoseId(dose_id)).step is Step.TAKE_OUT


def test_sequential_concealment_opens_the_next_line_and_only_that(tmp_path: Path) -> None:
    trial = pharmacies.small_trial()
    stage = msgspec.structs.replace(trial.stages[0], concealment=Concealment.SEQUENTIAL)
    made = pharmacies.make_site(
        tmp_path / "site",
        trial=msgspec.structs.replace(trial, stages=(stage,)),
        entries_of_each=1,
    )
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        for number in ("01-001", "01-002", "01-003"):
            enrolment.enrol(pharmacy, number, "Dr Zhao", "R")
        with refused("allocation.sequential"):
            enrolment.open_allocation(pharmacy, "01-001", stage.code, "AAAA", CREDENTIALS[WANG])
        for number in ("01-001", "01-002"):
            enrolment.open_allocation(pharmacy, number, stage.code, "", CREDENTIALS[WANG])
        arms = [
            subject_queries.allocation(pharmacy.reader, SubjectId(n), stage.code)
            for n in ("01-001", "01-002")
        ]
        assert [found.entry_id for found in arms if found] == ["0001", "0002"]
        with refused("allocation.list_used_up"):
            enrolment.open_allocation(pharmacy, "01-003", stage.code, "", CREDENTIALS[WANG])
