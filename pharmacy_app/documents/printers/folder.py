"""A folder as a printer: the PDF itself, whole or not at all."""

from dataclasses import dataclass
from pathlib import Path

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers.port import PrintOutcome, Write, absent


@dataclass(frozen=True, slots=True)
class FolderPrinter:
    """Writes the PDF under its own name into a folder, whole or not at all."""

    folder: Path
    write: Write

    @property
    def name(self) -> str:
        """The folder's name without its path, which might name a person."""
        return self.folder.name

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:  # noqa: ARG002 - no queue here
        """Write the file. Raises EnvironmentProblem as ``write`` does, or ``print.no_printer``."""
        if not self.folder.is_dir():
            raise absent(self.name, "folder_missing")
        target = self.folder / paper.file_name
        self.write(target, paper.pdf)
        return PrintOutcome(self.name, str(target))
