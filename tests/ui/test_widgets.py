from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.curve import Curve, Limits, curve
from pharmacy_app.domain.readings import Sample
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.ui import language, theme
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.clock import BigClock, elapsed
from pharmacy_app.ui.widgets.detail import Detail, DetailPane, EmptyState, StoryLine
from pharmacy_app.ui.widgets.fields import ChoiceField, NumberField, PasswordField, TextField
from pharmacy_app.ui.widgets.position_map import Occupied, PositionMap
from pharmacy_app.ui.widgets.refusals import RefusalsPanel
from pharmacy_app.ui.widgets.steps import StepList, StepState
from pharmacy_app.ui.widgets.surfaces import Badge, words
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.widgets.temperature import TemperaturePlot
from tests.ui.gallery import KITS, Kit, fetch, kit_model
from tests.ui.keys import commit, commit_each

pytestmark = pytest.mark.usefixtures("app")
THAW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.show()


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_button_is_pressed_by_space_and_enter(qtbot: QtBot, key: Qt.Key) -> None:
    button = PrimaryButton("Go")
    shown(qtbot, button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_a_button_keeps_its_key_when_its_words_change() -> None:
    button = ReasonedButton("Leave", "Ctrl L")
    button.setShortcut("Ctrl+L")
    button.setText("离开")
    assert button.shortcut().toString() == "Ctrl+L"


def test_a_barred_button_is_pressed_by_nothing_and_says_why(qtbot: QtBot) -> None:
    button = ReasonedButton("Release", "Enter")
    button.setShortcut("Ctrl+R")
    shown(qtbot, button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    button.bar("The second person has not signed.")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(button, key)
    QTest.keyClick(button, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    button.click()
    assert pressed == []
    assert button.isEnabled()
    assert QToolTip.text() == button.accessibleDescription() == "The second person has not signed."
    button.allow()
    button.click()
    assert pressed == [True]
    QToolTip.hideText()


def test_a_label_never_takes_imported_text_for_markup(qtbot: QtBot) -> None:
    assert words("<b>K1</b>").textFormat() is Qt.TextFormat.PlainText


def test_a_badge_says_its_state_to_a_screen_reader() -> None:
    badge = Badge(State.STOP, "quarantined")
    assert badge.accessibleName() == "quarantined"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.decimals(min_value=0, max_value=99999, places=2))
def test_a_number_is_kept_exactly_as_typed(value: Decimal) -> None:
    field = NumberField(decimals=2)
    QTest.keyClicks(field.editor, f"{value:f}")
    assert field.text == f"{value:f}"
    assert field.value == value


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("2１2", "212"), ("12,5", "125"), ("1e5", "15"), ("-5", "5"), ("1.234", "1.23"), ("٣4", "4")],
)
def test_a_number_field_narrows_full_width_digits_and_refuses_all_else(
    typed: str, kept: str
) -> None:
    field = NumberField(decimals=2)
    commit_each(field.editor, typed)
    assert field.text == kept


@pytest.mark.parametrize("typed", ["", "."])
def test_half_a_number_is_none(typed: str) -> None:
    field = NumberField(decimals=2)
    QTest.keyClicks(field.editor, typed)
    assert field.value is None


def test_a_field_tells_label_unit_and_error_to_a_screen_reader() -> None:
    field = NumberField("Volume", "mL")
    assert field.editor.accessibleName() == "Volume (mL)"
    field.set_error("More than the bag holds.")
    assert field.editor.accessibleDescription() == "More than the bag holds."
    assert field.editor.property("wrong")
    QTest.keyClicks(field.editor, "1")
    assert field.error == ""


def test_a_code_field_narrows_what_is_typed() -> None:
    field = TextField(codes=True)
    commit(field.editor, "Ｋ７")
    assert field.text == "K7"


def test_a_password_is_taken_once() -> None:
    field = PasswordField()
    field.editor.setText("secret")
    assert field.take() == "secret"
    assert field.editor.text() == ""


def test_a_choice_stays_when_its_words_change() -> None:
    field = ChoiceField()
    field.set_choices([("h", "Haemocytometer"), ("c", "Counter")], ask="Choose")
    assert field.value is None
    field.set_value("c")
    field.set_choices([("h", "血球计数板"), ("c", "计数仪")], ask="请选择")
    assert field.value == "c"


def test_elapsed_time_is_hours_minutes_seconds() -> None:
    assert elapsed(timedelta(minutes=21, seconds=8)) == "00:21:08"
    assert elapsed(timedelta(hours=30)) == "30:00:00"
    assert elapsed(timedelta(seconds=-5)) == "−00:00:05"


def test_the_clock_turns_amber_then_red_and_tells_once_that_time_is_over(qtbot: QtBot) -> None:
    now = [THAW]
    language.set_zone("Asia/Shanghai")
    clock = BigClock(lambda: now[0])
    qtbot.addWidget(clock)
    over: list[bool] = []
    clock.ran_out.connect(lambda: over.append(True))
    clock.start(THAW, THAW + timedelta(hours=1))
    seen = []
    for minutes in (0, 47, 48, 59, 60, 61):
        now[0] = THAW + timedelta(minutes=minutes)
        clock.tick()
        seen.append(clock._digits.property("state"))
    clock.stop()
    assert seen == [None, None, "warn", "warn", "stop", "stop"]
    assert over == [True]
    assert clock._deadline.text() == "Use-before passed at 13:00"


def test_a_step_says_where_it_stands() -> None:
    steps = StepList()
    steps.set_steps([("Thaw", StepState.DONE), ("Count", StepState.CURRENT)])
    names = [row.accessibleName() for row in steps.findChildren(QWidget) if row.accessibleName()]
    assert names == ["Thaw: done", "Count: now"]


def test_a_refusal_shows_every_reason_with_what_to_do(qtbot: QtBot) -> None:
    panel = RefusalsPanel()
    shown(qtbot, panel)
    panel.show_problem(
        Refused([violation("scan.not_expected", "K1"), violation("program.broken", "D-1")])
    )
    said = texts(panel)
    assert "Not done, for 2 reasons" in said
    assert said.count("What to do") == 2
    assert "Code K1 was scanned." in said
    assert "Code K1 was scanned." in panel.accessibleDescription()


def test_a_refusal_changes_its_language_and_is_dismissed_by_escape(qtbot: QtBot) -> None:
    panel = RefusalsPanel()
    shown(qtbot, panel)
    panel.show_problem(Refused([violation("scan.not_expected", "K1")]))
    language.apply("zh")
    QApplication.processEvents()
    assert "扫描到编码 K1。" in texts(panel)
    with qtbot.waitSignal(panel.dismissed):
        QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_a_detail_pane_tells_facts_and_story() -> None:
    pane = DetailPane()
    pane.tell(
        Detail(
            "K1", State.STOP, "quarantined", "", [("Lot", "L-1")], [StoryLine("10:41", "received")]
        )
    )
    said = texts(pane)
    assert {"K1", "quarantined", "Lot", "L-1", "10:41  received"} <= set(said)
    pane.tell(Detail("K2"))
    assert "L-1" not in texts(pane)


def test_an_empty_state_says_why_and_what_to_do(qtbot: QtBot) -> None:
    empty = EmptyState()
    empty.say("No kits", "No shipment has been received.")
    empty.offer(ReasonedButton("Receive"))
    assert "No shipment has been received." in texts(empty)


def test_a_table_reads_page_by_page_to_the_end() -> None:
    model = kit_model()
    model.refresh()
    assert model.rowCount() == 100
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert [model.row_at(n) for n in range(model.rowCount())] == KITS


def test_a_table_answers_unknown_roles_at_once_with_nothing() -> None:
    model = kit_model()
    model.refresh()
    index = model.index(0, 3)
    assert model.data(index, Qt.ItemDataRole.UserRole + 99) is None
    assert model.data(index) == "可用"
    assert model.data(index, Qt.ItemDataRole.ForegroundRole).name() == theme.current().ok


def test_a_refresh_keeps_the_selected_record_and_the_rows_read(qtbot: QtBot) -> None:
    rows = list(KITS)

    def read(after: object, limit: int) -> list[Kit]:
        behind = [kit for kit in rows if not isinstance(after, int) or kit[0] > after]
        return behind[:limit]

    model = kit_model()
    model.set_fetch(read)
    table = KeyedTable(model)
    shown(qtbot, table)
    model.fetchMore(QModelIndex())
    table.select_key(150)
    rows.remove(KITS[0])
    table.refresh()
    chosen = table.selected()
    assert chosen is not None
    assert chosen[0] == 150
    assert model.rowCount() >= 199


def test_a_table_tells_selection_and_opening_by_keyboard(qtbot: QtBot) -> None:
    table = KeyedTable(kit_model())
    table.refresh()
    shown(qtbot, table)
    opened: list[Kit] = []
    table.row_opened.connect(opened.append)
    with qtbot.waitSignal(table.row_selected):
        QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [KITS[1]]


def test_an_empty_table_is_empty() -> None:
    model = kit_model()
    model.set_fetch(lambda _, __: [])
    assert model.rowCount() == 0
    assert not model.canFetchMore(QModelIndex())
    assert fetch(250, 10) == []


def test_the_box_map_is_worked_by_arrow_keys_and_says_what_lies_there(qtbot: QtBot) -> None:
    box = PositionMap(2, 3)
    box.show_box(2, 3, {"A2": Occupied("K1", State.STOP, "quarantined")})
    shown(qtbot, box)
    chosen: list[str] = []
    box.position_selected.connect(chosen.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(box, key)
    assert chosen == ["A1", "A2", "B2"]
    box.select("A2")
    assert box.accessibleName() == "Box map A2 K1 quarantined"
    with qtbot.waitSignal(box.position_opened) as told:
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert told.args == ["A2"]
    box.select("Z9")
    assert box.selected == ""


def test_a_click_selects_the_cell_beneath(qtbot: QtBot) -> None:
    box = PositionMap(2, 2)
    box.resize(200, 200)
    shown(qtbot, box)
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().bottomLeft() + box.pos() * 0)
    assert box.selected == "B1"


def test_a_curve_tells_its_range_to_a_screen_reader(qtbot: QtBot) -> None:
    plot = TemperaturePlot()
    qtbot.addWidget(plot)
    minute = timedelta(minutes=1)
    readings = [Sample(THAW + n * minute, Decimal(-180 - n)) for n in range(3)]
    plot.draw(curve(readings, minute, Limits(Decimal(-150))))
    assert plot.accessibleName() == "Temperature curve, 3 readings, -182 to -180 °C"
    plot.draw(Curve())
    assert plot.accessibleName() == "Temperature curve, no readings"
