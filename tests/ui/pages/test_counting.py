"""Counting at the window: blind, box by box, resolved and signed off; nothing expected is shown."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.counting import CountState
from pharmacy_app.domain.events.counting import RootCause
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.queries.unblinded import counts as count_queries
from pharmacy_app.records.queries.unblinded import kits as queries
from pharmacy_app.records.queries.unblinded.counts import Count
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.codes import TypedCodeDialog
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.dialogs.signature import SignatureDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.stock import StockPage, View
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.storage.count_resolve import ResolveDialog
from pharmacy_app.ui.today.notes import AlarmsCard
from pharmacy_app.workflows import stock, storing
from pharmacy_app.workflows.pharmacy import Scanned
from pharmacy_app.workflows.today import Alarm, AlarmKind
from tests.pharmacies import PASSWORDS, WANG, MadeSite
from tests.shifts import shift_at
from tests.ui.pages.conftest import Start, at, give, pharmacy_of, sign_in

BOX, OTHER = "T1-R1-B01", "T1-R1-B02"


@pytest.fixture
def window(stocked: MadeSite, start: Start, qtbot: QtBot) -> MainWindow:
    del stocked
    return sign_in(start(), qtbot)


@pytest.fixture
def page(window: MainWindow) -> StockPage:
    shown = at(window, Place.STOCK)
    assert isinstance(shown, StockPage)
    shown.views.choose(View.COUNT)
    return shown


@pytest.fixture
def lying(site_desk: Desk, window: MainWindow) -> list[Kit]:
    del window
    return queries.in_box(pharmacy_of(site_desk).reader, BOX)


def begun(page: StockPage, scope: str = BOX) -> None:
    page.counting.start.part.set_text(scope)
    page.counting.start.begin.click()


def open_count(desk: Desk) -> Count:
    found = count_queries.open_count(pharmacy_of(desk).reader)
    assert found is not None
    return found


def scanned(window: MainWindow, *codes: str) -> None:
    for code in codes:
        window.give_scan(RawScan(code))


def signed(qtbot: QtBot) -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SignatureDialog)
    give(dialog, PASSWORDS[WANG])
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not dialog)


def texts(widget: QWidget) -> list[str]:
    """Return every text that a widget and all the visible ones in it show or tell."""
    return [
        text
        for one in (widget, *widget.findChildren(QWidget))
        if one.isVisible()
        for text in (*_own(one), one.accessibleName(), one.accessibleDescription(), one.toolTip())
        if text
    ]


def _own(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.text()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    if isinstance(widget, QTableView):
        model = widget.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                yield str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole))


def test_nothing_on_the_screen_depends_on_what_the_record_expects(
    page: StockPage, window: MainWindow, lying: list[Kit], site_desk: Desk
) -> None:
    begun(page)
    numbers = [kit.kit_number for kit in lying]
    scanned(window, BOX, *numbers[:3])
    before = texts(page)
    assert {number for number in numbers if any(number in text for text in before)} == set(
        numbers[:3]
    )
    assert page.findChildren(QProgressBar, options=Qt.FindChildOption.FindDirectChildrenOnly) == []
    pharmacy = pharmacy_of(site_desk)
    for place, number in enumerate(numbers[5:], start=1):
        storing.stow(pharmacy, Scanned(number), f"{OTHER}-A{place}")
    stock.quarantine(pharmacy, Scanned(numbers[4]), "frost")
    window.tell_changed(frozenset())
    assert texts(page) == before
    page.views.choose(View.KITS)
    assert all(any(number in text for text in texts(page)) for number in numbers)


def test_records_are_not_looked_up_from_the_count(
    page: StockPage, window: MainWindow, lying: list[Kit]
) -> None:
    begun(page)
    scanned(window, BOX)
    before = texts(page)
    window.open_place(Place.STOCK, lying[0].kit_number)
    assert window.refusals.problem is not None
    assert texts(page) == before
    page.views.choose(View.KITS)
    window.open_place(Place.STOCK, lying[0].kit_number)
    selected = page.table.selected()
    assert selected is not None
    assert selected.kit_number == lying[0].kit_number


def test_each_scan_is_answered_and_a_wrong_one_taken_back(
    page: StockPage, window: MainWindow, lying: list[Kit], site_desk: Desk
) -> None:
    begun(page)
    number = lying[0].kit_number
    scanned(window, number)
    assert window.refusals.problem is not None
    window.refusals.dismiss()
    scanned(window, BOX, number, number, "KXXXXXXX")
    panel = page.counting.scanning
    assert panel.scans.model().rowCount() == 2
    assert "no kit of this number" in panel.told.sentence
    panel.scans.select_key("KXXXXXXX")
    panel.back.click()
    assert panel.scans.model().rowCount() == 1
    panel.typed.click()
    typing = QApplication.activeModalWidget()
    assert isinstance(typing, TypedCodeDialog)
    typing.code_given.emit(RawScan(lying[1].kit_number, typed=True))
    typing.reject()
    reader, count = pharmacy_of(site_desk).reader, open_count(site_desk)
    seen = count_queries.scans(reader, count.count_id, 1, BOX)
    assert [one.kit_number for one in seen] == [number, lying[1].kit_number]


def test_a_position_is_chosen_on_the_map_or_scanned_and_goes_with_one_kit(
    page: StockPage, window: MainWindow, lying: list[Kit], site_desk: Desk
) -> None:
    begun(page)
    scanned(window, f"{BOX}-C3", lying[0].kit_number)
    panel = page.counting.scanning
    panel.place.choose("D4")
    scanned(window, lying[1].kit_number, lying[2].kit_number)
    reader, count = pharmacy_of(site_desk).reader, open_count(site_desk)
    seen = count_queries.scans(reader, count.count_id, 1, BOX)
    assert [one.position for one in seen] == [f"{BOX}-C3", f"{BOX}-D4", None]
    assert set(panel.place.map._taken) == {"C3", "D4"}


def test_a_count_without_a_difference_is_closed_with_one_signature_and_its_sheet_shown(
    page: StockPage, window: MainWindow, lying: list[Kit], site_desk: Desk, qtbot: QtBot
) -> None:
    begun(page)
    panel = page.counting.scanning
    scanned(window, BOX, *(kit.kit_number for kit in lying))
    assert panel.close_count.reason == "Boxes left: 1"
    panel.finish.click()
    assert page.primary is panel.close_count
    panel.close_count.click()
    signed(qtbot)
    qtbot.waitUntil(lambda: page.primary is page.counting.start.begin)
    (done,) = count_queries.counts(pharmacy_of(site_desk).reader)
    assert done.state is CountState.DONE
    page.counting.start.sheet.click()
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, DocumentPreview)
    preview.reject()


def test_what_differs_is_not_told_before_another_person_counted_again(
    page: StockPage, window: MainWindow, lying: list[Kit], site_desk: Desk, qtbot: QtBot
) -> None:
    begun(page)
    scanned(window, BOX, *(kit.kit_number for kit in lying[1:]))
    panel = page.counting.scanning
    panel.finish.click()
    panel.close_count.click()
    signed(qtbot)
    qtbot.waitUntil(lambda: open_count(site_desk).state is CountState.RECOUNT)
    assert panel.isVisible()
    assert not any(lying[0].kit_number in text for text in texts(page))
    assert any("another person" in text for text in texts(page))
    panel.boxes.begin.click()
    problem = window.refusals.problem
    assert isinstance(problem, Refused)
    assert [one.rule for one in problem.violations] == ["count.same_person"]


@pytest.fixture
def differing(stocked: MadeSite) -> tuple[str, str]:
    """A count of one box that two people closed: a kit is missing, one lies in the next box."""
    with shift_at(stocked) as shift:
        gone, moved, *rest = shift.in_box(BOX)
        shift.counted({BOX: rest, OTHER: [moved]}, "T1-R1")
    return gone, moved


def test_differences_are_resolved_one_by_one_and_signed_off(
    differing: tuple[str, str], start: Start, site_desk: Desk, qtbot: QtBot
) -> None:
    gone, moved = differing
    window = sign_in(start(), qtbot)
    page = at(window, Place.STOCK)
    assert isinstance(page, StockPage)
    page.views.choose(View.COUNT)
    panel = page.counting.differing
    assert panel.table.model().rowCount() == 2
    assert page.primary is panel.resolve
    _resolve(page, gone, "", qtbot)
    _resolve(page, moved, f"{OTHER}-B2", qtbot)
    reader = pharmacy_of(site_desk).reader
    lost, placed = (queries.kit(reader, number) for number in (gone, moved))
    assert lost is not None
    assert lost.state is KitState.LOST
    assert placed is not None
    assert placed.position == f"{OTHER}-B2"
    panel.sign_off.click()
    signed(qtbot)
    qtbot.waitUntil(lambda: page.primary is page.counting.start.begin)
    (done,) = count_queries.counts(reader)
    assert done.state is CountState.DONE
    _turns_up(page, window, gone, qtbot)
    qtbot.waitUntil(lambda: _state(site_desk, gone) is KitState.QUARANTINED)


def _resolve(page: StockPage, number: str, position: str, qtbot: QtBot) -> None:
    panel = page.counting.differing
    assert panel.table.select_key(number)
    panel.resolve.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ResolveDialog)
    dialog.give()
    assert dialog.cause.error
    dialog.cause.set_value(RootCause.MISFILED)
    if position:
        assert dialog.position.text == f"{OTHER}-"
        dialog.remarks.set_text("looked for by two")
        dialog.give()
        assert dialog.position.error
        dialog.scan(RawScan(position))
    dialog.remarks.set_text("looked for by two")
    dialog.give()
    signed(qtbot)
    qtbot.waitUntil(lambda: _left(page, number) == 0)


def _left(page: StockPage, number: str) -> int:
    return sum(
        line.difference.kit_number == number and line.outcome is None
        for line in page.counting.differing._lines()
    )


def _state(desk: Desk, number: str) -> KitState | None:
    kit = queries.kit(pharmacy_of(desk).reader, number)
    return None if kit is None else kit.state


def _turns_up(page: StockPage, window: MainWindow, number: str, qtbot: QtBot) -> None:
    page.views.choose(View.KITS)
    window.open_place(Place.STOCK, number)
    assert page.hold.text() == "It turned up…"
    page.hold.click()
    asking = QApplication.activeModalWidget()
    assert isinstance(asking, QuestionsDialog)
    for field, text in zip(asking.fields, ("T1-R2-B02-A1", "behind the rack"), strict=True):
        field.set_text(text)
    asking.answer()
    signed(qtbot)


def test_the_alarm_of_a_count_too_old_leads_to_the_count(
    window: MainWindow, stocked: MadeSite
) -> None:
    del stocked
    window.open_place(Place.STOCK, Alarm(AlarmKind.COUNT, serious=False, number=1))
    page = window.page
    assert isinstance(page, StockPage)
    assert page.counting.isVisible()
    assert page.title == "Stock count"


def test_the_alarm_says_how_many_boxes_are_due_and_since_when_and_nothing_of_what_is_in_them(
    app: QApplication,
) -> None:
    del app
    card = AlarmsCard()
    since = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
    card.show_alarms([Alarm(AlarmKind.COUNT, serious=False, number=2, at=since)])
    card.show()
    told = texts(card)
    assert "Stock count due: 2 boxes" in told
    assert "The oldest was last looked through 2026-11-01 08:00." in told
    card.deleteLater()


def test_a_count_is_abandoned_with_a_reason_and_a_signature(
    page: StockPage, site_desk: Desk, qtbot: QtBot
) -> None:
    begun(page, "")
    page.counting.scanning.abandon.click()
    asking = QApplication.activeModalWidget()
    assert isinstance(asking, QuestionsDialog)
    asking.fields[0].set_text("the level alarm went off")
    asking.answer()
    signed(qtbot)
    (ended,) = count_queries.counts(pharmacy_of(site_desk).reader)
    assert ended.state is CountState.ABANDONED
