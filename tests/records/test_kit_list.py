"""A list read by places gives exactly the rows of one big ordered query, under every order and filter."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharmacy_app.domain.ids import KitTypeCode
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import EncryptedDatabase, memory_database
from pharmacy_app.records.migration import migrate
from pharmacy_app.records.queries.unblinded import kit_list as lists
from pharmacy_app.records.queries.unblinded import kits
from pharmacy_app.records.queries.unblinded.kit_list import Listing, Order, kit_list
from pharmacy_app.records.queries.unblinded.kits import KitFilter
from pharmacy_app.records.reading import Reader

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)
TYPES, LOTS = ("MSC", "PLA"), ("L1", "L2", "L3")
STATES = (KitState.EXPECTED, KitState.AVAILABLE, KitState.QUARANTINED)
EXPIRIES = [NOON + timedelta(days=days) for days in (0, 30, 90)]
INSERT = (
    "INSERT INTO kit (kit_number, kit_type, lot, blinded_lot, expiry, state, shipment_id, seconds_out, position)"
    " VALUES (?, ?, ?, 'B', ?, ?, 'SH', ?, ?)"
)
IN_ORDER = {
    Order.NUMBER: "kit_number {0}",
    Order.TYPE: "kit_type {0}, lot {0}, expiry {0}, state {0}, kit_number {0}",
    Order.LOT: "lot {0}, expiry {0}, state {0}, kit_type {0}, kit_number {0}",
    Order.EXPIRY: "expiry {0}, lot {0}, state {0}, kit_type {0}, kit_number {0}",
    Order.PLACE: "coalesce(position, '') {0}, kit_number {0}",
    Order.TIME_OUT: "seconds_out {0}, kit_number {0}",
    Order.STATE: "state {0}, kit_type {0}, expiry {0}, lot {0}, kit_number {0}",
}

numbers = st.one_of(
    st.integers(0, 12_000).map(lambda n: f"K{n}"), st.integers(0, 3_000).map(lambda n: f"K{n:07d}")
)
alike = st.tuples(
    st.sampled_from(TYPES),
    st.sampled_from(LOTS),
    st.sampled_from(EXPIRIES).map(stamp),
    st.sampled_from(STATES).map(str),
)
filters = st.builds(
    KitFilter,
    state=st.none() | st.sampled_from(STATES),
    kit_type=st.none() | st.sampled_from(TYPES).map(KitTypeCode),
    lot=st.none() | st.sampled_from(LOTS),
    expires_before=st.none() | st.sampled_from(EXPIRIES),
    text=st.sampled_from(("", "", "1", "k00", "99")),
)


@pytest.fixture(scope="module")
def database() -> Iterator[EncryptedDatabase]:
    made = memory_database()
    migrate(made)
    made.execute(
        "INSERT INTO shipment (shipment_id, despatched_at, logger_serial, state)"
        " VALUES ('SH', '', '', 'advised')"
    )
    yield made
    made.conn.close()


def fill(database: EncryptedDatabase, stock: dict[str, Any]) -> Reader:
    """Put other kits into the database, by a bulk of single writes as the projections do."""
    database.execute("DELETE FROM kit")
    for number, (kit_type, lot, expiry, state) in stock.items():
        mark = sum(map(ord, number))
        place = None if state == "expected" or mark % 2 else f"T1-{number}"
        database.execute(INSERT, (number, kit_type, lot, expiry, state, mark % 7, place))
    return Reader(database)


def ordered(reader: Reader, wanted: KitFilter, order: Order, way: str) -> list[Kit]:
    """Return every row of one big query."""
    conditions, values = kits.narrowed(wanted)
    rows = reader.rows(
        f"SELECT {kits.COLUMNS} FROM kit WHERE {' AND '.join(conditions) or '1'}"
        f" ORDER BY {IN_ORDER[order].format(way)}",
        values,
    )
    return [kits.kit_of_row(row) for row in rows]


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    stock=st.dictionaries(numbers, alike, max_size=120),
    wanted=filters,
    order=st.sampled_from(Order),
    descending=st.booleans(),
    page=st.integers(1, 50),
    jumps=st.lists(st.integers(0, 130), max_size=4),
    few=st.sampled_from((-1, 5, 1_000)),
    looked_up=st.sampled_from((0, 5, 5_000)),
)
def test_pages_from_both_ends_and_after_jumps_are_those_of_one_big_query(
    database: EncryptedDatabase,
    stock: dict[str, Any],
    wanted: KitFilter,
    order: Order,
    descending: bool,
    page: int,
    jumps: list[int],
    few: int,
    looked_up: int,
) -> None:
    reader = fill(database, stock)
    expected = ordered(reader, wanted, order, "DESC" if descending else "ASC")
    with patch.multiple(lists, FEW=few, LOOKED_UP=looked_up):
        listed = kit_list(reader, Listing(wanted, order, descending))
    assert listed.total == len(expected) == kits.count(reader, wanted)
    starts = range(0, listed.total, page)
    assert [kit for first in starts for kit in listed.rows(first, page)] == expected
    assert [listed.rows(first, page) for first in reversed(starts)] == [
        expected[first : first + page] for first in reversed(starts)
    ]
    for first in (*jumps, max(0, listed.total - page)):
        assert listed.rows(first, page) == expected[first : first + page]
    assert [listed.place_of(kit) for kit in expected] == list(range(len(expected)))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    stock=st.dictionaries(numbers, alike, min_size=1, max_size=40),
    changes=st.lists(st.tuples(st.integers(0, 39), st.none() | alike), max_size=30),
)
def test_the_tally_follows_every_change_of_a_kit(
    database: EncryptedDatabase,
    stock: dict[str, Any],
    changes: list[tuple[int, tuple[str, ...] | None]],
) -> None:
    reader = fill(database, stock)
    names = sorted(stock)
    for at, like in changes:
        number = names[at % len(names)]
        if like is None:
            database.execute("DELETE FROM kit WHERE kit_number = ?", (number,))
        else:
            database.execute(
                "UPDATE kit SET position = NULL, kit_type = ?, lot = ?, expiry = ?, state = ? WHERE kit_number = ?",
                (*like, number),
            )
    assert reader.rows(
        "SELECT kit_type, lot, expiry, state, number FROM kit_tally WHERE number > 0 ORDER BY 1, 2, 3, 4"
    ) == reader.rows(
        "SELECT kit_type, lot, expiry, state, count(*) FROM kit GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
    )
    sorts = reader.rows("SELECT count(*) FROM kit_tally GROUP BY kit_type, lot, expiry")
    assert set(sorts) == {(len(KitState),)}, "the number of its rows tells no state"


class Explaining(Reader):
    """A reader that asks how each of its queries on kits is answered."""

    def __init__(self, database: EncryptedDatabase) -> None:
        super().__init__(database)
        self.plans: list[str] = []

    def rows(self, sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
        if "FROM kit " in sql:
            plan = super().rows(f"EXPLAIN QUERY PLAN {sql}", params)
            self.plans += [step[3] for step in plan if "kit_place" not in step[3]]
        return super().rows(sql, params)


@pytest.mark.parametrize(
    ("order", "descending", "state", "lot"),
    list(product(Order, (False, True), (None, KitState.AVAILABLE), (None, "L1"))),
)
def test_every_page_and_place_is_found_by_an_index_and_sorted_by_none(
    database: EncryptedDatabase,
    order: Order,
    descending: bool,
    state: KitState | None,
    lot: str | None,
) -> None:
    like = ("MSC", "L1", stamp(NOON), "available")
    fill(database, {f"K{n:07d}": like for n in range(30)})
    reader = Explaining(database)
    with patch.object(lists, "FEW", 0):
        listed = kit_list(reader, Listing(KitFilter(state=state, lot=lot), order, descending))
    (kit,) = listed.rows(7, 1)
    assert listed.rows(8, 1) != listed.rows(6, 1) != [kit]
    assert listed.place_of(kit) == 7
    used = [step for step in reader.plans if " kit " in f"{step} "]
    assert used
    assert all(step.startswith("SEARCH kit USING") or " INDEX " in step for step in used)
    assert not any("TEMP B-TREE" in step for step in reader.plans)


def test_of_a_part_of_a_number_no_more_than_a_bound_is_held(database: EncryptedDatabase) -> None:
    like = ("MSC", "L1", stamp(NOON), "available")
    reader = fill(database, {f"K{n:07d}": like for n in range(1_050)})
    listed = kit_list(reader, Listing(KitFilter(text="K0"), Order.NUMBER))
    assert listed.cut
    assert listed.total == len(listed.rows(0, 2_000)) == 1_000
