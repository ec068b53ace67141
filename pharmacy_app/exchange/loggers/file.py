"""A logger's file, from its bytes to readings in the order of time.

Nothing is guessed: an order of day and month, a zone, a unit or a column that the file leaves open
is asked. A code in place of a number stays a code. A file cut off is read up to the cut, and says so.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta, tzinfo
from decimal import Decimal

from pharmacy_app.domain.readings import Readings
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.domain.temperature import gaps
from pharmacy_app.exchange.loggers.answers import Answers
from pharmacy_app.exchange.loggers.encoding import decoded, lines_of
from pharmacy_app.exchange.loggers.layout import Layout, laid_out, zone_called
from pharmacy_app.exchange.loggers.moments import clock_changes, in_utc, unbroken
from pharmacy_app.exchange.loggers.numbers import POWER_ON_C, UNITS, decimal_mark, degrees, unit_of
from pharmacy_app.exchange.loggers.order import in_order
from pharmacy_app.exchange.loggers.questions import LoggerFile, NeedsAnswers, Question
from pharmacy_app.exchange.loggers.rows import Rows, Step, few
from pharmacy_app.exchange.loggers.timestamps import (
    commonest_step,
    offset_zone,
    orders,
    plausible,
)
from pharmacy_app.exchange.workbooks import sheet_as_text

LARGEST_FILE_BYTES = 128 * 1024 * 1024
_ZIP = b"PK\x03\x04"
_HEAD_CHARACTERS = 400_000
_CODE_LENGTH = 40

Kept = Callable[[str, str], Mapping[str, str]]
"""Given serial number and fingerprint of a layout, returns the answers kept for such files."""


def read_logger(
    raw: bytes,
    answers: Mapping[str, str],
    site_zone: tzinfo,
    *,
    kept: Kept = lambda _serial, _fingerprint: {},
    step: Step = lambda _done, _of: None,
) -> LoggerFile | NeedsAnswers:
    """Return the readings of a file, or what must be asked before it can be read.

    ``step`` is told how many lines are done. Raises Refused ``logger.*`` if the file is too large, no
    text, of no known layout, without a reading, if it contradicts itself, or if an answer is none of
    the choices; ``table.*`` for a workbook that cannot be read as one table.
    """
    refuse(
        violation("logger.too_large", found=len(raw), most=LARGEST_FILE_BYTES)
        if len(raw) > LARGEST_FILE_BYTES
        else None,
        None if raw.strip() else violation("logger.empty"),
    )
    sha256 = hashlib.sha256(raw).hexdigest()
    text = sheet_as_text(raw) if raw.startswith(_ZIP) else decoded(raw)
    layout = laid_out(lines_of(text[:_HEAD_CHARACTERS]))
    fingerprint = layout.fingerprint
    asked = Answers(answers, kept(layout.serial, fingerprint), sure=bool(layout.serial))
    columns = _named(layout, [(n,) for n in layout.temperatures])
    ways = _named(layout, layout.moments)
    column, way = asked.one_of("column", list(columns)), asked.one_of("time", list(ways))
    if column is None or way is None:
        return NeedsAnswers(sha256, tuple(asked.open), layout.serial, fingerprint)
    if layout.comma_may_be_decimal(columns[column][0]):
        example = ",".join(layout.below[0])
        comma = asked.to(Question("comma", ("between_cells", "decimal"), example))
        if comma is None:
            return NeedsAnswers(sha256, tuple(asked.open), layout.serial, fingerprint)
        refuse(None if comma == "between_cells" else violation("logger.comma", found=example))
    rows = Rows(layout, ways[way], columns[column][0])
    rows.take(text, step)
    del text
    refuse(*(() if len(rows) else (violation("logger.no_readings"), *rows.notes)))
    reading = _Reading(layout, rows, ways[way], columns[column][0])
    found = reading.samples(asked, site_zone)
    if found is None:
        return NeedsAnswers(sha256, tuple(asked.open), layout.serial, fingerprint)
    interval = reading.interval(found)
    notes = [*rows.notes, *reading.notes, *_cut_off(rows, found), *_of_readings(found, interval)]
    return LoggerFile(
        found,
        layout.serial,
        interval,
        sha256,
        tuple(notes),
        rows.cut_at_line,
        fingerprint,
        asked.given,
        asked.recalled,
    )


def _named(layout: Layout, ways: Iterable[Sequence[int]]) -> dict[str, Sequence[int]]:
    """Return columns by their headings; where two have the same, its number is added."""
    found: dict[str, Sequence[int]] = {}
    for way in ways:
        name = " ".join(layout.heading[n] for n in way)
        found[f"{name} ({way[0] + 1})" if name in found else name] = way
    return found


class _Reading:
    """How the lines of a file are to be read, once nothing is open any more."""

    def __init__(self, layout: Layout, rows: Rows, way: Sequence[int], column: int) -> None:
        self._layout, self._rows, self._way, self._column = layout, rows, way, column
        self.notes: list[Violation] = []

    def samples(self, asked: Answers, site_zone: tzinfo) -> Readings | None:
        """Return the readings, or None while a question is open."""
        rows = self._rows
        if rows.probes:
            probe = asked.one_of("probe", rows.probes)
            if probe is None:
                return None
            rows.keep_probe(probe)
        mark = decimal_mark(rows.cells)
        order, zone, unit = self._order(asked), self._zone(asked, site_zone), self._unit(asked)
        if order is None or zone is None or unit is None:
            return None
        celsius = [degrees(cell, mark, unit) for cell in rows.cells]
        if not self._means_measured(asked, celsius):
            return None
        self._leave_out_lost_times(order)
        codes = [
            "" if celsius[n] is not None else cell[:_CODE_LENGTH] or "-"
            for n, cell in enumerate(rows.cells)
        ]
        ordinals = [day.ordinal(order) or 0 for day in rows.days]
        times, doubtful = in_utc(rows, ordinals, zone)
        found, disorder = in_order(Readings(times, rows.cell, celsius, codes))
        self.notes += [*disorder, *clock_changes(rows, doubtful)]
        return found

    def interval(self, readings: Readings) -> timedelta:
        """Return the stated interval or the commonest step, whichever shows more gaps."""
        found = timedelta(microseconds=commonest_step(readings.times))
        stated = self._layout.interval
        if stated is None or stated == found:
            return found
        if found:
            seconds = [span // timedelta(seconds=1) for span in (stated, found)]
            self.notes.append(violation("logger.interval", stated=seconds[0], found=seconds[1]))
        return min(stated, found or stated)

    def _order(self, asked: Answers) -> str | None:
        rows = self._rows
        used = set(rows.day)
        days = [day for n, day in enumerate(rows.days) if n in used]
        example = rows.written(0)
        possible = orders(days)
        refuse(None if possible else violation("logger.dates", example, found=example))
        if self._layout.vendor_hobo and len(possible) > 1:
            # It records without a break: the only order that shows none is proved by its midnights.
            proved = [o for o in possible if unbroken(rows, [d.ordinal(o) or 0 for d in rows.days])]
            possible = (proved[0],) if len(proved) == 1 else possible
        if len(possible) == 1:
            return possible[0]
        return asked.to(Question("date_order", possible, example))

    def _zone(self, asked: Answers, site_zone: tzinfo) -> tzinfo | None:
        zone = self._layout.zone_of(self._way)
        if zone is not None or all(self._rows.own):
            return zone or site_zone
        offered = str(site_zone)
        example = self._rows.written(0)
        question = Question("zone", tuple(dict.fromkeys((offered, "UTC"))), example, offered)
        answer = asked.to(question, lambda name: _zone_named(name, site_zone))
        return None if answer is None else _zone_named(answer, site_zone)

    def _unit(self, asked: Answers) -> str | None:
        """Return the unit that heading or cells name; raise Refused where they name two."""
        heading = self._layout.heading[self._column]
        stated = self._layout.unit(self._column)
        in_cells = {unit for cell in self._rows.cells if (unit := unit_of(cell))}
        units = sorted({*in_cells, *([stated] if stated else [])})
        if len(units) > 1:
            raise Refused([violation("logger.units", heading, found=", ".join(units))])
        return units[0] if units else asked.to(Question("unit", UNITS, heading))

    def _means_measured(self, asked: Answers, celsius: list[Decimal | None]) -> bool:
        """Ask what a sensor's own codes mean where they stand there as numbers, and let it hold."""
        suspects = [n for n, value in enumerate(celsius) if value in POWER_ON_C]
        used = set(self._rows.cell)
        suspects = [n for n in suspects if n in used]
        if not suspects:
            return True
        cells = ", ".join(self._rows.cells[n] for n in suspects)
        answer = asked.to(Question("sensor_code", ("code", "reading"), cells))
        if answer == "code":
            for n in suspects:
                celsius[n] = None
        return answer is not None

    def _leave_out_lost_times(self, order: str) -> None:
        """Leave out what a clock that lost its time dated: when that was, nobody can say."""
        rows = self._rows
        good = [plausible(day.ordinal(order) or 0) for day in rows.days]
        if all(good):
            return
        kept = [good[place] for place in rows.day]
        if all(kept):
            return
        first = kept.index(False)
        line, example = rows.line[first], rows.written(first)
        lost = kept.count(False)
        self.notes.append(
            violation("logger.clock_reset", str(line), line=line, example=example, found=lost)
        )
        rows.keep(kept)
        rows.cut_at_line = min(line, rows.cut_at_line or line)


def _zone_named(answer: str, site_zone: tzinfo) -> tzinfo | None:
    """Return the zone of an answer: the site's, an offset, or an IANA name; None for no zone."""
    if answer == str(site_zone):
        return site_zone
    offset = offset_zone(answer)
    if offset is not None:
        return offset
    return zone_called(answer)


def _cut_off(rows: Rows, readings: Readings) -> Iterable[Violation]:
    if rows.cut_at_line is not None:
        yield violation("logger.cut_off", line=rows.cut_at_line, last=readings[-1].at)


def _of_readings(readings: Readings, interval: timedelta) -> list[Violation]:
    """Return what is to be said of the readings themselves: codes, gaps."""
    coded = len(readings.coded())
    notes = [violation("temperature.not_measured", found=coded)] if coded else []
    found = gaps(readings, interval)
    return notes + few([violation("temperature.gap", begins=g.begins, ends=g.ends) for g in found])
