"""Every invariant of the simulation, broken on purpose: it alone is the reason to trust the others' silence."""

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from pharmacy_app.domain.doses import LabelState, Step
from pharmacy_app.domain.ids import ArmCode, SiteCode, StageCode
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.unblinding import Blinding
from pharmacy_app.simulation import invariants
from pharmacy_app.simulation.facts import DoseFact, KitFact, SiteFacts, SubjectFact
from pharmacy_app.simulation.settings import Settings
from pharmacy_app.simulation.site import Played, play_site

HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("simulated") / "01"
    return play_site(Settings(12, 1, "invariants"), SiteCode("01"), folder)


@pytest.fixture
def facts(played: Played) -> SiteFacts:
    return copy.deepcopy(played.facts)


def given(facts: SiteFacts) -> DoseFact:
    return next(dose for dose in facts.doses.values() if dose.handed_over_at and not dose.returned)


def kit_of(facts: SiteFacts, dose: DoseFact) -> KitFact:
    assert dose.kit is not None
    return facts.kits[dose.kit]


def subject_of(facts: SiteFacts, dose: DoseFact) -> SubjectFact:
    return facts.subjects[dose.subject]


def in_second_stage(facts: SiteFacts) -> SubjectFact:
    return next(s for s in facts.subjects.values() if len(s.allocations) > 1)


def another_arms_kit(facts: SiteFacts) -> None:
    dose = given(facts)
    mine = kit_of(facts, dose)
    dose.kit = next(k.number for k in facts.kits.values() if k.kit_type != mine.kit_type)


def another_pools_kit(facts: SiteFacts) -> None:
    kit_of(facts, given(facts)).pool = "LATE"


def expired_before_it_left(facts: SiteFacts) -> None:
    dose = given(facts)
    assert dose.handed_over_at is not None
    dose.use_before = dose.handed_over_at


def use_before_after_expiry(facts: SiteFacts) -> None:
    dose = given(facts)
    assert dose.use_before is not None
    kit_of(facts, dose).expiry = dose.use_before - HOUR


def outside_without_deviation(facts: SiteFacts) -> None:
    dose = given(facts)
    dose.begun_at = dose.closes_at + HOUR
    dose.deviations = frozenset()


def the_same_kit_again(facts: SiteFacts) -> None:
    first, second = [d for d in facts.doses.values() if d.handed_over_at][:2]
    second.kit = first.kit


def a_dose_too_many(facts: SiteFacts) -> None:
    dose = given(facts)
    facts.doses["D-2"] = replace(dose, dose="D-2")  # type: ignore[index, arg-type] # plain str


def dose_after_the_end(facts: SiteFacts) -> None:
    dose = given(facts)
    subject_of(facts, dose).ended.insert(0, (dose.handed_over_seq - 1, True))


def dose_after_a_code_break(facts: SiteFacts) -> None:
    dose = given(facts)
    told = (dose.begun_seq - 1, dose.stage, Blinding.EMERGENCY)
    subject_of(facts, dose).unblinded.append(told)


def second_stage_after_another_arm(facts: SiteFacts) -> None:
    subject = in_second_stage(facts)
    subject.allocations[0] = replace(subject.allocations[0], arm=ArmCode("PLACEBO"))


def second_stage_while_blind(facts: SiteFacts) -> None:
    in_second_stage(facts).unblinded.clear()


def second_stage_without_consent(facts: SiteFacts) -> None:
    subject = in_second_stage(facts)
    seq, stage, _ = subject.consents[-1]
    subject.consents.append((seq, stage, False))


def second_stage_after_the_end(facts: SiteFacts) -> None:
    subject = in_second_stage(facts)
    subject.ended.insert(0, (subject.allocations[-1].seq - 1, True))


def one_entry_for_two(facts: SiteFacts) -> None:
    first, second = list(facts.subjects.values())[:2]
    second.allocations[0] = replace(first.allocations[0], arm=second.allocations[0].arm)


def two_entries_for_one(facts: SiteFacts) -> None:
    subject = next(iter(facts.subjects.values()))
    subject.allocations.append(replace(subject.allocations[0], entry="XXXX"))


def a_kit_the_log_lost(facts: SiteFacts) -> None:
    kit_type, (log, there) = next(iter(facts.balances.items()))
    facts.balances[kit_type] = (log + 1, there)


def a_kit_the_shelf_lost(facts: SiteFacts) -> None:
    kit = next(k for k in facts.kits.values() if k.state is KitState.AVAILABLE)
    kit.state, kit.position = KitState.WASTED, None


def a_kit_without_fate(facts: SiteFacts) -> None:
    kit_of(facts, given(facts)).state = KitState.THAWED


def a_kit_that_vanished(facts: SiteFacts) -> None:
    facts.brought += 1


def two_kits_in_one_place(facts: SiteFacts) -> None:
    first, second = [k for k in facts.kits.values() if k.position][:2]
    second.position = first.position


def a_used_kit_in_the_tank(facts: SiteFacts) -> None:
    lying = next(k for k in facts.kits.values() if k.position)
    kit_of(facts, given(facts)).position, lying.position = lying.position, None


def a_thawed_kit_back(facts: SiteFacts) -> None:
    kit_of(facts, given(facts)).state = KitState.AVAILABLE


def a_held_kit_given(facts: SiteFacts) -> None:
    dose = given(facts)
    kit_of(facts, dose).held.append((dose.begun_seq - 1, True))


def two_labels(facts: SiteFacts) -> None:
    given(facts).labels = (LabelState.VERIFIED, LabelState.VERIFIED)


def a_label_lying_about(facts: SiteFacts) -> None:
    given(facts).labels = (LabelState.SPOOLED, LabelState.VERIFIED)


def checked_by_the_preparer(facts: SiteFacts) -> None:
    dose = given(facts)
    dose.checker = next(iter(dose.preparers))


def left_on_the_ward(facts: SiteFacts) -> None:
    given(facts).step = Step.REPORT


Break = Callable[[SiteFacts], None]
BREAKS: tuple[tuple[invariants.Invariant, Break], ...] = (
    (invariants.kit_of_the_subjects_arm, another_arms_kit),
    (invariants.kit_of_the_stages_pool, another_pools_kit),
    (invariants.in_date, expired_before_it_left),
    (invariants.in_date, use_before_after_expiry),
    (invariants.in_its_window, outside_without_deviation),
    (invariants.one_dose_a_kit, the_same_kit_again),
    (invariants.doses_a_visit, a_dose_too_many),
    (invariants.nothing_after_the_end, dose_after_the_end),
    (invariants.nothing_after_a_code_break, dose_after_a_code_break),
    (invariants.gate_of_a_stage, second_stage_after_another_arm),
    (invariants.gate_of_a_stage, second_stage_while_blind),
    (invariants.gate_of_a_stage, second_stage_without_consent),
    (invariants.gate_of_a_stage, second_stage_after_the_end),
    (invariants.one_entry_a_subject, one_entry_for_two),
    (invariants.one_entry_a_subject, two_entries_for_one),
    (invariants.balance_is_the_shelf, a_kit_the_log_lost),
    (invariants.balance_is_the_shelf, a_kit_the_shelf_lost),
    (invariants.every_kit_has_one_fate, a_kit_without_fate),
    (invariants.every_kit_has_one_fate, a_kit_that_vanished),
    (invariants.one_place_a_kit, two_kits_in_one_place),
    (invariants.one_place_a_kit, a_used_kit_in_the_tank),
    (invariants.thawed_is_never_stock, a_thawed_kit_back),
    (invariants.held_is_never_given, a_held_kit_given),
    (invariants.one_label_a_bag, two_labels),
    (invariants.one_label_a_bag, a_label_lying_about),
    (invariants.two_people, checked_by_the_preparer),
    (invariants.nothing_left_open, left_on_the_ward),
)


def test_an_honest_site_breaks_none(facts: SiteFacts) -> None:
    assert invariants.broken([facts]) == []
    assert len(facts.doses) > 20
    assert any(len(subject.allocations) > 1 for subject in facts.subjects.values())


@pytest.mark.parametrize(("invariant", "alter"), BREAKS, ids=lambda one: one.__name__)
def test_each_invariant_sees_what_breaks_it(
    facts: SiteFacts, invariant: invariants.Invariant, alter: Break
) -> None:
    assert list(invariant(facts)) == []
    alter(facts)
    assert list(invariant(facts))
    assert any(f"{invariant.__name__}: " in sentence for sentence in invariants.broken([facts]))


def test_what_ends_in_the_same_instant_is_told_apart_by_the_order_of_acts(facts: SiteFacts) -> None:
    last = max(facts.doses.values(), key=lambda dose: dose.handed_over_seq)
    subject_of(facts, last).ended[:] = [(last.handed_over_seq + 1, True)]
    assert list(invariants.nothing_after_the_end(facts)) == []
    subject_of(facts, last).ended[:] = [(last.handed_over_seq - 1, True)]
    assert [s.split(":")[0] for s in invariants.nothing_after_the_end(facts)] == [last.dose]


def test_there_is_a_break_for_every_invariant() -> None:
    assert {invariant for invariant, _ in BREAKS} == set(invariants.SITE_INVARIANTS)


def test_groups_are_counted_over_all_sites_together(facts: SiteFacts) -> None:
    second = copy.deepcopy(facts)
    assert list(invariants.groups_in_their_ratio([facts, second])) == []
    subject = next(iter(second.subjects.values()))
    other = next(
        a.code for a in second.trial.stages[0].arms if a.code != subject.allocations[0].arm
    )
    subject.allocations[0] = replace(subject.allocations[0], arm=other)
    assert len(list(invariants.groups_in_their_ratio([facts, second]))) == 2
    assert subject.allocations[0].stage == StageCode("stage1")
