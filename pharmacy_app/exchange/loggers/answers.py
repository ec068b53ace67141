"""What a person answers about a file, and what was answered about the same logger before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pharmacy_app.domain.refusal import refuse, violation
from pharmacy_app.exchange.loggers.questions import Question


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
