"""A thousand kits, ten planted errors of ten kinds: all found, each resolved by one act."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pharmacy_app.demo.proof import prove
from pharmacy_app.domain.counting import CountState
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.counting import DifferenceKind, KitLost, Outcome, RootCause
from pharmacy_app.domain.events.stock import Condition, KitExamined, KitStowed
from pharmacy_app.domain.ids import KitNumber, PositionId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.locations import Capacity
from pharmacy_app.domain.people import Task
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.workflows import counting, dosing, receiving, site, storing
from pharmacy_app.workflows.count_differences import Resolution, resolve
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests import pharmacies
from tests.pharmacies import CREDENTIALS, LI, SHIPMENT, WANG
from tests.shifts import Shift, shift_at
from tests.small_trials import CELLS, SHAM

KITS = 1000
TANK = Capacity("T2", racks=2, boxes=7, rows=9, columns=9)
Lying = dict[str, list[tuple[KitNumber, str]]]
"""What lies in each box, and at which position if whoever counts says so."""


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[Shift]:
    numbers = [KitNumber(f"K{number:07d}") for number in range(KITS + 2)]
    # So few of one type that no order of the list could give it away: the list need not be shuffled.
    few = numbers[9::120]
    kits = {CELLS: [number for number in numbers if number not in few], SHAM: few}
    made = pharmacies.make_site(tmp_path / "site", kits=kits)
    with shift_at(made) as opened:
        fill(opened.pharmacy, numbers)
        yield opened


def fill(pharmacy: Pharmacy, numbers: list[KitNumber]) -> None:
    """Receive all but the last kit, which never came, and put all but the one before it away."""
    site.add_storage_unit(pharmacy, TANK, "液氮罐 2", Decimal(-150))
    receiving.open_receipt(pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
    looks = [
        KitExamined(
            shipment_id=SHIPMENT,
            kit_number=number,
            condition=Condition.MISSING if number == numbers[-1] else Condition.INTACT,
            remarks="",
            typed=False,
        )
        for number in numbers
    ]
    pharmacy.record(Task.RECEIVE, *looks)
    receiving.sign_receipt(pharmacy, SHIPMENT, CREDENTIALS[WANG])
    places = [place for box in TANK.boxes_in_order() for place in TANK.positions_of(box)]
    stowed = [
        KitStowed(kit_number=number, position=place, seconds_out=0)
        for number, place in zip(numbers[:KITS], places, strict=False)
    ]
    pharmacy.record(Task.STOW, *stowed)


def as_recorded(shift: Shift) -> Lying:
    return {box: [(n, "") for n in shift.in_box(box)] for box in TANK.boxes_in_order()}


class Planted:
    """Moves kits behind the record's back, one kind of error after another."""

    def __init__(self, shift: Shift) -> None:
        pharmacy = shift.pharmacy
        self.boxes = list(TANK.boxes_in_order())
        subject = pharmacies.enrolled(shift.made, pharmacy, "01-001", "A")
        self.dose = dosing.open_dose(pharmacy, subject, "W0")
        self.assigned = dosing.assign(pharmacy, self.dose).kit.kit_number
        first, second, third = (
            [n for n in shift.in_box(box) if n != self.assigned] for box in self.boxes[1:4]
        )
        self.misfiled, self.shifted, self.missing = first[0], first[1], second[0]
        self.swapped = (second[1], third[1])
        self.lost = third[2]
        self.at = {n: shift.kit(n).position for n in (*first, *second, *third)}
        self.unplaced, self.absent = KitNumber(f"K{KITS:07d}"), KitNumber(f"K{KITS + 1:07d}")
        self.unknown = KitNumber("K9999999")
        lost = KitLost(kit_number=self.lost, dose_id=None, because="an earlier count")
        pharmacy.record(Task.RESOLVE_COUNT, lost, credentials=[CREDENTIALS[WANG]])
        self._waste(shift)
        self.lying = as_recorded(shift)
        self._plant()

    def _waste(self, shift: Shift) -> None:
        """Have a kit taken out, its dose stopped, and the kit lie in the tank as if nothing were."""
        pharmacy = shift.pharmacy
        other = pharmacies.enrolled(shift.made, pharmacy, "01-002", "A")
        dose_id = dosing.open_dose(pharmacy, other, "W0")
        self.wasted = dosing.assign(pharmacy, dose_id).kit.kit_number
        dosing.scan_kit(pharmacy, dose_id, Scanned(self.wasted))
        dosing.take_out(pharmacy, dose_id)
        dosing.stop(pharmacy, dose_id, "the subject withdrew")

    def _plant(self) -> None:
        away = {self.misfiled, self.missing, self.assigned, *self.swapped}
        for box, kits in self.lying.items():
            self.lying[box] = [one for one in kits if one[0] not in away]
        self.lying[self.boxes[-1]] += [(self.misfiled, f"{self.boxes[-1]}-I9")]
        # In this box every position is told: one kit lies where the misfiled one should.
        self.shifted_to, told = str(self.at[self.misfiled]), dict(self.at)
        told[self.shifted] = self.at[self.misfiled]
        at = self.boxes[1]
        self.lying[at] = [(number, str(told[number])) for number, _ in self.lying[at]]
        one, other = self.swapped
        self.lying[self.boxes[2]] += [(other, str(self.at[one]))]
        self.lying[self.boxes[3]] += [(one, str(self.at[other]))]
        for number in (self.unknown, self.lost, self.absent, self.unplaced, self.wasted):
            self.lying[self.boxes[-1]] += [(number, "")]

    @property
    def errors(self) -> dict[KitNumber, DifferenceKind]:
        kinds = DifferenceKind
        return {
            self.misfiled: kinds.MISFILED,
            self.shifted: kinds.MISFILED,
            self.missing: kinds.MISSING,
            self.assigned: kinds.MISSING,
            self.swapped[0]: kinds.SWAPPED,
            self.swapped[1]: kinds.SWAPPED,
            self.unknown: kinds.UNKNOWN,
            self.lost: kinds.OFF_SHELF,
            self.absent: kinds.OFF_SHELF,
            self.wasted: kinds.OFF_SHELF,
            self.unplaced: kinds.UNPLACED,
        }

    def resolutions(self) -> list[tuple[KitNumber, Resolution]]:
        """One act an error, in an order in which every place is free when it is needed."""
        last = self.boxes[-1]
        placed = Resolution(Outcome.PLACED, RootCause.MISFILED, minutes_out=2)
        lost = Resolution(Outcome.LOST, RootCause.TAKEN_WITHOUT_RECORD, "looked for by two")
        found = Resolution(
            Outcome.FOUND, RootCause.NOT_BOOKED, "lay in the box, how long is unknown"
        )
        stowed = Resolution(
            Outcome.PLACED, RootCause.NOT_BOOKED, "put away on arrival", position=f"{last}-I8"
        )
        return [
            (self.misfiled, placed),
            (self.shifted, placed),
            (self.missing, lost),
            (self.assigned, lost),
            (self.swapped[0], placed),
            (self.unknown, Resolution(Outcome.SET_APART, RootCause.LABELLING)),
            (self.lost, found),
            (self.absent, found),
            (self.wasted, found),
            (self.unplaced, stowed),
        ]


def scanned_as_it_lies(shift: Shift, count_id: str, lying: Lying) -> int:
    """Scan every box of the round that is under way; return how many scans that took."""
    number = counting.known(shift.pharmacy, count_id).round
    scans = 0
    for line in queries.boxes(shift.pharmacy.reader, count_id, number):
        counting.begin_box(shift.pharmacy, count_id, line.box)
        for kit, place in lying.get(line.box, []):
            counting.scan(shift.pharmacy, count_id, Scanned(kit), place)
            scans += 1
    counting.finish_box(shift.pharmacy, count_id)
    return scans


@pytest.mark.slow
def test_ten_errors_of_ten_kinds_are_found_and_each_is_resolved_by_one_act(shift: Shift) -> None:
    planted = Planted(shift)
    count_id = counting.open_count(shift.pharmacy).count_id
    moved = planted.lying[planted.boxes[0]][5][0]
    storing.stow(shift.pharmacy, Scanned(moved), f"{planted.boxes[-1]}-I7")
    planted.lying[planted.boxes[0]].remove((moved, ""))
    planted.lying[planted.boxes[-1]].append((moved, ""))
    assert scanned_as_it_lies(shift, count_id, planted.lying) >= KITS
    closed = counting.close(shift.pharmacy, count_id, CREDENTIALS[WANG])
    assert {one.kit_number: one.kind for one in closed.differences} == planted.errors

    shift.change(LI)
    assert scanned_as_it_lies(shift, count_id, planted.lying) < KITS
    again = counting.close(shift.pharmacy, count_id, CREDENTIALS[LI])
    assert (again.differences, again.recount) == (closed.differences, ())

    pharmacy = shift.change(WANG)
    for number, resolution in planted.resolutions():
        before, _ = pharmacy.ledger.head()
        appended = resolve(pharmacy, count_id, number, resolution, CREDENTIALS[WANG])
        assert len({one.op_id for one in appended}) == 1
        assert pharmacy.ledger.head()[0] == before + len(appended)
    counting.sign_off(pharmacy, count_id, CREDENTIALS[WANG])

    assert counting.known(pharmacy, count_id).state is CountState.DONE
    assert shift.off_balance() == {}
    assert dosing.dose(pharmacy, planted.dose).step is Step.STOPPED
    states = {n: shift.kit(n).state for n in planted.errors if n != planted.unknown}
    gone = {planted.missing, planted.assigned}
    back = {planted.lost, planted.absent, planted.wasted}
    assert {n for n, state in states.items() if state is KitState.LOST} == gone
    assert {n for n, state in states.items() if state is KitState.QUARANTINED} == back
    one, other = planted.swapped
    assert shift.kit(one).position == planted.at[other]
    assert shift.kit(planted.shifted).position == PositionId(planted.shifted_to)
    shift.close()
    assert prove(shift.made.machine, shift.made.folder, CREDENTIALS[WANG]).intact
