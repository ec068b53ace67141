"""What a chart is drawn on: a window or a paper. Lengths run right and down from the top left corner.

Nothing is told by colour alone: every area has its own hatching, every line its own dashes, and words
stand beside them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

STEPS = 4
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


@dataclass(frozen=True, slots=True)
class Room:
    """The part of a surface in which values are drawn: x from 0 to ``across``, y from 0 to ``most``."""

    left: float
    top: float
    wide: float
    high: float
    across: float
    most: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a value lies."""
        return (
            self.left + self.wide * x / self.across,
            self.top + self.high * (1 - y / self.most),
        )

    def through(self, values: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
        """Return where values lie."""
        return [self.at(x, y) for x, y in values]

    @property
    def bottom(self) -> float:
        """The height of the lower edge."""
        return self.top + self.high

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.wide


def round_top(most: int) -> int:
    """Return a plain number that is not below ``most`` and can be told in four whole steps."""
    power = 1
    while True:
        for step in (4, 8, 12, 16, 20, 24, 32):
            if step * power >= most:
                return step * power
        power *= 10


def axis(surface: Surface, room: Room) -> None:
    """Draw the grid of whole values, their numbers, and the ground line."""
    top = int(room.most)
    for number in range(STEPS + 1):
        value = top * number // STEPS
        _, y = room.at(0, value)
        stroke = Stroke(Ink.MUTED if number == 0 else Ink.GRID)
        surface.path(((room.left, y), (room.right, y)), stroke)
        surface.text((room.left - surface.line / 2, y), str(value), Ink.MUTED, "right")
