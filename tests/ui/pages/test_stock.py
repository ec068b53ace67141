from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.records.queries.unblinded import kits as queries
from pharmacy_app.system.clock import SetClock
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.codes import ConfirmScanDialog
from pharmacy_app.ui.dialogs.signature import SignatureDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.stock import StockPage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.storage.decide import DecisionDialog
from pharmacy_app.workflows.today import Alarm, AlarmKind
from tests.pharmacies import PASSWORDS, WANG, MadeSite
from tests.small_trials import CELLS
from tests.ui.pages.conftest import Start, at, give, pharmacy_of, sign_in


@pytest.fixture
def window(stocked: MadeSite, start: Start, qtbot: QtBot) -> MainWindow:
    del stocked
    return sign_in(start(), qtbot)


@pytest.fixture
def page(window: MainWindow) -> StockPage:
    shown = at(window, Place.STOCK)
    assert isinstance(shown, StockPage)
    return shown


def kit(desk: Desk, number: str) -> Kit:
    found = queries.kit(pharmacy_of(desk).reader, number)
    assert found is not None
    return found


def test_every_kit_is_listed_by_expiry_and_the_first_told_in_full(
    page: StockPage, stocked: MadeSite
) -> None:
    assert page.table.model().rowCount() == 12
    first = page.table.selected()
    assert first is not None
    assert page.detail.accessibleName() == f"{first.kit_number} available"
    assert page.map.selected == str(first.position).rpartition("-")[2]
    assert len(stocked.kits[CELLS]) == 6


def test_filters_narrow_the_list(page: StockPage) -> None:
    page.filters.narrow(lot="L-MSC")
    assert page.table.model().rowCount() == 6
    page.filters.narrow(state=KitState.QUARANTINED)
    assert page.table.model().rowCount() == 0
    assert page.detail.accessibleName().strip() == "No kit selected"


def test_scan_selects_its_kit(page: StockPage, window: MainWindow, stocked: MadeSite) -> None:
    number = stocked.kits[CELLS][4]
    window.give_scan(RawScan(number))
    selected = page.table.selected()
    assert selected is not None
    assert selected.kit_number == number


def test_unknown_kit_must_be_put_aside(page: StockPage, window: MainWindow) -> None:
    window.give_scan(RawScan("KXXXXXXX"))
    assert isinstance(QApplication.activeModalWidget(), ConfirmScanDialog)
    assert page.isVisible()


def test_kit_is_moved_to_the_position_typed(
    page: StockPage, stocked: MadeSite, site_desk: Desk
) -> None:
    number = stocked.kits[CELLS][2]
    page.open_subject(number)
    page.start_move()
    page.put_away.position.set_text("T1-R2-B02-I9")
    page.put_away.put.click()
    assert kit(site_desk, number).position == "T1-R2-B02-I9"


def test_taken_position_is_refused_and_the_kit_stays(
    page: StockPage, stocked: MadeSite, site_desk: Desk, window: MainWindow
) -> None:
    number = stocked.kits[CELLS][2]
    before = kit(site_desk, number).position
    taken = kit(site_desk, stocked.kits[CELLS][3]).position
    page.open_subject(number)
    page.start_move()
    page.put_away.position.set_text(str(taken))
    page.put_away.put.click()
    assert window.refusals.problem is not None
    assert kit(site_desk, number).position == before


def test_quarantined_kit_is_told_with_its_reason_and_decided_with_a_signature(
    page: StockPage, stocked: MadeSite, site_desk: Desk, qtbot: QtBot
) -> None:
    number = stocked.kits[CELLS][1]
    page.quarantine(number, "label smudged")
    page.open_subject(Alarm(AlarmKind.QUARANTINE, serious=True))
    assert page.table.model().rowCount() == 1
    page.decide.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DecisionDialog)
    dialog.decide()
    assert dialog.reference.error
    dialog.decision.set_value(True)
    dialog.reference.set_text("letter 7")
    dialog.decide()
    signing = QApplication.activeModalWidget()
    assert isinstance(signing, SignatureDialog)
    give(signing, PASSWORDS[WANG])
    qtbot.waitUntil(lambda: kit(site_desk, number).state is KitState.AVAILABLE)


def test_expired_kit_is_told_as_expired_to_the_minute(
    page: StockPage, stocked: MadeSite, site_desk: Desk, clock: SetClock
) -> None:
    number = KitNumber(stocked.kits[CELLS][0])
    clock.set(kit(site_desk, number).expiry - timedelta(minutes=1))
    page.refresh(frozenset())
    page.open_subject(number)
    assert page.detail.accessibleName() == f"{number} available"
    clock.advance(timedelta(minutes=1))
    page.refresh(frozenset())
    assert page.detail.accessibleName() == f"{number} expired"
