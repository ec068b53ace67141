"""What the bench shows while no dose is on it: those in progress, to go on with."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded.doses import DoseLine
from pharmacy_app.ui import wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.detail import EmptyState
from pharmacy_app.ui.widgets.surfaces import Card
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.workflows.pharmacy import Pharmacy


class WaitingDoses(Spoken, QWidget):
    """The doses in progress; Enter takes one to the bench."""

    chosen = Signal(object)
    subjects_asked = Signal()

    def __init__(self, pharmacy: Pharmacy) -> None:
        super().__init__()
        self._pharmacy = pharmacy
        self.table = KeyedTable(
            PagedModel(self._columns(), self._fetch, lambda line: line.dose_id), self
        )
        self.table.row_opened.connect(lambda line: self.chosen.emit(line.dose_id))
        card = Card()
        card.set_margins(1, 1, 1, 1)
        card.body.addWidget(self.table)
        self._empty = EmptyState("bench")
        self._go = ReasonedButton()
        self._go.clicked.connect(self.subjects_asked)
        self._empty.offer(self._go)
        self._stack = QStackedWidget()
        self._stack.addWidget(card)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.retranslate()

    def _columns(self) -> list[Column[DoseLine]]:
        return [
            Column(lambda: self.tr("Dose"), lambda line: line.dose_id, width=130),
            Column(lambda: self.tr("Subject"), lambda line: line.subject_id, width=110),
            Column(lambda: self.tr("Visit"), lambda line: line.visit, width=80),
            Column(lambda: self.tr("Kit"), lambda line: line.kit_number or "—", width=130),
            Column(
                lambda: self.tr("Waits for"),
                lambda line: wording.term(f"step.{line.step}"),
                lambda _: State.INFO,
                width=240,
            ),
            Column(lambda: self.tr("Use before"), self._use_before, self._lateness, width=160),
            Column(lambda: self.tr("Begun"), lambda line: wording.moment(line.opened_at)),
        ]

    @staticmethod
    def _use_before(line: DoseLine) -> str:
        return wording.moment(line.use_before) if line.use_before else "—"

    def _lateness(self, line: DoseLine) -> State | None:
        late = line.use_before is not None and line.use_before <= self._pharmacy.now()
        return State.STOP if late else None

    def _fetch(self, after: object, limit: int) -> Sequence[DoseLine]:
        del limit
        return [] if after is not None else dose_queries.open_doses(self._pharmacy.reader)

    def refresh(self) -> None:
        """Read the doses again."""
        self.table.refresh()
        some = self.count > 0
        self._stack.setCurrentIndex(0 if some else 1)
        if some and self.table.selected() is None:
            self.table.selectRow(0)

    @property
    def count(self) -> int:
        """How many doses are in progress."""
        return self.table.model().rowCount()

    @Slot()
    def begin(self) -> None:
        """Put the focus on the list, or on what can be done without one."""
        (self.table if self.count else self._go).setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        self._empty.say(
            self.tr("No dose is in progress"),
            self.tr("A dose is begun from a subject's visit."),
        )
        self._go.setText(self.tr("Go to the subjects"))
        self.table.setAccessibleName(self.tr("Doses in progress"))
