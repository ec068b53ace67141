"""A shipment of forty kits that got warm: from its file to the sponsor's decision, in the window.

What a person has to press is counted: at two keys a second it stays far under two minutes.
"""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.kits import KitState
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.signature import SignatureDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.receive import ReceivePage
from pharmacy_app.ui.pages.stock import StockPage, View
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.receiving.logger_preview import LoggerPreview
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.storage.decide import DecisionDialog
from pharmacy_app.workflows import excursions, receiving
from tests.pharmacies import PASSWORDS, SHIPMENT, WANG, MadeSite, make_site
from tests.ui.pages.conftest import Start, at, give, pharmacy_of, sign_in
from tests.ui.pages.test_receive import awaited
from tests.ui.pages.test_stock_cases import front

FILE = Path(__file__).parents[2] / "data" / "loggers" / "hobo_shipper_excursion.csv"
REFERENCE = "QA 2026-7"
OPEN_FILE, FILE_NAME, GO_ON, VIEW, CHOICE = 1, 30, 1, 3, 2
"""Keys: F7, a file's name typed, a button, Stock and its view, a choice."""


@pytest.fixture(scope="module")
def forty(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    return make_site(tmp_path_factory.mktemp("forty") / "vault", kits_of_each=20)


@pytest.fixture
def founded(forty: MadeSite) -> MadeSite:
    """The site that the desk of these tests opens."""
    return forty


@pytest.fixture
def window(made: MadeSite, start: Start, qtbot: QtBot) -> MainWindow:
    del made
    return sign_in(start(), qtbot)


def states(desk: Desk) -> dict[KitState, int]:
    return kit_queries.states(pharmacy_of(desk).reader)


def test_forty_kits_are_held_and_freed_with_a_few_keys(
    window: MainWindow, made: MadeSite, site_desk: Desk, qtbot: QtBot
) -> None:
    page = at(window, Place.RECEIVE)
    assert isinstance(page, ReceivePage)
    page.form.seals.set_value(True)
    page.form.tilt.set_value(True)
    page.form.open.click()
    for kits in made.kits.values():
        for number in kits:
            page.examine(RawScan(number), Condition.INTACT)
    keys = OPEN_FILE + FILE_NAME
    page.read_logger(FILE.read_bytes(), {})
    awaited(qtbot, LoggerPreview).record.click()
    assert receiving.receipt(pharmacy_of(site_desk), SHIPMENT).logger is not None
    keys += GO_ON
    page.sign()
    give(front(SignatureDialog), PASSWORDS[WANG])
    keys += GO_ON + len(PASSWORDS[WANG]) + GO_ON
    qtbot.waitUntil(lambda: states(site_desk) == {KitState.QUARANTINED: 40})
    stock = at(window, Place.STOCK)
    assert isinstance(stock, StockPage)
    stock.views.choose(View.CASES)
    keys += VIEW
    assert stock.cases.kits.model().rowCount() == 40
    stock.cases.decide.click()
    decision = front(DecisionDialog)
    decision.decision.set_value(True)
    decision.reference.set_text(REFERENCE)
    decision.decide()
    give(front(SignatureDialog), PASSWORDS[WANG])
    keys += GO_ON + CHOICE + len(REFERENCE) + GO_ON + len(PASSWORDS[WANG]) + GO_ON
    qtbot.waitUntil(lambda: states(site_desk) == {KitState.AVAILABLE: 40})
    (case,) = excursions.cases(pharmacy_of(site_desk))
    assert (case.kits, case.waiting, case.closed_at is None) == (40, 0, False)
    assert keys < 120
