import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.ui.application import Application
from pharmacy_app.ui.dialogs.codes import TypedCodeDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.page import Page, ScanAnswer
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.status_bar import Standing
from pharmacy_app.ui.widgets.buttons import PrimaryButton


class Notebook(Page):
    """A page that notes what reaches it."""

    made = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).made += 1
        self.refreshed: list[frozenset[str]] = []
        self.scans: list[RawScan] = []
        self.opened: list[object] = []
        self.waits = True
        self.field = QLineEdit()
        self.body.addWidget(self.field)
        self.pressed = 0
        button = PrimaryButton()
        button.clicked.connect(self.count)
        self.add_action(button, primary=True)

    def count(self) -> None:
        self.pressed += 1

    def retranslate(self) -> None:
        self.set_title(self.tr("Notebook"))

    def refresh(self, changed: frozenset[str]) -> None:
        self.refreshed.append(changed)

    def scan(self, scan: RawScan) -> bool:
        self.scans.append(scan)
        return self.waits

    def open_subject(self, subject: object) -> None:
        self.opened.append(subject)


class BlindedNotebook(Notebook):
    unblinded = False


@pytest.fixture
def site(desk: Application, window: MainWindow, qtbot: QtBot) -> MainWindow:
    Notebook.made = BlindedNotebook.made = 0
    window.register(Place.STOCK, Notebook)
    window.register(Place.TODAY, BlindedNotebook)
    window.open_place(Place.TODAY)
    desk.shell.show()
    desk.shell.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is not None)
    return window


def page_of(site: MainWindow) -> Notebook:
    assert isinstance(site.page, Notebook)
    return site.page


def test_a_place_without_a_page_is_not_shown(site: MainWindow) -> None:
    shown = [b.accessibleName() for b in site.rail.findChildren(QPushButton)]
    assert sorted(shown) == ["Stock", "Today"]
    tops = {b.accessibleName(): b.y() for b in site.rail.findChildren(QPushButton)}
    assert tops["Today"] < tops["Stock"]


def test_a_page_is_made_when_its_place_is_first_opened(site: MainWindow) -> None:
    assert (Notebook.made, BlindedNotebook.made) == (0, 1)
    site.open_place(Place.STOCK)
    site.open_place(Place.TODAY)
    site.open_place(Place.STOCK)
    assert Notebook.made == 1


@pytest.mark.parametrize(
    "modifier", [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier]
)
def test_places_are_reached_by_number(
    desk: Application, site: MainWindow, modifier: Qt.KeyboardModifier
) -> None:
    QTest.keyClick(desk.shell.windowHandle(), Qt.Key.Key_3, modifier)
    assert site.place is Place.STOCK
    QTest.keyClick(desk.shell.windowHandle(), Qt.Key.Key_8, modifier)
    assert site.place is Place.STOCK


def test_find_help_and_training_aids_are_asked_by_key(
    desk: Application, site: MainWindow, qtbot: QtBot
) -> None:
    handle = desk.shell.windowHandle()
    with qtbot.waitSignals([site.find_asked, site.help_asked, site.training_aids_asked]):
        QTest.keyClick(handle, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(handle, Qt.Key.Key_F1)
        QTest.keyClick(handle, Qt.Key.Key_F2)


def test_the_reserved_frame_is_drawn_only_where_arms_are_shown(
    desk: Application, site: MainWindow
) -> None:
    violet = "#7a3fb0"

    def edge() -> str:
        return str(desk.shell.grab().toImage().pixelColor(1, 400).name())

    assert edge() != violet
    site.open_place(Place.STOCK)
    assert edge() == violet
    assert site.top_bar._mode.isVisible()


def test_training_shows_its_own_frame_and_word_beside_the_reserved_one(
    desk: Application, site: MainWindow
) -> None:
    site.open_place(Place.STOCK)
    site.set_training(on=True)
    QApplication.processEvents()
    picture = desk.shell.grab().toImage()
    assert picture.pixelColor(7, 400).name() == "#7a3fb0"
    assert picture.pixelColor(640, 2).name() == "#ffb02e"
    assert "TRAINING" in site._ribbon.text()


def test_changes_reach_the_open_page_at_once_and_others_when_shown(site: MainWindow) -> None:
    today = page_of(site)
    site.open_place(Place.STOCK)
    stock = page_of(site)
    assert (today.refreshed, stock.refreshed) == ([frozenset()], [frozenset()])
    stock.records_changed.emit(frozenset({"kits"}))
    stock.records_changed.emit(frozenset({"doses"}))
    assert stock.refreshed[1:] == [frozenset({"kits"}), frozenset({"doses"})]
    assert len(today.refreshed) == 1
    site.open_place(Place.TODAY)
    assert today.refreshed[1:] == [frozenset({"kits", "doses"})]
    site.open_place(Place.STOCK)
    assert len(stock.refreshed) == 3


def test_a_scan_goes_to_the_open_page(desk: Application, site: MainWindow) -> None:
    desk.scanner.scanned.emit("K7Q4M9X2")
    assert page_of(site).scans == [RawScan("K7Q4M9X2")]


def test_a_scan_nobody_waits_for_is_answered(desk: Application, site: MainWindow) -> None:
    page_of(site).waits = False
    desk.scanner.scanned.emit("K7Q4M9X2")
    assert site.top_bar.scan_line._code.text() == "K7Q4M9X2"
    assert "waits for one" in site.top_bar.scan_line._sentence.text()


def test_a_dialog_in_front_takes_the_scan(desk: Application, site: MainWindow) -> None:
    dialog = TypedCodeDialog(desk.shell)
    given: list[RawScan] = []
    dialog.code_given.connect(given.append)
    dialog.open()
    desk.scanner.scanned.emit("K7Q4M9X2")
    assert given == [RawScan("K7Q4M9X2")]
    assert page_of(site).scans == []


def test_real_keys_from_the_window_become_a_scan_and_leave_the_field_alone(
    desk: Application, site: MainWindow, qtbot: QtBot
) -> None:
    desk.scanner.watch()
    page = page_of(site)
    page.field.setFocus()
    for char in "K7Q4M9X2":
        QTest.keyClick(desk.shell.windowHandle(), Qt.Key(ord(char)), Qt.KeyboardModifier.NoModifier)
    QTest.keyClick(desk.shell.windowHandle(), Qt.Key.Key_Return)
    assert [scan.raw.upper() for scan in page.scans] == ["K7Q4M9X2"]
    assert page.field.text() == ""
    assert page.pressed == 0


def test_enter_presses_the_primary_action_unless_it_is_barred(site: MainWindow) -> None:
    page = page_of(site)
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert page.pressed == 2
    assert isinstance(page.primary, PrimaryButton)
    page.primary.bar("Not yet.")
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert page.pressed == 2


def test_a_page_can_open_a_record_of_another_place(site: MainWindow) -> None:
    page_of(site).place_asked.emit(Place.STOCK, "K1")
    assert site.place is Place.STOCK
    assert page_of(site).opened == ["K1"]


def test_a_problem_is_shown_over_the_page_until_dismissed(site: MainWindow) -> None:
    page_of(site).problem_met.emit(Refused([violation("scan.not_expected", "K1")]))
    assert site.refusals.isVisible()
    QTest.keyClick(site.refusals, Qt.Key.Key_Escape)
    assert not site.refusals.isVisible()


def test_scan_line_says_what_came_of_a_scan_with_colour_and_word(site: MainWindow) -> None:
    site.show_answer(ScanAnswer("K1", State.STOP, "quarantined"))
    line = site.top_bar.scan_line
    assert line._code.property("state") == "stop"
    assert line._sentence.text().startswith("quarantined · ")
    site.show_answer(None)
    assert line._sentence.text() == "Ready to scan"


def test_scan_line_keeps_no_sentence_of_the_other_language(
    desk: Application, site: MainWindow
) -> None:
    site.show_answer(ScanAnswer("K1", State.STOP, "The kit is quarantined."))
    line = site.top_bar.scan_line
    desk.set_language("zh")
    QApplication.processEvents()
    assert line._sentence.text().startswith("已拒绝 · ")
    assert line._code.text() == "K1"
    desk.set_language("en")
    QApplication.processEvents()
    assert line._sentence.text().startswith("The kit is quarantined. · ")


def test_status_bar_tells_when_something_is_not_well(site: MainWindow) -> None:
    site.status_bar.show_standing(Standing("Wang", clock_trusted=False, alarms=2))
    assert site.status_bar._clock.text() == "Clock not trusted"
    assert site.status_bar._clock.property("state") == "stop"
    assert site.status_bar._alarms.text() == "Alarms: 2"


def test_language_changes_at_once_everywhere(desk: Application, site: MainWindow) -> None:
    desk.set_language("zh")
    QApplication.processEvents()
    assert "库存" in {b.accessibleName() for b in site.rail.findChildren(QPushButton)}
    assert site.top_bar._mode.text() == "非盲"
    assert site.top_bar._language.text() == "English"
    desk.set_language("en")
    QApplication.processEvents()
    assert site.top_bar._mode.text() == "UNBLINDED"
    assert desk.preferences.language == "en"
