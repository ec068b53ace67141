"""Kits through all ways out, at random: balance = shelf after every act, and the same when replayed.

``KIT_ACTS`` sets how many acts are tried.
"""

import os
from pathlib import Path

import pytest

from pharmacy_app.domain.kits import ON_SHELF
from pharmacy_app.simulation.people import OpenKeys
from pharmacy_app.workflows import site
from tests import pharmacies
from tests.pharmacies import LI, PASSWORDS, WANG
from tests.properties.kit_acts import KitActs
from tests.replays import shelf_then

ACTS = int(os.environ.get("KIT_ACTS", "200"))
OUT = {"waste", "reserve", "draw_up", "strike", "drop", "authorise", "finish", "bring_back"}


@pytest.mark.parametrize("seed", [1, 2])
def test_any_acts_keep_the_account_whole(tmp_path: Path, seed: int) -> None:
    made = pharmacies.make_site(tmp_path / "site", kits_of_each=11, entries_of_each=6)
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        keys = {person: opened.vault.unlock(person, PASSWORDS[person]) for person in (WANG, LI)}
        pharmacy.session.signing = OpenKeys(keys)
        pharmacies.stock_shelf(made, pharmacy)
        subjects = [
            pharmacies.enrolled(made, pharmacy, f"01-00{n}", arm)
            for n, arm in enumerate("ABABAB", start=1)
        ]
        driver = KitActs(made, pharmacy, subjects, seed)
        moments = []
        for _ in range(ACTS):
            driver.any()
            driver.whole()
            moments.append((pharmacy.now(), sum(s in ON_SHELF for s, _ in driver.before.values())))
        assert OUT - set(driver.done) == set()
        last = dict(moments)
        for then in list(last)[:: max(1, len(last) // 5)]:
            assert sum(shelf_then(pharmacy, then).values()) == last[then]
        report = site.verify_records(pharmacy, opened.vault, replay=True)
        assert report.first_bad is None
