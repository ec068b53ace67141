"""The rules of the bench: each refused, and accepted exactly on its limit."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_app.domain import dose as arithmetic
from pharmacy_app.domain import preparation as rules
from pharmacy_app.domain.dose import CounterReading, HaemocytometerReading
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events import dose as happened
from pharmacy_app.domain.ids import DoseId, KitNumber
from pharmacy_app.domain.label_symbol import LabelSymbol
from pharmacy_app.domain.refusal import Violation
from pharmacy_app.domain.trial import Basis, DoseRule, HoldTimes, Trial
from tests.domain.histories import (
    DOSE,
    GIVEN,
    KIT,
    MINUTE,
    READINGS,
    START,
    TARGET,
    TRIAL,
    D,
    dose_waiting_after,
    kit,
)

TODAY = date(2026, 11, 22)
HOLD = HoldTimes(after_thaw_minutes=240, after_dilution_minutes=180)
OPENED, DILUTED = dose_waiting_after(happened.DoseOpened), dose_waiting_after(happened.Diluted)
CHECKED = dose_waiting_after(happened.CheckSigned)
GIVEN_OUT = dose_waiting_after(happened.HandedOver)
METHODS = st.sampled_from(rules.METHODS)


def said(found: Violation | Iterable[Violation | None] | None) -> list[str]:
    several = [found] if found is None or isinstance(found, Violation) else list(found)
    return [violation.rule for violation in several if violation is not None]


@pytest.mark.parametrize("place", range(len(GIVEN)))
def test_only_the_step_a_dose_waits_for_is_taken(place: int) -> None:
    dose = dose_waiting_after(type(GIVEN[place]))
    assert rules.out_of_order(dose, dose.step) is None
    for step in set(Step) - {dose.step}:
        found = rules.out_of_order(dose, step)
        assert found is not None
        assert (found.rule, found.fact("waits")) == ("bench.out_of_order", f"step.{dose.step}")


def test_the_assigned_kit_alone_is_accepted_at_the_bench() -> None:
    dose = dose_waiting_after(happened.KitAssigned)
    assert rules.not_the_assigned(dose, kit(), KIT) is None
    assert said(rules.not_the_assigned(dose, None, "K-NOBODY")) == ["kit.unknown"]
    found = rules.not_the_assigned(dose, replace(kit(), kit_number=KitNumber("KOTHER")), "KOTHER")
    assert found is not None
    assert (found.rule, found.record, found.fact("assigned")) == (
        "kit.not_the_assigned",
        "KOTHER",
        KIT,
    )


def test_an_appearance_is_one_of_the_trials_and_acceptable() -> None:
    known = TRIAL.release.appearances
    assert rules.unacceptable("clear", known) is None
    assert said(rules.unacceptable("clumps", known)) == ["bench.appearance"]
    assert said(rules.unacceptable("purple", known)) == ["bench.appearance_unknown"]


def test_an_instrument_may_be_used_on_the_last_day_of_its_calibration() -> None:
    assert said(rules.unfit_instrument("counter", "NC-1", TODAY, TODAY)) == []
    yesterday = TODAY - timedelta(days=1)
    assert said(rules.unfit_instrument("eye", " ", yesterday, TODAY)) == [
        "bench.method_unknown",
        "bench.instrument_missing",
        "bench.calibration_overdue",
    ]


def test_replicates_are_as_many_as_the_trial_asks_for_and_by_the_chosen_method() -> None:
    counter = CounterReading(total_per_ml=D(1_000_000), viability_pct=D(80))
    criteria, dose = TRIAL.release, OPENED
    assert said(rules.wrong_replicates(READINGS, criteria, "haemocytometer", dose)) == []
    assert said(rules.wrong_replicates(READINGS[:1], criteria, "haemocytometer", dose)) == [
        "bench.replicates_missing"
    ]
    assert said(rules.wrong_replicates((READINGS[0], counter), criteria, "counter", dose)) == [
        "bench.other_method"
    ]


def test_readings_are_those_of_the_card_where_there_is_one() -> None:
    assert rules.other_than_card(READINGS, ()) is None
    assert rules.other_than_card(READINGS, READINGS) is None
    found = rules.other_than_card(READINGS[::-1], READINGS)
    assert found is not None
    assert (found.rule, found.record, found.facts) == ("bench.card_differs", "1, 2", ())


def test_a_recount_that_differs_tells_which_reading_but_not_the_first_value() -> None:
    other = msgspec.structs.replace(READINGS[1], live=207)
    assert rules.recount_differs(READINGS, READINGS) is None
    found = rules.recount_differs((READINGS[0], other), READINGS)
    assert found is not None
    assert (found.rule, found.record, found.facts) == ("check.counts_differ", "2", ())
    shorter = rules.recount_differs(READINGS[:1], READINGS)
    assert shorter is not None
    assert shorter.record == "2"


def test_the_volume_drawn_is_the_one_computed() -> None:
    assert rules.other_volume("drawn", D("14.40"), D("14.4")) is None
    found = rules.other_volume("drawn", D("14.5"), D("14.4"))
    assert found is not None
    assert (found.rule, found.record) == ("bench.volume_differs", "volume.drawn")
    assert (found.fact("wanted"), found.fact("found")) == (D("14.4"), D("14.5"))


def test_materials_have_a_lot_and_may_be_used_on_their_last_day() -> None:
    good = happened.Material(name="saline", lot="N1", expiry=TODAY)
    bad = happened.Material(name="bag", lot=" ", expiry=TODAY - timedelta(days=1))
    assert said(rules.unfit_materials([good], TODAY)) == []
    assert said(rules.unfit_materials([good, bad], TODAY)) == [
        "bench.lot_missing",
        "bench.material_expired",
    ]


@given(
    st.integers(0, 600), st.integers(0, 600), st.integers(0, 600), st.sampled_from(["MSC", "PLA"])
)
def test_use_before_is_the_earliest_of_three_and_the_same_for_every_kit_type(
    after_thaw: int, after_dilution: int, expiry: int, kit_type: str
) -> None:
    hold = HoldTimes(after_thaw_minutes=after_thaw, after_dilution_minutes=after_dilution)
    thawed, diluted = DILUTED.thaw_ended_at, DILUTED.diluted_at
    assert thawed is not None
    assert diluted is not None
    mine = kit(expiry=START + expiry * MINUTE, kit_type=kit_type)
    limits = {thawed + after_thaw * MINUTE, diluted + after_dilution * MINUTE, mine.expiry}
    limit = rules.use_before(DILUTED, hold, mine)
    assert limit in limits
    assert all(limit <= other for other in limits)
    assert rules.latest_use_before(DILUTED, hold, mine) == limit


def test_before_dilution_the_clock_is_told_from_the_thaw_alone() -> None:
    thawed = dose_waiting_after(happened.ThawEnded)
    assert rules.latest_use_before(OPENED, HOLD, kit()) is None
    assert rules.latest_use_before(thawed, HOLD, kit()) == START + (5 + 240) * MINUTE
    assert rules.latest_use_before(CHECKED, HOLD, kit()) == CHECKED.use_before
    with pytest.raises(ValueError, match="no use-before"):
        rules.use_before(thawed, HOLD, kit())


def test_a_dose_is_too_late_at_the_very_moment_of_its_use_before() -> None:
    limit = START + timedelta(hours=3)
    assert rules.too_late(CHECKED, limit, limit - timedelta(seconds=1)) is None
    assert rules.too_late(CHECKED, None, limit) is None
    found = rules.too_late(CHECKED, limit, limit)
    assert found is not None
    assert (found.rule, found.fact("use_before")) == ("bench.past_use_before", limit)


@pytest.mark.parametrize("place", range(12))
def test_a_label_is_locked_before_the_check(place: int) -> None:
    dose = dose_waiting_after(type(GIVEN[place]))
    assert said(rules.label_locked(dose, TRIAL.release, START + timedelta(days=1))) == [
        "bench.label_locked"
    ]


def test_a_label_is_locked_once_the_bag_is_gone() -> None:
    assert said(rules.label_locked(GIVEN_OUT, TRIAL.release, START)) == ["bench.label_locked"]


def test_a_label_unlocks_after_the_least_bench_time_to_the_second() -> None:
    earliest = rules.unlocks_at(CHECKED, TRIAL.release)
    assert earliest == START + (3 + 20) * MINUTE
    assert said(rules.label_locked(CHECKED, TRIAL.release, earliest)) == []
    soon = earliest - timedelta(seconds=1)
    (found,) = rules.label_locked(CHECKED, TRIAL.release, soon)
    assert found is not None
    assert (found.rule, found.fact("earliest")) == ("bench.too_soon", earliest)
    assert rules.unlocks_at(OPENED, TRIAL.release) is None


def symbol(dose: DoseId = DOSE, number: KitNumber = KIT, copy: int = 1) -> LabelSymbol:
    return LabelSymbol(dose, copy, number, "TP-01", START)


def test_a_scanned_label_is_of_this_dose_its_kit_and_the_newest_copy() -> None:
    assert said(rules.other_label(CHECKED, symbol(), 1)) == []
    wrong = symbol(DoseId("D-OTHER"), KitNumber("KOTHER"), 2)
    assert said(rules.other_label(CHECKED, wrong, 1)) == [
        "label.other_dose",
        "label.other_kit",
        "label.other_copy",
    ]


def report(started: datetime, ended: datetime, left: str) -> happened.InfusionReported:
    return happened.InfusionReported(
        dose_id=DOSE, started_at=started, ended_at=ended, not_infused_ml=D(left), reported_by="Z"
    )


def mistakes(started: datetime, ended: datetime, left: str, now: datetime) -> list[str]:
    return said(rules.infusion_mistakes(GIVEN_OUT, report(started, ended, left), D(100), now))


def test_an_infusion_may_start_at_the_hand_over_end_now_and_leave_all_or_nothing() -> None:
    handed = GIVEN_OUT.handed_over_at
    assert handed is not None
    assert mistakes(handed, handed, "0", handed) == []
    assert mistakes(handed, handed, "100", handed) == []


def test_an_infusion_report_that_cannot_be_is_refused_with_every_reason() -> None:
    handed = GIVEN_OUT.handed_over_at
    assert handed is not None
    early = handed - timedelta(seconds=1)
    assert mistakes(early, early - MINUTE, "100.1", early - 2 * MINUTE) == [
        "infusion.before_hand_over",
        "infusion.ends_before_start",
        "infusion.in_future",
        "infusion.volume",
    ]
    assert mistakes(handed, handed, "-0.1", handed) == ["infusion.volume"]


def test_a_kit_is_told_only_once_it_is_assigned() -> None:
    assert rules.kit_of(CHECKED) == KIT
    with pytest.raises(ValueError, match="no kit"):
        rules.kit_of(OPENED)


def decimals(least: str, most: str, places: int = 1) -> st.SearchStrategy[Decimal]:
    return st.decimals(D(least), D(most), places=places, allow_nan=False, allow_infinity=False)


@st.composite
def trials(draw: st.DrawFn) -> tuple[Trial, Decimal, Decimal]:
    """Return a trial in which a good thaw can be released, a suspension and a sample (mL)."""
    final = draw(decimals("20", "500", 0))
    suspension = draw(decimals("5", "100", 0))
    overfill = draw(st.booleans())
    rule = DoseRule(
        target_cells=draw(st.integers(2, 5000)) * D(1_000_000),
        basis=draw(st.sampled_from(Basis)),
        final_volume_ml=final,
        residual_ml=final * draw(decimals("0", "0.2", 2)) if overfill else D(0),
        overfill=overfill,
        tolerance_pct=draw(decimals("2", "10")),
    )
    release = msgspec.structs.replace(
        TRIAL.release,
        min_viability_pct=draw(decimals("40", "99.5", 2)),
        max_replicate_difference_pct=draw(decimals("5", "30")),
        replicates=draw(st.integers(1, 6)),
    )
    sample = suspension * draw(decimals("0", "0.2", 2))
    return msgspec.structs.replace(TRIAL, dose=rule, release=release), suspension, sample


@settings(max_examples=300)
@given(trials(), METHODS, st.data())
def test_a_sham_count_passes_whatever_a_good_thaw_would_pass(
    made: tuple[Trial, Decimal, Decimal], method: str, data: st.DataObject
) -> None:
    trial, suspension, sample = made
    target = rules.target_cells(trial, trial.stages[0].arms[0], None)
    count = 2 * trial.release.replicates
    draws = data.draw(st.lists(st.integers(0, 99), min_size=count, max_size=count))
    readings = rules.sham_readings(trial, target, suspension, method, draws)
    inputs = rules.dose_inputs(trial, target, suspension, sample)
    result = arithmetic.calculate(readings, inputs)
    assert arithmetic.stopping(arithmetic.findings(result, inputs)) == ()
    assert len(readings) == trial.release.replicates
    assert said(rules.wrong_replicates(readings, trial.release, method, OPENED)) == []
    assert rules.other_than_card(readings, readings) is None


@given(METHODS, st.lists(st.integers(0, 99), min_size=4, max_size=4))
def test_a_sham_count_of_the_usual_trial_looks_like_a_count(method: str, draws: list[int]) -> None:
    readings = rules.sham_readings(TRIAL, TARGET, D(20), method, draws)
    inputs = rules.dose_inputs(TRIAL, TARGET, D(20), D("0.5"))
    result = arithmetic.calculate(readings, inputs)
    assert result.findings == ()
    assert D(84) < result.viability_pct < D(89)
    for reading in readings:
        if isinstance(reading, HaemocytometerReading):
            assert 100 < reading.live + reading.dead < 300
            assert reading.squares == 4


def test_different_draws_make_different_cards() -> None:
    cards = {
        rules.sham_readings(TRIAL, TARGET, D(20), "counter", [n, 99 - n, n, n]) for n in range(100)
    }
    assert len(cards) > 50
