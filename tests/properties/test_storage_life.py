"""Kits put away, moved, swapped, picked and put back in any order: one place a kit, one kit a place.

A model beside the pharmacy keeps what each act should have done; after every act places and time out
of storage agree with it, and at the end the whole state is computed again from the ledger.
`STORAGE_STEPS` sets how many acts are tried in all.
"""

import os
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from pharmacy_app.domain.events.storage import BlockReason
from pharmacy_app.domain.ids import DoseId, KitNumber, PositionId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.out_of_storage import times_out
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.queries.unblinded import accountability
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.simulation.people import OpenKeys
from pharmacy_app.workflows import dosing, moving, site, storing
from pharmacy_app.workflows.kit_story import kit_story
from pharmacy_app.workflows.moving import Staged
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests import pharmacies
from tests.pharmacies import CREDENTIALS, PASSWORDS, WANG, MadeSite
from tests.small_trials import CELLS, SHAM

STEPS = int(os.environ.get("STORAGE_STEPS", "240"))
BOXES = ("T1-R1-B01", "T1-R1-B02")
PLACES = [
    PositionId(f"{box}-{row}{column}") for box in BOXES for row in "AB" for column in (1, 2, 3, 4)
]
"""Fewer places than would be convenient, so that kits meet."""
BUDGET = 120 * 60


class Model:
    """What the shelf should look like, kept by another hand than the program's."""

    def __init__(self, made: MadeSite, pharmacy: Pharmacy, numbers: list[KitNumber]) -> None:
        self.made, self.pharmacy, self.numbers = made, pharmacy, numbers
        self.chance = random.Random(20261127)
        self.place: dict[KitNumber, PositionId | None] = dict.fromkeys(numbers)
        self.seconds = dict.fromkeys(numbers, 0)
        self.blocked: set[PositionId] = set()
        self.waiting_since = dict.fromkeys(numbers, made.clock.now())
        self.picked: dict[KitNumber, datetime] = {}
        self.dose: DoseId | None = None
        self.done = 0

    @property
    def now(self) -> datetime:
        return self.made.clock.now()

    def some(self) -> KitNumber:
        return self.chance.choice([one for one in self.numbers if one not in self.picked])

    def out(self, number: KitNumber, moved: int) -> int:
        waited = self.place[number] is None
        since = self.waiting_since[number]
        return int((self.now - since).total_seconds()) if waited else moved

    def stow(self) -> None:
        number, place = self.some(), self.chance.choice(PLACES)
        minutes = self.chance.randrange(3)
        since = self.now - timedelta(minutes=minutes)
        storing.stow(self.pharmacy, Scanned(number), place, out_since=since)
        self.seconds[number] += self.out(number, minutes * 60)
        self.place[number] = place

    def move(self) -> None:
        kits = [one for one in self.numbers if one not in self.picked]
        chosen = self.chance.sample(kits, self.chance.randint(1, 5))
        staged = [Staged(one, self.chance.choice(PLACES), minutes_out=2) for one in chosen]
        moving.book(self.pharmacy, staged, CREDENTIALS[WANG])
        self.follow(staged)

    def swap(self) -> None:
        staged = moving.swapped(self.pharmacy, self.some(), self.some())
        moving.book(self.pharmacy, staged, CREDENTIALS[WANG])
        self.follow(staged)

    def turn_round(self) -> None:
        """Move every kit that lies somewhere one place on: one ring."""
        ring = [one for one in self.numbers if self.place[one] is not None]
        spots = [self.place[one] for one in (*ring[1:], *ring[:1])]
        staged = [
            Staged(one, spot) for one, spot in zip(ring, spots, strict=True) if spot is not None
        ]
        moving.book(self.pharmacy, staged, CREDENTIALS[WANG])
        self.follow(staged)

    def follow(self, staged: list[Staged]) -> None:
        for one in staged:
            self.seconds[one.kit_number] += self.out(one.kit_number, (one.minutes_out or 0) * 60)
        for one in staged:
            self.place[one.kit_number] = one.target

    def block(self) -> None:
        place = self.chance.choice(PLACES)
        if place in self.blocked:
            storing.unblock(self.pharmacy, place, "mended")
            self.blocked.remove(place)
        else:
            storing.block(self.pharmacy, place, BlockReason.BROKEN, "cracked")
            self.blocked.add(place)

    def pick(self) -> None:
        if self.dose is None:
            self.dose = dosing.open_dose(self.pharmacy, "01-001", "W0", outside="played")
        number = dosing.assign(self.pharmacy, self.dose).kit.kit_number
        dosing.scan_kit(self.pharmacy, self.dose, Scanned(number))
        dosing.take_out(self.pharmacy, self.dose)
        self.picked[number], self.place[number] = self.now, None

    def put_back(self) -> None:
        number, since = next(iter(self.picked.items()), (self.numbers[0], self.now))
        place = self.chance.choice(PLACES)
        storing.put_back(self.pharmacy, Scanned(number), "not today", place)
        self.seconds[number] += int((self.now - since).total_seconds())
        del self.picked[number]
        self.place[number], self.dose = place, None

    def acts(self) -> list[Callable[[], None]]:
        return [
            *(self.stow, self.stow, self.move, self.move, self.swap),
            *(self.turn_round, self.block, self.pick, self.put_back),
        ]

    def agrees(self) -> None:
        kits = [kit_queries.kit(self.pharmacy.reader, number) for number in self.numbers]
        found = {kit.kit_number: kit for kit in kits if kit is not None}
        assert {number: kit.position for number, kit in found.items()} == self.place
        taken = [kit.position for kit in found.values() if kit.position is not None]
        assert len(taken) == len(set(taken))
        assert self.blocked.isdisjoint(taken)
        assert {number: kit.seconds_out for number, kit in found.items()} == self.seconds
        for number, kit in found.items():
            since = self.picked.get(number)
            if since is None and self.place[number] is None:
                since = self.waiting_since[number]
            running = 0 if since is None else int((self.now - since).total_seconds())
            assert kit.seconds_out_until(self.now) == self.seconds[number] + running
            assert (kit.state is KitState.OUT_OF_STORAGE) == (number in self.picked)
        for kit_type in (CELLS, SHAM):
            lines = accountability.movements(self.pharmacy.reader, kit_type)
            assert lines[-1].balance == accountability.on_shelf(self.pharmacy.reader, kit_type)


def test_any_order_of_acts_keeps_one_place_a_kit_and_every_second_out(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site", kits_of_each=4)
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        pharmacy.session.signing = OpenKeys({WANG: opened.vault.unlock(WANG, PASSWORDS[WANG])})
        numbers = pharmacies.receive_all(made, pharmacy)
        pharmacies.enrolled(made, pharmacy, "01-001", "A")
        model = Model(made, pharmacy, numbers)
        for _ in range(STEPS):
            made.clock.advance(timedelta(seconds=model.chance.randrange(40)))
            with suppress(Refused):
                model.chance.choice(model.acts())()
                model.done += 1
            model.agrees()
        assert model.done > STEPS // 4
        for number in numbers:
            spent = times_out(kit_story(pharmacy, number))
            assert sum(one.seconds for one in spent) == model.seconds[number]
        assert site.verify_records(pharmacy, opened.vault, replay=True).intact
