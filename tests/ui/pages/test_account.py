"""The account at the window: every view adds up."""

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.ids import DoseId
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.ui.account.movements import AccountLog
from pharmacy_app.ui.account.verifying import VerifyDialog
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.pages.account import AccountPage
from pharmacy_app.ui.places import Place
from pharmacy_app.workflows import dosing, labelling, releasing
from tests import pharmacies
from tests.pharmacies import LI, TWO_COUNTS, MemoryPrinter
from tests.ui.benches import fill
from tests.ui.workplaces import Desk, in_front, sign

LOG, BACK, TO_DISPOSE, LISTS, CLOSING, LABELS, DEVIATIONS, NEAR_MISSES = range(8)


@pytest.fixture
def page(at_desk: Desk) -> AccountPage:
    made = at_desk.show(Place.ACCOUNT, AccountPage)
    assert isinstance(made, AccountPage)
    return made


def total(page: AccountPage, view: int) -> str:
    """Return the sum of a view in words."""
    page.views.choose(view)
    page.refresh(frozenset())
    return page.view.sum.accessibleName()


def deferred(at_desk: Desk) -> DoseId:
    """Release a dose without its check."""
    pharmacies.enrolled(at_desk.made, at_desk.pharmacy, "01-017", "A")
    dose_id = pharmacies.covered(at_desk.made, at_desk.pharmacy, "01-017")
    releasing.defer_check(at_desk.pharmacy, dose_id, "alone at night")
    return dose_id


def verified(at_desk: Desk, dose_id: DoseId) -> bool:
    """Whether the dose was verified after it had left."""
    return not dosing.dose(at_desk.pharmacy, dose_id).waits_for_verification


def test_the_balance_is_what_is_on_the_shelf(at_desk: Desk, page: AccountPage) -> None:
    assert total(page, LOG) == "Balance 6 = shelf 6"
    pharmacies.enrolled(at_desk.made, at_desk.pharmacy, "01-017", "A")
    pharmacies.handed_over(at_desk.made, at_desk.pharmacy, "01-017")
    assert total(page, LOG) == "Balance 5 = shelf 5"
    log = page.view
    assert isinstance(log, AccountLog)
    log.of.set_value("subject")
    assert total(page, LOG) == "1 dispensed, 0 returned or wasted"


def test_printed_labels_are_applied_spoiled_void_or_remaining(
    at_desk: Desk, page: AccountPage
) -> None:
    dose_id = deferred(at_desk)
    copy = labelling.reserve(at_desk.pharmacy, dose_id)
    labelling.print_label(at_desk.pharmacy, copy, dose_id, MemoryPrinter())
    labelling.no_label_came(at_desk.pharmacy, dose_id, "jam")
    copy = labelling.reserve(at_desk.pharmacy, dose_id)
    said = total(page, LABELS)
    assert said == "0 printed = 0 applied + 0 spoiled + 0 void + 0 remaining"
    labelling.print_label(at_desk.pharmacy, copy, dose_id, MemoryPrinter())
    said = total(page, LABELS)
    assert said == "1 printed = 0 applied + 0 spoiled + 0 void + 1 remaining"
    labelling.spoil(at_desk.pharmacy, dose_id, "smeared")
    said = total(page, LABELS)
    assert said == "1 printed = 0 applied + 1 spoiled + 0 void + 0 remaining"


def test_a_dose_that_left_without_its_check_is_verified_here(
    at_desk: Desk, page: AccountPage, qtbot: QtBot
) -> None:
    dose_id = deferred(at_desk)
    assert total(page, DEVIATIONS) == "1 open"
    page.act.click()
    dialog = in_front()
    assert isinstance(dialog, VerifyDialog)
    assert all(field.text == "" for field in dialog.form.fields)
    fill(dialog.form, TWO_COUNTS)
    dialog.give()
    sign(LI)
    qtbot.waitUntil(lambda: verified(at_desk, dose_id), timeout=10_000)
    assert dose_queries.deviations(at_desk.pharmacy.reader) == []
    assert total(page, DEVIATIONS) == "0 open"
    assert page.act.reason


def test_readings_that_differ_leave_the_deviation_open(
    at_desk: Desk, page: AccountPage, qtbot: QtBot
) -> None:
    dose_id = deferred(at_desk)
    total(page, DEVIATIONS)
    page.act.click()
    dialog = in_front()
    assert isinstance(dialog, VerifyDialog)
    fill(dialog.form, TWO_COUNTS[::-1])
    dialog.give()
    sign(LI)
    qtbot.waitUntil(lambda: verified(at_desk, dose_id), timeout=10_000)
    assert total(page, DEVIATIONS) == "1 open"


def test_an_empty_account_says_so_and_offers_no_act(page: AccountPage) -> None:
    assert total(page, NEAR_MISSES) == "0 near misses"
    assert not page.act.isVisible()


def test_the_log_is_shown_as_it_prints(page: AccountPage) -> None:
    total(page, LOG)
    page.act.click()
    preview = in_front()
    assert isinstance(preview, DocumentPreview)
    assert preview.paper.unblinded
    assert preview.paper.file_name.startswith("UNBLINDED_")
