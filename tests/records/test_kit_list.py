"""Lists of kits: the same rows as one big query gives, from either end, under any order and filter."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharmacy_app.domain.ids import KitTypeCode
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import EncryptedDatabase, memory_database
from pharmacy_app.records.migration import migrate
from pharmacy_app.records.queries.unblinded import kit_list
from pharmacy_app.records.queries.unblinded.kit_list import KitList, Order
from pharmacy_app.records.queries.unblinded.kits import COLUMNS, KitFilter, kit_of_row
from pharmacy_app.records.reading import Reader

KITS = 700
FIRST = datetime(2027, 1, 1, tzinfo=UTC)
STATES = ("available", "quarantined", "wasted", "infused")
INSERT = (
    "INSERT INTO kit (kit_number, kit_type, lot, blinded_lot, expiry, state, shipment_id, position,"
    " seconds_out) VALUES (?, ?, ?, 'B', ?, ?, 'S', ?, ?)"
)


def fill(db: EncryptedDatabase) -> None:
    chance = Random(5)
    db.execute(
        "INSERT INTO shipment (shipment_id, despatched_at, logger_serial, state)"
        " VALUES ('S', '2026', '', 'received')"
    )
    for number in range(KITS):
        state = chance.choice(STATES)
        placed = state in {"available", "quarantined"} and chance.random() < 0.7
        db.execute(
            INSERT,
            (
                f"K{chance.randrange(10**5):05d}{number:04d}",
                chance.choice("AB"),
                f"L{chance.randrange(4)}",
                stamp(FIRST + timedelta(days=chance.randrange(40))),
                state,
                f"T1-R1-B01-A{number}" if placed else None,
                chance.randrange(5) * 60,
            ),
        )


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    db = memory_database()
    migrate(db)
    db.begin()
    fill(db)
    db.commit()
    yield Reader(db)
    db.conn.close()


filters = st.builds(
    KitFilter,
    state=st.sampled_from([None, KitState.AVAILABLE, KitState.WASTED]),
    kit_type=st.sampled_from([None, KitTypeCode("A")]),
    lot=st.sampled_from([None, "L2"]),
    expires_before=st.sampled_from([None, FIRST + timedelta(days=9)]),
    text=st.sampled_from(["", "3", "12", "nothing"]),
)
lists = st.builds(KitList, wanted=filters, order=st.sampled_from(Order), descending=st.booleans())


def everything(reader: Reader, asked: KitList) -> list[str]:
    """Return the numbers as one sort of the whole table in Python gives them."""
    rows = [kit_of_row(row) for row in reader.rows(f"SELECT {COLUMNS} FROM kit")]
    wanted = asked.wanted
    kept = [
        kit
        for kit in rows
        if wanted.state in {None, kit.state}
        and wanted.kit_type in {None, kit.kit_type}
        and wanted.lot in {None, kit.lot}
        and (wanted.expires_before is None or kit.expiry < wanted.expires_before)
        and wanted.text.upper() in kit.kit_number
    ]
    ordered = sorted(kept, key=asked.key_of, reverse=asked.descending)
    return [kit.kit_number for kit in ordered]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=lists, limit=st.integers(1, 130), jump=st.integers(0, KITS))
def test_pages_from_either_end_and_from_a_jump_are_those_of_one_big_sort(
    reader: Reader, asked: KitList, limit: int, jump: int
) -> None:
    expected = everything(reader, asked)
    assert kit_list.total(reader, asked.wanted) == len(expected)
    forward: list[str] = []
    key = None
    while page := kit_list.behind(reader, asked, key, limit):
        forward += [kit.kit_number for kit in page]
        key = asked.key_of(page[-1])
    assert forward == expected
    backward: list[str] = []
    key = None
    while page := kit_list.before(reader, asked, key, limit):
        backward = [kit.kit_number for kit in page] + backward
        key = asked.key_of(page[0])
    assert backward == expected
    if not expected:
        assert kit_list.key_at(reader, asked, 0, 0) is None
        return
    number = jump % len(expected)
    found = kit_list.key_at(reader, asked, number, len(expected))
    assert found is not None
    assert found[1] == expected[number]
    assert kit_list.number_of(reader, asked, found) == number


@pytest.mark.parametrize(
    ("order", "descending"), list(product(Order, [False, True])), ids=lambda value: str(value)[:9]
)
def test_no_order_is_made_by_sorting(reader: Reader, order: Order, descending: bool) -> None:
    asked = KitList(KitFilter(), order, descending)
    seen: list[str] = []

    class Watching(Reader):
        def rows(self, sql: str, params: object = ()) -> list[tuple[object, ...]]:
            plan = super().rows(f"EXPLAIN QUERY PLAN {sql}", params)  # type: ignore[arg-type] # as given
            seen.extend(str(row[3]) for row in plan)
            return super().rows(sql, params)  # type: ignore[arg-type] # as given

    watching = Watching(reader._database)
    page = kit_list.behind(watching, asked, None, 10)
    kit_list.behind(watching, asked, asked.key_of(page[-1]), 10)
    kit_list.before(watching, asked, None, 10)
    assert [line for line in seen if "TEMP B-TREE" in line] == []
    assert any("USING" in line and "INDEX" in line for line in seen)


def test_the_tally_follows_every_change_of_a_kit(reader: Reader) -> None:
    def tally() -> dict[tuple[str, ...], int]:
        rows = reader.rows("SELECT state, kit_type, lot, kits FROM kit_tally WHERE kits > 0")
        return {row[:3]: row[3] for row in rows}

    def counted() -> dict[tuple[str, ...], int]:
        rows = reader.rows("SELECT state, kit_type, lot, count(*) FROM kit GROUP BY 1, 2, 3")
        return {row[:3]: row[3] for row in rows}

    assert tally() == counted()
    db = reader._database
    db.begin()
    db.execute("UPDATE kit SET state = 'destroyed', position = NULL WHERE kit_type = 'B'")
    assert tally() == counted()
    db.execute("DELETE FROM kit WHERE lot = 'L1'")
    assert tally() == counted()
    sorts = reader.rows("SELECT count(*) FROM kit_tally GROUP BY kit_type, lot")
    assert set(sorts) == {(len(KitState),)}
    db.conn.rollback()
    assert tally() == counted()
