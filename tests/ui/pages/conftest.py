"""A real site with its window: made in a temporary folder, its clock set by hand."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.system.chance import SeededChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.ui.application import Application, Preferences
from pharmacy_app.ui.desk import Desk
from pharmacy_app.ui.dialogs.signature import SignatureDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.page import Page
from pharmacy_app.ui.pages.sign_in import SignInPage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.tasks import Tasks
from pharmacy_app.ui.widgets.fields import PasswordField
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.sessions import Machine
from tests.pharmacies import FLOOR, PASSWORDS, START, WANG, MadeSite, make_site, stock_shelf

Start = Callable[[], Application]


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture
def site_desk(tmp_path: Path, clock: SetClock) -> Iterator[Desk]:
    """The desk of a machine on which nothing was set up yet; passwords are cheap."""
    desk = Desk(tmp_path / "settings.toml", tmp_path / "place" / "vault", clock=clock, cost=FLOOR)
    yield desk
    desk.close_site()


@pytest.fixture
def start(app: QApplication, tasks: Tasks, site_desk: Desk) -> Iterator[Start]:
    """Opens the program's window on the desk."""
    del app
    running: list[Application] = []

    def opened() -> Application:
        composition = replace(site_desk.composition(), preferences=Preferences(language="en"))
        made = Application(composition, tasks)
        running.append(made)
        made.open()
        return made

    yield opened
    for made in running:
        made.shell.close()
        made.shell.deleteLater()
        made.deleteLater()
    # Nothing that shows the site may outlive it, and the desk closes it next.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    """A site as it is founded; tests work on copies."""
    return make_site(tmp_path_factory.mktemp("founded") / "vault")


@pytest.fixture(scope="session")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    """A site with its shipment received and put away; tests work on copies."""
    site = make_site(tmp_path_factory.mktemp("shelved") / "vault")
    with site.signed_in() as opened:
        stock_shelf(site, opened.pharmacy)
    return site


def copied(site: MadeSite, desk: Desk, clock: SetClock) -> MadeSite:
    """Return a copy of a site at the usual place of the desk, on the desk's clock."""
    shutil.copytree(site.folder, desk.default_vault)
    clock.set(site.clock.now())
    machine = Machine(clock, SeededChance("copy"), FLOOR, ballast=False)
    return replace(site, folder=desk.default_vault, clock=clock, machine=machine, taken={})


@pytest.fixture
def made(founded: MadeSite, site_desk: Desk, clock: SetClock) -> MadeSite:
    """A founded training site at the usual place, on the desk's own clock."""
    return copied(founded, site_desk, clock)


@pytest.fixture
def stocked(shelved: MadeSite, site_desk: Desk, clock: SetClock) -> MadeSite:
    """The site with its shipment received and put away."""
    return copied(shelved, site_desk, clock)


def sign_in(application: Application, qtbot: QtBot, person: str = WANG) -> MainWindow:
    """Sign in at the window and return what is shown then."""
    page = application.shell.content
    assert isinstance(page, SignInPage)
    qtbot.waitUntil(lambda: page.person.editor.count() > 0)
    page.person.set_value(person)
    page.password.editor.setText(PASSWORDS[WANG])
    page.enter.click()
    qtbot.waitUntil(lambda: isinstance(application.shell.content, MainWindow))
    window = application.shell.content
    assert isinstance(window, MainWindow)
    return window


def at(window: MainWindow, place: Place) -> Page:
    """Open a place and return its page."""
    window.open_place(place)
    page = window.page
    assert page is not None
    return page


def give(dialog: SignatureDialog, *passwords: str) -> None:
    """Type the passwords and sign."""
    for block, password in zip(dialog.blocks, passwords, strict=True):
        field = block.findChild(PasswordField)
        assert isinstance(field, PasswordField)
        field.editor.setText(password)
    dialog.sign()


def pharmacy_of(desk: Desk) -> Pharmacy:
    """Return the open pharmacy."""
    assert desk.site is not None
    return desk.site.pharmacy
