"""Why an act was not done: every reason at once, as codes with facts.

The words stand in ``resources/wording/*.toml`` in Chinese and English; see ``pharmacy_app.wording``.
Three families cross a border, nothing else does: `Refused` (a rule said no), `EnvironmentProblem`
(the machine could not), and bugs (any other exception).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

Fact = str | int | Decimal | datetime | date


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that said no.

    ``rule`` is a code such as ``kit.expired``; ``record`` names what was refused (a kit number, a
    dose, ``kits.csv:12:3``); ``facts`` fill the placeholders of the rule's sentences.
    """

    rule: str
    record: str
    facts: tuple[tuple[str, Fact], ...] = ()

    def fact(self, name: str) -> Fact | None:
        """Return one fact, or None where the rule has none of that name."""
        return dict(self.facts).get(name)


def violation(rule: str, record: str = "", /, **facts: Fact) -> Violation:
    """Build a violation; facts are kept in the order of their names, so equal ones compare equal."""
    return Violation(rule, record, tuple(sorted(facts.items())))


class Refused(Exception):
    """A rule said no. Holds every violation found, never just the first, and never none."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        if not self.violations:
            raise ValueError("a refusal needs a reason")
        super().__init__(", ".join(f"{v.rule}[{v.record}]" for v in self.violations))


class EnvironmentProblem(Exception):
    """The machine could not do it: disk full, file locked, wrong key, printer away.

    Nothing was lost or half-written when this is raised. ``problem`` is worded like a violation.
    """

    def __init__(self, code: str, record: str = "", /, **facts: Fact) -> None:
        self.problem = violation(code, record, **facts)
        super().__init__(f"{code}[{record}]")


def refuse(*violations: Violation | None) -> None:
    """Raise `Refused` with every violation given that is not None; do nothing if there is none."""
    found = [v for v in violations if v is not None]
    if found:
        raise Refused(found)
