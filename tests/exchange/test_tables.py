"""Tables: every mistake with its place, in one pass; nothing that a spreadsheet would run."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.exchange import tables
from pharmacy_app.exchange.tables import Column, read_table, write_table
from pharmacy_app.wording import worded

COLUMNS = (
    Column("kit", tables.matching("K[0-9]+"), expected="K and digits", unique=True),
    Column("expiry", tables.iso_date, expected="YYYY-MM-DD"),
    Column("note", required=False),
)
HEADER = b"kit,expiry,note\r\n"


def mistakes_in(raw: bytes) -> list[tuple[str, str]]:
    _, mistakes = read_table(raw, "kits.csv", COLUMNS)
    for mistake in mistakes:
        assert worded(mistake, "zh").rule != worded(mistake, "en").rule
    return [(v.rule, v.record) for v in mistakes]


def test_a_good_table_is_read_whatever_the_order_of_its_columns() -> None:
    raw = "\ufeffexpiry,note,kit\n2027-01-31,,K1\n2027-02-28,冷冻,K2\n".encode()
    rows, mistakes = read_table(raw, "kits.csv", COLUMNS)
    assert mistakes == []
    assert [(r["kit"], r["expiry"], r["note"]) for r in rows] == [
        ("K1", date(2027, 1, 31), None),
        ("K2", date(2027, 2, 28), "冷冻"),
    ]
    assert rows[1].place("kit") == "kits.csv:3:3"


def test_every_mistake_is_named_with_its_line_and_column_and_good_rows_stay() -> None:
    raw = HEADER + b"K1,2027-02-30,\r\nX, 2027-01-01,\r\nK2,,\r\nK3\r\nK4,2027-01-01,\r\n"
    assert mistakes_in(raw) == [
        ("table.cell_wrong", "kits.csv:2:2"),
        ("table.cell_wrong", "kits.csv:3:1"),
        ("table.cell_unclean", "kits.csv:3:2"),
        ("table.cell_empty", "kits.csv:4:2"),
        ("table.cell_count", "kits.csv:5"),
    ]
    rows, _ = read_table(raw, "kits.csv", COLUMNS)
    assert [row["kit"] for row in rows] == ["K4"]


def test_a_mistake_says_what_was_expected_and_found() -> None:
    _, (mistake,) = read_table(HEADER + b"K1,31.01.2027,\r\n", "kits.csv", COLUMNS)
    assert mistake.fact("expected") == "YYYY-MM-DD"
    assert mistake.fact("found") == "31.01.2027"


def test_lines_are_counted_through_quoted_line_breaks() -> None:
    raw = HEADER + b'K1,2027-01-01,"a\r\nb"\r\nK2,x,\r\n'
    assert mistakes_in(raw) == [
        ("table.cell_unclean", "kits.csv:2:3"),
        ("table.cell_wrong", "kits.csv:4:2"),
    ]


def test_a_repeated_value_names_the_line_of_the_first() -> None:
    raw = HEADER + b"K1,2027-01-01,\r\nK1,2027-01-02,\r\n"
    _, (mistake,) = read_table(raw, "kits.csv", COLUMNS)
    assert (mistake.rule, mistake.record, mistake.fact("first_line")) == (
        "table.value_repeated",
        "kits.csv:3:1",
        2,
    )


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", [("table.no_header", "kits.csv")]),
        (b"kit,expiry\n", [("table.column_missing", "kits.csv:1")]),
        (b"kit,expiry,note,arm\n", [("table.column_unknown", "kits.csv:1:4")]),
        (b"kit,expiry,note,kit\n", [("table.column_repeated", "kits.csv:1:4")]),
        (HEADER + b"K1,\xff,\n", [("table.not_utf8", "kits.csv:2")]),
        (HEADER + b"K1,\x00,\n", [("table.not_utf8", "kits.csv:2")]),
        (HEADER + b'K1,"2027-01-01,\n', [("table.quoting", "kits.csv:2")]),
    ],
)
def test_a_broken_file_is_named_by_its_place(raw: bytes, found: list[tuple[str, str]]) -> None:
    assert mistakes_in(raw) == found


def test_a_file_that_is_not_there_is_a_problem_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as raised:
        read_table(tmp_path / "kits.csv", "kits.csv", COLUMNS)
    assert raised.value.problem.rule == "table.unreadable"


def test_a_table_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "LARGEST_FILE_BYTES", 20)
    assert mistakes_in(HEADER + b"K1,2027-01-01,\r\n") == [("table.too_large", "kits.csv")]


@pytest.mark.parametrize(
    ("parse", "cell"),
    [
        (tables.whole(0, 9), "10"),
        (tables.whole(0, 9), "٣"),
        (tables.decimal, "1e5"),
        (tables.decimal, "1,5"),
        (tables.iso_date, "20270101"),
        (tables.instant, "2027-01-01T08:00"),
        (tables.instant, "0001-01-01T00:00+14:00"),
        (tables.one_of("a", "b"), "A"),
    ],
)
def test_a_cell_of_the_wrong_kind_is_refused(parse: tables.Parse, cell: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(cell)


def test_cells_of_the_right_kind_are_taken() -> None:
    assert tables.whole(-5, 5)("-5") == -5
    assert tables.decimal("-190.140") == Decimal("-190.140")
    assert tables.instant("2027-01-01T08:00+08:00") == datetime(2027, 1, 1, tzinfo=UTC)
    assert tables.one_of("a", "b")("b") == "b"


def test_written_cells_are_guarded_and_numbers_stay_numbers() -> None:
    at = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    raw = write_table(
        ("a", "b"), [("=1+1", Decimal("-190.1")), (None, at), (7, date(2027, 1, 1))], bom=False
    )
    assert raw == b"a,b\r\n'=1+1,-190.1\r\n,2026-11-22T07:30:00Z\r\n7,2027-01-01\r\n"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1))
def test_no_written_text_begins_like_a_formula(cells: list[str]) -> None:
    decoded = write_table(("x",) * len(cells), [cells]).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(decoded, newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


@given(st.binary(max_size=200))
def test_any_bytes_give_rows_or_mistakes_never_a_crash(raw: bytes) -> None:
    rows, mistakes = read_table(HEADER + raw, "kits.csv", COLUMNS)
    assert all(isinstance(row["expiry"], date) for row in rows)
    assert all(mistake.record.startswith("kits.csv") for mistake in mistakes)
