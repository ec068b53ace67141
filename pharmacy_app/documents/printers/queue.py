"""A queue of CUPS (Linux, macOS): pages as PDF, or ZPL passed on unchanged; the job seen out.

Windows has no command that prints a PDF without a viewer of its own and tells whether it did;
there the window prints, and this says so rather than pretend.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.pictures import page_size, pages
from pharmacy_app.documents.printers import queue_words, raster_pdf, zpl
from pharmacy_app.documents.printers.port import LONGEST_ANSWER, PrintOutcome, absent, job_failed
from pharmacy_app.documents.printers.profile import PrinterProfile, Way
from pharmacy_app.documents.printers.queue_words import JobState
from pharmacy_app.documents.printers.raster import require_paper
from pharmacy_app.domain.refusal import EnvironmentProblem


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of the printing system, found on PATH; how many seconds each may take."""

    submit: str = "lp"
    tell: str = "lpstat"
    cancel: str = "cancel"
    answer: float = 20
    settle: float = 20
    """From the queue's taking a job until the printer has it."""
    between: float = 0.3


@dataclass(frozen=True, slots=True)
class QueuePrinter:
    """Prints through ``lp``. A job that fails or waits too long is taken out of the queue again."""

    profile: PrinterProfile
    commands: Commands = Commands()

    @property
    def name(self) -> str:
        """The profile's name."""
        return self.profile.name

    @property
    def _queue(self) -> str:
        return self.profile.address

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Queue the paper and watch its job; see `Printer.submit`.

        Raises also EnvironmentProblem ``print.queue_stopped`` and ``print.queue_closed``.
        """
        content = self._content(paper.pdf)
        self.require_open()
        # Through a pipe: a file would stay readable on the disk after a power cut, a letter in it too.
        asked = ["-d", self._queue, "-t", job_title, *self._options()]
        answer = self._said(self.commands.submit, asked, content)
        found = re.search(r"request id is (\S+)", answer)
        if found is None:
            raise job_failed(self.name, [answer])
        self._see_it_out(found[1])
        return PrintOutcome(self.name, found[1])

    def require_open(self) -> None:
        """Raise EnvironmentProblem unless the queue is there, takes jobs and prints them."""
        told = self._said(self.commands.tell, ["-p", self._queue, "-a", self._queue])
        state = queue_words.queue_state(told)
        reason = state.reason[:LONGEST_ANSWER] or "no_answer"
        if state.stopped:
            raise EnvironmentProblem(
                "print.queue_stopped", self.name, printer=self.name, answer=reason
            )
        if state.closed:
            raise EnvironmentProblem(
                "print.queue_closed", self.name, printer=self.name, answer=reason
            )

    def _content(self, pdf: bytes) -> bytes:
        if self.profile.way is Way.RAW:
            return zpl.job(pdf, self.profile)
        if self.profile.corrected:
            return raster_pdf.corrected(pdf, self.profile)
        if self.profile.size_mm is not None:
            for number in range(pages(pdf)):
                require_paper(self.name, page_size(pdf, number), self.profile.size_mm)
        return pdf

    def _options(self) -> list[str]:
        if self.profile.way is Way.RAW:
            return ["-o", "raw"]
        size = self.profile.size_mm
        paper = [] if size is None else ["-o", f"media=Custom.{size[0]}x{size[1]}mm"]
        return [*paper, "-o", "print-scaling=none"]

    def _see_it_out(self, job: str) -> None:
        """Return once the printer has the job; otherwise take it out of the queue and say why."""
        until = time.monotonic() + self.commands.settle
        while True:
            state = self._state_of(job)
            if state is None or state.done:  # a queue may forget a job as soon as it is done
                return
            late = time.monotonic() >= until
            if late and state.under_way:
                return
            if late or state.failed:
                # Later, when somebody starts the printer, a void paper would come out.
                self._run(self.commands.cancel, [job])
                raise job_failed(self.name, [state.reason])
            time.sleep(self.commands.between)

    def _state_of(self, job: str) -> JobState | None:
        for which in ("not-completed", "completed"):
            told = self._said(self.commands.tell, ["-W", which, "-l", "-o", self._queue])
            state = queue_words.job_state(told, job, ended=which == "completed")
            if state is not None:
                return state
        return None

    def _said(self, command: str, words: Sequence[str], content: bytes = b"") -> str:
        """Return what a command answered. Raises EnvironmentProblem ``print.no_printer``."""
        done = self._run(command, words, content)
        if done.returncode != 0:
            answer = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
            raise absent(self.name, answer)
        return done.stdout.decode("utf-8", "replace")

    def _run(
        self, command: str, words: Sequence[str], content: bytes = b""
    ) -> "subprocess.CompletedProcess[bytes]":
        program = shutil.which(command)
        if sys.platform == "win32" or program is None:
            raise absent(self.name, "no_print_command")
        try:
            return subprocess.run(  # noqa: S603 - no shell; program found on PATH, words are checked
                [program, *words],
                input=content,
                capture_output=True,
                timeout=self.commands.answer,
                check=False,
                env={**os.environ, "LC_ALL": "C"},  # the words that `queue_words` reads
            )
        except subprocess.TimeoutExpired as problem:
            raise absent(self.name, "printer_state.silent") from problem
        except OSError as problem:
            raise absent(self.name, type(problem).__name__) from problem
