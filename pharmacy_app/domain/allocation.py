"""The allocation of one subject: what was opened for whom, and when it may be."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.ids import ArmCode, StageCode, SubjectId
from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.trial import Stage


@dataclass(frozen=True, slots=True)
class Allocation:
    """An opened entry, bound to its subject for ever."""

    subject_id: SubjectId
    stage: StageCode
    entry_id: str
    arm: ArmCode
    opened_at: datetime


def already_opened(mine: Allocation | None, entry_owner: Allocation | None) -> Violation | None:
    """Return why no entry may be opened: the subject has one, or the entry is somebody else's."""
    if mine is not None:
        return violation("allocation.opened_before", mine.subject_id, opened=mine.opened_at)
    if entry_owner is not None:
        return violation("allocation.code_used", entry_owner.entry_id)
    return None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a subject's admission to a stage depends on, as recorded so far."""

    subject_id: SubjectId
    arms: frozenset[ArmCode]
    """Of every stage opened so far."""
    ended: bool
    consents: frozenset[StageCode]
    unblinded: frozenset[StageCode]
    """Stages unblinded as planned, with an authorisation."""


def closed_stage(stage: Stage, standing: Standing) -> tuple[Violation, ...]:
    """Return every condition of a stage that a subject does not meet; empty if it is open to them.

    The ONE gate: it follows arms the subject was in, who is on the study still, with the consent and
    the planned unblinding that the protocol asks for first. Texts never name an arm.
    """
    who, before = standing.subject_id, StageCode(stage.after_unblinding_of)
    closed = (
        (bool(stage.after) and standing.arms.isdisjoint(stage.after), "stage_closed"),
        (standing.ended, "subject_ended"),
        (stage.consent and stage.code not in standing.consents, "no_consent"),
        (bool(before) and before not in standing.unblinded, "still_blind"),
    )
    facts = {"stage": stage.code, "before": before or "-"}
    return tuple(violation(f"allocation.{rule}", who, **facts) for shut, rule in closed if shut)
