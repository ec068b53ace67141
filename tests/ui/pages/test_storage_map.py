"""Storage as a map at the window: into a box and out again, moves, blocked places, daily checks."""

from datetime import timedelta
from decimal import Decimal
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.events.storage import BlockReason
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import storage as queries
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.dialogs.signature import SignatureDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.stock import StockPage
from pharmacy_app.ui.pages.today import TodayPage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.storage.add_unit import AddUnitDialog
from pharmacy_app.ui.storage.block import BlockDialog
from pharmacy_app.ui.storage.map_view import StorageView
from pharmacy_app.ui.storage.unit_check import UnitCheckDialog
from pharmacy_app.workflows import dosing, excursions, storing, unit_checks
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.today import AlarmKind
from tests import pharmacies
from tests.pharmacies import PASSWORDS, WANG, MadeSite
from tests.small_trials import CELLS
from tests.ui.pages.conftest import Start, at, give, pharmacy_of, sign_in

Asked = TypeVar("Asked", bound=QDialog)


@pytest.fixture
def pharmacy(window: MainWindow, site_desk: Desk) -> Pharmacy:
    del window
    return pharmacy_of(site_desk)


@pytest.fixture
def window(start: Start, stocked: MadeSite, qtbot: QtBot) -> MainWindow:
    del stocked
    return sign_in(start(), qtbot)


@pytest.fixture
def page(window: MainWindow) -> StockPage:
    found = at(window, Place.STOCK)
    assert isinstance(found, StockPage)
    return found


@pytest.fixture
def view(page: StockPage) -> StorageView:
    page.toggle_map()
    return page.storage


def kit(pharmacy: Pharmacy, number: KitNumber) -> Kit:
    found = kit_queries.kit(pharmacy.reader, number)
    assert found is not None
    return found


def in_front(kind: type[Asked]) -> Asked:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def choose(view: StorageView, name: str) -> None:
    """Select a place of the box as a pointer does."""
    view.box.select(name)
    view.box.position_selected.emit(name)


def test_the_list_and_the_map_change_places_and_a_kit_leads_to_and_fro(
    page: StockPage, view: StorageView, stocked: MadeSite
) -> None:
    number = stocked.kits[CELLS][2]
    assert not view.isHidden()
    assert page.filters.isHidden() or not page.filters.isVisible()
    view.search.set_text(number.lower())
    view.search.editor.returnPressed.emit()
    assert view.place == "T1-R1-B01-A3"
    view.show_kit.click()
    assert view.isHidden()
    chosen = page.table.selected()
    assert chosen is not None
    assert chosen.kit_number == number


def test_a_box_is_found_by_its_name_and_nothing_else_is(view: StorageView) -> None:
    view.search.set_text("T1-R2-B2")
    view.find_typed()
    assert view.tank.selected == (1, 1)
    view.search.set_text("T9")
    view.find_typed()
    assert view.search.error


def test_arrow_keys_go_from_box_to_box_into_one_and_escape_comes_out(view: StorageView) -> None:
    view.tank.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(view.tank, key)
    assert view.tank.selected == (1, 1)
    assert "81" in view.tank.accessibleName()
    QTest.keyClick(view.tank, Qt.Key.Key_Return)
    assert view.box.hasFocus()
    QTest.keyClick(view.box, Qt.Key.Key_Right)
    assert view.place == "T1-R2-B02-A1"
    QTest.keyClick(view.box, Qt.Key.Key_Escape)
    assert view.tank.hasFocus()


def test_a_pointer_chooses_a_box(view: StorageView) -> None:
    room = view.tank._box(0, 1)
    QTest.mouseClick(view.tank, Qt.MouseButton.LeftButton, pos=room.center().toPoint())
    assert view.tank.selected == (0, 1)


def test_a_place_is_blocked_with_a_reason_and_freed_with_another(
    view: StorageView, pharmacy: Pharmacy
) -> None:
    choose(view, "C5")
    assert view.free.reason
    view.block.click()
    dialog = in_front(BlockDialog)
    dialog.ask()
    assert dialog.remarks.error
    dialog.why.set_value(BlockReason.BROKEN)
    dialog.remarks.set_text("cracked divider")
    dialog.ask()
    (blocked,) = queries.blocked(pharmacy.reader, "T1")
    assert (blocked.position, blocked.remarks) == ("T1-R1-B01-C5", "cracked divider")
    choose(view, "C5")
    assert view.block.reason
    assert "broken" in view.box.accessibleName()
    view.free.click()
    questions = in_front(QuestionsDialog)
    questions.fields[0].set_text("divider replaced")
    questions.answer()
    assert queries.blocked(pharmacy.reader, "T1") == []


def test_a_place_with_a_kit_is_not_to_be_blocked(view: StorageView) -> None:
    choose(view, "A1")
    assert view.block.reason
    assert not view.show_kit.reason


def test_kits_are_staged_looked_at_and_booked_with_one_signature(
    page: StockPage, view: StorageView, stocked: MadeSite, pharmacy: Pharmacy, qtbot: QtBot
) -> None:
    first, second, third = stocked.kits[CELLS][:3]
    view.several.click()
    moves = view.moves
    assert moves.sign.reason
    page.scan(RawScan(first))
    page.scan(RawScan("T1-R2-B01-A1"))
    page.scan(RawScan(second))
    moves.swap.click()
    page.scan(RawScan(third))
    moves.minutes.set_value(Decimal(3))
    assert [one.minutes_out for one in moves.staged] == [3, 3, 3]
    assert not moves.sign.reason
    before = kit(pharmacy, first).seconds_out
    moves.sign.click()
    give(in_front(SignatureDialog), PASSWORDS[WANG])
    qtbot.waitUntil(lambda: kit(pharmacy, first).position == "T1-R2-B01-A1")
    assert kit(pharmacy, first).seconds_out == before + 180
    assert moves.isHidden()
    assert moves.staged == ()


def test_a_conflict_is_told_in_full_and_bars_the_signature_until_the_line_is_gone(
    page: StockPage, view: StorageView, stocked: MadeSite
) -> None:
    first, second = stocked.kits[CELLS][:2]
    view.several.click()
    page.scan(RawScan(first))
    choose(view, "A2")
    view.moves.table.selectRow(0)
    assert view.moves.sign.reason
    assert second in view.moves._hint.text()
    view.moves.remove.click()
    assert view.moves.staged == ()
    page.scan(RawScan("K7777777"))
    assert not view.moves.isHidden()


def test_a_box_is_filled_kit_by_kit_and_a_whole_one_moved(
    page: StockPage, view: StorageView, stocked: MadeSite
) -> None:
    first, second = stocked.kits[CELLS][:2]
    view.several.click()
    page.scan(RawScan("T1-R2-B01"))
    page.scan(RawScan(first))
    page.scan(RawScan(second))
    assert [one.target for one in view.moves.staged] == ["T1-R2-B01-A1", "T1-R2-B01-A2"]
    view.moves.give_up()
    view.moves.ask_whole_box()
    questions = in_front(QuestionsDialog)
    questions.fields[0].set_text("T1-R1-B01")
    questions.fields[1].set_text("T1-R2-B02")
    questions.answer()
    assert len(view.moves.staged) == 12
    view.moves.sheet.click()
    in_front(DocumentPreview).reject()


def test_the_watch_counts_from_when_it_is_started(
    page: StockPage, view: StorageView, stocked: MadeSite
) -> None:
    view.several.click()
    view.moves.watch.click()
    stocked.clock.advance(timedelta(minutes=2))
    page.scan(RawScan(stocked.kits[CELLS][0]))
    page.scan(RawScan("T1-R2-B01-A1"))
    assert [one.move.seconds_out for one in view.moves._plan] == [120]


def test_a_daily_check_is_recorded_and_one_outside_the_limits_asks_what_was_done(
    view: StorageView, pharmacy: Pharmacy
) -> None:
    view.check.click()
    dialog = in_front(UnitCheckDialog)
    dialog.temperature.set_value(Decimal(-120))
    dialog.ask()
    assert dialog.isVisible()
    assert dialog.refusals.problem is not None
    dialog.remarks.set_text("filled up")
    assert dialog.case.isVisible()
    assert dialog.case.open_case.value is True
    dialog.case.since.set_text("in the night")
    dialog.ask()
    assert dialog.case.since.error
    assert queries.checks(pharmacy.reader, "T1", 5) == []
    dialog.case.open_case.set_value(False)
    dialog.ask()
    assert excursions.cases(pharmacy) == []
    (check,) = queries.checks(pharmacy.reader, "T1", 5)
    assert (check.temperature_c, check.within) == (Decimal(-120), False)
    view.check.click()
    again = in_front(UnitCheckDialog)
    again.temperature.set_value(Decimal(-188))
    again.ask()
    assert not again.case.isVisible()
    assert [one.within for one in queries.checks(pharmacy.reader, "T1", 5)] == [True, False]


def test_a_check_outside_the_limits_opens_a_case_that_today_tells_of(
    window: MainWindow, page: StockPage, view: StorageView, pharmacy: Pharmacy
) -> None:
    view.check.click()
    dialog = in_front(UnitCheckDialog)
    QTest.keyClicks(dialog.temperature.editor, "-120")
    assert not dialog.case.isVisible()  # half a number offers nothing
    dialog.temperature.editor.editingFinished.emit()
    assert dialog.case.isVisible()
    dialog.remarks.set_text("level was low, filled up")
    dialog.ask()
    (case,) = excursions.cases(pharmacy)
    assert (case.record, case.waiting) == ("T1", 12)
    today = at(window, Place.TODAY)
    assert isinstance(today, TodayPage)
    today.refresh(frozenset())
    (alarm,) = [one for one in today.alarms._alarms if one.kind is AlarmKind.EXCURSION]
    today.alarms.chosen.emit(alarm)
    assert window.page is page
    shown = page.cases.cases.selected()
    assert shown is not None
    assert shown.case_id == case.case_id
    assert page.cases.log.isHidden()  # nothing but a display was read
    view.check.click()
    again = in_front(UnitCheckDialog)
    again.temperature.set_value(Decimal(-119))
    again.ask()
    assert again.case.open_case.value is False  # one is open already
    again.reject()


def test_a_missed_check_leads_from_today_to_the_map_of_the_unit(
    window: MainWindow, stocked: MadeSite, page: StockPage
) -> None:
    stocked.clock.advance(timedelta(days=3))
    today = at(window, Place.TODAY)
    assert isinstance(today, TodayPage)
    today.refresh(frozenset())
    (alarm,) = [one for one in today.alarms._alarms if one.kind is AlarmKind.UNIT_CHECK]
    today.alarms.chosen.emit(alarm)
    assert window.page is page
    assert not page.storage.isHidden()
    assert page.storage.current is not None
    assert page.storage.current.code == "T1"


def test_another_unit_is_added_with_its_own_labels(view: StorageView, pharmacy: Pharmacy) -> None:
    view.add.click()
    dialog = in_front(AddUnitDialog)
    dialog.form.ask()
    assert dialog.form.name.error
    dialog.form.name.set_text("Refrigerator")
    dialog.form.code.set_text("T1")
    dialog.form.ask()
    assert dialog.refusals.problem is not None
    dialog.form.code.set_text("F1")
    dialog.form.places.editor.setCurrentIndex(1)
    dialog.form.ask()
    unit = storing.units(pharmacy)["F1"]
    assert unit.labelling.places == "by_row"
    assert view.unit.editor.count() == 2


def test_the_map_of_a_box_is_shown_as_a_paper(view: StorageView) -> None:
    view.paper.click()
    preview = in_front(DocumentPreview)
    assert preview.isVisible()
    preview.reject()


def test_the_kits_that_wait_for_their_doses_are_listed_in_one_paper(
    page: StockPage, view: StorageView, stocked: MadeSite, pharmacy: Pharmacy
) -> None:
    assert view.pick.reason
    subject = pharmacies.enrolled(stocked, pharmacy, "01-001", "A")
    dosing.assign(pharmacy, dosing.open_dose(pharmacy, subject, "W0"))
    page.refresh(frozenset())
    view.pick.click()
    in_front(DocumentPreview).reject()


def test_a_kit_taken_out_for_a_dose_is_put_back_with_a_reason(
    page: StockPage, stocked: MadeSite, pharmacy: Pharmacy
) -> None:
    subject = pharmacies.enrolled(stocked, pharmacy, "01-001", "A")
    dose_id = dosing.open_dose(pharmacy, subject, "W0")
    number = dosing.assign(pharmacy, dose_id).kit.kit_number
    came = kit(pharmacy, number).position
    dosing.scan_kit(pharmacy, dose_id, Scanned(number))
    dosing.take_out(pharmacy, dose_id)
    page.refresh(frozenset())
    page.put_away.show()
    page.put_away.take(RawScan(number))
    assert page.put_away.position.text == came
    page.put_away.put_there()
    assert kit(pharmacy, number).state is KitState.OUT_OF_STORAGE
    page.put_away.because.set_text("fever")
    page.put_away.put_there()
    back = kit(pharmacy, number)
    assert (back.state, back.position) == (KitState.AVAILABLE, came)


def test_a_single_move_counts_from_the_scan_or_as_long_as_is_entered(
    page: StockPage, stocked: MadeSite, pharmacy: Pharmacy
) -> None:
    first, second = stocked.kits[CELLS][:2]
    page.put_away.show()
    page.put_away.take(RawScan(first))
    stocked.clock.advance(timedelta(seconds=50))
    page.put_away.take(RawScan("T1-R2-B01-A1"))
    assert kit(pharmacy, first).seconds_out == 50
    page.put_away.show()
    page.put_away.take(RawScan(second))
    page.put_away.minutes.set_value(Decimal(4))
    page.put_away.take(RawScan("T1-R2-B01"))
    page.put_away.put_there()
    moved = kit(pharmacy, second)
    assert (moved.position, moved.seconds_out) == ("T1-R2-B01-A2", 240)


def test_time_out_is_shown_against_its_budget(
    page: StockPage, stocked: MadeSite, pharmacy: Pharmacy
) -> None:
    number = stocked.kits[CELLS][0]
    since = stocked.clock.now() - timedelta(minutes=121)
    storing.stow(pharmacy, Scanned(number), "T1-R2-B01-A1", out_since=since)
    page.refresh(frozenset())
    page._show_kit(number)
    assert "121" in page.time_out.accessibleName()
    assert "120" in page.time_out.accessibleName()


def test_a_unit_that_is_checked_says_so(view: StorageView, pharmacy: Pharmacy) -> None:
    unit_checks.check(pharmacy, "T1", temperature_c=Decimal("-188.5"))
    view.refresh()
    assert "188.5" in view._standing.accessibleName()
