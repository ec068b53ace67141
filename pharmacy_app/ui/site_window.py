"""The window of an open site with all its places, its bars filled, its ways out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui.application import Application
from pharmacy_app.ui.bench.page import BenchPage
from pharmacy_app.ui.main_window import MainWindow
from pharmacy_app.ui.pages.account import AccountPage
from pharmacy_app.ui.pages.documents import DocumentsPage
from pharmacy_app.ui.pages.page import Page, ScanAnswer
from pharmacy_app.ui.pages.receive import ReceivePage
from pharmacy_app.ui.pages.stock import StockPage
from pharmacy_app.ui.pages.subjects import SubjectsPage
from pharmacy_app.ui.pages.today import TodayPage
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.places import Place
from pharmacy_app.ui.status_bar import Standing
from pharmacy_app.ui.workplace import Workplace, said
from pharmacy_app.workflows import today

if TYPE_CHECKING:
    from pharmacy_app.records.backup import Backup
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
        self.window.find_asked.connect(self.find)
        self.window.training_aids_asked.connect(self.show_training_aids)
        self.window.alarms_asked.connect(lambda: self.window.open_place(Place.TODAY))
        self.window.status_bar.sign_out_asked.connect(desk.sign_out)
        self.window.status_bar.backup_asked.connect(self.back_up)
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
        """Fill the bar at the bottom, unless the site was closed meanwhile."""
        if not self.workplace.site.is_open:
            return
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
    def back_up(self) -> None:
        """Ask for a folder, copy the vault there beside the work, and record the proven copy."""
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - seldom needed

        title = self.tr("A folder for the backup, best on another disk")
        chosen = QFileDialog.getExistingDirectory(self.window, title)
        if chosen:
            self.back_up_to(Path(chosen))

    def back_up_to(self, folder: Path) -> None:
        """Copy the vault into a folder; what came of it is said in the line at the top."""
        from pharmacy_app.workflows import site  # noqa: PLC0415 - seldom needed

        pharmacy, vault = self.workplace.pharmacy, self.workplace.vault
        try:
            site.anchor(pharmacy)
        except (Refused, EnvironmentProblem) as problem:
            self.window.show_problem(problem)
            return
        at = pharmacy.now()

        def made(backup: "Backup") -> None:
            changed = site.note_backup(pharmacy, backup).changed
            said_so = self.tr("Backup made and proven: {events} events").format(events=backup.seq)
            self.window.show_answer(ScanAnswer(backup.folder.name, State.OK, said_so))
            self.window.tell_changed(changed)

        self.workplace.tasks.run(
            lambda _: site.copy_records(vault, folder, at),
            owner=self,
            done=made,
            failed=self.window.show_problem,
        )

    @Slot()
    def find(self) -> None:
        """Ask for a record or a place, and open it."""
        from pharmacy_app.ui.dialogs.find import FindDialog  # noqa: PLC0415 - when asked for

        dialog = FindDialog(self.workplace.pharmacy, list(PAGES), self.window)
        dialog.chosen.connect(self.window.open_place)
        dialog.open()

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
