"""An advice that came by itself: what it says, before it is recorded."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pharmacy_app.exchange.advice import Advice
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.detail import Detail, DetailPane
from pharmacy_app.ui.widgets.fields import TextField

HIGH = 230


class AdviceDialog(Dialog):
    """Tells an advice and asks for the message it came with, which ``wanted`` gives."""

    wanted = Signal(str)

    def __init__(self, advice: Advice, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=560)
        self._advice = advice
        self.pane = DetailPane()
        self.pane.setMinimumHeight(HIGH)
        self.reference = TextField()
        self._cancel, self.use = ReasonedButton(hint="Esc"), PrimaryButton()
        self._cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.go)
        self.body.addWidget(self.pane)
        self.body.addWidget(self.reference)
        self.add_button(self._cancel)
        self.add_button(self.use)
        self.retranslate()
        self.reference.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        advice = self._advice
        self.set_head(self.tr("Advice of shipment {shipment}").format(shipment=advice.shipment_id))
        self.reference.set_label(self.tr("The sponsor's message that it came with"))
        self._cancel.setText(self.tr("Cancel"))
        self.use.setText(self.tr("Record the advice"))
        self.pane.tell(
            Detail(
                title=self.tr("As it was read"),
                state=State.INFO,
                state_word=self.tr("{count} kits").format(count=len(advice.kits)),
                facts=[
                    (self.tr("Despatched"), wording.moment(advice.despatched_at)),
                    (self.tr("Logger"), advice.logger_serial or "–"),
                    (self.tr("Kits"), ", ".join(advice.kits)),
                ],
                story=[],
            )
        )

    @Slot()
    def go(self) -> None:
        """Ask for it to be recorded, if the message was named."""
        missing = not self.reference.text
        self.reference.set_error(self.tr("This is recorded: fill it in.") if missing else "")
        if missing:
            self.reference.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.accept()
        self.wanted.emit(self.reference.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Record on Enter, cancel on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go()
            return
        super().keyPressEvent(event)
