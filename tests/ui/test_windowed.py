"""The model of a long list: a few pages in memory, any row at once, from either end."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pharmacy_app.ui.models.paged import PAGE, Column
from pharmacy_app.ui.models.windowed import HELD, WindowedModel
from pharmacy_app.ui.widgets.table import KeyedTable

LONG = 100_000


@dataclass
class Numbers:
    """A list of the numbers from 0; it notes what was asked of it."""

    length: int
    falling: bool = False
    asked: list[str] = field(default_factory=list)

    def key_of(self, row: int) -> int:
        return row

    def total(self) -> int:
        return self.length

    def _row(self, number: int) -> int:
        return self.length - 1 - number if self.falling else number

    def behind(self, key: int | None, limit: int) -> Sequence[int]:
        self.asked.append("behind")
        first = 0 if key is None else self.number_of(key) + 1
        return [self._row(n) for n in range(first, min(self.length, first + limit))]

    def before(self, key: int | None, limit: int) -> Sequence[int]:
        self.asked.append("before")
        end = self.length if key is None else self.number_of(key)
        return [self._row(n) for n in range(max(0, end - limit), end)]

    def key_at(self, number: int, of: int) -> int | None:
        del of
        self.asked.append("key_at")
        return self._row(number) if number < self.length else None

    def number_of(self, key: int) -> int:
        return self._row(key)


def model_of(source: Numbers) -> WindowedModel[int]:
    columns: list[Column[int]] = [
        Column(lambda: "Number", str, order="number"),
        Column(lambda: "Odd", str),
    ]
    model = WindowedModel(columns, source)
    model.refresh()
    return model


@given(st.lists(st.integers(0, LONG - 1), min_size=1, max_size=60))
def test_any_row_is_there_at_once_and_few_are_held(places: list[int]) -> None:
    model = model_of(Numbers(LONG))
    assert model.rowCount() == LONG
    for place in places:
        assert model.row_at(place) == place
        assert model.held <= HELD * PAGE


def test_the_end_is_read_from_the_end_and_neighbours_from_their_pages() -> None:
    source = Numbers(LONG + 7)
    model = model_of(source)
    assert model.row_at(LONG + 6) == LONG + 6
    assert source.asked == ["before"]
    for place in range(LONG + 6, LONG - 2000, -1):
        assert model.row_at(place) == place
    assert set(source.asked) == {"before"}
    assert model.row_at(0) == 0
    for place in range(2000):
        assert model.row_at(place) == place
    assert "key_at" not in source.asked
    assert model.row_at(LONG // 2) == LONG // 2
    assert source.asked.count("key_at") == 1


def test_a_row_behind_the_last_is_none_and_a_key_is_found_wherever_it_is() -> None:
    model = model_of(Numbers(LONG, falling=True))
    assert model.row_at(0) == LONG - 1
    assert model.number_of(17) == LONG - 18
    with pytest.raises(IndexError):
        model.row_at(LONG)
    with pytest.raises(IndexError):
        model.row_at(-1)
    empty = model_of(Numbers(0))
    assert empty.rowCount() == 0


def test_a_list_that_shrank_since_it_was_counted_shows_what_is_there() -> None:
    source = Numbers(250)
    model = model_of(source)
    source.length = 120
    assert model.row_at(110) == 110
    assert model.row_at(180) in range(120)
    model.refresh()
    assert model.rowCount() == 120


def test_home_end_and_the_pages_of_the_keyboard_reach_everything(qtbot: QtBot) -> None:
    table = KeyedTable(model_of(Numbers(LONG)))
    qtbot.addWidget(table)
    table.resize(300, 400)
    table.show()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert table.selected() == LONG - 1
    QTest.keyClick(table, Qt.Key.Key_PageUp)
    above = table.selected()
    assert above is not None
    assert LONG - 40 < above < LONG - 1
    QTest.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    assert table.selected() == 0
    QTest.keyClick(table, Qt.Key.Key_PageDown)
    assert 1 < (table.selected() or 0) < 40


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
