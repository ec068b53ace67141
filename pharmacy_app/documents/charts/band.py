"""The demand to come as a band of many runs, with the stock, when to order, and when it runs short."""

from collections.abc import Callable
from dataclasses import dataclass

from pharmacy_app.documents.charts.room import Room, axis, round_top
from pharmacy_app.documents.charts.surface import (
    Align,
    Hatch,
    Ink,
    Stroke,
    Surface,
    rectangle,
)
from pharmacy_app.domain.depletion import SourceForecast

WIDE_BAND = Hatch(0.75, rising=True)
NARROW_BAND = Hatch(0.4, rising=False)
MEDIAN = Stroke(Ink.NEED, 3.2)
HALO = Stroke(Ink.PAPER, 6)
"""Under a line that runs over hatching."""
STOCK = Stroke(Ink.STOCK, 1.8, (0.9, 0.25, 0.2, 0.25))
SHORT = Stroke(Ink.STOP, 1.6, (0.4, 0.3))
EVERY = 4
"""Weeks between two dates under the chart."""


@dataclass(frozen=True, slots=True)
class BandWords:
    """What is written: the date at a week's end, the key, and the two marks."""

    day: Callable[[int], str]
    median: str
    narrow: str
    wide: str
    stock: str
    order: str
    short: str


def draw(surface: Surface, told: SourceForecast, words: BandWords) -> None:
    """Draw one source's forecast, from now to its last week."""
    line = surface.line
    weeks = len(told.weeks)
    most = round_top(max(told.have, *(week.demand.high95 for week in told.weeks)))
    room = Room(
        3 * line, 4.2 * line, surface.wide - 4 * line, surface.high - 5.8 * line, weeks, most
    )
    _key(surface, words)
    axis(surface, room)
    for week in range(0, weeks + 1, EVERY if weeks > EVERY else 1):
        x, _ = room.at(week, 0)
        surface.text((x, room.bottom + 0.8 * line), words.day(week), Ink.MUTED, "centre")
    _band(surface, room, told)
    _stock(surface, room, told)
    _marks(surface, room, told, words)


def _band(surface: Surface, room: Room, told: SourceForecast) -> None:
    bands = [week.demand for week in told.weeks]

    def around(low: list[int], high: list[int]) -> list[tuple[float, float]]:
        upper = [(0.0, 0.0), *((n + 1.0, float(value)) for n, value in enumerate(high))]
        lower = [(n + 1.0, float(value)) for n, value in enumerate(low)]
        return room.through([*upper, *reversed(lower)])

    outer = around([b.low95 for b in bands], [b.high95 for b in bands])
    inner = around([b.low80 for b in bands], [b.high80 for b in bands])
    surface.hatch(outer, Ink.NEED, WIDE_BAND)
    surface.path([*outer, outer[0]], Stroke(Ink.NEED, 0.6))
    surface.area(inner, Ink.NEED, 0.14)
    surface.hatch(inner, Ink.NEED, NARROW_BAND)
    surface.path([*inner, inner[0]], Stroke(Ink.NEED, 0.9))
    middle = [(0.0, 0.0), *((n + 1.0, float(b.median)) for n, b in enumerate(bands))]
    for stroke in (HALO, MEDIAN):
        surface.path(room.through(middle), stroke)


def _stock(surface: Surface, room: Room, told: SourceForecast) -> None:
    steps, held = [(0.0, float(told.have))], told.have
    for week in told.weeks:
        steps += [(float(week.week), float(held)), (float(week.week), float(week.in_date))]
        held = week.in_date
    for stroke in (HALO, STOCK):
        surface.path(room.through(steps), stroke)


def _marks(surface: Surface, room: Room, told: SourceForecast, words: BandWords) -> None:
    line = surface.line
    if told.short_week is not None:
        x, _ = room.at(told.short_week, 0)
        surface.path(((x, room.top - 0.4 * line), (x, room.bottom)), SHORT)
        _beside(surface, room, (x, room.top - line), words.short, Ink.STOP)
    if told.reorder_week is not None:
        demand = 0 if told.reorder_week == 0 else told.weeks[told.reorder_week - 1].demand.median
        x, y = room.at(told.reorder_week, demand)
        size = 0.55 * line
        diamond = ((x, y - size), (x + size, y), (x, y + size), (x - size, y), (x, y - size))
        surface.area(diamond, Ink.TEXT)
        _beside(surface, room, (x + size, y - 1.1 * line), words.order, Ink.TEXT)


def _beside(surface: Surface, room: Room, at: tuple[float, float], said: str, ink: Ink) -> None:
    """Write a mark's words to its right, or to its left where there is no room."""
    x, y = at
    wide = surface.text_width(said)
    fits = x + wide + surface.line < room.right
    align: Align = "left" if fits else "right"
    left = x + 0.4 * surface.line if fits else x - 0.4 * surface.line
    # The ground under the words is cleared, or hatching would run through them.
    start = left if fits else left - wide
    surface.area(rectangle(start - 2, y - surface.line / 2, wide + 4, surface.line), Ink.PAPER)
    surface.text((left, y), said, ink, align, bold=True)


def _key(surface: Surface, words: BandWords) -> None:
    line, x, y = surface.line, 0.0, 0.9 * surface.line
    for said, kind in (
        (words.median, "median"),
        (words.narrow, "narrow"),
        (words.wide, "wide"),
        (words.stock, "stock"),
    ):
        needed = 3.4 * line + surface.text_width(said)
        if x and x + needed > surface.wide:
            x, y = 0.0, y + 1.4 * line
        _sample(surface, (x, y), kind)
        surface.text((x + 2.4 * line, y), said, Ink.MUTED)
        x += needed


def _sample(surface: Surface, at: tuple[float, float], kind: str) -> None:
    x, y = at
    line = surface.line
    if kind in {"median", "stock"}:
        stroke = MEDIAN if kind == "median" else STOCK
        surface.path(((x, y), (x + 2 * line, y)), stroke)
        return
    box = rectangle(x, y - 0.45 * line, 2 * line, 0.9 * line)
    if kind == "narrow":
        surface.area(box, Ink.NEED, 0.14)
    surface.hatch(box, Ink.NEED, NARROW_BAND if kind == "narrow" else WIDE_BAND)
    surface.path(box, Stroke(Ink.NEED, 0.6))
