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
from pharmacy_app.domain.ids import KitTypeCode, StageCode, SubjectId
from pharmacy_app.domain.people import Task, same_person
from pharmacy_app.domain.refusal import Violation, refuse, violation
from pharmacy_app.domain.trial import FurtherDosing, Stage, Text
from pharmacy_app.domain.unblinding import Category
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import subjects as queries
from pharmacy_app.records.queries.unblinded.subjects import Subject
from pharmacy_app.vault.signing import Credential
from pharmacy_app.wording import term
from pharmacy_app.workflows.dosing import before_hand_over, dose, stopping
from pharmacy_app.workflows.enrolment import arm_of, enrolled, protocol_for
from pharmacy_app.workflows.papers import standing
from pharmacy_app.workflows.pharmacy import Pharmacy

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for the code of a subject to be broken, and why.

    ``again``: somebody else asks after a code break, which the one who signs knows of.
    """

    requester: str
    requester_role: str
    category: Category
    because: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class BrokenCode:
    """The papers of a code break: the letter for the requester, the notice for the sponsor.

    ``at`` is UTC.
    """

    requester: str
    at: datetime
    letter: Paper
    notice: Paper


def check_request(pharmacy: Pharmacy, subject_id: str, request: Request) -> None:
    """Raise Refused with everything that a request lacks, before anybody is asked to sign."""
    number = enrolled(pharmacy, subject_id).subject_id
    before = _breaks(pharmacy, number)
    refuse(
        *_incomplete(number, request),
        None
        if queries.allocations(pharmacy.reader, number)
        else violation("unblinding.nothing_opened", number),
        None
        if request.again or not before
        else violation(
            "unblinding.broken_before",
            number,
            at=before[-1][0].occurred_at,
            requester=before[-1][1].requester,
        ),
    )


def break_code(
    pharmacy: Pharmacy,
    subject_id: str,
    request: Request,
    credentials: Sequence[Credential],
    *,
    op_id: str = "",
) -> BrokenCode:
    """Break the code of one subject in every stage that an opened entry decides.

    One signature is enough, for it is an emergency; a second person witnesses where there is one.
    The letter is kept with the act. Where the trial says so, doses in the pharmacy are stopped in
    the same act. Raises Refused.
    """
    task = Task.BREAK_CODE if len(credentials) == 1 else Task.BREAK_CODE_WITNESSED
    pharmacy.require(task)
    subject = enrolled(pharmacy, subject_id)
    number = subject.subject_id
    check_request(pharmacy, number, request)
    told = _told(pharmacy, subject)
    people = [pharmacy.person_named(one.person_id) for one in credentials]
    refuse(
        same_person(people[0].person_id, people[1].person_id, people[1].printed_name)
        if len(people) > 1
        else None,
    )
    names = [person.printed_name for person in people]
    nth = str(len(_breaks(pharmacy, number)) + 1)
    letter = _letter(pharmacy, number, request, told, names, nth)
    event = CodeBroken(
        subject_id=number,
        stages=tuple(stage.code for stage in _decided(pharmacy, subject)),
        category=request.category,
        because=request.because.strip(),
        requester=request.requester.strip(),
        requester_role=request.requester_role.strip(),
        letter=letter.sha256,
    )
    appended = pharmacy.record(
        task,
        event,
        *_stopped(pharmacy, subject),
        credentials=credentials,
        attachments=[Attachment(PDF, letter.pdf)],
        op_id=op_id,
    )
    at = appended[0].occurred_at
    return BrokenCode(
        event.requester, at, letter, _notice(pharmacy, request, names, at, number, nth)
    )


def rehearse(pharmacy: Pharmacy, subject_id: str, request: Request, *, op_id: str = "") -> Paper:
    """Walk the way to a code break for practice and return a letter that tells no group.

    Recorded as a rehearsal; nothing else changes. Raises Refused as `break_code`.
    """
    subject = enrolled(pharmacy, subject_id)
    refuse(*_incomplete(subject.subject_id, request))
    event = CodeBreakRehearsed(subject_id=subject.subject_id, requester=request.requester.strip())
    people = [pharmacy.person.printed_name]
    letter = _letter(pharmacy, subject.subject_id, request, (), people, "rehearsal")
    pharmacy.record(Task.NOTE_UNBLINDING, event, op_id=op_id)
    return letter


def ever(pharmacy: Pharmacy, subject_id: SubjectId) -> bool:
    """Return whether the code of a subject was ever broken."""
    return bool(_breaks(pharmacy, subject_id))


def kept_papers(pharmacy: Pharmacy, subject_id: str) -> tuple[BrokenCode, ...]:
    """Return the papers of every code break of a subject, the first one first.

    The letters are exactly those that were made. Raises Refused ``unblinding.no_letter`` where no
    code was broken, or without the right to break codes.
    """
    pharmacy.require(Task.BREAK_CODE)
    number = enrolled(pharmacy, subject_id).subject_id
    breaks = _breaks(pharmacy, number)
    refuse(None if breaks else violation("unblinding.no_letter", number))
    return tuple(
        _kept(pharmacy, recorded, event, str(nth))
        for nth, (recorded, event) in enumerate(breaks, 1)
    )


def _kept(pharmacy: Pharmacy, recorded: Recorded, event: CodeBroken, nth: str) -> BrokenCode:
    number, at = event.subject_id, recorded.occurred_at
    _, pdf = pharmacy.ledger.attachment(bytes.fromhex(event.letter))
    document = catalogue.UNBLINDING_LETTER
    letter = Paper(
        document=document.key,
        secrecy=document.secrecy,
        file_name=f"UNBLINDED_letter_{number}_{nth}.pdf",
        job_title=document.job_title,
        pdf=pdf,
        sha256=event.letter,
    )
    request = Request(event.requester, event.requester_role, event.category, event.because)
    names = [signature.printed_name for signature in recorded.signatures]
    notice = _notice(pharmacy, request, names, at, number, nth)
    return BrokenCode(event.requester, at, letter, notice)


def _breaks(pharmacy: Pharmacy, number: SubjectId) -> list[tuple[Recorded, CodeBroken]]:
    """Return every code break of a subject on record, the first one first."""
    return [
        (recorded, recorded.event)
        for recorded in pharmacy.ledger.history(f"subject/{number}")
        if isinstance(recorded.event, CodeBroken)
    ]


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


def _decided(pharmacy: Pharmacy, subject: Subject) -> list[Stage]:
    """Return every stage whose arm is known, by the subject's protocol: also one without a list."""
    opened = {found.stage for found in queries.allocations(pharmacy.reader, subject.subject_id)}
    stages = protocol_for(pharmacy, subject).trial.stages
    return [stage for stage in stages if stage.list_stage in opened]


def _told(pharmacy: Pharmacy, subject: Subject) -> tuple[StageTold, ...]:
    trial = protocol_for(pharmacy, subject).trial
    told = []
    for stage in _decided(pharmacy, subject):
        arm = arm_of(pharmacy, subject.subject_id, stage.code, trial)
        product = _with_others(
            trial.kit_type(arm.kit_type).name,
            _others_given(pharmacy, subject.subject_id, stage.code, arm.kit_type),
        )
        told.append(StageTold(stage=stage.name, arm=arm.name, product=product))
    return tuple(told)


def _others_given(
    pharmacy: Pharmacy, number: SubjectId, stage: StageCode, of_arm: KitTypeCode
) -> list[Text]:
    """Return what else a subject got in a stage: by mistake, or by the protocol of that day."""
    found: dict[KitTypeCode, Text] = {}
    for line in dose_queries.of_subject(pharmacy.reader, number):
        if line.stage != stage or line.handed_over_at is None or line.returned:
            continue
        given = dose(pharmacy, line.dose_id)
        number_given = given.kit if given.wrong_kit is None else given.wrong_kit.given
        kit = kit_queries.kit(pharmacy.reader, str(number_given))
        if kit is not None and kit.kit_type != of_arm:
            found[kit.kit_type] = pharmacy.package.trial.kit_type(kit.kit_type).name
    return list(found.values())


def _with_others(product: Text, others: Sequence[Text]) -> Text:
    if not others:
        return product
    return Text(
        zh=f"{product.zh}；另曾给予：" + "、".join(one.zh for one in others),
        en=f"{product.en}; also given: " + ", ".join(one.en for one in others),
    )


def _stopped(pharmacy: Pharmacy, subject: Subject) -> list[Event]:
    if protocol_for(pharmacy, subject).trial.code_break.further_dosing is FurtherDosing.GO_ON:
        return []
    return [
        event
        for begun in before_hand_over(pharmacy, subject.subject_id)
        for event in stopping(begun, "", ("subject.code_broken",))
    ]


def _letter(
    pharmacy: Pharmacy,
    number: SubjectId,
    request: Request,
    told: Sequence[StageTold],
    by: Sequence[str],
    nth: str,
) -> Paper:
    category = _words(request.category)
    return catalogue.render(
        catalogue.UNBLINDING_LETTER,
        UnblindingLetter(
            standing=standing(pharmacy),
            subject=number,
            nth=nth,
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
    pharmacy: Pharmacy,
    request: Request,
    by: Sequence[str],
    at: datetime,
    number: SubjectId,
    nth: str,
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
            nth=nth,
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
