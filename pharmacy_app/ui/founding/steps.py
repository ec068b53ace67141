"""Founding a site, step after step: the form, the vault, the recovery sheet, the second person, the tank."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.locations import Capacity, UnitDetails
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui.files import read_chosen
from pharmacy_app.ui.founding.package_form import FoundingRequest, PackageForm
from pharmacy_app.ui.founding.recovery import RecoveryView
from pharmacy_app.ui.founding.second_person import SecondPersonForm
from pharmacy_app.ui.founding.tank_form import TankForm
from pharmacy_app.ui.papers import show_paper
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.tasks import Problem
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import accounts, founding, papers
from pharmacy_app.workflows.sessions import Machine, OpenSite, UnlockedVault, unlock_vault
from pharmacy_app.workflows.site import add_storage_unit

if TYPE_CHECKING:
    from pharmacy_app.ui.pages.first_run import FirstRunPage


class Founding(QObject):
    """Leads from the form to the open site; the vault is made on a worker thread."""

    def __init__(self, page: "FirstRunPage") -> None:
        super().__init__(page)
        self._page = page
        self.form = PackageForm(page.desk.default_vault)
        self.form.asked.connect(self.found)
        self.form.left.connect(self.go_back)
        self.site: OpenSite | None = None

    @Slot()
    def go_back(self) -> None:
        """Go back to the choice, as long as nothing was made."""
        if self._page.view is self.form:
            self._page.show_view(self._page.choice)

    @Slot(object)
    def found(self, request: FoundingRequest) -> None:
        """Make the vault, open it for its first person, and go on."""
        self._page.show_view(self._page.making)
        self._page.making.begin(self.tr("Making the vault"))
        desk = self._page.desk
        self._page.application.tasks.run(
            lambda _: _founded(desk.machine(), request),
            owner=self._page,
            done=self._on_founded,
            failed=self._on_failed,
        )

    def _on_failed(self, problem: Problem) -> None:
        self._page.show_view(self.form)
        self._page.refusals.show_problem(problem)

    def _on_founded(self, made: tuple[str, UnlockedVault]) -> None:
        code, unlocked = made
        desk = self._page.desk
        try:
            self.site = desk.door(unlocked.vault.folder).open(unlocked)
        except (Refused, EnvironmentProblem) as problem:
            self._page.on_failed(problem)
            return
        desk.site = self.site
        view = RecoveryView(code)
        view.sheet_asked.connect(lambda: self._show_sheet(code))
        view.confirmed.connect(self._on_sheet_kept)
        self._page.show_view(view)

    def _show_sheet(self, code: str) -> None:
        site = self._open_site()
        show_paper(
            site.pharmacy,
            lambda: papers.recovery_sheet(site.pharmacy, site.vault, code),
            self.tr("Recovery sheet"),
            f"site/{site.pharmacy.site.code}",
            self._page.refusals.show_problem,
            self._page,
        )

    @Slot()
    def _on_sheet_kept(self) -> None:
        form = SecondPersonForm(self._open_site().pharmacy.site.code)
        form.asked.connect(self._on_second)
        form.skipped.connect(self._ask_for_tank)
        self._page.show_view(form)

    @Slot(object)
    def _on_second(self, second: accounts.Account) -> None:
        site = self._open_site()
        pharmacy = site.pharmacy
        faults = [fault for fault in accounts.account_mistakes(second) if fault is not None]
        if faults:
            self._page.refusals.show_problem(Refused(faults))
            return
        workplace = Workplace(self._page.application, site)
        first = pharmacy.person
        said = self.tr("{name} becomes a second checker at this site.")

        def act(credentials: Sequence[Credential]) -> Any:
            return accounts.add_person(pharmacy, site.vault, second, credentials[0])

        sign_and(
            workplace,
            said.format(name=second.printed_name),
            [workplace.asked(Meaning.AUTHORISED, Task.ADD_PERSON, chosen=first.person_id)],
            act,
            lambda _: self._ask_for_tank(),
            self._page,
        )

    @Slot()
    def _ask_for_tank(self) -> None:
        kit_types = self._open_site().pharmacy.trial.kit_types
        form = TankForm(min(kit_type.storage_limit_c for kit_type in kit_types))
        form.asked.connect(self._on_tank)
        form.skipped.connect(self._on_done)
        self._page.show_view(form)

    @Slot(object, str, object, object)
    def _on_tank(
        self, capacity: Capacity, name: str, limit_c: Decimal, details: UnitDetails
    ) -> None:
        try:
            add_storage_unit(self._open_site().pharmacy, capacity, name, limit_c, details)
        except (Refused, EnvironmentProblem) as problem:
            self._page.refusals.show_problem(problem)
            return
        self._on_done()

    @Slot()
    def _on_done(self) -> None:
        self._page.desk.show_site(self._open_site())

    def _open_site(self) -> OpenSite:
        if self.site is None:
            raise RuntimeError("the site is not open yet")
        return self.site


def _founded(machine: Machine, request: FoundingRequest) -> tuple[str, UnlockedVault]:
    first = request.first
    code = founding.found_site(
        machine,
        request.folder,
        read_chosen(request.package),
        request.activation_code,
        first,
        request.station,
    )
    return code, unlock_vault(machine, request.folder, first.person_id, first.password)
