"""At the window: a package that amends the protocol, another kit given, a deviation closed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.records.queries.unblinded import doses as queries
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.ui.account.findings import Deviations
from pharmacy_app.ui.application import Application
from pharmacy_app.ui.bench.handing import OverPanel
from pharmacy_app.ui.bench.page import BenchPage
from pharmacy_app.ui.bench.visit import VisitPanel
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.pages.account import AccountPage
from pharmacy_app.ui.pages.receive import ReceivePage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.receiving.package_dialog import PackageDialog
from pharmacy_app.workflows import custody, dosing
from tests import pharmacies, small_trials
from tests.pharmacies import WANG, MadeSite
from tests.ui import workplaces
from tests.ui.workplaces import Desk, in_front, sign
from tests.workflows.test_amendments import amended

SUBJECT = SubjectId("01-001")


@pytest.fixture
def opened(shelved: MadeSite, tmp_path: Path, desk: Application) -> Iterator[Desk]:
    made = pharmacies.copied(shelved, tmp_path / "site", tmp_path.name)
    with workplaces.opened_desk(made, desk) as at_desk:
        yield at_desk


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def closed(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=10_000)


def test_a_package_that_amends_the_protocol_is_read_signed_and_in_force(
    opened: Desk, qtbot: QtBot
) -> None:
    page = opened.show(Place.RECEIVE, ReceivePage)
    assert isinstance(page, ReceivePage)
    trial = amended(opened.pharmacy, days=0)
    page.offer_package(pharmacies.repacked(opened.made, trial))
    dialog = in_front()
    assert isinstance(dialog, PackageDialog)
    said = texts(dialog)
    assert "dose.target_cells  150000000 → 120000000" in said
    assert "Smaller dose" in said
    dialog.go()
    sign(WANG)
    closed(qtbot)
    assert opened.pharmacy.trial.version == 2


def test_a_package_without_changes_is_imported_at_once(opened: Desk) -> None:
    page = opened.show(Place.RECEIVE, ReceivePage)
    assert isinstance(page, ReceivePage)
    page.offer_package(pharmacies.repacked(opened.made, opened.pharmacy.trial))
    dialog = in_front()
    assert isinstance(dialog, PackageDialog)
    assert "stays" in texts(dialog)
    dialog.use.click()
    assert len(site_queries.packages(opened.pharmacy.reader)) == 2


def bench_with(opened: Desk, dose_id: str) -> tuple[BenchPage, OverPanel]:
    page = opened.show(Place.BENCH, BenchPage)
    assert isinstance(page, BenchPage)
    page.open_subject(dose_id)
    assert isinstance(page.panel, OverPanel)
    return page, page.panel


def test_another_kit_is_told_at_the_bench_and_its_deviation_closed_in_the_account(
    opened: Desk, qtbot: QtBot
) -> None:
    pharmacies.enrolled(opened.made, opened.pharmacy, SUBJECT, "A")
    dose_id = pharmacies.handed_over(opened.made, opened.pharmacy, SUBJECT)
    pharmacies.reported(opened.made, opened.pharmacy, dose_id)
    _, panel = bench_with(opened, dose_id)
    panel.wrong_kit.click()
    asked = in_front()
    assert isinstance(asked, QuestionsDialog)
    given = opened.made.kits[small_trials.SHAM][0]
    for field, answer in zip(asked.fields, (given, "two bags on one tray"), strict=True):
        field.set_text(answer)
    asked.answer()
    sign(WANG)
    closed(qtbot)
    wrong = dosing.dose(opened.pharmacy, dose_id).wrong_kit
    assert wrong is not None
    assert wrong.given == given
    account = opened.show(Place.ACCOUNT, AccountPage)
    assert isinstance(account, AccountPage)
    account.views.choose(6)
    view = account.view
    assert isinstance(view, Deviations)
    view.refresh()
    account.refresh(frozenset())
    assert "two bags on one tray" in view.note.text()
    account.act.click()
    how = in_front()
    assert isinstance(how, QuestionsDialog)
    how.fields[0].set_text("investigator and sponsor told")
    how.answer()
    sign(WANG)
    closed(qtbot)
    assert queries.deviations(opened.pharmacy.reader) == []
    assert "investigator and sponsor told" in view.note.text()


def test_a_returned_dose_leads_to_its_visit_again_and_asks_why(opened: Desk) -> None:
    pharmacies.enrolled(opened.made, opened.pharmacy, SUBJECT, "A")
    dose_id = pharmacies.handed_over(opened.made, opened.pharmacy, SUBJECT)
    custody.return_bag(opened.pharmacy, dose_id, "Nurse", "no vein")
    page, panel = bench_with(opened, dose_id)
    panel.go()
    assert isinstance(page.panel, VisitPanel)
    visit = page.panel
    assert not visit.reason.isHidden()
    visit.go()
    assert "visit.repeat_reason" in str(visit.refusals.problem)
    visit.reason.set_text("a vein was found")
    opened.made.clock.advance(timedelta(minutes=1))
    visit.go()
    assert page.bench.at_hand.dose_id != dose_id
