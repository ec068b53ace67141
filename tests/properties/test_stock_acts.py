"""Kits through every act there is, at random, and then the site closed: no kit without a way out.

After each act the balance is the shelf, no place is held twice and no kit is in two states; at
intervals and at the end the state computed again from the ledger is the same. Then whatever state the
acts left behind, the site is closed by lawful acts alone, every kit explained. ``STOCK_ACTS`` sets how
many acts are tried a site, ``STOCK_SITES`` at how many sites.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pharmacy_app.domain.disposal import OPEN
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.disposal import Remains, Way
from pharmacy_app.domain.kits import ON_SHELF, WAITING, Disposal, KitState
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.queries.unblinded import disposal as disposal_queries
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import lots as lot_queries
from pharmacy_app.simulation.people import OpenKeys
from pharmacy_app.vault.session import OpenVault
from pharmacy_app.wording import Language, refusal_in_words
from pharmacy_app.workflows import (
    accountability,
    counting,
    custody,
    disposal,
    dosing,
    excursions,
    lots,
    moving,
    site,
    stock,
    storing,
)
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies
from tests.pharmacies import LI, PASSWORDS, WANG
from tests.properties.kit_acts import HERS, MINE, KitActs
from tests.replays import shelf_then

ACTS = int(os.environ.get("STOCK_ACTS", "200"))
SITES = int(os.environ.get("STOCK_SITES", "1"))
LANGUAGES: tuple[Language, ...] = ("en", "zh")
EVERY = 1000
"""Acts between two replays."""
EXPECTED = {"open_case", "decide_case", "recall", "take_recall_back", "extend", "move", "swap"}


class StockActs(KitActs):
    """The acts of the shelf beside those of the ways out."""

    @property
    def acts(self) -> tuple[Callable[[], object], ...]:
        """Every kind of act."""
        return (
            *super().acts,
            *(self.open_case, self.decide_case, self.decide_case, self.recall),
            *(self.take_recall_back, self.extend, self.move, self.move, self.swap),
            *(self.turn_up, self.put_back),
        )

    def open_case(self) -> None:
        """Open a case for a place and a time."""
        now = self.pharmacy.now()
        back = timedelta(hours=self.chance.choice([0, 2, 30]))
        within = self.chance.choice(["", "T1-R1", "T1-R1-B01", "T1-R2"])
        times = (now - back, now - back + timedelta(minutes=1))
        excursions.open_for_unit(self.pharmacy, "T1", times, "alarm", within=within)

    def decide_case(self) -> None:
        """Decide on some or all of the kits of a case, mostly that they are good."""
        cases = [case for case in excursions.cases(self.pharmacy) if case.waiting]
        case_id = self.chance.choice(cases).case_id if cases else "E-NONE"
        waiting = excursions.waiting(self.pharmacy, case_id)
        some = self.chance.sample(waiting, self.chance.randint(0, len(waiting)))
        bad = [kit for kit in some if self.chance.random() < 0.1]
        good = [kit for kit in some if kit not in bad]
        excursions.decide(
            self.pharmacy, case_id, usable=good, rejected=bad, authorisation="S", credential=MINE
        )

    def recall(self) -> None:
        """Recall a lot, seldom: it takes half of the shelf."""
        if self.chance.random() < 0.2:
            lot = self.chance.choice(lot_queries.lots(self.pharmacy.reader)).lot
            lots.recall(self.pharmacy, lot, "R-1", "growth", MINE)

    def take_recall_back(self) -> None:
        """Take a recall back."""
        lot = self.chance.choice(lot_queries.lots(self.pharmacy.reader)).lot
        lots.withdraw_recall(self.pharmacy, lot, "R-2", MINE)

    def extend(self) -> None:
        """Extend the blinded lot's expiry, put its labels on, or give it up."""
        blinded = lot_queries.lots(self.pharmacy.reader)[0].blinded_lot
        found = lot_queries.open_extensions(self.pharmacy.reader)
        if not found:
            latest = max(kit.expiry for kit in self.kits())
            later = latest + timedelta(days=30)
            lots.extend_expiry(self.pharmacy, blinded, later, "X", MINE)
            return
        extension, kits = lots.kits_to_overlabel(self.pharmacy, found[0].extension_id)
        if self.chance.random() < 0.2:
            lots.drop_extension(self.pharmacy, extension.extension_id, "mistake")
            return
        lots.apply_overlabels(
            self.pharmacy,
            extension.extension_id,
            [kit.kit_number for kit in kits],
            printed=len(kits) + 1,
            spoiled=1,
            remaining=0,
            credentials=(MINE, HERS),
        )

    def place(self) -> str:
        """Return a place, taken or not, of those that matter here."""
        row, column = self.chance.choice("ABC"), self.chance.randint(1, 9)
        return f"T1-R{self.chance.randint(1, 2)}-B01-{row}{column}"

    def move(self) -> None:
        """Put a kit somewhere."""
        storing.stow(self.pharmacy, Scanned(self.some(1)[0]), self.place())

    def swap(self) -> None:
        """Let two kits change places."""
        first, second, *_ = (*self.some(2), *self.some(2))
        moving.book(
            self.pharmacy,
            moving.swapped(self.pharmacy, first, second),  # type: ignore[arg-type] # plain str
            MINE,
        )

    def turn_up(self) -> None:
        """Find a kit that was gone: mostly none is."""
        counting.found(self.pharmacy, Scanned(self.some(1)[0]), "bench", "tidying", MINE)

    def put_back(self) -> None:
        """Put an unopened kit back."""
        storing.put_back(self.pharmacy, Scanned(self.some(1)[0]), "not today", self.place())

    # The way out

    def close_site(self) -> None:
        """Bring every kit to its end by lawful acts, and sign that all of them are explained."""
        self._end_doses()
        for extension in lot_queries.open_extensions(self.pharmacy.reader):
            lots.drop_extension(self.pharmacy, extension.extension_id, "the site closes")
        for found in disposal_queries.lists(self.pharmacy.reader):
            if found.state in OPEN:
                disposal.drop(self.pharmacy, found.list_id, "the site closes")
        waiting = [k.kit_number for k in self.kits() if k.state in WAITING | {KitState.DAMAGED}]
        if waiting:
            stock.decide_quarantine(
                self.pharmacy,
                [str(number) for number in waiting],
                usable=False,
                authorisation="CLOSE",
                credential=MINE,
            )
        for line in disposal_queries.given(self.pharmacy.reader):
            custody.take_back(
                self.pharmacy, line.dose_id, Remains.EMPTY, left_ml=Decimal(0), brought_by="Nurse"
            )
        self._clear_shelf()
        account = accountability.reconcile(self.pharmacy)
        assert account.unexplained == ()
        assert account.adds_up
        accountability.close(self.pharmacy, "", MINE)
        assert not [kit for kit in self.kits() if kit.state in ON_SHELF]

    def _end_doses(self) -> None:
        for line in dose_queries.open_doses(self.pharmacy.reader):
            if line.step is Step.REPORT:
                custody.return_bag(self.pharmacy, line.dose_id, "Nurse", "the site closes")
            else:
                dosing.stop(self.pharmacy, line.dose_id, "the site closes")

    def _clear_shelf(self) -> None:
        here = [k for k in self.kits() if k.state in ON_SHELF or k.disposal is Disposal.HELD]
        if here:
            numbers = [str(kit.kit_number) for kit in here]
            list_id = disposal.open_list(self.pharmacy, Way.SENT_BACK, numbers, "the site closes")
            disposal.authorise(self.pharmacy, list_id, "CLOSE", MINE)
            disposal.send(self.pharmacy, list_id, "SF", "CASE", MINE)


def replayed(driver: StockActs, vault: OpenVault) -> None:
    assert site.verify_records(driver.pharmacy, vault, replay=True).first_bad is None


@pytest.mark.parametrize("seed", range(SITES))
def test_every_act_keeps_the_account_and_every_kit_has_a_way_out(tmp_path: Path, seed: int) -> None:
    made = pharmacies.make_site(
        tmp_path / "site", seed=f"acts{seed}", kits_of_each=24, entries_of_each=6
    )
    with made.signed_in() as opened:
        pharmacy, vault = opened.pharmacy, opened.vault
        keys = {person: vault.unlock(person, PASSWORDS[person]) for person in (WANG, LI)}
        pharmacy.session.signing = OpenKeys(keys)
        pharmacies.stock_shelf(made, pharmacy)
        subjects = [
            pharmacies.enrolled(made, pharmacy, f"01-00{n}", arm)
            for n, arm in enumerate("ABABAB", start=1)
        ]
        driver = StockActs(made, pharmacy, subjects, seed)
        moments = []
        for number in range(1, ACTS + 1):
            driver.any()
            driver.whole()
            moments.append((pharmacy.now(), sum(s in ON_SHELF for s, _ in driver.before.values())))
            if number % EVERY == 0:
                replayed(driver, vault)
        if ACTS >= 200:
            assert EXPECTED - set(driver.done) == set()
        then, on_shelf = moments[len(moments) // 2]
        assert sum(shelf_then(pharmacy, then).values()) == on_shelf
        driver.close_site()
        driver.whole()
        replayed(driver, vault)


def test_every_rule_that_a_random_act_meets_says_what_to_do(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site", kits_of_each=4, entries_of_each=2)
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        keys = {person: opened.vault.unlock(person, PASSWORDS[person]) for person in (WANG, LI)}
        pharmacy.session.signing = OpenKeys(keys)
        pharmacies.stock_shelf(made, pharmacy)
        subject = pharmacies.enrolled(made, pharmacy, "01-001", "A")
        driver = StockActs(made, pharmacy, [subject], 7)
        refusals = []
        for act in driver.acts * 4:
            try:
                act()
            except Refused as refused:
                refusals.append(refused)
        assert refusals
        for met in refusals:
            for language in LANGUAGES:
                for reason in refusal_in_words(met, language):
                    assert reason.rule, reason.code
                    assert reason.remedy, reason.code
