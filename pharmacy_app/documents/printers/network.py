"""A label printer on the network: ZPL over TCP, its state asked before and after.

Every wait has an end. A job that cannot be finished is called back (``~JA``), so that no label
comes out later, when somebody loads paper.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers import host_status, zpl
from pharmacy_app.documents.printers.host_status import HostStatus
from pharmacy_app.documents.printers.port import PrintOutcome, absent, job_failed, not_ready
from pharmacy_app.documents.printers.profile import PrinterProfile

SILENT = "printer_state.silent"
BROKE_OFF = "printer_state.broke_off"
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds each step may take."""

    connect: float = 5
    send: float = 15
    answer: float = 4
    settle: float = 12
    """From the last byte until everything has been printed."""
    between: float = 0.25
    """From one question to the next."""


@dataclass(frozen=True, slots=True)
class NetworkPrinter:
    """Sends a paper as one ZPL job on one connection."""

    profile: PrinterProfile
    patience: Patience = Patience()

    @property
    def name(self) -> str:
        """The profile's name."""
        return self.profile.name

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Send the job; see `Printer.submit`. TCP carries no title."""
        job = zpl.job(paper.pdf, self.profile)
        with self._line() as line:
            if self.profile.asks:
                self._require_ready(line)
            self._send(line, job)
            if self.profile.asks:
                self._see_it_out(line)
            else:
                self._see_it_taken(line)
        return PrintOutcome(self.name, job_title)

    def status(self) -> HostStatus | None:
        """Ask for the state; None from a printer that tells none.

        Raises EnvironmentProblem ``print.no_printer``.
        """
        with self._line() as line:
            return self._state(line) if self.profile.asks else None

    @contextmanager
    def _line(self) -> Iterator[socket.socket]:
        try:
            line = socket.create_connection(self.profile.host, timeout=self.patience.connect)
        except TimeoutError as error:
            raise absent(self.name, SILENT) from error
        except OSError as error:
            raise absent(self.name, f"printer_state.{_reason(error)}") from error
        with line:
            yield line

    def _require_ready(self, line: socket.socket) -> None:
        hindrances = self._state(line).hindrances
        if hindrances:
            raise not_ready(self.name, hindrances)

    def _state(self, line: socket.socket) -> HostStatus:
        """Return the state. Raises EnvironmentProblem ``print.no_printer`` if none is told in time."""
        told = self._ask(line)
        if told is None:
            raise absent(self.name, SILENT)
        return told

    def _ask(self, line: socket.socket) -> HostStatus | None:
        """Return the state; None if no sensible answer came in time."""
        answer, until = b"", time.monotonic() + self.patience.answer
        try:
            line.settimeout(self.patience.answer)
            line.sendall(host_status.ASK)
            while not host_status.is_whole(answer) and len(answer) < host_status.LONGEST:
                line.settimeout(max(until - time.monotonic(), 0.001))
                part = line.recv(_CHUNK)
                if not part:
                    return None
                answer += part
            return host_status.read_status(answer)
        except (OSError, ValueError):
            return None

    def _send(self, line: socket.socket, job: bytes) -> None:
        try:
            line.settimeout(self.patience.send)
            line.sendall(job)
        except OSError as error:
            raise job_failed(self.name, [BROKE_OFF]) from error

    def _see_it_out(self, line: socket.socket) -> None:
        """Wait until the printer has printed all, or call the job back and say why."""
        until, idle = time.monotonic() + self.patience.settle, 0
        # Twice idle: the first answer may be older than the printer's look at the job.
        while idle < 2 and time.monotonic() < until:
            status = self._ask(line)
            reasons = (SILENT,) if status is None else status.hindrances
            if status is None or reasons:
                self._call_back(line)
                raise job_failed(self.name, reasons)
            idle = idle + 1 if status.idle else 0
            time.sleep(self.patience.between)

    def _call_back(self, line: socket.socket) -> None:
        try:
            line.settimeout(self.patience.answer)
            line.sendall(zpl.CALL_BACK)
        except OSError as error:
            raise job_failed(self.name, [BROKE_OFF]) from error

    def _see_it_taken(self, line: socket.socket) -> None:
        """Wait until the printer has closed its side; one that never does has taken it all the same."""
        try:
            line.settimeout(self.patience.answer)
            line.shutdown(socket.SHUT_WR)
            while line.recv(_CHUNK):
                pass
        except TimeoutError:
            return
        except OSError as error:
            raise job_failed(self.name, [BROKE_OFF]) from error


def _reason(error: OSError) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    return "no_such_host" if isinstance(error, socket.gaierror) else "unreachable"
