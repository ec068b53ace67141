"""A wrong scan that must be confirmed before the work goes on, and a code typed in place of a scan."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.refusal import Refused
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.scans import RawScan, readable
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import TextField
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.surfaces import words


class ConfirmScanDialog(Dialog):
    """Shows what was scanned and why it is wrong; ``confirmed`` once the person says they saw it.

    Esc does not close it, and further scans are taken and dropped: the work stands still until the
    wrong thing has been put aside.
    """

    confirmed = Signal()

    def __init__(self, scan: RawScan, refused: Refused, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=560)
        self._scan = scan
        self._code = words("", "strong", wrap=True)
        self._refusals = RefusalsPanel(dismissible=False)
        self._note = words("", "muted", wrap=True)
        self._confirm = PrimaryButton()
        self._confirm.clicked.connect(self._on_confirmed)
        for part in (self._code, self._refusals, self._note):
            self.body.addWidget(part)
        self.add_button(self._confirm)
        self._refusals.show_problem(refused)
        self.retranslate()
        self._confirm.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Wrong scan: stop"))
        code = readable(self._scan.raw)
        typed = self.tr("Typed: {code}").format(code=code)
        scanned = self.tr("Scanned: {code}").format(code=code)
        self._code.setText(typed if self._scan.typed else scanned)
        self._note.setText(self.tr("Put it aside. It is recorded as a near miss."))
        self._confirm.setText(self.tr("I have put it aside"))

    def scan(self, scan: RawScan) -> bool:
        """Take a scan and do nothing with it."""
        del scan
        return True

    @Slot()
    def _on_confirmed(self) -> None:
        self.confirmed.emit()
        self.accept()

    @Slot()
    def reject(self) -> None:
        """Stay open: only the button closes it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Confirm on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._confirm.click()
            return
        super().keyPressEvent(event)


class TypedCodeDialog(Dialog):
    """Takes a code by keyboard, marked as typed; a scan while it is open is taken as a scan."""

    code_given = Signal(object)
    """A `RawScan`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=440)
        self._code = TextField(codes=True)
        self._note = words("", "small", wrap=True)
        self._cancel = ReasonedButton(hint="Esc")
        self._use = PrimaryButton()
        self._cancel.clicked.connect(self.reject)
        self._use.clicked.connect(self._on_typed)
        self.body.addWidget(self._code)
        self.body.addWidget(self._note)
        self.add_button(self._cancel)
        self.add_button(self._use)
        self.retranslate()
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Type a code"))
        self._code.set_label(self.tr("Code as printed"))
        self._note.setText(self.tr("It will be recorded as typed, not scanned."))
        self._cancel.setText(self.tr("Cancel"))
        self._use.setText(self.tr("Use this code"))

    def scan(self, scan: RawScan) -> bool:
        """Take a scan after all."""
        self.code_given.emit(scan)
        self.accept()
        return True

    @Slot()
    def _on_typed(self) -> None:
        code = self._code.text
        if not code:
            self._code.set_error(self.tr("Type the code that is printed beside the symbol."))
            return
        self.code_given.emit(RawScan(code, typed=True))
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Use the code on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_typed()
            return
        super().keyPressEvent(event)
