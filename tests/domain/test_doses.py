"""A dose replayed from its history: the step it waits for, its labels, its clocks."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.doses import ORDER, STEP_AFTER, LabelState, Step, replay
from pharmacy_app.domain.events import dose as happened
from pharmacy_app.domain.events import label as labelled
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import LabelId
from tests.domain.histories import (
    DOSE,
    GIVEN,
    KIT,
    LABEL,
    MINUTE,
    READINGS,
    RESULT,
    START,
    dose_after,
    dose_waiting_after,
    history,
)

STOPPED = happened.PreparationStopped(dose_id=DOSE, rules=("bench.appearance",), remarks="clumps")
SECOND = LabelId("D-4KX9M2P/2")


def reserved(copy: int, label: LabelId) -> labelled.LabelReserved:
    return labelled.LabelReserved(
        dose_id=DOSE, label_id=label, copy=copy, symbol=f"B1*{copy}", paper="aa", picture="bb"
    )


def voided(label: LabelId) -> labelled.LabelVoided:
    return labelled.LabelVoided(dose_id=DOSE, label_id=label, because="smeared")


@given(st.integers(1, len(GIVEN)))
def test_any_beginning_of_a_lawful_history_waits_for_the_step_of_its_next_event(
    length: int,
) -> None:
    dose = replay(history(GIVEN[:length]))
    assert dose is not None
    assert dose.step is STEP_AFTER[type(GIVEN[length - 1])]
    assert len(dose.record) == length


def test_the_steps_of_a_given_dose_come_in_the_order_of_the_bench() -> None:
    places = [ORDER.index(STEP_AFTER[type(event)]) for event in GIVEN]
    assert places == sorted(places)
    assert {ORDER[place] for place in places} == set(ORDER)
    assert ORDER[-1] is Step.CLOSED
    assert Step.STOPPED not in ORDER


@given(st.integers(1, len(GIVEN) - 2))
def test_a_dose_stopped_anywhere_is_over_and_keeps_what_happened(length: int) -> None:
    dose = dose_after(*GIVEN[:length], STOPPED)
    assert dose.step is Step.STOPPED
    assert dose.over
    assert dose.stopped == STOPPED
    assert dose.thawed is (length > 4)


def test_no_history_and_a_history_without_an_opening_tell_of_no_dose() -> None:
    assert replay([]) is None
    assert replay(history(GIVEN[1:])) is None


def test_a_given_dose_holds_every_fact_of_its_history() -> None:
    dose = dose_after(*GIVEN)
    assert (dose.dose_id, dose.kit, dose.subject, dose.visit) == (DOSE, KIT, "01-001", "W0")
    assert dose.taken_out_at == START + 3 * MINUTE
    assert dose.thaw_started_at == START + 4 * MINUTE
    assert dose.thaw_ended_at == START + 5 * MINUTE
    assert dose.diluted_at == START + 10 * MINUTE
    assert dose.handed_over_at == START + 16 * MINUTE
    assert dose.use_before == START + timedelta(hours=3)
    assert (dose.checked, dose.counted_by, dose.over) == (True, "wang", True)
    facts = (
        dose.identified,
        dose.appearance,
        dose.counting,
        dose.counted,
        dose.drawn,
        dose.covered,
    )
    assert None not in (*facts, dose.infusion, dose.handed_over)


def test_an_event_that_is_no_step_leaves_the_dose_where_it_is() -> None:
    waiting = dose_waiting_after(happened.CountBegun)
    failed = happened.CountFailed(
        dose_id=DOSE,
        readings=READINGS,
        suspension_ml=Decimal(20),
        sample_ml=Decimal("0.5"),
        result=RESULT,
    )
    after_failure = dose_after(*GIVEN[:8], failed)
    assert waiting.step is after_failure.step is Step.COUNT
    assert after_failure.counted is None


def test_the_clock_after_dilution_never_starts_anew() -> None:
    again: tuple[Event, ...] = GIVEN[8:11]  # count, draw, dilute
    dose = dose_after(*GIVEN[:12], *again)
    assert dose.step is Step.COVER
    assert dose.diluted_at == START + 10 * MINUTE


def test_a_dose_released_without_its_check_waits_for_its_verification() -> None:
    deferred = happened.CheckDeferred(
        dose_id=DOSE, verify_by=START + timedelta(hours=24), use_before=START + timedelta(hours=3)
    )
    dose = dose_after(*GIVEN[:12], deferred)
    assert dose.step is Step.LABEL
    assert (dose.checked, dose.waits_for_verification) == (False, True)
    later = happened.VerifiedLater(dose_id=DOSE, readings=READINGS, agrees=True)
    verified = dose_after(*GIVEN[:12], deferred, later)
    assert verified.step is Step.LABEL
    assert not verified.waits_for_verification


def test_a_returned_bag_closes_the_dose() -> None:
    returned = happened.BagReturned(dose_id=DOSE, returned_by="Zhang", because="fever")
    dose = dose_after(*GIVEN[:17], returned)
    assert (dose.step, dose.returned, dose.infusion) == (Step.CLOSED, returned, None)


@pytest.mark.parametrize(
    ("told", "state", "step"),
    [
        ((), LabelState.RESERVED, Step.LABEL),
        ((GIVEN[14],), LabelState.SPOOLED, Step.SCAN_BACK),
        ((GIVEN[14], GIVEN[15]), LabelState.VERIFIED, Step.HAND_OVER),
    ],
)
def test_a_label_goes_from_its_number_to_its_scan(
    told: tuple[Event, ...], state: LabelState, step: Step
) -> None:
    dose = dose_after(*GIVEN[:14], *told)
    label = dose.current_label()
    assert label is not None
    assert (label.label_id, label.copy, label.state, dose.step) == (LABEL, 1, state, step)


@pytest.mark.parametrize(
    "lost", [labelled.LabelFailed(dose_id=DOSE, label_id=LABEL, because="jam"), voided(LABEL)]
)
def test_a_failed_or_void_copy_is_kept_and_another_one_is_asked_for(
    lost: labelled.LabelEvent,
) -> None:
    dose = dose_after(*GIVEN[:15], lost)
    assert (dose.step, dose.current_label()) == (Step.LABEL, None)
    again = dose_after(*GIVEN[:15], lost, reserved(2, SECOND))
    live = again.current_label()
    assert live is not None
    assert (live.copy, len(again.labels), again.step) == (2, 2, Step.LABEL)


def test_a_reprint_leads_back_to_the_printer_before_the_bag_may_leave() -> None:
    dose = dose_after(*GIVEN[:16], voided(LABEL), reserved(2, SECOND))
    assert dose.step is Step.LABEL
    assert [copy.state for copy in dose.labels] == [LabelState.VOID, LabelState.RESERVED]


def test_printed_labels_are_those_on_the_bag_and_those_lost() -> None:
    events: tuple[Event, ...] = (
        *GIVEN[:16],
        voided(LABEL),
        reserved(2, SECOND),
        labelled.LabelSpooled(dose_id=DOSE, label_id=SECOND, printer="folder"),
        labelled.LabelScannedBack(dose_id=DOSE, label_id=SECOND, scanned="B1*2", typed=False),
    )
    dose = dose_after(*events)
    states = [copy.state for copy in dose.labels]
    assert states == [LabelState.VOID, LabelState.VERIFIED]
    assert dose.step is Step.HAND_OVER
