"""A temperature curve on paper, readable in black and white: line styles and rulings, no colours."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from reportlab.lib.colors import HexColor

from pharmacy_app.documents.pen import INK, Pen
from pharmacy_app.documents.typesetting import Style
from pharmacy_app.domain.curve import Curve

HIGH = 230.0
"""Points, with axis and legend."""
UPPER, LOWER, OPENED = (5.0, 2.5), (1.0, 2.0), (7.0, 2.0, 1.0, 2.0)
_GREY, _DARK = HexColor("#C9CED6"), HexColor("#5A6270")
_SMALL = Style(6.2)
_LEFT, _FOOT, _HEAD = 34.0, 40.0, 10.0
_STEPS = tuple(
    timedelta(minutes=m) for m in (10, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 43_200)
)
_MOST_TICKS = 8
_RULES = 4.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where times and temperatures stand on the paper."""

    left: float
    base: float
    wide: float
    high: float
    begins: datetime
    ends: datetime
    low: float
    top: float

    def x(self, at: datetime) -> float:
        """Return the place of a time, held within the frame."""
        part = (at - self.begins) / (self.ends - self.begins)
        return self.left + self.wide * min(1.0, max(0.0, part))

    def y(self, celsius: Decimal | float) -> float:
        """Return the height of a temperature."""
        return self.base + self.high * (float(celsius) - self.low) / (self.top - self.low)

    def band(self, begins: datetime, ends: datetime) -> list[Point]:
        """Return the outline of a stretch of time over the whole height, wide enough to be seen."""
        left = self.x(begins)
        right = max(self.x(ends), left + 0.8)
        top = self.base + self.high
        return [(left, self.base), (right, self.base), (right, top), (left, top)]


def draw_curve(pen: Pen, curve: Curve, zone: str, left: float, top: float, room: float) -> None:
    """Draw a curve with its axes and legend; nothing without a reading."""
    if not curve.lines:
        return
    frame = _frame(curve, left, top, room)
    for begins, ends in (*curve.warm, *curve.cold):
        pen.ruled(frame.band(begins, ends), _RULES, _DARK, rising=True)
    for begins, ends in curve.gaps:
        pen.ruled(frame.band(begins, ends), _RULES, _DARK, rising=False)
    _axes(pen, frame, zone)
    _limits(pen, frame, curve)
    for line in curve.lines:
        points = [(frame.x(at), frame.y(celsius)) for at, celsius in line]
        if len(points) == 1:
            ((x, y),) = points
            points = [(x - 0.6, y), (x + 0.6, y)]
        pen.path(points, 0.7, INK)
    for at in curve.coded:
        x, y = frame.x(at), frame.base + 3
        pen.line(x - 2, y - 2, x + 2, y + 2, 0.6)
        pen.line(x - 2, y + 2, x + 2, y - 2, 0.6)
    if curve.opened_at is not None and frame.begins <= curve.opened_at <= frame.ends:
        x = frame.x(curve.opened_at)
        pen.path([(x, frame.base), (x, frame.base + frame.high)], 0.8, INK, OPENED)
    _legend(pen, frame, curve)


def _frame(curve: Curve, left: float, top: float, room: float) -> _Frame:
    begins, ends = curve.lines[0][0][0], curve.lines[-1][-1][0]
    limits = (curve.limits.upper_c, curve.limits.lower_c, curve.min_c, curve.max_c)
    seen = [float(celsius) for celsius in limits if celsius is not None]
    margin = max(1.0, (max(seen) - min(seen)) * 0.08)
    return _Frame(
        left=left + _LEFT,
        base=top - HIGH + _FOOT,
        wide=room - _LEFT - 6,
        high=HIGH - _FOOT - _HEAD,
        begins=begins,
        ends=max(ends, begins + timedelta(minutes=1)),
        low=min(seen) - margin,
        top=max(seen) + margin,
    )


def _axes(pen: Pen, frame: _Frame, zone: str) -> None:
    pen.box(frame.left, frame.base, frame.wide, frame.high, weight=0.5)
    for celsius in degree_ticks(frame.low, frame.top):
        y = frame.y(celsius)
        pen.path([(frame.left, y), (frame.left + frame.wide, y)], 0.25, _GREY)
        pen.text(frame.left - 3, y - 2, f"{celsius:g}".replace("-", "−"), _SMALL, align="right")
    pen.text(frame.left - 3, frame.base + frame.high + 3, "°C", _SMALL, align="right")
    local = ZoneInfo(zone)
    for at in time_ticks(frame.begins, frame.ends, local):
        x = frame.x(at)
        pen.path([(x, frame.base), (x, frame.base + frame.high)], 0.25, _GREY)
        pen.text(x, frame.base - 8, f"{at.astimezone(local):%m-%d %H:%M}", _SMALL, align="centre")


def degree_ticks(low: float, high: float) -> Iterator[float]:
    """Yield round temperatures within a range, up to eight or so."""
    step = next(s for s in (1, 2, 5, 10, 20, 25, 50, 100, 200) if (high - low) / s <= _MOST_TICKS)
    for n in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield float(n * step)


def time_ticks(begins: datetime, ends: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield round local times within a range, up to eight or so."""
    span = ends - begins
    step = next((s for s in _STEPS if span / s <= _MOST_TICKS), span / _MOST_TICKS)
    midnight = begins.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    at = midnight.astimezone(begins.tzinfo)
    at += step * -(-(begins - at) // step)
    while at <= ends:
        yield at
        at += step


def _limits(pen: Pen, frame: _Frame, curve: Curve) -> None:
    left, right = frame.left, frame.left + frame.wide
    for limit, dashes in ((curve.limits.upper_c, UPPER), (curve.limits.lower_c, LOWER)):
        if limit is not None:
            y = frame.y(limit)
            pen.path([(left, y), (right, y)], 1.0, INK, dashes)
            text = f"{limit:f} °C".replace("-", "−")
            pen.text(left + 3, y + 2.5, text, _SMALL)


def _legend(pen: Pen, frame: _Frame, curve: Curve) -> None:
    """Explain the marks that are there, in both languages."""
    x, y = frame.left, frame.base - 26
    lines = [
        (curve.limits.upper_c is not None, UPPER, "上限 upper limit"),
        (curve.limits.lower_c is not None, LOWER, "下限 lower limit"),
        (curve.opened_at is not None, OPENED, "开箱 opened"),
    ]
    for there, dashes, said in lines:
        if there:
            pen.path([(x, y + 2), (x + 22, y + 2)], 1.0, INK, dashes)
            pen.text(x + 26, y, said, _SMALL)
            x += 100
    marks = [
        (bool(curve.warm or curve.cold), True, "超限 beyond the limit"),
        (bool(curve.gaps), False, "无读数 no readings"),
    ]
    x, y = frame.left, y - 12
    for there, rising, said in marks:
        if there:
            box = [(x, y - 1), (x + 22, y - 1), (x + 22, y + 6), (x, y + 6)]
            pen.ruled(box, _RULES, _DARK, rising=rising)
            pen.text(x + 26, y, said, _SMALL)
            x += 120
    if curve.coded:
        pen.line(x, y, x + 4, y + 4, 0.6)
        pen.line(x, y + 4, x + 4, y, 0.6)
        pen.text(x + 9, y, "传感器代码 sensor code", _SMALL)
