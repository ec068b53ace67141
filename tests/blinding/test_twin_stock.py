"""A shipment received, put away and counted in worlds that differ in what the kits hold.

The same numbers come in the same shipment; which of them hold cells and how many do, differs. What is
seen of the work from outside must not: answers at the scanner, acts, papers' names and titles, the
size of what leaves for the sponsor, rows. Nobody outside learns so what the shelf can bear.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import DocumentClass
from pharmacy_app.domain.events.counting import Outcome, RootCause
from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import KitNumber, KitTypeCode
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.workflows import (
    counting,
    papers,
    receipts,
    receiving,
    stock,
    stock_count,
    storing,
)
from pharmacy_app.workflows.count_differences import Resolution, resolve
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests import pharmacies
from tests.blinding.test_twin_lives import Ward
from tests.blinding.twins import Outside, refused, rows, told
from tests.pharmacies import CREDENTIALS, SHIPMENT, WANG, MadeSite
from tests.shifts import Shift, shift_at
from tests.small_trials import CELLS, SHAM

NUMBERS = tuple(KitNumber(f"K{number:07d}") for number in range(1034567, 1034567 + 12 * 7919, 7919))
BROKEN, ABSENT, HELD, GONE, STRAY = NUMBERS[1], NUMBERS[4], NUMBERS[6], NUMBERS[8], NUMBERS[9]
BOX, OTHER_BOX = "T1-R1-B01", "T1-R1-B02"
World = tuple[Outside, Ward, dict[KitTypeCode, int]]
PAIRS = {
    "swapped": ("0101" * 3, "1010" * 3),
    "more of the one": ("000000001111", "110111101110"),
    "those things happen to": ("010010101100", "000011110011"),
}
"""Which kind each number is of, cells (0) or sham (1), in either world."""


def receive(shift: Shift, ward: Ward, seen: Outside) -> None:
    """Receive a shipment: one kit broken, one not there, one too many, one of no trial."""
    pharmacy = shift.pharmacy
    receiving.open_receipt(pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
    for number in NUMBERS:
        if number == ABSENT:
            continue
        shift.made.clock.advance(timedelta(seconds=20))
        broken = number == BROKEN
        condition = Condition.DAMAGED if broken else Condition.INTACT
        receiving.examine(pharmacy, SHIPMENT, Scanned(number), condition, "torn" if broken else "")
    receiving.examine(pharmacy, SHIPMENT, Scanned("K7777777"), Condition.INTACT)
    refused(lambda: receiving.examine(pharmacy, SHIPMENT, Scanned("?"), Condition.INTACT), seen)
    refused(lambda: receiving.sign_receipt(pharmacy, SHIPMENT, CREDENTIALS[WANG]), seen)
    receiving.mark_missing(pharmacy, SHIPMENT)
    receiving.sign_receipt(pharmacy, SHIPMENT, CREDENTIALS[WANG])
    paper = receipts.receipt_paper(pharmacy, SHIPMENT)
    papers.print_paper(pharmacy, paper, f"shipment/{SHIPMENT}", ward)


def put_away(shift: Shift, seen: Outside) -> None:
    """Put every kit away; hold one back; try what is not lawful with each that is not right."""
    pharmacy = shift.pharmacy
    for number in NUMBERS:
        if number not in {ABSENT, BROKEN}:
            storing.stow(pharmacy, Scanned(number), str(storing.next_free_position(pharmacy)))
    stock.quarantine(pharmacy, Scanned(HELD), "frost")
    refused(lambda: storing.stow(pharmacy, Scanned(ABSENT), f"{BOX}-A1"), seen)
    refused(lambda: storing.stow(pharmacy, Scanned(STRAY), "T9-R1-B01-A1"), seen)


def count(shift: Shift, ward: Ward, seen: Outside) -> None:
    """Count a rack: one kit is gone, another lies in the next box; resolve and sign it off."""
    lying = {
        BOX: [one for one in shift.in_box(BOX) if one not in {GONE, STRAY}],
        OTHER_BOX: [*shift.in_box(OTHER_BOX), STRAY],
    }
    count_id = shift.counted(lying, "T1-R1")
    pharmacy = shift.pharmacy
    lost = Resolution(Outcome.LOST, RootCause.OTHER, "looked for", minutes_out=2)
    placed = Resolution(Outcome.PLACED, RootCause.MISFILED, "", f"{OTHER_BOX}-A1", minutes_out=2)
    unplaced = Resolution(Outcome.PLACED, RootCause.MISFILED, "", minutes_out=2)
    credential = CREDENTIALS[WANG]
    refused(lambda: resolve(pharmacy, count_id, STRAY, unplaced, credential), seen)
    resolve(pharmacy, count_id, GONE, lost, credential)
    refused(lambda: resolve(pharmacy, count_id, GONE, lost, credential), seen)
    resolve(pharmacy, count_id, STRAY, placed, credential)
    counting.sign_off(pharmacy, count_id, CREDENTIALS[WANG])
    paper = stock_count.stock_count(pharmacy, count_id)
    papers.print_paper(pharmacy, paper, f"count/{count_id}", ward)


def lived(made: MadeSite, folder: Path) -> World:
    """Let the same things happen at a site, and keep what was seen from outside."""
    ward = Ward(folder)
    folder.mkdir()
    seen = Outside([], [], {}, [])
    with shift_at(made) as shift:
        before, _ = shift.pharmacy.ledger.head()
        receive(shift, ward, seen)
        put_away(shift, seen)
        count(shift, ward, seen)
        pharmacy = shift.pharmacy
        seen.events = [told(one) for one in pharmacy.ledger.page(before, 1000)]
        seen.tables = rows(pharmacy)
        seen.papers = ward.lying_open()
        left = {code: kit_queries.KitFilter(kit_type=code) for code in made.kits}
        stocked = {code: kit_queries.count(pharmacy.reader, one) for code, one in left.items()}
    return seen, ward, stocked


Made = Callable[[str], World]


def made_of(plan: str, folder: Path) -> World:
    """Return the world in which the kits hold what a plan says."""
    kinds: dict[KitTypeCode, list[KitNumber]] = {CELLS: [], SHAM: []}
    for number, kind in zip(NUMBERS, plan, strict=True):
        kinds[(CELLS, SHAM)[int(kind)]].append(number)
    return lived(pharmacies.make_site(folder / "site", kits=kinds), folder / "ward")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Return each world, lived once."""
    made: dict[str, World] = {}

    def found(plan: str) -> World:
        if plan not in made:
            made[plan] = made_of(plan, tmp_path_factory.mktemp("stock"))
        return made[plan]

    yield found
    made.clear()


@pytest.mark.slow
@pytest.mark.parametrize("pair", PAIRS)
def test_receipt_and_count_look_the_same_whatever_the_kits_hold(pair: str, world: Made) -> None:
    (one, ward, stocked), (other, other_ward, stocked_there) = map(world, PAIRS[pair])
    assert one.events == other.events
    assert one.words == other.words
    assert one.papers == other.papers
    assert ward.jobs == other_ward.jobs
    if stocked == stocked_there:
        assert one.tables == other.tables
    assert len(one.words) > 9


@pytest.mark.slow
def test_the_worlds_did_differ(world: Made) -> None:
    stocks = [world(plan)[2] for pair in PAIRS.values() for plan in pair]
    assert len({tuple(sorted(stocked.items())) for stocked in stocks}) > 1
    for pair in PAIRS.values():
        one, other = ([paper.pdf for paper in world(plan)[1].unblinded] for plan in pair)
        assert one != other, "the pharmacy's own papers do tell what the kits hold"


@pytest.mark.slow
def test_what_was_printed_was_all_for_the_pharmacy_and_named_so(world: Made) -> None:
    _, ward, _ = world(PAIRS["swapped"][0])
    assert {paper.document for paper in ward.unblinded} == {"shipment-receipt", "stock-count"}
    assert all(paper.secrecy is DocumentClass.UNBLINDED for paper in ward.unblinded)
    titles = {title for title, _ in ward.jobs}
    assert titles == {catalogue.SHIPMENT_RECEIPT.job_title, catalogue.STOCK_COUNT.job_title}


@pytest.mark.slow
def test_an_act_more_for_one_kind_of_kit_would_be_noticed(
    world: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examine = receiving.examine

    def leaking(pharmacy: Pharmacy, *asked: Any) -> object:
        kit = kit_queries.kit(pharmacy.reader, asked[1].raw)
        if kit is not None and kit.kit_type == SHAM:
            examine(pharmacy, *asked)
        return examine(pharmacy, *asked)

    plan, other = PAIRS["swapped"]
    monkeypatch.setattr(receiving, "examine", leaking)
    leaked, _, _ = made_of(plan, tmp_path)
    assert leaked.events != world(other)[0].events
