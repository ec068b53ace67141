"""What was decided on a kit stays decided, whatever becomes of its dose or its shipment."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.workflows import dosing, stock
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests import pharmacies
from tests.pharmacies import CREDENTIALS, WANG, MadeSite
from tests.small_trials import CELLS


@pytest.fixture
def made(tmp_path: Path) -> MadeSite:
    return pharmacies.make_site(tmp_path / "site", kits_of_each=2)


@pytest.fixture
def pharmacy(made: MadeSite) -> Iterator[Pharmacy]:
    with made.signed_in() as opened:
        yield opened.pharmacy


def kit(pharmacy: Pharmacy, number: str) -> Kit:
    found = kit_queries.kit(pharmacy.reader, number)
    if found is None:
        raise LookupError(number)
    return found


def test_an_expected_kit_cannot_be_quarantined_around_its_receipt(
    made: MadeSite, pharmacy: Pharmacy
) -> None:
    number = made.kits[CELLS][0]
    with pytest.raises(Refused) as refused:
        stock.quarantine(pharmacy, Scanned(number), "found on the table")
    assert [v.rule for v in refused.value.violations] == ["kit.not_received"]
    assert kit(pharmacy, number).state is KitState.EXPECTED


def test_a_kit_quarantined_after_its_assignment_stays_so_when_the_dose_is_stopped(
    made: MadeSite, pharmacy: Pharmacy
) -> None:
    pharmacies.stock_shelf(made, pharmacy)
    subject = pharmacies.enrolled(made, pharmacy, "01-001", "A")
    dose_id = dosing.open_dose(pharmacy, subject, "W0")
    number = dosing.assign(pharmacy, dose_id).kit.kit_number
    stock.quarantine(pharmacy, Scanned(number), "frost on the lid")
    with pytest.raises(Refused) as refused:
        dosing.scan_kit(pharmacy, dose_id, Scanned(number))
    assert [v.rule for v in refused.value.violations] == ["kit.quarantined"]
    dosing.stop(pharmacy, dose_id, "its kit is in quarantine")
    left = kit(pharmacy, number)
    assert (left.state, left.because, left.dose_id) == (
        KitState.QUARANTINED,
        "frost on the lid",
        None,
    )
    stock.decide_quarantine(
        pharmacy, [number], usable=True, authorisation="QA-7", credential=CREDENTIALS[WANG]
    )
    assert kit(pharmacy, number).state is KitState.AVAILABLE


def test_a_kit_whose_dose_is_stopped_before_it_left_storage_is_free_again(
    made: MadeSite, pharmacy: Pharmacy
) -> None:
    pharmacies.stock_shelf(made, pharmacy)
    subject = pharmacies.enrolled(made, pharmacy, "01-001", "A")
    dose_id = dosing.open_dose(pharmacy, subject, "W0")
    number = dosing.assign(pharmacy, dose_id).kit.kit_number
    dosing.stop(pharmacy, dose_id, "the subject withdrew")
    left = kit(pharmacy, number)
    assert (left.state, left.dose_id) == (KitState.AVAILABLE, None)


def test_a_stopped_dose_is_not_stopped_again(made: MadeSite, pharmacy: Pharmacy) -> None:
    pharmacies.stock_shelf(made, pharmacy)
    subject = pharmacies.enrolled(made, pharmacy, "01-001", "A")
    dose_id = dosing.open_dose(pharmacy, subject, "W0")
    dosing.stop(pharmacy, dose_id, "the subject withdrew")
    with pytest.raises(Refused) as refused:
        dosing.stop(pharmacy, dose_id, "the subject withdrew")
    assert [v.rule for v in refused.value.violations] == ["bench.too_late_to_stop"]
