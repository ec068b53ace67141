"""Papers of storage: maps as the boxes stand, lists in the order of the tank; units of older files."""

from decimal import Decimal

import pypdfium2
import pytest

from pharmacy_app.domain.events.site import StorageUnitAdded
from pharmacy_app.domain.events.storage import BlockReason
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.locations import (
    Capacity,
    GroupLabels,
    Labelling,
    PlaceLabels,
    UnitDetails,
    UnitKind,
)
from pharmacy_app.domain.people import Task
from pharmacy_app.workflows import dosing, moving, site, stock, storage_papers, storing
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies
from tests.desks import Desk, refused
from tests.small_trials import CELLS


def words_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        words = page.get_textpage()
        texts.append(str(words.get_text_bounded()))
        words.close()
        page.close()
    document.close()
    return texts


def test_a_map_tells_of_every_box_that_holds_anything_a_page_each(desk: Desk) -> None:
    first, second = desk.made.kits[CELLS][:2]
    storing.stow(desk.pharmacy, Scanned(first), "T1-R2-B01-C5")
    stock.quarantine(desk.pharmacy, Scanned(second), "frost")
    storing.block(desk.pharmacy, "T1-R2-B02-A1", BlockReason.RESERVED, "stage 2")
    pages = words_of(storage_papers.box_map(desk.pharmacy, "T1").pdf)
    assert len(pages) == 3
    assert "quarantine" in pages[0]
    assert first in pages[1]
    assert "reserved" in pages[2]
    (one,) = words_of(storage_papers.box_map(desk.pharmacy, "t1-r1-b02").pdf)
    assert "T1-R1-B02" in one


def test_a_map_of_an_empty_or_unknown_unit_is_refused(desk: Desk) -> None:
    size = Capacity("T2", racks=1, boxes=1, rows=2, columns=2)
    site.add_storage_unit(desk.pharmacy, size, "Spare", Decimal(-150))
    with refused("paper.empty_unit"):
        storage_papers.box_map(desk.pharmacy, "T2")
    with refused("position.unknown_unit"):
        storage_papers.box_map(desk.pharmacy, "T9")


def test_a_pick_list_goes_by_rack_box_row_and_column_not_by_letters(desk: Desk) -> None:
    labels = Labelling(PlaceLabels.BY_ROW, True, GroupLabels.LETTERS, GroupLabels.NUMBERS)
    size = Capacity("T2", racks=2, boxes=12, rows=3, columns=12)
    details = UnitDetails(labelling=labels)
    site.add_storage_unit(desk.pharmacy, size, "Tank 2", Decimal(-150), details)
    kits = desk.made.kits[CELLS][:4]
    places = ["T2-B-2-01", "T2-A-12-01", "T2-A-2-10", "T2-A-2-02"]
    for number, place in zip(kits, places, strict=True):
        storing.stow(desk.pharmacy, Scanned(number), place)
    paper = storage_papers.pick_list(desk.pharmacy, kits, "count")
    (page,) = words_of(paper.pdf)
    met = sorted(kits, key=page.index)
    assert met == [kits[3], kits[2], kits[1], kits[0]]


def test_a_pick_list_needs_known_kits(desk: Desk) -> None:
    with refused("kit.none_chosen"):
        storage_papers.pick_list(desk.pharmacy, [], "count")
    with refused("kit.unknown"):
        storage_papers.pick_list(desk.pharmacy, [KitNumber("KZZZZZZZ")], "count")


def test_the_kits_that_wait_for_their_doses_are_known(desk: Desk) -> None:
    assert storage_papers.assigned_kits(desk.pharmacy) == []
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    kit = dosing.assign(desk.pharmacy, dosing.open_dose(desk.pharmacy, subject, "W0")).kit
    assert storage_papers.assigned_kits(desk.pharmacy) == [kit.kit_number]


def test_a_move_sheet_is_made_of_moves_that_can_be_done(desk: Desk) -> None:
    first, second = desk.made.kits[CELLS][:2]
    swap = moving.swapped(desk.pharmacy, first, second)
    (page,) = words_of(storage_papers.move_sheet(desk.pharmacy, swap).pdf)
    assert page.count("transfer vessel") == 2
    with refused("move.none"):
        storage_papers.move_sheet(desk.pharmacy, [])
    with refused("position.taken"):
        storage_papers.move_sheet(desk.pharmacy, swap[:1])


@pytest.mark.parametrize(
    ("limit", "kind"),
    [
        ("-150", UnitKind.LN2_TANK),
        ("-60", UnitKind.FREEZER),
        ("8", UnitKind.REFRIGERATOR),
        ("25", UnitKind.ROOM),
    ],
)
def test_a_unit_of_an_older_file_is_what_its_limit_makes_it(
    desk: Desk, limit: str, kind: UnitKind
) -> None:
    event = StorageUnitAdded(
        unit="U9", name="Old", limit_c=Decimal(limit), racks=1, boxes=1, rows=2, columns=2
    )
    desk.pharmacy.record(Task.ADD_STORAGE, event)
    unit = storing.units(desk.pharmacy)["U9"]
    assert (unit.kind, unit.labelling, unit.added_at) == (
        kind,
        Labelling(),
        desk.made.clock.now(),
    )
