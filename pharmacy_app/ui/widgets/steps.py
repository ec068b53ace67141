"""The steps of a job: done, current, waiting, stopped. Always visible beside the work."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pharmacy_app.ui import icons, theme
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import Palette
from pharmacy_app.ui.widgets.surfaces import Card, words


class StepState(StrEnum):
    """Where a step stands; its value is part of the name of its icon."""

    DONE = "done"
    CURRENT = "current"
    WAITING = "waiting"
    STOPPED = "stopped"


def _ink(state: StepState, palette: Palette) -> str:
    return {
        StepState.DONE: palette.ok,
        StepState.CURRENT: palette.accent,
        StepState.WAITING: palette.border_strong,
        StepState.STOPPED: palette.stop,
    }[state]


class StepList(Spoken, Card):
    """Shows (text, state) pairs in order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._steps: tuple[tuple[str, StepState], ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    def set_steps(self, steps: Sequence[tuple[str, StepState]]) -> None:
        """Show other steps, or the same in other states."""
        self._steps = tuple(steps)
        self.retranslate()

    def retranslate(self) -> None:
        """Draw every row again."""
        while (item := self._rows.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for text, state in self._steps:
            self._rows.addWidget(self._row(text, state))
        self.setAccessibleName(self.tr("Steps"))

    def _row(self, text: str, state: StepState) -> QWidget:
        palette = theme.current()
        row = QFrame()
        row.setFixedHeight(33)
        current = state is StepState.CURRENT
        if current:
            row.setStyleSheet(f"QFrame {{ background: {palette.selected}; border-radius: 4px; }}")
        mark = QLabel()
        mark.setPixmap(icons.pixmap(f"step-{state.value}", _ink(state, palette), 18))
        label = words(text, "strong" if current else "")
        if current:
            label.setProperty("state", "info")
        elif state is StepState.WAITING:
            label.setProperty("state", "quiet")
        elif state is StepState.STOPPED:
            label.setProperty("state", "stop")
        line = QHBoxLayout(row)
        line.setContentsMargins(8, 0, 8, 0)
        line.setSpacing(10)
        line.addWidget(mark)
        line.addWidget(label, 1)
        row.setAccessibleName(f"{text}: {self._word(state)}")
        return row

    def _word(self, state: StepState) -> str:
        return {
            StepState.DONE: self.tr("done"),
            StepState.CURRENT: self.tr("now"),
            StepState.WAITING: self.tr("waiting"),
            StepState.STOPPED: self.tr("stopped"),
        }[state]

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Draw the marks again in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._steps:
            self.retranslate()
