"""Documents at the window: every paper with its class in sight, every print on record."""

from pathlib import Path

import pytest

from pharmacy_app.domain.events.disposal import Way
from pharmacy_app.domain.events.site import PaperPrinted
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.documents.kept_label import KeptLabels
from pharmacy_app.ui.pages.documents import DocumentsPage
from pharmacy_app.ui.places import Place
from pharmacy_app.workflows import disposal
from tests import pharmacies
from tests.pharmacies import CREDENTIALS, LI, WANG
from tests.small_trials import CELLS
from tests.ui.workplaces import Desk, in_front


@pytest.fixture
def page(at_desk: Desk) -> DocumentsPage:
    made = at_desk.show(Place.DOCUMENTS, DocumentsPage)
    assert isinstance(made, DocumentsPage)
    return made


def with_dose(at_desk: Desk, page: DocumentsPage, arm: str = "A") -> str:
    pharmacies.enrolled(at_desk.made, at_desk.pharmacy, "01-017", arm)
    dose_id = pharmacies.labelled(at_desk.made, at_desk.pharmacy, "01-017")
    page.refresh(frozenset())
    return dose_id


def preview_of(page: DocumentsPage, key: str) -> DocumentPreview:
    page.choose(key)
    page.show_button.click()
    shown = in_front()
    assert isinstance(shown, DocumentPreview)
    return shown


def printed(at_desk: Desk) -> list[PaperPrinted]:
    """Return every print that the ledger tells of."""
    ledger = at_desk.pharmacy.ledger
    recorded = ledger.page(0, ledger.head()[0])
    return [one.event for one in recorded if isinstance(one.event, PaperPrinted)]


@pytest.mark.parametrize(
    ("key", "unblinded"),
    [
        ("pick-sheet", True),
        ("preparation-record", True),
        ("hand-over", False),
        ("accountability-log", True),
    ],
)
def test_each_paper_shows_its_class_before_and_in_the_preview(
    at_desk: Desk, page: DocumentsPage, key: str, unblinded: bool
) -> None:
    with_dose(at_desk, page)
    page.choose(key)
    assert page._class.accessibleName().startswith("UNBLINDED" if unblinded else "BLINDED")
    assert preview_of(page, key).paper.unblinded is unblinded


def test_a_print_is_recorded_with_the_hash_of_its_bytes(at_desk: Desk, page: DocumentsPage) -> None:
    dose_id = with_dose(at_desk, page)
    preview_of(page, "hand-over").printed.emit("ward printer")
    assert [(e.document, e.record, e.printer) for e in printed(at_desk)] == [
        ("hand-over", f"dose/{dose_id}", "ward printer")
    ]


def test_a_saved_paper_is_written_whole_and_recorded(
    at_desk: Desk, page: DocumentsPage, tmp_path: Path
) -> None:
    with_dose(at_desk, page)
    shown = preview_of(page, "pick-sheet")
    target = tmp_path / shown.paper.file_name
    shown.saved.emit(target)
    assert target.read_bytes() == shown.paper.pdf
    assert [e.document for e in printed(at_desk)] == ["pick-sheet"]


def test_a_paper_that_cannot_be_saved_is_said_and_not_recorded(
    at_desk: Desk, page: DocumentsPage, tmp_path: Path
) -> None:
    with_dose(at_desk, page)
    met: list[object] = []
    page.problem_met.connect(met.append)
    preview_of(page, "pick-sheet").saved.emit(tmp_path / "nowhere" / "sheet.pdf")
    assert len(met) == 1
    assert printed(at_desk) == []


def test_the_kept_labels_are_shown_exactly_and_not_printed_again(
    at_desk: Desk, page: DocumentsPage
) -> None:
    with_dose(at_desk, page)
    page.choose("label")
    page.show_button.click()
    shown = in_front()
    assert isinstance(shown, KeptLabels)
    assert shown._captions[0][0].text() == "Copy 1: scanned back"


def test_a_paper_that_cannot_be_made_yet_is_barred_with_the_reason(
    at_desk: Desk, page: DocumentsPage
) -> None:
    page.choose("hand-over")
    assert page.show_button.reason == "Select a dose."
    pharmacies.enrolled(at_desk.made, at_desk.pharmacy, "01-017", "A")
    pharmacies.thawed(at_desk.made, at_desk.pharmacy, "01-017")
    page.refresh(frozenset())
    assert page.show_button.reason == "This dose is not released yet."
    page.choose("label")
    assert page.show_button.reason == "No label was made for this dose."


def test_the_papers_of_lists_are_offered_once_they_are_done(
    at_desk: Desk, page: DocumentsPage
) -> None:
    pharmacy, kits = at_desk.pharmacy, at_desk.made.kits[CELLS]
    wang, both = CREDENTIALS[WANG], (CREDENTIALS[WANG], CREDENTIALS[LI])
    page.choose("destruction-certificate")
    assert page.show_button.reason
    disposal.waste(pharmacy, [kits[0]], "fell", both)
    burnt = disposal.open_list(pharmacy, Way.DESTROYED, [kits[0]], "fell")
    back = disposal.open_list(pharmacy, Way.SENT_BACK, [kits[1]], "end of trial")
    for list_id in (burnt, back):
        disposal.authorise(pharmacy, list_id, "S-1", wang)
    disposal.destroy(pharmacy, burnt, "burnt", "plant", both)
    disposal.send(pharmacy, back, "SF", "LN2-7", wang)
    page.refresh(frozenset())
    for key, name in (
        ("destruction-certificate", f"UNBLINDED_destruction_01_{burnt}.pdf"),
        ("return-list", f"UNBLINDED_sent_01_{back}.pdf"),
        ("reconciliation", "UNBLINDED_reconciliation_01.pdf"),
    ):
        shown = preview_of(page, key)
        assert shown.paper.file_name == name
        shown.reject()
