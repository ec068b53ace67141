"""Logger files of storage units: which unit, what they say against its limits, kept with the original."""

from collections.abc import Mapping
from dataclasses import dataclass

from pharmacy_app.domain.curve import Limits
from pharmacy_app.domain.events.excursion import ExcursionOpened, UnitLoggerRead
from pharmacy_app.domain.events.stock import LoggerRead
from pharmacy_app.domain.locations import Unit
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.domain.unit_logs import UnitJudged, judge_unit
from pharmacy_app.exchange.loggers import LoggerFile, NeedsAnswers, read_logger
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import storage as storage_queries
from pharmacy_app.workflows import logger_profiles
from pharmacy_app.workflows.pharmacy import Pharmacy

READ = "excursion.unit_logger_read.1"


@dataclass(frozen=True, slots=True)
class UnitReading:
    """A unit's file that was read: what is on record of it, the file, and what it says."""

    told: UnitLoggerRead
    file: LoggerFile
    found: UnitJudged


def unit(pharmacy: Pharmacy, code: str) -> Unit:
    """Return a storage unit. Raises Refused ``position.unknown_unit``."""
    known = next((u for u in storage_queries.units(pharmacy.reader) if u.code == code), None)
    if known is None:
        raise Refused([violation("position.unknown_unit", code, unit=code)])
    return known


def logs(pharmacy: Pharmacy, code: str = "") -> list[UnitLoggerRead]:
    """Return the files that were read of a unit, or of all, newest first."""
    found = [recorded.told(UnitLoggerRead) for recorded in pharmacy.ledger.of_kinds([READ])]
    return [told for told in reversed(found) if code in {"", told.unit}]


def unit_known_by(pharmacy: Pharmacy, serial: str) -> str:
    """Return the unit in which a logger lay when it was last read; empty if nobody said that yet."""
    if not serial:
        return ""
    return next((told.unit for told in logs(pharmacy) if told.serial == serial), "")


def read_unit_log(
    pharmacy: Pharmacy, code: str, raw: bytes, answers: Mapping[str, str], *, op_id: str = ""
) -> UnitReading | NeedsAnswers:
    """Read a storage unit's logger file against the unit's own limits and record what it says.

    Returns what has to be asked where the file leaves it open. Opens no case: see
    `excursions.open_for_unit`. Raises Refused for an unknown unit or a file that is none.
    """
    pharmacy.require(Task.RECEIVE)
    known = unit(pharmacy, code)
    read = read_logger(raw, answers, pharmacy.zone, kept=logger_profiles.kept(pharmacy))
    if isinstance(read, NeedsAnswers):
        return read
    found = judge_unit(read.readings, read.interval, known)
    recorded = record(pharmacy, raw, read, found, op_id=op_id)
    return UnitReading(recorded[0].told(UnitLoggerRead), read, found)


def record(
    pharmacy: Pharmacy, raw: bytes, read: LoggerFile, found: UnitJudged, *, op_id: str = ""
) -> Appended:
    """Record what a file that was read says of a unit; the original and the answers are kept."""
    original = Attachment("application/octet-stream", raw)
    summary, above = found.judged.summary, found.judged.above
    told = UnitLoggerRead(
        unit=found.unit.code,
        file=original.sha256.hex(),
        serial=read.serial,
        first_at=summary.begins,
        last_at=summary.ends,
        readings=summary.readings,
        without_number=summary.coded,
        max_c=summary.max_c,
        min_c=summary.min_c,
        limit_c=found.unit.warmest_c,
        seconds_above=0 if above is None else int(above.total.total_seconds()),
        longest_above=0 if above is None else int(above.longest.total_seconds()),
        gaps=len(summary.gaps),
        excursion=bool(found.doubts),
    )
    profile = logger_profiles.to_keep(pharmacy, read)
    return pharmacy.record(Task.RECEIVE, told, *profile, op_id=op_id, attachments=[original])


def of_case(pharmacy: Pharmacy, case_id: str) -> UnitLoggerRead | LoggerRead | None:
    """Return the logger's file that a case was opened for, or None where there is none."""
    opened = next(
        (
            one.told(ExcursionOpened)
            for one in pharmacy.ledger.history(f"excursion/{case_id}")
            if isinstance(one.event, ExcursionOpened)
        ),
        None,
    )
    if opened is None or not opened.file:
        return None
    about = ("unit/" + opened.record.partition("-")[0], f"shipment/{opened.record}")
    return next(
        (
            recorded.event
            for record_ in about
            for recorded in reversed(pharmacy.ledger.history(record_))
            if isinstance(recorded.event, UnitLoggerRead | LoggerRead)
            and recorded.event.file == opened.file
        ),
        None,
    )


def limits_of(pharmacy: Pharmacy, told: UnitLoggerRead | LoggerRead) -> Limits:
    """Return the limits that a file was judged by: the unit's, or those on the way."""
    if isinstance(told, LoggerRead):
        return Limits(told.limit_c, pharmacy.trial.cold_chain.shipper_lower_c)
    return Limits(told.limit_c, unit(pharmacy, told.unit).coldest_c)
