"""Every way to print at once: what a blinded person could see at a queue, a folder or on a line."""

from dataclasses import dataclass, field
from decimal import Decimal

from pharmacy_app.documents.catalogue import LABEL, Paper
from pharmacy_app.documents.printers import raster_pdf
from pharmacy_app.documents.printers.network import NetworkPrinter
from pharmacy_app.documents.printers.port import PrintOutcome
from tests.documents.printers.listener import QUICK, READY, listening
from tests.documents.printers.profiles import queue, thermal


@dataclass
class EveryOutlet:
    """Keeps name, title and bytes of each paper as PDF, as corrected pages, and as a line of ZPL."""

    name: str = "Bag labels"
    seen: list[tuple[str, bytes]] = field(default_factory=list)

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        self.seen += [(paper.file_name, paper.pdf), (job_title, b"")]
        moved = queue("office", scale=Decimal("0.99"))
        self.seen.append(("pages", raster_pdf.corrected(paper.pdf, moved)))
        if paper.document == LABEL.key:
            self._over_the_line(paper, job_title)
        return PrintOutcome(self.name, job_title)

    def _over_the_line(self, paper: Paper, job_title: str) -> None:
        with listening(READY) as printer:
            outcome = NetworkPrinter(thermal(printer.address), QUICK).submit(paper, job_title)
        self.seen += [(outcome.job, bytes(printer.got)), (outcome.printer, b"")]
