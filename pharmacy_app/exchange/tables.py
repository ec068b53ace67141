"""Tables that come in as CSV or XLSX and go out as CSV, with the place of every mistake.

Reading is strict and complete: every mistake of a file is found in one pass and named by its place
``kits.csv:12:3`` (file, line, column, both from 1; the line is the one the record begins on). A
row with a mistake is left out, the others are handed over. Files are UTF-8, with or without a BOM,
comma-separated, quoted as RFC 4180 says, with one header line; columns may stand in any order.

Writing guards against cells that a spreadsheet would run as a formula (OWASP "CSV injection").
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from pathlib import Path
from typing import Any

from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, Violation, violation
from pharmacy_app.exchange import workbooks

LARGEST_FILE_BYTES = 64 * 1024 * 1024
LONGEST_CELL = 10_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | Decimal | date | datetime | None
Parse = Callable[[str], Any]


def text(cell: str) -> str:
    """Take the cell as it stands."""
    return cell


class Holds(Enum):
    """What the cells of a column are in a spreadsheet; a number where text is meant is refused."""

    TEXT = auto()
    NUMBER = auto()
    DAY = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    ``parse`` turns the cell into a value; it raises ValueError, or Refused with reasons of its own.
    ``expected`` says what it takes: a term such as ``table_text`` or words that need no
    translation, such as ``YYYY-MM-DD``. An empty cell is None where it is not required. A
    ``unique`` column holds every value once. An ``optional`` column may be absent: all its cells
    are None then. ``holds`` says what a spreadsheet may have made of its cells.
    """

    name: str
    parse: Parse = text
    required: bool = True
    expected: str = "table_text"
    unique: bool = False
    optional: bool = False
    holds: Holds = Holds.TEXT


@dataclass(frozen=True, slots=True)
class Row:
    """One record, by column name, with the line it begins on."""

    file: str
    line: int
    values: dict[str, Any]
    columns: dict[str, int]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def place(self, name: str = "") -> str:
        """Return ``file:line:column`` of a cell, or ``file:line`` of the row."""
        return f"{self.file}:{self.line}" + (f":{self.columns[name]}" if name else "")

    def mistake(self, name: str, expected: str) -> Violation:
        """Return a mistake found later, by a rule over several cells or tables."""
        return _cell_wrong(self.place(name), name, expected, str(self.values[name]))


def read_table(
    source: Path | bytes, name: str, columns: Sequence[Column]
) -> tuple[list[Row], list[Violation]]:
    """Return the rows without a mistake, and every mistake of the file in the order of its lines.

    ``name`` is how the file is called in the places; one that ends with ``.xlsx`` is a workbook.
    Raises EnvironmentProblem if it cannot be read.
    """
    try:
        raw = source if isinstance(source, bytes) else source.read_bytes()
    except OSError as problem:
        raise EnvironmentProblem(
            "table.unreadable", name, detail=str(problem.strerror)
        ) from problem
    try:
        records, mistakes = (
            workbooks.records_of(
                raw, name, _that_hold(columns, Holds.NUMBER), _that_hold(columns, Holds.DAY)
            )
            if name.endswith(workbooks.SUFFIX)
            else _records(_decoded(raw, name), name)
        )
    except Refused as refused:
        return [], list(refused.violations)
    if not records:
        return [], mistakes or [violation("table.no_header", name)]
    (header_line, header), *body = records
    header_mistakes = _header_mistakes(header, f"{name}:{header_line}", columns)
    if header_mistakes:
        return [], [*header_mistakes, *mistakes]
    places = {title: number for number, title in enumerate(header, start=1)}
    rows: list[Row] = []
    for line, cells in body:
        row, found = _row(Row(name, line, {}, places), cells, columns)
        mistakes += found
        rows += [] if found else [row]
    return rows, [*mistakes, *_repetitions(rows, columns)]


def _that_hold(columns: Sequence[Column], kind: Holds) -> frozenset[str]:
    return frozenset(column.name for column in columns if column.holds is kind)


def _decoded(raw: bytes, name: str) -> str:
    if len(raw) > LARGEST_FILE_BYTES:
        raise Refused([violation("table.too_large", name, found=len(raw), most=LARGEST_FILE_BYTES)])
    try:
        decoded = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise Refused([violation("table.not_utf8", f"{name}:{line}")]) from problem
    if "\x00" in decoded:
        line = decoded.count("\n", 0, decoded.index("\x00")) + 1
        raise Refused([violation("table.not_utf8", f"{name}:{line}")])
    return decoded


def _records(decoded: str, name: str) -> tuple[list[tuple[int, list[str]]], list[Violation]]:
    """Return (line, cells) of every record that is not blank; stop at a quote that makes no sense."""
    reader = csv.reader(io.StringIO(decoded, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for cells in reader:
            if cells:
                records.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        return records, [violation("table.quoting", f"{name}:{begins}")]
    return records, []


def _header_mistakes(
    header: Sequence[str], place: str, columns: Sequence[Column]
) -> Iterable[Violation]:
    wanted = [column.name for column in columns]
    known = ", ".join(wanted)
    optional = {column.name for column in columns if column.optional}
    missing = [
        violation("table.column_missing", place, column=title)
        for title in wanted
        if title not in header and title not in optional
    ]
    unknown = [
        violation("table.column_unknown", f"{place}:{number}", column=title, known=known)
        for number, title in enumerate(header, start=1)
        if title not in wanted
    ]
    repeated = [
        violation("table.column_repeated", f"{place}:{number}", column=title)
        for number, title in enumerate(header, start=1)
        if title in header[: number - 1]
    ]
    return [*missing, *unknown, *repeated]


def _row(
    place: Row, cells: Sequence[str], columns: Sequence[Column]
) -> tuple[Row, list[Violation]]:
    if len(cells) != len(place.columns):
        return place, [
            violation(
                "table.cell_count", place.place(), expected=len(place.columns), found=len(cells)
            )
        ]
    mistakes: list[Violation] = []
    for column in columns:
        if column.name not in place.columns:
            place.values[column.name] = None
            continue
        cell = cells[place.columns[column.name] - 1]
        try:
            place.values[column.name] = _value(cell, column, place.place(column.name))
        except Refused as refused:
            mistakes += refused.violations
    return place, mistakes


def _value(cell: str, column: Column, place: str) -> Any:
    """Return the cell's value; raise Refused with reasons that name its place."""
    if not cell and not column.required:
        return None
    if not cell:
        raise Refused(
            [violation("table.cell_empty", place, column=column.name, expected=column.expected)]
        )
    unclean = cell != cell.strip() or not cell.isprintable() or len(cell) > LONGEST_CELL
    if unclean:
        raise Refused(
            [violation("table.cell_unclean", place, column=column.name, found=_brief(cell))]
        )
    try:
        return column.parse(cell)
    except (ValueError, InvalidOperation) as problem:
        raise Refused([_cell_wrong(place, column.name, column.expected, cell)]) from problem
    except Refused as refused:
        raise Refused(Violation(v.rule, place, v.facts) for v in refused.violations) from refused


def _cell_wrong(place: str, column: str, expected: str, found: str) -> Violation:
    return violation(
        "table.cell_wrong", place, column=column, expected=expected, found=_brief(found)
    )


def _brief(cell: str) -> str:
    shown = cell if cell.isprintable() else ascii(cell)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _repetitions(rows: Sequence[Row], columns: Sequence[Column]) -> Iterable[Violation]:
    for column in columns:
        if not column.unique:
            continue
        first: dict[Any, int] = {}
        for row in rows:
            value = row[column.name]
            if value is not None and value in first:
                yield violation(
                    "table.value_repeated",
                    row.place(column.name),
                    column=column.name,
                    found=str(value),
                    first_line=first[value],
                )
            first.setdefault(value, row.line)


def whole(least: int, most: int) -> Parse:
    """Take a whole number from ``least`` to ``most``, plain ASCII digits with an optional minus."""

    def parse(cell: str) -> int:
        if re.fullmatch(r"-?[0-9]{1,18}", cell) is None or not least <= int(cell) <= most:
            raise ValueError(cell)
        return int(cell)

    return parse


def decimal(cell: str) -> Decimal:
    """Take an exact number with a decimal point, without exponent or grouping."""
    if re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,12})?", cell) is None:
        raise ValueError(cell)
    return Decimal(cell)


def iso_date(cell: str) -> date:
    """Take ``YYYY-MM-DD`` and nothing else."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell) is None:
        raise ValueError(cell)
    return date.fromisoformat(cell)


def instant(cell: str) -> datetime:
    """Take ``YYYY-MM-DDThh:mm[:ss]`` with an offset or Z, and return it in UTC."""
    shape = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})"
    if re.fullmatch(shape, cell) is None:
        raise ValueError(cell)
    try:
        return datetime.fromisoformat(cell).astimezone(UTC)
    except OverflowError as problem:
        raise ValueError(cell) from problem


def one_of(*allowed: str) -> Parse:
    """Take one of the given words, as they are written."""

    def parse(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(cell)
        return cell

    return parse


def matching(pattern: str) -> Parse:
    """Take a text that matches a regular expression as a whole."""
    compiled = re.compile(pattern)

    def parse(cell: str) -> str:
        if compiled.fullmatch(cell) is None:
            raise ValueError(cell)
        return cell

    return parse


def write_table(
    header: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = True
) -> bytes:
    """Return a CSV file; times in UTC ISO 8601, None empty, CRLF line ends.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers do not.
    The BOM makes spreadsheets read Chinese right.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(title) for title in header])
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def guarded(cell: str) -> str:
    """Return a text no spreadsheet will run as a formula."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
