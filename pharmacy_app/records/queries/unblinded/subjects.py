"""Subjects with their opened allocations."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pharmacy_app.domain.allocation import Allocation
from pharmacy_app.domain.ids import ArmCode, StageCode, SubjectId
from pharmacy_app.domain.signing import moment
from pharmacy_app.records.reading import Reader


@dataclass(frozen=True, slots=True)
class Subject:
    """One enrolled subject."""

    subject_id: SubjectId
    requested_by: str
    reference: str
    weight_kg: Decimal | None
    enrolled_at: datetime


_SUBJECT = "SELECT subject_id, requested_by, reference, weight_kg, enrolled_at FROM subject"
_ALLOCATION = "SELECT subject_id, stage, entry_id, arm, opened_at FROM allocation"


def subject(reader: Reader, subject_id: SubjectId) -> Subject | None:
    """Return a subject, or None if nobody enrolled them here."""
    row = reader.one(_SUBJECT + " WHERE subject_id = ?", (subject_id,))
    return None if row is None else _subject(row)


def page(reader: Reader, after: SubjectId | None, limit: int) -> list[Subject]:
    """Return up to ``limit`` subjects after a number, by number."""
    rows = reader.rows(
        _SUBJECT + " WHERE subject_id > ? ORDER BY subject_id LIMIT ?", (after or "", limit)
    )
    return [_subject(row) for row in rows]


def allocation(reader: Reader, subject_id: SubjectId, stage: StageCode) -> Allocation | None:
    """Return what was opened for a subject in a stage, or None."""
    row = reader.one(_ALLOCATION + " WHERE subject_id = ? AND stage = ?", (subject_id, stage))
    return None if row is None else _allocation(row)


def allocations(reader: Reader, subject_id: SubjectId) -> list[Allocation]:
    """Return everything that was opened for a subject, oldest first."""
    rows = reader.rows(_ALLOCATION + " WHERE subject_id = ? ORDER BY opened_at", (subject_id,))
    return [_allocation(row) for row in rows]


def owner_of_entry(reader: Reader, entry_id: str) -> Allocation | None:
    """Return to whom an entry belongs, or None if it was never opened."""
    row = reader.one(_ALLOCATION + " WHERE entry_id = ?", (entry_id,))
    return None if row is None else _allocation(row)


def opened_entries(reader: Reader, stage: StageCode) -> set[str]:
    """Return the entries of a stage that were opened."""
    return {
        row[0] for row in reader.rows("SELECT entry_id FROM allocation WHERE stage = ?", (stage,))
    }


def _subject(row: tuple[object, ...]) -> Subject:
    subject_id, requested_by, reference, weight, enrolled = row
    return Subject(
        SubjectId(str(subject_id)),
        str(requested_by),
        str(reference),
        None if weight is None else Decimal(str(weight)),
        moment(str(enrolled)),
    )


def _allocation(row: tuple[object, ...]) -> Allocation:
    subject_id, stage, entry, arm, opened = row
    return Allocation(
        SubjectId(str(subject_id)),
        StageCode(str(stage)),
        str(entry),
        ArmCode(str(arm)),
        moment(str(opened)),
    )
