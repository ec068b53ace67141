"""Unblinding: planned for a subject and stage, in an emergency, or by accident."""

from datetime import datetime

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import StageCode, SubjectId
from pharmacy_app.domain.unblinding import Category


class UnblindingEvent(Event, frozen=True, kw_only=True):
    """Something that tells, or told, a subject's arm."""

    subject_id: SubjectId

    @property
    def about(self) -> str:
        """Return ``subject/<id>``."""
        return f"subject/{self.subject_id}"


class UnblindedAsPlanned(UnblindingEvent, frozen=True, kw_only=True, tag="unblinding.planned.1"):
    """A stage was unblinded for one subject on the sponsor's authorisation."""

    stage: StageCode
    authorisation: str


class UnblindingRefused(UnblindingEvent, frozen=True, kw_only=True, tag="unblinding.refused.1"):
    """A planned unblinding was tried and refused; a code is not kept."""

    stage: StageCode
    rule: str


class CodeBroken(UnblindingEvent, frozen=True, kw_only=True, tag="unblinding.emergency.1"):
    """The code of one subject was broken in an emergency; the sealed letter is an attachment."""

    stages: tuple[StageCode, ...]
    category: Category
    because: str
    requester: str
    requester_role: str
    letter: str


class CodeBreakRehearsed(UnblindingEvent, frozen=True, kw_only=True, tag="unblinding.rehearsed.1"):
    """The way to a code break was walked for practice; nothing was told to anybody."""

    requester: str


class AccidentallyUnblinded(
    UnblindingEvent, frozen=True, kw_only=True, tag="unblinding.accidental.1"
):
    """Somebody who should be blind learnt, or may have learnt, a subject's arm."""

    stage: StageCode
    who: str
    how: str
    noticed_at: datetime
