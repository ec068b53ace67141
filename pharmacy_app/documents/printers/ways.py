"""From a profile to its printer, and to what that printer says of itself."""

from dataclasses import dataclass
from pathlib import Path

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers.folder import FolderPrinter
from pharmacy_app.documents.printers.network import NetworkPrinter
from pharmacy_app.documents.printers.port import Printer, PrintOutcome, Write, absent
from pharmacy_app.documents.printers.profile import PrinterProfile, Way
from pharmacy_app.documents.printers.queue import QueuePrinter

READY = "printer_state.ready"
UNTOLD = "printer_state.untold"


@dataclass(frozen=True, slots=True)
class NamedFolder:
    """A folder under the name its profile gives it."""

    profile: PrinterProfile
    write: Write

    @property
    def name(self) -> str:
        """The profile's name."""
        return self.profile.name

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Write the PDF; see `FolderPrinter.submit`."""
        folder = FolderPrinter(Path(self.profile.address), self.write)
        return PrintOutcome(self.name, folder.submit(paper, job_title).job)


def printer_of(profile: PrinterProfile, write: Write) -> Printer:
    """Return the printer of a profile."""
    match profile.way:
        case Way.NETWORK:
            return NetworkPrinter(profile)
        case Way.FOLDER:
            return NamedFolder(profile, write)
        case _:
            return QueuePrinter(profile)


def state_of(profile: PrinterProfile) -> tuple[str, ...]:
    """Return what a printer says of itself, as terms: ready, why it does not print, or untold.

    Raises EnvironmentProblem ``print.…`` if it cannot be reached, or its queue is stopped.
    """
    match profile.way:
        case Way.NETWORK:
            status = NetworkPrinter(profile).status()
            return (UNTOLD,) if status is None else status.hindrances or (READY,)
        case Way.FOLDER:
            if not Path(profile.address).is_dir():
                raise absent(profile.name, "folder_missing")
        case _:
            QueuePrinter(profile).require_open()
    return (READY,)
