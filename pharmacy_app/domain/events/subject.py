"""Subjects: enrolment and the opening of their sealed allocation."""

from decimal import Decimal

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import ArmCode, StageCode, SubjectId


class SubjectEnrolled(Event, frozen=True, kw_only=True, tag="subject.enrolled.1"):
    """The investigator's blinded request named a subject."""

    subject_id: SubjectId
    requested_by: str
    reference: str
    weight_kg: Decimal | None = None

    @property
    def about(self) -> str:
        """Return ``subject/<id>``."""
        return f"subject/{self.subject_id}"


class AllocationOpened(Event, frozen=True, kw_only=True, tag="subject.allocation_opened.1"):
    """One sealed entry was opened for this subject and is bound to them for ever."""

    subject_id: SubjectId
    stage: StageCode
    entry_id: str
    arm: ArmCode

    @property
    def about(self) -> str:
        """Return ``subject/<id>``."""
        return f"subject/{self.subject_id}"


class AllocationRefused(Event, frozen=True, kw_only=True, tag="subject.allocation_refused.1"):
    """An opening was tried and refused; the code itself is not kept."""

    subject_id: SubjectId
    stage: StageCode
    rule: str

    @property
    def about(self) -> str:
        """Return ``subject/<id>``."""
        return f"subject/{self.subject_id}"
