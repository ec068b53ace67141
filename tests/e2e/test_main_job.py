"""The whole main job through the workflows, and the proof of what it recorded."""

from collections import Counter
from dataclasses import dataclass

import pytest

from pharmacy_app.demo.desk import Desk
from pharmacy_app.demo.moments import Moment
from pharmacy_app.demo.proof import prove
from pharmacy_app.demo.site import WANG, make_demo_site
from pharmacy_app.demo.story import START, play
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers.port import PrintOutcome
from pharmacy_app.domain.doses import Dose, Step
from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.trial import Contents
from pharmacy_app.records.queries.unblinded import accountability, doses, subjects
from pharmacy_app.records.queries.unblinded.doses import Deviation
from pharmacy_app.records.verify import Report
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.vault.derivation import FLOOR
from pharmacy_app.workflows.dosing import dose
from pharmacy_app.workflows.sessions import Machine


class KeptLabels:
    """A printer that keeps what it was given."""

    name = "folder"

    def __init__(self) -> None:
        self.papers: list[Paper] = []

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        self.papers.append(paper)
        return PrintOutcome(self.name, str(len(self.papers)))


@dataclass
class Played:
    """What a played story left, read while somebody was still signed in."""

    moments: list[Moment]
    doses: list[Dose]
    contents: dict[SubjectId, Contents]
    rules: set[str]
    tally: dict[str, int]
    printed: list[Paper]
    balances: list[tuple[int, int]]
    near_misses: int
    deviations: list[Deviation]
    report: Report


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    clock = SetClock(START)
    machine = Machine(clock, SystemChance(), FLOOR)
    made = make_demo_site(tmp_path_factory.mktemp("story") / "vault", machine)
    desk, printer = Desk(made, clock), KeptLabels()
    moments = list(play(desk, printer))
    pharmacy = desk.pharmacy
    reader, trial = pharmacy.reader, pharmacy.trial
    found = subjects.page(reader, None, 100)
    return Played(
        moments=moments,
        doses=[
            dose(pharmacy, line.dose_id)
            for one in found
            for line in doses.of_subject(reader, one.subject_id)
        ],
        contents={
            one.subject_id: trial.kit_type(trial.arm(opened.stage, opened.arm).kit_type).contents
            for one in found
            for opened in subjects.allocations(reader, one.subject_id)
        },
        rules={reason.rule for met in desk.refusals for reason in met.reasons},
        tally=doses.label_tally(reader),
        printed=printer.papers,
        balances=[
            (
                accountability.movements(reader, kind.code)[-1].balance,
                accountability.on_shelf(reader, kind.code),
            )
            for kind in trial.kit_types
        ],
        near_misses=len(pharmacy.ledger.of_kinds(["near_miss.recorded.1"])),
        deviations=doses.deviations(reader, only_open=False),
        report=_closed_and_proven(desk),
    )


def _closed_and_proven(desk: Desk) -> Report:
    desk.close()
    return prove(desk.machine, desk.made.folder, desk.credential(WANG.person_id))


@pytest.mark.slow
def test_the_ledger_is_intact_and_replays_to_the_same_state(played: Played) -> None:
    assert played.report.first_bad is None
    assert played.report.events > 200


@pytest.mark.slow
def test_three_subjects_cover_both_arms(played: Played) -> None:
    assert len(played.contents) == 3
    assert set(played.contents.values()) == {Contents.CELLS, Contents.SHAM}


@pytest.mark.slow
def test_every_dose_ends_given_returned_or_stopped(played: Played) -> None:
    ends = Counter(
        "infused" if d.infusion else "returned" if d.returned else d.step.value
        for d in played.doses
    )
    assert ends == {"infused": 5, "returned": 1, "stopped": 2}


@pytest.mark.slow
def test_the_failed_kit_is_replaced_by_another_at_the_same_visit(played: Played) -> None:
    failed = [
        d for d in played.doses if d.stopped and "dose.viability_below_limit" in d.stopped.rules
    ]
    assert len(failed) == 1
    replacement = [d for d in played.doses if d.opened.replaces == failed[0].dose_id]
    assert [d.step for d in replacement] == [Step.CLOSED]
    assert replacement[0].visit == failed[0].visit
    assert replacement[0].kit != failed[0].kit


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule",
    [
        "kit.expired",
        "kit.quarantined",
        "kit.wrong_arm",
        "kit.already_used",
        "kit.unknown",
        "kit.damaged",
        "visit.needs_reason",
        "dose.viability_below_limit",
        "people.same_person",
        "people.no_right",
        "bench.label_locked",
        "bench.past_use_before",
        "clock.set_back",
        "bundle.altered",
        "bundle.replayed",
        "vault.second_instance",
    ],
)
def test_the_story_meets_the_refusal(played: Played, rule: str) -> None:
    assert rule in played.rules


@pytest.mark.slow
def test_refused_scans_become_near_misses(played: Played) -> None:
    assert played.near_misses >= 8


@pytest.mark.slow
def test_labels_reconcile_and_each_printed_number_exists_once(played: Played) -> None:
    names = [paper.file_name for paper in played.printed]
    assert len(names) == len(set(names)) == sum(played.tally.values())
    assert played.tally["void"] == 1


@pytest.mark.slow
def test_the_balance_is_what_lies_on_the_shelf(played: Played) -> None:
    assert all(balance == shelf for balance, shelf in played.balances)


@pytest.mark.slow
def test_a_dose_outside_its_window_leaves_a_deviation(played: Played) -> None:
    assert [found.rule for found in played.deviations] == ["visit.outside"]


@pytest.mark.slow
def test_every_moment_has_a_name_of_its_own(played: Played) -> None:
    names = [moment.name for moment in played.moments]
    assert len(names) == len(set(names))
