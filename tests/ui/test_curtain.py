from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.ui.application import NAME, Application
from pharmacy_app.ui.curtain import Cover
from pharmacy_app.ui.dialogs.codes import TypedCodeDialog
from pharmacy_app.ui.idle import COVER_AFTER_S, END_AFTER_S, IdleWatch
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.page import Page
from pharmacy_app.ui.places import Place
from tests.ui.conftest import PASSWORD


class SecretPage(Page):
    def __init__(self) -> None:
        super().__init__()
        self.secret = QLabel("hUC-MSC")
        self.field = QLineEdit()
        self.body.addWidget(self.secret)
        self.body.addWidget(self.field)


@pytest.fixture
def secret(desk: Application, window: MainWindow, qtbot: QtBot) -> SecretPage:
    window.register(Place.STOCK, SecretPage)
    window.open_place(Place.STOCK)
    desk.shell.show()
    desk.shell.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is not None)
    page = window.page
    assert isinstance(page, SecretPage)
    return page


def cover_of(window: QWidget) -> Cover:
    return next(c for c in window.findChildren(Cover) if c.isVisible())


def press(window: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(window.windowHandle(), key)


def test_f12_hides_everything_and_the_password_brings_it_back(
    desk: Application, window: MainWindow, secret: SecretPage, qtbot: QtBot
) -> None:
    secret.field.setFocus()
    press(desk.shell, Qt.Key.Key_F12)
    assert window.curtain.is_down
    assert not secret.secret.isVisible()
    assert not window.isVisible()
    cover = cover_of(desk.shell)
    assert cover.geometry() == desk.shell.rect()
    cover._password.setText(PASSWORD)
    with qtbot.waitSignal(window.curtain.lifted):
        cover._lift.click()
    assert secret.secret.isVisible()
    assert QApplication.focusWidget() is secret.field


def test_a_wrong_password_leaves_it_down_and_says_so(
    desk: Application, window: MainWindow, secret: SecretPage, qtbot: QtBot
) -> None:
    window.curtain.drop()
    cover = cover_of(desk.shell)
    cover._password.setText("wrong")
    cover._give()
    qtbot.waitUntil(lambda: bool(cover._problem.text()))
    assert window.curtain.is_down
    assert not secret.secret.isVisible()
    assert cover._password.text() == ""


def test_the_same_key_asks_for_the_password_again(
    desk: Application, window: MainWindow, secret: SecretPage
) -> None:
    window.curtain.drop()
    press(desk.shell, Qt.Key.Key_F12)
    assert len(desk.shell.findChildren(Cover)) == 1
    assert QApplication.focusWidget() is cover_of(desk.shell)._password


def test_it_falls_over_an_open_dialog_too_and_the_form_is_there(
    desk: Application, window: MainWindow, secret: SecretPage, qtbot: QtBot
) -> None:
    dialog = TypedCodeDialog(desk.shell)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is dialog.windowHandle())
    press(dialog, Qt.Key.Key_F12)
    assert not dialog._code.isVisible()
    cover = cover_of(dialog)
    assert cover._password.isVisible()
    cover._password.setText(PASSWORD)
    with qtbot.waitSignal(window.curtain.lifted):
        cover._give()
    assert dialog._code.isVisible()
    dialog.reject()


def test_a_dialog_that_opens_behind_the_curtain_is_covered(
    desk: Application, window: MainWindow, secret: SecretPage, qtbot: QtBot
) -> None:
    window.curtain.drop()
    dialog = TypedCodeDialog(desk.shell)
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(Cover)))
    assert not dialog._code.isVisible()
    window.curtain.lift()
    dialog.reject()


def test_scans_and_shortcuts_reach_nothing_behind_it(
    desk: Application, window: MainWindow, secret: SecretPage
) -> None:
    window.register(Place.TODAY, Page)
    window.curtain.drop()
    desk.scanner.scanned.emit("K7Q4M9X2")
    QTest.keyClick(desk.shell.windowHandle(), Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert window.place is Place.STOCK
    assert window.top_bar.scan_line._answer is None


def test_no_window_title_says_more_than_the_name_of_the_program(
    desk: Application, window: MainWindow, secret: SecretPage
) -> None:
    dialog = TypedCodeDialog(desk.shell)
    dialog.open()
    assert {w.windowTitle() for w in QApplication.topLevelWidgets() if w.isVisible()} == {NAME}
    dialog.reject()


@pytest.fixture
def idle(app: QApplication) -> tuple[IdleWatch, Callable[[float], None]]:
    at = [0.0]

    def move(to: float) -> None:
        at[0] = to

    return IdleWatch(lambda: at[0]), move


def test_ten_idle_minutes_cover_and_thirty_end(
    idle: tuple[IdleWatch, Callable[[float], None]],
) -> None:
    watch, move = idle
    told: list[str] = []
    watch.went_idle.connect(lambda: told.append("covered"))
    watch.stayed_idle.connect(lambda: told.append("ended"))
    for at in (COVER_AFTER_S - 1, COVER_AFTER_S, COVER_AFTER_S + 60, END_AFTER_S):
        move(at)
        watch.look()
    assert told == ["covered", "ended"]


def test_a_key_or_a_move_counts_from_anew(idle: tuple[IdleWatch, Callable[[float], None]]) -> None:
    watch, move = idle
    told: list[str] = []
    watch.went_idle.connect(lambda: told.append("covered"))
    move(COVER_AFTER_S - 1)
    watch.use()
    move(COVER_AFTER_S + 1)
    watch.look()
    assert told == []


def test_idling_drops_the_curtain_of_the_window(
    desk: Application, window: MainWindow, secret: SecretPage
) -> None:
    desk.idle.went_idle.emit()
    assert window.curtain.is_down
