"""What reading a logger's file gives: readings, or questions that only a person can answer."""

from dataclasses import dataclass
from datetime import timedelta

from pharmacy_app.domain.refusal import Violation
from pharmacy_app.domain.temperature import Sample


@dataclass(frozen=True, slots=True)
class Question:
    """One thing the file does not say. The answer is given under ``name``, as one of ``choices``.

    ``date_order`` (``dmy``, ``mdy``, ``ymd``), ``zone`` (any IANA name or ``UTC±hh:mm`` is taken;
    the site's is offered), ``unit`` (``C``, ``F``), ``column`` (a heading). ``example`` is what the
    file shows; ``default`` is offered where there is one that is more likely than the rest.
    """

    name: str
    choices: tuple[str, ...]
    example: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class NeedsAnswers:
    """The file cannot be read without these answers: it is asked, never guessed."""

    sha256: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class LoggerFile:
    """What a logger saw: strictly in the order of time, UTC, exact °C; ``notes`` say the rest.

    ``interval`` is the commonest step. ``cut_at_line`` is the first line that was not read because
    the file ends within the record, or None for a whole file. ``sha256`` is of the original bytes.
    """

    readings: tuple[Sample, ...]
    serial: str
    interval: timedelta
    sha256: str
    notes: tuple[Violation, ...] = ()
    cut_at_line: int | None = None

    @property
    def statement(self) -> Violation | None:
        """The note that says up to where a cut file was read, or None for a whole one."""
        return next((note for note in self.notes if note.rule == "logger.cut_off"), None)
