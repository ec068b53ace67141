"""Whatever went on in the tank behind the record's back: after a count the record says what lies there."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from pharmacy_app.demo.proof import prove
from pharmacy_app.domain.counting import OUTCOMES, CountState
from pharmacy_app.domain.events.counting import CountDifference, DifferenceKind, RootCause
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import ON_SHELF
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.workflows import counting, storing
from pharmacy_app.workflows.count_differences import Resolution, resolve
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies
from tests.pharmacies import CREDENTIALS, LI, WANG
from tests.shifts import Shift, shift_at

ROUNDS = 3
World = dict[KitNumber, str]
"""Where each kit truly lies; one that is not in it lies nowhere in the pharmacy."""


def disturb(world: World, gone: set[KitNumber], places: Sequence[str], chance: Random) -> None:
    """Move kits, let them change places in pairs and rings, lose some, bring lost ones back."""
    for _ in range(3):
        number = chance.choice(sorted(world))
        world[number] = chance.choice([p for p in places if p not in world.values()])
    ring = chance.sample(sorted(world), chance.choice((2, 3, 4)))
    turned = [world[number] for number in ring[1:] + ring[:1]]
    world.update(zip(ring, turned, strict=True))
    lost = chance.choice(sorted(world))
    for number in sorted(gone):
        world[number] = chance.choice([p for p in places if p not in world.values()])
        gone.discard(number)
    world.pop(lost)
    gone.add(lost)


def counted(shift: Shift, world: World) -> str:
    """Count everything as it lies, twice; return the count's code."""
    count_id = counting.open_count(shift.pharmacy).count_id
    for person in (WANG, LI):
        pharmacy = shift.change(person)
        count = counting.known(pharmacy, count_id)
        if count.state is CountState.DONE:
            break
        for line in queries.boxes(pharmacy.reader, count_id, count.round):
            counting.begin_box(pharmacy, count_id, line.box)
            for number, place in world.items():
                if place.startswith(f"{line.box}-"):
                    counting.scan(pharmacy, count_id, Scanned(number), place)
        counting.finish_box(pharmacy, count_id)
        counting.close(pharmacy, count_id, CREDENTIALS[person])
    shift.change(WANG)
    return count_id


def resolved(shift: Shift, count_id: str) -> int:
    """Resolve one difference after the other in the usual way; return how many acts that took."""
    acts = 0
    while True:
        left = [
            line.difference
            for line in queries.differences(shift.pharmacy.reader, count_id)
            if line.outcome is None
        ]
        if not left:
            return acts
        assert any(_resolve(shift, count_id, one) for one in left), left
        acts += 1


def _resolve(shift: Shift, count_id: str, one: CountDifference) -> bool:
    """Resolve one; False if another one's place has to become free first."""
    place = one.found[0] if one.found and one.kind is not DifferenceKind.SWAPPED else ""
    usual = Resolution(OUTCOMES[one.kind][0], RootCause.OTHER, "found out by chance", place, 1)
    try:
        resolve(shift.pharmacy, count_id, one.kit_number, usual, CREDENTIALS[WANG])
    except Refused as refused:
        return waits_for_its_place(refused)
    return True


def waits_for_its_place(refused: Refused) -> bool:
    """Return False for a place that is not free yet; any other refusal has no way out."""
    assert [reason.rule for reason in refused.violations] == ["position.taken"]
    return False


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_after_a_count_the_record_says_where_every_kit_lies(seed: int, tmp_path: Path) -> None:
    chance = Random(seed)
    made = pharmacies.stocked_site(tmp_path / "site")
    with shift_at(made) as shift:
        unit = storing.units(shift.pharmacy)["T1"].capacity
        places = [p for box in unit.boxes_in_order() for p in unit.positions_of(box)][:40]
        numbers = [number for kits in made.kits.values() for number in kits]
        world: World = {number: str(shift.kit(number).position) for number in numbers}
        gone: set[KitNumber] = set()
        for _ in range(ROUNDS):
            disturb(world, gone, places, chance)
            count_id = counted(shift, world)
            assert resolved(shift, count_id) > 0
            counting.sign_off(shift.pharmacy, count_id, CREDENTIALS[WANG])
            recorded = {
                number: shift.kit(number).position
                for number in numbers
                if shift.kit(number).state in ON_SHELF
            }
            assert recorded == world
            assert shift.off_balance() == {}
    assert prove(made.machine, made.folder, CREDENTIALS[WANG]).intact
