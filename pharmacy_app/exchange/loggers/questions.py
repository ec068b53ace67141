"""What reading a logger's file gives: readings, or questions that only a person can answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from pharmacy_app.domain.readings import Readings
from pharmacy_app.domain.refusal import Violation


@dataclass(frozen=True, slots=True)
class Question:
    """One thing the file does not say. The answer is given under ``name``, as one of ``choices``.

    ``date_order`` (``dmy``, ``mdy``, ``ymd``), ``zone`` (any IANA name or ``UTC±hh:mm`` is taken;
    the site's is offered), ``unit`` (``C``, ``F``, ``K``), ``column`` and ``time`` (headings),
    ``comma`` (``between_cells``, ``decimal``: what it is behind whole degrees),
    ``probe`` (which of several in one file), ``sensor_code`` (``code``, ``reading``: what −127 and 85
    mean). ``example`` is what the file shows; ``default`` is offered where there is one that is more
    likely than the rest.
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
    serial: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class LoggerFile:
    """What a logger saw: strictly in the order of time, UTC, exact °C; ``notes`` say the rest.

    ``interval`` is the one that the file states, else the commonest step. ``cut_at_line`` is the
    first line that was not read because the file ends within the record, or None for a whole file.
    ``sha256`` is of the original bytes. ``fingerprint`` is that of the layout; ``given`` are answers
    of a person that were needed, ``recalled`` those that were kept of this logger before.
    """

    readings: Readings
    serial: str
    interval: timedelta
    sha256: str
    notes: tuple[Violation, ...] = ()
    cut_at_line: int | None = None
    fingerprint: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    recalled: Mapping[str, str] = field(default_factory=dict)

    @property
    def statement(self) -> Violation | None:
        """The note that says up to where a cut file was read, or None for a whole one."""
        return next((note for note in self.notes if note.rule == "logger.cut_off"), None)
