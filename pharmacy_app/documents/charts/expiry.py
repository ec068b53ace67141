"""When the lots in stock expire: a bar a lot, the part that will expire unused hatched."""

from collections.abc import Callable
from dataclasses import dataclass

from pharmacy_app.documents.charts.room import Room, shortened
from pharmacy_app.documents.charts.surface import Hatch, Ink, Stroke, Surface, rectangle
from pharmacy_app.domain.depletion import LotAhead, SourceForecast

LABEL = 11.0
ROW = 2.0
"""The height of a lot's row, in lines of text."""
MOST_LOTS = 12
WASTED = Hatch(0.3, rising=False)
EVERY = 4
SMALLEST = 20
"""A part of a bar less than one in so many is not drawn: it would be a line, which says nothing."""


@dataclass(frozen=True, slots=True)
class ExpiryWords:
    """What is written: a lot's name, what stands at its bar's end, the dates, the key, or nothing held."""

    lot: Callable[[LotAhead], str]
    ends: Callable[[LotAhead], str]
    day: Callable[[int], str]
    held: str
    wasted: str
    none: str


def height(told: SourceForecast) -> float:
    """Return how high the chart is, in lines of text."""
    return 3.6 + ROW * max(1, min(MOST_LOTS, len(told.lots)))


def draw(surface: Surface, told: SourceForecast, words: ExpiryWords) -> None:
    """Draw the lots that expire first, at most twelve."""
    line = surface.line
    if not told.lots:
        surface.text((surface.wide / 2, surface.high / 2), words.none, Ink.MUTED, "centre")
        return
    lots = told.lots[:MOST_LOTS]
    weeks = len(told.weeks)
    room = Room(
        LABEL * line,
        1.8 * line,
        surface.wide - (LABEL + 9) * line,
        ROW * len(lots) * line,
        weeks,
        1,
    )
    _key(surface, words)
    for week in range(0, weeks + 1, EVERY if weeks > EVERY else 1):
        x, _ = room.at(week, 0)
        surface.path(((x, room.top), (x, room.bottom)), Stroke(Ink.GRID))
        surface.text((x, room.bottom + 0.8 * line), words.day(week), Ink.MUTED, "centre")
    for number, lot in enumerate(lots):
        middle = room.top + (number + 0.5) * ROW * line
        name = shortened(surface, words.lot(lot), (LABEL - 0.5) * line)
        surface.text((0, middle), name, Ink.TEXT)
        _bar(surface, room, middle, lot)
        end, _ = room.at(lot.days / 7, 0)
        surface.text((end + 0.5 * line, middle), words.ends(lot), Ink.MUTED)


def _bar(surface: Surface, room: Room, middle: float, lot: LotAhead) -> None:
    """Draw a lot's bar; the hatched part of its height is the part of its kits that is wasted."""
    high = 1.2 * surface.line
    end, _ = room.at(lot.days / 7, 0)
    whole = rectangle(room.left, middle - high / 2, end - room.left, high)
    surface.area(whole, Ink.STOCK, 0.25)
    part = high * lot.wasted.numerator / (lot.wasted.denominator * lot.kits)
    if part >= high / SMALLEST:
        wasted = rectangle(room.left, middle + high / 2 - part, end - room.left, part)
        surface.hatch(wasted, Ink.STOP, WASTED)
        surface.path(wasted, Stroke(Ink.STOP, 0.8))
    surface.path(whole, Stroke(Ink.STOCK))


def _key(surface: Surface, words: ExpiryWords) -> None:
    line = surface.line
    y = 0.9 * line
    held = rectangle(0, y - 0.4 * line, 1.4 * line, 0.8 * line)
    surface.area(held, Ink.STOCK, 0.25)
    surface.path(held, Stroke(Ink.STOCK))
    surface.text((1.8 * line, y), words.held, Ink.MUTED)
    x = 3.4 * line + surface.text_width(words.held)
    wasted = rectangle(x, y - 0.4 * line, 1.4 * line, 0.8 * line)
    surface.hatch(wasted, Ink.STOP, WASTED)
    surface.path(wasted, Stroke(Ink.STOP, 0.8))
    surface.text((x + 1.8 * line, y), words.wasted, Ink.MUTED)
