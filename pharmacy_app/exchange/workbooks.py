"""A table in a spreadsheet's workbook (XLSX), as the records a CSV file would hold.

A spreadsheet hides things and changes them: several sheets, hidden rows, merged cells, formulas, a lot
"0311" turned into the number 311. Whatever of this could make another table of what a person saw is
refused with its place; nothing is guessed. Numbers are taken only in columns that hold numbers, days
only where days are wanted.
"""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from pharmacy_app.domain.refusal import Refused, Violation, violation

SUFFIX = ".xlsx"
LARGEST_BYTES = 16 * 1024 * 1024
LARGEST_UNPACKED = 256 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 200_000, 200
"""One stray cell at the far end of a sheet would make millions of empty ones."""
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError),
    *(InvalidFileException, ParseError, LookupError, ValueError, TypeError),
    *(AttributeError, ArithmeticError, MemoryError),
)
"""In what ways a damaged or hostile file makes the reader fail: its zip, its XML, its parts' shapes."""

Records = list[tuple[int, list[str]]]


def records_of(
    raw: bytes, name: str, numbers: frozenset[str], days: frozenset[str]
) -> tuple[Records, list[Violation]]:
    """Return (row, cells) of every row that is not empty, and everything that stands in the way.

    ``numbers`` are the columns that may hold numbers, ``days`` those that may hold dates. Raises
    Refused ``table.too_large``, ``table.too_wide`` or ``table.no_workbook``.
    """
    sheet = _only_sheet(raw, name)
    mistakes = [*_hidden(sheet, name), *_merged(sheet, name)]
    rows = [(row[0].row, row) for row in sheet.iter_rows() if any(c.value is not None for c in row)]
    if not rows or mistakes:
        return [], mistakes
    wide = _width(rows[0][1])
    titles = {cell.column: str(cell.value) for cell in rows[0][1][:wide]}
    records: Records = []
    for number, row in rows:
        written = row[: max(wide, _width(row))]
        cells: list[str] = []
        for cell in written:
            title = titles.get(cell.column, "")
            kept = _text(cell, number=title in numbers, day=title in days)
            if kept is None:
                place = f"{name}:{number}:{cell.column}"
                mistakes.append(_not_as_text(cell, place, title))
                kept = ""
            cells.append(kept)
        records.append((number, cells))
    return (records, []) if not mistakes else (records[:1], mistakes)


def texts_in(raw: bytes) -> frozenset[str]:
    """Return every text of a workbook's only sheet; none of one that cannot be read."""
    try:
        sheet = _only_sheet(raw, "")
    except Refused:
        return frozenset()
    values = (cell for row in sheet.iter_rows(values_only=True) for cell in row)
    return frozenset(value for value in values if isinstance(value, str))


def _only_sheet(raw: bytes, name: str) -> Worksheet:
    if len(raw) > LARGEST_BYTES:
        raise Refused([violation("table.too_large", name, found=len(raw), most=LARGEST_BYTES)])
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        book = _loaded(raw) if unpacked <= LARGEST_UNPACKED else None
    except DAMAGED as problem:
        raise Refused([violation("table.no_workbook", name)]) from problem
    if book is None:
        facts = {"found": unpacked, "most": LARGEST_UNPACKED}
        raise Refused([violation("table.too_large", name, **facts)])
    sheets = book.worksheets
    if len(sheets) != 1 or len(book.sheetnames) != 1 or sheets[0].sheet_state != "visible":
        titles = ", ".join(book.sheetnames)
        raise Refused([violation("table.many_sheets", name, found=titles)])
    rows, columns = sheets[0].max_row, sheets[0].max_column
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        facts = {"most_rows": MOST_ROWS, "most_columns": MOST_COLUMNS}
        raise Refused([violation("table.too_wide", name, rows=rows, columns=columns, **facts)])
    return sheets[0]


def _loaded(raw: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a damaged part says of itself, on stderr
        return load_workbook(io.BytesIO(raw))


def _hidden(sheet: Worksheet, name: str) -> Iterator[Violation]:
    for number, row in sheet.row_dimensions.items():
        if row.hidden or row.height == 0:
            yield violation("table.hidden", f"{name}:{number}", what="table_row")
    for letter, column in sheet.column_dimensions.items():
        if column.hidden or column.width == 0:
            yield violation("table.hidden", f"{name}:{letter}", what="table_column")


def _merged(sheet: Worksheet, name: str) -> Iterator[Violation]:
    for span in sheet.merged_cells.ranges:
        yield violation("table.merged", f"{name}:{span.coord}")


def _width(row: tuple[Any, ...]) -> int:
    return max((n for n, cell in enumerate(row, start=1) if cell.value is not None), default=0)


def _text(cell: Cell, *, number: bool, day: bool) -> str | None:
    """Return a cell as CSV would hold it, or None if it is not what its column holds."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in {"f", "e"} or isinstance(value, bool):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return f"{value:.15g}" if number else None
    return _day(value) if day else None


def _day(value: object) -> str | None:
    """Return a day; a time of day has no zone in a spreadsheet, so it is not taken."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else None
    return value.isoformat() if isinstance(value, date) else None


def _not_as_text(cell: Cell, place: str, title: str) -> Violation:
    found = "table_formula" if cell.data_type == "f" else str(cell.value)
    facts: Mapping[str, str] = {"column": title or "—", "found": found}
    return violation("table.cell_kind", place, **facts)


def sheet_as_text(raw: bytes) -> str:
    """Return a workbook's only table as text: a line a row, parted by tabs; times without a zone.

    For a table whose columns are not known yet. Raises Refused as `records_of` does, and for a cell
    that is computed.
    """
    name = "XLSX"
    sheet = _only_sheet(raw, name)
    mistakes = [*_hidden(sheet, name), *_merged(sheet, name)]
    lines = []
    for row in sheet.iter_rows():
        mistakes += [
            _not_as_text(cell, f"{name}:{cell.coordinate}", "")
            for cell in row
            if cell.data_type in {"f", "e"} or isinstance(cell.value, bool)
        ]
        lines.append("\t".join(_as_written(cell.value) for cell in row) + "\n")
    if mistakes:
        raise Refused(mistakes)
    return "".join(lines)


def _as_written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return " ".join(str(value).split())
