"""The one font family of every paper, for both scripts, and what it cannot print.

reportlab prints nothing at all for a character the font lacks and does not say so: whoever draws
asks `missing_glyphs` first.
"""

from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"
REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"


@cache
def font(name: str) -> Any:
    """Return a registered font of the family; its files are read once, on first use."""
    loaded = TTFont(name, str(FOLDER / f"{name}.ttf"))
    registerFont(loaded)
    return loaded


@cache
def _glyphs() -> frozenset[str]:
    both = set(font(REGULAR).face.charToGlyph) & set(font(BOLD).face.charToGlyph)
    return frozenset(chr(code) for code in both if chr(code).isprintable())


def missing_glyphs(text: str) -> tuple[str, ...]:
    """Return the characters that cannot be printed, each once, in code order.

    Control characters, line breaks among them, count as missing: a text is one line until wrapped.
    """
    return tuple(sorted(set(text) - _glyphs()))


def width(text: str, name: str, size: float) -> float:
    """Return how wide a text is, in points."""
    return float(font(name).stringWidth(text, size))
