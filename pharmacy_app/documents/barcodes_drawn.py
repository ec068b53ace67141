"""Two-dimensional symbols as rows of modules, made by zxing-cpp and drawn as rectangles.

A label printer has whole dots: 203 dpi are 8 dots/mm, and the smallest module allowed is 0.375 mm,
which is 3 of them. A module of whole dots prints with every edge where it should be.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import zxingcpp
from reportlab.lib.units import inch

DOT: float = inch / 203
"""One dot of a 203 dpi label printer, in points (0.1251 mm)."""
QUIET_MODULES = 2
"""White kept around a symbol; ISO/IEC 16022 asks for one module."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A square symbol: for each row from the top, the runs of dark modules (first, count)."""

    text: str
    modules: int
    rows: tuple[tuple[tuple[int, int], ...], ...]

    def side(self, dots: int) -> float:
        """Return the side without its quiet zone, in points, for modules of so many dots."""
        return self.modules * dots * DOT


@lru_cache(maxsize=256)
def data_matrix(text: str, *, gs1: bool = False) -> Symbol:
    """Encode a text as a square Data Matrix (ECC 200); ``gs1`` takes bracketed element strings.

    Raises ValueError if the text cannot be encoded: it was not checked before it came here.
    """
    barcode = zxingcpp.create_barcode(
        text, zxingcpp.BarcodeFormat.DataMatrix, gs1=gs1, force_square=True
    )
    picture: Any = barcode.to_image(scale=1, add_quiet_zones=False)
    lines = memoryview(picture).tobytes()
    side = math.isqrt(len(lines))
    rows = tuple(_runs(lines[row * side : (row + 1) * side]) for row in range(side))
    return Symbol(text, side, rows)


def _runs(line: bytes) -> tuple[tuple[int, int], ...]:
    runs: list[tuple[int, int]] = []
    start = 0
    for position in range(len(line) + 1):
        dark = position < len(line) and line[position] == 0
        if dark:
            continue
        if position > start:
            runs.append((start, position - start))
        start = position + 1
    return tuple(runs)
