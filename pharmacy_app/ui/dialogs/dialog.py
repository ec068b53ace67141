"""What every dialog is: a head in words, a body, buttons at the foot; its title names no one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.widgets.surfaces import words

if TYPE_CHECKING:
    from pharmacy_app.ui.widgets.buttons import ReasonedButton
    from pharmacy_app.ui.widgets.refusals import RefusalsPanel


class Dialog(Spoken, QDialog):
    """Modal to its window. Show it with ``open()``, never ``exec()``; it deletes itself when closed.

    The title bar bears the program's name only: the desktop shows titles to everyone.
    """

    def __init__(self, parent: QWidget | None = None, width: int = 480) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        self._usual, self._grown = 0, False
        self._refusals_shown: RefusalsPanel | None = None
        if parent is not None:
            self.setWindowTitle(parent.window().windowTitle())
        self._head = words("", "title", wrap=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(12)
        self._foot.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(self._head)
        outer.addLayout(self.body, 1)
        outer.addSpacing(4)
        outer.addLayout(self._foot)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt calls it by this name
        """Be as high as the texts are at the width the dialog has, not at a narrower one."""
        asked = super().sizeHint()
        return QSize(max(asked.width(), self.minimumWidth()), asked.height())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Remember the height without anything refused."""
        super().showEvent(event)
        self._usual = self.height()

    def event(self, event: QEvent) -> bool:
        """Grow when more is said than there is room for, such as a refusal, and shrink again."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit_texts()
        return done

    def _fit_texts(self) -> None:
        """Be high enough for every text, but stay on the screen; then as high as at first again."""
        layout, screen = self.layout(), self.screen().availableGeometry()
        if layout is None or not layout.hasHeightForWidth():
            return
        frame = self.frameGeometry().height() - self.height()
        high = min(layout.totalHeightForWidth(self.width()), screen.height() - frame)
        if high <= self._usual and not self._grown:
            return
        self._grown = high > self._usual
        high = max(high, self._usual)
        self.resize(self.width(), high)
        below = self.y() + high + frame - screen.bottom()
        if below > 0:
            self.move(self.x(), max(screen.top(), self.y() - below))

    def set_head(self, text: str) -> None:
        """Set what the dialog is about."""
        self._head.setText(text)
        self.setAccessibleName(text)

    def share_escape(self, refusals: "RefusalsPanel", cancel: "ReasonedButton") -> None:
        """Let Esc dismiss a refusal while one is shown, cancel otherwise; the hints say so."""
        self._refusals_shown = refusals
        refusals.shown.connect(lambda shown: cancel.set_hint("" if shown else "Esc"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Close on Esc, unless a refusal is to be dismissed first."""
        shown = self._refusals_shown
        if event.key() == Qt.Key.Key_Escape and shown is not None and shown.problem is not None:
            shown.dismiss()
            return
        super().keyPressEvent(event)

    def add_button(self, button: QPushButton) -> None:
        """Put a button at the foot, right of those before."""
        self._foot.addWidget(button)
