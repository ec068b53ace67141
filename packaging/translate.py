"""Keeps the Chinese of the window up to date: ``python packaging/translate.py``.

``update`` (the default) reads every ``tr()`` literal of ``pharmacy_app/ui`` into
``resources/i18n/zh_CN.ts``, compiles ``zh_CN.qm``, and ends with 1 if an entry lacks its Chinese.
``fill FILE.json`` puts Chinese in first: ``{"English literal": "中文"}``. ``check`` changes nothing.
"""

import json
import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "pharmacy_app" / "ui"
CATALOGUE = ROOT / "resources" / "i18n" / "zh_CN.ts"
COMPILED = CATALOGUE.with_suffix(".qm")
PLACEHOLDER = re.compile(r"\{\w*\}|%\d|%n")


def tool(name: str) -> str:
    """Return a translation tool of the PySide6 package.

    Raises FileNotFoundError if PySide6 is not installed.
    """
    spec = find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("PySide6")
    folder = Path(next(iter(spec.submodule_search_locations)))
    found = next((p for p in (folder / name, folder / f"{name}.exe") if p.is_file()), None)
    if found is None:
        raise FileNotFoundError(folder / name)
    return str(found)


def read_literals(catalogue: Path) -> None:
    """Merge every literal of the source into a catalogue; entries no longer used are dropped."""
    sources = [str(path.relative_to(ROOT)) for path in sorted(SOURCE.rglob("*.py"))]
    language = ("-source-language", "en_GB", "-target-language", "zh_CN")
    form = ("-no-obsolete", "-locations", "none", "-silent")
    command = [tool("lupdate"), *sources, *form, *language, "-ts", str(catalogue)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def compile_catalogue(catalogue: Path, compiled: Path) -> None:
    """Compile a catalogue to what the program loads."""
    command = [tool("lrelease"), "-silent", str(catalogue), "-qm", str(compiled)]
    subprocess.run(command, check=True, capture_output=True)


def faults(catalogue: Path) -> list[str]:
    """Return what is wrong with the entries: no Chinese yet, or other placeholders."""
    found = []
    for context, source, target, unfinished in entries(catalogue):
        if unfinished or not target:
            found.append(f"{context}: no Chinese for {source!r}")
        elif sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(target)):
            found.append(f"{context}: other placeholders in {target!r} than in {source!r}")
    return found


def entries(catalogue: Path) -> list[tuple[str, str, str, bool]]:
    """Return context, English, Chinese and whether it is unfinished, of every entry."""
    tree = ET.parse(catalogue)  # noqa: S314 - our own file, from the repository
    return [
        (
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.findtext("translation", ""),
            message.find("translation[@type='unfinished']") is not None,
        )
        for context in tree.iter("context")
        for message in context.iter("message")
    ]


def fill(catalogue: Path, chinese: dict[str, str]) -> None:
    """Put Chinese into the entries that have none."""
    tree = ET.parse(catalogue)  # noqa: S314 - our own file, from the repository
    for message in tree.iter("message"):
        translation = message.find("translation")
        if translation is None or translation.get("type") != "unfinished":
            continue
        if said := chinese.get(message.findtext("source", "")):
            translation.text = said
            del translation.attrib["type"]
    tree.write(catalogue, encoding="utf-8", xml_declaration=True)


def check() -> list[str]:
    """Return what is wrong with the committed files: faults, missing literals, a stale ``.qm``."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / CATALOGUE.name
        fresh.write_bytes(CATALOGUE.read_bytes())
        read_literals(fresh)
        found = faults(fresh)
        if {e[:2] for e in entries(fresh)} != {e[:2] for e in entries(CATALOGUE)}:
            found.append(f"{CATALOGUE.name} does not hold the literals of the source: update it")
        compile_catalogue(CATALOGUE, fresh.with_suffix(".qm"))
        if fresh.with_suffix(".qm").read_bytes() != COMPILED.read_bytes():
            found.append(f"{COMPILED.name} was not compiled from {CATALOGUE.name}: update it")
    return found


def update(words: dict[str, str]) -> list[str]:
    """Read the literals, fill in Chinese, compile; return what is still wrong.

    Both files are put in place whole: a window that runs has the compiled one mapped in memory, and
    would crash on one written under it.
    """
    with tempfile.TemporaryDirectory(dir=CATALOGUE.parent, prefix=".") as folder:
        fresh = Path(folder) / CATALOGUE.name
        fresh.write_bytes(CATALOGUE.read_bytes())
        read_literals(fresh)
        if words:
            fill(fresh, words)
            read_literals(fresh)
        compile_catalogue(fresh, fresh.with_suffix(".qm"))
        fresh.replace(CATALOGUE)
        fresh.with_suffix(".qm").replace(COMPILED)
    return faults(CATALOGUE)


def main(arguments: list[str]) -> int:
    """Do what was asked; return 1 if the catalogue is not complete."""
    match arguments:
        case [] | ["update"]:
            found = update({})
        case ["fill", file]:
            found = update(json.loads(Path(file).read_text(encoding="utf-8")))
        case ["check"]:
            found = check()
        case _:
            print(__doc__)
            return 2
    print("\n".join(found) or "complete")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
