"""The emergency code break: one subject, told in a letter, nothing else told to anybody."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from pharmacy_app.documents.catalogue import DocumentClass, Paper
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.unblinding import CodeBreakRehearsed, CodeBroken
from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.domain.trial import Amendment, Applies, Text, Trial
from pharmacy_app.domain.unblinding import Blinding, Category
from pharmacy_app.records.queries.unblinded import kits
from pharmacy_app.workflows import (
    code_break,
    deviations,
    dosing,
    enrolment,
    site,
    unblinding,
)
from pharmacy_app.workflows.code_break import Request
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies
from tests.desks import Desk, refused
from tests.pharmacies import CREDENTIALS, LI, WANG
from tests.small_trials import SHAM, STAGE

SUBJECT = SubjectId("01-001")
ASKED = Request("Dr Sun", "intensive care", Category.SAFETY, "anaphylaxis during the infusion")
MINE, BOTH = (CREDENTIALS[WANG],), (CREDENTIALS[WANG], CREDENTIALS[LI])


def text_of(paper: Paper) -> str:
    document = pypdfium2.PdfDocument(paper.pdf)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


@pytest.mark.parametrize(
    ("arm", "product", "other"), [("A", "Cells", "Albumin"), ("B", "Albumin", "Cells")]
)
def test_the_letter_tells_one_subjects_treatment_and_the_notice_none(
    desk: Desk, arm: str, product: str, other: str
) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, arm)
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-002", "A")
    made = code_break.break_code(desk.pharmacy, SUBJECT, ASKED, BOTH)
    letter, notice = text_of(made.letter), text_of(made.notice)
    assert product in letter
    assert other not in letter
    assert "01-002" not in letter + notice
    assert "Dr Sun" in letter
    assert made.letter.secrecy is DocumentClass.UNBLINDED
    assert made.notice.secrecy is DocumentClass.BLINDED
    assert product not in notice
    assert unblinding.state(desk.pharmacy, SUBJECT, STAGE) is Blinding.EMERGENCY
    assert unblinding.state(desk.pharmacy, SubjectId("01-002"), STAGE) is Blinding.BLIND
    (broken,) = [
        r for r in desk.pharmacy.ledger.history(f"subject/{SUBJECT}") if type(r.event) is CodeBroken
    ]
    assert [s.signer for s in broken.signatures] == [WANG, LI]
    assert code_break.kept_papers(desk.pharmacy, SUBJECT) == (made,)


def test_twin_notices_are_the_same_bytes(tmp_path: Path) -> None:
    notices = []
    for arm in ("A", "B"):
        made = pharmacies.make_site(tmp_path / arm)
        with made.signed_in() as opened:
            pharmacies.enrolled(made, opened.pharmacy, SUBJECT, arm)
            broken = code_break.break_code(opened.pharmacy, SUBJECT, ASKED, MINE)
            notices.append((broken.notice, broken.letter.file_name))
    assert notices[0] == notices[1]


def test_one_signature_is_enough_and_one_person_is_not_two(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    with refused("people.same_person"):
        code_break.break_code(desk.pharmacy, SUBJECT, ASKED, (MINE[0], MINE[0]))
    code_break.break_code(desk.pharmacy, SUBJECT, ASKED, MINE)
    assert unblinding.state(desk.pharmacy, SUBJECT, STAGE) is Blinding.EMERGENCY


def test_a_second_code_break_is_never_silent_and_keeps_both_letters(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    first = code_break.break_code(desk.pharmacy, SUBJECT, ASKED, MINE)
    other = replace(ASKED, requester="Dr Ma", requester_role="surgery")
    with pytest.raises(Refused) as why:
        code_break.check_request(desk.pharmacy, SUBJECT, other)
    assert why.value.violations[0].fact("requester") == "Dr Sun"
    with refused("unblinding.broken_before"):
        code_break.break_code(desk.pharmacy, SUBJECT, other, MINE)
    second = code_break.break_code(desk.pharmacy, SUBJECT, replace(other, again=True), MINE)
    assert code_break.kept_papers(desk.pharmacy, SUBJECT) == (first, second)
    rehearsed = code_break.rehearse(desk.pharmacy, SUBJECT, other)
    names = [p.file_name for b in (first, second) for p in (b.letter, b.notice)]
    assert len({*names, rehearsed.file_name}) == 5


def test_dosing_stops_with_the_code_and_what_was_begun_is_stopped(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    dose_id = pharmacies.thawed(desk.made, desk.pharmacy, SUBJECT)
    code_break.break_code(desk.pharmacy, SUBJECT, ASKED, MINE)
    stopped = dosing.dose(desk.pharmacy, dose_id)
    assert stopped.step is Step.STOPPED
    kit = kits.kit(desk.pharmacy.reader, str(stopped.kit))
    assert kit is not None
    assert kit.state is KitState.WASTED
    with refused("subject.code_broken"):
        dosing.open_dose(desk.pharmacy, SUBJECT, "W0")


def test_a_request_says_who_and_why_and_something_must_be_open(desk: Desk) -> None:
    enrolment.enrol(desk.pharmacy, SUBJECT, "Dr Zhao", "REQ-1")
    with refused("unblinding.nothing_opened"):
        code_break.break_code(desk.pharmacy, SUBJECT, ASKED, MINE)
    with refused("unblinding.no_letter"):
        code_break.kept_papers(desk.pharmacy, SUBJECT)
    empty = replace(ASKED, requester=" ", requester_role="", because="")
    with refused(*["unblinding.request"] * 3):
        code_break.rehearse(desk.pharmacy, SUBJECT, empty)


def test_a_rehearsal_tells_nothing_and_changes_nothing(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    letter = code_break.rehearse(desk.pharmacy, SUBJECT, ASKED)
    assert "Cells" not in text_of(letter)
    assert unblinding.state(desk.pharmacy, SUBJECT, STAGE) is Blinding.BLIND
    assert dosing.open_dose(desk.pharmacy, SUBJECT, "W0")
    history = desk.pharmacy.ledger.history(f"subject/{SUBJECT}")
    assert [type(r.event) for r in history][-1] is CodeBreakRehearsed


def test_the_letter_goes_by_the_subjects_own_protocol(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    dose_id = pharmacies.handed_over(desk.made, desk.pharmacy, SUBJECT)
    pharmacies.reported(desk.made, desk.pharmacy, dose_id)
    site.import_package(
        desk.pharmacy,
        pharmacies.repacked(desk.made, exchanged(desk, Applies.NEW_SUBJECTS)),
        CREDENTIALS[WANG],
    )
    letter = text_of(code_break.break_code(desk.pharmacy, SUBJECT, ASKED, MINE).letter)
    assert "Cells" in letter
    assert "Albumin" not in letter


def test_the_letter_tells_too_what_was_given_by_another_protocol_or_by_mistake(
    desk: Desk,
) -> None:
    for subject in (SUBJECT, "01-002"):
        pharmacies.enrolled(desk.made, desk.pharmacy, subject, "A")
        dose_id = pharmacies.handed_over(desk.made, desk.pharmacy, subject)
        pharmacies.reported(desk.made, desk.pharmacy, dose_id)
    instead = Scanned(desk.made.kits[SHAM][0])
    deviations.report_wrong_kit(desk.pharmacy, dose_id, instead, "mixed up", MINE[0])
    mistaken = text_of(code_break.break_code(desk.pharmacy, "01-002", ASKED, MINE).letter)
    assert "Cells; also given: Albumin" in mistaken.replace("\r\n", " ")
    site.import_package(
        desk.pharmacy,
        pharmacies.repacked(desk.made, exchanged(desk, Applies.ALL_SUBJECTS)),
        CREDENTIALS[WANG],
    )
    amended = text_of(code_break.break_code(desk.pharmacy, SUBJECT, ASKED, MINE).letter)
    assert "Albumin; also given: Cells" in amended.replace("\r\n", " ")


def exchanged(desk: Desk, applies: Applies) -> Trial:
    """Return an amendment, in force today, in which each arm takes the other's kits."""
    trial, replace_in = desk.pharmacy.trial, msgspec.structs.replace
    stage = trial.stages[0]
    arms = tuple(
        replace_in(arm, kit_type=other.kit_type)
        for arm, other in zip(stage.arms, stage.arms[::-1], strict=True)
    )
    effective = desk.pharmacy.today() + timedelta(days=applies is Applies.NEW_SUBJECTS)
    amendment = Amendment(effective=effective, applies=applies, summary=Text(en="x", zh="换"))
    desk.made.clock.advance(timedelta(days=1))
    return replace_in(trial, version=2, stages=(replace_in(stage, arms=arms),), amendment=amendment)
