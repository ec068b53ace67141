"""The boxes of a stock count: which are done, which is open, which are left."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.counting import OUTSIDE
from pharmacy_app.domain.locations import Unit
from pharmacy_app.records.queries.unblinded.counts import BoxLine
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.storage.glances import written
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Card
from pharmacy_app.ui.widgets.table import KeyedTable

WIDE = 272


class BoxesCard(Spoken, Card):
    """Emits ``begun`` with the box that shall be opened."""

    begun = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.lines: Sequence[BoxLine] = ()
        self._units: Mapping[str, Unit] = {}
        self._again = False
        model = PagedModel(
            [
                Column(lambda: self.tr("Box"), lambda line: self.name(line.box), width=116),
                Column(lambda: self.tr("State"), self._word, _state_of),
            ],
            self._fetch,
            lambda line: line.box,
        )
        self.table: KeyedTable[BoxLine] = KeyedTable(model)
        self.begin = ReasonedButton()
        self.setFixedWidth(WIDE)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.begin)
        self.begin.clicked.connect(self.begin_selected)
        self.table.row_opened.connect(lambda line: self.begun.emit(line.box))
        self.table.row_selected.connect(lambda _: self._tell_act())

    def name(self, box: str) -> str:
        """Return a box as it is written on its unit."""
        if box == OUTSIDE:
            return self.tr("outside any box")
        return written(self._units, f"{box}-A1").rpartition("-")[0]

    def _fetch(self, after: object, limit: int) -> Sequence[BoxLine]:
        keys = [line.box for line in self.lines]
        start = 0 if after is None else keys.index(str(after)) + 1
        return self.lines[start : start + limit]

    def _word(self, line: BoxLine) -> str:
        if line.done_at is not None:
            return self.tr("done")
        return self.tr("open") if line.begun_at is not None else self.tr("not yet")

    def show_boxes(
        self, lines: Sequence[BoxLine], units: Mapping[str, Unit], *, again: bool
    ) -> None:
        """Show the boxes of a round; ``again`` says that it is a recount."""
        self.lines, self._units, self._again = lines, units, again
        self.table.refresh()
        if self.table.selected() is None and lines:
            self.table.selectRow(0)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        title = self.tr("Count again, by another person") if self._again else self.tr("Boxes")
        self.set_title(title)
        self.table.set_name(title)
        self.begin.setText(self.tr("Count this box"))
        self._tell_act()

    def _tell_act(self) -> None:
        self.begin.bar("" if self.table.selected() else self.tr("Select a box first."))

    @Slot()
    def begin_selected(self) -> None:
        """Ask for the selected box to be opened."""
        line = self.table.selected()
        if line is not None:
            self.begun.emit(line.box)


def _state_of(line: BoxLine) -> State:
    if line.done_at is not None:
        return State.OK
    return State.INFO if line.begun_at is not None else State.QUIET
