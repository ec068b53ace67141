"""A table model for lists of any length: it knows how many rows there are and holds a few pages.

The scroll bar therefore means something, any place of the list can be jumped to, and memory stays the
same however far somebody scrolls.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QModelIndex, Qt

from pharmacy_app.ui.models.paged import PAGE, Column, Index, PagedModel

Row = TypeVar("Row")
HELD = 12
"""Pages held at most; a screen shows parts of two."""


class Source(Protocol[Row]):
    """A list as it stands: any of its rows by its place."""

    @property
    def total(self) -> int:
        """How many rows there are."""

    def rows(self, first: int, limit: int) -> Sequence[Row]:
        """Return up to ``limit`` rows from the row ``first`` (0 is the first) on."""

    def place_of(self, row: Row) -> int | None:
        """Return in which place a row stands, or None."""


class WindowedModel(PagedModel[Row]):
    """Rows of a `Source`, read where they are looked at; a row is its own key.

    ``listed`` gives the list as it stands now, and is asked at every refresh.
    """

    def __init__(self, columns: Sequence[Column[Row]], listed: Callable[[], Source[Row]]) -> None:
        super().__init__(columns, lambda _, __: (), lambda row: row)
        self._listed = listed
        self._source: Source[Row] | None = None
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._total = 0
        self._more = False

    def reload(self, count: int) -> None:
        """Forget what was read, however much (``count``), and list anew."""
        del count
        self.beginResetModel()
        self._pages.clear()
        self._source = self._listed()
        self._total = self._source.total
        self.endResetModel()

    @property
    def held(self) -> int:
        """How many rows are in memory."""
        return sum(map(len, self._pages.values()))

    def row_at(self, number: int) -> Row:
        """Return a row, read now if it was not. Raises IndexError for one that is not there."""
        if not 0 <= number < self._total:
            raise IndexError(number)
        page, place = divmod(number, PAGE)
        return self._page(page)[place]

    def key_at(self, number: int) -> Row:
        """Return the row itself."""
        return self.row_at(number)

    def number_of(self, key: Row) -> int | None:
        """Return the number of a row, or None if it is not in the list."""
        return None if self._source is None else self._source.place_of(key)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else self._total

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; nothing where the list was changed since it was read."""
        try:
            return super().data(index, role)
        except IndexError:
            return None

    def _page(self, page: int) -> list[Row]:
        rows = self._pages.get(page)
        if rows is None:
            source = self._source
            rows = [] if source is None else list(source.rows(page * PAGE, PAGE))
            self._pages[page] = rows
            while len(self._pages) > HELD:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return rows
