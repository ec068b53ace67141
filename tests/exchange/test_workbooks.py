"""Tables in workbooks: the same rows as in CSV, or refused; never another table than a person saw."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pharmacy_app.exchange.tables import Column, Holds, iso_date, read_table, whole
from pharmacy_app.sponsor.sources import check_folder
from tests.sponsor.conftest import DEMO

NOW = datetime(2026, 11, 22, tzinfo=UTC)
COLUMNS = [
    Column("number", whole(1, 9999), holds=Holds.NUMBER),
    Column("lot"),
    Column("expiry", iso_date, required=False, expected="YYYY-MM-DD", holds=Holds.DAY),
]
SHEET = "xl/worksheets/sheet1.xml"
HEADER = ("number", "lot", "expiry")
LOTS = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12)


def book(
    rows: list[tuple[object, ...]], change: Callable[[Worksheet], None] | None = None
) -> bytes:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    if change is not None:
        change(sheet)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rules(raw: bytes) -> list[tuple[str, str]]:
    _, mistakes = read_table(raw, "t.xlsx", COLUMNS)
    return [(found.rule, found.record) for found in mistakes]


@given(st.lists(st.tuples(st.integers(1, 9999), LOTS, st.dates(date(2000, 1, 1))), min_size=1))
def test_a_workbook_holds_the_rows_of_the_csv_file(rows: list[tuple[int, str, date]]) -> None:
    as_csv = io.StringIO()
    csv.writer(as_csv).writerows([HEADER, *((n, lot, day.isoformat()) for n, lot, day in rows)])
    one, none = read_table(as_csv.getvalue().encode(), "t.csv", COLUMNS)
    other, nothing = read_table(book([HEADER, *rows]), "t.xlsx", COLUMNS)
    assert none == nothing == []
    assert [row.values for row in one] == [row.values for row in other]


def test_a_place_names_row_and_column() -> None:
    assert rules(book([HEADER, (1, "A", None), (0, "B", None)])) == [
        ("table.cell_wrong", "t.xlsx:3:1")
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ((1, 311, None), 2),
        ((1, 3.5, None), 2),
        ((1, True, None), 2),
        ((1, datetime(2026, 1, 2), None), 2),  # noqa: DTZ001 - a spreadsheet has no zone
        ((1, "=A1", None), 2),
        ((1, "A", datetime(2026, 1, 2, 8, 30)), 3),  # noqa: DTZ001 - the same
        ((1, "A", 46000), 3),
    ],
)
def test_what_a_spreadsheet_made_of_a_cell_is_refused(row: tuple[object, ...], column: int) -> None:
    assert rules(book([HEADER, row])) == [("table.cell_kind", f"t.xlsx:2:{column}")]


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].hidden = True


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["B"].hidden = True


def merge(sheet: Worksheet) -> None:
    sheet.merge_cells("A2:A3")


def second_sheet(sheet: Worksheet) -> None:
    assert sheet.parent is not None
    sheet.parent.create_sheet("old version")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (hide_row, "table.hidden"),
        (hide_column, "table.hidden"),
        (merge, "table.merged"),
        (second_sheet, "table.many_sheets"),
    ],
    ids=lambda one: getattr(one, "__name__", str(one)),
)
def test_what_cannot_be_seen_is_refused(change: Callable[[Worksheet], None], rule: str) -> None:
    found = rules(book([HEADER, (1, "A", None), (2, "B", None)], change))
    assert {name for name, _ in found} == {rule}


def test_what_is_no_workbook_is_refused_in_words() -> None:
    assert rules(b"PK\x03\x04 not a workbook") == [("table.no_workbook", "t.xlsx")]
    assert rules(b"") == [("table.no_workbook", "t.xlsx")]
    assert rules(book([])) == [("table.no_header", "t.xlsx")]


def altered(change: Callable[[bytes], bytes], part: str) -> bytes:
    """Return a good workbook with one of its parts changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book([HEADER, (1, "L1")]))) as old,
        zipfile.ZipFile(out, "w") as new,
    ):
        for name in old.namelist():
            raw = old.read(name)
            new.writestr(name, change(raw) if name == part else raw)
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (SHEET, b"</sheetData>", b""),
        (SHEET, b'r="A2"', b'r="A2" s="999"'),
        (SHEET, b"<sheetData>", b"<sheetData><row><c><is><t>&e;</t></is></c></row>"),
        (SHEET, b"<sheetView ", b'<sheetView bold="1" '),
        ("xl/styles.xml", b"<styleSheet", b"<"),
        ("xl/workbook.xml", b"<workbookView ", b'<workbookView wide="1" '),
    ],
)
def test_a_damaged_workbook_is_refused_in_words(part: str, old: bytes, new: bytes) -> None:
    raw = altered(lambda content: content.replace(old, new), part)
    assert rules(raw) == [("table.no_workbook", "t.xlsx")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<row r="2"', b'<row r="2" ht="0" customHeight="1"'),
        (b"<sheetData>", b'<cols><col min="2" max="2" width="0"/></cols><sheetData>'),
    ],
)
def test_a_row_or_column_of_no_size_is_hidden(old: bytes, new: bytes) -> None:
    raw = altered(lambda content: content.replace(old, new), SHEET)
    assert [rule for rule, _ in rules(raw)] == ["table.hidden"]


def test_flipped_bytes_never_break_the_reader() -> None:
    good = book([HEADER, (1, "L1")])
    told = [
        rules(good[:place] + bytes([good[place] ^ 0x5A]) + good[place + 1 :])
        for place in range(0, len(good), 97)
    ]
    assert {rule.split(".")[0] for found in told for rule, _ in found} == {"table"}
    assert sum(map(bool, told)) > len(told) // 2


def test_an_entity_of_a_file_is_never_read() -> None:
    declared = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><worksheet'
    raw = altered(
        lambda content: content.replace(b"<worksheet", declared, 1).replace(b">L1<", b">&e;<"),
        SHEET,
    )
    assert rules(raw) != []


@pytest.mark.parametrize("far", ["XFD3", "A1048576", "XFD1048576"])
def test_a_stray_cell_at_the_far_end_is_refused_at_once(far: str) -> None:
    def stray(sheet: Worksheet) -> None:
        sheet[far] = "x"

    assert rules(book([HEADER, (1, "L1")], stray)) == [("table.too_wide", "t.xlsx")]


def as_workbook(folder: Path, name: str) -> None:
    """Turn a CSV table of a folder into a workbook, with numbers where numbers are meant."""
    path = folder / f"{name}.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    numbers = {n for n, title in enumerate(rows[0]) if title in {"sequence", "block"}}
    body = [
        tuple(int(cell) if n in numbers and cell else cell for n, cell in enumerate(row))
        for row in rows[1:]
    ]
    (folder / f"{name}.xlsx").write_bytes(book([tuple(rows[0]), *body]))
    path.unlink()


def test_a_sponsors_folder_of_workbooks_is_the_folder_of_its_csv_files(tmp_path: Path) -> None:
    for path in DEMO.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    before = check_folder(tmp_path, NOW).sources
    for name in ("kits", "shipments", "allocations-stage1"):
        as_workbook(tmp_path, name)
    checked = check_folder(tmp_path, NOW)
    assert checked.mistakes == ()
    assert before is not None
    assert checked.sources is not None
    assert checked.sources.kits == before.kits
    assert checked.sources.shipments == before.shipments
    entries = [(e.sequence, e.site, e.arm) for one in before.entries.values() for e in one]
    again = [(e.sequence, e.site, e.arm) for one in checked.sources.entries.values() for e in one]
    assert again == entries


def test_a_table_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    for path in DEMO.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    for name in ("kits", "allocations-stage1"):
        (tmp_path / f"{name}.xlsx").write_bytes(b"anything")
    found = [v for v in check_folder(tmp_path, NOW).mistakes if v.rule == "sponsor.file_twice"]
    assert {v.record for v in found} == {"kits", "allocations-stage1"}
