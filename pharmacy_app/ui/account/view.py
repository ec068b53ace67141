"""What every view of the account page is: perhaps a choice above, a sum, a table, one act."""

from collections.abc import Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Badge, Card, words
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace

Row = TypeVar("Row")


class View(Spoken, QWidget, Generic[Row]):
    """A list read whole at each refresh, since an account is shown whole, with its sum above.

    ``act`` names the one act of the view in words, or is empty; `why_not` says why it may not be
    done now. ``changed`` comes after an act with the kinds of rows, ``problem`` with a refusal.
    """

    changed = Signal(object)
    problem = Signal(object)
    moved = Signal()

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.workplace = workplace
        self.pharmacy = workplace.pharmacy
        self._rows: Sequence[Row] = ()
        self.choices = QHBoxLayout()
        self.choices.setSpacing(12)
        self.sum = Badge()
        self.note = words("", "muted")
        self.table = KeyedTable(PagedModel(self.columns(), self._fetch, self.key))
        self.table.row_selected.connect(lambda _: self.moved.emit())
        card = Card()
        card.set_margins(1, 1, 1, 1)
        card.body.addWidget(self.table)
        self.choices.addWidget(self.sum)
        self.choices.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self.choices)
        column.addWidget(card, 1)

    def add_more(self, *buttons: ReasonedButton) -> None:
        """Put further acts of the view at the right of its sum."""
        for button in buttons:
            self.choices.addWidget(button)

    def _fetch(self, after: Any, limit: int) -> Sequence[Row]:
        start = 0 if after is None else self._after(after)
        return self._rows[start : start + limit]

    def _after(self, key: Any) -> int:
        return next((n + 1 for n, row in enumerate(self._rows) if self.key(row) == key), 0)

    def refresh(self) -> None:
        """Read everything again."""
        self._rows = self.read()
        self.table.refresh()
        if self._rows and self.table.selected() is None:
            self.table.selectRow(0)
        self.retranslate()

    def read(self) -> Sequence[Row]:
        """Return every row; a view that shows any says which."""
        return ()

    def columns(self) -> list[Column[Row]]:
        """Return the columns; a view that shows rows says which."""
        return []

    def key(self, row: Row) -> Hashable:
        """Return what names a row for ever; its text, unless a view knows better."""
        return str(row)

    @property
    def act(self) -> str:
        """What the view's act is called; empty where it has none."""
        return ""

    def why_not(self) -> str:
        """Return why the act may not be done now."""
        return ""

    def do(self) -> None:
        """Ask for the act."""


def name_of(record: str) -> str:
    """Return what a record is called: ``D-4KX9MT3`` of ``dose/D-4KX9MT3``."""
    return record.partition("/")[2] or record
