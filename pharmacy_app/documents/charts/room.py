"""The part of a surface in which values are drawn, and its axis."""

from collections.abc import Iterable
from dataclasses import dataclass

from pharmacy_app.documents.charts.surface import Ink, Stroke, Surface

STEPS = 4
"""Into which an axis is told."""


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


def shortened(surface: Surface, text: str, room: float) -> str:
    """Return a text that fits, cut at its end if it must be."""
    if surface.text_width(text) <= room:
        return text
    while text and surface.text_width(f"{text}…") > room:
        text = text[:-1]
    return f"{text}…"
