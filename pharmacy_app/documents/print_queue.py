"""Where papers go: a printer of the operating system, or a folder. One port, two ways.

A job's title is the paper's neutral one: a print queue is read by everybody. That a printer took a
job does not say that a paper came out; the program asks, and a label is scanned back.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.domain.refusal import EnvironmentProblem

Write = Callable[[Path, bytes], None]
"""Writes a whole file or nothing, such as ``system.files.write_replacing``."""

_ANSWER_SECONDS = 20
_LONGEST_ANSWER = 200


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """What took the job, and how it names it: a file's path, or the queue's own job number."""

    printer: str
    job: str


class Printer(Protocol):
    """Takes finished papers. ``submit`` raises EnvironmentProblem if it could not."""

    @property
    def name(self) -> str:
        """What a person calls it, as it is recorded with the print."""

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Hand a paper over under a neutral title; nothing is half-printed when this raises."""


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
            raise EnvironmentProblem(
                "print.no_printer", self.name, printer=self.name, answer="folder_missing"
            )
        target = self.folder / paper.file_name
        self.write(target, paper.pdf)
        return PrintOutcome(self.name, str(target))


@dataclass(frozen=True, slots=True)
class SystemPrinter:
    """Prints through ``lp`` (CUPS: Linux, macOS). ``queue`` is empty for the system's default.

    Windows has no command that prints a PDF without a viewer of its own and tells whether it did;
    there a paper is printed from its folder, and this says so rather than pretend.
    """

    queue: str = ""
    command: str = "lp"

    @property
    def name(self) -> str:
        """The queue's name."""
        return self.queue or "default"

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Queue the paper. Raises EnvironmentProblem ``print.no_printer`` with the answer given."""
        program = shutil.which(self.command)
        if sys.platform == "win32" or program is None:
            raise self._absent("no_print_command")
        # Through a pipe: a file would stay readable on the disk after a power cut, a letter in it too.
        answer = self._answer([program, *self._queue(), "-t", job_title], paper.pdf)
        job = re.search(r"request id is (\S+)", answer)
        return PrintOutcome(self.name, job[1] if job else answer)

    def _queue(self) -> Sequence[str]:
        return ("-d", self.queue) if self.queue else ()

    def _answer(self, command: Sequence[str], pdf: bytes) -> str:
        try:
            done = subprocess.run(  # noqa: S603 - no shell; program found on PATH, title is ours
                command, input=pdf, capture_output=True, timeout=_ANSWER_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as problem:
            raise self._absent(type(problem).__name__) from problem
        if done.returncode != 0:
            raise self._absent(_said(done.stderr or done.stdout)[:_LONGEST_ANSWER])
        return _said(done.stdout)

    def _absent(self, answer: str) -> EnvironmentProblem:
        return EnvironmentProblem(
            "print.no_printer", self.name, printer=self.name, answer=answer or "no_answer"
        )


def _said(answer: bytes) -> str:
    return answer.decode("utf-8", "replace").strip()
