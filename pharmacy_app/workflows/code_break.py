"""The emergency code break: one subject, offline, at any hour, told in a letter and on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.unblinding_letter import StageTold, UnblindingLetter
from pharmacy_app.domain.blinding import BlindedNotice
from pharmacy_app.domain.events.envelope import Event, Recorded
from pharmacy_app.domain.events.unblinding import CodeBreakRehearsed, CodeBroken
from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.people import Task, same_person
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.domain.trial import FurtherDosing, Text
from pharmacy_app.domain.unblinding import Category
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.wording import term
from pharmacy_app.workflows.dosing import before_hand_over, stopping
from pharmacy_app.workflows.enrolment import enrolled
from pharmacy_app.workflows.papers import standing
from pharmacy_app.workflows.pharmacy import Pharmacy

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for the code of a subject to be broken, and why."""

    requester: str
    requester_role: str
    category: Category
    because: str


@dataclass(frozen=True, slots=True)
class BrokenCode:
    """The papers of a code break: the letter for the requester, the notice for the sponsor."""

    letter: Paper
    notice: Paper


def check_request(pharmacy: Pharmacy, subject_id: str, request: Request) -> None:
    """Raise Refused with everything that a request lacks, before anybody is asked to sign."""
    number = enrolled(pharmacy, subject_id).subject_id
    refuse(
        *_incomplete(number, request),
        None
        if queries.allocations(pharmacy.reader, number)
        else violation("unblinding.nothing_opened", number),
    )


def break_code(
    pharmacy: Pharmacy,
    subject_id: str,
    request: Request,
    credentials: Sequence[Credential],
    *,
    op_id: str = "",
) -> BrokenCode:
    """Break the code of one subject in every stage that is open to them.

    One signature is enough, for it is an emergency; a second person witnesses where there is one.
    The letter is kept with the act. Where the trial says so, doses in the pharmacy are stopped in
    the same act. Raises Refused.
    """
    task = Task.BREAK_CODE if len(credentials) == 1 else Task.BREAK_CODE_WITNESSED
    pharmacy.require(task)
    subject = enrolled(pharmacy, subject_id)
    number = subject.subject_id
    check_request(pharmacy, number, request)
    told = _told(pharmacy, number)
    people = [pharmacy.person_named(one.person_id) for one in credentials]
    refuse(
        same_person(people[0].person_id, people[1].person_id, people[1].printed_name)
        if len(people) > 1
        else None,
    )
    names = [person.printed_name for person in people]
    letter = _letter(pharmacy, number, request, told, names)
    event = CodeBroken(
        subject_id=number,
        stages=tuple(found.stage for found in queries.allocations(pharmacy.reader, number)),
        category=request.category,
        because=request.because.strip(),
        requester=request.requester.strip(),
        requester_role=request.requester_role.strip(),
        letter=letter.sha256,
    )
    pharmacy.record(
        task,
        event,
        *_stopped(pharmacy, number),
        credentials=credentials,
        attachments=[Attachment(PDF, letter.pdf)],
        op_id=op_id,
    )
    return BrokenCode(letter, _notice(pharmacy, number, request, names, pharmacy.now()))


def rehearse(pharmacy: Pharmacy, subject_id: str, request: Request, *, op_id: str = "") -> Paper:
    """Walk the way to a code break for practice and return a letter that tells no group.

    Recorded as a rehearsal; nothing else changes. Raises Refused as `break_code`.
    """
    subject = enrolled(pharmacy, subject_id)
    refuse(*_incomplete(subject.subject_id, request))
    event = CodeBreakRehearsed(subject_id=subject.subject_id, requester=request.requester.strip())
    letter = _letter(pharmacy, subject.subject_id, request, (), [pharmacy.person.printed_name])
    pharmacy.record(Task.NOTE_UNBLINDING, event, op_id=op_id)
    return letter


def kept_papers(pharmacy: Pharmacy, subject_id: str) -> tuple[str, BrokenCode]:
    """Return for whom the letter of a subject's last code break is, the letter, and its notice.

    Raises Refused as `kept_letter`.
    """
    letter = kept_letter(pharmacy, subject_id)
    number = enrolled(pharmacy, subject_id).subject_id
    recorded, event = _last_break(pharmacy, number)
    request = Request(event.requester, event.requester_role, event.category, event.because)
    names = [signature.printed_name for signature in recorded.signatures]
    notice = _notice(pharmacy, number, request, names, recorded.occurred_at)
    return event.requester, BrokenCode(letter, notice)


def _last_break(pharmacy: Pharmacy, number: SubjectId) -> tuple[Recorded, CodeBroken]:
    """Return the last code break on record. Raises Refused ``unblinding.no_letter``."""
    for recorded in reversed(pharmacy.ledger.history(f"subject/{number}")):
        if isinstance(recorded.event, CodeBroken):
            return recorded, recorded.event
    raise Refused([violation("unblinding.no_letter", number)])


def kept_letter(pharmacy: Pharmacy, subject_id: str) -> Paper:
    """Return the letter of a subject's last code break exactly as it was made.

    Raises Refused ``unblinding.no_letter``, or without the right to break codes.
    """
    pharmacy.require(Task.BREAK_CODE)
    number = enrolled(pharmacy, subject_id).subject_id
    _, event = _last_break(pharmacy, number)
    _, pdf = pharmacy.ledger.attachment(bytes.fromhex(event.letter))
    document = catalogue.UNBLINDING_LETTER
    return Paper(
        document=document.key,
        secrecy=document.secrecy,
        file_name=f"UNBLINDED_letter_{number}.pdf",
        job_title=document.job_title,
        pdf=pdf,
        sha256=event.letter,
    )


def _incomplete(number: SubjectId, request: Request) -> tuple[Violation, ...]:
    needed = (
        ("requester", request.requester),
        ("requester_role", request.requester_role),
        ("because", request.because),
    )
    return tuple(
        violation("unblinding.request", number, what=f"request.{name}")
        for name, given in needed
        if not given.strip()
    )


def _told(pharmacy: Pharmacy, number: SubjectId) -> tuple[StageTold, ...]:
    told = []
    for found in queries.allocations(pharmacy.reader, number):
        arm = pharmacy.trial.arm(found.stage, found.arm)
        kit_type = pharmacy.trial.kit_type(arm.kit_type)
        stage = pharmacy.trial.stage(found.stage)
        told.append(StageTold(stage=stage.name, arm=arm.name, product=kit_type.name))
    return tuple(told)


def _stopped(pharmacy: Pharmacy, number: SubjectId) -> list[Event]:
    if pharmacy.trial.code_break.further_dosing is FurtherDosing.GO_ON:
        return []
    return [
        event
        for dose in before_hand_over(pharmacy, number)
        for event in stopping(dose, "", ("subject.code_broken",))
    ]


def _letter(
    pharmacy: Pharmacy,
    number: SubjectId,
    request: Request,
    told: Sequence[StageTold],
    by: Sequence[str],
) -> Paper:
    category = _words(request.category)
    return catalogue.render(
        catalogue.UNBLINDING_LETTER,
        UnblindingLetter(
            standing=standing(pharmacy),
            subject=number,
            addressee=request.requester.strip(),
            addressee_role=request.requester_role.strip(),
            why=f"{category.zh} {category.en}",
            remarks=request.because.strip(),
            told=told,
            unblinded_by=by,
            at=pharmacy.now(),
            sponsor=pharmacy.trial.sponsor,
        ),
    )


def _notice(
    pharmacy: Pharmacy, number: SubjectId, request: Request, by: Sequence[str], at: datetime
) -> Paper:
    trial, site = pharmacy.trial, pharmacy.site
    return catalogue.render(
        catalogue.CODE_BREAK_NOTICE,
        BlindedNotice(
            trial_code=trial.code,
            protocol=trial.protocol,
            site=site.code,
            site_name=site.name,
            zone=site.zone,
            sponsor=trial.sponsor,
            subject=number,
            category=_words(request.category),
            requester=request.requester.strip(),
            requester_role=request.requester_role.strip(),
            broken_by=" · ".join(by),
            broken_at=at,
            training=trial.training,
        ),
    )


def _words(category: Category) -> Text:
    code = f"category.{category}"
    return Text(en=term(code, "en"), zh=term(code, "zh"))
