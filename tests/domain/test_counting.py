"""What a count compares, who counts again, and what may be done about a difference."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.counting import (
    OUTCOMES,
    OUTSIDE,
    CountedBox,
    Seen,
    answer_of,
    box_of,
    cannot_be_found,
    cannot_be_lost,
    differences,
    overdue,
    same_counter,
    scoped,
    to_recount,
    turned_up,
    unlawful_outcome,
    unsaid,
    used,
)
from pharmacy_app.domain.events.counting import (
    CountDifference,
    DifferenceKind,
    Outcome,
    RootCause,
)
from pharmacy_app.domain.ids import DoseId, KitNumber, PersonId, PositionId
from pharmacy_app.domain.kits import ON_SHELF, TRANSITIONS, Disposal, KitState
from tests.domain.histories import kit

A, B, C = "T1-R1-B01", "T1-R1-B02", "T1-R1-B03"
BOXES = (A, B, C, OUTSIDE)
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def at(box: str, place: str = "A1") -> PositionId:
    return PositionId(f"{box}-{place}")


def seen(
    number: str,
    box: str,
    recorded: PositionId | None,
    state: KitState | None = KitState.AVAILABLE,
    position: PositionId | None = None,
) -> Seen:
    return Seen(KitNumber(number), box, position, state, recorded)


def box(name: str, *scans: Seen, due: dict[str, PositionId | None] | None = None) -> CountedBox:
    wanted = {KitNumber(number): place for number, place in (due or {}).items()}
    return CountedBox(name, wanted, scans)


def kinds(*boxes: CountedBox) -> dict[str, DifferenceKind]:
    return {one.kit_number: one.kind for one in differences(boxes)}


def difference(kind: DifferenceKind, number: str = "K1", recorded: str = "") -> CountDifference:
    return CountDifference(kind=kind, kit_number=KitNumber(number), recorded=recorded, found=(B,))


def test_a_scope_is_a_unit_a_rack_a_box_or_everything_and_what_lies_outside() -> None:
    boxes = ["T1-R1-B01", "T1-R1-B02", "T1-R10-B01", "T2-R1-B01"]
    assert scoped("", boxes) == (*boxes, OUTSIDE)
    assert scoped("T1", boxes) == tuple(boxes[:3])
    assert scoped("T1-R1", boxes) == tuple(boxes[:2])
    assert scoped("T1-R1-B02", boxes) == (boxes[1],)
    assert scoped("T3", boxes) == ()


def test_a_kit_in_its_place_is_no_difference_and_its_position_may_stay_untold() -> None:
    assert kinds(box(A, seen("K1", A, at(A)), due={"K1": at(A)})) == {}
    assert kinds(box(A, seen("K1", A, at(A), position=at(A)), due={"K1": at(A)})) == {}
    assert kinds(box(OUTSIDE, seen("K1", OUTSIDE, None), due={"K1": None})) == {}


@pytest.mark.parametrize(
    ("scan", "kind"),
    [
        (seen("K1", A, at(B)), DifferenceKind.MISFILED),
        (seen("K1", OUTSIDE, at(B)), DifferenceKind.MISFILED),
        (seen("K1", A, at(A), position=at(A, "A2")), DifferenceKind.MISFILED),
        (seen("K1", A, None), DifferenceKind.UNPLACED),
        (seen("K1", A, None, KitState.LOST), DifferenceKind.OFF_SHELF),
        (seen("K1", A, None, KitState.INFUSED), DifferenceKind.OFF_SHELF),
        (seen("K1", A, None, KitState.EXPECTED), DifferenceKind.NOT_RECEIVED),
        (seen("K1", A, None, None), DifferenceKind.UNKNOWN),
    ],
)
def test_every_way_in_which_a_kit_can_lie_otherwise_than_recorded_has_its_kind(
    scan: Seen, kind: DifferenceKind
) -> None:
    assert kinds(box(scan.box, scan)) == {"K1": kind}


def test_a_kit_due_all_the_while_and_scanned_nowhere_is_missing_elsewhere_only_misfiled() -> None:
    counted = box(A, due={"K1": at(A), "K2": at(A, "A2")})
    other = box(B, seen("K2", B, at(A, "A2")))
    assert kinds(counted, other) == {
        "K1": DifferenceKind.MISSING,
        "K2": DifferenceKind.MISFILED,
    }


def test_a_kit_moved_between_two_boxes_is_right_in_both_and_one_number_twice_is_not() -> None:
    moved = (box(A, seen("K1", A, at(A))), box(B, seen("K1", B, at(B))))
    assert kinds(*moved) == {}
    twice = (box(A, seen("K1", A, at(A))), box(B, seen("K1", B, at(A))))
    assert kinds(*twice) == {"K1": DifferenceKind.TWICE}
    assert differences(twice)[0].found == (A, B)


@pytest.mark.parametrize("told", [True, False])
def test_two_kits_each_in_the_others_place_are_a_pair(told: bool) -> None:
    one = seen("K1", B, at(A), position=at(B) if told else None)
    other = seen("K2", A, at(B), position=at(A) if told else None)
    found = differences([box(A, other), box(B, one)])
    assert [(one.kind, one.pair) for one in found] == [
        (DifferenceKind.SWAPPED, "K2"),
        (DifferenceKind.SWAPPED, "K1"),
    ]


def test_three_kits_in_a_ring_change_places_together_if_their_positions_were_told() -> None:
    places = [at(A), at(B), at(C)]
    scans = [
        seen("K1", B, at(A), position=at(B)),
        seen("K2", C, at(B), position=at(C)),
        seen("K3", A, at(C), position=at(A)),
    ]
    found = differences([box(one.box, one) for one in scans])
    assert {one.kit_number: set(one.pair.split()) for one in found} == {
        "K1": {"K2", "K3"},
        "K2": {"K1", "K3"},
        "K3": {"K1", "K2"},
    }
    chain = differences([box(one.box, one) for one in scans[:2]])
    assert [one.kind for one in chain] == [DifferenceKind.MISFILED] * 2
    assert {place for one in found for place in one.found} == set(places)


def test_three_kits_that_crossed_two_boxes_are_no_pair_because_nobody_knows_which() -> None:
    third = seen("K3", A, at(B, "A2"))
    found = kinds(box(A, seen("K2", A, at(B)), third), box(B, seen("K1", B, at(A))))
    assert set(found.values()) == {DifferenceKind.MISFILED}


def test_only_the_boxes_of_new_differences_are_counted_again() -> None:
    missing = CountDifference(
        kind=DifferenceKind.MISSING, kit_number=KitNumber("K1"), recorded=at(A), found=()
    )
    unknown = difference(DifferenceKind.UNKNOWN, "K2")
    assert to_recount([missing, unknown], [], BOXES) == (A, B)
    assert to_recount([missing, unknown], [missing], BOXES) == (B,)
    assert to_recount([missing], [missing, unknown], BOXES) == ()


def test_a_kit_missing_without_a_place_is_looked_for_outside_and_another_scope_is_left_alone() -> (
    None
):
    nowhere = CountDifference(
        kind=DifferenceKind.MISSING, kit_number=KitNumber("K1"), recorded="", found=()
    )
    assert to_recount([nowhere], [], BOXES) == (OUTSIDE,)
    misfiled = difference(DifferenceKind.MISFILED, recorded=at(A))
    assert to_recount([misfiled], [], (B,)) == (B,)


def test_nobody_counts_a_box_again_that_they_counted_last() -> None:
    found = same_counter(A, PersonId("li"), PersonId("li"), "Li")
    assert found is not None
    assert (found.rule, found.record) == ("count.same_person", A)
    assert same_counter(A, PersonId("li"), PersonId("wang"), "Wang") is None
    assert same_counter(A, None, PersonId("wang"), "Wang") is None


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (KitState.AVAILABLE, "recorded"),
        (KitState.ASSIGNED, "recorded"),
        (KitState.EXPECTED, "not_received"),
        (KitState.LOST, "off_shelf"),
        (KitState.DESTROYED, "off_shelf"),
    ],
)
def test_an_answer_says_what_a_kit_is(state: KitState, said: str) -> None:
    assert answer_of(state) == said
    assert answer_of(None) == "unknown"


@pytest.mark.parametrize("kind", DifferenceKind)
def test_every_kind_has_a_way_out_and_refuses_the_others_with_those_it_has(
    kind: DifferenceKind,
) -> None:
    assert OUTCOMES[kind]
    for outcome in Outcome:
        found = unlawful_outcome(kind, outcome, "K1")
        assert (found is None) is (outcome in OUTCOMES[kind])
        assert found is None or found.fact("allowed")


@pytest.mark.parametrize("state", KitState)
def test_each_kit_can_be_lost_or_found_or_is_told_why_not(state: KitState) -> None:
    held = kit(state=state, dose_id=DoseId("D-1"))
    lost = [one for one in cannot_be_lost(held) if one is not None]
    found = [one for one in cannot_be_found(held) if one is not None]
    assert (lost == []) is (state in ON_SHELF)
    assert not (lost == [] and found == [])
    assert (lost == []) is (KitState.LOST in TRANSITIONS[state])


def test_a_listed_kit_leaves_its_list_first() -> None:
    for state, rule in ((KitState.REJECTED, cannot_be_lost), (KitState.WASTED, cannot_be_found)):
        listed = replace(kit(state=state), disposal=Disposal.LISTED)
        found = [one.rule for one in rule(listed) if one is not None]
        assert found == ["kit.listed_for_disposal"]


def test_what_was_given_up_is_found_before_it_is_quarantined() -> None:
    given_up = {state for state in KitState if turned_up(kit(state=state)) is not None}
    assert given_up == {KitState.MISSING, KitState.LOST}
    assert not used(kit(state=KitState.LOST))
    assert used(kit(state=KitState.INFUSED))


def test_another_cause_is_described() -> None:
    assert unsaid(RootCause.OTHER, " ", "K1") is not None
    assert unsaid(RootCause.OTHER, "the rack fell", "K1") is None
    assert unsaid(RootCause.MISFILED, "", "K1") is None


def test_a_box_is_due_from_the_very_day() -> None:
    counted = {A: NOW - timedelta(days=30), B: NOW - timedelta(days=29, hours=23)}
    late = overdue(counted, NOW, 30)
    assert late is not None
    assert (late.boxes, late.since) == (1, counted[A])
    assert overdue(counted, NOW, 31) is None
    assert overdue({}, NOW, 1) is None


@given(st.lists(st.sampled_from([A, B, C]), max_size=8))
def test_a_shelf_that_lies_as_recorded_never_differs(where: list[str]) -> None:
    lying = {f"K{number}": at(name, f"A{number + 1}") for number, name in enumerate(where)}
    boxes = [
        box(
            name,
            *(
                seen(number, name, place)
                for number, place in lying.items()
                if box_of(place) == name
            ),
            due={number: place for number, place in lying.items() if box_of(place) == name},
        )
        for name in (A, B, C)
    ]
    assert differences(boxes) == ()
