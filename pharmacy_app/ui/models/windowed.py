"""A table model for lists of any length: it knows how many rows there are and holds a few pages.

The scroll bar therefore means something, any place of the list can be jumped to, and memory stays the
same however far somebody scrolls.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QModelIndex

from pharmacy_app.ui.models.paged import PAGE, Column, Index, PagedModel

Row = TypeVar("Row")
HELD = 12
"""Pages held at most; a screen shows parts of two."""


class Source(Protocol[Row]):
    """A list that is read from either end, behind a key or before one."""

    def key_of(self, row: Row) -> Any:
        """Return what places a row in the list as it is sorted."""

    def total(self) -> int:
        """Return how many rows there are."""

    def behind(self, key: Any, limit: int) -> Sequence[Row]:
        """Return up to ``limit`` rows behind a key, or from the beginning for None."""

    def before(self, key: Any, limit: int) -> Sequence[Row]:
        """Return up to ``limit`` rows before a key, or up to the end for None, in order."""

    def key_at(self, number: int, of: int) -> Any:
        """Return the key of the row with a number, from 0, of so many; None if there is none."""

    def number_of(self, key: Any) -> int:
        """Return how many rows stand before a key."""


class WindowedModel(PagedModel[Row]):
    """Rows of a `Source`, read where they are looked at."""

    def __init__(self, columns: Sequence[Column[Row]], source: Source[Row]) -> None:
        super().__init__(columns, source.behind, source.key_of)
        self._source = source
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()
        self._total = 0
        self._more = False

    def set_source(self, source: Source[Row]) -> None:
        """Show another list: another filter, another order."""
        self._source, self._key_of = source, source.key_of
        self.refresh()

    def refresh(self) -> None:
        """Count again and forget what was read."""
        self.reload(PAGE)

    def reload(self, count: int) -> None:
        """Count again and forget what was read; ``count`` is of no use here."""
        del count
        self.beginResetModel()
        self._pages.clear()
        self._total = self._source.total()
        self.endResetModel()

    @property
    def held(self) -> int:
        """How many rows are in memory."""
        return sum(map(len, self._pages.values()))

    def row_at(self, number: int) -> Row:
        """Return a row, read now if it was not. Raises IndexError behind the last one."""
        if not 0 <= number < self._total:
            raise IndexError(number)
        page, place = divmod(number, PAGE)
        return self._page(page)[place]

    def key_at(self, number: int) -> Any:
        """Return the key of a row."""
        return self._key_of(self.row_at(number))

    def number_of(self, key: Any) -> int | None:
        """Return the number of the row of a key, or None if it is not in the list."""
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                if self._key_of(row) == key:
                    return page * PAGE + place
        number = self._source.number_of(key)
        if number >= self._total or self.key_at(number) != key:
            return None
        return number

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else self._total

    def _page(self, page: int) -> list[Row]:
        rows = self._pages.get(page)
        if rows is None:
            rows = self._read(page)
            self._pages[page] = rows
            while len(self._pages) > HELD:
                self._pages.popitem(last=False)
        self._pages.move_to_end(page)
        return rows

    def _read(self, page: int) -> list[Row]:
        first = page * PAGE
        wanted = min(PAGE, self._total - first)
        above, below = self._pages.get(page - 1), self._pages.get(page + 1)
        if first == 0:
            rows = self._source.behind(None, wanted)
        elif above:
            rows = self._source.behind(self._key_of(above[-1]), wanted)
        elif below:
            rows = self._source.before(self._key_of(below[0]), wanted)
        elif first + wanted >= self._total:
            rows = self._source.before(None, wanted)
        else:
            rows = self._source.behind(self._source.key_at(first - 1, self._total), wanted)
        read = list(rows)
        if len(read) < wanted:  # the list was changed by somebody else since it was counted
            read += [read[-1] if read else self._any()] * (wanted - len(read))
        return read

    def _any(self) -> Row:
        """Return a row to stand in until the list is read again."""
        return self._source.behind(None, 1)[0]
