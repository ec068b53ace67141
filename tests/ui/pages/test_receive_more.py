"""The rare acts of Receive at the window: done earlier, an advice of its own, papers, a late file."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.ids import ShipmentId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.exchange.advice import read_advice
from pharmacy_app.exchange.receipts import read_receipt
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.system.clock import SetClock
from pharmacy_app.ui import language
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.dialogs.signature import SignatureDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.receive import ReceivePage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.receiving.advice_dialog import AdviceDialog
from pharmacy_app.ui.receiving.earlier import EarlierDialog
from pharmacy_app.ui.receiving.logger_preview import LoggerPreview
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.wording import Language
from pharmacy_app.workflows import receiving
from tests.pharmacies import PASSWORDS, SHIPMENT, WANG, MadeSite, make_site
from tests.small_trials import small_trial
from tests.ui.pages.conftest import Start, at, copied, give, pharmacy_of, sign_in

Asked = TypeVar("Asked", bound=QDialog)


def asking_for_the_file(folder: Path, *, late_file_releases: bool) -> MadeSite:
    trial = small_trial()
    limits = msgspec.structs.replace(
        trial.cold_chain,
        logger_required=True,
        shipper_limit_c=Decimal(-150),
        late_file_releases=late_file_releases,
    )
    trial = msgspec.structs.replace(trial, cold_chain=limits)
    return make_site(folder / "vault", trial=trial, kits_of_each=2)


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    """A site whose shipment is on its way; its logger's file is asked for, and may come late."""
    return asking_for_the_file(tmp_path_factory.mktemp("waiting"), late_file_releases=True)


@pytest.fixture(scope="module")
def sponsor_decides(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    """The same, but the sponsor decides on kits whose file came late."""
    return asking_for_the_file(tmp_path_factory.mktemp("decides"), late_file_releases=False)


@pytest.fixture
def made(waiting: MadeSite, site_desk: Desk, clock: SetClock) -> MadeSite:
    return copied(waiting, site_desk, clock)


@pytest.fixture
def window(made: MadeSite, start: Start, qtbot: QtBot) -> MainWindow:
    del made
    return sign_in(start(), qtbot)


@pytest.fixture
def page(window: MainWindow) -> ReceivePage:
    shown = at(window, Place.RECEIVE)
    assert isinstance(shown, ReceivePage)
    return shown


def dialog(kind: type[Asked]) -> Asked:
    shown = QApplication.activeModalWidget()
    assert isinstance(shown, kind)
    return shown


def numbers(made: MadeSite) -> list[str]:
    return sorted(str(number) for kits in made.kits.values() for number in kits)


def for_earlier(page: ReceivePage, at_: str, why: str = "the computer was down") -> None:
    page.more.button.earlier.trigger()
    asked = dialog(EarlierDialog)
    asked.at.set_text(at_)
    asked.reason.set_text(why)
    asked.answer()


def open_shipper(page: ReceivePage) -> None:
    page.form.seals.set_value(True)
    page.form.tilt.set_value(True)
    page.form.open.click()


def sign_receipt(
    page: ReceivePage,
    window: MainWindow,
    made: MadeSite,
    qtbot: QtBot,
    *,
    before_signing: Callable[[], bool] = lambda: True,
) -> None:
    open_shipper(page)
    for number in numbers(made):
        window.give_scan(RawScan(number))
    assert before_signing()
    page.view.sign.click()
    give(dialog(SignatureDialog), PASSWORDS[WANG])
    qtbot.waitUntil(lambda: page.view.waits_for_places)


def read_late(page: ReceivePage, celsius: str, qtbot: QtBot) -> None:
    times = [f"2026-11-{day:02} {hour:02}:00" for day in (20, 21) for hour in range(24)]
    rows = "".join(f"{when},{celsius}.0\n" for when in times[1:])
    page.read_logger(f"Time (UTC),Temp (C)\n{rows}".encode(), {})
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), LoggerPreview))
    dialog(LoggerPreview).record.click()


def test_what_was_done_earlier_is_recorded_with_its_time_and_reason_until_it_is_ended(
    page: ReceivePage, window: MainWindow, made: MadeSite, site_desk: Desk, clock: SetClock
) -> None:
    clock.advance(timedelta(hours=3))
    for_earlier(page, "2026-11-22 08:10")
    assert page.more.strip.isVisible()
    page.form.arrived.set_text("2026-11-22 07:40")
    open_shipper(page)
    first, second, *_ = numbers(made)
    window.give_scan(RawScan(first))
    page.more.strip.end.click()
    assert not page.more.strip.isVisible()
    window.give_scan(RawScan(second))
    ledger = pharmacy_of(site_desk).ledger
    *_, opened, checked, earlier, now = ledger.history(f"shipment/{SHIPMENT}")
    del checked
    for recorded in (opened, earlier):
        assert f"{recorded.occurred_at:%H:%M}" == "00:10"  # 08:10 in Shanghai
        assert recorded.reason == "the computer was down"
        assert recorded.recorded_at > recorded.occurred_at
    assert now.recorded_at == now.occurred_at
    shipper = receiving.receipt(pharmacy_of(site_desk), SHIPMENT).shipper
    assert shipper is not None
    assert shipper.checked is not None
    assert shipper.checked.arrived_at is not None


def test_an_earlier_time_needs_a_whole_time_and_a_reason(page: ReceivePage) -> None:
    page.more.button.earlier.trigger()
    asked = dialog(EarlierDialog)
    asked.answer()
    assert asked.at.error
    assert asked.reason.error
    asked.reject()
    assert page.more.earlier is None
    assert not page.more.button.earlier.isChecked()


def test_half_a_time_of_arrival_is_refused_before_anything_is_recorded(
    page: ReceivePage, site_desk: Desk
) -> None:
    page.form.arrived.set_text("2026-11-22")
    open_shipper(page)
    assert page.form.arrived.error
    assert receiving.receipt(pharmacy_of(site_desk), SHIPMENT).opened is None


def test_an_earlier_time_ends_with_the_signature(
    page: ReceivePage, window: MainWindow, made: MadeSite, clock: SetClock, qtbot: QtBot
) -> None:
    clock.advance(timedelta(hours=3))
    for_earlier(page, "2026-11-22 08:10")
    sign_receipt(page, window, made, qtbot)
    assert page.more.earlier is None
    assert not page.more.button.earlier.isVisible()


def test_an_advice_is_shown_as_it_was_read_and_needs_the_message_it_came_with(
    page: ReceivePage, made: MadeSite, site_desk: Desk
) -> None:
    first, second, *_ = numbers(made)
    lines = "".join(f"SH-2,2026-11-21T08:00+08:00,,{kit}\n" for kit in (first, second))
    raw = f"shipment,despatched,logger_serial,kit_number\n{lines}".encode()
    page.more.offer_advice(raw, "advice.csv")
    shown = dialog(AdviceDialog)
    shown.use.click()
    assert shown.reference.error
    shown.reference.set_text("mail of 21 Nov")
    shown.use.click()
    found = receiving.receipt(pharmacy_of(site_desk), ShipmentId("SH-2"))
    assert list(found.advised) == [first, second]
    assert page.shipments.model().rowCount() == 2
    with pytest.raises(Refused):
        page.more.offer_advice(b"nonsense", "advice.csv")


def test_papers_of_a_receipt_are_offered_once_it_is_signed(
    page: ReceivePage,
    window: MainWindow,
    made: MadeSite,
    site_desk: Desk,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    assert not page.more.button.paper.isVisible()
    sign_receipt(page, window, made, qtbot)
    page.more.button.paper.trigger()
    dialog(DocumentPreview).reject()
    target = tmp_path / "SH.receipt"
    page.more.write_sealed(SHIPMENT, target)
    pharmacy = pharmacy_of(site_desk)
    raw = target.read_bytes()
    assert pharmacy.package.site.encode() in raw
    with pytest.raises(Refused):
        read_receipt(raw, bytes(range(32)), pharmacy.now())


@pytest.mark.parametrize(
    ("celsius", "state"), [("-190", KitState.AVAILABLE), ("-20", KitState.QUARANTINED)]
)
def test_a_late_file_is_read_and_judged_with_a_signature(
    celsius: str,
    state: KitState,
    page: ReceivePage,
    window: MainWindow,
    made: MadeSite,
    site_desk: Desk,
    qtbot: QtBot,
) -> None:
    sign_receipt(page, window, made, qtbot)
    late = page.view.late
    assert late.isVisible()
    assert late.reason
    read_late(page, celsius, qtbot)
    assert not late.reason
    late.click()
    give(dialog(SignatureDialog), PASSWORDS[WANG])
    qtbot.waitUntil(lambda: not late.isVisible())
    reader = pharmacy_of(site_desk).reader
    assert {kit.state for kit in kit_queries.of_shipment(reader, SHIPMENT)} == {state}


def test_strip_promises_no_earlier_time_for_what_is_recorded_for_now(
    page: ReceivePage, window: MainWindow, made: MadeSite, site_desk: Desk, clock: SetClock
) -> None:
    clock.advance(timedelta(hours=3))
    for_earlier(page, "2026-11-22 08:10")
    open_shipper(page)
    window.give_scan(RawScan(numbers(made)[0]))
    assert "as done 2026-11-22 08:10" in page.view.feedback.accessibleName()
    page.mark_missing()
    *_, missing = pharmacy_of(site_desk).ledger.history(f"shipment/{SHIPMENT}")
    assert missing.occurred_at == missing.recorded_at
    assert "Opening and scanned kits" in page.more.strip.says
    page.more.strip.end.click()
    window.give_scan(RawScan(numbers(made)[1]))
    assert "as done" not in page.view.feedback.accessibleName()


def test_every_kit_of_a_long_advice_is_named_before_it_is_recorded(page: ReceivePage) -> None:
    kits = [f"K{number:07}" for number in range(300)]
    lines = "".join(f"SH-3,2026-11-21T08:00+08:00,,{kit}\n" for kit in kits)
    raw = f"shipment,despatched,logger_serial,kit_number\n{lines}".encode()
    shown = AdviceDialog(read_advice(raw, "advice.csv"), page)
    shown.open()
    told = " ".join(label.text() for label in shown.pane.findChildren(QLabel))
    assert all(kit in told for kit in kits)
    assert shown.height() <= 600
    shown.reject()


def test_late_file_that_the_sponsor_judges_is_refused_before_a_password_is_asked(
    sponsor_decides: MadeSite,
    site_desk: Desk,
    clock: SetClock,
    start: Start,
    qtbot: QtBot,
) -> None:
    made = copied(sponsor_decides, site_desk, clock)
    window = sign_in(start(), qtbot)
    page = at(window, Place.RECEIVE)
    assert isinstance(page, ReceivePage)
    sign_receipt(page, window, made, qtbot)
    read_late(page, "-190", qtbot)
    page.view.late.click()
    assert QApplication.activeModalWidget() is None
    refused = window.refusals.problem
    assert isinstance(refused, Refused)
    assert [one.rule for one in refused.violations] == ["shipment.sponsor_decides"]
    assert receiving.receipt(pharmacy_of(site_desk), SHIPMENT).logger is not None


def test_packages_are_imported_by_key_while_a_receipt_is_open(
    page: ReceivePage, window: MainWindow, qtbot: QtBot
) -> None:
    shell = window.window()
    asked: list[str] = []

    def leave() -> None:
        if isinstance(chooser := QApplication.activeModalWidget(), QFileDialog):
            asked.append(chooser.windowTitle())
            chooser.reject()

    def press(times: int) -> None:
        shell.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWindow() is shell.windowHandle())
        control = Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(shell.windowHandle(), Qt.Key.Key_I, control)
        qtbot.waitUntil(lambda: len(asked) == times)

    looking = QTimer(page, interval=10)  # the chooser runs a loop of its own
    looking.timeout.connect(leave)
    looking.start()
    press(1)
    open_shipper(page)
    assert page.package.isHidden()
    press(2)
    looking.stop()
    assert asked == ["Trial package"] * 2


def test_reason_too_long_for_its_column_stands_in_full_below_the_list(
    page: ReceivePage, window: MainWindow, made: MadeSite
) -> None:
    page.form.seals.set_value(False)
    page.form.tilt.set_value(True)
    page.form.open.click()
    assert page.view.kits.told.isHidden()
    number = numbers(made)[0]
    window.give_scan(RawScan(number))
    said = f"{number} · intact · in quarantine · the shipper's seal was broken"
    assert page.view.kits.told.text() == said


def cut(page: ReceivePage) -> list[str]:
    """Return the words of every visible button at the head that is narrower than they need."""
    QApplication.processEvents()
    buttons = [*page.view.acts, page.more.button, page.package, page.more.strip.end]
    return [
        button.text()
        for button in buttons
        if button.isVisible()
        and (
            button.width() < button.sizeHint().width()
            or button.mapTo(page, button.rect().topRight()).x() > page.width()
        )
    ]


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_no_button_of_the_page_is_cut_at_the_smallest_size(
    spoken: Language,
    page: ReceivePage,
    window: MainWindow,
    made: MadeSite,
    clock: SetClock,
    qtbot: QtBot,
) -> None:
    language.apply(spoken)
    shell = window.window()
    shell.resize(1280, 800)
    clock.advance(timedelta(hours=3))
    for_earlier(page, "2026-11-22 08:10")
    assert cut(page) == []
    sign_receipt(page, window, made, qtbot, before_signing=lambda: cut(page) == [])
    assert cut(page) == []
    read_late(page, "-190", qtbot)
    assert page.view.late.isVisible()
    assert cut(page) == []
    assert (shell.width(), shell.height()) == (1280, 800)
