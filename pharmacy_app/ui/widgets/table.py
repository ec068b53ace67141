"""The list of a page: one row a record, read by pages, worked by keyboard."""

from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.models.paged import PagedModel

Row = TypeVar("Row")
ROW_HEIGHT = 32


class KeyedTable(Spoken, QTableView, Generic[Row]):
    """Emits ``row_selected`` with the row now selected (or None) and ``row_opened`` on Enter.

    A refresh keeps the selection on the same record. Column widths are those of the columns; the
    last one takes the rest.
    """

    row_selected = Signal(object)
    row_opened = Signal(object)
    sort_asked = Signal(object, bool)
    """What to sort by (a column's ``order``), and whether from the last to the first."""

    def __init__(self, model: PagedModel[Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paged = model
        model.setParent(self)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        titles = self.horizontalHeader()
        titles.setHighlightSections(False)
        titles.setStretchLastSection(True)
        titles.setMinimumSectionSize(40)
        for number, column in enumerate(model.columns):
            self.setColumnWidth(number, column.width)
        self.doubleClicked.connect(self._on_opened)
        self._sortable = [n for n, column in enumerate(model.columns) if column.order is not None]
        titles.setSectionsClickable(bool(self._sortable))
        titles.sectionClicked.connect(self._on_title)
        self._sorted: tuple[int, bool] | None = None
        self._name = ""
        self._say()

    def set_name(self, name: str) -> None:
        """Name the list for a screen reader: what its rows are."""
        self._name = name
        self._say()

    def _say(self) -> None:
        name = self._name or self.tr("List")
        if self._sorted is not None:
            column, descending = self._sorted
            told = (
                self.tr("{name}, sorted by {column}, last first")
                if descending
                else self.tr("{name}, sorted by {column}")
            )
            name = told.format(name=name, column=self._paged.columns[column].title())
        self.setAccessibleName(name)

    def show_sorted(self, order: Any, *, descending: bool) -> None:
        """Mark the column that the list is sorted by, with an arrow and in words."""
        column = next(n for n in self._sortable if self._paged.columns[n].order == order)
        way = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        titles = self.horizontalHeader()
        titles.setSortIndicatorShown(True)
        titles.setSortIndicator(column, way)
        self._sorted = (column, descending)
        self._say()

    @Slot(int)
    def _on_title(self, column: int) -> None:
        """Ask for the order of a column; of the one that holds, the other way round."""
        if column in self._sortable:
            again = self._sorted is not None and self._sorted == (column, False)
            self.sort_asked.emit(self._paged.columns[column].order, again)
        elif self._sorted is not None:  # Qt has moved the arrow already
            self.show_sorted(self._paged.columns[self._sorted[0]].order, descending=self._sorted[1])

    def _sort_by_key(self, key: int) -> bool:
        """Move the order to the next column, or turn it round; False for any other key."""
        if self._sorted is None:
            return False
        column, descending = self._sorted
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        if step is not None:
            at = (self._sortable.index(column) + step) % len(self._sortable)
            self.sort_asked.emit(self._paged.columns[self._sortable[at]].order, False)
            return True
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.sort_asked.emit(self._paged.columns[column].order, not descending)
            return True
        return False

    def selected(self) -> Row | None:
        """Return the selected row."""
        index = self.currentIndex()
        return self._paged.row_at(index.row()) if index.isValid() else None

    def refresh(self) -> None:
        """Read the rows again; the selection and the place in the list stay."""
        index = self.currentIndex()
        key = self._paged.key_at(index.row()) if index.isValid() else None
        place = self.verticalScrollBar().value()
        self._paged.refresh()
        self.verticalScrollBar().setValue(place)
        if key is not None:
            self.select_key(key)

    def select_key(self, key: Any) -> bool:
        """Select the row of a key; False if it is not among the rows read so far."""
        number = self._paged.number_of(key)
        if number is None:
            return False
        self.selectRow(number)
        self.setCurrentIndex(self._paged.index(number, 0))
        return True

    def selectionChanged(  # noqa: N802 - Qt calls it by this name
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        """Tell which row is selected now."""
        super().selectionChanged(selected, deselected)
        rows = selected.indexes()
        self.row_selected.emit(self._paged.row_at(rows[0].row()) if rows else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Open the row on Enter, go to the first or last; with Ctrl and Shift the arrows sort."""
        sorting = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & sorting == sorting and self._sort_by_key(event.key()):
            return
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._paged.rowCount() - 1}
        if event.key() in ends and self._paged.rowCount():  # a row is one thing: no ends across it
            self.setCurrentIndex(self._paged.index(ends[Qt.Key(event.key())], 0))
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._on_opened(self.currentIndex())
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        self.row_opened.emit(self._paged.row_at(index.row()))

    def retranslate(self) -> None:
        """Let titles and texts be read again."""
        self._say()
        self._paged.retranslate()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Read the colours again in another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()
