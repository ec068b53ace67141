"""Doses as blinded eyes may see them: no arm, no kit type, no lot but the blinded one."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.ids import DoseId, KitNumber, SubjectId, VisitCode
from pharmacy_app.domain.signing import moment
from pharmacy_app.records.reading import Reader


@dataclass(frozen=True, slots=True)
class BlindedDoseRow:
    """What a label or form may say of a dose."""

    dose_id: DoseId
    subject_id: SubjectId
    visit: VisitCode
    kit_number: KitNumber
    blinded_lot: str
    use_before: datetime
    handed_over_at: datetime | None


def released_dose(reader: Reader, dose_id: DoseId) -> BlindedDoseRow | None:
    """Return a dose whose label is unlocked, or None for any other."""
    row = reader.one(
        "SELECT d.dose_id, d.subject_id, d.visit, k.kit_number, k.blinded_lot, d.use_before,"
        " d.handed_over_at FROM dose d JOIN kit k ON k.kit_number = d.kit_number"
        " WHERE d.dose_id = ? AND d.use_before IS NOT NULL",
        (dose_id,),
    )
    if row is None:
        return None
    dose, subject, visit, kit, lot, use_before, handed = row
    return BlindedDoseRow(
        DoseId(dose),
        SubjectId(subject),
        VisitCode(visit),
        KitNumber(kit),
        lot,
        moment(use_before),
        None if handed is None else moment(handed),
    )


@dataclass(frozen=True, slots=True)
class GivenDose:
    """That a bag went to the ward for a subject's visit, and when (UTC)."""

    subject_id: SubjectId
    visit: VisitCode
    handed_over_at: datetime


def given_doses(reader: Reader) -> list[GivenDose]:
    """Return every dose that went to the ward and did not come back unused, by subject and time."""
    rows = reader.rows(
        "SELECT subject_id, visit, handed_over_at FROM dose"
        " WHERE handed_over_at IS NOT NULL AND returned = 0"
        " ORDER BY subject_id, handed_over_at, visit"
    )
    return [
        GivenDose(SubjectId(subject), VisitCode(visit), moment(at)) for subject, visit, at in rows
    ]
