"""What a logger's file says: a verdict, the curve with its limits, the figures, the notes, a paper."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.events.excursion import UnitLoggerRead
from pharmacy_app.domain.events.stock import LoggerRead
from pharmacy_app.domain.refusal import Violation
from pharmacy_app.domain.unit_logs import Judged
from pharmacy_app.ui import wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.receiving.logger_figures import figures_said
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Badge, Card, words
from pharmacy_app.ui.widgets.temperature import TemperaturePlot

PLOT_HEIGHT = 260


class CurveCard(Spoken, Card):
    """Emits ``report_asked`` for the paper about the file that is shown."""

    report_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.told: LoggerRead | UnitLoggerRead | None = None
        self._judged: Judged | None = None
        self._notes_told: Sequence[Violation] = ()
        self.badge = Badge()
        self.statement = words("", "", wrap=True)
        self.notes = words("", "small", wrap=True)
        self.plot = TemperaturePlot()
        self.plot.setMaximumHeight(PLOT_HEIGHT)
        self.report = ReasonedButton()
        self.report.clicked.connect(self.report_asked)
        self.lay_out()

    def lay_out(self) -> None:
        """Put verdict, curve, figures and notes below one another."""
        for part in (self.badge, self.plot, self.statement, self.notes):
            self.body.addWidget(part)

    def show_file(
        self,
        told: LoggerRead | UnitLoggerRead | None,
        judged: Judged | None,
        notes: Sequence[Violation] = (),
    ) -> None:
        """Show what is on record of a file; without its readings at hand, the figures alone."""
        self.told, self._notes_told = told, notes
        self.plot.setVisible(judged is not None)
        self.report.setVisible(told is not None)
        if judged is not None and judged is not self._judged:
            self.plot.draw(judged.curve)
        self._judged = judged
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        told = self.told
        self.report.setText(self.tr("Temperature report…"))
        self.statement.setText("" if told is None else "\n".join(figures_said(told, self._judged)))
        said = [wording.violation_in_words(note).found for note in self._notes_told]
        self.notes.setText("\n".join(said))
        self.notes.setVisible(bool(said))
