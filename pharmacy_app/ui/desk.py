"""The program's window from its start to its end: first run, sign-in, the open site, sign-out.

`run` is what `pharmacy_app.bootstrap` calls. What only an open site needs is imported when a site
is opened.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system import paths
from pharmacy_app.system.clock import Clock, SystemClock
from pharmacy_app.system.settings import Settings, keep_settings, read_settings
from pharmacy_app.ui import application as program
from pharmacy_app.ui import language
from pharmacy_app.ui.application import Application, Composition, Preferences
from pharmacy_app.ui.door import Door
from pharmacy_app.ui.pages.sign_in import SignInPage
from pharmacy_app.ui.scans import Habits

if TYPE_CHECKING:
    from pharmacy_app.system.chance import Chance
    from pharmacy_app.vault.derivation import Cost
    from pharmacy_app.workflows.sessions import Machine, OpenSite

SLOTS_NAME = "site.slots"
LOAD_AHEAD_MS = 250
"""Late enough for the first window to be painted and its names listed before; see `_load_ahead`."""


class Desk:
    """Holds the machine, its settings, and the site that is open; decides what is shown.

    ``settings_file`` is read at once. Keys cost what ``cost`` says, or what is measured when the
    first password is made.
    """

    def __init__(
        self,
        settings_file: Path,
        default_vault: Path,
        *,
        clock: Clock | None = None,
        chance: "Chance | None" = None,
        cost: "Cost | None" = None,
        log_folder: Path | None = None,
    ) -> None:
        self._settings_file = settings_file
        self.settings = read_settings(settings_file)
        self.default_vault = default_vault
        self.clock = clock or SystemClock()
        self._chance = chance
        self._cost = cost
        self._log_folder = log_folder
        self._application: Application | None = None
        self.site: OpenSite | None = None
        self._stopped = False

    def composition(self) -> Composition:
        """Return what `pharmacy_app.ui.application.run` wants to know."""
        kept = self.settings
        habits = Habits(prefix=kept.scanner_prefix, suffix=kept.scanner_suffix)
        return Composition(
            make_first_page=self.first_page,
            preferences=Preferences(kept.language, kept.theme, habits),
            keep_preferences=self._keep_preferences,
            report_bug=self._report,
            stop_writing=self._stop_writing,
            before_end=self.close_site,
        )

    # What is shown

    def first_page(self, application: Application) -> QWidget:
        """Return the sign-in of the site last opened, or the first run where there is none."""
        self._application = application
        language.set_zone(self.settings.zone)
        folder = self.vault_folder()
        QTimer.singleShot(LOAD_AHEAD_MS, application, partial(_load_ahead, application))
        return self._first_run() if folder is None else self._sign_in(folder)

    def vault_folder(self) -> Path | None:
        """Return the folder of the vault last opened, or of the usual one, or None."""
        known = [Path(self.settings.vault)] if self.settings.vault else []
        for folder in (*known, self.default_vault):
            if (folder / SLOTS_NAME).is_file():
                return folder
        return None

    def show_sign_in(self, folder: Path) -> None:
        """Show the sign-in of a vault."""
        self._require_application().present(self._sign_in(folder))

    def show_first_run(self) -> None:
        """Show the first run: a demo site, a new site, or a vault elsewhere."""
        self._require_application().present(self._first_run())

    def show_site(self, site: "OpenSite") -> None:
        """Show the window of a site somebody signed in to."""
        from pharmacy_app.ui.site_window import open_window  # noqa: PLC0415 - not at the start

        application = self._require_application()
        self.site = site
        self._remember_site(site)
        application.scanner.resting = False
        open_window(self, application, site)

    def sign_out(self) -> None:
        """Close the site and ask who is next."""
        site = self.site
        if site is None:
            return
        folder = site.vault.folder
        self.show_sign_in(folder)
        self.close_site()

    def close_site(self) -> None:
        """Record the sign-out and close the site, if one is open; also when the program ends."""
        site, self.site = self.site, None
        if site is None:
            return
        with suppress(EnvironmentProblem):  # the keys are wiped and the files closed all the same
            site.close()

    def _sign_in(self, folder: Path) -> SignInPage:
        self._require_application().scanner.resting = True
        page = SignInPage(self._require_application(), self.door(folder), self.clock.now)
        page.signed_in.connect(self.show_site)
        page.elsewhere_asked.connect(self.show_first_run)
        return page

    def _first_run(self) -> QWidget:
        self._require_application().scanner.resting = True
        from pharmacy_app.ui.pages.first_run import FirstRunPage  # noqa: PLC0415 - not at the start

        return FirstRunPage(self)

    # What it holds

    @property
    def application(self) -> Application:
        """The program's window."""
        return self._require_application()

    def door(self, folder: Path) -> Door:
        """Return the door of a vault's folder."""
        return Door(self.machine, folder)

    @property
    def chance(self) -> "Chance":
        """The machine's randomness."""
        from pharmacy_app.system.chance import SystemChance  # noqa: PLC0415 - not at the start

        return self._chance or SystemChance()

    def machine(self) -> "Machine":
        """Return clock, chance and the cost of keys; the first call measures, for a worker thread."""
        from pharmacy_app.vault.derivation import Cost, calibrate  # noqa: PLC0415 - not at the start
        from pharmacy_app.workflows.sessions import Machine  # noqa: PLC0415 - not at the start

        if self._cost is None:
            kept = self.settings
            told = Cost(kept.derive_memory_kib, kept.derive_iterations, kept.derive_lanes)
            self._cost = told if told.is_lawful else calibrate(self.clock.monotonic)
        return Machine(self.clock, self.chance, self._cost)

    def remember_vault(self, folder: Path) -> None:
        """Offer this vault at the next start."""
        self._keep(replace(self.settings, vault=str(folder)))

    def _remember_site(self, site: "OpenSite") -> None:
        zone = site.pharmacy.zone.key
        language.set_zone(zone)
        cost = self._cost
        kept = self.settings
        if cost is not None:
            kept = replace(
                kept,
                derive_memory_kib=cost.memory_kib,
                derive_iterations=cost.iterations,
                derive_lanes=cost.lanes,
            )
        self._keep(replace(kept, vault=str(site.vault.folder), zone=zone))

    def _keep_preferences(self, chosen: Preferences) -> None:
        self._keep(
            replace(
                self.settings,
                language=chosen.language,
                theme=chosen.theme,
                scanner_prefix=chosen.scanner.prefix,
                scanner_suffix=chosen.scanner.suffix,
            )
        )

    def _keep(self, settings: Settings) -> None:
        self.settings = settings
        with suppress(EnvironmentProblem, OSError):  # a comfort: nobody is kept from work by it
            keep_settings(self._settings_file, settings)

    def _require_application(self) -> Application:
        if self._application is None:
            raise RuntimeError("the window program is not running")
        return self._application

    # Bugs

    def _report(self, bug: BaseException) -> Path | None:
        from pharmacy_app.system import crash  # noqa: PLC0415 - only when something broke

        folder = self._log_folder
        return None if folder is None else crash.write_report(bug, folder, self.clock.now())

    def _stop_writing(self) -> None:
        if self.site is not None:
            self.site.pharmacy.stop_recording()


def _load_ahead(application: Application) -> None:
    """Import on a worker, while somebody types a password, what the open site will need."""

    def load(_: object) -> None:
        import pharmacy_app.ui.site_window  # noqa: PLC0415 - not at the start
        import pharmacy_app.workflows.sessions  # noqa: F401, PLC0415 - to be there later

    if not application.tasks.ended:
        application.tasks.run(load, owner=application)


def run(argv: Sequence[str] = ()) -> int:
    """Run the window program on this machine's own folders; return the exit code."""
    desk = Desk(paths.settings_file(), paths.default_vault(), log_folder=paths.log_folder())
    return program.run(argv, desk.composition())
