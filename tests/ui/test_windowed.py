"""A list of any length: its memory stays the same, its keys lead anywhere, its order is told in words."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pharmacy_app.ui.models.paged import PAGE, Column
from pharmacy_app.ui.models.windowed import HELD, WindowedModel
from pharmacy_app.ui.widgets.table import KeyedTable

pytestmark = pytest.mark.usefixtures("app")
MANY = 1_000_000


class Numbers:
    """The numbers from 0; told ``few``, it gives fewer rows than it counted."""

    def __init__(self, total: int, *, few: bool = False) -> None:
        self.total = total
        self.few = few
        self.read: list[int] = []

    def rows(self, first: int, limit: int) -> Sequence[int]:
        self.read.append(first)
        there = list(range(first, min(self.total, first + limit)))
        return there[:1] if self.few else there

    def place_of(self, row: int) -> int | None:
        return row if 0 <= row < self.total else None


def model_of(numbers: Numbers) -> WindowedModel[int]:
    columns: list[Column[int]] = [
        Column(lambda: "Number", str, order="number"),
        Column(lambda: "Odd", str),
    ]
    made = WindowedModel(columns, lambda: numbers)
    made.refresh()
    return made


def test_a_list_of_a_million_rows_holds_a_few_pages_wherever_it_is_read() -> None:
    numbers = Numbers(MANY)
    model = model_of(numbers)
    assert model.rowCount() == MANY
    assert numbers.read == []
    for number in (*range(0, 100_000, 50), MANY - 1, *range(MANY - 5_000, MANY, 50), 3):
        assert model.data(model.index(number, 0)) == str(number)
        assert model.held <= HELD * PAGE


def test_a_row_that_is_not_there_is_an_error_and_its_cell_is_empty() -> None:
    model = model_of(Numbers(10, few=True))
    assert model.data(model.index(0, 0)) == "0"
    assert model.data(model.index(5, 0)) is None
    with pytest.raises(IndexError):
        model.row_at(10)


def test_keys_lead_to_both_ends_and_from_screen_to_screen(qtbot: QtBot) -> None:
    table = KeyedTable(model_of(Numbers(MANY)))
    qtbot.addWidget(table)
    table.resize(400, 340)
    table.show()
    table.selectRow(0)
    for key, least, most in (
        (Qt.Key.Key_End, MANY - 1, MANY - 1),
        (Qt.Key.Key_PageUp, MANY - 20, MANY - 2),
        (Qt.Key.Key_Home, 0, 0),
        (Qt.Key.Key_PageDown, 1, 20),
        (Qt.Key.Key_Down, 2, 21),
    ):
        QTest.keyClick(table, key)
        chosen = table.selected()
        assert chosen is not None
        assert least <= chosen <= most
        assert table.visualRect(table.currentIndex()).isValid()
    assert not table.model().canFetchMore(QModelIndex())


def test_a_row_is_selected_wherever_it_is_and_stays_so(qtbot: QtBot) -> None:
    table = KeyedTable(model_of(Numbers(MANY)))
    qtbot.addWidget(table)
    assert table.select_key(765_432)
    table.refresh()
    assert table.selected() == 765_432
    assert not table.select_key(MANY)


def test_a_title_sorts_and_says_so_in_words(qtbot: QtBot) -> None:
    table = KeyedTable(model_of(Numbers(10)))
    qtbot.addWidget(table)
    table.set_name("Numbers")
    table.show_sorted("number", descending=False)
    assert table.accessibleName() == "Numbers, sorted by Number"
    with qtbot.waitSignal(table.sort_asked) as asked:
        table.horizontalHeader().sectionClicked.emit(0)
    assert asked.args == ["number", True]
    table.show_sorted("number", descending=True)
    assert table.accessibleName() == "Numbers, sorted by Number, last first"
    assert table.horizontalHeader().sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    with qtbot.assertNotEmitted(table.sort_asked):
        table.horizontalHeader().sectionClicked.emit(1)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(table.sort_asked) as asked:
        QTest.keyClick(table, Qt.Key.Key_Up, both)
    assert asked.args == ["number", False]
