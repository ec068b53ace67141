"""What a chart is drawn on: a window or a paper. Lengths run right and down from the top left corner.

Nothing is told by colour alone: every area has its own hatching, every line its own dashes, and words
stand beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

Points = Sequence[tuple[float, float]]
Align = Literal["left", "centre", "right"]


class Ink(StrEnum):
    """A colour by its task."""

    TEXT = "text"
    MUTED = "muted"
    GRID = "grid"
    NEED = "need"
    STOCK = "stock"
    STOP = "stop"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Hatch:
    """Parallel lines over an area: how far apart, in lines of text, and whether they rise."""

    gap: float
    rising: bool


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: its colour, its weight against a plain one, its dashes and gaps in lines of text."""

    ink: Ink
    weight: float = 1.0
    dashes: tuple[float, ...] = ()


class Surface(Protocol):
    """Something to draw on, ``wide`` by ``high``; ``line`` is the height of a line of text."""

    wide: float
    high: float
    line: float

    def path(self, points: Points, stroke: Stroke) -> None:
        """Draw a line through points."""

    def area(self, points: Points, ink: Ink, share: float = 1.0) -> None:
        """Fill a polygon, with a share of the colour's strength from 0 to 1."""

    def hatch(self, points: Points, ink: Ink, hatch: Hatch) -> None:
        """Fill a polygon with parallel lines."""

    def text(
        self,
        at: tuple[float, float],
        text: str,
        ink: Ink,
        align: Align = "left",
        *,
        bold: bool = False,
    ) -> None:
        """Write one line whose middle is at a height; the left, centre or right end is at ``at``."""

    def text_width(self, text: str) -> float:
        """Return how wide a line of text is."""


def rectangle(left: float, top: float, wide: float, high: float) -> Points:
    """Return the corners of a rectangle, closed."""
    right, bottom = left + wide, top + high
    return ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
