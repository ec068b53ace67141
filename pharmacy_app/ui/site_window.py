"""The window of an open site with all its places, its bars filled, its ways out."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from pharmacy_app.domain.refusal import Refused
from pharmacy_app.ui.application import Application
from pharmacy_app.ui.bench.page import BenchPage
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.account import AccountPage
from pharmacy_app.ui.pages.documents import DocumentsPage
from pharmacy_app.ui.pages.page import Page
from pharmacy_app.ui.pages.receive import ReceivePage
from pharmacy_app.ui.pages.stock import StockPage
from pharmacy_app.ui.pages.subjects import SubjectsPage
from pharmacy_app.ui.pages.today import TodayPage
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.status_bar import Standing
from pharmacy_app.ui.workplace import Workplace, said
from pharmacy_app.workflows import today

if TYPE_CHECKING:
    from pharmacy_app.ui.desk import Desk
    from pharmacy_app.workflows.sessions import OpenSite

STANDING_EVERY_MS = 30_000

PAGES: dict[Place, Callable[[Workplace], Page]] = {
    Place.TODAY: TodayPage,
    Place.RECEIVE: ReceivePage,
    Place.STOCK: StockPage,
    Place.SUBJECTS: SubjectsPage,
    Place.BENCH: BenchPage,
    Place.ACCOUNT: AccountPage,
    Place.DOCUMENTS: DocumentsPage,
}
"""The page of each place, made when the place is first opened."""


class SiteWindow(QObject):
    """Keeps a main window and its site together until the sign-out."""

    def __init__(self, desk: "Desk", application: Application, site: "OpenSite") -> None:
        self.workplace = Workplace(application, site)
        pharmacy = self.workplace.pharmacy
        vault = self.workplace.vault
        person = pharmacy.person.person_id
        self.window = MainWindow(
            application,
            lambda password: vault.unlock(person, password).close(),
            pharmacy.now,
        )
        super().__init__(self.window)
        self._desk = desk
        for place, make in PAGES.items():
            self.window.register(place, partial(make, self.workplace))
        self.window.set_training(on=pharmacy.trial.training)
        self.window.training_aids_asked.connect(self.show_training_aids)
        self.window.alarms_asked.connect(lambda: self.window.open_place(Place.TODAY))
        self.window.status_bar.sign_out_asked.connect(desk.sign_out)
        self.window.place_opened.connect(lambda _: self.tell_standing())
        self.window.changes_told.connect(lambda _: self.tell_standing())
        application.language_changed.connect(self._on_language)
        timer = QTimer(self, interval=STANDING_EVERY_MS)
        timer.timeout.connect(self.tell_standing)
        timer.start()
        self._on_language("")

    @Slot(str)
    def _on_language(self, _: str) -> None:
        site = self.workplace.pharmacy.site
        self.window.top_bar.set_site(f"{site.code} · {said(site.name)}")
        self.tell_standing()

    @Slot()
    def tell_standing(self) -> None:
        """Fill the bar at the bottom."""
        standing = today.standing(self.workplace.pharmacy, self.workplace.vault.folder)
        self.window.status_bar.show_standing(
            Standing(
                person=self.workplace.pharmacy.person.printed_name,
                clock_trusted=standing.clock_trusted,
                backup_at=standing.backup_at,
                exchange_at=standing.exchange_at,
                alarms=len(standing.alarms),
            )
        )

    @Slot()
    def show_training_aids(self) -> None:
        """Show what a trainee needs; a real site has none."""
        aids = self._desk.door(self.workplace.vault.folder).aids()
        if aids is None or not self.workplace.pharmacy.trial.training:
            return
        from pharmacy_app.ui.dialogs.training import TrainingDialog  # noqa: PLC0415 - training only

        dialog = TrainingDialog(self.workplace, aids, self.window)
        dialog.code_taken.connect(self.window.give_scan)
        self.window.changes_told.connect(dialog.tell_changed)
        dialog.show()  # not open(), which would stop the work behind it


def open_window(desk: "Desk", application: Application, site: "OpenSite") -> SiteWindow:
    """Present the window of a site and open Today; what speaks against its records is shown."""
    made = SiteWindow(desk, application, site)
    application.present(made.window)
    made.window.open_place(Place.TODAY)
    if site.doubt is not None:
        made.window.show_problem(Refused([site.doubt]))
    return made
