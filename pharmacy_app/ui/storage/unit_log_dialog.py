"""What a storage unit's file says, shown once it is recorded: a case is opened from here."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.events.excursion import UnitLoggerRead
from pharmacy_app.domain.refusal import Violation
from pharmacy_app.domain.unit_logs import UnitJudged
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.storage.unit_log_card import UnitLogCard
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.surfaces import words

WIDTH = 760


class UnitLogDialog(Dialog):
    """Emits ``case_asked`` for a case about what the file shows, ``report_asked`` for its paper."""

    case_asked = Signal()
    report_asked = Signal()

    def __init__(
        self,
        told: UnitLoggerRead,
        found: UnitJudged,
        notes: Sequence[Violation] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=WIDTH)
        self._told = told
        self.card = UnitLogCard()
        self.card.show_file(told, found.judged, notes)
        self._next = words("", "muted", wrap=True)
        self.close_it = ReasonedButton(hint="Esc")
        self.open_case = PrimaryButton()
        self.open_case.setVisible(told.excursion)
        self.body.addWidget(self.card)
        self.body.addWidget(self._next)
        for button in (self.card.report, self.close_it, self.open_case):
            self.add_button(button)
        self.card.report_asked.connect(self.report_asked)
        self.close_it.clicked.connect(self.reject)
        self.open_case.clicked.connect(self._on_case)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_head(self.tr("The file is recorded"))
        self._next.setText(
            self.tr("A case finds every kit that lay there at the time, and holds it back.")
            if self._told.excursion
            else self.tr("Nothing has to be done.")
        )
        self.close_it.setText(self.tr("Close"))
        self.open_case.setText(self.tr("Open a case…"))

    @Slot()
    def _on_case(self) -> None:
        self.accept()
        self.case_asked.emit()
