from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.system.clock import SetClock
from pharmacy_app.ui import language
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.today import TodayPage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.today.notes import ExpiringCard
from pharmacy_app.workflows import stock, today
from pharmacy_app.workflows.pharmacy import Scanned
from pharmacy_app.workflows.today import AlarmKind
from tests.pharmacies import MadeSite, covered, enrolled, thawed
from tests.small_trials import CELLS
from tests.ui.pages.conftest import Start, at, pharmacy_of, sign_in


@pytest.fixture
def window(stocked: MadeSite, start: Start, qtbot: QtBot) -> MainWindow:
    del stocked
    return sign_in(start(), qtbot)


def page_of(window: MainWindow) -> TodayPage:
    page = at(window, Place.TODAY)
    assert isinstance(page, TodayPage)
    page.refresh(frozenset())
    return page


def shown(page: TodayPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if not label.isHidden()]


def test_empty_day_says_so(window: MainWindow) -> None:
    page = page_of(window)
    assert "No dose is due today and none is under way." in shown(page)
    assert page.primary is None


def test_dose_under_way_stands_first_with_its_clock_and_the_main_button(
    window: MainWindow, stocked: MadeSite, site_desk: Desk, clock: SetClock, qtbot: QtBot
) -> None:
    pharmacy = pharmacy_of(site_desk)
    enrolled(stocked, pharmacy, "01-001", "A")
    enrolled(stocked, pharmacy, "01-002", "B")
    dose_id = thawed(stocked, pharmacy, "01-001")
    clock.advance(timedelta(minutes=21, seconds=8))
    page = page_of(window)
    qtbot.waitUntil(lambda: "00:24:08" in shown(page))
    clock.advance(timedelta(seconds=1))
    qtbot.waitUntil(lambda: "00:24:09" in shown(page))
    assert page.primary is not None
    asked: list[tuple[object, object]] = []
    page.place_asked.connect(lambda place, subject: asked.append((place, subject)))
    page.doses.work_chosen.emit(today.doses_today(pharmacy)[0])
    assert asked == [(Place.BENCH, dose_id)]


def test_due_visit_can_be_started(
    window: MainWindow, stocked: MadeSite, site_desk: Desk, qtbot: QtBot
) -> None:
    enrolled(stocked, pharmacy_of(site_desk), "01-001", "A")
    page = page_of(window)
    start_button = page.doses.first
    assert start_button is not None
    assert start_button.accessibleName() == "Start 01-001 Week 0"
    qtbot.waitUntil(start_button.isVisible)
    assert start_button.reason == ""


def test_missing_backup_quarantine_and_late_dose_are_alarms(
    window: MainWindow, stocked: MadeSite, site_desk: Desk, clock: SetClock
) -> None:
    pharmacy = pharmacy_of(site_desk)
    kit = stocked.kits[CELLS][0]
    stock.quarantine(pharmacy, Scanned(kit), "smudged")
    enrolled(stocked, pharmacy, "01-001", "A")
    dose_id = covered(stocked, pharmacy, "01-001")
    clock.advance(timedelta(hours=9))
    found = today.alarms(pharmacy, stocked.folder)
    kinds = {alarm.kind: alarm for alarm in found}
    assert kinds[AlarmKind.QUARANTINE].number == 1
    assert AlarmKind.BACKUP in kinds
    assert found[0].serious
    assert "Kits in quarantine: 1" in [
        b.text() for b in page_of(window).alarms.findChildren(QPushButton)
    ]
    assert dose_id in [one.record for one in today.waiting(pharmacy)]


def test_short_day_is_told_with_need_and_stock(
    window: MainWindow, stocked: MadeSite, site_desk: Desk
) -> None:
    pharmacy = pharmacy_of(site_desk)
    for kit in stocked.kits[CELLS]:
        stock.quarantine(pharmacy, Scanned(KitNumber(kit)), "recall")
    enrolled(stocked, pharmacy, "01-001", "A")
    page = page_of(window)
    assert "need 1, have 0 (Cells)" in page.chart.accessibleDescription()
    page.chart.repaint()


def test_expiring_kits_are_counted_by_lot(
    stocked: MadeSite, window: MainWindow, site_desk: Desk, clock: SetClock
) -> None:
    del stocked, window
    clock.advance(timedelta(days=340))
    lots = today.expiring(pharmacy_of(site_desk))
    assert {(one.lot, one.number) for one in lots} == {("L-MSC", 2), ("L-PLA", 2)}
    assert len(lots) == 6


def test_a_lot_that_expires_with_a_day_is_told_by_that_day(qtbot: QtBot) -> None:
    language.set_zone("Asia/Shanghai")
    card = ExpiringCard()
    qtbot.addWidget(card)
    end_of_may = datetime(2027, 5, 31, 16, 0, tzinfo=UTC)
    card.show_expiring([today.Expiring(CELLS, "L-1", end_of_may, 2)])
    said = " ".join(button.text() for button in card.findChildren(QPushButton))
    assert "2027-05-31" in said
    assert "2027-06-01" not in said
