"""Subjects: their opened allocations, consents, missed visits, unblindings, and how they ended."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pharmacy_app.domain.allocation import Allocation
from pharmacy_app.domain.ids import ArmCode, StageCode, SubjectId, VisitCode
from pharmacy_app.domain.signing import moment
from pharmacy_app.domain.subjects import Ended, Ending
from pharmacy_app.domain.unblinding import Blinding, Unblinding
from pharmacy_app.records.reading import Reader


@dataclass(frozen=True, slots=True)
class Subject:
    """One enrolled subject; ``ended`` is None while they are on the study."""

    subject_id: SubjectId
    requested_by: str
    reference: str
    weight_kg: Decimal | None
    enrolled_at: datetime
    ended: Ended | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """Somebody the investigator named who may be enrolled."""

    subject_id: SubjectId
    requested_by: str
    reference: str
    screened_at: datetime
    failed_on: date | None


@dataclass(frozen=True, slots=True)
class Consent:
    """Where a subject's consent to a stage stands, since which day."""

    stage: StageCode
    given: bool
    dated: date
    reference: str


_SUBJECT = (
    "SELECT subject_id, requested_by, reference, weight_kg, enrolled_at, ended_because, ended_on"
    " FROM subject"
)
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


def screening(reader: Reader, subject_id: SubjectId) -> Screening | None:
    """Return the screening of a subject, or None if they were enrolled without one."""
    row = reader.one(
        "SELECT subject_id, requested_by, reference, screened_at, failed_on FROM screening"
        " WHERE subject_id = ?",
        (subject_id,),
    )
    if row is None:
        return None
    number, by, reference, at, failed = row
    on = None if failed is None else date.fromisoformat(failed)
    return Screening(SubjectId(number), by, reference, moment(at), on)


def consents(reader: Reader, subject_id: SubjectId) -> list[Consent]:
    """Return where every consent of a subject stands, by stage."""
    rows = reader.rows(
        "SELECT stage, given, dated, reference FROM consent WHERE subject_id = ? ORDER BY stage",
        (subject_id,),
    )
    return [
        Consent(StageCode(stage), bool(given), date.fromisoformat(dated), reference)
        for stage, given, dated, reference in rows
    ]


def missed_visits(reader: Reader, subject_id: SubjectId) -> dict[VisitCode, str]:
    """Return every visit that was missed, and why."""
    rows = reader.rows(
        "SELECT visit, because FROM missed_visit WHERE subject_id = ? ORDER BY visit", (subject_id,)
    )
    return {VisitCode(visit): because for visit, because in rows}


def unblindings(reader: Reader, subject_id: SubjectId) -> list[Unblinding]:
    """Return every unblinding of a subject, oldest first."""
    rows = reader.rows(
        "SELECT stage, kind, reference, at FROM unblinding WHERE subject_id = ? ORDER BY seq, stage",
        (subject_id,),
    )
    return [
        Unblinding(subject_id, StageCode(stage), Blinding(kind), reference, moment(at))
        for stage, kind, reference, at in rows
    ]


def _subject(row: tuple[object, ...]) -> Subject:
    subject_id, requested_by, reference, weight, enrolled, because, on = row
    ended = None if because is None else Ended(Ending(str(because)), date.fromisoformat(str(on)))
    return Subject(
        SubjectId(str(subject_id)),
        str(requested_by),
        str(reference),
        None if weight is None else Decimal(str(weight)),
        moment(str(enrolled)),
        ended,
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
