"""Notices that nobody has used the program for a while."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

COVER_AFTER_S = 10 * 60
END_AFTER_S = 30 * 60
LOOK_EVERY_MS = 5_000
USING = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
)


class IdleWatch(QObject):
    """Emits ``went_idle`` after 10 minutes without a key or pointer, ``stayed_idle`` after 30.

    ``monotonic`` gives seconds; time spent with the machine asleep counts where it counts it.
    """

    went_idle = Signal()
    stayed_idle = Signal()

    def __init__(self, monotonic: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._monotonic = monotonic
        self._used_at = monotonic()
        self._told_idle = False
        self._window: QWindow | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def watch(self) -> None:
        """Begin to watch."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_focus_window)
        self._on_focus_window(QGuiApplication.focusWindow())
        self.use()
        self._timer.start()

    def use(self) -> None:
        """Count from now."""
        self._used_at = self._monotonic()
        self._told_idle = False

    @Slot()
    def look(self) -> None:
        """Compare the time; called every few seconds."""
        idle_s = self._monotonic() - self._used_at
        if idle_s >= END_AFTER_S:
            self._timer.stop()
            self.stayed_idle.emit()
        elif idle_s >= COVER_AFTER_S and not self._told_idle:
            self._told_idle = True
            self.went_idle.emit()

    @Slot(QWindow)
    def _on_focus_window(self, window: QWindow | None) -> None:
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Note that the program is in use; hold nothing back."""
        del watched
        if event.type() in USING:
            self._used_at = self._monotonic()
        return False
