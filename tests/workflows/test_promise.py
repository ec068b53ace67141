from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from pharmacy_app.documents.catalogue import DocumentClass, Paper
from pharmacy_app.domain.events.readiness import Cover
from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.workflows import dosing, promise, stock
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests import pharmacies
from tests.pharmacies import CREDENTIALS, WANG, MadeSite
from tests.small_trials import CELLS, SHAM

FIRST = SubjectId("01-001")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    return pharmacies.stocked_site(tmp_path_factory.mktemp("promise") / "site")


@pytest.fixture
def made(shelf: MadeSite, tmp_path: Path) -> MadeSite:
    return pharmacies.copied(shelf, tmp_path / "site", "promise")


def promised(pharmacy: Pharmacy, weeks: int = 2) -> None:
    until = promise.week_ends(pharmacy)[weeks]
    promise.make(pharmacy, until, promise.proposed(pharmacy, until), CREDENTIALS[WANG])


def refused(pharmacy: Pharmacy, doses: int) -> set[str]:
    until = promise.week_ends(pharmacy)[1]
    with pytest.raises(Refused) as caught:
        promise.make(pharmacy, until, [Cover(pool="", doses=doses)], CREDENTIALS[WANG])
    return {one.rule for one in caught.value.violations}


def words(paper: Paper) -> str:
    with pypdfium2.PdfDocument(paper.pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_without_a_promise_no_day_is_ready(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacies.enrolled(made, opened.pharmacy, FIRST, "A")
        told = promise.blinded(opened.pharmacy)
    assert (told.until, told.promised_by, told.one_more) == (None, None, False)
    assert [(one.visits, one.ready) for one in told.days] == [(1, False), (1, False)]


def test_promise_is_the_most_that_the_scarcest_kind_bears_and_is_signed(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        pharmacies.enrolled(made, pharmacy, FIRST, "A")
        promised(pharmacy)
        told = promise.blinded(pharmacy)
        standing = promise.standing(pharmacy)
    assert standing is not None
    fewest = min(len(kits) for kits in made.kits.values())
    assert [one.doses for one in standing.promised.covers] == [5]
    assert 6 <= fewest < 12
    assert standing.broken == ()
    assert [signature.meaning for signature in standing.act.signatures] == ["authorised"]
    assert told.promised_by == "王药师 Wang"
    assert [one.ready for one in told.days] == [True, True]
    assert told.one_more


def test_more_than_the_scarcest_kind_bears_is_refused(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        assert refused(pharmacy, 50) == {"readiness.not_covered"}
        for number in made.kits[SHAM][:-2]:
            stock.quarantine(pharmacy, Scanned(number), "frost")
        assert refused(pharmacy, 5) == {"readiness.not_covered"}
        assert refused(pharmacy, 3) == {"readiness.coarse"}


def test_checker_promises_nothing(made: MadeSite) -> None:
    with made.signed_in(pharmacies.LI) as opened:
        until = promise.week_ends(opened.pharmacy)[1]
        with pytest.raises(Refused, match="no_right"):
            promise.make(
                opened.pharmacy, until, [Cover(pool="", doses=1)], CREDENTIALS[pharmacies.LI]
            )


def test_doses_of_either_arm_use_the_promise_up_alike(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        promised(pharmacy)
        left = []
        for number, arm in ((1, "A"), (2, "B")):
            subject = SubjectId(f"01-{number:03d}")
            pharmacies.enrolled(made, pharmacy, subject, arm)
            pharmacies.handed_over(made, pharmacy, subject)
            told = promise.blinded(pharmacy)
            left.append(([one.ready for one in told.days], told.one_more))
    assert left == [([True], True), ([True], False)]


def test_dose_under_way_still_counts_as_a_visit_of_today(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        pharmacies.enrolled(made, pharmacy, FIRST, "A")
        before = promise.blinded(pharmacy)
        dose = dosing.open_dose(pharmacy, FIRST, "W0")
        begun = promise.blinded(pharmacy)
        dosing.assign(pharmacy, dose)
        assert before == begun == promise.blinded(pharmacy)


def test_kits_of_doses_under_way_break_no_promise(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        promised(pharmacy)
        for number in (1, 2, 3):
            subject = SubjectId(f"01-{number:03d}")
            pharmacies.enrolled(made, pharmacy, subject, "A")
            dosing.assign(pharmacy, dosing.open_dose(pharmacy, subject, "W0"))
        standing = promise.standing(pharmacy)
    assert standing is not None
    assert standing.broken == ()


def test_withdrawn_promise_is_none_and_its_reason_leaves_on_no_paper(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        pharmacies.enrolled(made, pharmacy, FIRST, "A")
        promised(pharmacy)
        with pytest.raises(Refused, match="withdrawal_reason"):
            promise.withdraw(pharmacy, " ", CREDENTIALS[WANG])
        promise.withdraw(pharmacy, "lot QQQ is recalled", CREDENTIALS[WANG])
        paper = promise.paper(pharmacy)
        with pytest.raises(Refused, match="none_to_withdraw"):
            promise.withdraw(pharmacy, "again", CREDENTIALS[WANG])
        assert promise.standing(pharmacy) is None
        said = words(paper)
    assert paper.secrecy is DocumentClass.BLINDED
    assert "否 No" in said
    assert "是 Yes" not in said
    assert "QQQ" not in said


def test_promise_runs_out_at_its_week_end(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        promised(pharmacy, 1)
        until = promise.week_ends(pharmacy)[1]
        made.clock.advance(timedelta(days=(until - pharmacy.today()).days))
        assert promise.blinded(pharmacy).until == until
        made.clock.advance(timedelta(days=1))
        assert promise.blinded(pharmacy).until is None
        standing = promise.standing(pharmacy)
    assert standing is not None
    assert standing.broken == ()


def test_pharmacist_sees_that_stock_no_longer_bears_the_promise_and_the_ward_does_not(
    made: MadeSite,
) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        promised(pharmacy)
        before = promise.paper(pharmacy)
        for number in made.kits[CELLS][:-2]:
            stock.quarantine(pharmacy, Scanned(number), "frost")
        standing = promise.standing(pharmacy)
        after = promise.paper(pharmacy)
    assert standing is not None
    assert standing.broken == ("",)
    assert after == before
