"""What reading a logger's file gives: readings, or questions that only a person can answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from pharmacy_app.domain.readings import Readings
from pharmacy_app.domain.refusal import Violation, refuse, violation


@dataclass(frozen=True, slots=True)
class Question:
    """One thing the file does not say. The answer is given under ``name``, as one of ``choices``.

    ``date_order`` (``dmy``, ``mdy``, ``ymd``), ``zone`` (any IANA name or ``UTC±hh:mm`` is taken;
    the site's is offered), ``unit`` (``C``, ``F``, ``K``), ``column`` and ``time`` (headings),
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


class Answers:
    """What a person answers now, and what was kept of the same logger; and which of it was needed.

    Where the logger has no serial number, what was kept is only offered: it may be another one.
    """

    def __init__(self, given: Mapping[str, str], kept: Mapping[str, str], *, sure: bool) -> None:
        self._given, self._kept, self._sure = given, kept, sure
        self.given: dict[str, str] = {}
        self.recalled: dict[str, str] = {}
        self.open: list[Question] = []

    def to(self, question: Question, fits: Callable[[str], object] | None = None) -> str | None:
        """Return the answer to a question; without one it is kept among those that are ``open``.

        ``fits`` says what may be answered beside the choices. Raises Refused ``logger.answer``.
        """
        name, choices = question.name, question.choices

        def lawful(answer: str) -> bool:
            return answer in choices or (fits is not None and bool(fits(answer)))

        if name in self._given:
            answer = self._given[name]
            found = violation("logger.answer", name, found=answer, choices=", ".join(choices))
            refuse(None if lawful(answer) else found)
            self.given[name] = answer
            return answer
        kept = self._kept.get(name)
        if kept is not None and lawful(kept):
            if self._sure:
                self.recalled[name] = kept
                return kept
            known = choices if kept in choices else (kept, *choices)
            question = replace(question, default=kept, choices=known)
        self.open.append(question)
        return None

    def one_of(self, name: str, choices: Sequence[str]) -> str | None:
        """Return the only choice, or the answer to which of several it is."""
        if len(choices) == 1:
            return choices[0]
        return self.to(Question(name, tuple(choices), "; ".join(choices)))
