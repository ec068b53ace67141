"""The repository as the architecture tests read it: files, modules, parsed once."""

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (".ci", "docs", "packaging", "pharmacy_app", "resources", "tests")
BYTES = {".bin", ".db", ".ico", ".icns", ".pdf", ".png", ".pyc", ".qm", ".ttf", ".xlsx"}


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: Path

    @property
    def name(self) -> str:
        """Its path from the top folder, with slashes."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def functions(self) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
        kinds = ast.FunctionDef | ast.AsyncFunctionDef
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]

    def imported(self) -> set[str]:
        """The absolute names of everything it imports."""
        names: set[str] = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add(node.module or "")
        return names


@cache
def product() -> list[Module]:
    return [Module(ROOT / "main.py"), *_modules("pharmacy_app")]


@cache
def tests() -> list[Module]:
    return _modules("tests")


@cache
def python() -> list[Module]:
    return [*product(), *tests(), *_modules("packaging"), *_modules("resources")]


@cache
def texts() -> dict[str, str]:
    """Every file of the repository that is text, by its path."""
    top = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in sorted([*top, *inside])
        if path.is_file() and path.suffix.lower() not in BYTES
    }


def _modules(folder: str) -> list[Module]:
    return [Module(path) for path in sorted((ROOT / folder).rglob("*.py"))]
