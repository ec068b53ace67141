from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from pharmacy_app.domain.check_characters import ALPHABET, make_code
from pharmacy_app.domain.ids import KitNumber, KitTypeCode
from pharmacy_app.domain.kit_list import LIMIT, leaks, runs, scores, shared_lots, telling_lots
from pharmacy_app.domain.package import KitLine
from pharmacy_app.system.chance import SeededChance

EXPIRY = datetime(2036, 1, 1, tzinfo=UTC)
TYPES = [KitTypeCode("MSC")] * 60 + [KitTypeCode("PLA")] * 36


def kit(number: str, kit_type: str, *, lot: str = "R1", blinded: str = "B1") -> KitLine:
    return KitLine(
        number=KitNumber(number),
        kit_type=KitTypeCode(kit_type),
        lot=lot,
        blinded_lot=blinded,
        expiry=EXPIRY,
    )


def random_list(seed: str, types: Sequence[str] = TYPES) -> list[KitLine]:
    chance = SeededChance(seed)
    numbers = [
        make_code("".join(chance.choice(ALPHABET) for _ in range(6)), "mod37-36") for _ in types
    ]
    return [
        kit(number, kit_type)
        for number, kit_type in zip(numbers, chance.shuffled(types), strict=True)
    ]


def found(kits: Sequence[KitLine], shipped: Sequence[KitNumber] = ()) -> set[tuple[str, str]]:
    return {(v.rule, v.record) for v in leaks(kits, shipped)}


@pytest.mark.parametrize("seed", range(40))
def test_a_list_drawn_at_random_passes(seed: int) -> None:
    kits = random_list(f"list {seed}")
    assert found(kits, [k.number for k in SeededChance("ship").shuffled(kits)]) == set()


def test_a_list_sorted_by_type_is_refused() -> None:
    kits = sorted(random_list("sorted"), key=lambda k: k.kit_type)
    assert {("kit_list.runs", "list"), ("kit_list.rank_sum", "list")} <= found(kits)


def test_numbers_given_out_one_type_after_the_other_are_refused() -> None:
    kits = [kit(f"{1000 + i}", kit_type) for i, kit_type in enumerate(TYPES)]
    assert ("kit_list.rank_sum", "numbers") in found(SeededChance("x").shuffled(kits))


def test_shipments_packed_by_type_are_refused() -> None:
    kits = random_list("packed")
    packed = [k.number for k in sorted(kits, key=lambda k: k.kit_type)]
    assert ("kit_list.runs", "shipments") in found(kits, packed)


@pytest.mark.parametrize(
    "leak",
    [
        lambda number, kit_type: ("M" if kit_type == "MSC" else "P") + number,
        lambda number, kit_type: number + ("2" if kit_type == "MSC" else "3"),
        lambda number, kit_type: number + "A" * (kit_type == "MSC"),
        lambda number, kit_type: number[:2] + ("A" if kit_type == "MSC" else "Z") + number[2:],
    ],
    ids=["prefix", "parity", "length", "middle"],
)
def test_a_number_that_tells_its_type_is_refused(leak: Callable[[str, str], str]) -> None:
    kits = [kit(leak(k.number, k.kit_type), k.kit_type) for k in random_list("leak")]
    assert ("kit_list.guess", "numbers") in found(kits)


def test_a_regular_change_of_types_is_refused() -> None:
    types = ["MSC", "PLA"] * 40
    kits = [
        kit(k.number, kit_type)
        for k, kit_type in zip(random_list("turns", types), types, strict=True)
    ]
    assert ("kit_list.runs", "list") in found(kits)


def test_one_type_that_always_expires_earlier_is_refused() -> None:
    later = EXPIRY + timedelta(days=200)
    kits = [
        kit(k.number, k.kit_type)
        if k.kit_type == "MSC"
        else KitLine(number=k.number, kit_type=k.kit_type, lot="R2", blinded_lot="B1", expiry=later)
        for k in random_list("expiry")
    ]
    assert found(kits) == {("kit_list.rank_sum", "expiries")}


def test_a_blinded_lot_of_one_type_and_a_real_lot_on_the_label_are_refused() -> None:
    kits = [
        kit("A1", "MSC", blinded="B1"),
        kit("A2", "MSC", blinded="B1"),
        kit("A3", "PLA", blinded="B2"),
        kit("A4", "PLA", blinded="R1"),
    ]
    assert {(v.rule, v.record) for v in telling_lots(kits)} == {
        ("kit_list.lot_of_one_type", "B1"),
        ("kit_list.lot_is_real", "R1"),
    }


def test_a_trial_with_one_kit_type_has_nothing_to_give_away() -> None:
    assert leaks([kit(f"K{i}", "MSC") for i in range(40)]) == []


def test_a_short_list_is_left_alone() -> None:
    assert scores([kit(f"K{i}", "MSC" if i < 11 else "PLA") for i in range(22)]) == []


def test_the_shortest_list_that_is_judged_can_reach_the_limit() -> None:
    assert abs(runs([True] * 12 + [False] * 12)) > LIMIT


def test_three_types_are_each_compared_with_the_others() -> None:
    types = [KitTypeCode(t) for t in ("A", "B", "C") for _ in range(20)]
    assert {score.kit_type for score in scores(random_list("three", types))} == {"A", "B", "C"}


def test_a_lot_belongs_to_one_type_also_across_lists() -> None:
    listed = [kit("K1", "A", lot="R1"), kit("K2", "B", lot="R2")]
    assert shared_lots(listed) == []
    both = [*listed, kit("K3", "B", lot="R1")]
    (found,) = shared_lots(both)
    assert (found.rule, found.record) == ("kit_list.lot_of_two_types", "R1")
    assert found.fact("kit_types") == "A, B"
    assert shared_lots([kit("K3", "B", lot="R1")], listed) == [found]
    assert shared_lots([kit("K4", "B", lot="R2")], both) == []
