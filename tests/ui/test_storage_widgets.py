"""The storage map's own widgets: told apart without colour, in either theme, and named aloud."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.ui import theme
from pharmacy_app.ui.palettes import PALETTES, State, ThemeName
from pharmacy_app.ui.widgets.legend import Legend
from pharmacy_app.ui.widgets.marks import Mark, draw_hatching, draw_mark
from pharmacy_app.ui.widgets.position_map import Occupied, PositionMap
from pharmacy_app.ui.widgets.tank_map import BoxGlance, TankMap, UnitGlance
from pharmacy_app.ui.widgets.time_out import TimeOutCard

SIDE = 12
INK = 128
"""Half way between paper and ink, 0 to 255."""
MARKS = [Mark.KIT, Mark.HELD, Mark.BLOCKED, Mark.FREE]


def printed(mark: Mark | None) -> frozenset[tuple[int, int]]:
    """Draw a mark on white paper and return where a printer without grey would put ink."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = QRectF(1, 1, SIDE - 2, SIDE - 2)
    if mark is None:
        draw_hatching(painter, room)
    else:
        draw_mark(painter, room, mark)
    painter.end()
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    dark = {(x, y) for x in range(SIDE) for y in range(SIDE) if grey.pixelColor(x, y).red() < INK}
    return frozenset(dark)


def glance(boxes: int = 3, racks: int = 2) -> UnitGlance:
    found = {
        (rack, box): BoxGlance(f"B{box + 1:02d}", MARKS * 4, 4)
        for rack in range(racks)
        for box in range(boxes)
    }
    return UnitGlance([f"R{rack + 1}" for rack in range(racks)], boxes, 4, found)


@pytest.fixture
def light(app: QApplication) -> None:
    del app
    theme.apply("light")


@pytest.mark.usefixtures("light")
def test_marks_are_told_apart_by_their_shape_in_black_and_white() -> None:
    shapes = {mark: printed(mark) for mark in (Mark.KIT, Mark.HELD, Mark.BLOCKED)}
    for first, second in combinations(shapes.values(), 2):
        assert len(first ^ second) > SIDE
    assert len(printed(Mark.FREE)) < SIDE


@pytest.mark.parametrize("name", ["light", "dark"])
def test_every_mark_stands_out_from_its_ground(app: QApplication, name: ThemeName) -> None:
    del app
    theme.apply(name)
    ground = QColor(PALETTES[name].surface)
    for mark in (Mark.KIT, Mark.HELD, Mark.BLOCKED):
        image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
        image.fill(ground)
        painter = QPainter(image)
        draw_mark(painter, QRectF(1, 1, SIDE - 2, SIDE - 2), mark)
        painter.end()
        changed = sum(
            abs(image.pixelColor(x, y).lightness() - ground.lightness()) > 40
            for x in range(SIDE)
            for y in range(SIDE)
        )
        assert changed > SIDE
    theme.apply("light")


@pytest.mark.usefixtures("light")
def test_a_box_is_named_with_what_is_free_in_it_and_arrow_keys_stay_inside(qtbot: QtBot) -> None:
    tank = TankMap()
    qtbot.addWidget(tank)
    tank.show_unit(glance())
    tank.show()
    opened: list[tuple[int, int]] = []
    tank.box_opened.connect(lambda rack, box: opened.append((rack, box)))
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(tank, key)
    assert tank.selected == (0, 1)
    assert "B02" in tank.accessibleName()
    QTest.keyClick(tank, Qt.Key.Key_Return)
    assert opened == [(0, 1)]
    QTest.mouseDClick(tank, Qt.MouseButton.LeftButton, pos=tank._box(0, 1).center().toPoint())
    assert opened == [(0, 1)] * 2
    QTest.mouseClick(tank, Qt.MouseButton.LeftButton, pos=tank._box(1, 2).center().toPoint())
    assert tank.selected == (1, 2)
    tank.show_unit(glance(boxes=1))
    assert tank.selected is None


@pytest.mark.usefixtures("light")
def test_a_found_kit_has_a_ring_around_its_place(qtbot: QtBot) -> None:
    tank = TankMap()
    qtbot.addWidget(tank)
    tank.show_unit(glance())
    before = picture(tank)
    tank.point_at((0, 0, 5))
    assert picture(tank) != before
    tank.point_at(None)
    assert picture(tank) == before


def picture(widget: QWidget) -> QImage:
    widget.resize(600, 400)
    return widget.grab().toImage()


@pytest.mark.usefixtures("light")
def test_a_blocked_place_is_hatched_and_says_why_where_there_is_room(qtbot: QtBot) -> None:
    box = PositionMap()
    qtbot.addWidget(box)
    free = {"A1": Occupied("K1", State.OK, "available")}
    box.show_box(2, 2, free)
    plain = picture(box)
    blocked = Occupied("", State.QUIET, "broken", blocked=True)
    box.show_box(2, 2, {**free, "B2": blocked}, lambda name: {"B2": "4"}.get(name, name))
    assert picture(box) != plain
    box.select("B2")
    assert box.accessibleName().endswith("4  broken")


@pytest.mark.usefixtures("light")
def test_the_legend_says_every_mark(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    assert len(legend.accessibleName().split(", ")) == len(Mark)
    assert legend.sizeHint().width() > 100


@pytest.mark.usefixtures("light")
def test_a_spent_budget_is_hatched_not_only_red(qtbot: QtBot) -> None:
    card = TimeOutCard()
    qtbot.addWidget(card)
    card.tell([3600, 1800], 7200, "Out 90 of 120 min", "receipt 60 min · move 30 min")
    within = picture(card.bar)
    card.tell([3600, 3700], 7200, "Out 121 of 120 min", "")
    grey = [
        image.convertToFormat(QImage.Format.Format_Mono) for image in (within, picture(card.bar))
    ]
    assert grey[0] != grey[1]
    assert card.accessibleName().startswith("Out 121 of 120 min")
