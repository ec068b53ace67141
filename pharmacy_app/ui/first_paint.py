"""Starts a window in this process and tells when it first stood on the screen: for the bench.

Run as a module: ``empty`` opens a window with nothing in it, ``form`` one with the barest sign-in form
PySide6 can show, ``program`` what ``main.py`` opens. All are watched by the same few lines, which end the process once the window was painted and
write the system-wide monotonic time of that moment, in seconds, to standard output.
"""

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

MAIN = Path(__file__).resolve().parents[2] / "main.py"


class Watch(QObject):
    """Waits until a window is exposed; Qt paints it before the next turn of the event loop."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt calls it by this name
        """Let every event pass; the first exposure of a window starts the end."""
        if event.type() == QEvent.Type.Expose and isinstance(watched, QWindow):
            self.expect(watched)
        return False

    def expect(self, window: QWindow) -> None:
        """Tell the time after this turn of the event loop, if the window is exposed."""
        if window.isExposed():
            window.removeEventFilter(self)
            QTimer.singleShot(0, self, told)


def told() -> None:
    """Write the time and end the process at once: how it ends is not measured."""
    print(time.monotonic(), flush=True)  # noqa: T201 - read by the bench
    os._exit(0)


def empty() -> int:
    """Open a window with nothing in it and run its event loop."""
    app = QApplication([])
    window = QWidget()
    window.resize(1280, 800)
    window.show()
    return app.exec()


def form() -> int:
    """Open a window that asks for a name and a password, in its middle, in Qt's own looks."""
    from PySide6.QtCore import Qt  # noqa: PLC0415 - the empty window has no use for its many enums

    app = QApplication([])
    window = QWidget()
    window.resize(1280, 800)
    column = QVBoxLayout(window)
    name, password, enter = QComboBox(), QLineEdit(), QPushButton("Sign in")
    password.setEchoMode(QLineEdit.EchoMode.Password)
    column.addStretch(1)
    for part in (QLabel("Name"), name, QLabel("Password"), password, enter):
        column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(1)
    window.show()
    return app.exec()


def program() -> int:
    """Run ``main.py`` as if it had been started without arguments."""
    sys.argv[1:] = []
    code = compile(MAIN.read_bytes(), str(MAIN), "exec")
    exec(code, {"__name__": "__main__"})  # noqa: S102 - our own file; runpy would be measured too
    return 0


STARTS = {"empty": empty, "form": form, "program": program}


def watched(start: str) -> None:
    """Run a start; its window is watched from the moment its event loop begins."""
    watch = Watch()
    run = QApplication.exec

    def exec_watched(*_: object) -> int:
        for window in QApplication.topLevelWindows():
            window.installEventFilter(watch)
            watch.expect(window)
        return run()

    QApplication.exec = exec_watched  # type: ignore[method-assign]  # the last line before the wait
    STARTS[start]()


if __name__ == "__main__":
    watched(sys.argv[1])
