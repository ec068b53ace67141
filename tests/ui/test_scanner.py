"""Scans as a real window gets them: through its QWindow, wherever the focus is."""

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pharmacy_app.ui.scanner import Scanner
from pharmacy_app.ui.scans import Habits
from tests.ui.keys import commit

CODE = "K7Q4M9X2"


class Bench:
    """A window with fields, a scanner on it, and keys whose times are ours."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.at = 1000.0
        self.window = QWidget()
        self.line, self.text, self.number = QLineEdit(), QTextEdit(), QSpinBox()
        self.number.setMaximum(999999999)
        self.button = QPushButton("go")
        self.button.setAutoDefault(True)
        column = QVBoxLayout(self.window)
        for part in (self.line, self.text, self.number, self.button):
            column.addWidget(part)
        self.pressed = 0
        self.button.clicked.connect(self._count)
        self.scanner = Scanner(Habits(), clock=lambda _: self.at, parent=self.window)
        self.scans: list[str] = []
        self.scanner.scanned.connect(self.scans.append)
        self.scanner.watch()
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWindow() is self.window.windowHandle())

    def _count(self) -> None:
        self.pressed += 1

    def key(
        self,
        key: Qt.Key,
        text: str = "",
        gap: float = 10.0,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        repeat: bool = False,
    ) -> None:
        """Press and release a key as the window system would deliver it to the window."""
        self.at += gap
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, modifiers, text, repeat)
            QCoreApplication.sendEvent(self.window.windowHandle(), event)

    def type(self, text: str, gap: float = 10.0) -> None:
        for char in text:
            self.key(Qt.Key(ord(char.upper())), char, gap)

    def settle(self) -> None:
        """Let the patience of the scanner run out."""
        self.qtbot.waitUntil(
            lambda: not self.scanner._patience.isActive() and not self.scanner._last_look.isActive()
        )


@pytest.fixture
def bench(qtbot: QtBot, app: QApplication) -> Iterator[Bench]:
    made = Bench(qtbot)
    yield made
    made.window.close()
    made.window.deleteLater()


FIELDS = ["line", "text", "number", "button", "nowhere"]


def focus(bench: Bench, where: str) -> None:
    if where == "nowhere":
        widget = QApplication.focusWidget()
        if widget is not None:
            widget.clearFocus()
        return
    getattr(bench, where).setFocus()


@pytest.mark.parametrize("where", FIELDS)
@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Tab, None])
def test_a_scan_lands_in_no_field_and_is_told(bench: Bench, where: str, end: Qt.Key | None) -> None:
    focus(bench, where)
    before = QApplication.focusWidget()
    bench.type(CODE)
    if end is not None:
        bench.key(end, "\r" if end == Qt.Key.Key_Return else "\t")
    bench.settle()
    assert bench.scans == [CODE]
    assert (bench.line.text(), bench.text.toPlainText(), bench.number.value()) == ("", "", 0)
    assert bench.pressed == 0
    assert QApplication.focusWidget() is before


def test_typing_reaches_the_field_unchanged_and_in_order(bench: Bench) -> None:
    bench.line.setFocus()
    for char in "the lot is L231":
        bench.type(char, gap=120)
        bench.settle()
    assert bench.line.text() == "the lot is L231"
    assert bench.scans == []


def test_a_fast_roll_of_a_few_keys_reaches_the_field(bench: Bench) -> None:
    bench.line.setFocus()
    bench.type("1234", gap=20)
    assert bench.line.text() == ""
    bench.settle()
    assert bench.line.text() == "1234"


def test_enter_after_a_few_fast_digits_comes_after_them(bench: Bench) -> None:
    entered: list[str] = []
    bench.line.returnPressed.connect(lambda: entered.append(bench.line.text()))
    bench.line.setFocus()
    bench.type("212", gap=20)
    bench.key(Qt.Key.Key_Return, "\r", gap=20)
    assert entered == ["212"]


def test_backspace_amid_fast_typing_deletes_the_last_character(bench: Bench) -> None:
    bench.line.setFocus()
    bench.type("21", gap=20)
    bench.key(Qt.Key.Key_Backspace, "\b", gap=20)
    bench.type("9", gap=200)
    bench.settle()
    assert bench.line.text() == "29"


def test_text_already_in_the_field_survives_a_scan(bench: Bench) -> None:
    bench.line.setText("L-231")
    bench.line.setFocus()
    bench.line.selectAll()
    bench.type(CODE)
    bench.key(Qt.Key.Key_Return, "\r")
    assert bench.line.text() == "L-231"
    assert bench.scans == [CODE]


def test_a_key_held_down_is_no_scan(bench: Bench) -> None:
    bench.line.setFocus()
    bench.type("a", gap=200)
    for _ in range(20):
        bench.key(Qt.Key.Key_A, "a", gap=30, repeat=True)
    bench.settle()
    assert bench.scans == []
    assert bench.line.text() == "a" * 21


def test_group_separator_sent_as_control_bracket_is_kept(bench: Bench) -> None:
    focus(bench, "line")
    bench.type("]d20112345")
    bench.key(Qt.Key.Key_BracketRight, "\x1d", modifiers=Qt.KeyboardModifier.ControlModifier)
    bench.type("21AB")
    bench.key(Qt.Key.Key_Return, "\r")
    assert bench.scans == ["]d20112345\x1d21AB"]


def test_a_literal_line_feed_ends_a_scan_too(bench: Bench) -> None:
    bench.type(CODE)
    bench.key(Qt.Key(0), "\n")
    assert bench.scans == [CODE]


def test_the_late_enter_of_a_slow_scanner_presses_no_button(bench: Bench) -> None:
    bench.button.setFocus()
    bench.type(CODE)
    bench.settle()
    bench.key(Qt.Key.Key_Return, "\r", gap=120)
    assert bench.scans == [CODE]
    assert bench.pressed == 0


def test_shift_between_characters_does_not_break_a_scan(bench: Bench) -> None:
    for char in CODE:
        bench.key(Qt.Key.Key_Shift, "", gap=2)
        bench.type(char, gap=8)
    bench.key(Qt.Key.Key_Return, "\r")
    assert bench.scans == [CODE]


def test_a_burst_is_told_once_though_events_pass_many_receivers(bench: Bench) -> None:
    bench.line.setFocus()
    QTest.keyClicks(bench.line, "ABCDEFGH")
    assert bench.line.text() == "ABCDEFGH"
    assert bench.scans == []


def test_a_password_typed_as_fast_as_a_scanner_is_neither_shown_nor_lost(bench: Bench) -> None:
    bench.line.setEchoMode(QLineEdit.EchoMode.Password)
    focus(bench, "line")
    bench.type(CODE)
    assert bench.line.text() == CODE
    assert bench.scans == []


def test_two_scans_in_a_row_are_two(bench: Bench) -> None:
    for code in (CODE, "K2M8XW4T"):
        bench.type(code)
        bench.key(Qt.Key.Key_Return, "\r")
    assert bench.scans == [CODE, "K2M8XW4T"]


def test_a_scan_is_recognised_in_a_dialog_opened_later(bench: Bench, qtbot: QtBot) -> None:
    other = QWidget()
    field = QLineEdit(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is other.windowHandle())
    field.setFocus()
    first, bench.window = bench.window, other
    bench.type(CODE)
    bench.key(Qt.Key.Key_Return, "\r")
    bench.window = first
    assert bench.scans == [CODE]
    assert field.text() == ""
    other.close()
    other.deleteLater()


def test_keys_held_for_a_window_that_is_gone_are_dropped(bench: Bench, qtbot: QtBot) -> None:
    other = QWidget()
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is other.windowHandle())
    first, bench.window = bench.window, other
    bench.type("12")
    other.close()
    other.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    bench.window = first
    bench.settle()
    assert bench.scans == []


def test_a_scan_composed_by_an_input_method_lands_in_no_field(bench: Bench) -> None:
    bench.line.setFocus()
    for end in itertools.count(1):
        QCoreApplication.sendEvent(bench.line, QInputMethodEvent(CODE[:end].lower(), []))
        if end == len(CODE):
            break
    commit(bench.line, CODE)
    assert bench.scans == [CODE]
    assert bench.line.text() == ""


def test_chinese_that_is_composed_reaches_the_field(bench: Bench) -> None:
    bench.line.setFocus()
    QCoreApplication.sendEvent(bench.line, QInputMethodEvent("wai guan", []))
    commit(bench.line, "外观")
    assert bench.line.text() == "外观"
    assert bench.scans == []
