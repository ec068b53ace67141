"""The port that every printer keeps, and the two words for its refusals.

A job's title is the paper's neutral one: a print queue is read by everybody. That a printer took a
job does not say that a paper came out; the program asks, and a label is scanned back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.domain.refusal import EnvironmentProblem

Write = Callable[[Path, bytes], None]
"""Writes a whole file or nothing, such as ``system.files.write_replacing``."""

LONGEST_ANSWER = 200
"""Characters of what a printing system answered that are told."""


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
        """Hand a paper over under a neutral title.

        Raises EnvironmentProblem: ``print.no_printer``, ``print.not_ready``, ``print.other_paper``
        or ``print.cut_off`` before anything was sent; ``print.job_failed`` after a job was begun
        and called back, so that a paper may be half out.
        """


def absent(printer: str, answer: str) -> EnvironmentProblem:
    """Return the problem of a printer that cannot be reached; ``answer`` is a term or its words."""
    told = answer[:LONGEST_ANSWER] or "no_answer"
    return EnvironmentProblem("print.no_printer", printer, printer=printer, answer=told)


def not_ready(printer: str, reasons: Iterable[str]) -> EnvironmentProblem:
    """Return the problem of a printer that answers and cannot print; nothing was sent."""
    told = ", ".join(reasons)[:LONGEST_ANSWER]
    return EnvironmentProblem("print.not_ready", printer, printer=printer, answer=told)


def job_failed(printer: str, reasons: Iterable[str]) -> EnvironmentProblem:
    """Return the problem of a job that was begun and called back; a paper may be half out."""
    told = ", ".join(reasons)[:LONGEST_ANSWER] or "no_answer"
    return EnvironmentProblem("print.job_failed", printer, printer=printer, answer=told)
