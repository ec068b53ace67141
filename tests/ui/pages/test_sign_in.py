from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.domain.refusal import Refused
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.system.instance import InstanceLock
from pharmacy_app.system.settings import read_settings
from pharmacy_app.ui.application import Application
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.recovery import RecoveryDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.sign_in import SignInPage
from pharmacy_app.vault import slots
from pharmacy_app.vault.recovery import new_code
from tests.pharmacies import LI, PASSWORDS, WANG, MadeSite
from tests.ui.pages.conftest import Start, pharmacy_of, sign_in

NEW = "moss ladder copper plum eleven"


@pytest.fixture
def page(made: MadeSite, start: Start, qtbot: QtBot) -> SignInPage:
    del made
    shown = start().shell.content
    assert isinstance(shown, SignInPage)
    qtbot.waitUntil(lambda: shown.person.editor.count() > 0)
    shown.person.set_value(WANG)
    return shown


def try_password(page: SignInPage, password: str, qtbot: QtBot) -> None:
    page.password.editor.setText(password)
    page.enter.click()
    qtbot.waitUntil(lambda: page.enter.reason == "" or "Wait" in page.enter.reason)


def rules(page: SignInPage) -> list[str]:
    problem = page.refusals.problem
    violations = getattr(problem, "violations", None) or [getattr(problem, "problem", None)]
    return [one.rule for one in violations if one is not None]


def test_a_machine_with_a_vault_begins_with_its_people(page: SignInPage) -> None:
    names = [page.person.editor.itemText(n) for n in range(page.person.editor.count())]
    assert set(names) == {"王药师 Wang", "李核对 Li"}


def test_right_password_opens_the_site_at_today_and_is_remembered(
    made: MadeSite, start: Start, site_desk: Desk, qtbot: QtBot
) -> None:
    window = sign_in(start(), qtbot)
    assert window.page is not None
    assert window.page.title.startswith("Today")
    assert pharmacy_of(site_desk).person.person_id == WANG
    kept = read_settings(made.folder.parent.parent / "settings.toml")
    assert kept.vault == str(made.folder)
    assert kept.zone == "Asia/Shanghai"


def test_wrong_password_tells_how_many_tries_are_left(page: SignInPage, qtbot: QtBot) -> None:
    try_password(page, "not the password", qtbot)
    assert rules(page) == ["vault.wrong_password"]
    problem = page.refusals.problem
    assert problem is not None
    assert "9 tries are left" in page.refusals.accessibleDescription()
    assert page.password.editor.text() == ""


def test_third_wrong_password_makes_the_next_try_wait_and_counts_down(
    page: SignInPage, clock: SetClock, qtbot: QtBot
) -> None:
    for _ in range(4):
        try_password(page, "not the password", qtbot)
    assert rules(page) == ["vault.wait"]
    assert "Wait 5 s" in page.enter.reason
    clock.advance(timedelta(seconds=6))
    qtbot.waitUntil(lambda: page.enter.reason == "")
    try_password(page, "not the password", qtbot)
    assert rules(page) == ["vault.wrong_password"]


def test_password_typed_as_fast_as_a_scanner_is_still_a_password(
    page: SignInPage, site_desk: Desk, qtbot: QtBot
) -> None:
    handle = page.application.shell.windowHandle()
    page.password.editor.setFocus()
    qtbot.waitUntil(page.password.editor.hasFocus)
    for letter in PASSWORDS[WANG]:
        QTest.keyClick(handle, letter)  # type: ignore[call-overload]  # takes a character too
    assert page.password.editor.text() == PASSWORDS[WANG]
    QTest.keyClick(handle, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: site_desk.site is not None)
    qtbot.waitUntil(lambda: not page.application.scanner.resting)


def test_missing_password_is_asked_for_and_nothing_is_tried(page: SignInPage) -> None:
    page.enter.click()
    assert page.password.error == "Enter your password."
    assert not page.application.tasks.busy


def test_second_instance_is_told_with_its_process(
    page: SignInPage, made: MadeSite, qtbot: QtBot
) -> None:
    with InstanceLock(made.folder, made.clock):
        try_password(page, PASSWORDS[WANG], qtbot)
    assert rules(page) == ["vault.second_instance"]


def test_clock_set_back_asks_for_a_reason_and_records_it(
    page: SignInPage, site_desk: Desk, clock: SetClock, qtbot: QtBot
) -> None:
    clock.set(clock.now() - timedelta(days=1))
    try_password(page, PASSWORDS[WANG], qtbot)
    assert rules(page) == ["clock.set_back"]
    try_password(page, PASSWORDS[WANG], qtbot)
    assert page.reason.error == "Give the reason."
    page.reason.set_text("battery was empty")
    page.password.editor.setText(PASSWORDS[WANG])
    page.enter.click()
    qtbot.waitUntil(lambda: site_desk.site is not None)
    pharmacy = pharmacy_of(site_desk)
    seq, _ = pharmacy.ledger.head()
    assert pharmacy.ledger.page(seq - 1, 1)[0].reason == "battery was empty"


def test_damaged_slots_are_told_and_bar_the_sign_in(
    made: MadeSite, start: Start, qtbot: QtBot
) -> None:
    (made.folder / slots.NAME).write_bytes(b"no slots")
    page = start().shell.content
    assert isinstance(page, SignInPage)
    qtbot.waitUntil(lambda: bool(page.enter.reason))
    assert rules(page) == ["vault.slots_damaged"]


def test_sign_out_records_it_and_asks_who_is_next(
    made: MadeSite, start: Start, site_desk: Desk, qtbot: QtBot
) -> None:
    application: Application = start()
    sign_in(application, qtbot)
    application.shell.activateWindow()
    qtbot.waitUntil(application.shell.isActiveWindow)
    QTest.keyClick(
        application.shell.windowHandle(), Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier
    )
    qtbot.waitUntil(lambda: isinstance(application.shell.content, SignInPage))
    assert site_desk.site is None
    with made.signed_in() as opened:
        kinds = [type(recorded.event).__name__ for recorded in opened.pharmacy.ledger.page(0, 99)]
    assert kinds[-2:] == ["SignedOut", "SignedIn"]


def test_bug_stops_all_recording_until_the_next_start(
    made: MadeSite, start: Start, site_desk: Desk, qtbot: QtBot
) -> None:
    del made
    application = start()
    assert isinstance(sign_in(application, qtbot), MainWindow)
    head = pharmacy_of(site_desk).ledger.head()
    application.meet_bug(ZeroDivisionError("a bug"))
    site_desk.close_site()
    assert site_desk.site is None
    assert head[0] > 0


def recovery_at(page: SignInPage, code: str, qtbot: QtBot) -> RecoveryDialog:
    qtbot.waitUntil(lambda: not page.forgotten.reason)
    page.forgotten.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, RecoveryDialog)
    dialog.code.set_text(code)
    dialog.person.set_value(LI)
    dialog.reason.set_text("Li forgot the password; Wang and Li present")
    typed_twice(dialog)
    return dialog


def typed_twice(dialog: RecoveryDialog) -> None:
    dialog.password.first.editor.setText(NEW)
    dialog.password.again.editor.setText(NEW)


def test_forgotten_password_is_replaced_by_the_code_and_the_sign_in_goes_on(
    page: SignInPage, made: MadeSite, site_desk: Desk, qtbot: QtBot
) -> None:
    dialog = recovery_at(page, made.recovery_code.lower(), qtbot)
    with qtbot.waitSignal(dialog.recovered, timeout=30_000):
        dialog.confirm.click()
    assert page.person.value == LI
    page.password.editor.setText(NEW)
    page.enter.click()
    qtbot.waitUntil(lambda: site_desk.site is not None)
    pharmacy = pharmacy_of(site_desk)
    assert pharmacy.person.person_id == LI
    told = pharmacy.ledger.of_kinds(["person.recovered.1"])
    assert [one.reason for one in told] == ["Li forgot the password; Wang and Li present"]


def test_wrong_recovery_code_is_told_inside_and_everything_but_the_password_stays(
    page: SignInPage, made: MadeSite, qtbot: QtBot
) -> None:
    code = new_code(SeededChance("another vault"))
    dialog = recovery_at(page, code, qtbot)
    dialog.confirm.click()
    qtbot.waitUntil(lambda: dialog.refusals.problem is not None, timeout=30_000)
    problem = dialog.refusals.problem
    assert isinstance(problem, Refused)
    assert [one.rule for one in problem.violations] == ["vault.recovery_wrong"]
    assert dialog.code.text == code
    assert dialog.password.first.editor.text() == ""
    dialog.code.set_text(made.recovery_code)
    typed_twice(dialog)
    with qtbot.waitSignal(dialog.recovered, timeout=30_000):
        dialog.confirm.click()


def test_recovery_says_everything_that_is_missing(page: SignInPage, qtbot: QtBot) -> None:
    dialog = recovery_at(page, "", qtbot)
    dialog.reason.set_text("")
    dialog.password.again.editor.setText("")
    dialog.confirm.click()
    assert all((dialog.code.error, dialog.reason.error, dialog.password.again.error))
    assert not page.application.tasks.busy
    dialog.reject()
