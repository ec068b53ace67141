"""Turn ``trial.toml`` into a `Trial`, or name every key that stands in the way.

msgspec stops at the first mistake; here the same types are walked table by table, so that all
mistakes of the file are told at once.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin

import msgspec

from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.trial import Trial
from pharmacy_app.sponsor.toml_places import Path, Place, nearest, places

LARGEST = 1_000_000
NAME = "trial.toml"
LANGUAGES = ("en", "zh")

_SYNTAX = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end.*)\)")
_EXPECTED = re.compile(r"Expected `(?P<type>[a-z_ |]+)`(?P<limit>.*?)(?:, got .*)?(?: - at .*)?")
_TYPES = {
    "array": "toml_list",
    "bool": "toml_boolean",
    "decimal": "toml_number",
    "int": "toml_whole",
    "object": "toml_table",
    "str": "toml_text",
}


@dataclass(frozen=True, slots=True)
class ProtocolFile:
    """What was read: the trial if its shape is right, the plain tables, where each key stands."""

    trial: Trial | None
    tables: dict[str, Any]
    known: dict[Path, Place]

    def place(self, *path: str | int) -> str:
        """Return ``trial.toml:line:column`` of a key, or of the table it is missing from."""
        found = nearest(self.known, path)
        return f"{NAME}:{found.line}:{found.column}"


def read_protocol(raw: bytes) -> tuple[ProtocolFile, list[Violation]]:
    """Return the file as far as it can be read, and every mistake of its shape."""
    nothing = ProtocolFile(None, {}, {})
    if len(raw) > LARGEST:
        return nothing, [violation("protocol.too_large", NAME, found=len(raw), most=LARGEST)]
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        tables = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        return nothing, [violation("protocol.not_utf8", f"{NAME}:{line}:1")]
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        return nothing, [_syntax(str(problem))]
    file = ProtocolFile(None, tables, places(text))
    mistakes = [
        violation(rule, file.place(*path), key=_dotted(path), **facts)
        for path, rule, facts in _mistakes(tables, Trial, ())
    ]
    if mistakes:
        return file, mistakes
    return ProtocolFile(msgspec.convert(tables, Trial), tables, file.known), []


def _syntax(message: str) -> Violation:
    found = _SYNTAX.fullmatch(message)
    line, column = (found["line"], found["column"]) if found else (None, None)
    place = f"{NAME}:{line}:{column}" if line else NAME
    return violation("protocol.syntax", place, found=found["what"] if found else message)


Mistake = tuple[Path, str, dict[str, str]]


def _mistakes(value: object, kind: Any, path: Path) -> Iterator[Mistake]:
    bare = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if get_origin(bare) is UnionType:  # a table that may be left out
        bare = next(part for part in get_args(bare) if part is not NoneType)
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct) and isinstance(value, dict):
        yield from _table_mistakes(value, bare, path)
    elif _is_list_of_tables(bare) and isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from _mistakes(item, get_args(bare)[0], (*path, index))
    else:
        yield from _leaf_mistakes(value, kind, path)


def _is_list_of_tables(kind: Any) -> bool:
    item = get_args(kind)[0] if get_origin(kind) is tuple else None
    return isinstance(item, type) and issubclass(item, msgspec.Struct)


def _table_mistakes(
    table: dict[str, Any], kind: type[msgspec.Struct], path: Path
) -> Iterator[Mistake]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for key in table:
        if key not in fields:
            yield (*path, key), "protocol.key_unknown", {"known": ", ".join(sorted(fields))}
    for key, field in fields.items():
        if key in table:
            yield from _mistakes(table[key], field.type, (*path, key))
        elif field.required:
            yield (*path, key), "protocol.key_missing", {}


def _leaf_mistakes(value: object, kind: Any, path: Path) -> Iterator[Mistake]:
    try:
        read = msgspec.convert(value, kind)
    except msgspec.ValidationError as problem:
        expected = _wanted(problem, kind)
        yield path, "protocol.value_wrong", {"expected": expected, "found": _brief(value)}
        return
    if isinstance(read, Decimal) and (isinstance(value, str) or not read.is_finite()):
        yield path, "protocol.value_wrong", {"expected": "toml_number", "found": _brief(value)}
    unclean = isinstance(read, str) and not (read.strip() == read and read.isprintable())
    if unclean or (read == "" and path[-1] in LANGUAGES):
        yield path, "protocol.text_unclean", {"found": _brief(value)}


def _wanted(problem: msgspec.ValidationError, kind: Any) -> str:
    """Return what was wanted, as a term or in signs that need no translation."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return " | ".join(kind)
    found = _EXPECTED.fullmatch(str(problem))
    if found is None:
        return str(problem)
    limit = found["limit"].strip()
    return limit or _TYPES.get(found["type"].split(" | ")[0], found["type"])


def _brief(value: object) -> str:
    shown = ascii(value) if isinstance(value, str) and not value.isprintable() else str(value)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _dotted(path: Path) -> str:
    """Return a path as people write it: ``stages[1].visits[2].window.day``, counted from 1."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(parts).removeprefix(".")
