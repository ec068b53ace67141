"""Subjects and their opened allocations."""

from pharmacy_app.domain.events import subject as happened
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies, changes_nothing

changes_nothing(happened.AllocationRefused)


@applies(happened.SubjectEnrolled)
def subject_enrolled(db: Database, recorded: Recorded) -> None:
    """Write a subject."""
    event = recorded.told(happened.SubjectEnrolled)
    weight = None if event.weight_kg is None else str(event.weight_kg)
    db.execute(
        "INSERT INTO subject VALUES (?, ?, ?, ?, ?)",
        (
            event.subject_id,
            event.requested_by,
            event.reference,
            weight,
            stamp(recorded.occurred_at),
        ),
    )


@applies(happened.AllocationOpened)
def allocation_opened(db: Database, recorded: Recorded) -> None:
    """Write which entry belongs to whom for ever."""
    event = recorded.told(happened.AllocationOpened)
    db.execute(
        "INSERT INTO allocation VALUES (?, ?, ?, ?, ?)",
        (event.subject_id, event.stage, event.entry_id, event.arm, stamp(recorded.occurred_at)),
    )
