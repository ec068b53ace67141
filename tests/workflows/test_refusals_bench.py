"""Refusals at the bench: kits, windows, counts, stops."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.workflows import (
    dosing,
    preparation,
    receiving,
    stock,
    storing,
)
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies
from tests.desks import Desk, counted, opened_dose, other_kit, refused, scan
from tests.pharmacies import CREDENTIALS, SHIPMENT, WANG
from tests.small_trials import CELLS, SHAM


def test_unknown_kit_is_refused_and_noted(desk: Desk) -> None:
    dose_id, _ = opened_dose(desk)
    with refused("kit.unknown"):
        scan(desk, dose_id, "KAAAAAAA")
    assert desk.near_misses() == 1


def test_kit_of_the_other_arm_is_refused_without_naming_an_arm(desk: Desk) -> None:
    dose_id, mine = opened_dose(desk, "A")
    with refused("kit.not_the_assigned", "kit.wrong_arm"):
        scan(desk, dose_id, other_kit(desk, SHAM, mine))
    assert desk.near_misses() == 1


def test_kit_of_another_subject_is_refused(desk: Desk) -> None:
    _, theirs = opened_dose(desk, "A", "01-001")
    mine, _ = opened_dose(desk, "A", "01-002")
    with refused("kit.not_the_assigned", "kit.other_subject"):
        scan(desk, mine, theirs)


def test_kit_already_used_is_refused(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    used = dosing.dose(
        desk.pharmacy, pharmacies.handed_over(desk.made, desk.pharmacy, "01-001")
    ).kit
    dose_id, _ = opened_dose(desk, "A", "01-002")
    with refused("kit.not_the_assigned", "kit.already_used"):
        scan(desk, dose_id, str(used))


def test_quarantined_kit_is_refused(desk: Desk) -> None:
    dose_id, mine = opened_dose(desk)
    held = other_kit(desk, CELLS, mine)
    stock.quarantine(desk.pharmacy, Scanned(held), "frost on the bag")
    with refused("kit.not_the_assigned", "kit.quarantined"):
        scan(desk, dose_id, held)


def test_expired_kit_is_refused_at_the_bench(desk: Desk) -> None:
    dose_id, mine = opened_dose(desk)
    desk.made.clock.advance(timedelta(days=400))
    with refused("kit.expired"):
        scan(desk, dose_id, mine)


def test_damaged_kit_is_refused(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        receiving.open_receipt(pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
        numbers = [n for kits in made.kits.values() for n in kits]
        for number in numbers[1:]:
            receiving.examine(pharmacy, SHIPMENT, Scanned(number))
        with refused("shipment.remarks"):
            receiving.examine(pharmacy, SHIPMENT, Scanned(numbers[0]), Condition.DAMAGED)
        receiving.examine(pharmacy, SHIPMENT, Scanned(numbers[0]), Condition.DAMAGED, "cracked")
        receiving.sign_receipt(pharmacy, SHIPMENT, CREDENTIALS[WANG])
        for number in numbers[1:]:
            storing.stow(pharmacy, Scanned(number), str(storing.next_free_position(pharmacy)))
        dose_id, _ = opened_dose(Desk(made, pharmacy))
        with refused("kit.not_the_assigned", "kit.damaged"):
            scan(Desk(made, pharmacy), dose_id, numbers[0])


def test_visit_out_of_its_window_is_refused_or_needs_a_reason(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    with refused("visit.no_anchor"):
        dosing.open_dose(desk.pharmacy, subject, "W1")
    desk.made.clock.advance(timedelta(hours=49))
    with refused("visit.needs_reason"):
        dosing.open_dose(desk.pharmacy, subject, "W0")
    pharmacies.thawed(desk.made, desk.pharmacy, subject, outside="ward was closed")
    assert [d.rule for d in dose_queries.deviations(desk.pharmacy.reader)] == ["visit.outside"]


def test_second_visit_before_its_window_is_refused_outright(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    pharmacies.handed_over(desk.made, desk.pharmacy, subject)
    with refused("visit.outside"):
        dosing.open_dose(desk.pharmacy, subject, "W1", outside="a reason does not help")


@pytest.mark.parametrize("degrees", ["34.9", "39.1"])
def test_a_bath_outside_the_protocols_range_is_refused(desk: Desk, degrees: str) -> None:
    opened, kit = opened_dose(desk)
    dose_id = DoseId(opened)
    scan(desk, dose_id, kit)
    dosing.take_out(desk.pharmacy, dose_id)
    with refused("bench.bath_temperature"):
        preparation.start_thaw(desk.pharmacy, dose_id, "WB-1", Decimal(degrees))
    preparation.start_thaw(desk.pharmacy, dose_id, "WB-1", Decimal(39))
    assert dosing.dose(desk.pharmacy, dose_id).step is Step.THAWING


def test_viability_exactly_on_the_limit_passes(desk: Desk) -> None:
    counted(desk, 98, 42)
    line = dose_queries.open_doses(desk.pharmacy.reader)[0]
    assert line.step is Step.DRAW


def test_viability_below_the_limit_is_refused_and_the_count_is_kept(desk: Desk) -> None:
    with refused("dose.viability_below_limit"):
        counted(desk, 95, 43)
    line = dose_queries.open_doses(desk.pharmacy.reader)[0]
    kinds = [type(r.event).__name__ for r in dosing.dose(desk.pharmacy, line.dose_id).record]
    assert kinds[-1] == "CountFailed"
    assert line.step is Step.COUNT


def test_too_few_cells_are_refused(desk: Desk) -> None:
    with refused("dose.not_enough_cells"):
        counted(desk, 120, 16, dilution=20)


def test_stopped_dose_wastes_its_kit_and_may_be_replaced(desk: Desk) -> None:
    with refused("dose.viability_below_limit"):
        counted(desk, 95, 43)
    first = dose_queries.open_doses(desk.pharmacy.reader)[0]
    with refused("visit.dose_there"):
        dosing.open_dose(desk.pharmacy, first.subject_id, "W0")
    dosing.stop(desk.pharmacy, first.dose_id, "viability", rules_broken=("dose.x",))
    second = dosing.open_dose(desk.pharmacy, first.subject_id, "W0")
    assert dosing.dose(desk.pharmacy, second).opened.replaces == first.dose_id
    assert dosing.assign(desk.pharmacy, second).kit.kit_number != first.kit_number


def test_nothing_usable_says_what_stands_in_the_way(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = dosing.open_dose(desk.pharmacy, "01-001", "W0")
    for number in desk.made.kits[CELLS]:
        stock.quarantine(desk.pharmacy, Scanned(number), "frost")
    with pytest.raises(Refused) as caught:
        dosing.assign(desk.pharmacy, dose_id)
    assert caught.value.violations[0].fact("quarantined") == len(desk.made.kits[CELLS])


def test_kit_released_from_quarantine_goes_back_to_the_dose_that_waits_for_it(desk: Desk) -> None:
    dose_id, mine = opened_dose(desk)
    stock.quarantine(desk.pharmacy, Scanned(mine), "frost")
    with refused("kit.quarantined"):
        scan(desk, dose_id, mine)
    stock.decide_quarantine(
        desk.pharmacy, [mine], usable=True, authorisation="QA-7", credential=CREDENTIALS[WANG]
    )
    scan(desk, dose_id, mine)
    assert dosing.dose(desk.pharmacy, DoseId(dose_id)).step is Step.TAKE_OUT
