"""Where in a logger's file the times and temperatures stand, and what its head says.

No list of vendors: the heading line is the first with a time and a temperature in cells of their
own, under whichever separator makes it so. What stands above it are names and values.
"""

import csv
import re
from dataclasses import dataclass
from datetime import timedelta, timezone

from pharmacy_app.domain.refusal import Refused, violation

_LINE_END = re.compile(r"\r\n|\n|\r")
_DATE = re.compile(r"date|datum|fecha|日期", re.IGNORECASE)
_TIME = re.compile(r"time|zeit|uhr|hora|时间", re.IGNORECASE)
_TEMPERATURE = re.compile(r"temp|温度|°\s?[CF]|℃|℉|^T\b|celsius|摄氏", re.IGNORECASE)
_CELSIUS = re.compile(r"℃|°\s?C|\bC\b|celsius|摄氏", re.IGNORECASE)
_FAHRENHEIT = re.compile(r"℉|°\s?F|\bF\b|fahrenheit|华氏", re.IGNORECASE)
_OFFSET = re.compile(r"(?:GMT|UTC)\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)
_SERIAL = re.compile(r"设备编号|序列号|serial|s/n|device\s*id", re.IGNORECASE)
_ZONE = re.compile(r"时区|time\s*zone|zeitzone", re.IGNORECASE)
_SERIAL_IN_HEADING = re.compile(r"LGR S/N:\s*([0-9A-Za-z-]+)")
_HEADING_WITHIN = 80
LONGEST_LINE = 10_000


@dataclass(frozen=True, slots=True)
class Layout:
    """A file laid out. ``records`` are (line, cells) below the heading, without blank lines."""

    heading: tuple[str, ...]
    time_columns: tuple[int, ...]
    temperature_columns: tuple[int, ...]
    records: tuple[tuple[int, tuple[str, ...]], ...]
    serial: str
    zone: timezone | None
    comma_decimals: bool
    cut_at_line: int | None

    @property
    def vendor_hobo(self) -> bool:
        """Whether it is HOBOware's layout, whose heading names the offset of its times."""
        return self.heading[self.time_columns[0]].startswith("Date Time, GMT")

    def unit(self, column: int) -> str:
        """Return ``C`` or ``F`` as the heading of a column says, or the empty string."""
        heading = self.heading[column]
        units = [
            letter
            for letter, pattern in (("C", _CELSIUS), ("F", _FAHRENHEIT))
            if pattern.search(heading)
        ]
        return units[0] if len(units) == 1 else ""


def laid_out(text: str) -> Layout:
    """Return the layout of a file; raise Refused ``logger.layout`` where no heading is found."""
    lines = _LINE_END.split(text)
    if max(map(len, lines)) > LONGEST_LINE:
        raise Refused([violation("logger.layout", found=lines[0][:60])])
    open_ended = bool(lines[-1])
    number, separator, heading = _heading(lines)
    last_whole = len(lines) - 1  # what stands behind the last line end is not a whole line
    body = [
        (n, _cells(lines[n - 1], separator))
        for n in range(number + 1, last_whole + 1)
        if lines[n - 1].strip()
    ]
    times, temperatures = _columns(heading)
    above = [_cells(line, separator) for line in lines[: number - 1]]
    cut = len(lines) if open_ended else _missing_end(heading, body)
    return Layout(
        heading=heading,
        time_columns=times,
        temperature_columns=temperatures,
        records=tuple(body),
        serial=_serial(above, heading),
        zone=_zone(above, heading[times[0]]),
        comma_decimals=separator != ",",
        cut_at_line=cut,
    )


def _cells(line: str, separator: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in next(csv.reader([line], delimiter=separator), []))


def _heading(lines: list[str]) -> tuple[int, str, tuple[str, ...]]:
    for number, line in enumerate(lines[:_HEADING_WITHIN], start=1):
        for separator in ("\t", ";", ","):
            cells = _cells(line, separator)
            times, temperatures = _columns(cells)
            if times and temperatures:
                return number, separator, cells
    raise Refused([violation("logger.layout", found=(lines[0] or " ")[:60])])


def _columns(heading: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the columns that make the time (one, or date and time) and those of temperatures."""
    temperatures = tuple(n for n, cell in enumerate(heading) if _TEMPERATURE.search(cell))
    dates = [n for n, cell in enumerate(heading) if _DATE.search(cell) and n not in temperatures]
    times = [n for n, cell in enumerate(heading) if _TIME.search(cell) and n not in temperatures]
    if dates and times and dates[0] not in times:
        return (dates[0], times[0]), temperatures
    return tuple((dates or times)[:1]), temperatures


def _missing_end(heading: tuple[str, ...], body: list[tuple[int, tuple[str, ...]]]) -> int | None:
    """Return the line behind the last where a file that marks its end has no such mark."""
    column = next((n for n, cell in enumerate(heading) if cell.startswith("End Of File")), None)
    if column is None or any(len(cells) > column and cells[column] for _, cells in body):
        return None
    return body[-1][0] + 1 if body else None


def _serial(above: list[tuple[str, ...]], heading: tuple[str, ...]) -> str:
    for cells in above:
        if len(cells) > 1 and _SERIAL.search(cells[0]):
            return cells[1]
    found = _SERIAL_IN_HEADING.search(" ".join(heading))
    return found[1] if found else ""


def _zone(above: list[tuple[str, ...]], time_heading: str) -> timezone | None:
    named = [" ".join(cells) for cells in above if cells and _ZONE.search(cells[0])]
    for text in (time_heading, *named):
        if (zone := offset_zone(text)) is not None:
            return zone
    return None


def offset_zone(text: str) -> timezone | None:
    """Return the zone of ``GMT+08:00``, ``UTC-5`` or the like within a text, or None."""
    found = _OFFSET.search(text)
    if found is None:
        return None
    span = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    if span > timedelta(hours=14):
        return None
    return timezone(-span if found[1] == "-" else span)
