"""A row of views of which one is shown; worked by arrow keys, too."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


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
        """Say what each view is."""
        for number, name in enumerate(names):
            self._group.button(number).setText(name)

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
