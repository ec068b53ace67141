"""A subject's part in the trial between enrolment and its end: consents, missed visits, the end."""

from datetime import date

from pharmacy_app.domain import subjects as rules
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.subject import (
    ConsentRecorded,
    SubjectEnded,
    SubjectReinstated,
    VisitMissed,
)
from pharmacy_app.domain.ids import StageCode, SubjectId, VisitCode
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.domain.subjects import Ending, Phase
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.dosing import before_hand_over, stopping
from pharmacy_app.workflows.enrolment import enrolled, protocol_for
from pharmacy_app.workflows.pharmacy import Pharmacy


def phase(pharmacy: Pharmacy, subject_id: str) -> Phase:
    """Return where a subject stands. Raises Refused ``subject.unknown``."""
    subject = enrolled(pharmacy, subject_id)
    reader, number = pharmacy.reader, subject.subject_id
    given = {
        line.visit
        for line in dose_queries.of_subject(reader, number)
        if line.handed_over_at is not None and line.step is not Step.STOPPED and not line.returned
    }
    return rules.phase(
        pharmacy.trial.stages,
        {found.stage for found in queries.allocations(reader, number)},
        given | set(queries.missed_visits(reader, number)),
        subject.ended,
    )


def end(
    pharmacy: Pharmacy,
    subject_id: str,
    because: Ending,
    on: date,
    reported_by: str,
    *,
    op_id: str = "",
) -> Appended:
    """Record that a subject's part ended; nothing that is theirs in the pharmacy goes on.

    Their doses before hand-over are stopped in the same act: a kit still in storage is free again,
    one that left it is wasted. Doses on the ward still wait for their report. A screen failure may
    be told of somebody who was screened and never enrolled. Raises Refused.
    """
    number = SubjectId(subject_id.strip())
    screened_only = because is Ending.SCREEN_FAILURE and _is_screened_only(pharmacy, number)
    ended = None if screened_only else enrolled(pharmacy, number).ended
    allocated = bool(queries.allocations(pharmacy.reader, number))
    refuse(
        *rules.unlawful_ending(
            number, because, on, pharmacy.today(), allocated=allocated, ended=ended
        ),
        _no_reporter(number, reported_by),
    )
    event = SubjectEnded(subject_id=number, because=because, on=on, reported_by=reported_by.strip())
    stopped = [
        stop
        for dose in before_hand_over(pharmacy, number)
        for stop in stopping(dose, "", ("subject.ended",))
    ]
    return pharmacy.record(Task.END_SUBJECT, event, *stopped, op_id=op_id)


def _is_screened_only(pharmacy: Pharmacy, number: SubjectId) -> bool:
    screened = queries.screening(pharmacy.reader, number)
    if screened is None or queries.subject(pharmacy.reader, number) is not None:
        return False
    if screened.failed_on is not None:
        raise Refused([violation("subject.screening_failed", number, on=screened.failed_on)])
    return True


def reinstate(
    pharmacy: Pharmacy,
    subject_id: str,
    reported_by: str,
    reason: str,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Take back an ending that was recorded in error; what it stopped stays stopped. Signed.

    Raises Refused without a reason, or where nothing ended.
    """
    subject = enrolled(pharmacy, subject_id)
    refuse(
        violation("subject.not_ended", subject.subject_id) if subject.ended is None else None,
        _no_reporter(subject.subject_id, reported_by),
        None if reason.strip() else violation("subject.reinstate_reason", subject.subject_id),
    )
    event = SubjectReinstated(subject_id=subject.subject_id, reported_by=reported_by.strip())
    return pharmacy.record(
        Task.REINSTATE_SUBJECT,
        event,
        credentials=[credential],
        reason=reason.strip(),
        op_id=op_id,
    )


def record_consent(
    pharmacy: Pharmacy,
    subject_id: str,
    stage: StageCode,
    on: date,
    reference: str,
    *,
    given: bool,
    op_id: str = "",
) -> Appended:
    """Record a subject's consent to a stage, or that it was taken back.

    Raises Refused for a stage that asks for none, a day to come, or nothing to take back.
    """
    subject = enrolled(pharmacy, subject_id)
    standing = {
        one.stage: one.given for one in queries.consents(pharmacy.reader, subject.subject_id)
    }
    refuse(
        None
        if stage in {one.code for one in pharmacy.trial.stages if one.consent}
        else violation("consent.not_asked", subject.subject_id, stage=stage),
        violation("subject.ends_later", subject.subject_id, on=on, today=pharmacy.today())
        if on > pharmacy.today()
        else None,
        violation("consent.same", subject.subject_id, stage=stage)
        if standing.get(stage, False) == given
        else None,
        None if reference.strip() else violation("consent.no_reference", subject.subject_id),
    )
    event = ConsentRecorded(
        subject_id=subject.subject_id, stage=stage, given=given, on=on, reference=reference.strip()
    )
    return pharmacy.record(Task.ENROL, event, op_id=op_id)


def miss_visit(
    pharmacy: Pharmacy, subject_id: str, visit: str, because: str, *, op_id: str = ""
) -> Appended:
    """Record that a visit's dose will not be given. Raises Refused if a dose is there, or twice."""
    subject = enrolled(pharmacy, subject_id)
    try:
        _, known = protocol_for(pharmacy, subject).trial.visit(VisitCode(visit))
    except LookupError as error:
        raise Refused([violation("visit.unknown", visit)]) from error
    lines = dose_queries.at_visit(pharmacy.reader, subject.subject_id, known.code)
    live = [line for line in lines if line.step is not Step.STOPPED and not line.returned]
    missed = queries.missed_visits(pharmacy.reader, subject.subject_id)
    refuse(
        violation("visit.dose_there", known.code, dose=live[0].dose_id) if live else None,
        None if known.scheduled else violation("visit.not_scheduled", known.code),
        violation("visit.missed_before", known.code) if known.code in missed else None,
        None if because.strip() else violation("visit.missed_reason", known.code),
    )
    event = VisitMissed(subject_id=subject.subject_id, visit=known.code, because=because.strip())
    return pharmacy.record(Task.ENROL, event, op_id=op_id)


def _no_reporter(number: SubjectId, reported_by: str) -> Violation | None:
    return None if reported_by.strip() else violation("subject.no_reporter", number)
