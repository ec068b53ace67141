"""Need against stock, a lane for each arm of each stage, a column a day; what falls short is framed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pharmacy_app.documents.charts.room import Room, round_top, shortened
from pharmacy_app.documents.charts.surface import (
    Hatch,
    Ink,
    Stroke,
    Surface,
    rectangle,
)
from pharmacy_app.domain.readiness import DayNeed, Line, SourceNeed

MOST_LABEL = 0.34
"""The part of the width that the names of the lanes take at most."""
LANE = 4.6
"""The height of a lane, in lines of text; where there is room, up to twice as much."""
ABOVE, BELOW = 1.8, 1.6
STOCKED = Hatch(0.35, rising=True)


@dataclass(frozen=True, slots=True)
class NeedWords:
    """What is written: the name of a lane, what is under it, and the key."""

    lane: Callable[[Line], str]
    under: Callable[[Line], str]
    need: str
    have: str
    short: str
    none: str


def height(lanes: int) -> float:
    """Return how high the chart is, in lines of text."""
    return ABOVE + BELOW + LANE * max(1, lanes)


def lanes_of(days: Sequence[DayNeed]) -> list[tuple[Line, list[tuple[int, SourceNeed]]]]:
    """Return each arm's need day by day, with what its source holds."""
    found: dict[Line, list[tuple[int, SourceNeed]]] = {}
    for day in days:
        for source in day.sources:
            for one in source.lines:
                found.setdefault(one.line, []).append((one.need, source))
    return list(found.items())


def draw(surface: Surface, days: Sequence[DayNeed], words: NeedWords) -> None:
    """Draw the lanes under a key."""
    line = surface.line
    lanes = lanes_of(days)
    if not lanes or not any(day.need or day.have for day in days):
        surface.text((surface.wide / 2, surface.high / 2), words.none, Ink.MUTED, "centre")
        return
    _key(surface, words)
    most = round_top(max(max(s.need, s.have) for day in days for s in day.sources))
    left = _label_width(surface, [lane for lane, _ in lanes], words)
    tall = min((surface.high / line - ABOVE - BELOW) / len(lanes), 2 * LANE)
    for number, (lane, cells) in enumerate(lanes):
        top = (ABOVE + number * tall) * line
        high = (tall - 1.6) * line
        room = Room(left, top + 1.2 * line, surface.wide - left, high, len(days), most)
        name, under = (
            shortened(surface, said(lane), left - line) for said in (words.lane, words.under)
        )
        surface.text((0, top + 1.9 * line), name, Ink.TEXT, bold=True)
        surface.text((0, top + 3.1 * line), under, Ink.MUTED)
        surface.path(((room.left, room.bottom), (room.right, room.bottom)), Stroke(Ink.MUTED))
        for day, (need, source) in enumerate(cells):
            _cell(surface, room, day, (need, source))
    _days(surface, days, (left, (ABOVE + len(lanes) * tall + 0.5) * line))


def _label_width(surface: Surface, lanes: Sequence[Line], words: NeedWords) -> float:
    said = [text for lane in lanes for text in (words.lane(lane), words.under(lane))]
    widest = max(surface.text_width(text) for text in said)
    return min(widest + 1.5 * surface.line, MOST_LABEL * surface.wide)


def _cell(surface: Surface, room: Room, day: int, cell: tuple[int, SourceNeed]) -> None:
    need, source = cell
    line = surface.line
    slot = room.wide / room.across
    middle, _ = room.at(day + 0.5, 0)
    wide = min(slot * 0.3, 1.1 * line)
    for value, left, solid in ((need, middle - wide, True), (source.have, middle, False)):
        _, top = room.at(0, value)
        shape = rectangle(left, top, wide, room.bottom - top)
        if value and solid:
            surface.area(shape, Ink.NEED)
        elif value:
            surface.hatch(shape, Ink.STOCK, STOCKED)
            surface.path(shape, Stroke(Ink.STOCK))
    if not need:
        return
    _, top = room.at(0, max(need, source.have))
    told = f"{need}/{source.have}"
    short = bool(source.short)
    ink = Ink.STOP if short else Ink.TEXT
    surface.text((middle, top - 0.6 * line), told, ink, "centre", bold=short)
    if short:
        frame = rectangle(
            middle - wide - 0.3 * line,
            top - 1.2 * line,
            2 * wide + 0.6 * line,
            room.bottom - top + 1.3 * line,
        )
        surface.path(frame, Stroke(Ink.STOP, 1.4, (0.35, 0.25)))


def _days(surface: Surface, days: Sequence[DayNeed], at: tuple[float, float]) -> None:
    left, y = at
    slot = (surface.wide - left) / len(days)
    for number, day in enumerate(days):
        ink = Ink.TEXT if number == 0 else Ink.MUTED
        surface.text((left + (number + 0.5) * slot, y), f"{day.day:%m-%d}", ink, "centre")


def _key(surface: Surface, words: NeedWords) -> None:
    line, x = surface.line, 0.0
    y = 0.9 * line
    for said, solid in ((words.need, True), (words.have, False)):
        box = rectangle(x, y - 0.4 * line, 0.8 * line, 0.8 * line)
        if solid:
            surface.area(box, Ink.NEED)
        else:
            surface.hatch(box, Ink.STOCK, STOCKED)
            surface.path(box, Stroke(Ink.STOCK))
        surface.text((x + 1.2 * line, y), said, Ink.MUTED)
        x += 2.6 * line + surface.text_width(said)
    frame = rectangle(x, y - 0.4 * line, 0.8 * line, 0.8 * line)
    surface.path(frame, Stroke(Ink.STOP, 1.4, (0.35, 0.25)))
    surface.text((x + 1.2 * line, y), words.short, Ink.MUTED)
