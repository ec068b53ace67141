"""The allocation of one subject: what was opened for whom, and when it may be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.ids import ArmCode, StageCode, SubjectId
from pharmacy_app.domain.refusal import Violation, violation


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


def closed_stage(
    subject: SubjectId, stage_after: Collection[ArmCode], earlier: Collection[ArmCode]
) -> Violation | None:
    """Return why a later stage is not open to a subject: it follows arms the subject was not in."""
    if not stage_after or set(stage_after) & set(earlier):
        return None
    return violation("allocation.stage_closed", subject)
