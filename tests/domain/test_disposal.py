"""Which kit may leave how: every state against every way, and every reason at once."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from pharmacy_app.domain import disposal
from pharmacy_app.domain.events.disposal import Remains, Way
from pharmacy_app.domain.ids import DoseId, KitNumber
from pharmacy_app.domain.kits import ON_SHELF, TRANSITIONS, Disposal, Kit, KitState
from tests.domain.histories import START, kit

DOSE = DoseId("D-4KX9MT3")
IN_DATE, EXPIRED = START, START + timedelta(days=4000)
OUT_OF_USE = disposal.NEVER_USABLE


def of_state(state: KitState, held: Disposal = Disposal.NONE) -> Kit:
    return replace(kit(), state=state, disposal=held, dose_id=None)


def rules(found: Kit, way: Way, now: object = IN_DATE) -> list[str]:
    return [v.rule for v in disposal.kept_back(found, way, now)]  # type: ignore[arg-type] # a time


@pytest.mark.parametrize("state", KitState)
def test_what_leaves_the_shelf_in_each_state(state: KitState) -> None:
    found = of_state(state)
    here = state in ON_SHELF
    assert (rules(found, Way.DESTROYED) == []) is (state in OUT_OF_USE)
    assert (rules(found, Way.SENT_BACK) == []) is here
    assert (rules(found, Way.TRANSFERRED) == []) is (state is KitState.AVAILABLE)
    assert (rules(found, Way.DESTROYED, EXPIRED) == []) is here
    assert rules(found, Way.TRANSFERRED, EXPIRED) != []


@pytest.mark.parametrize("state", sorted(ON_SHELF))
def test_every_state_on_the_shelf_may_lawfully_end_destroyed_sent_back_or_wasted(
    state: KitState,
) -> None:
    ends = {KitState.DESTROYED, KitState.SENT_BACK, KitState.WASTED}
    # An assigned kit is freed with its dose first.
    assert state is KitState.ASSIGNED or ends <= TRANSITIONS[state]


@pytest.mark.parametrize("state", [KitState.INFUSED, KitState.RETURNED, KitState.WASTED])
def test_what_is_left_of_a_used_kit_is_destroyed_or_sent_back_but_given_to_no_other_site(
    state: KitState,
) -> None:
    held = of_state(state, Disposal.HELD)
    assert rules(held, Way.DESTROYED) == rules(held, Way.SENT_BACK) == []
    assert rules(held, Way.TRANSFERRED) == ["disposal.not_here"]
    assert rules(of_state(state), Way.DESTROYED) == ["disposal.not_here"]


@pytest.mark.parametrize("gone", [Disposal.DESTROYED, Disposal.SENT_BACK])
def test_nothing_is_destroyed_twice(gone: Disposal) -> None:
    assert rules(of_state(KitState.INFUSED, gone), Way.DESTROYED) == ["disposal.gone"]


def test_every_reason_is_told_at_once() -> None:
    waited_for = replace(of_state(KitState.QUARANTINED, Disposal.LISTED), dose_id=DOSE)
    assert rules(waited_for, Way.DESTROYED) == [
        "disposal.listed_before",
        "disposal.dose_waits",
        "disposal.too_good",
    ]
    assert [v.rule for v in disposal.unwastable(waited_for)] == [
        "kit.listed_for_disposal",
        "disposal.dose_waits",
    ]
    assert [v.rule for v in disposal.unreservable(waited_for)] == [
        "kit.listed_for_disposal",
        "disposal.dose_waits",
    ]


@pytest.mark.parametrize(
    ("remains", "left", "found"),
    [
        (Remains.EMPTY, "0", []),
        (Remains.PARTLY_USED, "0.1", []),
        (Remains.PARTLY_USED, "100", []),
        (Remains.PARTLY_USED, "0", ["custody.left_volume"]),
        (Remains.PARTLY_USED, "100.1", ["custody.left_volume"]),
        (Remains.EMPTY, "1", ["custody.nothing_left"]),
        (Remains.DESTROYED_ON_WARD, "1", ["custody.nothing_left"]),
    ],
)
def test_the_volume_left_is_of_a_partly_used_bag(
    remains: Remains, left: str, found: list[str]
) -> None:
    given = of_state(KitState.INFUSED)
    told = disposal.remains_mistakes(DOSE, given, remains, Decimal(left), Decimal(100))
    assert [v.rule for v in told] == found


def test_kits_that_stand_in_one_list_only_are_named_with_their_side() -> None:
    first, second, third = (KitNumber(f"K{n}") for n in range(3))
    assert disposal.differs([first, second], [second, first]) == ""
    assert disposal.differs([first, second], [second, third]) == "+K0 −K2"
