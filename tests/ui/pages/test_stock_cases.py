"""Excursions and lots in the Stock page: from a file to the decision, a recall, over-labels."""

from datetime import UTC, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.kits import KitState
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import lots as lot_queries
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.signature import SignatureDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.stock import StockPage, View
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.receiving.logger_questions import LoggerQuestions
from pharmacy_app.ui.storage.case_dialog import CaseDialog
from pharmacy_app.ui.storage.decide import DecisionDialog
from pharmacy_app.ui.storage.look_back import LookBackDialog
from pharmacy_app.ui.storage.lot_dialogs import ExpiryDialog, OverlabelDialog, ResultDialog
from pharmacy_app.workflows import excursions
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


def states(desk: Desk) -> set[KitState]:
    found = kit_queries.states(pharmacy_of(desk).reader)
    return {state for state, number in found.items() if number}


def test_a_units_file_leads_to_its_kits_and_these_to_the_decision(
    page: StockPage, site_desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page.views.choose(View.CASES)
    assert page.cases.none.isVisible()
    pharmacy = pharmacy_of(site_desk)
    now = pharmacy.now().astimezone(UTC)
    rows = [
        f"{now + timedelta(minutes=10 * n):%Y-%m-%d %H:%M:%S},{celsius}"
        for n, celsius in enumerate((-180, -120, -180))
    ]
    file = tmp_path / "tank.csv"
    file.write_text("Time,Temp (°C)\n" + "\n".join(rows) + "\n", encoding="utf-8")
    page.cases.read_file(file)
    questions = front(LoggerQuestions)
    for field, question in zip(questions.fields, questions._questions, strict=True):
        field.set_value("UTC" if question.name == "zone" else question.choices[0])
    questions.answer()
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
