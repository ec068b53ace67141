"""Doses in lists, the labels' reconciliation, near misses and deviations."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.ids import DoseId, KitNumber, StageCode, SubjectId, VisitCode
from pharmacy_app.domain.signing import moment, stamp
from pharmacy_app.records.reading import Reader


@dataclass(frozen=True, slots=True)
class DoseLine:
    """One dose as lists show it."""

    dose_id: DoseId
    subject_id: SubjectId
    stage: StageCode
    visit: VisitCode
    kit_number: KitNumber | None
    step: Step
    opened_at: datetime
    use_before: datetime | None
    handed_over_at: datetime | None
    verify_by: datetime | None
    replaces: DoseId | None
    returned: bool = False
    """Whether its bag came back without having been given."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A refusal that may have saved somebody."""

    seq: int
    record: str
    rules: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something done otherwise than the protocol says; open while ``closed_at`` is None."""

    deviation_id: str
    record: str
    rule: str
    raised_at: datetime
    due_at: datetime | None
    closed_at: datetime | None


_DOSE = (
    "SELECT dose_id, subject_id, stage, visit, kit_number, step, opened_at, use_before,"
    " handed_over_at, verify_by, replaces, returned FROM dose"
)
_DEVIATION = "SELECT deviation_id, record, rule, raised_at, due_at, closed_at FROM deviation"


def open_doses(reader: Reader) -> list[DoseLine]:
    """Return every dose that is neither closed nor stopped, oldest first."""
    return _lines(reader, " WHERE step NOT IN ('closed', 'stopped') ORDER BY opened_at, dose_id")


def of_subject(reader: Reader, subject_id: SubjectId) -> list[DoseLine]:
    """Return every dose of a subject, oldest first."""
    return _lines(reader, " WHERE subject_id = ? ORDER BY opened_at, dose_id", subject_id)


def at_visit(reader: Reader, subject_id: SubjectId, visit: VisitCode) -> list[DoseLine]:
    """Return the doses of one visit, stopped ones included, oldest first."""
    return _lines(
        reader, " WHERE subject_id = ? AND visit = ? ORDER BY opened_at", subject_id, visit
    )


def recent(reader: Reader, since: datetime, limit: int = 200) -> list[DoseLine]:
    """Return the doses opened since a time, newest first, at most ``limit``."""
    return _lines(
        reader,
        " WHERE opened_at >= ? ORDER BY opened_at DESC, dose_id LIMIT ?",
        stamp(since),
        limit,
    )


def to_verify(reader: Reader) -> list[DoseLine]:
    """Return the doses that left without a second person's check and still wait for it."""
    return _lines(reader, " WHERE verify_by IS NOT NULL ORDER BY verify_by")


def line(reader: Reader, dose_id: DoseId) -> DoseLine | None:
    """Return one dose, or None."""
    found = _lines(reader, " WHERE dose_id = ?", dose_id)
    return found[0] if found else None


def near_misses(reader: Reader, record: str | None = None, limit: int = 100) -> list[NearMiss]:
    """Return the newest near misses, of one record or of all."""
    where = "" if record is None else " WHERE record = ?"
    values: tuple[str | int, ...] = (limit,) if record is None else (record, limit)
    rows = reader.rows(
        f"SELECT seq, record, rules, at FROM near_miss{where} ORDER BY seq DESC LIMIT ?",  # noqa: S608 - constants
        values,
    )
    return [
        NearMiss(seq, about, tuple(rules.split()), moment(at)) for seq, about, rules, at in rows
    ]


def deviations(reader: Reader, *, only_open: bool = True) -> list[Deviation]:
    """Return deviations, oldest first."""
    where = " WHERE closed_at IS NULL" if only_open else ""
    return [
        Deviation(code, record, rule, moment(raised), _maybe(due), _maybe(closed))
        for code, record, rule, raised, due, closed in reader.rows(
            f"{_DEVIATION}{where} ORDER BY raised_at"
        )
    ]


def label_tally(reader: Reader) -> dict[str, int]:
    """Return how many copies are in each state; printed = applied + spoiled + void + remaining."""
    return dict(reader.rows("SELECT state, count(*) FROM label GROUP BY state"))


def _lines(reader: Reader, condition: str, *values: str | int) -> list[DoseLine]:
    return [
        DoseLine(
            DoseId(dose),
            SubjectId(subject),
            StageCode(stage),
            VisitCode(visit),
            None if kit is None else KitNumber(kit),
            Step(step),
            moment(opened),
            _maybe(use_before),
            _maybe(handed),
            _maybe(verify_by),
            None if replaces is None else DoseId(replaces),
            bool(returned),
        )
        for (
            dose,
            subject,
            stage,
            visit,
            kit,
            step,
            opened,
            use_before,
            handed,
            verify_by,
            replaces,
            returned,
        ) in reader.rows(_DOSE + condition, values)
    ]


def _maybe(text: str | None) -> datetime | None:
    return None if text is None else moment(text)
