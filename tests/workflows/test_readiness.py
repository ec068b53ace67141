from datetime import timedelta
from pathlib import Path

import pytest

from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.readiness import DayNeed, Source
from pharmacy_app.domain.subjects import Ending
from pharmacy_app.workflows import dosing, enrolment, readiness, stock, subjects
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies, small_trials
from tests.pharmacies import MadeSite
from tests.small_trials import CELLS, SHAM

FIRST = SubjectId("01-001")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    trial = small_trials.two_stage_trial(pool="LATE")
    return pharmacies.stocked_site(tmp_path_factory.mktemp("readiness") / "site", trial)


@pytest.fixture
def made(shelf: MadeSite, tmp_path: Path) -> MadeSite:
    return pharmacies.copied(shelf, tmp_path / "site", "readiness")


def needed(told: tuple[DayNeed, ...]) -> dict[int, dict[Source, int]]:
    return {
        number: {one.source: one.need for one in day.sources if one.need}
        for number, day in enumerate(told)
        if day.need
    }


def test_visit_is_planned_from_its_anchor_before_the_anchor_was_given(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacies.enrolled(made, opened.pharmacy, FIRST, "A")
        told = readiness.next_days(opened.pharmacy)
    assert needed(told) == {0: {Source(CELLS): 1}, 7: {Source(CELLS): 1}}


def test_stock_is_told_by_type_and_pool(made: MadeSite) -> None:
    with made.signed_in() as opened:
        told = readiness.next_days(opened.pharmacy, 1)
    each = {code: len(kits) for code, kits in made.kits.items()}
    assert {one.source: one.have for one in told[0].sources} == {
        Source(CELLS): each[CELLS] - each[CELLS] // 2,
        Source(CELLS, "LATE"): each[CELLS] // 2,
        Source(SHAM): each[SHAM] - each[SHAM] // 2,
        Source(SHAM, "LATE"): each[SHAM] // 2,
    }


def test_dose_that_was_begun_needs_its_kit_until_it_has_one(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        pharmacies.enrolled(made, pharmacy, FIRST, "A")
        before = readiness.next_days(pharmacy)
        dose = dosing.open_dose(pharmacy, FIRST, "W0")
        begun = readiness.next_days(pharmacy)
        dosing.assign(pharmacy, dose)
        assigned = readiness.next_days(pharmacy)
    assert begun == before
    assert needed(assigned) == {7: {Source(CELLS): 1}}
    assert assigned[0].have == before[0].have - 1


def test_subject_without_a_drawn_arm_is_told_apart(made: MadeSite) -> None:
    with made.signed_in() as opened:
        enrolment.enrol(opened.pharmacy, FIRST, "Dr Zhao", "REQ-1")
        told = readiness.next_days(opened.pharmacy)
    assert [day.undrawn for day in told if day.undrawn] == [1, 1]
    assert not needed(told)


def test_nothing_waits_of_a_subject_who_ended_or_let_a_visit_pass(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        for subject in (FIRST, SubjectId("01-002")):
            pharmacies.enrolled(made, pharmacy, subject, "A")
        subjects.end(pharmacy, FIRST, Ending.DEATH, pharmacy.today(), "Dr Zhao")
        made.clock.advance(timedelta(days=3))
        told = readiness.next_days(pharmacy)
    assert not needed(told)


def test_quarantined_kit_counts_on_no_day_and_is_told_as_in_the_way(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        before = readiness.next_days(pharmacy)[0].have
        stock.quarantine(pharmacy, Scanned(made.kits[CELLS][0]), "frost")
        assert [day.have for day in readiness.next_days(pharmacy)] == [before - 1] * 14
        assert readiness.in_the_way(pharmacy, Source(CELLS))["quarantined"] == 1
