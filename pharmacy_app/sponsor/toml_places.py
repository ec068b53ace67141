"""Where every key of a TOML text stands, so that a mistake is named by its line and column.

Only for text that `tomllib` has already read without complaint: this follows its shape (tables,
arrays of tables, inline tables, strings of all four kinds) and judges nothing.
"""

import re
from dataclasses import dataclass

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL
)
_BARE_VALUE = re.compile(r"[^,\]}#\n]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, both counted from 1."""

    line: int
    column: int


def places(text: str) -> dict[Path, Place]:
    """Return the place of every key, table and array item by its path (``("sites", 0, "code")``)."""
    walk = _Walk(text)
    walk.document()
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    return {path: _place(starts, offset) for path, offset in walk.offsets.items()}


def nearest(known: dict[Path, Place], path: Path) -> Place:
    """Return the place of a path, or of the closest table around it that is written down."""
    while path and path not in known:
        path = path[:-1]
    return known.get(path, Place(1, 1))


def _place(starts: list[int], offset: int) -> Place:
    line = sum(start <= offset for start in starts)
    return Place(line, offset - starts[line - 1] + 1)


class _Walk:
    """One pass over a text; ``offsets`` is filled as keys are met."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.offsets: dict[Path, int] = {}
        self._last: dict[Path, int] = {}  # of every array of tables, the item being written

    def document(self) -> None:
        table: Path = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            start = self.at
            if self.text.startswith("[", self.at):
                table = self._header(start)
            else:
                self._pair(table)
            self._skip(_BLANK)

    def _header(self, start: int) -> Path:
        array = self.text.startswith("[[", self.at)
        self.at += 1 + array
        *outer, last = self._key()
        path: Path = ()
        for segment in outer:
            path = self._current((*path, segment))
        path = (*path, last)
        self.at = self.text.index("]", self.at) + 1 + array
        if array:
            self._last[path] = self._last.get(path, -1) + 1
            self.offsets.setdefault(path, start)
        path = self._current(path)
        self.offsets.setdefault(path, start)
        return path

    def _current(self, path: Path) -> Path:
        return (*path, self._last[path]) if path in self._last else path

    def _key(self) -> list[str]:
        segments: list[str] = []
        while True:
            self._skip(_SPACE)
            quoted = _STRING.match(self.text, self.at)
            found = quoted or _BARE_KEY.match(self.text, self.at)
            if found is None:
                raise ValueError("this text is not TOML")
            segments.append(found[0][1:-1] if quoted else found[0])
            self.at = found.end()
            self._skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return segments
            self.at += 1

    def _pair(self, table: Path) -> None:
        start = self.at
        path = table
        for segment in self._key():
            path = (*path, segment)
            self.offsets.setdefault(path, start)
        self.at = self.text.index("=", self.at) + 1
        self._skip(_SPACE)
        self._value(path)

    def _value(self, path: Path) -> None:
        opening = self.text[self.at : self.at + 1]
        if opening == "[":
            self._items(path)
        elif opening == "{":
            self._inline(path)
        else:
            self._skip(_STRING if opening in {'"', "'"} else _BARE_VALUE)

    def _items(self, path: Path) -> None:
        self.at += 1
        self._skip(_BLANK)
        index = 0
        while not self.text.startswith("]", self.at):
            self.offsets.setdefault((*path, index), self.at)
            self._value((*path, index))
            self._skip(_BLANK)
            index += 1
        self.at += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        self._skip(_BLANK)
        while not self.text.startswith("}", self.at):
            self._pair(path)
            self._skip(_BLANK)
        self.at += 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at
