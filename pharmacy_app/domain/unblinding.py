"""Unblinding: who learnt a subject's arm, and by which of the three ways."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pharmacy_app.domain.ids import StageCode, SubjectId
from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.trial import FurtherDosing, Outside, Stage, Trial


class Blinding(StrEnum):
    """The state of one subject in one stage."""

    BLIND = "blind"
    PLANNED = "planned"
    ACCIDENTAL = "accidental"
    EMERGENCY = "emergency"


class Category(StrEnum):
    """Why an emergency code break was asked for (ICH E6: documented and explained)."""

    SAFETY = "safety"
    TREATMENT_CHOICE = "treatment_choice"
    PREGNANCY = "pregnancy"
    OVERDOSE = "overdose"
    AUTHORITY = "authority"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Unblinding:
    """One recorded unblinding."""

    subject_id: SubjectId
    stage: StageCode
    kind: Blinding
    reference: str
    at: datetime


_WEIGHT = tuple(Blinding)


def blinding(unblindings: Iterable[Unblinding], stage: StageCode) -> Blinding:
    """Return the state of a stage: an emergency weighs more than an accident, that more than a plan."""
    kinds = [one.kind for one in unblindings if one.stage == stage]
    return max(kinds, key=_WEIGHT.index, default=Blinding.BLIND)


def too_early(
    stage: Stage, subject: SubjectId, anchor: date, today: date, reason: str
) -> Violation | None:
    """Return why a stage may not be unblinded as planned yet, if it may not; both days are the site's.

    Where the protocol lets a reason stand in for the day, the unblinding becomes a deviation.
    """
    earliest = stage.unblinded_from
    if earliest is None or today >= (first := anchor + timedelta(days=earliest.day)):
        return None
    may_be_reasoned = earliest.outside is Outside.REASON
    if may_be_reasoned and reason.strip():
        return None
    rule = "unblinding.needs_reason" if may_be_reasoned else "unblinding.too_early"
    return violation(rule, subject, stage=stage.code, first=first)


def dosing_stopped(
    trial: Trial, subject: SubjectId, unblindings: Iterable[Unblinding]
) -> Violation | None:
    """Return why a subject whose code was broken gets no further dose, where the trial says so."""
    if trial.code_break.further_dosing is FurtherDosing.GO_ON:
        return None
    broken = [one for one in unblindings if one.kind is Blinding.EMERGENCY]
    return violation("subject.code_broken", subject, at=broken[-1].at) if broken else None
