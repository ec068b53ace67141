import ast
import string
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pharmacy_app.wording import PARTS, catalogue
from tests.architecture import sources
from tests.architecture.test_house_rules import called

LANGUAGES = ("en", "zh")


class Said(NamedTuple):
    """One place in the source that raises a code."""

    place: str
    code: str
    facts: frozenset[str] | None  # None where they cannot be seen from outside


def said() -> Iterator[Said]:
    for module in sources.product():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and called(node) in {"violation", "EnvironmentProblem"}:
                for code in codes_of(node):
                    yield Said(f"{module.name}:{node.lineno}", code, facts_of(node))


def codes_of(node: ast.Call) -> list[str]:
    """The code given, or both of a conditional expression; none for a variable."""
    first = node.args[0] if node.args else None
    choices = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    return [c.value for c in choices if isinstance(c, ast.Constant) and isinstance(c.value, str)]


def facts_of(node: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in node.keywords]
    return None if None in names else frozenset(name for name in names if name)


def placeholders(entry: Mapping[str, Any], language: str) -> set[str]:
    text = " ".join(str(entry[language][part]) for part in PARTS)
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def rules() -> dict[str, Mapping[str, Any]]:
    return {code: e for code, e in catalogue().items() if not code.startswith("term.")}


def test_every_code_raised_is_worded() -> None:
    unworded = {f"{place} {code}" for place, code, _ in said() if code not in catalogue()}
    assert unworded == set()


def test_every_rule_is_worded_whole_in_both_languages() -> None:
    holes = {
        f"{code} {language} {part}"
        for code, entry in rules().items()
        for language in LANGUAGES
        for part in PARTS
        if not str(entry.get(language, {}).get(part, "")).strip()
    }
    assert holes == set()


def test_every_term_is_worded_in_both_languages() -> None:
    terms = {code: e for code, e in catalogue().items() if code.startswith("term.")}
    assert {code for code, entry in terms.items() if not all(map(entry.get, LANGUAGES))} == set()


def test_both_languages_tell_the_same_facts() -> None:
    differing = {
        code: placeholders(entry, "en") ^ placeholders(entry, "zh")
        for code, entry in rules().items()
        if placeholders(entry, "en") != placeholders(entry, "zh")
    }
    assert differing == {}


def test_sentences_use_only_facts_that_are_given() -> None:
    missing = {
        f"{place} {code}": lacking
        for place, code, facts in said()
        if facts is not None
        and code in catalogue()
        and (lacking := placeholders(catalogue()[code], "en") - facts - {"record"})
    }
    assert missing == {}


def test_chinese_sentences_are_chinese() -> None:
    latin = {
        f"{code} {part}"
        for code, entry in rules().items()
        for part in ("rule", "remedy")
        if not any("\u4e00" <= letter <= "\u9fff" for letter in str(entry["zh"][part]))
    }
    assert latin == set()
