"""From a doubt to everybody it touched: against a search through the whole ledger, blind for the ward."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from pharmacy_app.documents.catalogue import DocumentClass
from pharmacy_app.domain.events.dose import KitAssigned, TakenOutOfStorage, WrongKitGiven
from pharmacy_app.domain.events.stock import KitStowed, KitWasted
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.locations import Capacity
from pharmacy_app.domain.look_back import OfCase, OfLot, OfPlace, OfShipment, OfTime, Source
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.workflows import (
    custody,
    deviations,
    dosing,
    excursions,
    look_back,
    lots,
    site,
    storing,
)
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies
from tests.desks import Desk, refused
from tests.pharmacies import CREDENTIALS, SHIPMENT, WANG
from tests.small_trials import CELLS, SHAM

Pair = tuple[str, KitNumber]


@dataclass
class Searched:
    """The whole ledger read from its beginning, as somebody without state tables would."""

    stays: list[tuple[KitNumber, str, datetime, datetime | None]] = field(default_factory=list)
    moved: list[tuple[KitNumber, datetime]] = field(default_factory=list)
    pairs: set[Pair] = field(default_factory=set)

    def leave(self, kit: KitNumber, at: datetime) -> None:
        self.stays = [
            (number, place, since, at if number == kit and until is None else until)
            for number, place, since, until in self.stays
        ]


def searched(desk: Desk) -> Searched:
    found = Searched()
    for recorded in desk.pharmacy.ledger.page(0, 10_000):
        event, at = recorded.event, recorded.occurred_at
        match event:
            case KitStowed():
                found.leave(event.kit_number, at)
                found.stays.append((event.kit_number, event.position, at, None))
            case TakenOutOfStorage() | KitWasted():
                found.leave(event.kit_number, at)
                found.moved.append((event.kit_number, at))
            case KitAssigned():
                found.pairs.add((event.dose_id, event.kit_number))
            case WrongKitGiven():
                found.pairs.add((event.dose_id, event.given))
                if event.from_shelf:
                    found.leave(event.given, at)
                    found.moved.append((event.given, at))
            case _:
                pass
    return found


@pytest.fixture
def night(desk: Desk) -> tuple[datetime, datetime]:
    """Play some days – doses given, stopped, brought back, mixed up – and return a night in them."""
    pharmacy, made = desk.pharmacy, desk.made
    small = Capacity("T2", racks=1, boxes=1, rows=9, columns=9)
    site.add_storage_unit(pharmacy, small, "2", Decimal(-150))

    def given(subject: str, arm: str) -> str:
        dose = pharmacies.handed_over(
            made, pharmacy, pharmacies.enrolled(made, pharmacy, subject, arm)
        )
        made.clock.advance(timedelta(hours=5))
        return dose

    for subject, arm in (("01-001", "A"), ("01-002", "B"), ("01-003", "A")):
        pharmacies.reported(made, pharmacy, given(subject, arm))  # type: ignore[arg-type] # plain str
    began = pharmacy.now()
    made.clock.advance(timedelta(hours=8))
    left = [n for n in made.kits[CELLS] if state(desk, n) is KitState.AVAILABLE]
    storing.stow(pharmacy, Scanned(left[0]), "T2-R1-B01-A1")
    ended = pharmacy.now()
    made.clock.advance(timedelta(hours=1))
    pharmacies.enrolled(made, pharmacy, "01-004", "A")
    stopped = dosing.open_dose(pharmacy, "01-004", "W0")
    dosing.assign(pharmacy, stopped)
    dosing.stop(pharmacy, stopped, "too ill to be dosed")
    mixed = given("01-005", "B")
    pharmacies.reported(made, pharmacy, mixed)  # type: ignore[arg-type] # plain str
    deviations.report_wrong_kit(
        pharmacy,
        mixed,  # type: ignore[arg-type] # plain str
        Scanned(left[-1]),
        "two bags mixed up",
        CREDENTIALS[WANG],
    )
    pharmacies.enrolled(made, pharmacy, "01-006", "B")
    back = pharmacies.handed_over(made, pharmacy, "01-006")
    custody.return_bag(pharmacy, back, "Nurse Qian", "vein not found")
    return began, ended


def state(desk: Desk, number: KitNumber) -> KitState:
    kit = kit_queries.kit(desk.pharmacy.reader, number)
    assert kit is not None
    return kit.state


def overlap(since: datetime, until: datetime | None, began: datetime, ended: datetime) -> bool:
    return since <= ended and (until is None or until >= began)


def test_every_source_finds_exactly_what_the_ledger_tells(
    desk: Desk, night: tuple[datetime, datetime]
) -> None:
    began, ended = night
    truth = searched(desk)
    cells, sham = set(desk.made.kits[CELLS]), set(desk.made.kits[SHAM])

    def lay(prefix: str) -> set[KitNumber]:
        return {
            kit
            for kit, place, since, until in truth.stays
            if place.startswith(prefix) and overlap(since, until, began, ended)
        }

    excursions.open_for_unit(desk.pharmacy, "T1", night, "alarm")
    case_id = excursions.cases(desk.pharmacy)[0].case_id
    moved = {kit for kit, at in truth.moved if began <= at <= ended}
    expected: list[tuple[Source, set[KitNumber]]] = [
        (OfLot(f"L-{CELLS}"), cells),
        (OfLot(f"L-{SHAM}"), sham),
        (OfLot("BL-7"), cells | sham),
        (OfShipment(SHIPMENT), cells | sham),
        (OfCase(case_id), lay("T1-")),
        (OfPlace("T1", began, ended), lay("T1-")),
        (OfPlace("T2", began, ended), lay("T2-")),
        (OfPlace("T1-R1-B01", began, ended), lay("T1-R1-B01-")),
        (OfPlace("T1-R2", began, ended), set()),
        (OfTime(began, ended), lay("") | moved),
        (OfLot("nothing of it here"), set()),
    ]
    for source, kits in expected:
        found = look_back.look_back(desk.pharmacy, source)
        assert [kit.kit_number for kit in found.kits] == sorted(kits), source
        pairs = {(dose.dose_id, dose.kit_number) for dose in found.doses}
        assert pairs == {pair for pair in truth.pairs if pair[1] in kits}, source
    assert lay("T1-")
    assert lay("T2-")
    assert lay("T1-") != cells | sham


def test_who_was_exposed_is_who_was_given_any_of_it(
    desk: Desk, night: tuple[datetime, datetime]
) -> None:
    del night
    found = look_back.look_back(desk.pharmacy, OfLot(f"L-{CELLS}"))
    # 01-004 was stopped before use; 01-005 was given a kit of this lot in place of their own.
    assert list(found.exposed) == ["01-001", "01-003", "01-005"]
    other = look_back.look_back(desk.pharmacy, OfLot(f"L-{SHAM}"))
    # 01-006's bag came back; of 01-005 both kits are told.
    assert list(other.exposed) == ["01-002", "01-005"]
    paper = look_back.report(desk.pharmacy, found)
    assert paper.secrecy is DocumentClass.UNBLINDED
    assert paper.file_name.startswith("UNBLINDED_look-back_")


def test_the_wards_notice_is_the_same_whatever_was_found_and_lists_everybody_given_any(
    desk: Desk, night: tuple[datetime, datetime]
) -> None:
    del night
    concern, advice = "A late quality test is in doubt.", "Watch for fever for 14 days."
    before = look_back.safety_notice(desk.pharmacy, concern, advice)
    lots.recall(desk.pharmacy, f"L-{CELLS}", "REC-1", "growth", CREDENTIALS[WANG])
    after = look_back.safety_notice(desk.pharmacy, concern, advice)
    assert before == after
    assert before.secrecy is DocumentClass.BLINDED


@pytest.mark.parametrize("telling", ["lot L-{lot}", "kit {kit}", "all {kit_type} bags"])
def test_words_that_would_tell_the_arms_apart_are_refused(desk: Desk, telling: str) -> None:
    number = desk.made.kits[CELLS][0]
    text = telling.format(lot=CELLS, kit=number, kit_type=CELLS)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - the rules are looked at below
        look_back.safety_notice(desk.pharmacy, text, "Watch for fever.")
    rules = {v.rule for v in caught.value.violations}  # type: ignore[attr-defined] # a refusal
    assert rules == {"look_back.telling"}


NOTHING: tuple[Callable[[datetime], Source], ...] = (
    lambda now: OfTime(now, now - timedelta(hours=1)),
    lambda now: OfPlace("T1", now, now - timedelta(hours=1)),
)


@pytest.mark.parametrize("source", NOTHING)
def test_a_time_that_ends_before_it_begins_is_refused(
    desk: Desk, source: Callable[[datetime], Source]
) -> None:
    with refused("excursion.times"):
        look_back.look_back(desk.pharmacy, source(desk.pharmacy.now()))


def test_nothing_named_and_nothing_said_is_refused(desk: Desk) -> None:
    with refused("look_back.nothing_named"):
        look_back.look_back(desk.pharmacy, OfLot(" "))
    with refused("look_back.no_concern", "look_back.no_advice"):
        look_back.safety_notice(desk.pharmacy, " ", "")
