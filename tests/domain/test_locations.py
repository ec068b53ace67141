"""Positions: read strictly, inside a known tank, every one listed once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.locations import (
    Capacity,
    Position,
    read_position,
    refuse_unless_inside,
)
from pharmacy_app.domain.refusal import Refused

TANK = Capacity("T1", racks=2, boxes=3, rows=4, columns=5)
POSITIONS = st.builds(
    Position,
    unit=st.from_regex(r"[A-Z][A-Z0-9]{0,7}", fullmatch=True),
    rack=st.integers(0, 99),
    box=st.integers(0, 99),
    row=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    column=st.integers(0, 99),
)


def rules_of(position: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        refuse_unless_inside(read_position(position), {"T1": TANK})
    return [violation.rule for violation in refused.value.violations]


@given(POSITIONS)
def test_a_position_is_read_as_it_is_written(position: Position) -> None:
    assert read_position(position.position_id) == position


def test_a_position_may_be_typed_in_small_letters_and_with_spaces_around() -> None:
    assert read_position(" t1-r2-b03-d5 ") == Position("T1", 2, 3, "D", 5)
    assert read_position("T1-R2-B03-D5").box_id == "T1-R2-B03"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "T1",
        "T1-R2-B3-D5",
        "T1-R2-B03-5D",
        "1T-R2-B03-D5",
        "T1-R2-B03-D5x",
        "T1-R２-B03-D5",
        "Tſ-R2-B03-D5",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_position(text)
    assert [(v.rule, v.record) for v in refused.value.violations] == [("position.shape", text)]


def test_a_tank_lists_every_position_once_and_all_of_them_are_inside() -> None:
    listed = [place for box in TANK.boxes_in_order() for place in TANK.positions_of(box)]
    assert len(listed) == len(set(listed)) == 2 * 3 * 4 * 5
    assert (listed[0], listed[-1]) == ("T1-R1-B01-A1", "T1-R2-B03-D5")
    for place in listed:
        refuse_unless_inside(read_position(place), {"T1": TANK})


@pytest.mark.parametrize(
    "place", ["T1-R3-B01-A1", "T1-R0-B01-A1", "T1-R1-B04-A1", "T1-R1-B01-E1", "T1-R1-B01-A6"]
)
def test_a_place_outside_the_tank_is_refused(place: str) -> None:
    assert rules_of(place) == ["position.outside"]


def test_a_place_in_an_unknown_tank_is_refused() -> None:
    assert rules_of("T2-R1-B01-A1") == ["position.unknown_unit"]
