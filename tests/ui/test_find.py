"""Find at the window: by keyboard from Ctrl+K to the open record."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from pharmacy_app.ui import language
from pharmacy_app.ui.desk import Desk as ProgramDesk
from pharmacy_app.ui.dialogs.find import FindDialog
from pharmacy_app.ui.pages.stock import StockPage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.site_window import PAGES, SiteWindow
from pharmacy_app.workflows import dosing
from tests import pharmacies
from tests.pharmacies import SHIPMENT
from tests.small_trials import CELLS
from tests.ui.workplaces import Desk, in_front

SUBJECT = "01-017"


@pytest.fixture
def dialog(at_desk: Desk) -> FindDialog:
    made = FindDialog(at_desk.pharmacy, list(PAGES), at_desk.window)
    made.open()
    return made


def lines(dialog: FindDialog) -> list[str]:
    return [dialog.list.item(n).text() for n in range(dialog.list.count())]


def press(dialog: FindDialog, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(dialog.field.editor, key)


def test_before_anything_is_typed_the_places_are_listed(dialog: FindDialog) -> None:
    assert lines(dialog)[:3] == ["Today", "Receive", "Stock"]
    chosen = QSignalSpy(dialog.chosen)
    press(dialog, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert chosen.at(0) == [Place.RECEIVE, None]


def test_each_kind_of_record_is_opened_at_its_place(at_desk: Desk) -> None:
    pharmacies.enrolled(at_desk.made, at_desk.pharmacy, SUBJECT, "A")
    dose = dosing.open_dose(at_desk.pharmacy, SUBJECT, "W0")
    kit = at_desk.made.kits[CELLS][0]
    for code, place in (
        (SUBJECT, Place.SUBJECTS),
        (dose, Place.BENCH),
        (SHIPMENT, Place.RECEIVE),
        (kit, Place.STOCK),
    ):
        dialog = FindDialog(at_desk.pharmacy, list(PAGES), at_desk.window)
        chosen = QSignalSpy(dialog.chosen)
        dialog.open()
        QTest.keyClicks(dialog.field.editor, code.lower())
        press(dialog, Qt.Key.Key_Return)
        assert chosen.at(0) == [place, code]
        assert not dialog.isVisible()


def test_the_arrows_stay_within_the_list_and_a_reader_hears_what_enter_opens(
    dialog: FindDialog,
) -> None:
    press(dialog, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_Down)
    assert dialog.list.currentRow() == dialog.list.count() - 1
    assert dialog.field.editor.accessibleDescription() == "Documents"


def test_what_is_not_there_is_said_and_enter_opens_nothing(dialog: FindDialog) -> None:
    chosen = QSignalSpy(dialog.chosen)
    QTest.keyClicks(dialog.field.editor, "zzzz")
    assert dialog.stack.currentWidget() is dialog.empty
    press(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert chosen.count() == 0
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_scanned_kit_is_looked_for(at_desk: Desk, dialog: FindDialog) -> None:
    kit = at_desk.made.kits[CELLS][0]
    assert dialog.scan(RawScan(kit))
    assert lines(dialog) == [f"Kit {kit} · available"]


def test_find_speaks_chinese_and_knows_the_places_in_both_languages(
    dialog: FindDialog, qtbot: QtBot
) -> None:
    language.apply("zh")
    qtbot.waitUntil(lambda: dialog.accessibleName() == "查找")
    assert "配制台" in lines(dialog)
    dialog.field.set_text("bench")
    assert lines(dialog) == ["配制台"]
    dialog.field.set_text("无此")
    assert dialog.stack.currentWidget() is dialog.empty


def test_ctrl_k_leads_from_the_window_to_the_kit(at_desk: Desk, tmp_path: Path) -> None:
    program = ProgramDesk(tmp_path / "settings.json", tmp_path / "vault")
    workplace = at_desk.workplace
    site = SiteWindow(program, workplace.application, workplace.site)
    workplace.application.present(site.window)
    site.window.open_place(Place.TODAY)
    kit = at_desk.made.kits[CELLS][0]
    site.window.find_asked.emit()
    dialog = in_front()
    assert isinstance(dialog, FindDialog)
    assert dialog.focusWidget() is dialog.field.editor
    QTest.keyClicks(dialog.field.editor, kit)
    press(dialog, Qt.Key.Key_Return)
    page = site.window.page
    assert isinstance(page, StockPage)
    assert site.window.place is Place.STOCK
    selected = page.table.selected()
    assert selected is not None
    assert selected.kit_number == kit
