from pathlib import Path

import pytest

from pharmacy_app.domain.events.disposal import Way
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.workflows import disposal, dosing
from pharmacy_app.workflows.kit_story import kit_story
from pharmacy_app.workflows.pharmacy import Scanned
from tests.pharmacies import CREDENTIALS, WANG, enrolled, handed_over, make_site, stock_shelf
from tests.small_trials import CELLS


def test_story_goes_from_the_shipper_to_the_nurse_in_the_order_recorded(tmp_path: Path) -> None:
    made = make_site(tmp_path / "vault")
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        stock_shelf(made, pharmacy)
        enrolled(made, pharmacy, "01-001", "A")
        dose_id = handed_over(made, pharmacy, "01-001")
        kit = dosing.dose(pharmacy, dose_id).kit
        told = [type(one.event).__name__ for one in kit_story(pharmacy, KitNumber(str(kit)))]
    assert told == [
        "ReceiptOpened",
        "KitExamined",
        "ShipmentReceived",
        "KitStowed",
        "DoseOpened",
        "KitAssigned",
        "TakenOutOfStorage",
        "ThawStarted",
        "ThawEnded",
        "HandedOver",
    ]


def test_stopped_dose_stays_in_the_story_of_the_kit_that_is_free_again(tmp_path: Path) -> None:
    made = make_site(tmp_path / "vault")
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        stock_shelf(made, pharmacy)
        enrolled(made, pharmacy, "01-001", "A")
        dose_id = dosing.open_dose(pharmacy, "01-001", "W0")
        kit = dosing.assign(pharmacy, dose_id).kit.kit_number
        dosing.stop(pharmacy, dose_id, "subject was taken ill")
        told = [type(one.event).__name__ for one in kit_story(pharmacy, kit)]
        assert told[-4:] == ["DoseOpened", "KitAssigned", "PreparationStopped", "KitReturnedToPool"]
        with pytest.raises(LookupError):
            kit_story(pharmacy, KitNumber("KXXXXXXX"))


def test_the_lists_of_a_kit_are_in_its_story_until_it_is_struck(tmp_path: Path) -> None:
    made = make_site(tmp_path / "vault")
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        stock_shelf(made, pharmacy)
        first, second, third = made.kits[CELLS][:3]
        list_id = disposal.open_list(pharmacy, Way.SENT_BACK, [first, second, third], "end")
        disposal.strike(pharmacy, list_id, Scanned(second), "needed")
        disposal.authorise(pharmacy, list_id, "S-1", CREDENTIALS[WANG])
        disposal.send(pharmacy, list_id, "SF", "CASE-1", CREDENTIALS[WANG])
        names = {
            kit: [type(one.event).__name__ for one in kit_story(pharmacy, kit)]
            for kit in (first, second)
        }
    assert names[first][-3:] == ["DisposalListed", "DisposalPermitted", "KitsSent"]
    assert names[second][-2:] == ["DisposalListed", "KitStruck"]
