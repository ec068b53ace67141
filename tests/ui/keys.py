"""Text as an input method commits it: full-width characters never come as keys."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget


def commit(widget: QWidget, text: str) -> None:
    """Commit a text into a field, all at once."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def commit_each(widget: QWidget, text: str) -> None:
    """Commit a text character by character."""
    for char in text:
        commit(widget, char)
