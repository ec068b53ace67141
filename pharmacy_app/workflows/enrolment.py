"""Enrolling a subject and opening their sealed allocation."""

import re

from pharmacy_app.domain import allocation as rules
from pharmacy_app.domain.allocation import Allocation
from pharmacy_app.domain.events.subject import (
    AllocationOpened,
    AllocationRefused,
    SubjectEnrolled,
)
from pharmacy_app.domain.ids import ArmCode, StageCode, SubjectId
from pharmacy_app.domain.package import SealedEntry
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.domain.trial import Arm, Concealment
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

    Raises Refused for a number that is not this site's, is taken, or a request without its author.
    """
    number = SubjectId(subject_id.strip())
    pattern = pharmacy.site.subject_pattern
    refuse(
        None
        if re.fullmatch(pattern, number, re.ASCII)
        else violation("subject.number", number, site=pharmacy.site.code, pattern=pattern),
        violation("subject.enrolled_before", number)
        if queries.subject(pharmacy.reader, number)
        else None,
        None if requested_by.strip() else violation("subject.no_request", number),
    )
    event = SubjectEnrolled(
        subject_id=number, requested_by=requested_by.strip(), reference=reference.strip()
    )
    return pharmacy.record(Task.ENROL, event, op_id=op_id)


def enrolled(pharmacy: Pharmacy, subject_id: str) -> Subject:
    """Return an enrolled subject. Raises Refused ``subject.unknown``."""
    found = queries.subject(pharmacy.reader, SubjectId(subject_id))
    if found is None:
        raise Refused([violation("subject.unknown", subject_id)])
    return found


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
    wanted = pharmacy.trial.stage(stage)
    earlier = [found.arm for found in queries.allocations(pharmacy.reader, subject.subject_id)]
    try:
        refuse(
            rules.closed_stage(subject.subject_id, wanted.after, earlier),
            rules.already_opened(
                queries.allocation(pharmacy.reader, subject.subject_id, stage), None
            ),
        )
        entry_id, arm = _opened(pharmacy, stage, code)
        refuse(rules.already_opened(None, queries.owner_of_entry(pharmacy.reader, entry_id)))
    except Refused as refused:
        noted = AllocationRefused(
            subject_id=subject.subject_id, stage=stage, rule=refused.violations[0].rule
        )
        pharmacy.record(Task.READ, noted)
        raise
    event = AllocationOpened(subject_id=subject.subject_id, stage=stage, entry_id=entry_id, arm=arm)
    return pharmacy.record(Task.OPEN_ALLOCATION, event, credentials=[credential], op_id=op_id)


def _opened(pharmacy: Pharmacy, stage: StageCode, code: str) -> tuple[str, ArmCode]:
    package = pharmacy.package
    if package.trial.stage(stage).concealment is Concealment.SEQUENTIAL:
        refuse(violation("allocation.sequential", stage) if code.strip() else None)
        entry = _next_line(pharmacy, stage)
    else:
        entry = _entry_named(pharmacy, stage, release_codes.entry_of(code))
    key = pharmacy.session.site_key
    arm = release_codes.open_entry(package.trial.code, package.site, entry, key, code)
    return entry.entry_id, arm


def _entry_named(pharmacy: Pharmacy, stage: StageCode, named: str) -> SealedEntry:
    for entry in pharmacy.package.entries:
        if entry.entry_id == named and entry.stage == stage:
            return entry
    raise Refused([violation("release_code.unknown_entry", named)])


def _next_line(pharmacy: Pharmacy, stage: StageCode) -> SealedEntry:
    """Return the first entry nobody opened. How many are left is told to nobody."""
    opened = queries.opened_entries(pharmacy.reader, stage)
    left = [
        entry
        for entry in pharmacy.package.entries
        if entry.stage == stage and entry.entry_id not in opened
    ]
    if not left:
        raise Refused([violation("allocation.list_used_up", stage)])
    return min(left, key=lambda entry: entry.entry_id)


def arm_of(pharmacy: Pharmacy, subject_id: SubjectId, stage: StageCode) -> Arm:
    """Return a subject's arm in a stage. Raises Refused ``allocation.not_opened``."""
    found: Allocation | None = queries.allocation(pharmacy.reader, subject_id, stage)
    if found is None:
        raise Refused([violation("allocation.not_opened", subject_id, stage=stage)])
    return pharmacy.trial.arm(stage, found.arm)
