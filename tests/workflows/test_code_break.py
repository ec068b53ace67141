"""The emergency code break: one subject, told in a letter, nothing else told to anybody."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from pharmacy_app.documents.catalogue import DocumentClass, Paper
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.unblinding import CodeBreakRehearsed, CodeBroken
from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.domain.unblinding import Blinding, Category
from pharmacy_app.records.queries.unblinded import kits
from pharmacy_app.workflows import code_break, dosing, enrolment, unblinding
from pharmacy_app.workflows.code_break import Request
from tests import pharmacies
from tests.desks import Desk, refused
from tests.pharmacies import CREDENTIALS, LI, WANG
from tests.small_trials import STAGE

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
