"""An open site at its window, for tests of pages: founded once, copied for each test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog

from pharmacy_app.domain.ids import PersonId
from pharmacy_app.ui import language
from pharmacy_app.ui.application import Application
from pharmacy_app.ui.dialogs.signature import SignatureDialog
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.page import Page
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows.pharmacy import Pharmacy
from tests import pharmacies
from tests.pharmacies import MadeSite


class Desk:
    """A site that Wang signed in to, with its window and one page of it."""

    def __init__(self, made: MadeSite, workplace: Workplace, window: MainWindow) -> None:
        self.made = made
        self.workplace = workplace
        self.window = window

    @property
    def pharmacy(self) -> Pharmacy:
        return self.workplace.pharmacy

    def show(self, place: Place, make: Callable[[Workplace], Page]) -> Page:
        """Register and open one page."""
        self.window.register(place, lambda: make(self.workplace))
        self.window.open_place(place)
        page = self.window.page
        assert page is not None
        return page


@contextmanager
def opened_desk(made: MadeSite, application: Application) -> Iterator[Desk]:
    """Sign in, open the window, and close both."""
    with made.signed_in() as site:
        window = MainWindow(application, lambda _: None, now=made.clock.now)
        language.set_zone("Asia/Shanghai")
        application.present(window)
        application.shell.show()
        try:
            yield Desk(made, Workplace(application, site), window)
        finally:
            for dialog in QApplication.topLevelWidgets():
                if isinstance(dialog, QDialog) and dialog.isVisible():
                    dialog.done(0)
            application.shell.present(Page())
            # Nothing that shows the site may outlive it.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def in_front() -> QDialog:
    """Return the dialog in front."""
    found = QApplication.activeModalWidget()
    assert isinstance(found, QDialog)
    return found


def sign(*people: PersonId) -> None:
    """Give the signatures that the dialog in front asks for."""
    dialog = in_front()
    assert isinstance(dialog, SignatureDialog)
    for block, person in zip(dialog.blocks, people, strict=True):
        block._person.set_value(person)
        block._password.editor.setText(pharmacies.PASSWORDS[person])
    dialog.sign()
