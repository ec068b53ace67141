from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pharmacy_app.demo.site import RESOURCES
from pharmacy_app.domain.events.site import PaperPrinted
from pharmacy_app.domain.ids import SiteCode
from pharmacy_app.sponsor.build import build_packages
from pharmacy_app.sponsor.keys import new_keys
from pharmacy_app.sponsor.sources import read_sources
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.ui.application import Application
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.preview import DocumentPreview
from pharmacy_app.ui.dialogs.signature import SignatureDialog
from pharmacy_app.ui.founding.recovery import RecoveryView
from pharmacy_app.ui.founding.second_person import SecondPersonForm
from pharmacy_app.ui.founding.steps import Founding
from pharmacy_app.ui.founding.tank_form import TankForm
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.first_run import FirstRunPage, TrainingMade
from pharmacy_app.ui.pages.sign_in import SignInPage
from pharmacy_app.workflows import storing
from tests.pharmacies import MadeSite
from tests.ui.pages.conftest import Start, give, pharmacy_of

FIRST, SECOND = "ox lamp river quiet seven", "tea stone window apple nine"


@pytest.fixture
def application(start: Start) -> Application:
    return start()


@pytest.fixture
def page(application: Application) -> FirstRunPage:
    shown = application.shell.content
    assert isinstance(shown, FirstRunPage)
    return shown


@pytest.fixture
def package(tmp_path: Path, clock: SetClock) -> tuple[Path, str]:
    """The sponsor's package of site 01 as a file, and its activation code."""
    chance = SystemChance()
    sources = read_sources(RESOURCES, clock.now())
    built = build_packages(sources, new_keys(chance), chance, clock, sites=[SiteCode("01")])
    path = tmp_path / "site-01.package"
    path.write_bytes(built.packages[SiteCode("01")])
    return path, built.activation_codes[SiteCode("01")]


def filled(page: FirstRunPage, package: tuple[Path, str]) -> Founding:
    page.show_form()
    founding = page.founding
    assert founding is not None
    form = founding.form
    form.package.set_text(str(package[0]))
    form.code.set_text(package[1])
    form.name.set_text("王药师")
    form.person_id.set_text("wang")
    form.password.first.editor.setText(FIRST)
    form.password.again.editor.setText(FIRST)
    return founding


def test_training_site_is_made_and_its_passwords_told(
    application: Application, page: FirstRunPage, qtbot: QtBot
) -> None:
    page.choice.training.button.click()
    qtbot.waitUntil(lambda: isinstance(page.view, TrainingMade), timeout=60_000)
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "bamboo raft crosses misty lake" in said
    assert isinstance(page.view, TrainingMade)
    page.view.go.click()
    shown = application.shell.content
    assert isinstance(shown, SignInPage)


def test_site_is_founded_with_sheet_and_second_person(
    application: Application,
    page: FirstRunPage,
    package: tuple[Path, str],
    site_desk: Desk,
    qtbot: QtBot,
) -> None:
    site_desk.default_vault.parent.mkdir()
    founding = filled(page, package)
    founding.form.found.click()
    qtbot.waitUntil(lambda: isinstance(page.view, RecoveryView), timeout=60_000)
    sheet = page.view
    assert isinstance(sheet, RecoveryView)
    sheet.sheet_asked.emit()
    preview = QApplication.activeModalWidget()
    assert isinstance(preview, DocumentPreview)
    assert preview.paper.unblinded
    preview.printed.emit("Pharmacy printer")
    saved = site_desk.default_vault.parent / "sheet.pdf"
    preview.saved.emit(saved)
    preview.reject()
    assert saved.read_bytes().startswith(b"%PDF")
    noted = pharmacy_of(site_desk).ledger.of_kinds(["paper.printed.1"])
    printers = [one.told(PaperPrinted).printer for one in noted]
    assert printers == ["Pharmacy printer", saved.parent.name]
    sheet.group.set_text("WRONG")
    sheet.confirm.click()
    assert sheet.group.error
    sheet.group.set_text(sheet.groups[sheet.asked_group].lower())
    sheet.confirm.click()
    second = page.view
    assert isinstance(second, SecondPersonForm)
    second.name.set_text("李核对")
    second.person_id.set_text("li")
    second.password.first.editor.setText(SECOND)
    second.password.again.editor.setText(SECOND)
    second.add.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SignatureDialog)
    give(dialog, FIRST)
    qtbot.waitUntil(lambda: isinstance(page.view, TankForm))
    tank = page.view
    assert isinstance(tank, TankForm)
    tank.add.click()
    assert tank.name.error
    tank.name.set_text("液氮罐 1")
    tank.racks.set_value(Decimal(0))
    tank.add.click()
    assert page.refusals.problem is not None
    tank.racks.set_value(Decimal(4))
    tank.add.click()
    assert isinstance(application.shell.content, MainWindow)
    assert list(storing.units(pharmacy_of(site_desk))) == ["T1"]
    assert pharmacy_of(site_desk).person.person_id == "wang"


def test_form_says_everything_that_is_missing(page: FirstRunPage) -> None:
    page.show_form()
    assert page.founding is not None
    form = page.founding.form
    form.found.click()
    errors = (form.package.error, form.code.error, form.name.error, form.password.first.error)
    assert all(errors)


def test_activation_code_is_checked_as_it_is_typed(
    page: FirstRunPage, package: tuple[Path, str]
) -> None:
    page.show_form()
    assert page.founding is not None
    form = page.founding.form
    code = package[1]
    for typed, said in (
        (code[:7], "6 of 20 characters"),
        (("A" if code[0] != "A" else "C") + code[1:], "One character is wrong"),
        (code, "Typed without a slip."),
    ):
        form.code.set_text(typed)
        form.code.entered.emit(typed)
        assert said in " ".join(label.text() for label in form.findChildren(QLabel))


def test_code_of_another_package_is_refused_and_the_form_stays_filled(
    page: FirstRunPage, package: tuple[Path, str], clock: SetClock, qtbot: QtBot
) -> None:
    chance = SystemChance()
    sources = read_sources(RESOURCES, clock.now())
    other = build_packages(sources, new_keys(chance), chance, clock, sites=[SiteCode("01")])
    founding = filled(page, (package[0], other.activation_codes[SiteCode("01")]))
    founding.form.found.click()
    qtbot.waitUntil(lambda: page.refusals.problem is not None, timeout=30_000)
    assert page.view is founding.form
    assert founding.form.name.text == "王药师"
    assert founding.site is None


def test_weak_password_tells_its_reasons_and_a_passphrase_is_suggested(page: FirstRunPage) -> None:
    page.show_form()
    assert page.founding is not None
    password = page.founding.form.password
    password.first.editor.setText("short")
    said = " ".join(label.text() for label in password.findChildren(QLabel))
    assert "At least 15 characters" in said
    assert password.missing()
    password._on_suggest()
    assert len(password._phrase.split()) == 5


def test_folder_without_a_vault_is_refused(page: FirstRunPage, tmp_path: Path) -> None:
    page.open_elsewhere(tmp_path)
    assert page.refusals.problem is not None


def test_vault_elsewhere_is_opened(
    made: MadeSite, application: Application, site_desk: Desk
) -> None:
    site_desk.show_first_run()
    page = application.shell.content
    assert isinstance(page, FirstRunPage)
    page.open_elsewhere(made.folder)
    assert isinstance(application.shell.content, SignInPage)
