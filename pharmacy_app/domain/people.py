"""People: roles, what each may do, and which acts need whose signature."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import Violation, violation


class Role(StrEnum):
    """Duties a person may be delegated. Every one of them may see arms: there are no others here."""

    PHARMACIST = "pharmacist"
    CHECKER = "checker"
    MONITOR = "monitor"
    ADMINISTRATOR = "administrator"


class Task(StrEnum):
    """Everything somebody needs a right for."""

    READ = "read"
    RECEIVE = "receive"
    SIGN_RECEIPT = "sign_receipt"
    STOW = "stow"
    MOVE_KITS = "move_kits"
    CHECK_STORAGE = "check_storage"
    COUNT = "count"
    CLOSE_COUNT = "close_count"
    RESOLVE_COUNT = "resolve_count"
    SIGN_OFF_COUNT = "sign_off_count"
    FIND_KIT = "find_kit"
    DECIDE_QUARANTINE = "decide_quarantine"
    RECALL_LOT = "recall_lot"
    EXTEND_EXPIRY = "extend_expiry"
    APPLY_OVERLABELS = "apply_overlabels"
    PROMISE_READINESS = "promise_readiness"
    ENROL = "enrol"
    OPEN_ALLOCATION = "open_allocation"
    END_SUBJECT = "end_subject"
    REINSTATE_SUBJECT = "reinstate_subject"
    UNBLIND = "unblind"
    BREAK_CODE = "break_code"
    BREAK_CODE_WITNESSED = "break_code_witnessed"
    NOTE_UNBLINDING = "note_unblinding"
    PREPARE = "prepare"
    CHECK = "check"
    VERIFY_LATER = "verify_later"
    LABEL = "label"
    REPRINT = "reprint"
    HAND_OVER = "hand_over"
    REPORT_INFUSION = "report_infusion"
    REPORT_WRONG_KIT = "report_wrong_kit"
    RAISE_DEVIATION = "raise_deviation"
    CLOSE_DEVIATION = "close_deviation"
    WASTE_KIT = "waste_kit"
    WASTE_KIT_WITNESSED = "waste_kit_witnessed"
    KEEP_RESERVE = "keep_reserve"
    LIST_KITS = "list_kits"
    AUTHORISE_DISPOSAL = "authorise_disposal"
    DESTROY_KITS = "destroy_kits"
    SEND_KITS = "send_kits"
    CLOSE_ACCOUNT = "close_account"
    ADD_PERSON = "add_person"
    IMPORT_PACKAGE = "import_package"
    AMEND_PROTOCOL = "amend_protocol"
    ADD_STORAGE = "add_storage"
    BACK_UP = "back_up"
    NOTE_CLOCK = "note_clock"


_BENCH = frozenset({Role.PHARMACIST})
_BOTH = frozenset({Role.PHARMACIST, Role.CHECKER})

RIGHTS: dict[Task, frozenset[Role]] = {
    Task.READ: frozenset(Role),
    Task.RECEIVE: _BENCH,
    Task.SIGN_RECEIPT: _BENCH,
    Task.STOW: _BOTH,
    Task.MOVE_KITS: _BOTH,
    Task.CHECK_STORAGE: _BOTH,
    Task.COUNT: _BOTH,
    Task.CLOSE_COUNT: _BOTH,
    Task.RESOLVE_COUNT: _BENCH,
    Task.SIGN_OFF_COUNT: _BENCH,
    Task.FIND_KIT: _BOTH,
    Task.DECIDE_QUARANTINE: _BENCH,
    Task.RECALL_LOT: _BENCH,
    Task.EXTEND_EXPIRY: _BENCH,
    Task.APPLY_OVERLABELS: _BOTH,
    Task.PROMISE_READINESS: _BENCH,
    Task.ENROL: _BENCH,
    Task.OPEN_ALLOCATION: _BENCH,
    Task.END_SUBJECT: _BENCH,
    Task.REINSTATE_SUBJECT: _BENCH,
    Task.UNBLIND: _BENCH,
    Task.BREAK_CODE: _BOTH,
    Task.BREAK_CODE_WITNESSED: _BOTH,
    Task.NOTE_UNBLINDING: _BOTH,
    Task.PREPARE: _BENCH,
    Task.CHECK: _BOTH,
    Task.VERIFY_LATER: _BOTH,
    Task.LABEL: _BENCH,
    Task.REPRINT: _BENCH,
    Task.HAND_OVER: _BENCH,
    Task.REPORT_INFUSION: _BOTH,
    Task.REPORT_WRONG_KIT: _BENCH,
    Task.RAISE_DEVIATION: _BOTH,
    Task.CLOSE_DEVIATION: _BENCH,
    Task.WASTE_KIT: _BOTH,
    Task.WASTE_KIT_WITNESSED: _BOTH,
    Task.KEEP_RESERVE: _BENCH,
    Task.LIST_KITS: _BENCH,
    Task.AUTHORISE_DISPOSAL: _BENCH,
    Task.DESTROY_KITS: _BOTH,
    Task.SEND_KITS: _BENCH,
    Task.CLOSE_ACCOUNT: _BENCH,
    Task.ADD_PERSON: frozenset({Role.ADMINISTRATOR}),
    Task.IMPORT_PACKAGE: frozenset({Role.ADMINISTRATOR}),
    Task.AMEND_PROTOCOL: frozenset({Role.ADMINISTRATOR}),
    Task.ADD_STORAGE: frozenset({Role.ADMINISTRATOR}),
    Task.BACK_UP: frozenset({Role.ADMINISTRATOR, Role.PHARMACIST}),
    Task.NOTE_CLOCK: frozenset({Role.ADMINISTRATOR, Role.PHARMACIST}),
}
"""Which roles may do which task (product: People)."""

SIGNATURES: dict[Task, tuple[Meaning, ...]] = {
    Task.SIGN_RECEIPT: (Meaning.RECEIVED,),
    Task.MOVE_KITS: (Meaning.REPORTED,),
    Task.CLOSE_COUNT: (Meaning.REPORTED,),
    Task.RESOLVE_COUNT: (Meaning.AUTHORISED,),
    Task.SIGN_OFF_COUNT: (Meaning.REVIEWED,),
    Task.FIND_KIT: (Meaning.REPORTED,),
    Task.DECIDE_QUARANTINE: (Meaning.AUTHORISED,),
    Task.RECALL_LOT: (Meaning.AUTHORISED,),
    Task.EXTEND_EXPIRY: (Meaning.AUTHORISED,),
    Task.APPLY_OVERLABELS: (Meaning.PREPARED, Meaning.VERIFIED),
    Task.PROMISE_READINESS: (Meaning.AUTHORISED,),
    Task.OPEN_ALLOCATION: (Meaning.AUTHORISED,),
    Task.REINSTATE_SUBJECT: (Meaning.AUTHORISED,),
    Task.UNBLIND: (Meaning.AUTHORISED,),
    Task.BREAK_CODE: (Meaning.AUTHORISED,),
    Task.BREAK_CODE_WITNESSED: (Meaning.AUTHORISED, Meaning.WITNESSED),
    Task.CHECK: (Meaning.PREPARED, Meaning.VERIFIED),
    Task.REPRINT: (Meaning.VERIFIED,),
    Task.VERIFY_LATER: (Meaning.VERIFIED,),
    Task.HAND_OVER: (Meaning.RELEASED,),
    Task.REPORT_WRONG_KIT: (Meaning.AUTHORISED,),
    Task.CLOSE_DEVIATION: (Meaning.AUTHORISED,),
    Task.WASTE_KIT: (Meaning.AUTHORISED,),
    Task.WASTE_KIT_WITNESSED: (Meaning.AUTHORISED, Meaning.WITNESSED),
    Task.KEEP_RESERVE: (Meaning.AUTHORISED,),
    Task.AUTHORISE_DISPOSAL: (Meaning.AUTHORISED,),
    Task.DESTROY_KITS: (Meaning.AUTHORISED, Meaning.WITNESSED),
    Task.SEND_KITS: (Meaning.RELEASED,),
    Task.CLOSE_ACCOUNT: (Meaning.REVIEWED,),
    Task.ADD_PERSON: (Meaning.AUTHORISED,),
    Task.AMEND_PROTOCOL: (Meaning.AUTHORISED,),
    Task.NOTE_CLOCK: (Meaning.AUTHORISED,),
}
"""The signatures, in order, without which a task is not recorded."""

_SIGNER_RIGHTS: dict[Meaning, Task] = {
    Meaning.PREPARED: Task.PREPARE,
    Meaning.VERIFIED: Task.CHECK,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    person_id: PersonId
    printed_name: str
    roles: frozenset[Role]
    public_key: bytes


def may(person: Person, task: Task) -> bool:
    """Return whether a person has the right to a task."""
    return not RIGHTS[task].isdisjoint(person.roles)


def missing_right(person: Person, task: Task) -> Violation | None:
    """Return the violation of somebody without the right, naming who has it."""
    if may(person, task):
        return None
    return violation(
        "people.no_right",
        person.printed_name,
        task=f"task.{task}",
        roles=_listed(person.roles),
        allowed=_listed(RIGHTS[task]),
    )


def missing_signer_right(signer: Person, task: Task, meaning: Meaning) -> Violation | None:
    """Return the violation of a signer who may not give this signature.

    Who prepared needs the right to prepare, who verified the right to check; any other signature
    carries the task itself, so its signer needs the task's right as the person at the desk does.
    """
    return missing_right(signer, _SIGNER_RIGHTS.get(meaning, task))


def same_person(first: PersonId, second: PersonId, name: str) -> Violation | None:
    """Return the violation of somebody who would check their own work."""
    return violation("people.same_person", name) if first == second else None


def name_key(name: str) -> str:
    """Return what of a printed name tells people apart: not width, capitals or spaces."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _listed(roles: frozenset[Role]) -> str:
    return ", ".join(f"role.{role}" for role in sorted(roles))
