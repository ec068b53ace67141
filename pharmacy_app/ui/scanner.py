"""Recognises scans wherever the focus is; nothing of a scan ever lands in a field that can be read.

Keys for a field that hides its text are let through: a password is typed as fast as a scanner
types, and a code that was scanned is shown on the screen.

Keys are watched at the window that has the focus, where each arrives once and before any widget.
The time of a key is the one the window system stamped on it, so a busy moment of the program does
not make typing look like a scan.
"""

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
    QWindow,
)

from pharmacy_app.ui.burst import Burst, Verdict
from pharmacy_app.ui.scans import GROUP_SEPARATOR, Habits

ENDING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)
COMMAND = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
STRAYING = (QEvent.Type.MouseButtonPress, QEvent.Type.FocusOut, QEvent.Type.WindowDeactivate)
TYPED = (QEvent.Type.KeyPress, QEvent.Type.InputMethod)
HELD = {Verdict.HOLD, Verdict.RELEASE_THEN_HOLD, Verdict.SCANNED_THEN_HOLD}
PASSED = {Verdict.RELEASE_THEN_PASS, Verdict.SCANNED_THEN_PASS}
TOLD = {Verdict.SCANNED, Verdict.SCANNED_THEN_HOLD, Verdict.SCANNED_THEN_PASS}
LETTING_GO = {Verdict.RELEASE, Verdict.RELEASE_THEN_HOLD, Verdict.RELEASE_THEN_PASS}


def stamp(event: QKeyEvent) -> float:
    """Return when a key was pressed, in milliseconds, as the window system says."""
    return float(event.timestamp()) or time.monotonic() * 1000.0


def hides_its_text(focus: QObject | None) -> bool:
    """Whether what has the focus is a field for a secret, such as a password."""
    if focus is None:
        return False
    asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImHints)
    QCoreApplication.sendEvent(focus, asked)
    hints = asked.value(Qt.InputMethodQuery.ImHints)
    return bool(Qt.InputMethodHint(hints or 0) & Qt.InputMethodHint.ImhHiddenText)


class Scanner(QObject):
    """Lives as long as the application and emits ``scanned`` for every scan.

    ``clock`` gives the time of a key event in milliseconds; tests hand in their own.
    """

    scanned = Signal(str)

    def __init__(
        self,
        habits: Habits | None = None,
        clock: Callable[[QKeyEvent], float] = stamp,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._burst = Burst(habits or Habits())
        self._clock = clock
        self._events: list[tuple[QWindow, QKeyEvent]] = []
        self._swallowed: set[int] = set()
        self._window: QWindow | None = None
        self.resting = False
        """While true every key passes: before a site is open nothing is scanned, and what types a
        password as fast as a scanner must not be taken for one."""
        self._composing = _Composition()
        self._patience = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._patience.timeout.connect(self._on_patience_ended)
        self._last_look = QTimer(self, singleShot=True, interval=0)
        self._last_look.timeout.connect(self._on_quiet)

    def watch(self) -> None:
        """Begin to watch whichever window of the program has the focus."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_focus_window)
            app.focusObjectChanged.connect(self._on_focus_object)
        self._on_focus_window(QGuiApplication.focusWindow())
        self._on_focus_object(QGuiApplication.focusObject())

    def set_habits(self, habits: Habits) -> None:
        """Follow the habits of another scanner from the next key on."""
        self._settle(self._burst.other())
        self._burst = Burst(habits)

    @Slot(QWindow)
    def _on_focus_window(self, window: QWindow | None) -> None:
        self._settle(self._burst.other())
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    @Slot(QObject)
    def _on_focus_object(self, watched: QObject | None) -> None:
        self._composing.follow(watched, self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Hold back, drop or pass a key on its way to the window; let everything else go."""
        kind = event.type()
        if self.resting or (kind in TYPED and self._at_a_secret()):
            return False
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._compose(watched, event)
        if not isinstance(watched, QWindow):
            return False
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(watched, event)
        if kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._release(watched, event)
        if kind in STRAYING:
            self._settle(self._burst.other())
        return False

    def _at_a_secret(self) -> bool:
        """Whether a key is meant for a field that hides its text; what was held goes before it."""
        secret = hides_its_text(QGuiApplication.focusObject())
        if secret:
            self._settle(self._burst.other())
        return secret

    def _press(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() in MODIFIERS:
            return False
        verdict = self._judge(event)
        if verdict in HELD or verdict in {Verdict.SCANNED, Verdict.DROP}:
            self._swallowed.add(event.key())
        self._settle(verdict)
        if verdict in HELD:
            self._events.append((window, event.clone()))
            self._patience.start(round(self._burst.patience_ms))
        return verdict not in PASSED

    def _judge(self, event: QKeyEvent) -> Verdict:
        if event.isAutoRepeat():
            return self._burst.other()
        at = self._clock(event)
        text = event.text()
        if event.key() in ENDING or text in {"\r", "\n"}:
            return self._burst.terminator(at)
        separator = text == GROUP_SEPARATOR and bool(self._burst.held)
        command = bool(event.modifiers() & COMMAND) and not _alt_gr(event)
        if separator or (len(text) == 1 and text.isprintable() and not command):
            return self._burst.character(text, at)
        return self._burst.other()

    def _release(self, window: QWindow, event: QKeyEvent) -> bool:
        if event.key() not in self._swallowed:
            return False
        if any(held.key() == event.key() for _, held in self._events):
            self._events.append((window, event.clone()))
            return True
        self._swallowed.discard(event.key())
        return True

    def _settle(self, verdict: Verdict) -> None:
        """Tell a scan or let the held keys go, as the verdict says."""
        if verdict in HELD and verdict not in TOLD | LETTING_GO:
            return
        self._patience.stop()
        self._last_look.stop()
        events, self._events = self._events, []
        if verdict in TOLD:
            self.scanned.emit(self._burst.scanned)
        elif verdict in LETTING_GO:
            self._replay(events)

    def _replay(self, events: list[tuple[QWindow, QKeyEvent]]) -> None:
        """Send held keys on to the window they were meant for, past this filter."""
        for window, event in events:
            if event.type() == QEvent.Type.KeyPress:
                self._swallowed.discard(event.key())
            if not shiboken6.isValid(window):
                continue
            window.removeEventFilter(self)
            QCoreApplication.sendEvent(window, event)
            if window is self._window and shiboken6.isValid(window):
                window.installEventFilter(self)

    @Slot()
    def _on_patience_ended(self) -> None:
        # Keys already waiting in the queue of a busy program come first.
        self._last_look.start()

    @Slot()
    def _on_quiet(self) -> None:
        self._settle(self._burst.quiet())

    def _compose(self, watched: QObject, event: QInputMethodEvent) -> bool:
        scan = self._composing.scan(event, self._burst.habits, time.monotonic() * 1000.0)
        if scan is None:
            return False
        QCoreApplication.sendEvent(watched, QInputMethodEvent("", []))
        self.scanned.emit(scan)
        return True


class _Composition:
    """Finds scans that reach a field through an input method, as composed or full-width text."""

    def __init__(self) -> None:
        self._object: QObject | None = None
        self._begun_at: float | None = None
        self._own = False

    def follow(self, watched: QObject | None, scanner: Scanner) -> None:
        """Watch the object that gets composed text now."""
        if self._object is not None and shiboken6.isValid(self._object):
            self._object.removeEventFilter(scanner)
        self._object = watched
        self._begun_at = None
        if watched is not None and not isinstance(watched, QWindow):
            watched.installEventFilter(scanner)

    def scan(self, event: QInputMethodEvent, habits: Habits, at: float) -> str | None:
        """Return the scan that this commit completes, if it came too fast for a person."""
        burst = Burst(habits)
        committed = event.commitString()
        if not committed:
            if event.preeditString() and self._begun_at is None:
                self._begun_at = at
            elif not event.preeditString():
                self._begun_at = None
            return None
        begun, self._begun_at = self._begun_at, None
        if begun is None or at - begun > habits.gap_ms * len(committed):
            return None
        for char in committed.strip():
            burst.character(char, at)
        return burst.scanned if burst.quiet() is Verdict.SCANNED else None


def _alt_gr(event: QKeyEvent) -> bool:
    """Whether Ctrl+Alt only stands for AltGr, as it does on Windows keyboards."""
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return (event.modifiers() & both) == both
