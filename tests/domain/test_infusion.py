"""The small formulas around a dose."""

from decimal import Decimal

import pytest

from pharmacy_app.domain import dose, infusion
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.wording import worded

D = Decimal


def test_a_dose_by_weight_is_capped() -> None:
    assert infusion.target_cells(D(2_000_000), D("62.5")) == 125_000_000
    assert infusion.target_cells(D(2_000_000), D("62.5"), D(100_000_000)) == 100_000_000


def test_delivered_cells_are_the_part_of_the_bag_that_was_infused() -> None:
    delivered = infusion.delivered_cells(D(150_000_000), D(100), D(92))
    assert delivered == 138_000_000
    assert infusion.delivered_pct(delivered, D(150_000_000)) == 92


def test_albumin_dmso_and_drip_follow_their_formulas() -> None:
    assert infusion.albumin_volume_ml(D(100), D(5), D(20)) == 25
    assert infusion.dmso_g_per_kg(D(20), D(10), D(55)) == D("0.04")
    assert infusion.ml_per_minute(D(100), D(40)) == D("2.5")
    assert infusion.drops_per_minute(D(100), D(40)) == 50
    assert dose.shown(infusion.drops_per_minute(D(100), D(30)), 2) == D("66.67")


def test_what_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(Refused) as refused:
        infusion.dmso_g_per_kg(D(-1), D(101), D("NaN"))
    assert len(refused.value.violations) == 3
    with pytest.raises(Refused) as refused:
        infusion.delivered_cells(D(1), D(100), D("100.1"))
    assert "100.1" in worded(refused.value.violations[0], "zh").found
    with pytest.raises(Refused) as refused:
        infusion.albumin_volume_ml(D(100), D(20), D(5))
    assert "5" in worded(refused.value.violations[0], "en").found
