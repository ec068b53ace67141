"""The open site at its window: what every page is given."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.people import Task, may
from pharmacy_app.domain.trial import Text
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.ui import language, wording
from pharmacy_app.ui.dialogs.signature import Asked, Signer
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.workflows.pharmacy import Scanned

if TYPE_CHECKING:
    from pharmacy_app.ui.application import Application
    from pharmacy_app.ui.tasks import Tasks
    from pharmacy_app.vault.session import OpenVault
    from pharmacy_app.workflows.pharmacy import Pharmacy
    from pharmacy_app.workflows.sessions import OpenSite


class Workplace:
    """The program's window and the site somebody signed in to; valid until the sign-out.

    The ledger belongs to the window's thread: workflows and queries are called there. Only what
    needs no ledger (deriving keys, drawing papers) may run as a task.
    """

    def __init__(self, application: "Application", site: "OpenSite") -> None:
        self.application = application
        self.site = site

    @property
    def pharmacy(self) -> "Pharmacy":
        """The open pharmacy, the first argument of every workflow."""
        return self.site.pharmacy

    @property
    def vault(self) -> "OpenVault":
        """The open vault."""
        return self.site.vault

    @property
    def tasks(self) -> "Tasks":
        """Where long work runs."""
        return self.application.tasks

    def asked(
        self,
        meaning: Meaning,
        task: Task,
        *,
        chosen: PersonId | None = None,
        but: Collection[PersonId] = (),
    ) -> Asked:
        """Return the question for one signature of a task, to be answered by who has the right.

        ``chosen`` is set in advance; ``but`` leaves people out. The rules decide, not this list.
        """
        able = [
            Signer(person.person_id, person.printed_name)
            for person in site_queries.people(self.pharmacy.reader)
            if may(person, task) and person.person_id not in but
        ]
        first = chosen if any(signer.person == chosen for signer in able) else None
        return Asked(wording.term(f"meaning.{meaning}"), able, first)


def said(text: Text) -> str:
    """Return a text of the trial in the language of the window."""
    return text.zh if language.current() == "zh" else text.en


def scanned(scan: RawScan) -> Scanned:
    """Return a scan as the workflows take it."""
    return Scanned(scan.raw, scan.typed)
