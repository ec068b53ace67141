"""A table model that reads page by page behind the last key; it never counts or sorts by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from pharmacy_app.ui import icons, theme
from pharmacy_app.ui.palettes import State

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
PAGE = 100


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title in the current language, the text of a row, perhaps a state.

    ``order`` is what the list is sorted by where its title is chosen; None where it cannot be.
    """

    title: Callable[[], str]
    text: Callable[[Row], str]
    state: Callable[[Row], State | None] = lambda _: None
    width: int = 120
    right: bool = False
    order: Any = None


class PagedModel(QAbstractTableModel, Generic[Row]):
    """Rows as ``fetch(after_key, limit)`` gives them, in its order; None asks for the first page.

    ``key_of`` names a row for ever, whatever is inserted before it.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        fetch: Callable[[Any, int], Sequence[Row]],
        key_of: Callable[[Row], Any],
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._fetch = fetch
        self._key_of = key_of
        self._rows: list[Row] = []
        self._more = True
        self._roles: dict[int, Callable[[Column[Row], Row], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda column, row: column.text(row),
            Qt.ItemDataRole.DecorationRole: _shape,
            Qt.ItemDataRole.ForegroundRole: _ink,
            Qt.ItemDataRole.FontRole: _font,
            Qt.ItemDataRole.TextAlignmentRole: _alignment,
        }

    def set_fetch(self, fetch: Callable[[Any, int], Sequence[Row]]) -> None:
        """Read other rows: another filter, another order."""
        self._fetch = fetch
        self.reload(PAGE)

    def refresh(self) -> None:
        """Read again as many rows as are shown now."""
        self.reload(max(PAGE, len(self._rows)))

    def reload(self, count: int) -> None:
        """Read the first ``count`` rows anew."""
        self.beginResetModel()
        self._rows = list(self._fetch(None, count))
        self._more = len(self._rows) == count
        self.endResetModel()

    def row_at(self, number: int) -> Row:
        """Return a row that is shown. Raises IndexError for one that is not."""
        return self._rows[number]

    def number_of(self, key: Any) -> int | None:
        """Return where the row of a key is shown, or None."""
        return next((n for n, row in enumerate(self._rows) if self._key_of(row) == key), None)

    def key_at(self, number: int) -> Any:
        """Return the key of a row that is shown."""
        return self._key_of(self._rows[number])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return how many rows have been read."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt calls it by this name
        """Whether there may be rows behind the last one read."""
        return not parent.isValid() and self._more

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt calls it by this name
        """Read the next page."""
        if parent.isValid() or not self._more:
            return
        after = self._key_of(self._rows[-1]) if self._rows else None
        page = list(self._fetch(after, PAGE))
        self._more = len(page) == PAGE
        if not page:
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(page) - 1)
        self._rows.extend(page)
        self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows; nothing, and at once, for roles it does not know."""
        answer = self._roles.get(role)
        if answer is None or not index.isValid():
            return None
        return answer(self.columns[index.column()], self.row_at(index.row()))

    def headerData(  # noqa: N802 - Qt calls it by this name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self.columns[section])
        return None

    def retranslate(self) -> None:
        """Let the view read every title and text again."""
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self.rowCount():
            last = self.index(self.rowCount() - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def _shape(column: Column[Row], row: Row) -> Any:
    state = column.state(row)
    return None if state is None else icons.state_pixmap(state)


def _ink(column: Column[Row], row: Row) -> Any:
    state = column.state(row)
    return None if state is None else QColor(theme.current().of(state))


def _font(column: Column[Row], row: Row) -> Any:
    return None if column.state(row) is None else theme.font(bold=True)


def _side(column: Column[Row]) -> int:
    across = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return int(across | Qt.AlignmentFlag.AlignVCenter)


def _alignment(column: Column[Row], row: Row) -> int:
    del row
    return _side(column)
