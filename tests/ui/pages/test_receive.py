from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.codes import ConfirmScanDialog
from pharmacy_app.ui.dialogs.dialog import Dialog
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.dialogs.signature import SignatureDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.receive import ReceivePage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.receiving.logger_preview import LoggerPreview
from pharmacy_app.ui.receiving.logger_progress import LoggerProgress
from pharmacy_app.ui.receiving.logger_questions import LoggerQuestions
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.workflows import logger_profiles, receiving
from tests.pharmacies import PASSWORDS, SHIPMENT, WANG, MadeSite
from tests.ui.pages.conftest import Start, at, give, pharmacy_of, sign_in

DialogT = TypeVar("DialogT", bound=Dialog)
LOGGERS = Path(__file__).parents[2] / "data" / "loggers"


@pytest.fixture
def window(made: MadeSite, start: Start, qtbot: QtBot) -> MainWindow:
    del made
    return sign_in(start(), qtbot)


@pytest.fixture
def page(window: MainWindow) -> ReceivePage:
    shown = at(window, Place.RECEIVE)
    assert isinstance(shown, ReceivePage)
    return shown


@pytest.fixture
def opened(page: ReceivePage) -> ReceivePage:
    page.form.seals.set_value(True)
    page.form.tilt.set_value(True)
    page.form.open.click()
    return page


def every_kit(made: MadeSite) -> list[str]:
    return sorted(str(number) for kits in made.kits.values() for number in kits)


def receipt(desk: Desk) -> receiving.Receipt:
    return receiving.receipt(pharmacy_of(desk), SHIPMENT)


def test_shipper_is_not_opened_before_both_findings_are_said(
    page: ReceivePage, site_desk: Desk
) -> None:
    page.form.open.click()
    assert page.form.seals.error == "Say what you found."
    assert receipt(site_desk).opened is None


def test_broken_seal_warns_that_every_kit_waits(page: ReceivePage) -> None:
    page.form.seals.set_value(False)
    page.form.seals.chosen.emit(False)
    assert not page.form.findChildren(type(page.form.open))[0].isHidden()
    assert "quarantine" in page.form._warning.text()


def test_scanned_kit_is_told_large_and_counted(
    opened: ReceivePage, window: MainWindow, made: MadeSite, site_desk: Desk
) -> None:
    number = every_kit(made)[0]
    window.give_scan(RawScan(number))
    assert opened.view.feedback.accessibleName() == f"{number} on the advice, taken as intact"
    assert receipt(site_desk).examined == {number: Condition.INTACT}
    assert "11" in opened.view.sign.reason


def test_kit_not_on_the_advice_is_recorded_as_unexpected(
    opened: ReceivePage, window: MainWindow, site_desk: Desk
) -> None:
    window.give_scan(RawScan("KXXXXXXX"))
    assert receipt(site_desk).unexpected == ("KXXXXXXX",)
    assert "not on the advice" in opened.view.feedback.accessibleName()


def test_unreadable_scan_must_be_confirmed_before_the_work_goes_on(
    opened: ReceivePage, window: MainWindow, site_desk: Desk
) -> None:
    window.give_scan(RawScan("??"))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ConfirmScanDialog)
    window.give_scan(RawScan("KXXXXXXX"))
    assert receipt(site_desk).examined == {}
    dialog.close()
    assert opened.isVisible()


def test_damage_needs_its_description(
    opened: ReceivePage, window: MainWindow, made: MadeSite, site_desk: Desk
) -> None:
    number = every_kit(made)[3]
    window.give_scan(RawScan(number))
    opened.view.damaged.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QuestionsDialog)
    dialog.answer()
    assert dialog.fields[0].error
    dialog.fields[0].set_text("cracked cap")
    dialog.answer()
    assert receipt(site_desk).examined[number] is Condition.DAMAGED  # type: ignore[index]  # by text


def test_receipt_is_signed_and_kits_put_away_at_the_places_proposed(
    opened: ReceivePage, window: MainWindow, made: MadeSite, site_desk: Desk, qtbot: QtBot
) -> None:
    kits = every_kit(made)
    for number in kits[:-1]:
        window.give_scan(RawScan(number))
    opened.mark_missing()
    assert opened.view.sign.reason == ""
    opened.view.sign.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SignatureDialog)
    give(dialog, PASSWORDS[WANG])
    qtbot.waitUntil(lambda: receipt(site_desk).shipment.state == "received")
    window.give_scan(RawScan(kits[0]))
    assert opened.view.put_away.position.text == "T1-R1-B01-A1"
    opened.view.put_away.put.click()
    window.give_scan(RawScan(kits[1]))
    window.give_scan(RawScan("T1-R1-B01-C5"))
    lines = {line.number: line.kit for line in opened._lines(receipt(site_desk))}
    places = [kit.position for kit in lines.values() if kit is not None and kit.position]
    assert places == ["T1-R1-B01-A1", "T1-R1-B01-C5"]


def test_wrong_password_is_told_in_the_dialog_and_nothing_is_signed(
    opened: ReceivePage, site_desk: Desk, qtbot: QtBot
) -> None:
    opened.mark_missing()
    opened.view.sign.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SignatureDialog)
    give(dialog, "not the password")
    qtbot.waitUntil(lambda: not opened._workplace.tasks.busy)
    assert receipt(site_desk).shipment.state == "open"
    assert dialog.isVisible()
    dialog.reject()


def awaited(qtbot: QtBot, kind: type[DialogT]) -> DialogT:
    """Return the dialog that the reading on another thread ends in."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def test_logger_file_with_an_excursion_is_drawn_and_quarantines_every_kit(
    opened: ReceivePage, window: MainWindow, made: MadeSite, site_desk: Desk, qtbot: QtBot
) -> None:
    window.give_scan(RawScan(every_kit(made)[0]))
    raw = (LOGGERS / "hobo_shipper_excursion.csv").read_bytes()
    opened.read_logger(raw, {})
    preview = awaited(qtbot, LoggerPreview)
    assert receipt(site_desk).logger is None
    preview.record.click()
    found = receipt(site_desk)
    assert found.logger is not None
    assert found.logger.excursion
    assert [one.rule for one in found.outcomes] == ["shipment.excursion"]
    assert not opened.view.logger.plot.isHidden()
    opened.view.logger.report.click()
    assert isinstance(QApplication.activeModalWidget(), DocumentPreview)


def test_ambiguous_logger_file_is_asked_about_and_never_guessed(
    opened: ReceivePage, site_desk: Desk, qtbot: QtBot
) -> None:
    opened.read_logger((LOGGERS / "ambiguous_dates_decimal_comma.csv").read_bytes(), {})
    dialog = awaited(qtbot, LoggerQuestions)
    assert receipt(site_desk).logger is None
    dialog.answer()
    assert any(field.error for field in dialog.fields)
    dialog.fields[0].set_value("dmy")
    dialog.answer()
    preview = awaited(qtbot, LoggerPreview)
    assert any("day, month, year" in label.text() for label in preview.findChildren(QLabel))
    preview.reject()
    assert receipt(site_desk).logger is None


def test_what_was_answered_once_is_known_for_the_next_file_and_can_be_asked_again(
    opened: ReceivePage, site_desk: Desk, qtbot: QtBot
) -> None:
    raw = (LOGGERS / "utf16be_no_mark.csv").read_bytes()
    opened.read_logger(raw, {})
    awaited(qtbot, LoggerQuestions).answer()
    awaited(qtbot, LoggerPreview).record.click()
    opened.read_logger(raw, {})
    preview = awaited(qtbot, LoggerPreview)
    assert any("Known of this logger" in label.text() for label in preview.findChildren(QLabel))
    preview.again.click()
    awaited(qtbot, LoggerQuestions).reject()
    assert [p.serial for p in logger_profiles.profiles(pharmacy_of(site_desk))] == ["8810"]


def test_reading_a_large_file_shows_how_far_it_is_and_can_be_stopped(
    opened: ReceivePage, site_desk: Desk, qtbot: QtBot
) -> None:
    lines = (
        f"2026-11-{n // 86400 + 3:02} {n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02};-190\n"
        for n in range(300_000)
    )
    opened.read_logger(("Time (UTC);Temp C\n" + "".join(lines)).encode(), {})
    progress = awaited(qtbot, LoggerProgress)
    assert 0 < progress.bar.value() < progress.bar.maximum() == 300_001
    progress.stop.click()
    qtbot.waitUntil(lambda: not opened.reading.busy)
    assert QApplication.activeModalWidget() is None
    assert receipt(site_desk).logger is None


def test_file_that_is_no_logger_file_is_refused_over_the_page(
    opened: ReceivePage, window: MainWindow, qtbot: QtBot
) -> None:
    opened.read_logger(b"\x00\x01\x02", {})
    qtbot.waitUntil(lambda: window.refusals.problem is not None)
    assert window.refusals.problem is not None
