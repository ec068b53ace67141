"""The shipper's temperatures: the file, the curve with its limit, and what follows from it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.receiving.curve_card import CurveCard
from pharmacy_app.ui.widgets.buttons import ReasonedButton


class LoggerCard(CurveCard):
    """Emits ``file_asked`` when a file shall be chosen, ``report_asked`` for the paper about it."""

    file_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose = ReasonedButton(hint="F7")
        self.choose.setShortcut("F7")
        self.choose.clicked.connect(self.file_asked)
        for part in (self.choose, self.report):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.retranslate()

    def let_read(self, *, open_: bool) -> None:
        """Offer to read a file while one may still be read."""
        self.choose.setVisible(open_)

    def retranslate(self) -> None:
        """Set every text again."""
        super().retranslate()
        self.set_title(self.tr("Temperatures on the way"))
        again = self.tr("Read another file…")
        self.choose.setText(again if self.told else self.tr("Read the logger's file…"))
        if self.told is None:
            self.badge.set_state(State.WARN, self.tr("No file was read yet"))
            self.statement.setText(
                self.tr("Without it the kits wait in pre-quarantine, if the trial asks for it.")
            )
        elif self.told.excursion:
            self.badge.set_state(State.STOP, self.tr("Excursion: the kits go to quarantine"))
        else:
            self.badge.set_state(State.OK, self.tr("No excursion"))
