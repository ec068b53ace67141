"""The lines below the heading, gone through once and kept in columns.

A date, a temperature as written and a probe are kept once however often they stand there, so that a
million lines take little time and memory.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress

from pharmacy_app.domain.refusal import Refused, Violation, violation
from pharmacy_app.exchange.loggers.encoding import batches, plain
from pharmacy_app.exchange.loggers.layout import LONGEST_LINE, SPACES, Cells, Layout, serial_in
from pharmacy_app.exchange.loggers.timestamps import (
    DAY,
    EPOCH_DAY,
    SECOND,
    Clock,
    Day,
    apart,
    clock_of,
    day_of,
)

Step = Callable[[int, int], None]
"""Told how many lines of how many are done; raises what stops the reading."""
MOST_NOTES_OF_A_KIND = 20
MOST_PROBES = 32
_MOST_KEPT = 200_000
_MILLISECONDS_FROM = 10**11
_DOS_END = "\x1a"


class Rows:
    """Readings as written, in the order of the file.

    ``day`` and ``cell`` are places in ``days`` and ``cells``; ``clock`` is microseconds of the day, in
    UTC where ``own`` is 1: there the line named its offset. ``cut_at_line`` as in `LoggerFile`.
    """

    def __init__(self, layout: Layout, way: Sequence[int], column: int) -> None:
        self._layout, self._way, self._column = layout, tuple(way), column
        self._epoch = layout.epoch(way)
        self._days: dict[str, int] = {}
        self._day_places: dict[Day, int] = {}
        self._clocks: dict[str, Clock] = {}
        self._cell_places: dict[str, int] = {}
        self._probe_places: dict[str, int] = {}
        self._unread: list[int] = []
        self._headings = 0
        self._ended = False
        self.day, self.cell = array("I"), array("I")
        self.clock = array("q")
        self.own = bytearray()
        self.line, self._probe = array("I"), array("I")
        self.cut_at_line: int | None = None

    def __len__(self) -> int:
        return len(self.day)

    @property
    def days(self) -> list[Day]:
        """Every date that stands in the file, as written."""
        return list(self._day_places)

    @property
    def cells(self) -> list[str]:
        """Every temperature that stands in the file, as written."""
        return list(self._cell_places)

    @property
    def probes(self) -> tuple[str, ...]:
        """The probes or loggers of which there are lines; none where no column says it.

        A column with more of them than any logger has names something else.
        """
        names = tuple(self._probe_places)
        return names if len(names) <= MOST_PROBES else ()

    def keep_probe(self, name: str) -> None:
        """Keep the lines of one probe alone."""
        wanted = self._probe_places[name]
        self.keep([place == wanted for place in self._probe])

    def keep(self, kept: Sequence[bool]) -> None:
        """Keep the lines for which ``kept`` is true."""
        self.day = array("I", compress(self.day, kept))
        self.cell = array("I", compress(self.cell, kept))
        self.clock = array("q", compress(self.clock, kept))
        self.own = bytearray(compress(self.own, kept))
        self.line = array("I", compress(self.line, kept))

    def written(self, n: int) -> str:
        """Return the time of a line as the program understood it before zone and order."""
        seconds = self.clock[n] % DAY // SECOND
        date = self.days[self.day[n]].text
        return f"{date} {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"

    @property
    def notes(self) -> list[Violation]:
        """What is to be said of lines that hold no reading but should."""
        notes = few([violation("logger.line_not_read", str(n), line=n) for n in self._unread])
        if self._headings:
            notes.append(violation("logger.heading_repeated", found=self._headings))
        return notes

    def take(self, text: str, step: Step) -> None:
        """Go through the lines of a text below the heading.

        Raises Refused for a line with more cells than headings, another heading, another logger.
        """
        total = text.count("\n") or text.count("\r")
        number = 0
        for lines, last in _with_last(batches(text)):
            if last and (tail := lines.pop().strip().strip(_DOS_END)):
                self.cut_at_line = number + len(lines) + 1
                del tail
            if max(map(len, lines), default=0) > LONGEST_LINE:
                raise Refused([violation("logger.layout", found=max(lines, key=len)[:60])])
            skipped = max(0, min(self._layout.line - number, len(lines)))
            self._take(lines[skipped:], number + skipped)
            number += len(lines)
            step(min(number, total), total)
        if self._layout.end_mark is not None and not self._ended and len(self):
            self.cut_at_line = self.cut_at_line or self.line[-1] + 1

    def _take(self, lines: Sequence[str], before: int) -> None:  # the loop that has to be quick
        layout, column, way, epoch = self._layout, self._column, self._way, self._epoch
        split, width = layout.cells(), len(layout.heading)
        needed = width if layout.separator == SPACES else max(*way, column) + 1
        first, second = way[0], way[-1]
        days, clocks, cell_places = self._days, self._clocks, self._cell_places
        index, probe, end = layout.index, layout.probe, layout.end_mark
        for number, line in enumerate(lines, start=before + 1):
            cells = split(line if line.isascii() else plain(line))
            if len(cells) < needed or (index is not None and not _running(cells[0])):
                self._odd(number, cells)
                continue
            if len(cells) > width:
                self._only_blanks_behind(number, cells)
            if first != second:
                date, clock_text = cells[first].strip(), cells[second].strip()
            else:
                date, clock_text = _halves(cells[first].strip())
            day, clock = days.get(date), clocks.get(clock_text)
            if day is None or clock is None or epoch:
                found = self._moment(date, clock_text)
                if found is None:
                    self._odd(number, cells)
                    continue
                day, clock = found
            if end is not None and len(cells) > end and cells[end].strip():
                self._ended = True
            cell = cells[column].strip()
            if not cell and self._marks_an_event(cells):
                continue
            self.day.append(day)
            self.clock.append(clock[0] - (clock[1] or 0))
            self.own.append(clock[1] is not None)
            self.cell.append(cell_places.setdefault(cell, len(cell_places)))
            self.line.append(number)
            if probe is not None:
                name = cells[probe].strip() if len(cells) > probe else ""
                places = self._probe_places
                self._probe.append(places.setdefault(name or "-", len(places)))

    def _moment(self, date: str, clock_text: str) -> tuple[int, Clock] | None:
        """Return a time not met before, and keep it; None for a text that is no time."""
        if self._epoch:
            return self._since_1970(date)
        day, clock = day_of(date), clock_of(clock_text)
        if day is None or clock is None:
            found = apart(f"{date} {clock_text}".strip())
            return None if found is None else (self._place(found[0]), found[1])
        self._days[date] = place = self._place(day)
        if len(self._clocks) >= _MOST_KEPT:
            self._clocks.clear()
        self._clocks[clock_text] = clock
        return place, clock

    def _since_1970(self, text: str) -> tuple[int, Clock] | None:
        whole, _, fraction = text.partition(".")
        if not whole.isdigit() or len(whole) > 13 or (fraction and not fraction.isdigit()):
            return None
        count = int(whole)
        micro = int(fraction[:6].ljust(6, "0")) if fraction else 0
        if count >= _MILLISECONDS_FROM:
            time = count * 1000 + micro // 1000
        else:
            time = count * SECOND + micro
        days, clock = divmod(time, DAY)
        key = str(days)
        place = self._days.get(key)
        if place is None:
            self._days[key] = place = self._place(Day.on(days + EPOCH_DAY))
        return place, (clock, 0)

    def _place(self, day: Day) -> int:
        return self._day_places.setdefault(day, len(self._day_places))

    def _odd(self, number: int, cells: Cells) -> None:
        """Take a line that is no reading: empty, a heading again, a summary, a line cut short."""
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            return
        if self._layout.repeats(cells):
            if tuple(cells) != self._layout.heading:
                raise Refused([violation("logger.two_layouts", str(number), line=number)])
            self._headings += 1
            return
        serial, known = serial_in(cells), self._layout.serial
        if serial is not None and known and serial != known:
            facts: Mapping[str, str | int] = {"line": number, "wanted": known, "found": serial}
            raise Refused([violation("logger.two_loggers", str(number), **facts)])
        self._unread.append(number)

    def _only_blanks_behind(self, number: int, cells: Cells) -> None:
        width = len(self._layout.heading)
        if any(cell.strip() for cell in cells[width:]):
            facts = {"line": number, "wanted": width, "found": len(cells)}
            raise Refused([violation("logger.too_many_cells", str(number), **facts)])

    def _marks_an_event(self, cells: Cells) -> bool:
        """Whether a line without a temperature says something else, such as ``Logged``."""
        own = {*self._way, self._column, 0}
        words = (cell for n, cell in enumerate(cells) if n not in own and cell.strip())
        return any(not any(map(str.isdigit, word)) for word in words)


def _with_last(parts: Iterator[list[str]]) -> Iterator[tuple[list[str], bool]]:
    """Yield each part with whether it is the last."""
    before = next(parts)
    for part in parts:
        yield before, False
        before = part
    yield before, True


def _halves(text: str) -> tuple[str, str]:
    """Return date and time of the commonest writings, parted at a space or a T."""
    date, _, clock = text.partition(" ")
    if not clock and text[10:11] == "T":
        return text[:10], text[11:]
    return date, clock


def _running(cell: str) -> bool:
    """Whether a cell can be a running number; a word there begins a summary."""
    cell = cell.strip()
    return cell.isdigit() or not cell or cell.translate(_MARKS).isdigit()


_MARKS = str.maketrans("", "", "., '")


def few(notes: list[Violation]) -> list[Violation]:
    """Return the first notes of a kind, and how many more there are."""
    rest = len(notes) - MOST_NOTES_OF_A_KIND
    if rest <= 0:
        return notes
    return [*notes[:MOST_NOTES_OF_A_KIND], violation("logger.more_of_the_same", found=rest)]
