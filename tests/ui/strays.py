"""Windows that nobody meant to open: a part shown before it was laid out stands alone for an instant.

The desktop shows it to everybody and gives it the keyboard. Where it comes in one arm alone, it tells
the arm.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from pharmacy_app.ui.application import Shell

PASSING = {Qt.WindowType.Popup, Qt.WindowType.ToolTip}


class StrayWindows(QObject):
    """Keeps what kind of widget opened as a window, beside the program's own and its dialogs."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Look at what is shown, and let everything pass."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            known = isinstance(watched, Shell | QDialog) or watched.windowType() in PASSING
            if not known:
                self.seen.append(type(watched).__name__)
        return False
