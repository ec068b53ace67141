"""Where papers and labels can go from this machine: each printer of the system, or a folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from pharmacy_app.documents.catalogue import DocumentClass, Paper
from pharmacy_app.documents.pictures import page_size
from pharmacy_app.documents.printers.port import Printer, PrintOutcome, absent
from pharmacy_app.documents.printers.profile import PrinterProfile, Way
from pharmacy_app.documents.printers.raster import require_paper
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system import paths
from pharmacy_app.ui.dialogs import preview
from pharmacy_app.ui.page_printing import print_pages, require_offered
from pharmacy_app.workflows import printers as machine
from pharmacy_app.workflows.papers import folder_printer


@dataclass(frozen=True, slots=True)
class OwnFolder:
    """A folder beside the vault that is made when the first paper goes there."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder's name without its path, which might name a person."""
        return self.folder.name

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Write the paper. Raises EnvironmentProblem."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise absent(self.name, type(error).__name__) from error
        return folder_printer(self.folder).submit(paper, job_title)


@dataclass(frozen=True, slots=True)
class WindowPrinter:
    """A printer of the operating system, driven by Qt: at its own resolution, at true size.

    ``profile`` corrects it and names its paper; any thread may print.
    """

    queue: str
    profile: PrinterProfile | None = None

    @property
    def name(self) -> str:
        """The profile's name, else the system's."""
        return self.queue if self.profile is None else self.profile.name

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Send the pages; see `Printer.submit`."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # noqa: PLC0415 - slow to load

        size = None if self.profile is None else self.profile.size_mm
        if size is not None:
            require_paper(self.name, page_size(paper.pdf), size)
        info = QPrinterInfo.printerInfo(self.queue)
        if info.isNull():
            raise absent(self.name, "no_answer")
        require_offered(info, self.name, page_size(paper.pdf))
        printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
        printer.setDocName(job_title)
        print_pages(printer, paper.pdf, self.profile)
        return PrintOutcome(self.name, job_title)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Stands for the printers of this machine where their file is damaged: it says so when used."""

    problem: EnvironmentProblem
    name: str = "printers.toml"

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Raise the problem."""
        del paper, job_title
        raise self.problem


@dataclass(frozen=True, slots=True)
class PrintedAlready:
    """A printer that the preview has just printed on: nothing is left to do but to record it."""

    name: str

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:  # noqa: ARG002 - done before
        """Say that the printer took it."""
        return PrintOutcome(self.name, job_title)


def for_screen(paper: Paper, title: str) -> preview.Paper:
    """Return a paper as the preview takes it."""
    unblinded = paper.secrecy is DocumentClass.UNBLINDED
    return preview.Paper(title, paper.file_name, paper.pdf, unblinded)


def opened(profile: PrinterProfile) -> Printer:
    """Return the printer of a profile; one of the system is driven by the window itself."""
    if profile.way is Way.SYSTEM:
        return WindowPrinter(profile.address, profile)
    return machine.opened(profile)


def label_printers() -> Sequence[tuple[Printer, str]]:
    """Return every way a label can be printed here, with its words.

    Those added by people come first, then the system's default and its others, then a folder.
    """
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - slow to load

    default = QPrinterInfo.defaultPrinterName()
    names = sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name))
    folder = paths.default_vault().parent / "labels"
    in_folder = QCoreApplication.translate("Printers", "Folder, as PDF: {folder}")
    return [
        *_added(),
        *((WindowPrinter(name), name) for name in names),
        (OwnFolder(folder), in_folder.format(folder=folder)),
    ]


def _added() -> Sequence[tuple[Printer, str]]:
    try:
        profiles = machine.listed(paths.printers_file())
    except EnvironmentProblem as problem:
        words = QCoreApplication.translate("Printers", "Printers added here: cannot be read")
        return [(Unreadable(problem), words)]
    return [(opened(profile), profile.name) for profile in profiles]
