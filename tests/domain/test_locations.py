"""Positions: read strictly, inside a known unit, every one listed once, labelled as the unit says."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.ids import PositionId
from pharmacy_app.domain.locations import (
    USUAL_LIMITS,
    Capacity,
    GroupLabels,
    Labelling,
    PlaceLabels,
    Position,
    Unit,
    UnitDetails,
    UnitKind,
    kind_for,
    read_box,
    read_place,
    read_position,
    refuse_unless_inside,
    unfit_for,
    unlawful_details,
)
from pharmacy_app.domain.refusal import Refused

TANK = Capacity("T1", racks=2, boxes=3, rows=4, columns=5)
ADDED = datetime(2026, 11, 21, tzinfo=UTC)
POSITIONS = st.builds(
    Position,
    unit=st.from_regex(r"[A-Z][A-Z0-9]{0,7}", fullmatch=True),
    rack=st.integers(0, 99),
    box=st.integers(0, 99),
    row=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    column=st.integers(0, 99),
)
LABELLINGS = st.builds(
    Labelling,
    st.sampled_from(PlaceLabels),
    st.booleans(),
    st.sampled_from(GroupLabels),
    st.sampled_from(GroupLabels),
)
CAPACITIES = st.builds(
    Capacity,
    st.sampled_from(["T1", "B2", "R", "RB10"]),
    *[st.integers(1, 26)] * 4,
)


def unit(
    labelling: Labelling = Labelling(),  # noqa: B008 - frozen
    capacity: Capacity = TANK,
    warmest: str = "-150",
) -> Unit:
    limit = Decimal(warmest)
    return Unit(capacity, "Tank", kind_for(limit), limit, ADDED, labelling=labelling)


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


@given(CAPACITIES, LABELLINGS, st.data())
def test_an_address_as_the_unit_writes_it_leads_back_to_the_place(
    capacity: Capacity, labelling: Labelling, data: st.DataObject
) -> None:
    place = Position(
        capacity.unit,
        data.draw(st.integers(1, capacity.racks)),
        data.draw(st.integers(1, capacity.boxes)),
        chr(ord("A") + data.draw(st.integers(0, capacity.rows - 1))),
        data.draw(st.integers(1, capacity.columns)),
    )
    one = unit(labelling, capacity)
    known = {one.code: one}
    assert read_place(one.address(place), known) == place
    assert read_place(place.position_id.lower(), known) == place
    assert read_box(one.box_address(place.rack, place.box), known) == place.box_id
    assert read_box(place.box_id, known) == place.box_id
    assert read_box(place.position_id, known) is None


@pytest.mark.parametrize(
    ("labelling", "address"),
    [
        (Labelling(), "T1-R2-B03-B4"),
        (Labelling(leading_zeros=True), "T1-R2-B03-B4"),
        (Labelling(PlaceLabels.BY_ROW), "T1-R2-B03-9"),
        (Labelling(PlaceLabels.BY_ROW, leading_zeros=True), "T1-R2-B03-09"),
        (Labelling(PlaceLabels.BY_COLUMN), "T1-R2-B03-14"),
        (
            Labelling(PlaceLabels.BY_ROW, False, GroupLabels.LETTERS, GroupLabels.LETTERS),
            "T1-B-C-9",
        ),
    ],
)
def test_places_are_labelled_by_the_scheme_of_their_unit(
    labelling: Labelling, address: str
) -> None:
    assert unit(labelling).address(Position("T1", 2, 3, "B", 4)) == address


def test_two_digits_of_columns_give_letters_a_leading_zero_where_the_scheme_has_them() -> None:
    wide = Capacity("T1", 1, 1, 4, 12)
    zeros = unit(Labelling(leading_zeros=True), wide)
    assert zeros.place_label(Position("T1", 1, 1, "C", 5)) == "C05"
    assert read_place("T1-R1-B01-C05", {"T1": zeros}).position_id == "T1-R1-B01-C5"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("T1-R2-B03-0", "position.shape"),
        ("T1-R2-B03-21", "position.outside"),
        ("T1-R2-B03-9999", "position.shape"),
        ("T2-R2-B03-9", "position.shape"),
        ("T1-R2-9", "position.shape"),
        ("T1-R2-B03-９", "position.shape"),
    ],
)
def test_a_number_that_no_place_has_is_refused(text: str, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        read_place(text, {"T1": unit(Labelling(PlaceLabels.BY_ROW))})
    assert [violation.rule for violation in refused.value.violations] == [rule]


@pytest.mark.parametrize("text", ["T1-R3-B01", "T1-R1-B04", "T1", "T9-R1-B01", "", "T1-R1-B0１"])
def test_a_text_that_names_no_box_of_the_site_is_no_box(text: str) -> None:
    assert read_box(text, {"T1": unit()}) is None


@pytest.mark.parametrize(
    ("warmest", "limit", "rule"),
    [
        ("-150", "-150", None),
        ("-150", "-80", None),
        ("-70", "-150", "position.too_warm"),
        ("8", "-80", "position.too_warm"),
        ("8", "8", None),
        ("25", "8", "position.too_warm"),
        ("-150", "8", "position.too_cold"),
        ("-20", "25", "position.too_cold"),
        ("8", "25", None),
    ],
)
def test_a_kit_lies_only_where_it_is_neither_too_warm_nor_frozen(
    warmest: str, limit: str, rule: str | None
) -> None:
    found = unfit_for(unit(warmest=warmest), PositionId("T1-R1-B01-A1"), Decimal(limit))
    assert (None if found is None else found.rule) == rule


def test_the_usual_limits_of_each_kind_are_lawful_for_it() -> None:
    for kind, (coldest, warmest) in USUAL_LIMITS.items():
        assert kind_for(warmest) is kind
        assert unlawful_details(TANK, warmest, UnitDetails(kind, coldest)) == ()


@pytest.mark.parametrize(
    ("warmest", "details", "rules"),
    [
        ("8", UnitDetails(UnitKind.LN2_TANK), ["storage.kind_limit"]),
        ("8", UnitDetails(coldest_c=Decimal(8)), ["storage.coldest"]),
        ("8", UnitDetails(least_level_cm=Decimal(10)), ["storage.level_limit"]),
        ("-150", UnitDetails(least_level_cm=Decimal(10)), []),
        ("-150", UnitDetails(labelling=Labelling(racks=GroupLabels.LETTERS)), ["storage.size"]),
        ("-150", UnitDetails(labelling=Labelling(boxes=GroupLabels.LETTERS)), ["storage.size"]),
    ],
)
def test_details_that_contradict_one_another_are_refused(
    warmest: str, details: UnitDetails, rules: list[str]
) -> None:
    large = Capacity("T1", racks=27, boxes=27, rows=9, columns=9)
    found = unlawful_details(large, Decimal(warmest), details)
    assert [violation.rule for violation in found] == rules
