"""A row of views of which one is shown; worked by arrow keys, too."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from pharmacy_app.ui import theme

ROOM = 34
"""Padding and frame beside the words of a view, in pixels."""


class Segments(QWidget):
    """Emits ``chosen`` with the number of the view."""

    chosen = Signal(int)

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for number in range(count):
            button = QPushButton(autoDefault=False)
            button.setCheckable(True)
            button.setProperty("segment", True)
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._group.idToggled.connect(lambda at, on: self.chosen.emit(at) if on else None)

    def set_names(self, names: Sequence[str]) -> None:
        """Say what each view is; the one chosen is set in bold and needs the room for it."""
        bold = QFontMetrics(theme.font(bold=True))
        for number, name in enumerate(names):
            button = self._group.button(number)
            button.setText(name)
            button.setMinimumWidth(bold.horizontalAdvance(name) + ROOM)

    @property
    def current(self) -> int:
        """The number of the view chosen."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Choose a view, if there is one of that number."""
        button = self._group.button(number)
        if button is not None:
            button.setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Move between the views."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.choose(self.current + step)
        self._group.button(self.current).setFocus(Qt.FocusReason.OtherFocusReason)
