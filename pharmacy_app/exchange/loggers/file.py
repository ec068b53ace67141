"""A logger's file, from its bytes to readings in the order of time.

Nothing is guessed: an order of day and month, a zone, a unit or a column that the file leaves open
is asked. A code in place of a number stays a code. A file cut off is read up to the cut, and says so.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timezone, tzinfo
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from pharmacy_app.domain.dose import as_decimal
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.domain.temperature import COLDEST_C, Sample, gaps
from pharmacy_app.exchange.loggers.encoding import decoded
from pharmacy_app.exchange.loggers.layout import Layout, laid_out, offset_zone
from pharmacy_app.exchange.loggers.questions import LoggerFile, NeedsAnswers, Question
from pharmacy_app.exchange.loggers.timestamps import Stamp, commonest_step, orders, stamp

LARGEST_FILE_BYTES = 16 * 1024 * 1024
HOTTEST_C = Decimal(200)
MOST_NOTES_OF_A_KIND = 20
_NUMBER = re.compile(r"([+-]?[0-9]{1,4}(?:\.[0-9]{1,6})?)\s*(?:°\s?[CF]|℃|℉)?")


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    stamp: Stamp
    cell: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the file is to be read, once nothing is open any more."""

    order: str
    zone: tzinfo
    unit: str


def read_logger(
    raw: bytes, answers: Mapping[str, str], site_zone: tzinfo
) -> LoggerFile | NeedsAnswers:
    """Return the readings of a file, or what must be asked before it can be read.

    Raises Refused ``logger.*`` if the file is too large, no text, of no known layout, without a
    reading, or if an answer is none of the choices.
    """
    refuse(
        violation("logger.too_large", found=len(raw), most=LARGEST_FILE_BYTES)
        if len(raw) > LARGEST_FILE_BYTES
        else None,
        None if raw.strip() else violation("logger.empty"),
    )
    sha256 = hashlib.sha256(raw).hexdigest()
    layout = laid_out(decoded(raw))
    column, asked = _column(layout, answers)
    if asked is not None:
        return NeedsAnswers(sha256, (asked,))
    records, notes = _records(layout, column)
    if not records:
        raise Refused([violation("logger.no_readings"), *notes])
    found = _how_to_read(layout, column, records, answers, site_zone)
    if not isinstance(found, _Reading):
        return NeedsAnswers(sha256, found)
    samples, disorder = _in_order(_samples(records, found))
    interval = commonest_step([sample.at for sample in samples])
    notes += [*disorder, *_clock_changes(records, found), *_cut_off(layout, samples)]
    notes += _not_measured(samples)
    notes += _few(
        [
            violation("temperature.gap", "", begins=gap.begins, ends=gap.ends)
            for gap in gaps(samples, interval)
        ]
    )
    return LoggerFile(
        tuple(samples), layout.serial, interval, sha256, tuple(notes), layout.cut_at_line
    )


def _column(layout: Layout, answers: Mapping[str, str]) -> tuple[int, Question | None]:
    headings = tuple(layout.heading[n] for n in layout.temperature_columns)
    if len(headings) == 1:
        return layout.temperature_columns[0], None
    if "column" not in answers:
        return 0, Question("column", headings, "; ".join(headings))
    answer = _answered("column", answers, headings)
    return layout.temperature_columns[headings.index(answer)], None


def _answered(name: str, answers: Mapping[str, str], choices: Sequence[str]) -> str:
    answer = answers[name]
    refuse(
        None
        if answer in choices
        else violation("logger.answer", name, found=answer, choices=", ".join(choices))
    )
    return answer


def _records(layout: Layout, column: int) -> tuple[list[_Record], list[Violation]]:
    """Return the lines that hold a reading, and a note of each that should but cannot be read."""
    records: list[_Record] = []
    unread: list[int] = []
    for line, cells in layout.records:
        if len(cells) <= max(*layout.time_columns, column):
            unread.append(line)
            continue
        taken = stamp(" ".join(cells[n] for n in layout.time_columns))
        if taken is None:
            unread.append(line)
        elif cells[column] or not _marks_an_event(layout, cells, column):
            records.append(_Record(line, taken, cells[column]))
    notes = [violation("logger.line_not_read", str(line), line=line) for line in unread]
    return records, _few(notes)


def _marks_an_event(layout: Layout, cells: Sequence[str], column: int) -> bool:
    """Whether a line without a temperature says something else, such as ``Logged``."""
    own = {*layout.time_columns, column, 0}
    return any(cell for n, cell in enumerate(cells) if n not in own)


def _few(notes: list[Violation]) -> list[Violation]:
    rest = len(notes) - MOST_NOTES_OF_A_KIND
    if rest <= 0:
        return notes
    return [*notes[:MOST_NOTES_OF_A_KIND], violation("logger.more_of_the_same", found=rest)]


def _how_to_read(
    layout: Layout,
    column: int,
    records: Sequence[_Record],
    answers: Mapping[str, str],
    site_zone: tzinfo,
) -> _Reading | tuple[Question, ...]:
    """Return how the file is to be read, or every question that is still open."""
    questions: list[Question] = []
    example = records[0].stamp.text
    possible = orders([r.stamp for r in records], continuous=layout.vendor_hobo)
    refuse(None if possible else violation("logger.dates", example, found=example))
    order = possible[0]
    if len(possible) > 1 and "date_order" in answers:
        order = _answered("date_order", answers, possible)
    elif len(possible) > 1:
        questions.append(Question("date_order", possible, example))
    zone: tzinfo | None = layout.zone
    if zone is None and "zone" in answers:
        zone = _zone_answered(answers["zone"], site_zone)
    elif zone is None:
        offered = str(site_zone)
        questions.append(Question("zone", (offered, "UTC"), example, offered))
    unit = layout.unit(column)
    if not unit and "unit" in answers:
        unit = _answered("unit", answers, ("C", "F"))
    elif not unit:
        questions.append(Question("unit", ("C", "F"), layout.heading[column]))
    if questions or zone is None:
        return tuple(questions)
    return _Reading(order, zone, unit)


def _zone_answered(answer: str, site_zone: tzinfo) -> tzinfo:
    if answer == str(site_zone):
        return site_zone
    offset: timezone | None = offset_zone(answer)
    if offset is not None:
        return offset
    try:
        return ZoneInfo(answer)
    except (KeyError, ValueError, OSError) as problem:
        choices = f"{site_zone}, UTC, UTC±hh:mm"
        raise Refused([violation("logger.answer", "zone", found=answer, choices=choices)]) from (
            problem
        )


def _samples(records: Sequence[_Record], reading: _Reading) -> list[Sample]:
    samples = []
    for record in records:
        local = record.stamp.local(reading.order)
        if local is None:  # `orders` has let through only orders that read every time
            raise Refused([violation("logger.dates", record.stamp.text, found=record.stamp.text)])
        at = local.replace(tzinfo=reading.zone).astimezone(UTC)
        celsius = _celsius(record.cell, reading.unit)
        samples.append(Sample(at, celsius, "" if celsius is not None else record.cell[:40] or "-"))
    return samples


def _celsius(cell: str, unit: str) -> Decimal | None:
    """Return exact °C, or None for a code, a ``below range`` or a number no sensor measures."""
    found = _NUMBER.fullmatch(cell.replace("\N{MINUS SIGN}", "-").replace(",", "."))
    if found is None:
        return None
    value = Decimal(found[1])
    if unit == "F":
        value = as_decimal((Fraction(value) - 32) * 5 / 9)
    return value if COLDEST_C < value <= HOTTEST_C else None


def _in_order(samples: list[Sample]) -> tuple[list[Sample], list[Violation]]:
    """Return one reading a time, oldest first, and what had to be done for it."""
    notes: list[Violation] = []
    if any(a.at > b.at for a, b in pairwise(samples)):
        newest_first = all(a.at >= b.at for a, b in pairwise(samples))
        notes.append(violation("logger.newest_first" if newest_first else "logger.out_of_order"))
    taken: dict[datetime, Sample] = {}
    same: list[Violation] = []
    for sample in sorted(samples, key=lambda s: s.at):
        before = taken.setdefault(sample.at, sample)
        if before is sample:
            continue
        equal = (before.celsius, before.code) == (sample.celsius, sample.code)
        rule = "logger.repeated" if equal else "logger.contradiction"
        same.append(violation(rule, at=sample.at))
        taken[sample.at] = max(before, sample, key=_warmth)
    return list(taken.values()), [*notes, *_few(same)]


def _warmth(sample: Sample) -> Decimal:
    """Of two readings of one time the warmer is believed: the kits must not look colder."""
    return COLDEST_C if sample.celsius is None else sample.celsius


def _clock_changes(records: Sequence[_Record], reading: _Reading) -> Iterable[Violation]:
    """Yield a note if times fall into an hour that the zone's clock shows twice or leaves out."""
    for record in records:
        local = record.stamp.local(reading.order)
        if local is None:
            continue
        aware = local.replace(tzinfo=reading.zone)
        if aware.utcoffset() != aware.replace(fold=1).utcoffset():
            yield violation("logger.clock_change", record.stamp.text, found=record.stamp.text)
            return


def _cut_off(layout: Layout, samples: Sequence[Sample]) -> Iterable[Violation]:
    if layout.cut_at_line is not None:
        yield violation("logger.cut_off", line=layout.cut_at_line, last=samples[-1].at)


def _not_measured(samples: Sequence[Sample]) -> Iterable[Violation]:
    coded = sum(1 for sample in samples if sample.celsius is None)
    if coded:
        yield violation("temperature.not_measured", found=coded)
