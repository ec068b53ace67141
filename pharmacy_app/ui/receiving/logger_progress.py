"""How far the reading of a large logger file is, and a way to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import words


class LoggerProgress(Dialog):
    """Shows lines done of all; emits ``stop_asked``."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = self._of = 0
        self.bar = QProgressBar(textVisible=False)
        self._count = words("", "muted")
        self.stop = ReasonedButton(hint="Esc")
        self.body.addWidget(self.bar)
        self.body.addWidget(self._count)
        self.add_button(self.stop)
        self.stop.clicked.connect(self.reject)
        self.rejected.connect(self.stop_asked)
        self.retranslate()

    def tell(self, done: int, of: int) -> None:
        """Show that ``done`` of so many lines are read."""
        self._done, self._of = done, of
        self.bar.setRange(0, max(1, of))
        self.bar.setValue(done)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("Reading the file"))
        count = self.tr("{done} of {all} lines")
        self._count.setText(count.format(done=f"{self._done:,}", all=f"{self._of:,}"))
        self.stop.setText(self.tr("Stop"))
