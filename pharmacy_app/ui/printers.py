"""Where papers and labels can go from this machine: each printer of the system, or a folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from pharmacy_app.documents.catalogue import DocumentClass, Paper
from pharmacy_app.documents.printers.port import Printer, PrintOutcome
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system import paths
from pharmacy_app.ui.dialogs import preview
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
            raise _absent(self.name, type(error).__name__) from error
        return folder_printer(self.folder).submit(paper, job_title)


@dataclass(frozen=True, slots=True)
class WindowPrinter:
    """A printer of the operating system, driven by Qt: at its own resolution, at true size."""

    name: str

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Send the pages. Raises EnvironmentProblem ``print.no_printer`` if the printer is gone."""
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # noqa: PLC0415 - slow to load

        info = QPrinterInfo.printerInfo(self.name)
        if info.isNull():
            raise _absent(self.name, "no_answer")
        printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
        printer.setDocName(job_title)
        printer.setFullPage(True)
        sheet = preview.DocumentPreview(for_screen(paper, job_title))
        sheet.print_on(printer)
        sheet.reject()
        return PrintOutcome(self.name, job_title)


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


def label_printers() -> Sequence[tuple[Printer, str]]:
    """Return every way a label can be printed here, with its words; the system's default first."""
    from PySide6.QtPrintSupport import QPrinterInfo  # noqa: PLC0415 - slow to load

    default = QPrinterInfo.defaultPrinterName()
    names = sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != default, name))
    folder = paths.default_vault().parent / "labels"
    in_folder = QCoreApplication.translate("Printers", "Folder, as PDF: {folder}")
    found: list[tuple[Printer, str]] = [(WindowPrinter(name), name) for name in names]
    return [*found, (OwnFolder(folder), in_folder.format(folder=folder))]


def _absent(name: str, answer: str) -> EnvironmentProblem:
    return EnvironmentProblem("print.no_printer", name, printer=name, answer=answer)
