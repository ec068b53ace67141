import ast
import re
from pathlib import Path

import pytest

from tests.architecture import sources
from tests.architecture.sources import Module

BROAD = {"Exception", "BaseException"}
LAST_BORDERS = {  # the only places where any error at all may end
    "pharmacy_app/cli/exits.py",
    "pharmacy_app/ui/application.py",
    "pharmacy_app/ui/tasks.py",
}
CHECKING_CALLS = {"fail", "raises", "warns", "waitSignal", "waitSignals", "waitUntil"}
BARE_MYPY = re.compile(r"#\s*type:\s*ignore(?!\[[a-z, -]+\] *(?:#|-) ?\S)")
BARE_RUFF = re.compile(r"#\s*(?:ruff:\s*)?noqa(?!: ?[A-Z]+[0-9]+(?:, ?[A-Z]+[0-9]+)* *(?:-|#) ?\S)")
UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|NotImplemented(?:Error)")
MACHINE_PATH = re.compile(r"(?<![\w.])[/](?:work|root|farm|home[/][a-z]+)[/]")
REGISTRY = re.compile(
    r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|deb[.]debian[.]org|--(?:extra-)?index-[u]rl\s"
    r"|--find-[l]inks|https?://\S+[.](?:whl|tgz|deb|tar[.]gz)\b"
)


def comments_matching(pattern: re.Pattern[str], modules: list[Module]) -> list[str]:
    return [
        f"{module.name}:{number}"
        for module in modules
        for number, line in enumerate(module.text.splitlines(), 1)
        if pattern.search(line)
    ]


@pytest.mark.parametrize("pattern", [BARE_MYPY, BARE_RUFF], ids=["mypy", "ruff"])
def test_every_silenced_check_names_its_code_and_its_reason(pattern: re.Pattern[str]) -> None:
    elsewhere = [m for m in sources.python() if m.name != "tests/architecture/test_house_rules.py"]
    assert comments_matching(pattern, elsewhere) == []


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("x  # type: ignore", True),
        ("x  # type: ignore[arg-type]", True),
        ("x  # type: ignore[arg-type]  # the stub is wrong", False),
        ("x  # noqa", True),
        ("x  # noqa: S101", True),
        ("x  # noqa: S101, ARG001 - the shape Qt asks for", False),
    ],
)
def test_silence_without_a_reason_is_found(line: str, bare: bool) -> None:
    assert bool(BARE_MYPY.search(line) or BARE_RUFF.search(line)) is bare


def test_product_checks_nothing_with_assert() -> None:
    found = [
        f"{module.name}:{node.lineno}"
        for module in sources.product()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assert)
    ]
    assert found == []


def test_any_error_at_all_is_caught_only_at_the_last_borders() -> None:
    found = {
        module.name
        for module in sources.product()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and is_broad(node.type) and not passes_on(node)
    }
    assert found <= LAST_BORDERS


def is_broad(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    parts = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(isinstance(part, ast.Name) and part.id in BROAD for part in parts)


def passes_on(handler: ast.ExceptHandler) -> bool:
    """Tell whether it only tidies up: its last statement raises the same error again."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


@pytest.mark.parametrize(
    "pattern", [UNFINISHED, MACHINE_PATH, REGISTRY], ids=["unfinished", "path", "registry"]
)
def test_no_file_holds_an_unfinished_mark_a_machine_path_or_a_registry(
    pattern: re.Pattern[str],
) -> None:
    own = {"packaging/README.md"} if pattern is REGISTRY else set()
    found = {
        f"{name}: {match.group()}"
        for name, text in sources.texts().items()
        if name not in own and (match := pattern.search(text))
    }
    assert found == set()


def test_every_test_asserts_something() -> None:
    shared = set(CHECKING_CALLS)
    for module in sources.tests():
        if not Path(module.name).name.startswith("test_"):
            shared |= checkers(module, shared)
    silent = [
        f"{module.name}:{function.lineno} {function.name}"
        for module in sources.tests()
        for function in module.functions()
        if function.name.startswith("test_") and not asserts(function, checkers(module, shared))
    ]
    assert silent == []


def checkers(module: Module, shared: set[str]) -> set[str]:
    """The names of the module's functions that assert, directly or through one another."""
    known = set(shared)
    while True:
        grown = known | {f.name for f in module.functions() if asserts(f, known)}
        if grown == known:
            return known
        known = grown


def asserts(function: ast.FunctionDef | ast.AsyncFunctionDef, known: set[str]) -> bool:
    return any(
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and called(node).startswith("assert_"))
        or (isinstance(node, ast.Call) and called(node) in known)
        for node in ast.walk(function)
    )


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""
