"""Enrolling a subject and opening their sealed allocation."""

from collections.abc import Sequence

from pharmacy_app.domain import allocation as rules
from pharmacy_app.domain.allocation import Allocation
from pharmacy_app.domain.events.subject import (
    AllocationOpened,
    AllocationRefused,
    SubjectEnrolled,
    SubjectScreened,
)
from pharmacy_app.domain.ids import ArmCode, StageCode, SubjectId
from pharmacy_app.domain.package import SealedEntry, SitePackage
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.domain.subjects import unlawful_number
from pharmacy_app.domain.trial import Arm, Concealment, Stage, Trial
from pharmacy_app.domain.unblinding import Blinding
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.records.queries.unblinded.subjects import Subject
from pharmacy_app.vault import release_codes
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.pharmacy import Pharmacy


def enrol(
    pharmacy: Pharmacy, subject_id: str, requested_by: str, reference: str, *, op_id: str = ""
) -> Appended:
    """Record the subject that the investigator's blinded request names.

    Raises Refused for a number that is not this site's, is taken, failed its screening, or a request
    without its author.
    """
    number = SubjectId(subject_id.strip())
    screened = queries.screening(pharmacy.reader, number)
    refuse(
        *_unlawful_number(pharmacy, number, requested_by),
        None
        if screened is None or screened.failed_on is None
        else violation("subject.screening_failed", number, on=screened.failed_on),
    )
    event = SubjectEnrolled(
        subject_id=number, requested_by=requested_by.strip(), reference=reference.strip()
    )
    return pharmacy.record(Task.ENROL, event, op_id=op_id)


def screen(
    pharmacy: Pharmacy, subject_id: str, requested_by: str, reference: str, *, op_id: str = ""
) -> Appended:
    """Record somebody who may be enrolled, where the investigator tells the pharmacy ahead.

    Raises Refused as `enrol`, and for a subject who was screened before.
    """
    number = SubjectId(subject_id.strip())
    refuse(
        *_unlawful_number(pharmacy, number, requested_by),
        violation("subject.screened_before", number)
        if queries.screening(pharmacy.reader, number)
        else None,
    )
    event = SubjectScreened(
        subject_id=number, requested_by=requested_by.strip(), reference=reference.strip()
    )
    return pharmacy.record(Task.ENROL, event, op_id=op_id)


def _unlawful_number(
    pharmacy: Pharmacy, number: SubjectId, requested_by: str
) -> tuple[Violation | None, ...]:
    return (
        unlawful_number(number, pharmacy.site),
        violation("subject.enrolled_before", number)
        if queries.subject(pharmacy.reader, number)
        else None,
        None if requested_by.strip() else violation("subject.no_request", number),
    )


def enrolled(pharmacy: Pharmacy, subject_id: str) -> Subject:
    """Return an enrolled subject. Raises Refused ``subject.unknown``."""
    found = queries.subject(pharmacy.reader, SubjectId(subject_id))
    if found is None:
        raise Refused([violation("subject.unknown", subject_id)])
    return found


def protocol_for(pharmacy: Pharmacy, subject: Subject) -> SitePackage:
    """Return the package whose protocol is in force for a subject today."""
    return pharmacy.package_in_force(subject.enrolled_at.astimezone(pharmacy.zone).date())


def allocated(pharmacy: Pharmacy, subject_id: SubjectId, stage: Stage) -> Allocation | None:
    """Return the opened entry that decides a subject's arm in a stage, or None."""
    return queries.allocation(pharmacy.reader, subject_id, stage.list_stage)


def open_allocation(
    pharmacy: Pharmacy,
    subject_id: str,
    stage: StageCode,
    code: str,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Open one sealed entry for one subject, with the code the randomisation desk read out.

    Where the trial conceals by sequence there is no code: the next line of the list is opened.

    A refused opening is recorded, without the code. Raises Refused.
    """
    pharmacy.require(Task.OPEN_ALLOCATION)
    subject = enrolled(pharmacy, subject_id)
    wanted = protocol_for(pharmacy, subject).trial.stage(stage)
    try:
        refuse(
            violation("allocation.no_list", stage, listed=wanted.list_stage)
            if wanted.allocated_in
            else None,
            *rules.closed_stage(wanted, standing(pharmacy, subject)),
            rules.already_opened(
                queries.allocation(pharmacy.reader, subject.subject_id, stage), None
            ),
        )
        entry_id, arm = _opened(pharmacy, wanted, code)
        refuse(
            rules.already_opened(None, queries.owner_of_entry(pharmacy.reader, entry_id)),
            None
            if arm in {known.code for known in wanted.arms}
            else violation("allocation.other_version", entry_id),
        )
    except Refused as refused:
        noted = AllocationRefused(
            subject_id=subject.subject_id, stage=stage, rule=refused.violations[0].rule
        )
        pharmacy.record(Task.READ, noted)
        raise
    event = AllocationOpened(subject_id=subject.subject_id, stage=stage, entry_id=entry_id, arm=arm)
    return pharmacy.record(Task.OPEN_ALLOCATION, event, credentials=[credential], op_id=op_id)


def standing(pharmacy: Pharmacy, subject: Subject) -> rules.Standing:
    """Return what a subject's admission to a stage depends on, as recorded so far."""
    reader, number = pharmacy.reader, subject.subject_id
    told = queries.unblindings(reader, number)
    return rules.Standing(
        subject_id=number,
        arms=frozenset(found.arm for found in queries.allocations(reader, number)),
        ended=subject.ended is not None,
        consents=frozenset(one.stage for one in queries.consents(reader, number) if one.given),
        unblinded=frozenset(one.stage for one in told if one.kind is Blinding.PLANNED),
    )


def _opened(pharmacy: Pharmacy, stage: Stage, code: str) -> tuple[str, ArmCode]:
    sealed = [
        entry
        for package in pharmacy.packages
        for entry in package.entries
        if entry.stage == stage.code
    ]
    if stage.concealment is Concealment.SEQUENTIAL:
        refuse(violation("allocation.sequential", stage.code) if code.strip() else None)
        entry = _next_line(pharmacy, stage.code, sealed)
    else:
        entry = _entry_named(sealed, release_codes.entry_of(code))
    key = pharmacy.session.site_key
    arm = release_codes.open_entry(pharmacy.trial.code, pharmacy.site.code, entry, key, code)
    return entry.entry_id, arm


def _entry_named(sealed: Sequence[SealedEntry], named: str) -> SealedEntry:
    for entry in sealed:
        if entry.entry_id == named:
            return entry
    raise Refused([violation("release_code.unknown_entry", named)])


def _next_line(pharmacy: Pharmacy, stage: StageCode, sealed: Sequence[SealedEntry]) -> SealedEntry:
    """Return the first entry nobody opened. How many are left is told to nobody."""
    opened = queries.opened_entries(pharmacy.reader, stage)
    left = [entry for entry in sealed if entry.entry_id not in opened]
    if not left:
        raise Refused([violation("allocation.list_used_up", stage)])
    return min(left, key=lambda entry: entry.entry_id)


def arm_of(
    pharmacy: Pharmacy, subject_id: SubjectId, stage: StageCode, trial: Trial | None = None
) -> Arm:
    """Return a subject's arm in a stage, by the protocol given or the one in force.

    Raises Refused ``allocation.not_opened``.
    """
    trial = trial or pharmacy.trial
    wanted = trial.stage(stage)
    found = allocated(pharmacy, subject_id, wanted)
    if found is None:
        raise Refused([violation("allocation.not_opened", subject_id, stage=wanted.list_stage)])
    return trial.arm(stage, found.arm)
