"""Recording what was done before: when it was, why only now; and a strip that says so all the time."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pharmacy_app.ui import wording
from pharmacy_app.ui.bench.dates import MomentField
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import TextField
from pharmacy_app.ui.widgets.surfaces import Card, colour, words
from pharmacy_app.workflows.receiving import Earlier


class EarlierDialog(Dialog):
    """Asks when something was done and why it is recorded only now; gives an `Earlier`."""

    told = Signal(object)

    def __init__(self, day: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=520)
        self._note = words("", "", wrap=True)
        self.at, self.reason = MomentField(), TextField()
        self._cancel, self._use = ReasonedButton(hint="Esc"), PrimaryButton()
        self._cancel.clicked.connect(self.reject)
        self._use.clicked.connect(self.answer)
        for part in (self._note, self.at, self.reason):
            self.body.addWidget(part)
        self.add_button(self._cancel)
        self.add_button(self._use)
        self.at.begin_with(day)
        self.retranslate()
        self.at.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("It was done earlier"))
        self._note.setText(
            self.tr(
                "The opening of the shipper and the kits that you scan are recorded with this time"
                " and reason, until you end it or sign the receipt. All else is recorded for now."
            )
        )
        self.at.set_label(self.tr("Done at"))
        self.reason.set_label(self.tr("Why it is recorded only now"))
        self._cancel.setText(self.tr("Cancel"))
        self._use.setText(self.tr("Record for this time"))

    @Slot()
    def answer(self) -> None:
        """Give the time and the reason, if both were told."""
        at, reason = self.at.value, self.reason.text
        self.at.set_error("" if at else self.tr("Day and time, such as 2026-11-30 09:15."))
        self.reason.set_error("" if reason else self.tr("This is recorded: fill it in."))
        if at is None or not reason:
            lacking = self.reason if at else self.at
            lacking.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.accept()
        self.told.emit(Earlier(at, reason))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Answer on Enter, cancel on Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.answer()
            return
        super().keyPressEvent(event)


class EarlierStrip(Spoken, Card):
    """Says that acts are recorded for an earlier time; emits ``ended`` when they no longer shall be."""

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.earlier: Earlier | None = None
        self._says = words("", "strong", wrap=True)
        self.end = ReasonedButton()
        self.end.clicked.connect(self.ended)
        row = QHBoxLayout()
        row.addWidget(self._says, 1)
        row.addWidget(self.end)
        self.body.addLayout(row)
        self.retranslate()

    def tell(self, earlier: Earlier | None) -> None:
        """Show the strip for a time, or hide it."""
        self.earlier = earlier
        self.setVisible(earlier is not None)
        self.retranslate()

    @property
    def says(self) -> str:
        """What it tells, in words."""
        return self._says.text()

    def retranslate(self) -> None:
        """Set every text again."""
        self.end.setText(self.tr("Record for now again"))
        if self.earlier is not None:
            said = self.tr("Opening and scanned kits are recorded as done {when}: {why}")
            when, why = wording.moment(self.earlier.at), self.earlier.reason
            self._says.setText(said.format(when=when, why=why))
        colour(self._says, State.WARN)
