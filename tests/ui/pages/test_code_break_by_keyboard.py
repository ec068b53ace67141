"""The emergency code break from the sign-in to the letter: keys alone, no network, one subject told.

The keys go to the window as the desktop sends them and find their widget by the focus alone. What
stands on the screen and lies on the disk is searched for the words that name an arm, before and after.
"""

import socket
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.unblinding import Blinding
from pharmacy_app.system.clock import SetClock
from pharmacy_app.ui.application import Application
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.find import FindDialog
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.sign_in import SignInPage
from pharmacy_app.ui.pages.subjects import SubjectsPage
from pharmacy_app.ui.signing import SigningDialog
from pharmacy_app.ui.subjects import code_break as window_of_it
from pharmacy_app.ui.subjects.code_break import CodeBreakDialog, LetterDialog
from pharmacy_app.workflows import unblinding
from tests.named_arms import (
    IN_THE_LETTER,
    OTHER,
    SUBJECT,
    WORDS,
    named_in,
    on_disk,
    site_with_a_subject_in_either_arm,
)
from tests.pharmacies import PASSWORDS, WANG, MadeSite, MemoryPrinter
from tests.small_trials import STAGE
from tests.ui.pages.conftest import Start, copied, pharmacy_of
from tests.ui.strays import StrayWindows

KEYS_IN_A_MINUTE = 240
"""At four a second, which leaves nobody breathless."""


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    """A site with a subject in either arm; each test gets a copy of it."""
    return site_with_a_subject_in_either_arm(tmp_path_factory.mktemp("ward") / "vault")


@pytest.fixture
def made(ward: MadeSite, site_desk: Desk, clock: SetClock) -> MadeSite:
    return copied(ward, site_desk, clock)


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> MemoryPrinter:
    """The one printer of the machine."""
    printer = MemoryPrinter()
    monkeypatch.setattr(window_of_it, "_real_printers", lambda: [(printer, "Ward printer")])
    return printer


class Sockets:
    """Hears of every socket that Python code makes or connects, while it listens."""

    listening: "Sockets | None" = None

    def __init__(self) -> None:
        self.heard: list[str] = []

    @staticmethod
    def hear(event: str, _: object) -> None:
        """Take an event of the interpreter; hooks cannot be taken out again, so they may be deaf."""
        if Sockets.listening is not None and event.startswith("socket."):
            Sockets.listening.heard.append(event)


@pytest.fixture(scope="module")
def hooked() -> None:
    """Listen in this module's process only: a hook stays until the process ends."""
    sys.addaudithook(Sockets.hear)


@pytest.fixture
def sockets(hooked: None) -> Iterator[Sockets]:
    Sockets.listening = Sockets()
    yield Sockets.listening
    Sockets.listening = None


def open_sockets() -> list[str]:
    """Return every socket this process holds, Qt's and those of C libraries too."""
    held = Path("/proc/self/fd")
    found = []
    for handle in held.iterdir() if held.is_dir() else ():
        try:
            target = str(handle.readlink())
        except OSError:  # the folder's own handle is closed by now
            continue
        if target.startswith("socket:"):
            found.append(target)
    return sorted(found)


@dataclass
class Keyboard:
    """All that the pharmacist has: keys, which go to the window in front and are counted."""

    qtbot: QtBot
    shell: QWidget
    pressed: int = 0

    def at(self, _: QKeyEvent) -> float:
        """Return when the last key was pressed, in milliseconds of a person's pace."""
        return self.pressed * 60_000 / KEYS_IN_A_MINUTE

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        """Press a key."""
        self.pressed += 1
        QTest.keyClick(self._window(), key, held or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        """Type a text, a key a character."""
        for letter in text:
            self.pressed += 1
            QTest.keyClick(self._window(), letter)  # type: ignore[call-overload]  # a character too

    def tab_to(self, reached: Callable[[], bool]) -> None:
        """Press Tab until the focus is there; fail once it would have gone round."""
        for _ in range(60):
            if reached():
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError("not reached with Tab")

    def until(self, seen: Callable[[], object]) -> None:
        """Wait for what the program does meanwhile."""
        self.qtbot.waitUntil(lambda: bool(seen()), timeout=20_000)

    def _window(self) -> QWindow:
        """Return the window in front, which a desktop gives the keyboard back to; nobody does here."""
        front = QApplication.activeModalWidget() or self.shell
        if not front.isActiveWindow():
            front.activateWindow()
            self.qtbot.waitUntil(front.isActiveWindow)
        return front.windowHandle()


def in_front(kind: type[QWidget]) -> Callable[[], bool]:
    """Return whether a dialog of this kind has the keyboard."""

    def seen() -> bool:
        front = QApplication.activeModalWidget()
        return type(front) is kind and front.isVisible()

    return seen


def at_subject(application: Application, keys: Keyboard) -> SubjectsPage:
    """Sign in, and find the subject by number."""
    page = application.shell.content
    assert isinstance(page, SignInPage)
    application.scanner._clock = keys.at
    application.shell.activateWindow()
    keys.until(page.person.editor.hasFocus)
    people = [page.person.editor.itemData(n) for n in range(page.person.editor.count())]
    for _ in range(people.index(WANG) + 1):
        keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Tab)
    keys.type(PASSWORDS[WANG])
    keys.press(Qt.Key.Key_Return)
    keys.until(lambda: isinstance(application.shell.content, MainWindow))
    window = application.shell.content
    assert isinstance(window, MainWindow)
    keys.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    keys.until(in_front(FindDialog))
    keys.type(SUBJECT)
    keys.press(Qt.Key.Key_Return)
    keys.until(
        lambda: isinstance(window.page, SubjectsPage) and not QApplication.activeModalWidget()
    )
    subjects = window.page
    assert isinstance(subjects, SubjectsPage)
    selected = subjects.table.selected()
    assert selected is not None
    assert selected.subject_id == SUBJECT
    return subjects


def asked(page: SubjectsPage, keys: Keyboard) -> list[Counter[tuple[str, str]]]:
    """Fill the request and sign it alone, which is enough in an emergency.

    Returns what named an arm on the screen at each step up to the letter.
    """
    broken = page.detail.standing.broken
    keys.tab_to(broken.hasFocus)
    keys.press(Qt.Key.Key_Return)
    keys.until(in_front(CodeBreakDialog))
    keys.type("Dr Sun")
    keys.press(Qt.Key.Key_Tab)
    keys.type("intensive care")
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Down)  # the kind of reason
    keys.press(Qt.Key.Key_Tab)
    keys.type("anaphylaxis")
    steps = [on_screen()]
    keys.press(Qt.Key.Key_Return)
    keys.until(in_front(SigningDialog))
    keys.type(PASSWORDS[WANG])
    steps.append(on_screen())
    keys.press(Qt.Key.Key_Return)
    keys.until(in_front(LetterDialog))
    return [*steps, on_screen()]


def on_screen() -> Counter[tuple[str, str]]:
    """Return how often each text that names an arm stands in any widget, or on the clipboard."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    texts = [text for widget in QApplication.allWidgets() for text in _texts(widget)]
    return Counter(
        (word, text)
        for text in (*texts, QApplication.clipboard().text())
        for word in WORDS
        if word in text
    )


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (
        widget.windowTitle(),
        widget.toolTip(),
        widget.statusTip(),
        widget.whatsThis(),
        widget.accessibleName(),
        widget.accessibleDescription(),
    )
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QGroupBox):
        yield widget.title()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    if isinstance(widget, QAbstractItemView):
        yield from _rows(widget)


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(model.index(row, column).data(role) or "")


def test_from_the_sign_in_to_the_letter_by_keyboard_with_no_network(
    made: MadeSite,
    start: Start,
    site_desk: Desk,
    printer: MemoryPrinter,
    sockets: Sockets,
    strays: StrayWindows,
    own_home: Path,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    application = start()
    keys, before_sockets = Keyboard(qtbot, application.shell), open_sockets()
    page = at_subject(application, keys)
    screen, disk = on_screen(), on_disk(tmp_path, own_home)
    assert screen["Sham arm", "Sham arm"] == 1  # where the pharmacist may see it
    steps = asked(page, keys)
    keys.press(Qt.Key.Key_Return)
    keys.until(lambda: bool(printer.printed) and not application.tasks.busy)
    ((name, pdf),) = printer.printed
    assert keys.pressed <= KEYS_IN_A_MINUTE
    assert name == f"UNBLINDED_letter_{SUBJECT}_1.pdf"
    assert named_in(pdf) == IN_THE_LETTER
    assert all(step <= screen for step in [*steps, on_screen()])
    keys.press(Qt.Key.Key_Escape)
    keys.until(lambda: QApplication.activeModalWidget() is None)
    assert on_screen() <= screen
    assert on_disk(tmp_path, own_home) == disk == set()
    assert strays.seen == []
    assert sockets.heard == []
    assert open_sockets() == before_sockets
    pharmacy = pharmacy_of(site_desk)
    assert unblinding.state(pharmacy, SUBJECT, STAGE) is Blinding.EMERGENCY
    assert unblinding.state(pharmacy, OTHER, STAGE) is Blinding.BLIND
    site_desk.close_site()
    assert on_disk(tmp_path, own_home) == set()


def test_without_a_printer_no_number_of_enters_shows_the_group(
    made: MadeSite, start: Start, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(window_of_it, "_real_printers", list)
    application = start()
    keys = Keyboard(qtbot, application.shell)
    asked(at_subject(application, keys), keys)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LetterDialog)
    said = dialog.show_it.text()
    for _ in range(3):
        keys.press(Qt.Key.Key_Return)
        assert QApplication.activeModalWidget() is dialog
        assert dialog.show_it.text() == said
    keys.tab_to(dialog.show_it.hasFocus)
    keys.press(Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is dialog
    keys.press(Qt.Key.Key_Return)
    keys.until(in_front(DocumentPreview))


def test_a_word_on_screen_a_file_a_socket_and_a_stray_window_are_noticed(
    sockets: Sockets, strays: StrayWindows, tmp_path: Path, qtbot: QtBot
) -> None:
    before, held = on_screen(), open_sockets()
    label, box, tip = QLabel("in the Sham arm"), QComboBox(), QLineEdit()
    tip.setToolTip("Verum arm")
    box.addItem("Albumin")
    for widget in (label, box, tip):
        qtbot.addWidget(widget)
    assert set(on_screen() - before) == {
        ("Sham arm", "in the Sham arm"),
        ("Albumin", "Albumin"),
        ("Verum arm", "Verum arm"),
    }
    (tmp_path / "log").write_text("OMEGA-ARM", encoding="utf-16")
    (tmp_path / "白蛋白.pdf").touch()
    assert {word for word, _ in on_disk(tmp_path)} == {"OMEGA-ARM", "白蛋白"}
    with socket.socket():
        assert sockets.heard == ["socket.__new__"]
        assert len(open_sockets()) == len(held) + 1
    label.show()
    assert strays.seen == ["QLabel"]
