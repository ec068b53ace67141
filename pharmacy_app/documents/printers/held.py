"""A printer that keeps a paper until its job is sent, so that nobody waits for a printer.

The act is recorded first, with the real printer's name; then the job goes out on another thread.
"""

from dataclasses import dataclass, field

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers.port import Printer, PrintOutcome


@dataclass(slots=True)
class HeldJob:
    """Takes one paper in the name of ``printer``; `send` hands it over."""

    printer: Printer
    _kept: list[tuple[Paper, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The real printer's name, as it is recorded with the print."""
        return self.printer.name

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Keep the paper; nothing has gone out yet."""
        self._kept.append((paper, job_title))
        return PrintOutcome(self.name, job_title)

    def send(self) -> None:
        """Hand over what was kept, once. Raises EnvironmentProblem as the real printer does."""
        while self._kept:
            self.printer.submit(*self._kept.pop())
