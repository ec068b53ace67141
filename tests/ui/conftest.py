"""A prepared application with the shipped font, and the desk of a window program."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.domain.trial import SecondCheck
from pharmacy_app.ui import application as program
from pharmacy_app.ui import language, theme
from pharmacy_app.ui.application import Application, Composition, Preferences, Shell
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.page import Page
from pharmacy_app.ui.tasks import Tasks
from tests import pharmacies, small_trials
from tests.pharmacies import MadeSite
from tests.ui import workplaces
from tests.ui.strays import StrayWindows
from tests.ui.workplaces import Desk

PASSWORD = "correct horse battery staple"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that opens windows."""
    for item in items:
        if "/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.window)
            # The offscreen platform says so of every window; no other message is allowed.
            silent = r"This plugin does not support (propagateSizeHints|raise)\(\)"
            item.add_marker(pytest.mark.qt_log_ignore(silent))


@pytest.fixture(autouse=True, scope="module")
def sweep_module() -> Iterator[None]:
    """Leave no cycle with widgets to a later test's threads; see `pharmacy_app.ui.sweeping`."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def sweep_here_only(sweep_module: None) -> Iterator[None]:
    """Collect garbage between tests and on this thread, as the program does."""
    gc.disable()
    yield
    gc.collect(0)
    gc.enable()


@pytest.fixture(autouse=True)
def no_window_outlives_its_test(sweep_here_only: None) -> Iterator[None]:
    """Delete at once what a test left for an event loop to delete; fail where a window stays.

    A page left over would be told of the next test's language and read a ledger that is closed.
    """
    yield
    if QApplication.instance() is None:
        return
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Shell | Page)]
    assert left == []


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    QApplication.setStyle("Fusion")
    return [program.NAME]


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application in English and light, as every test finds it."""
    if qapp.property("theme") is None:
        program.prepare([], Preferences(language="en"))
    yield qapp
    if language.current() != "en":
        language.apply("en")
    if theme.current().name != "light":
        theme.apply("light")
    qapp.setProperty("zone", None)


@pytest.fixture
def tasks(app: QApplication) -> Iterator[Tasks]:
    with Tasks() as running:
        yield running


def check_password(password: str) -> None:
    if password != PASSWORD:
        raise Refused([violation("program.broken")])


@pytest.fixture
def desk(app: QApplication, tasks: Tasks) -> Iterator[Application]:
    """What all windows share, with its one window; not yet open."""
    made = Application(Composition(preferences=Preferences(language="en")), tasks)
    yield made
    made.shell.close()
    made.shell.deleteLater()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def window(desk: Application) -> MainWindow:
    """The window of an open site, without pages."""
    made = MainWindow(desk, check_password)
    desk.present(made)
    return made


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    """A stocked site where the second check may be later; each test gets a copy of it."""
    trial = small_trials.small_trial(SecondCheck.MAY_BE_LATER)
    return pharmacies.stocked_site(tmp_path_factory.mktemp("shelf") / "site", trial)


@pytest.fixture
def at_desk(shelf: MadeSite, tmp_path: Path, desk: Application) -> Iterator[Desk]:
    """An open site of its own, Wang signed in, with the window."""
    made = pharmacies.copied(shelf, tmp_path / "site", tmp_path.name)
    with workplaces.opened_desk(made, desk) as opened:
        yield opened


@pytest.fixture
def strays(app: QApplication) -> Iterator[StrayWindows]:
    """Every window that opens in this test and was not meant to."""
    watching = StrayWindows()
    app.installEventFilter(watching)
    yield watching
    app.removeEventFilter(watching)
