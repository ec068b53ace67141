"""Why something was refused: every reason, with what was expected, found, and what to do."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pharmacy_app.ui import icons, theme, wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.tasks import Problem
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import colour, rule, words
from pharmacy_app.wording import Worded


class RefusalsPanel(Spoken, QFrame):
    """Shows every violation. Esc or its button dismisses it; hidden while there is none."""

    dismissed = Signal()
    shown = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, dismissible: bool = True) -> None:
        super().__init__(parent)
        self.setObjectName("refusals")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._problem: Problem | None = None
        self._icon = QLabel()
        self._head = words("", "head")
        self._dismiss = ReasonedButton(hint="Esc")
        self._dismiss.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._head, 1)
        head.addWidget(self._dismiss)
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 10, 12, 12)
        outer.setSpacing(8)
        outer.addLayout(head)
        outer.addLayout(self._reasons)
        self._dismiss.setVisible(dismissible)  # not before: it would stand as a window of its own
        self.hide()

    @property
    def problem(self) -> Problem | None:
        """What is shown."""
        return self._problem

    @Slot(object)
    def show_problem(self, problem: Problem) -> None:
        """Show every reason of a refusal, or an environment problem, and take the focus."""
        self._problem = problem
        self.retranslate()
        self.show()
        self.shown.emit(True)
        (self._dismiss if not self._dismiss.isHidden() else self).setFocus(
            Qt.FocusReason.OtherFocusReason
        )
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Hide the panel."""
        self._problem = None
        self._empty()
        self.hide()
        self.shown.emit(False)

    @Slot()
    def dismiss(self) -> None:
        """Hide the panel because the person has read it."""
        self.clear()
        self.dismissed.emit()

    def retranslate(self) -> None:
        """Say every reason again in the current language."""
        self._dismiss.setText(self.tr("Understood"))
        if self._problem is None:
            return
        reasons = wording.in_words(self._problem)
        self._icon.setPixmap(icons.pixmap("refused", theme.current().stop, 14))
        many = self.tr("Not done, for {count} reasons").format(count=len(reasons))
        self._head.setText(self.tr("Not done") if len(reasons) == 1 else many)
        colour(self._head, State.STOP)
        self._fill(reasons)
        self.setAccessibleName(self._head.text())
        self.setAccessibleDescription("\n".join(map(str, reasons)))

    def _fill(self, reasons: Sequence[Worded]) -> None:
        self._empty()
        for reason in reasons:
            if self._reasons.count():
                self._reasons.addWidget(rule())
            self._reasons.addWidget(self._block(reason))

    def _block(self, reason: Worded) -> QWidget:
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(words(reason.rule, "strong", wrap=True), 0, 0, 1, 2)
        parts = (
            (self.tr("Record"), reason.record),
            (self.tr("Expected"), reason.expected),
            (self.tr("Found"), reason.found),
            (self.tr("What to do"), reason.remedy),
        )
        for row, (name, said) in enumerate(((n, s) for n, s in parts if s), start=1):
            grid.addWidget(words(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            label = words(said, wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, 1)
        return block

    def _empty(self) -> None:
        while (item := self._reasons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Dismiss on Esc."""
        if event.key() == Qt.Key.Key_Escape and not self._dismiss.isHidden():
            self.dismiss()
            return
        super().keyPressEvent(event)
