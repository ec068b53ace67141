"""Staged moves: every conflict named, chains and rings put into an order in which hands can do them."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.ids import KitNumber, KitTypeCode, PositionId, ShipmentId
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.locations import Capacity, Unit, UnitKind
from pharmacy_app.domain.moves import Move, PlannedMove, Shelf, planned

ADDED = datetime(2026, 11, 21, tzinfo=UTC)
FROZEN, COOL = KitTypeCode("FROZEN"), KitTypeCode("COOL")
TANK = Unit(Capacity("T1", 1, 1, 3, 3), "Tank", UnitKind.LN2_TANK, Decimal(-150), ADDED)
FRIDGE = Unit(Capacity("F1", 1, 1, 3, 3), "Fridge", UnitKind.REFRIGERATOR, Decimal(8), ADDED)
PLACES = tuple(TANK.capacity.positions_of("T1-R1-B01"))


def kit(name: str, position: PositionId | None = None, **changed: object) -> Kit:
    made = Kit(
        kit_number=KitNumber(name),
        kit_type=FROZEN,
        lot="L",
        blinded_lot="B",
        expiry=ADDED,
        state=KitState.AVAILABLE,
        shipment_id=ShipmentId("S"),
        position=position,
    )
    return replace(made, **changed)  # type: ignore[arg-type] # any field


def shelf(*kits: Kit, blocked: PositionId | None = None) -> Shelf:
    return Shelf(
        {"T1": TANK, "F1": FRIDGE},
        {one.position: one.kit_number for one in kits if one.position is not None},
        {} if blocked is None else {blocked: "cracked"},
        {FROZEN: Decimal(-150), COOL: Decimal(8)},
    )


def rules(plan: tuple[PlannedMove, ...]) -> list[list[str]]:
    return [[conflict.rule for conflict in one.conflicts] for one in plan]


def test_each_conflict_is_named_at_the_move_it_bars() -> None:
    lies = kit("K1", PLACES[0])
    loose, used, cool = kit("K2"), kit("K3", state=KitState.THAWED), kit("K4", kit_type=COOL)
    plan = planned(
        [
            Move(loose, PLACES[0]),
            Move(used, PLACES[1]),
            Move(cool, PLACES[2]),
            Move(kit("K5"), PLACES[3]),
            Move(kit("K6"), PositionId("F1-R1-B01-A1")),
            Move(kit("K7"), PositionId("T1-R1-B02-A1")),
            Move(kit("K8"), PositionId("T9-R1-B01-A1")),
        ],
        shelf(lies, blocked=PLACES[3]),
    )
    assert rules(plan) == [
        ["position.taken"],
        ["kit.not_for_shelf"],
        ["position.too_cold"],
        ["position.blocked"],
        ["position.too_warm"],
        ["position.outside"],
        ["position.unknown_unit"],
    ]


def test_a_kit_twice_a_place_twice_and_a_move_to_where_it_lies_are_named() -> None:
    one, two = kit("K1", PLACES[0]), kit("K2", PLACES[1])
    plan = planned(
        [Move(one, PLACES[2]), Move(one, PLACES[3]), Move(two, PLACES[3]), Move(two, PLACES[1])],
        shelf(one, two),
    )
    assert rules(plan) == [
        ["move.same_kit"],
        ["move.same_kit", "move.same_place"],
        ["move.same_kit", "move.same_place"],
        ["move.nowhere", "move.same_kit"],
    ]


def test_a_kit_that_stays_still_holds_its_place() -> None:
    still, other = kit("K1", PLACES[0]), kit("K2")
    plan = planned([Move(still, PLACES[0]), Move(other, PLACES[0])], shelf(still))
    assert rules(plan) == [
        ["move.nowhere", "move.same_place"],
        ["position.taken", "move.same_place"],
    ]


def test_a_chain_is_done_from_its_free_end_and_nothing_is_set_aside() -> None:
    first, second = kit("K1", PLACES[0]), kit("K2", PLACES[1])
    plan = planned([Move(first, PLACES[1]), Move(second, PLACES[2])], shelf(first, second))
    assert [one.move.kit.kit_number for one in plan] == ["K2", "K1"]
    assert not any(one.set_aside for one in plan)


def test_kits_that_change_places_begin_with_one_in_the_hand() -> None:
    first, second = kit("K1", PLACES[0]), kit("K2", PLACES[1])
    plan = planned([Move(first, PLACES[1]), Move(second, PLACES[0])], shelf(first, second))
    assert [(one.move.kit.kit_number, one.set_aside) for one in plan] == [
        ("K2", False),
        ("K1", True),
    ]


@given(st.permutations(range(9)), st.sets(st.integers(0, 8)))
def test_any_rearrangement_can_be_done_by_hand_in_the_order_given(
    order: list[int], absent: set[int]
) -> None:
    kits = {n: kit(f"K{n}", PLACES[n]) for n in range(9) if n not in absent}
    wanted = [Move(one, PLACES[order[n]]) for n, one in kits.items() if order[n] != n]
    plan = planned(wanted, shelf(*kits.values()))
    assert not any(one.conflicts for one in plan)
    assert sorted(one.move.kit.kit_number for one in plan) == sorted(
        move.kit.kit_number for move in wanted
    )
    lying = {one.position: one.kit_number for one in kits.values()}
    for one in plan:  # a ring's first kit is lifted before anything of the ring moves
        if one.set_aside:
            del lying[one.source]
    for one in plan:
        if not one.set_aside:
            assert lying.pop(one.source) == one.move.kit.kit_number
        assert one.move.target not in lying
        lying[one.move.target] = one.move.kit.kit_number
    assert lying == {PLACES[order[n]]: f"K{n}" for n in kits}
