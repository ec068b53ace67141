from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.assumptions import Assumptions
from pharmacy_app.domain.chances import Observed
from pharmacy_app.domain.events.readiness import ABOUT, PRINTED, ReadinessWithdrawn
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.system.clock import SetClock
from pharmacy_app.ui import language, theme
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.stock import StockPage
from pharmacy_app.ui.pages.today import TodayPage
from pharmacy_app.ui.palettes import ThemeName
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.readiness.forecast import ForecastView
from pharmacy_app.ui.readiness.view import ReadinessView
from pharmacy_app.ui.readiness.ward import WardView
from pharmacy_app.ui.widgets.surfaces import Badge
from pharmacy_app.workflows import enrolment, stock, today
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.today import AlarmKind
from tests.pharmacies import MadeSite, enrolled
from tests.small_trials import CELLS
from tests.ui.pages.conftest import Start, at, pharmacy_of, sign_in
from tests.ui.workplaces import in_front, sign

DAYS, FORECAST, WARD = range(3)


@pytest.fixture
def window(stocked: MadeSite, start: Start, qtbot: QtBot) -> MainWindow:
    del stocked
    return sign_in(start(), qtbot)


@pytest.fixture
def page(window: MainWindow) -> TodayPage:
    found = at(window, Place.TODAY)
    assert isinstance(found, TodayPage)
    return found


@pytest.fixture
def pharmacy(page: TodayPage, site_desk: Desk) -> Pharmacy:
    del page
    return pharmacy_of(site_desk)


def opened(page: TodayPage, number: int) -> ReadinessView:
    page.open_readiness.click()
    assert page.readiness is not None
    page.readiness.segments.choose(number)
    return page.readiness


def run(view: ForecastView, qtbot: QtBot, per_month: str = "2") -> None:
    view.settings.rate.set_value(Decimal(per_month))
    with qtbot.waitSignal(view.told_changed, timeout=30_000):
        view.run.click()


def test_readiness_is_opened_from_today_and_left_again_with_esc(
    page: TodayPage, qtbot: QtBot
) -> None:
    opened(page, DAYS)
    assert page.title == "Readiness"
    assert page.back.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.title.startswith("Today")
    assert not page.back.isVisible()


def test_readiness_is_opened_from_stock(window: MainWindow) -> None:
    found = at(window, Place.STOCK)
    assert isinstance(found, StockPage)
    found.readiness.click()
    assert window.place is Place.TODAY
    assert window.page is not None
    assert window.page.title == "Readiness"


def test_days_without_a_visit_say_so_and_days_with_enough_too(
    page: TodayPage, pharmacy: Pharmacy, stocked: MadeSite
) -> None:
    view = opened(page, DAYS)
    assert view.days.sum.accessibleName() == "No visit is planned in the next 14 days."
    enrolled(stocked, pharmacy, "01-001", "A")
    page.refresh(frozenset())
    assert view.days.sum.accessibleName() == "Enough for every visit of the next 14 days"
    assert view.days.chart.accessibleDescription().splitlines() == [
        "11-22: S1 · A needs 1, has 6",
        "11-29: S1 · A needs 1, has 5",
    ]


def test_first_day_with_too_few_kits_is_named_with_what_stands_in_the_way(
    page: TodayPage, pharmacy: Pharmacy, stocked: MadeSite
) -> None:
    enrolled(stocked, pharmacy, "01-001", "A")
    for number in stocked.kits[CELLS][:-1]:
        stock.quarantine(pharmacy, Scanned(number), "frost")
    view = opened(page, DAYS)
    assert view.days.sum.accessibleName() == "Too few from 2026-11-29: Cells, 1 missing that day"
    assert "Cells: in quarantine 5" in view.days.notes.text()
    assert "needs 1, has 0: too few" in view.days.chart.accessibleDescription()


def test_visits_of_an_undrawn_arm_are_told_apart(page: TodayPage, pharmacy: Pharmacy) -> None:
    enrolment.enrol(pharmacy, "01-001", "Dr Zhao", "REQ-1")
    view = opened(page, DAYS)
    assert view.days.notes.text().endswith("not counted: 2")


def test_forecast_without_history_asks_for_a_rate(page: TodayPage) -> None:
    view = opened(page, FORECAST).forecast
    met: list[object] = []
    view.problem.connect(met.append)
    assert "No history of enrolment yet" in view.settings.rate.editor.accessibleDescription()
    view.run.click()
    (problem,) = met
    assert isinstance(problem, Refused)
    assert [one.rule for one in problem.violations] == ["readiness.no_rate"]


def test_setting_left_out_is_asked_for_and_nothing_runs(page: TodayPage) -> None:
    view = opened(page, FORECAST).forecast
    view.settings.whole["weeks"].set_value(None)
    view.run.click()
    assert view.settings.whole["weeks"].error == "Fill it in."
    assert view.run.isVisible()


def test_forecast_is_run_on_enter_and_told_for_each_source(page: TodayPage, qtbot: QtBot) -> None:
    view = opened(page, FORECAST).forecast
    view.settings.rate.set_value(Decimal(4))
    with qtbot.waitSignal(view.told_changed, timeout=30_000):
        QTest.keyClick(page, Qt.Key.Key_Return)
    assert view.told is not None
    assert view.told.assumed == Assumptions(per_month=Decimal(4))
    said = [badge.accessibleName() for badge in view.sums]
    assert said[0].startswith("Runs short by 202")
    assert said[1].startswith(("Order now: 6 usable", "Re-order point: "))
    assert said[2].endswith("of 6")
    first = view.band.accessibleDescription()
    view.source.editor.setCurrentIndex(1)
    assert view.band.accessibleDescription() != first
    assert "in date beyond" in view.expiry.accessibleDescription()


def test_forecast_stays_while_the_language_changes(page: TodayPage, qtbot: QtBot) -> None:
    view = opened(page, FORECAST).forecast
    run(view, qtbot)
    view.source.editor.setCurrentIndex(1)
    language.apply("zh")
    try:
        qtbot.waitUntil(lambda: view.source.editor.currentText() == "白蛋白")
        assert view.sums[2].accessibleName().startswith("26 周内预计过期未用")
    finally:
        language.apply("en")
    assert view.source.editor.currentIndex() == 1


def test_window_stays_alive_under_a_long_forecast_which_can_be_stopped(
    page: TodayPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened(page, FORECAST).forecast
    long = Assumptions(per_month=Decimal(50), runs=100_000)
    monkeypatch.setattr(view.settings, "assumed", lambda: long)
    view.run.click()
    assert view.stop.isVisible()
    qtbot.waitUntil(lambda: view.progress.value() > 0, timeout=10_000)
    opened(page, DAYS)
    assert page.readiness is not None
    assert page.readiness.days.isVisible()
    opened(page, FORECAST)
    view.stop.click()
    qtbot.waitUntil(view.run.isVisible, timeout=10_000)
    assert view.told is None
    assert view.empty.isVisible()


def test_history_of_the_site_is_taken_where_no_rate_is_stated(
    page: TodayPage, pharmacy: Pharmacy, stocked: MadeSite, clock: SetClock, qtbot: QtBot
) -> None:
    for number in range(1, 4):
        enrolled(stocked, pharmacy, f"01-00{number}", "A")
        clock.advance(timedelta(days=15))
    view = opened(page, FORECAST).forecast
    assert "1.4 a month (2 in 45 days)" in view.settings.rate.editor.accessibleDescription()
    with qtbot.waitSignal(view.told_changed, timeout=30_000):
        view.run.click()
    assert view.told is not None
    assert view.told.rate == Observed(2, 45)


def test_unblinded_paper_holds_the_forecast_that_was_made(
    page: TodayPage, pharmacy: Pharmacy, qtbot: QtBot
) -> None:
    view = opened(page, FORECAST)
    run(view.forecast, qtbot)
    view.forecast.paper.click()
    shown = in_front()
    assert isinstance(shown, DocumentPreview)
    shown.printed.emit("desk printer")
    shown.reject()
    (printed,) = pharmacy.ledger.history(f"paper/{PRINTED}")
    assert getattr(printed.event, "document", "") == "readiness"


def test_promise_is_signed_told_and_withdrawn(
    page: TodayPage, pharmacy: Pharmacy, stocked: MadeSite, qtbot: QtBot
) -> None:
    enrolled(stocked, pharmacy, "01-001", "A")
    view = opened(page, WARD).ward
    assert view.card.standing.accessibleName() == "No promise is in force."
    assert view.card.withdraw.reason == "No promise is in force."
    assert [cover.doses for cover in view.card.chosen()] == [5]
    view.card.promise.click()
    with qtbot.waitSignal(view.changed):
        sign(pharmacy.person.person_id)
    assert view.card.standing.accessibleName() == "Promised up to 2026-11-29, borne out by stock"
    qtbot.waitUntil(lambda: ward_says(view) == ["yes", "yes"])
    assert view.told.one_more.accessibleName() == "Ready for one more subject"
    view.card.withdraw.click()
    asked = in_front()
    assert isinstance(asked, QuestionsDialog)
    asked.fields[0].set_text("the Monday round")
    asked.answer()
    with qtbot.waitSignal(view.changed):
        sign(pharmacy.person.person_id)
    assert isinstance(pharmacy.ledger.history(ABOUT)[-1].event, ReadinessWithdrawn)
    qtbot.waitUntil(lambda: ward_says(view) == ["no", "no"])


def ward_says(view: WardView) -> list[str]:
    said = [badge.accessibleName() for badge in view.findChildren(Badge) if badge.isVisible()]
    return [text for text in said if text in {"yes", "no"}]


def test_stock_that_no_longer_bears_the_promise_is_told_to_the_pharmacy_alone(
    page: TodayPage, pharmacy: Pharmacy, stocked: MadeSite, qtbot: QtBot
) -> None:
    enrolled(stocked, pharmacy, "01-001", "A")
    view = opened(page, WARD).ward
    view.card.promise.click()
    with qtbot.waitSignal(view.changed):
        sign(pharmacy.person.person_id)
    for number in stocked.kits[CELLS][:-1]:
        stock.quarantine(pharmacy, Scanned(number), "frost")
    page.refresh(frozenset())
    page.show_day()
    assert not view.isVisible()
    (alarm,) = [
        one for one in today.alarms(pharmacy, stocked.folder) if one.kind is AlarmKind.PROMISE
    ]
    page.alarms.chosen.emit(alarm)
    assert view.isVisible()
    told = "Stock no longer bears it out: restock or withdraw."
    assert view.card.standing.accessibleName() == told
    assert view.card.promise.reason == "Of one kind of kit there are too few."
    qtbot.waitUntil(lambda: ward_says(view) == ["yes", "yes"])


def test_paper_for_the_ward_is_blinded_and_recorded(page: TodayPage, pharmacy: Pharmacy) -> None:
    view = opened(page, WARD).ward
    view.told.paper.click()
    shown = in_front()
    assert isinstance(shown, DocumentPreview)
    shown.printed.emit("ward printer")
    shown.reject()
    (printed,) = pharmacy.ledger.history(f"paper/{PRINTED}")
    assert getattr(printed.event, "document", "") == "blinded-readiness"


@pytest.mark.parametrize("look", ["light", "dark"])
def test_charts_are_painted_in_both_themes(page: TodayPage, qtbot: QtBot, look: ThemeName) -> None:
    view = opened(page, FORECAST).forecast
    run(view, qtbot)
    theme.apply(look)
    try:
        grey = (
            view.band.grab()
            .toImage()
            .convertToFormat(view.band.grab().toImage().Format.Format_Grayscale8)
        )
    finally:
        theme.apply("light")
    shades = {
        grey.pixelColor(x, y).value()
        for x in range(0, grey.width(), 3)
        for y in range(0, grey.height(), 3)
    }
    assert len(shades) > 20
    assert max(shades) - min(shades) > 120


@pytest.mark.parametrize("number", [DAYS, FORECAST, WARD])
def test_everything_that_takes_the_focus_has_a_name(
    page: TodayPage, qtbot: QtBot, number: int
) -> None:
    view = opened(page, number)
    if number == FORECAST:
        run(view.forecast, qtbot)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in view.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []
