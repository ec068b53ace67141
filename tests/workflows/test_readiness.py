from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pharmacy_app.documents.catalogue import DocumentClass
from pharmacy_app.domain.assumptions import Assumptions
from pharmacy_app.domain.chances import Observed
from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.readiness import DayNeed, Source
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.domain.subjects import Ending
from pharmacy_app.workflows import dosing, enrolment, forecast, readiness, stock, subjects
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
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


ASSUMED = Assumptions(per_month=Decimal(3))
CERTAIN = Assumptions(
    per_month=Decimal(0), mortality_pct=0, dropout_pct=0, replaced_pct=0, entering_pct=100, weeks=8
)


def demand(pharmacy: Pharmacy, assumed: Assumptions = CERTAIN) -> dict[Source, tuple[int, int]]:
    """Return the 95 % band of the demand up to the last week, of the sources that have any."""
    told = forecast.forecast(pharmacy, assumed, seed=1)
    bands = {one.source: one.weeks[-1].demand for one in told.forecast.sources}
    return {source: (b.low95, b.high95) for source, b in bands.items() if b.high95}


def test_forecast_without_newcomers_and_losses_is_what_the_subjects_still_need(
    made: MadeSite,
) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        pharmacies.enrolled(made, pharmacy, FIRST, "B")
        assert demand(pharmacy) == {Source(SHAM): (2, 2)}
        pharmacies.enrolled(made, pharmacy, SubjectId("01-002"), "A")
        found = demand(pharmacy)
    assert found[Source(SHAM)] == found[Source(CELLS)] == (2, 2)
    assert found[Source(CELLS, "LATE")] == found[Source(SHAM, "LATE")] == (0, 1)


def test_refused_consent_keeps_a_subject_out_of_the_later_stage(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        pharmacies.enrolled(made, pharmacy, FIRST, "A")
        today = pharmacy.today()
        for given in (True, False):
            subjects.record_consent(
                pharmacy, FIRST, small_trials.STAGE_2, today, "ICF", given=given
            )
        assert demand(pharmacy) == {Source(CELLS): (2, 2)}


def test_enrolment_rate_is_that_of_the_site_once_it_has_seen_four_weeks(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        for number in range(1, 4):
            assert forecast.enrolment_seen(pharmacy) is None
            enrolment.enrol(pharmacy, f"01-{number:03d}", "Dr Zhao", "REQ")
            made.clock.advance(timedelta(days=13))
        assert forecast.enrolment_seen(pharmacy) == Observed(2, 39)
        told = forecast.forecast(pharmacy, Assumptions(), seed=1)
        stated = forecast.forecast(pharmacy, ASSUMED, seed=1)
    assert told.rate == Observed(2, 39)
    assert stated.rate_per_month == 3


@pytest.mark.parametrize(
    ("assumed", "rules"),
    [
        (Assumptions(), {"no_rate"}),
        (Assumptions(per_month=Decimal(101)), {"setting"}),
        (Assumptions(per_month=Decimal(1), runs=999), {"setting"}),
        (Assumptions(per_month=Decimal(1), weeks=27), {"setting"}),
        (Assumptions(per_month=Decimal(1), weeks=0, replaced_pct=51), {"setting"}),
        (Assumptions(per_month=Decimal(1), weeks=3, lead_days=22), {"lead"}),
    ],
)
def test_forecast_is_refused_with_every_reason(
    made: MadeSite, assumed: Assumptions, rules: set[str]
) -> None:
    with made.signed_in() as opened, pytest.raises(Refused) as caught:
        forecast.question(opened.pharmacy, assumed)
    assert {one.rule for one in caught.value.violations} == {f"readiness.{rule}" for rule in rules}


def test_same_seed_tells_the_same_and_its_paper_is_unblinded(made: MadeSite) -> None:
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        told = forecast.forecast(pharmacy, ASSUMED, seed=9)
        assert told == forecast.forecast(pharmacy, ASSUMED, seed=9)
        assert told != forecast.forecast(pharmacy, ASSUMED, seed=10)
        whole, short = forecast.report(pharmacy, told), forecast.report(pharmacy)
        assert 0 <= forecast.new_seed(pharmacy) < 1_000_000
    assert whole.secrecy is DocumentClass.UNBLINDED
    assert whole.file_name == short.file_name
    assert whole.file_name.startswith("UNBLINDED_readiness_01_")
    assert len(whole.pdf) > len(short.pdf)


def test_forecast_is_answered_without_the_ledger(made: MadeSite) -> None:
    with made.signed_in() as opened:
        asked = forecast.question(opened.pharmacy, ASSUMED)
    heard: list[int] = []
    told = forecast.answered(asked, ASSUMED, 1, lambda done, _: heard.append(done))
    assert told.forecast.runs == ASSUMED.runs == heard[-1]
