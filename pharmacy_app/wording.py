"""The words for rules, problems and terms, Chinese and English, from ``resources/wording/*.toml``.

One entry a code: ``[kit.expired]`` with ``en`` and ``zh``, each a table of ``rule``, ``expected``,
``found``, ``remedy``; placeholders ``{name}`` are the facts of the violation, plus ``{record}``.
``[term.<name>]`` entries (``en = "…"``, ``zh = "…"``) word values such as states and roles. Names
may be nested (``[term.kit_state]`` ``thawed = …``): an entry is the first table that has a language.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pharmacy_app.domain.refusal import EnvironmentProblem, Fact, Refused, Violation

Language = Literal["en", "zh"]
FOLDER = Path(__file__).resolve().parent.parent / "resources" / "wording"
LANGUAGES = frozenset({"en", "zh"})
COMMA = {"en": ", ", "zh": "、"}
PARTS = ("rule", "expected", "found", "remedy")


@dataclass(frozen=True, slots=True)
class Worded:
    """A refusal in words: the rule, what was expected, what was found, what to do."""

    code: str
    record: str
    rule: str
    expected: str
    found: str
    remedy: str

    def __str__(self) -> str:
        return " ".join(
            part for part in (self.rule, self.expected, self.found, self.remedy) if part
        )


@cache
def catalogue() -> Mapping[str, Mapping[str, Any]]:
    """Return code → entry, from every file of the folder.

    Raises ValueError if a code is worded twice.
    """
    entries: dict[str, Mapping[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for code, entry in _entries("", tomllib.loads(path.read_text(encoding="utf-8"))):
            if code in entries:
                raise ValueError(f"{code} is worded twice")
            entries[code] = entry
    return entries


def _entries(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every entry below a table with its dotted name. Raises ValueError for a stray value."""
    for name, inner in table.items():
        code = f"{prefix}{name}"
        if not isinstance(inner, dict):
            raise ValueError(f"{code} has no language")  # noqa: TRY004 - the file is wrong
        if inner.keys() & LANGUAGES:
            yield code, inner
        else:
            yield from _entries(f"{code}.", inner)


def term(name: str, language: Language) -> str:
    """Return the word for a value (``term.<name>``), or the value itself if it has none."""
    entry = catalogue().get(f"term.{name}")
    return name if entry is None else str(entry[language])


def terms(value: str, language: Language) -> str:
    """Return the word for a value, or for each of a list joined by ", "; other texts unchanged.

    A text is a list only if every part of it has a word, so that what a person wrote stays as is.
    """
    names = value.split(", ")
    if all(f"term.{name}" in catalogue() for name in names):
        return COMMA[language].join(term(name, language) for name in names)
    return value


def fact_in_words(value: Fact, language: Language, zone: tzinfo | None) -> str:
    """Return a fact as a person reads it: local times with their zone, terms, plain numbers."""
    if isinstance(value, datetime):
        local = value.astimezone(zone)
        return (
            local.strftime("%Y-%m-%d %H:%M ")
            + local.strftime("%z")[:3]
            + ":"
            + local.strftime("%z")[3:5]
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return terms(value, language) if isinstance(value, str) else str(value)


def worded(violation: Violation, language: Language, zone: tzinfo | None = None) -> Worded:
    """Return one violation in words.

    Raises KeyError for a code nobody worded: that is a bug, and a test looks for it.
    """
    entry = catalogue()[violation.rule][language]
    facts = {name: fact_in_words(value, language, zone) for name, value in violation.facts}
    facts["record"] = terms(violation.record, language)
    parts = [str(entry.get(part, "")).format_map(facts) for part in PARTS]
    return Worded(violation.rule, facts["record"], *parts)


def refusal_in_words(
    problem: Refused | EnvironmentProblem, language: Language, zone: tzinfo | None = None
) -> list[Worded]:
    """Return every reason of a refusal, or the one of an environment problem, in words."""
    reasons = problem.violations if isinstance(problem, Refused) else (problem.problem,)
    return [worded(reason, language, zone) for reason in reasons]
