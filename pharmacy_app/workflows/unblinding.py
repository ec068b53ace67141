"""Unblinding: planned on an authorisation, in an emergency, or by accident, each on record."""

from datetime import datetime

from pharmacy_app.domain.allocation import Allocation
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.unblinding import (
    AccidentallyUnblinded,
    UnblindedAsPlanned,
    UnblindingRefused,
)
from pharmacy_app.domain.ids import StageCode, SubjectId
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.domain.unblinding import Blinding, blinding, too_early
from pharmacy_app.exchange.notices import UnblindingAuthorised
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.vault import release_codes
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.dosing import anchor_of
from pharmacy_app.workflows.enrolment import enrolled, protocol_for
from pharmacy_app.workflows.notices import told_by
from pharmacy_app.workflows.pharmacy import Pharmacy

EARLY = "unblinding.early"


def state(pharmacy: Pharmacy, subject_id: SubjectId, stage: StageCode) -> Blinding:
    """Return whether a subject is blind in a stage, or how they were unblinded."""
    return blinding(queries.unblindings(pharmacy.reader, subject_id), stage)


def unblind_by_code(
    pharmacy: Pharmacy,
    subject_id: str,
    stage: StageCode,
    code: str,
    credential: Credential,
    *,
    early: str = "",
    op_id: str = "",
) -> Appended:
    """Unblind a subject's stage as planned, with the code the randomisation desk read out.

    ``early`` is the reason for doing it before the protocol's day, where the protocol takes one; it
    becomes a deviation. A refused try is recorded, without the code. Raises Refused.
    """
    allocation = _opened(pharmacy, subject_id, stage)
    try:
        _may_be_unblinded(pharmacy, allocation, early)
        _prove(pharmacy, allocation, code)
    except Refused as refused:
        _note_refused(pharmacy, allocation, refused)
        raise
    authorisation = f"code {allocation.entry_id}"
    return _record(pharmacy, allocation, authorisation, credential, early, op_id)


def unblind_by_notice(
    pharmacy: Pharmacy,
    subject_id: str,
    stage: StageCode,
    notice: bytes,
    credential: Credential,
    *,
    early: str = "",
    op_id: str = "",
) -> Appended:
    """Unblind a subject's stage as planned, on a notice that the sponsor signed.

    ``early`` as in `unblind_by_code`. A refused try is recorded. Raises Refused, also for a notice
    about another subject or stage.
    """
    allocation = _opened(pharmacy, subject_id, stage)
    try:
        _may_be_unblinded(pharmacy, allocation, early)
        told = told_by(pharmacy, notice, UnblindingAuthorised)
        found = f"{told.subject_id} · {told.stage}"
        wanted = f"{allocation.subject_id} · {stage}"
        refuse(None if found == wanted else violation("notice.about_another", wanted, found=found))
    except Refused as refused:
        _note_refused(pharmacy, allocation, refused)
        raise
    return _record(pharmacy, allocation, f"notice {told.reference}", credential, early, op_id)


def note_accident(
    pharmacy: Pharmacy,
    subject_id: str,
    stage: StageCode,
    *,
    who: str,
    how: str,
    noticed_at: datetime,
    op_id: str = "",
) -> Appended:
    """Record that somebody who should be blind learnt, or may have learnt, a subject's arm.

    ``noticed_at`` is UTC. Raises Refused without who and how, or for a time to come.
    """
    allocation = _opened(pharmacy, subject_id, stage)
    number = allocation.subject_id
    refuse(
        None if who.strip() and how.strip() else violation("unblinding.who_and_how", number),
        violation("unblinding.noticed_later", number, noticed=noticed_at, now=pharmacy.now())
        if noticed_at > pharmacy.now()
        else None,
    )
    event = AccidentallyUnblinded(
        subject_id=number, stage=stage, who=who.strip(), how=how.strip(), noticed_at=noticed_at
    )
    return pharmacy.record(Task.NOTE_UNBLINDING, event, op_id=op_id)


def _opened(pharmacy: Pharmacy, subject_id: str, stage: StageCode) -> Allocation:
    subject = enrolled(pharmacy, subject_id)
    found = queries.allocation(pharmacy.reader, subject.subject_id, stage)
    if found is None:
        raise Refused([violation("allocation.not_opened", subject.subject_id, stage=stage)])
    return found


def not_yet(
    pharmacy: Pharmacy, subject_id: SubjectId, code: StageCode, early: str = ""
) -> Violation | None:
    """Return why a stage is not to be unblinded as planned yet: `unblinding.too_early` of the subject.

    Its fact ``first`` is the day; ``early`` is the reason for doing it before, where that is lawful.
    """
    subject = enrolled(pharmacy, subject_id)
    stage = protocol_for(pharmacy, subject).trial.stage(code)
    at = stage.unblinded_from and anchor_of(pharmacy, subject_id, stage.unblinded_from.anchor)
    anchor = (at or subject.enrolled_at).astimezone(pharmacy.zone).date()
    return too_early(stage, subject_id, anchor, pharmacy.today(), early)


def _may_be_unblinded(pharmacy: Pharmacy, allocation: Allocation, early: str) -> None:
    _still_blind(pharmacy, allocation)
    refuse(not_yet(pharmacy, allocation.subject_id, allocation.stage, early))


def _still_blind(pharmacy: Pharmacy, allocation: Allocation) -> None:
    told = queries.unblindings(pharmacy.reader, allocation.subject_id)
    before = [one for one in told if one.stage == allocation.stage and one.kind is Blinding.PLANNED]
    if before:
        raise Refused([violation("unblinding.done_before", allocation.subject_id, at=before[0].at)])


def _prove(pharmacy: Pharmacy, allocation: Allocation, code: str) -> None:
    """Open what only the desk's code for this very entry opens."""
    place = release_codes.unblinding_stage(allocation.stage)
    for package in pharmacy.packages:
        for sealed in package.unblindings:
            if (sealed.stage, sealed.entry_id) == (place, allocation.entry_id):
                key = pharmacy.session.site_key
                release_codes.open_entry(package.trial.code, package.site, sealed, key, code)
                return
    raise Refused([violation("unblinding.no_code", allocation.subject_id, stage=allocation.stage)])


def _note_refused(pharmacy: Pharmacy, allocation: Allocation, refused: Refused) -> None:
    event = UnblindingRefused(
        subject_id=allocation.subject_id,
        stage=allocation.stage,
        rule=refused.violations[0].rule,
    )
    pharmacy.record(Task.READ, event)


def _record(
    pharmacy: Pharmacy,
    allocation: Allocation,
    authorisation: str,
    credential: Credential,
    early: str,
    op: str,
) -> Appended:
    subject_id, stage = allocation.subject_id, allocation.stage
    events: list[Event] = [
        UnblindedAsPlanned(subject_id=subject_id, stage=stage, authorisation=authorisation)
    ]
    before_its_day = not_yet(pharmacy, subject_id, stage) is not None
    if before_its_day:
        events.append(pharmacy.deviation(f"subject/{subject_id}", EARLY))
    reason = early.strip() if before_its_day else ""
    return pharmacy.record(Task.UNBLIND, *events, credentials=[credential], op_id=op, reason=reason)
