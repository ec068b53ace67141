"""Subjects: screening, enrolment, opened allocations, consents, missed visits, unblindings, the end."""

from pharmacy_app.domain.events import subject as happened
from pharmacy_app.domain.events import unblinding
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.ids import StageCode, SubjectId
from pharmacy_app.domain.signing import stamp
from pharmacy_app.domain.subjects import Ending
from pharmacy_app.domain.unblinding import Blinding
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies, changes_nothing

changes_nothing(
    happened.AllocationRefused, unblinding.UnblindingRefused, unblinding.CodeBreakRehearsed
)


@applies(happened.SubjectScreened)
def subject_screened(db: Database, recorded: Recorded) -> None:
    """Write somebody who may be enrolled."""
    event = recorded.told(happened.SubjectScreened)
    db.execute(
        "INSERT INTO screening VALUES (?, ?, ?, ?, NULL)",
        (event.subject_id, event.requested_by, event.reference, stamp(recorded.occurred_at)),
    )


@applies(happened.SubjectEnrolled)
def subject_enrolled(db: Database, recorded: Recorded) -> None:
    """Write a subject."""
    event = recorded.told(happened.SubjectEnrolled)
    weight = None if event.weight_kg is None else str(event.weight_kg)
    db.execute(
        "INSERT INTO subject (subject_id, requested_by, reference, weight_kg, enrolled_at)"
        " VALUES (?, ?, ?, ?, ?)",
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


@applies(happened.SubjectEnded)
def subject_ended(db: Database, recorded: Recorded) -> None:
    """Write how a subject's part ended; a screen failure may have been enrolled or not."""
    event = recorded.told(happened.SubjectEnded)
    on = event.on.isoformat()
    db.execute(
        "UPDATE subject SET ended_because = ?, ended_on = ? WHERE subject_id = ?",
        (event.because, on, event.subject_id),
    )
    if event.because is Ending.SCREEN_FAILURE:
        db.execute(
            "UPDATE screening SET failed_on = ? WHERE subject_id = ?", (on, event.subject_id)
        )


@applies(happened.SubjectReinstated)
def subject_reinstated(db: Database, recorded: Recorded) -> None:
    """Take an ending back; it stays in the ledger."""
    event = recorded.told(happened.SubjectReinstated)
    db.execute(
        "UPDATE subject SET ended_because = NULL, ended_on = NULL WHERE subject_id = ?",
        (event.subject_id,),
    )
    db.execute("UPDATE screening SET failed_on = NULL WHERE subject_id = ?", (event.subject_id,))


@applies(happened.ConsentRecorded)
def consent_recorded(db: Database, recorded: Recorded) -> None:
    """Write where a subject's consent to a stage stands."""
    event = recorded.told(happened.ConsentRecorded)
    db.execute(
        "INSERT INTO consent VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (subject_id, stage)"
        " DO UPDATE SET given = ?3, dated = ?4, reference = ?5",
        (event.subject_id, event.stage, int(event.given), event.on.isoformat(), event.reference),
    )


@applies(happened.VisitMissed)
def visit_missed(db: Database, recorded: Recorded) -> None:
    """Write a visit whose dose will not be given."""
    event = recorded.told(happened.VisitMissed)
    db.execute(
        "INSERT INTO missed_visit VALUES (?, ?, ?)", (event.subject_id, event.visit, event.because)
    )


@applies(unblinding.UnblindedAsPlanned)
def unblinded_as_planned(db: Database, recorded: Recorded) -> None:
    """Write that a stage was unblinded on an authorisation."""
    event = recorded.told(unblinding.UnblindedAsPlanned)
    _note(db, recorded, event.subject_id, event.stage, Blinding.PLANNED, event.authorisation)


@applies(unblinding.CodeBroken)
def code_broken(db: Database, recorded: Recorded) -> None:
    """Write every stage that the letter told of."""
    event = recorded.told(unblinding.CodeBroken)
    for stage in event.stages:
        _note(db, recorded, event.subject_id, stage, Blinding.EMERGENCY, event.category)


@applies(unblinding.AccidentallyUnblinded)
def accidentally_unblinded(db: Database, recorded: Recorded) -> None:
    """Write that somebody may have learnt an arm."""
    event = recorded.told(unblinding.AccidentallyUnblinded)
    _note(db, recorded, event.subject_id, event.stage, Blinding.ACCIDENTAL, event.who)


def _note(
    db: Database,
    recorded: Recorded,
    subject: SubjectId,
    stage: StageCode,
    kind: Blinding,
    reference: str,
) -> None:
    db.execute(
        "INSERT INTO unblinding VALUES (?, ?, ?, ?, ?, ?)",
        (recorded.seq, subject, stage, kind, reference, stamp(recorded.occurred_at)),
    )
