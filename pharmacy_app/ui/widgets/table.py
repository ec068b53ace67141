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
        self._name = ""
        self._say()

    def set_name(self, name: str) -> None:
        """Name the list for a screen reader: what its rows are."""
        self._name = name
        self._say()

    def _say(self) -> None:
        self.setAccessibleName(self._name or self.tr("List"))

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
        """Open the selected row on Enter."""
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
