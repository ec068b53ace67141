"""Excursions and lots in the Stock page: from a file to the decision, a recall, over-labels."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.locations import Capacity, UnitDetails, UnitKind
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import lots as lot_queries
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.dialogs.signature import SignatureDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.stock import StockPage, View
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.receiving.logger_progress import LoggerProgress
from pharmacy_app.ui.storage.case_dialog import CaseDialog
from pharmacy_app.ui.storage.decide import DecisionDialog
from pharmacy_app.ui.storage.look_back import LookBackDialog
from pharmacy_app.ui.storage.lot_dialogs import ExpiryDialog, OverlabelDialog, ResultDialog
from pharmacy_app.ui.storage.unit_log_dialog import UnitLogDialog
from pharmacy_app.ui.storage.unit_log_preview import UnitLogPreview
from pharmacy_app.workflows import excursions, site, unit_logs
from tests.pharmacies import LI, PASSWORDS, WANG, MadeSite
from tests.ui.pages.conftest import Start, at, give, pharmacy_of, sign_in

Shown = TypeVar("Shown", bound=QDialog)


@pytest.fixture
def window(stocked: MadeSite, start: Start, qtbot: QtBot) -> MainWindow:
    del stocked
    return sign_in(start(), qtbot)


@pytest.fixture
def page(window: MainWindow) -> StockPage:
    shown = at(window, Place.STOCK)
    assert isinstance(shown, StockPage)
    return shown


def front(kind: type[Shown]) -> Shown:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind), dialog
    return dialog


def awaited(qtbot: QtBot, kind: type[Shown]) -> Shown:
    """Return the dialog that the work on another thread ends in."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return front(kind)


def states(desk: Desk) -> set[KitState]:
    found = kit_queries.states(pharmacy_of(desk).reader)
    return {state for state, number in found.items() if number}


def unit_file(folder: Path, begins: datetime, celsius: Sequence[object], serial: str = "") -> Path:
    """Write a logger's file of readings every ten minutes; a pair is two readings of one time."""
    rows = [
        f"{begins + timedelta(minutes=10 * n):%Y-%m-%d %H:%M:%S},{one}"
        for n, both in enumerate(celsius)
        for one in (both if isinstance(both, tuple) else (both,))
    ]
    head = f"Serial,{serial}\n" if serial else ""
    file = folder / "unit.csv"
    text = f"{head}Time (UTC),Temp (°C)\n" + "\n".join(rows) + "\n"
    file.write_text(text, encoding="utf-8")
    return file


def add_refrigerator(desk: Desk) -> None:
    site.add_storage_unit(
        pharmacy_of(desk),
        Capacity("F1", racks=1, boxes=1, rows=2, columns=2),
        "Refrigerator",
        Decimal(8),
        UnitDetails(kind=UnitKind.REFRIGERATOR, coldest_c=Decimal(2)),
    )


def test_a_units_file_leads_to_its_kits_and_these_to_the_decision(
    page: StockPage, site_desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page.views.choose(View.CASES)
    assert page.cases.none.isVisible()
    pharmacy = pharmacy_of(site_desk)
    now = pharmacy.now().astimezone(UTC)
    page.cases.read_file(unit_file(tmp_path, now, (-180, -120, -180)))
    preview = awaited(qtbot, UnitLogPreview)
    assert preview.unit.value == "T1"  # the site has no other
    preview.record.click()
    judged = awaited(qtbot, UnitLogDialog)
    assert not judged.card.plot.isHidden()
    assert "10.0 min in all" in judged.card.statement.text()
    assert "No lower limit" in judged.card.statement.text()
    judged.open_case.click()
    dialog = front(CaseDialog)
    assert dialog.place.text == "T1"
    assert dialog.began.value is not None
    dialog.ask()
    assert dialog.because.error
    dialog.because.set_text("level alarm")
    dialog.began.set_text("2030-01-01 00:00")
    dialog.ended.set_text("2030-01-01 00:10")
    dialog.ask()
    assert dialog.refusals.problem is not None  # to come: said inside, nothing lost
    local = now.astimezone(pharmacy.zone)
    dialog.began.set_text(f"{local:%Y-%m-%d %H:%M}")
    dialog.ended.set_text(f"{local:%Y-%m-%d %H:%M}")
    dialog.ask()
    assert states(site_desk) == {KitState.QUARANTINED}
    assert page.cases.kits.model().rowCount() == 12
    assert page.cases.log.told == unit_logs.logs(pharmacy)[0]
    assert not page.cases.log.plot.isHidden()
    page.cases.decide.click()
    decision = front(DecisionDialog)
    assert len(decision.chosen()) == 12
    decision.decision.set_value(True)
    decision.reference.set_text("QA 7")
    decision.decide()
    give(front(SignatureDialog), PASSWORDS[WANG])
    qtbot.waitUntil(lambda: states(site_desk) == {KitState.AVAILABLE})
    assert excursions.cases(pharmacy)[0].closed_at is not None
    assert page.cases.decide.reason


def test_of_several_units_none_is_assumed_and_a_logger_is_known_by_its_number(
    page: StockPage, site_desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    add_refrigerator(site_desk)
    page.views.choose(View.CASES)
    begins = datetime(2026, 11, 3, 8, tzinfo=UTC)
    file = unit_file(tmp_path, begins, (5, (5, 1), 5, 4), serial="FR-7")
    page.cases.read_file(file)
    preview = awaited(qtbot, UnitLogPreview)
    assert preview.unit.value is None
    preview.record.click()
    assert preview.unit.error
    assert unit_logs.logs(pharmacy_of(site_desk)) == []
    preview.unit.set_value("F1")
    preview.record.click()
    judged = awaited(qtbot, UnitLogDialog)
    told = judged.card.statement.text()
    assert "Below the lower limit of 2 °C: 5.0 min in all, 5.0 at a stretch" in told
    assert "Coldest 1 °C" in told
    judged.card.report.click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), DocumentPreview))
    front(DocumentPreview).reject()
    judged.reject()
    page.cases.read_file(file)
    again = awaited(qtbot, UnitLogPreview)
    assert again.unit.value == "F1"
    again.reject()
    assert len(unit_logs.logs(pharmacy_of(site_desk))) == 1


def test_a_large_file_of_a_unit_can_be_stopped(
    page: StockPage, site_desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page.views.choose(View.CASES)
    begins = datetime(2000, 1, 1, tzinfo=UTC)
    page.cases.read_file(unit_file(tmp_path, begins, [-180] * 300_000))
    awaited(qtbot, LoggerProgress).stop.click()
    qtbot.waitUntil(lambda: not page._workplace.tasks.busy)
    assert QApplication.activeModalWidget() is None
    assert unit_logs.logs(pharmacy_of(site_desk)) == []


def test_a_case_opened_before_shows_its_curve_again_when_the_site_is_opened(
    stocked: MadeSite, start: Start, site_desk: Desk, qtbot: QtBot
) -> None:
    with stocked.signed_in() as opened:
        now = opened.pharmacy.now().astimezone(UTC)
        head = "Serial,T1-P\nTime (UTC),Temp (°C)\n"
        rows = (
            f"{now + n * timedelta(minutes=5):%Y-%m-%d %H:%M:%S},{-180 + 40 * n}\n" for n in (0, 1)
        )
        raw = (head + "".join(rows)).encode()
        read = unit_logs.read_unit_log(opened.pharmacy, "T1", raw, {})
        assert isinstance(read, unit_logs.UnitReading)
        excursions.open_for_unit(
            opened.pharmacy, "T1", (now, now), "level alarm", file=read.told.file
        )
    page = at(sign_in(start(), qtbot), Place.STOCK)
    assert isinstance(page, StockPage)
    page.views.choose(View.CASES)
    qtbot.waitUntil(lambda: not page.cases.log.plot.isHidden())
    page.cases.log.report.click()
    front(DocumentPreview).reject()
    assert pharmacy_of(site_desk).reader is not None


def test_a_failed_result_shows_whom_it_touched_and_the_lot_is_recalled(
    page: StockPage, site_desk: Desk, qtbot: QtBot
) -> None:
    page.views.choose(View.LOTS)
    assert page.lots.table.model().rowCount() == 2
    page.lots.result.click()
    asked = front(ResultDialog)
    asked.tell()
    assert asked.test.error
    asked.test.set_text("sterility, day 14")
    asked.outcome.set_value(False)
    asked.reference.set_text("LAB 9")
    asked.tell()
    found = front(LookBackDialog)
    assert found.kits.model().rowCount() == 6
    found.show_notice("lot L-MSC failed", "fever")
    assert found.refusals.problem is not None
    found.reject()
    page.lots.recall.click()
    questions = QApplication.activeModalWidget()
    assert isinstance(questions, QDialog)
    for field, text in zip(questions.fields, ("R-1", "growth"), strict=True):  # type: ignore[attr-defined] # its fields
        field.set_text(text)
    questions.answer()  # type: ignore[attr-defined] # a dialog of questions
    give(front(SignatureDialog), PASSWORDS[WANG])
    qtbot.waitUntil(lambda: KitState.RECALLED in states(site_desk))
    assert lot_queries.recalled_lots(pharmacy_of(site_desk).reader)
    assert "Withdraw" in page.lots.recall.text()


def test_an_expiry_is_extended_with_a_label_on_every_kit(
    page: StockPage, site_desk: Desk, qtbot: QtBot
) -> None:
    page.views.choose(View.LOTS)
    assert page.lots.overlabel.reason
    page.lots.extend.click()
    asked = front(ExpiryDialog)
    asked.day.set_text("2031-12-31")
    asked.reference.set_text("EXT 1")
    asked.tell()
    give(front(SignatureDialog), PASSWORDS[WANG])
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), OverlabelDialog))
    labels = front(OverlabelDialog)
    numbers = [kit.kit_number for kit in labels._listed]
    assert len(numbers) == 12
    assert not labels.tick("KXXXXXXX")
    assert all(labels.tick(number) for number in numbers)
    labels.printed.set_value(Decimal(12))
    labels.tell()
    give(front(SignatureDialog), PASSWORDS[WANG], PASSWORDS[LI])
    reader = pharmacy_of(site_desk).reader
    qtbot.waitUntil(lambda: lot_queries.open_extensions(reader) == [])
    assert page.lots.table.selected().expiry.year == 2031  # type: ignore[union-attr] # one is selected


def test_every_view_is_told_in_the_language_in_force(page: StockPage) -> None:
    for view in View:
        page.views.choose(view)
        shown = [part.isVisible() for part in page._parts()]
        assert shown == [number == view for number in range(len(View))]
    page.retranslate()
    assert page.cases.open.text()
    assert page.lots.file.text()
