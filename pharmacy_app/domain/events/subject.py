"""Subjects: screening, enrolment, the opening of their sealed allocation, consents, their end."""

from datetime import date
from decimal import Decimal

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import ArmCode, StageCode, SubjectId, VisitCode
from pharmacy_app.domain.subjects import Ending


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


class SubjectScreened(Event, frozen=True, kw_only=True, tag="subject.screened.1"):
    """The investigator named somebody who may be enrolled; nothing is allocated yet."""

    subject_id: SubjectId
    requested_by: str
    reference: str

    @property
    def about(self) -> str:
        """Return ``subject/<id>``."""
        return f"subject/{self.subject_id}"


class SubjectEnded(Event, frozen=True, kw_only=True, tag="subject.ended.1"):
    """The subject's part ended on a day; no dose is begun for them from here on."""

    subject_id: SubjectId
    because: Ending
    on: date
    reported_by: str

    @property
    def about(self) -> str:
        """Return ``subject/<id>``."""
        return f"subject/{self.subject_id}"


class SubjectReinstated(Event, frozen=True, kw_only=True, tag="subject.reinstated.1"):
    """An ending was recorded in error; the act's reason says how that is known."""

    subject_id: SubjectId
    reported_by: str

    @property
    def about(self) -> str:
        """Return ``subject/<id>``."""
        return f"subject/{self.subject_id}"


class ConsentRecorded(Event, frozen=True, kw_only=True, tag="subject.consent_recorded.1"):
    """A consent to a stage was given, or taken back, on a day."""

    subject_id: SubjectId
    stage: StageCode
    given: bool
    on: date
    reference: str

    @property
    def about(self) -> str:
        """Return ``subject/<id>``."""
        return f"subject/{self.subject_id}"


class VisitMissed(Event, frozen=True, kw_only=True, tag="subject.visit_missed.1"):
    """A visit's dose will not be given; a later dose of the visit, where lawful, mends it."""

    subject_id: SubjectId
    visit: VisitCode
    because: str

    @property
    def about(self) -> str:
        """Return ``subject/<id>``."""
        return f"subject/{self.subject_id}"
