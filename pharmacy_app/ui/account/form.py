"""What every form of the ways out is: fields, a place for what is refused, one act."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import words
from pharmacy_app.workflows.pharmacy import Pharmacy

REFUSALS_HIGH = 220
CHANGED = frozenset({"disposal", "kit"})
"""What an act on a list changes: pages that show either read it again."""


class Form(Dialog):
    """A form whose button does `act`; what it refuses is shown inside, and what was typed stays.

    ``recorded`` comes with the kinds of rows that changed.
    """

    recorded = Signal(object)

    def __init__(
        self, pharmacy: Pharmacy, fields: Sequence[QWidget], parent: QWidget, width: int = 560
    ) -> None:
        super().__init__(parent, width=width)
        self.pharmacy, self.op_id = pharmacy, pharmacy.new_op()
        self.note = words("", "muted", wrap=True)
        self.refusals = RefusalsPanel()
        self.cancel, self.use = ReasonedButton(hint="Esc"), PrimaryButton()
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.do)
        self.share_escape(self.refusals, self.cancel)
        for part in (self.note, self._scrolled(), *fields):
            self.body.addWidget(part)
        self.add_button(self.cancel)
        self.add_button(self.use)
        self.retranslate()
        fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set the texts that every form has."""
        self.cancel.setText(self.tr("Cancel"))
        self.use.setText(self.tr("Record"))

    def _scrolled(self) -> QScrollArea:
        """Return the refusals in a frame of bounded height: each kit of a list may have its own."""
        frame = QScrollArea()
        frame.setWidget(self.refusals)
        frame.setWidgetResizable(True)
        frame.setFrameShape(QScrollArea.Shape.NoFrame)
        frame.setFixedHeight(REFUSALS_HIGH)
        frame.hide()
        self.refusals.shown.connect(frame.setVisible)
        self.refusals.dismissed.connect(frame.hide)
        return frame

    def act(self) -> frozenset[str] | None:
        """Do the act and return what it changed; None if it goes on elsewhere or lacks something."""
        return None

    @Slot()
    def do(self) -> None:
        """Do the act and close, or show why not."""
        try:
            changed = self.act()
        except (Refused, EnvironmentProblem) as problem:
            self.refusals.show_problem(problem)
            return
        if changed is not None:
            self.accept()
            self.recorded.emit(changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Record on Enter, cancel on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.do()
            return
        super().keyPressEvent(event)
