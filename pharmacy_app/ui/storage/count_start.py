"""Beginning a stock count: what to count, what is due, and the counts there were."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.domain.counting import CountState
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.records.queries.unblinded.counts import Count
from pharmacy_app.ui import wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.papers import document_name, show_paper
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, TextField
from pharmacy_app.ui.widgets.surfaces import Badge, Card, words
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import counting, storing
from pharmacy_app.workflows.stock_count import stock_count

FORM = 340
STATES = {CountState.DONE: State.OK, CountState.ABANDONED: State.QUIET}


class StartPanel(Spoken, QWidget):
    """A unit is chosen, or a rack or box scanned or typed; below, every count and its sheet."""

    changed = Signal(object)
    refused = Signal(object, object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._form, self._listed = Card(), Card()
        self._due = Badge()
        self._note = words("", "muted", wrap=True)
        self.unit = ChoiceField()
        self.part = TextField(codes=True)
        self.begin = PrimaryButton()
        self.sheet = ReasonedButton()
        self.table: KeyedTable[Count] = KeyedTable(self._model())
        for part in (self._due, self._note, self.unit, self.part):
            self._form.body.addWidget(part)
        self._form.body.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignRight)
        self._form.body.addStretch(1)
        self._form.setFixedWidth(FORM)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.sheet)
        self._listed.body.addWidget(self.table, 1)
        self._listed.body.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._form)
        column = QVBoxLayout()
        column.addWidget(self._listed, 1)
        row.addLayout(column, 1)
        self.begin.clicked.connect(self.begin_count)
        self.sheet.clicked.connect(self.show_sheet)
        self.table.row_selected.connect(lambda _: self._tell_sheet())

    def _model(self) -> PagedModel[Count]:
        return PagedModel(
            [
                Column(lambda: self.tr("Count"), lambda c: c.count_id, width=100),
                Column(lambda: self.tr("Scope"), lambda c: self._scope(c.scope), width=130),
                Column(
                    lambda: self.tr("State"),
                    lambda c: wording.term(f"count_state.{c.state}"),
                    lambda c: STATES.get(c.state, State.WARN),
                    width=150,
                ),
                Column(lambda: self.tr("Opened"), lambda c: wording.moment(c.opened_at), width=140),
                Column(
                    lambda: self.tr("Closed"),
                    lambda c: wording.moment(c.closed_at) if c.closed_at else "–",
                    width=140,
                ),
            ],
            self._fetch,
            lambda c: c.count_id,
        )

    def _scope(self, scope: str) -> str:
        return scope or self.tr("everything")

    def _fetch(self, after: object, limit: int) -> Sequence[Count]:
        every = queries.counts(self._workplace.pharmacy.reader)
        keys = [count.count_id for count in every]
        start = 0 if after is None else keys.index(str(after)) + 1
        return every[start : start + limit]

    def refresh(self) -> None:
        """Read units, counts, and what is due again."""
        self.table.refresh()
        if self.table.selected() is None and self.table.model().rowCount():
            self.table.selectRow(0)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again; what was chosen stays."""
        self._form.set_title(self.tr("Count stock"))
        self._listed.set_title(self.tr("Counts"))
        self._note.setText(
            self.tr(
                "Scan every box and what lies in it. Nothing of what the record expects is shown"
                " until the count is closed."
            )
        )
        pharmacy = self._workplace.pharmacy
        units: list[tuple[object, str]] = [
            (unit.code, f"{unit.code} · {unit.name}") for unit in storing.units(pharmacy).values()
        ]
        self.unit.set_label(self.tr("What to count"))
        self.unit.set_choices([("", self.tr("everything")), *units])
        self.part.set_label(self.tr("Or one rack or box alone, scanned or typed"))
        self.begin.setText(self.tr("Begin the count"))
        self.sheet.setText(self.tr("Print the sheet…"))
        self.table.set_name(self.tr("Counts"))
        late = counting.overdue(pharmacy)
        self._due.set_state(State.OK, self.tr("No box is due."))
        if late is not None:
            told = self.tr("Boxes due: {count}, the oldest since {when}.")
            since = wording.moment(late.since)
            self._due.set_state(State.WARN, told.format(count=late.boxes, when=since))
        self._tell_sheet()

    def _tell_sheet(self) -> None:
        count = self.table.selected()
        none = self.tr("Select a count first.")
        self.sheet.bar("" if count is not None else none)

    def scan(self, scan: RawScan) -> bool:
        """Take what to count."""
        self.part.set_text(counting.box_named(self._workplace.pharmacy, scan.raw))
        return True

    @Slot()
    def begin_count(self) -> None:
        """Begin to count what was chosen."""
        scope = self.part.text or str(self.unit.value or "")
        try:
            counting.open_count(self._workplace.pharmacy, scope)
        except (Refused, EnvironmentProblem) as problem:
            self.refused.emit(None, problem)
            return
        self.part.set_text("")
        self.changed.emit(frozenset({"count"}))

    @Slot()
    def show_sheet(self) -> None:
        """Show the sheet of the selected count as it prints."""
        count = self.table.selected()
        if count is None:
            return
        pharmacy = self._workplace.pharmacy
        show_paper(
            pharmacy,
            lambda: stock_count(pharmacy, count.count_id),
            document_name("stock-count"),
            f"count/{count.count_id}",
            lambda problem: self.refused.emit(None, problem),
            self,
        )
