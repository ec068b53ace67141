"""The main job through the workflows, for both arms."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.kits import KitState
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.workflows import custody, dosing, site
from tests import pharmacies


@pytest.mark.parametrize("arm", ["A", "B"])
def test_a_kit_goes_from_receipt_to_a_nurses_hands_and_back_as_a_report(
    tmp_path: Path, arm: str
) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        pharmacies.stock_shelf(made, pharmacy)
        subject = pharmacies.enrolled(made, pharmacy, "01-001", arm)
        dose_id = pharmacies.handed_over(made, pharmacy, subject)
        made.clock.advance(timedelta(hours=1))
        custody.report_infusion(
            pharmacy,
            dose_id,
            started_at=made.clock.now() - timedelta(minutes=50),
            ended_at=made.clock.now() - timedelta(minutes=10),
            not_infused_ml=Decimal(0),
            reported_by="Nurse Qian",
        )
        dose = dosing.dose(pharmacy, dose_id)
        assert dose.step is Step.CLOSED
        kit = kit_queries.kit(pharmacy.reader, str(dose.kit))
        assert kit is not None
        assert kit.state is KitState.INFUSED


def test_a_whole_days_ledger_verifies_and_replays(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
        for number, arm in (("01-001", "A"), ("01-002", "B")):
            subject = pharmacies.enrolled(made, opened.pharmacy, number, arm)
            pharmacies.handed_over(made, opened.pharmacy, subject)
    with made.signed_in() as opened:
        report = site.verify_records(opened.pharmacy, opened.vault, replay=True)
    assert report.first_bad is None
    assert report.intact


def test_older_records_put_back_are_noticed_at_sign_in_and_recorded(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    older = (made.folder / "site.db").read_bytes()
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
    for left in made.folder.glob("site.db-*"):
        left.unlink()
    (made.folder / "site.db").write_bytes(older)
    with made.signed_in() as opened:
        assert opened.doubt is not None
        kinds = [type(r.event).__name__ for r in opened.pharmacy.ledger.history("site")]
    assert kinds[-1] == "RecordsDoubted"
    with made.signed_in() as opened:
        assert opened.doubt is None
