"""Breaking a text in Chinese, English or both into lines of a given width."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pharmacy_app.documents.fonts import BOLD, REGULAR, width

# A Latin word with the space behind it, or one character of a script that breaks anywhere.
_PIECES = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef]+\s*|\s+|.")
_NEVER_FIRST = "，。、；：？！）】》」』”’％℃·)]},.;:!?%"
_NEVER_LAST = "（【《「『“‘([{"
_SLACK = 0.01  # points; sums of widths are not exact


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks. ``size`` in points; ``leading`` is line pitch over size."""

    size: float
    bold: bool = False
    leading: float = 1.28

    @property
    def font(self) -> str:
        """The name of the font's file and of the registered font."""
        return BOLD if self.bold else REGULAR

    @property
    def pitch(self) -> float:
        """From baseline to baseline, in points."""
        return self.size * self.leading


@dataclass(frozen=True, slots=True)
class Lines:
    """A text set in a style: what stands on each line."""

    lines: tuple[str, ...]
    style: Style

    @property
    def height(self) -> float:
        """All lines, in points."""
        return len(self.lines) * self.style.pitch


@dataclass(frozen=True, slots=True)
class _Piece:
    """What is never broken unless it alone is too wide; widths are those at one point."""

    text: str
    whole: float
    ink: float


def wrap(text: str, style: Style, room: float) -> tuple[str, ...]:
    """Break a text into lines no wider than ``room`` points.

    Chinese breaks anywhere but before closing and after opening punctuation; Latin breaks at
    spaces, and inside a word only where the word alone is wider than the line.
    """
    unit = (room + _SLACK) / style.size
    lines: list[str] = []
    line, used = "", 0.0
    for whole in _pieces(text, style.font):
        for piece in (whole,) if whole.ink <= unit else _chopped(whole, style.font, unit):
            if line and used + piece.ink > unit:
                lines.append(line.rstrip())
                line, used = "", 0.0
            line += piece.text
            used += piece.whole
    lines.append(line.rstrip())
    return tuple(lines)


def fitted(text: str, styles: Sequence[Style], room: float, height: float) -> Lines | None:
    """Return the text in the first style in which it fits, or None if it fits in none.

    A word is broken only in the last style: a smaller size reads better than a torn word.
    """
    for style in styles:
        if style is not styles[-1] and _torn(text, style, room):
            continue
        lines = Lines(wrap(text, style, room), style)
        if lines.height <= height + _SLACK:
            return lines
    return None


def _torn(text: str, style: Style, room: float) -> bool:
    unit = (room + _SLACK) / style.size
    return any(piece.ink > unit for piece in _pieces(text, style.font))


@lru_cache(maxsize=4096)
def _pieces(text: str, font: str) -> tuple[_Piece, ...]:
    glued: list[str] = []
    for piece in _PIECES.findall(text):
        if glued and (piece[0] in _NEVER_FIRST or glued[-1][-1] in _NEVER_LAST):
            glued[-1] += piece
        else:
            glued.append(piece)
    return tuple(_measured(piece, font) for piece in glued)


def _measured(text: str, font: str) -> _Piece:
    return _Piece(text, width(text, font, 1), width(text.rstrip(), font, 1))


def _chopped(piece: _Piece, font: str, unit: float) -> list[_Piece]:
    parts = [""]
    for character in piece.text:
        if parts[-1] and width((parts[-1] + character).rstrip(), font, 1) > unit:
            parts.append("")
        parts[-1] += character
    return [_measured(part, font) for part in parts]
