"""Kit states, the lawful ways between them, and the one function that decides usability."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.ids import DoseId, KitTypeCode
from pharmacy_app.domain.kits import ON_SHELF, TRANSITIONS, Kit, KitState, unlawful, unusable
from tests.domain.histories import DOSE, KIT, START, kit

MSC, PLA = KitTypeCode("MSC"), KitTypeCode("PLA")
IN_STOCK = {KitState.AVAILABLE, KitState.ASSIGNED, KitState.PRE_QUARANTINED, KitState.QUARANTINED}
REFUSED_STATES = {
    KitState.EXPECTED: "kit.not_received",
    KitState.PRE_QUARANTINED: "kit.awaiting_logger",
    KitState.QUARANTINED: "kit.quarantined",
    KitState.REJECTED: "kit.rejected",
    KitState.DAMAGED: "kit.damaged",
    KitState.MISSING: "kit.missing",
    KitState.ASSIGNED: "kit.other_subject",
    KitState.OUT_OF_STORAGE: "kit.already_used",
    KitState.THAWED: "kit.already_used",
    KitState.PREPARED: "kit.already_used",
    KitState.RELEASED: "kit.already_used",
    KitState.HANDED_OVER: "kit.already_used",
    KitState.INFUSED: "kit.already_used",
    KitState.PARTLY_INFUSED: "kit.already_used",
    KitState.RETURNED: "kit.already_used",
    KitState.WASTED: "kit.already_used",
    KitState.RECALLED: "kit.recalled",
    KitState.RESERVE: "kit.reserve",
    KitState.LOST: "kit.lost",
    KitState.TRANSFERRED: "kit.gone",
    KitState.DESTROYED: "kit.gone",
    KitState.SENT_BACK: "kit.gone",
}


def reachable(start: KitState) -> set[KitState]:
    found: set[KitState] = set()
    ahead = [start]
    while ahead:
        for state in TRANSITIONS[ahead.pop()] - found:
            found.add(state)
            ahead.append(state)
    return found


def rules(kit: Kit, **asked: object) -> list[str]:
    found = unusable(kit, **{"now": START, **asked})  # type: ignore[arg-type] # built by name
    return [violation.rule for violation in found]


def test_every_state_is_in_the_table_and_can_be_reached_from_a_kit_that_is_expected() -> None:
    assert set(TRANSITIONS) == set(KitState)
    assert reachable(KitState.EXPECTED) | {KitState.EXPECTED} == set(KitState)


@pytest.mark.parametrize("state", [KitState.THAWED, *sorted(reachable(KitState.THAWED))])
def test_no_way_leads_back_to_stock_from_a_thawed_kit(state: KitState) -> None:
    assert not reachable(state) & (ON_SHELF | {KitState.OUT_OF_STORAGE})


@given(st.lists(st.sampled_from(sorted(KitState)), max_size=40))
def test_a_kit_that_only_goes_lawful_ways_never_comes_back_once_thawed(
    wanted: list[KitState],
) -> None:
    state, thawed = KitState.EXPECTED, False
    for target in wanted:
        if unlawful(kit(state), target) is None:
            state = target
        thawed = thawed or state is KitState.THAWED
        assert not (thawed and state in IN_STOCK)


def test_an_unlawful_way_is_refused_with_both_states() -> None:
    found = unlawful(kit(KitState.THAWED), KitState.AVAILABLE)
    assert found is not None
    assert (found.rule, found.record) == ("kit.no_way", KIT)
    assert found.fact("state") == "kit_state.thawed"
    assert found.fact("target") == "kit_state.available"


def test_an_available_kit_in_date_and_of_the_right_type_is_usable() -> None:
    assert rules(kit(), wanted=MSC, for_dose=DOSE, max_seconds_out=0) == []


@pytest.mark.parametrize("state", sorted(REFUSED_STATES))
def test_a_kit_in_any_other_state_is_refused_by_the_rule_of_its_state(state: KitState) -> None:
    assert rules(kit(state, dose_id=DoseId("D-OTHER"))) == [REFUSED_STATES[state]]


def test_every_state_but_available_is_refused() -> None:
    assert set(REFUSED_STATES) == set(KitState) - {KitState.AVAILABLE}


def test_a_kit_assigned_to_this_dose_is_usable_for_it_alone() -> None:
    mine = kit(KitState.ASSIGNED, dose_id=DOSE)
    assert rules(mine, for_dose=DOSE) == []
    assert rules(mine, for_dose=DoseId("D-OTHER")) == ["kit.other_subject"]
    assert rules(mine) == ["kit.other_subject"]


def test_an_assigned_kit_without_a_dose_is_nobodys() -> None:
    assert rules(kit(KitState.ASSIGNED)) == ["kit.other_subject"]


def test_expired_kit_is_refused_with_its_expiry_to_the_minute() -> None:
    expiry = START + timedelta(minutes=1)
    assert rules(kit(expiry=expiry), now=expiry - timedelta(seconds=1)) == []
    (found,) = unusable(kit(expiry=expiry), now=expiry)
    assert found.rule == "kit.expired"
    assert (found.fact("expiry"), found.fact("now")) == (expiry, expiry)


def test_a_kit_of_another_type_is_refused_without_a_word_about_types() -> None:
    (found,) = unusable(kit(kit_type=PLA), now=START, wanted=MSC)
    assert (found.rule, found.record, found.facts) == ("kit.wrong_arm", KIT, ())


def test_time_out_of_storage_may_reach_its_limit_but_not_pass_it() -> None:
    assert rules(kit(seconds_out=600), max_seconds_out=600) == []
    (found,) = unusable(kit(seconds_out=661), now=START, max_seconds_out=600)
    assert (found.rule, found.fact("minutes"), found.fact("limit")) == ("kit.too_long_out", 11, 10)


def test_every_reason_is_given_at_once() -> None:
    worst = kit(KitState.QUARANTINED, expiry=START, kit_type=PLA, because="?", seconds_out=9)
    assert rules(worst, wanted=MSC, max_seconds_out=0) == [
        "kit.quarantined",
        "kit.expired",
        "kit.wrong_arm",
        "kit.too_long_out",
    ]
