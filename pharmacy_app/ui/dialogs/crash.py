"""Says that the program met a bug, what is safe, and where the report lies."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.widgets.buttons import PrimaryButton
from pharmacy_app.ui.widgets.surfaces import words


class CrashDialog(Dialog):
    """Shown once a bug was met. The report names no subject, no kit and no arm."""

    def __init__(self, report: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self._said = words("", wrap=True)
        self._where = words("", "small", wrap=True)
        self._close = PrimaryButton()
        self._close.clicked.connect(self.accept)
        self.body.addWidget(self._said)
        self.body.addWidget(self._where)
        self.add_button(self._close)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        said = wording.in_words(EnvironmentProblem("program.broken"))[0]
        self.set_head(said.found)
        self._said.setText(f"{said.rule} {said.remedy}")
        self._where.setVisible(self._report is not None)
        self._where.setText(self.tr("Crash report: {path}").format(path=self._report))
        self._close.setText(self.tr("Understood"))
