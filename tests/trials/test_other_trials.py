"""Two other trials, by their packages alone: the program has no word of either.

One stage and three arms, dosed by weight with a cap, a dose every 28 days; and a crossover of four
stages with fresh bags that are given as they came.
"""

import ast
import shutil
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.documents.pictures import label_picture
from pharmacy_app.domain.doses import COUNT_STEPS, ORDER, THAW_STEPS, Dose, Step, step_after
from pharmacy_app.domain.ids import ArmCode, DoseId, SiteCode, StageCode, SubjectId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.subjects import Phase
from pharmacy_app.domain.unblinding import Blinding, Category
from pharmacy_app.records.queries.unblinded import accountability, kits
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.sponsor.randomisation import Plan
from pharmacy_app.sponsor.randomisation import mistakes as plan_mistakes
from pharmacy_app.sponsor.sources import check_folder
from pharmacy_app.ui.account.verifying import VerifyDialog
from pharmacy_app.workflows import (
    code_break,
    dosing,
    enrolment,
    labelling,
    papers,
    releasing,
    sessions,
    subjects,
    today,
    unblinding,
)
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.site import verify_records
from tests.desks import refused
from tests.pharmacies import PASSWORDS, WANG
from tests.trials import sites
from tests.trials.sites import MINE, Bench, TrialSite

PACKAGE = Path(__file__).parents[2] / "pharmacy_app"
FOUR = [SubjectId(f"C1-00{n}") for n in range(1, 5)]
MAIN, P1, P4 = StageCode("main"), StageCode("P1"), StageCode("P4")


@pytest.fixture
def by_weight(tmp_path: Path) -> Iterator[tuple[TrialSite, Bench]]:
    yield from at_the_bench(sites.founded("weight-based", tmp_path / "site", "H1"))


@pytest.fixture
def crossover(tmp_path: Path) -> Iterator[tuple[TrialSite, Bench]]:
    yield from at_the_bench(sites.founded("crossover", tmp_path / "site", "C1"))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def at_the_bench(made: TrialSite) -> Iterator[tuple[TrialSite, Bench]]:
    with sessions.sign_in(made.machine, made.folder, WANG, PASSWORDS[WANG]) as opened:
        yield made, Bench(opened.pharmacy, made.clock)
        assert verify_records(opened.pharmacy, opened.vault, replay=True).intact
        for kit_type in opened.pharmacy.trial.kit_types:
            log = accountability.movements(opened.pharmacy.reader, kit_type.code)
            shelf = accountability.on_shelf(opened.pharmacy.reader, kit_type.code)
            assert log[-1].balance == shelf


def enrolled(made: TrialSite, pharmacy: Pharmacy, number: str, arm: str) -> SubjectId:
    subject = SubjectId(number)
    enrolment.enrol(pharmacy, subject, "Dr Qian", "REQ")
    code = next(line.code for line in made.desk[MAIN] if line.arm == arm)
    enrolment.open_allocation(pharmacy, subject, MAIN, code, MINE)
    return subject


def target(pharmacy: Pharmacy, dose_id: DoseId) -> Decimal:
    prescribed = dosing.dose(pharmacy, dose_id).prescribed
    assert prescribed is not None
    return prescribed.target_cells


def steps_of(asked: Dose) -> list[Step]:
    reached = (step_after(type(recorded.event), asked.skipped) for recorded in asked.record)
    return [step for step in reached if step is not None]


def test_both_packages_are_free_of_mistakes_and_warnings() -> None:
    for trial in ("weight-based", "crossover"):
        checked = check_folder(sites.TRIALS / trial, sites.NOW)
        assert (checked.mistakes, checked.warnings) == ((), ())


def test_a_list_for_a_stage_that_follows_another_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "trial"
    shutil.copytree(sites.TRIALS / "crossover", folder)
    (folder / "allocations-P2.csv").write_bytes((folder / "allocations-P1.csv").read_bytes())
    rules = [found.rule for found in check_folder(folder, sites.NOW).mistakes]
    assert rules == ["allocation_list.no_list"]
    stage = check_folder(sites.TRIALS / "crossover", sites.NOW).sources
    assert stage is not None
    plan = Plan(stage.trial, stage.trial.stage(StageCode("P2")), ((SiteCode("C1"), 2),), (2,))
    assert [found.rule for found in plan_mistakes(plan)] == ["allocation_list.no_list"]


def test_the_program_has_no_word_of_any_trial() -> None:
    codes = {"KNEE-MSC", "ADSC", "FLARE", "FRESH-X4", "SEQ-A", "CARRIER", "HUC-MSC", "ALB-PLA"}
    codes |= {"NK-48H", "BM-NK", "SALINE"}
    literals = {
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert literals.isdisjoint(codes)


def test_three_arms_are_dosed_by_weight_and_none_is_told_by_its_steps(
    by_weight: tuple[TrialSite, Bench],
) -> None:
    made, bench = by_weight
    pharmacy, begun = bench.pharmacy, made.clock.now()
    numbers = {
        arm: enrolled(made, pharmacy, f"H1-00{n}", arm)
        for n, arm in enumerate(["LOW", "HIGH", "VEHICLE"], start=1)
    }
    with refused("dose.weight_missing"):
        dosing.open_dose(pharmacy, numbers["VEHICLE"], "D0")
    with refused("dose.out_of_range"):
        dosing.open_dose(pharmacy, numbers["LOW"], "D0", weight_kg=Decimal("0.01"))
    doses = {arm: bench.give(number, "D0", "60.5") for arm, number in numbers.items()}
    assert target(pharmacy, doses["LOW"]) == Decimal(60_500_000)
    assert target(pharmacy, doses["HIGH"]) == Decimal(181_500_000)
    told = {arm: steps_of(dosing.dose(pharmacy, dose)) for arm, dose in doses.items()}
    assert told["LOW"] == told["HIGH"] == told["VEHICLE"]
    result = dosing.dose(pharmacy, doses["HIGH"]).counted
    assert result is not None
    # 181.5e6 · 50/48 ÷ 18e6 = 10.503 mL, to the syringe's 0.1 mL
    assert result.result.drawn_ml == Decimal("10.5")
    assert "60.5 kg" in text_of(papers.preparation_record(pharmacy, doses["HIGH"]).pdf)
    made.clock.set(begun + timedelta(days=29))
    heavy = bench.give(numbers["LOW"], "D28", "110")
    assert target(pharmacy, heavy) == Decimal(90_000_000)
    with refused("visit.outside"):
        made.clock.advance(timedelta(days=9))
        dosing.open_dose(pharmacy, numbers["HIGH"], "D28", weight_kg=Decimal(60))


def test_a_mistyped_weight_is_found_by_the_second_person(
    by_weight: tuple[TrialSite, Bench], qtbot: QtBot
) -> None:
    made, bench = by_weight
    pharmacy = bench.pharmacy
    subject = enrolled(made, pharmacy, "H1-001", "VEHICLE")
    dose_id = dosing.open_dose(pharmacy, subject, "D0", weight_kg=Decimal("7.1"))
    while (asked := dosing.dose(pharmacy, dose_id)).step is not Step.CHECK:
        made.clock.advance(timedelta(minutes=3))
        bench.next_step(asked)
    readings, both = bench.readings(asked), (MINE, sites.OTHER)
    for other in (None, Decimal(71)):
        with refused("check.weight_differs"):
            releasing.check(pharmacy, dose_id, readings, both, weight_kg=other)
    assert "check.weight_differs" in dose_queries.near_misses(pharmacy.reader, limit=1)[0].rules
    dialog = VerifyDialog(asked)
    qtbot.addWidget(dialog)
    assert dialog.weight.missing()
    dialog.weight.set_value(Decimal("7.10"))
    assert not dialog.weight.missing()
    releasing.check(pharmacy, dose_id, readings, both, weight_kg=dialog.weight.value)
    assert dosing.dose(pharmacy, dose_id).step is Step.LABEL
    made.clock.advance(timedelta(hours=1))
    dosing.stop(pharmacy, dose_id, "the test ends here")


def test_an_unscheduled_dose_is_never_due_and_given_twice_at_most(
    by_weight: tuple[TrialSite, Bench],
) -> None:
    made, bench = by_weight
    pharmacy = bench.pharmacy
    subject = enrolled(made, pharmacy, "H1-001", "HIGH")
    bench.give(subject, "D0", "70")
    made.clock.advance(timedelta(days=10))
    assert "FLARE" not in {work.visit.code for work in today.planned_visits(pharmacy)}
    with refused("visit.not_scheduled"):
        subjects.miss_visit(pharmacy, subject, "FLARE", "none")
    with refused("visit.unscheduled_reason"):
        dosing.open_dose(pharmacy, subject, "FLARE", weight_kg=Decimal(70))
    first = bench.give(subject, "FLARE", "70", "pain 8/10")
    plan = next(p for p in dosing.plan(pharmacy, subject) if p.visit.code == "FLARE")
    assert plan.current is None
    second = bench.give(subject, "FLARE", "70", "pain again")
    assert first != second
    with refused("visit.dose_there"):
        dosing.open_dose(pharmacy, subject, "FLARE", outside="more", weight_kg=Decimal(70))


def test_a_crossover_draws_its_sequence_once_and_gives_bags_as_they_came(
    crossover: tuple[TrialSite, Bench],
) -> None:
    made, bench = crossover
    pharmacy, given = bench.pharmacy, {}
    for number in FOUR:
        enrolment.enrol(pharmacy, number, "Dr Wu", "REQ")
        with refused("allocation.not_opened"):
            dosing.open_dose(pharmacy, number, "V1")
        enrolment.open_allocation(pharmacy, number, P1, "", MINE)
        with refused("allocation.no_list"):
            enrolment.open_allocation(pharmacy, number, StageCode("P2"), "", MINE)
    for visit in ("V1", "V2", "V3"):
        for number in FOUR:
            given[number, visit] = bench.give(number, visit)
        made.clock.advance(timedelta(days=14) - timedelta(hours=2))
    for subject in FOUR:
        with refused("allocation.no_consent"):
            dosing.open_dose(pharmacy, subject, "V4")
        subjects.record_consent(pharmacy, subject, P4, pharmacy.today(), "ICF-4", given=True)
        assert subjects.phase(pharmacy, subject) is Phase.TREATMENT
        given[subject, "V4"] = bench.give(subject, "V4")
        assert subjects.phase(pharmacy, subject) is Phase.FOLLOW_UP
    expected = {"SEQ-A": "FCCF", "SEQ-B": "CFFC"}
    drawn = set()
    for number in FOUR:
        arm = enrolment.arm_of(pharmacy, number, P1).code
        drawn.add(arm)
        doses = [dosing.dose(pharmacy, given[number, visit]) for visit in ("V1", "V2", "V3", "V4")]
        types = [kits.kit(pharmacy.reader, str(dose.kit)) for dose in doses]
        assert "".join(kit.kit_type[0] for kit in types if kit is not None) == expected[arm]
        assert all(kit is not None and kit.state is KitState.INFUSED for kit in types)
        for dose in doses:
            assert dose.checked
            assert set(ORDER) - set(steps_of(dose)) == THAW_STEPS | COUNT_STEPS
            assert dose.use_before is not None
            assert dose.taken_out_at is not None
            assert dose.use_before == dose.taken_out_at + timedelta(minutes=60)
    assert drawn == {ArmCode("SEQ-A"), ArmCode("SEQ-B")}


def test_the_papers_of_a_bag_given_as_it_came_say_so(crossover: tuple[TrialSite, Bench]) -> None:
    made, bench = crossover
    pharmacy, number = bench.pharmacy, SubjectId("C1-001")
    enrolment.enrol(pharmacy, number, "Dr Wu", "REQ")
    enrolment.open_allocation(pharmacy, number, P1, "", MINE)
    dose_id = bench.give(number, "V1")
    record = text_of(papers.preparation_record(pharmacy, dose_id).pdf)
    assert record.count("given as the sponsor filled it") == 2
    assert "Bath" not in record
    label = labelling.kept_paper(pharmacy, dosing.dose(pharmacy, dose_id).labels[0], dose_id)
    assert label_picture(label.pdf).png().startswith(b"\x89PNG")
    assert "60 mL" in text_of(label.pdf)
    late = made.clock.now() + timedelta(hours=3)
    enrolment.enrol(pharmacy, "C1-002", "Dr Wu", "REQ")
    enrolment.open_allocation(pharmacy, "C1-002", P1, "", MINE)
    other = dosing.open_dose(pharmacy, "C1-002", "V1")
    for _ in range(4):
        bench.next_step(dosing.dose(pharmacy, other))
    made.clock.set(late)
    with refused("bench.past_use_before"):
        bench.next_step(dosing.dose(pharmacy, other))


def test_a_code_break_tells_what_each_period_of_a_crossover_gives(
    crossover: tuple[TrialSite, Bench],
) -> None:
    made, bench = crossover
    pharmacy, number = bench.pharmacy, SubjectId("C1-001")
    enrolment.enrol(pharmacy, number, "Dr Wu", "REQ")
    enrolment.open_allocation(pharmacy, number, P1, "", MINE)
    bench.give(number, "V1")
    made.clock.advance(timedelta(days=14) - timedelta(hours=2))
    bench.give(number, "V2")
    asked = code_break.Request("Dr Sun", "intensive care", Category.SAFETY, "dyspnoea")
    letter = text_of(code_break.break_code(pharmacy, number, asked, [MINE]).letter.pdf)
    names = {"F": "Fresh MSC", "C": "Carrier, placebo"}
    arm = enrolment.arm_of(pharmacy, number, P1).code
    told = [names[letter_of] for letter_of in ("FCCF" if arm == ArmCode("SEQ-A") else "CFFC")]
    rows = [letter.index(f"Period {n}") for n in range(1, 5)]
    ends = [*rows[1:], letter.index("For the addressee")]
    for begin, end, product in zip(rows, ends, told, strict=True):
        assert product in letter[begin:end]
    for n in range(1, 5):
        stage = StageCode(f"P{n}")
        assert unblinding.state(pharmacy, number, stage) is Blinding.EMERGENCY
