"""Where in a logger's file the times and temperatures stand, and what its head says.

No list of vendors: the heading line is the first with a time and a temperature in cells of their
own, under whichever separator makes it so. What stands above it are names and values. Which of its
columns hold times, the lines below show.
"""

import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from zoneinfo import ZoneInfo

from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.exchange.loggers.encoding import plain
from pharmacy_app.exchange.loggers.timestamps import apart, clock_of, day_of, offset_zone

_DATE = re.compile(r"date|datum|fecha|日期", re.IGNORECASE)
_TIME = re.compile(r"time|zeit|uhr|hora|时间|epoch", re.IGNORECASE)
_NO_MOMENT = re.compile(r"elapsed|duration|interval|zone|时区|间隔|时长", re.IGNORECASE)
_EPOCH = re.compile(r"\bunix|\bepoch", re.IGNORECASE)
_TEMPERATURE = re.compile(r"temp|温度|°\s?[CFK]|℃|℉|^T\b|celsius|摄氏|kelvin", re.IGNORECASE)
_NO_NAME = r"(?<!probe )(?<!sensor )(?<!channel )(?<!探头)(?<!通道)"
_UNITS = {
    "C": re.compile(rf"℃|°\s?C|{_NO_NAME}\bC\b|celsius|摄氏", re.IGNORECASE),
    "F": re.compile(rf"℉|°\s?F|{_NO_NAME}\bF\b|fahrenheit|华氏", re.IGNORECASE),
    "K": re.compile(r"°\s?K|[(\[]\s*K\s*[)\]]|,\s*K$|kelvin|开尔文", re.IGNORECASE),
}
_UNIT = re.compile(r"^(?:temp\w*\s+)?units?\b|^einheit|^(?:温度)?单位", re.IGNORECASE)
_INDEX = re.compile(r"^(?:#|no\.?|nr\.?|n°|index|reading|序号|编号)$", re.IGNORECASE)
_PROBE = re.compile(
    r"^(?:probe|sensor|channel|logger|device|通道|探头|传感器|设备|记录仪)"
    r"(?:\s*(?:no\.?|nr\.?|id|#|name|number|号|编号|名称|序列号))?$|^(?:serial|s/n|序列号)",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"设备编号|序列号|serial|s/n|device\s*id", re.IGNORECASE)
_ZONE = re.compile(r"时区|time\s*zone|zeitzone", re.IGNORECASE)
_IANA = re.compile(r"\b[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?")
_INTERVAL = re.compile(r"interval|intervall|间隔", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,5})\s*(s|sec\w*|秒|min\w*|m|分钟?|h|hours?|小时)?\.?", re.IGNORECASE)
_SECONDS = {"s": 1, "秒": 1, "m": 60, "分": 60, "h": 3600, "小": 3600}
_SERIAL_IN_HEADING = re.compile(r"LGR S/N:\s*([0-9A-Za-z-]+)")
_SPACES = re.compile(r"\s{2,}")
_WHOLE = re.compile(r"[+-]?\d{1,3}")
_DECIMALS = re.compile(r"\d{1,3}")
SPACES = "  "
SEPARATORS = ("\t", ";", ",", "|", SPACES)
_HEADING_WITHIN = 80
_LOOKED_AT = 40
LONGEST_LINE = 10_000

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """A file laid out: its heading in line ``line``, what stands in which column, what the head says.

    ``moments`` are the ways to take the time: one column, or one of dates and one of times of day.
    ``interval`` and ``unit_above`` are as stated above the heading; ``below`` are the first lines.
    """

    line: int
    separator: str
    heading: tuple[str, ...]
    moments: tuple[tuple[int, ...], ...]
    temperatures: tuple[int, ...]
    serial: str
    zone: tzinfo | None
    interval: timedelta | None
    unit_above: str
    below: tuple[Cells, ...]

    @property
    def vendor_hobo(self) -> bool:
        """Whether it is HOBOware's layout, whose heading names the offset of its times."""
        return self.heading[self.moments[0][0]].startswith("Date Time, GMT")

    @property
    def fingerprint(self) -> str:
        """What files of one logger have in common: separator and headings, without serial numbers."""
        same = (_SERIAL_IN_HEADING.sub("", cell) for cell in self.heading)
        return hashlib.sha256("\x1f".join([self.separator, *same]).encode()).hexdigest()[:16]

    @property
    def index(self) -> int | None:
        """The column of running numbers, if the first one is it."""
        return 0 if _INDEX.search(self.heading[0]) else None

    @property
    def probe(self) -> int | None:
        """The column that says which probe or logger a line is of, or None."""
        taken = {*self.temperatures, *(n for way in self.moments for n in way)}
        cells = enumerate(self.heading)
        return next((n for n, cell in cells if n not in taken and _PROBE.search(cell)), None)

    @property
    def end_mark(self) -> int | None:
        """The column in which a vendor marks the end of the file, or None."""
        cells = enumerate(self.heading)
        return next((n for n, cell in cells if cell.startswith("End Of File")), None)

    def unit(self, column: int) -> str:
        """Return ``C``, ``F`` or ``K`` as the heading of a column or the head says, or nothing."""
        return _unit(self.heading[column]) or self.unit_above

    def epoch(self, way: Sequence[int]) -> bool:
        """Return whether the heading says that a column counts seconds since 1970."""
        return len(way) == 1 and _EPOCH.search(self.heading[way[0]]) is not None

    def comma_may_be_decimal(self, column: int) -> bool:
        """Return whether the first lines could hold numbers like −190,5 in two cells instead of one."""
        behind = column + 1
        if self.separator != "," or behind in self.temperatures:
            return False
        pairs = [(row[column], row[behind]) for row in self.below if len(row) > behind]
        too_long = any(len(row) > len(self.heading) for row in self.below)
        return (
            bool(pairs)
            and not too_long
            and all(_WHOLE.fullmatch(a.strip()) and _DECIMALS.fullmatch(b) for a, b in pairs)
        )

    def zone_of(self, way: Sequence[int]) -> tzinfo | None:
        """Return the zone that the heading of a way names, or else the head of the file."""
        named: Iterable[tzinfo | None] = (offset_zone(self.heading[n], bare_utc=True) for n in way)
        return next((zone for zone in named if zone is not None), self.zone)

    def cells(self) -> Callable[[str], Cells]:
        """Return a function that parts a line into its cells."""
        return splitter(self.separator)

    def repeats(self, cells: Cells) -> bool:
        """Return whether a line is a heading: of time and temperature, as above or another."""
        times, temperatures = _named(cells)
        return bool(times and temperatures)


def laid_out(lines: Sequence[str]) -> Layout:
    """Return the layout of a file whose first lines these are.

    Raises Refused ``logger.layout`` where no heading is found, or where the columns that are called
    times hold none.
    """
    above, separator, heading = _heading(lines)
    split = splitter(separator)
    below = _below(lines, len(above), separator)
    times, temperatures = _named(heading)
    head = [[cell.strip() for cell in split(plain(line))] for line in above]
    ways = _moments(heading, times, below)
    serial = _serial(head, heading)
    return Layout(
        line=len(above) + 1,
        separator=separator,
        heading=heading,
        moments=ways,
        temperatures=temperatures,
        serial=serial,
        zone=_zone(head),
        interval=stated_interval(head),
        unit_above=next((_unit(" ".join(c[1:])) for c in head if _UNIT.search(c[0])), ""),
        below=tuple(below),
    )


def splitter(separator: str) -> Callable[[str], Cells]:
    """Return a function that parts a line into its cells at a separator outside quotes."""
    if separator == SPACES:
        return lambda line: _SPACES.split(line.strip())

    def split(line: str) -> Cells:
        if '"' not in line:
            return line.split(separator)
        return next(csv.reader([line], delimiter=separator), [])

    return split


def _heading(lines: Sequence[str]) -> tuple[Sequence[str], str, tuple[str, ...]]:
    """Return the lines above the heading, the separator, and the heading.

    A line of the head may name a time and a temperature too: the heading is the first such line right
    under which there is a time, or else somewhere under which there are times.
    """
    found = list(_headings(lines))
    if not found:
        raise Refused([violation("logger.layout", found=(lines[0] or " ")[:60])])
    for looked_at in (1, _LOOKED_AT):
        for number, separator, cells in found:
            times, _ = _named(cells)
            if _ways(cells, times, _below(lines, number, separator)[:looked_at]):
                return lines[:number], separator, cells
    number, separator, cells = found[0]
    return lines[:number], separator, cells


def _headings(lines: Sequence[str]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    for number, line in enumerate(lines[:_HEADING_WITHIN]):
        if len(line) > LONGEST_LINE:
            return
        for separator in SEPARATORS:
            cells = tuple(cell.strip() for cell in splitter(separator)(plain(line)))
            times, temperatures = _named(cells)
            if times and temperatures:
                yield number, separator, cells
                break


def _below(lines: Sequence[str], heading: int, separator: str) -> list[Cells]:
    split = splitter(separator)
    return [split(plain(line)) for line in lines[heading + 1 :][:_LOOKED_AT] if line.strip()]


def _named(heading: Cells) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the columns that are called a date or time, and those called a temperature."""
    cells = [(n, cell.strip()) for n, cell in enumerate(heading)]
    temperatures = tuple(n for n, cell in cells if _TEMPERATURE.search(cell))
    times = tuple(
        n
        for n, cell in cells
        if (_DATE.search(cell) or _TIME.search(cell))
        and not _NO_MOMENT.search(cell)
        and n not in temperatures
    )
    return times, temperatures


def _moments(
    heading: Cells, times: Sequence[int], below: Sequence[Cells]
) -> tuple[tuple[int, ...], ...]:
    """Return the ways to take the time; where no line shows one, as the headings call them."""
    return _ways(heading, times, below) or (tuple(times[:2]),)


def _ways(
    heading: Cells, times: Sequence[int], below: Sequence[Cells]
) -> tuple[tuple[int, ...], ...]:
    """Return the ways to take the time, as the lines below show what the columns hold."""

    def holding(takes: Callable[[str], object]) -> list[int]:
        return [n for n in times if any(len(row) > n and takes(row[n]) for row in below)]

    whole = [n for n in times if _EPOCH.search(heading[n])] or holding(apart)
    if whole:
        in_zone = [n for n in whole if offset_zone(heading[n], bare_utc=True) is not None]
        return tuple((n,) for n in (in_zone[:1] or whole))
    days, clocks = holding(day_of), holding(clock_of)
    return tuple((day, clock) for day in days for clock in clocks)


def _unit(text: str) -> str:
    units = [letter for letter, pattern in _UNITS.items() if pattern.search(text)]
    return units[0] if len(units) == 1 else ""


def stated_interval(head: Iterable[Cells]) -> timedelta | None:
    """Return the interval that a line of the head states, or None."""
    for cells in head:
        if not _INTERVAL.search(cells[0]):
            continue
        name, _, value = " ".join(cells).rpartition(":") if len(cells) == 1 else ("", "", cells[1])
        hours = re.fullmatch(r"(\d{1,2}):(\d{2}):(\d{2})", " ".join(cells[1:]).strip())
        if hours:
            h, m, s = map(int, hours.groups())
            return timedelta(hours=h, minutes=m, seconds=s)
        found = _SPAN.fullmatch(value.strip())
        unit = ((found[2] or "") if found else "") or _unit_of_span(f"{name} {cells[0]}")
        if found and unit:
            return timedelta(seconds=int(found[1]) * _SECONDS[unit[0].lower()]) or None
    return None


def _unit_of_span(name: str) -> str:
    found = re.search(
        r"[(\[]\s*(s|sec\w*|秒|min\w*|分钟?|h|hours?|小时)\.?\s*[)\]]", name, re.IGNORECASE
    )
    return found[1] if found else ""


def _serial(head: Iterable[Cells], heading: Cells) -> str:
    for cells in head:
        if (serial := serial_in(cells)) is not None:
            return serial
    found = _SERIAL_IN_HEADING.search(" ".join(heading))
    return found[1] if found else ""


def serial_in(cells: Cells) -> str | None:
    """Return the serial number that a line of the head names, or None."""
    name, colon, behind = cells[0].partition(":")
    if not _SERIAL.search(name):
        return None
    if len(cells) > 1 and cells[1].strip():
        return cells[1].strip()
    return behind.strip() if colon and behind.strip() else None


def _zone(head: Iterable[Cells]) -> tzinfo | None:
    """Return the zone that a line of the head names: an offset, UTC or an IANA name."""
    for text in (" ".join(cells) for cells in head if _ZONE.search(cells[0])):
        zone = offset_zone(text, bare_utc=True) or offset_zone(f"UTC{_behind_name(text)}")
        if zone is not None:
            return zone
        if named := _IANA.search(text):
            return zone_called(named[0])
    return None


def _behind_name(text: str) -> str:
    """Return what stands behind the name of a value, where it is a mere offset such as +08:00."""
    found = re.search(r"[+-]\d{1,2}(?::?\d{2})?$", text.strip())
    return found[0] if found else ""


def zone_called(name: str) -> tzinfo | None:
    """Return the zone of an IANA name, or None where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
