"""Draws a template: each part in its area, in the largest type that has room, or not at all.

Only black on white, as a thermal printer does it. What has no room is named by its field.
"""

from functools import lru_cache

from pharmacy_app.documents.barcodes_drawn import DOT, QUIET_MODULES, Symbol
from pharmacy_app.documents.labels.fields import Values
from pharmacy_app.documents.labels.prose import draw_prose
from pharmacy_app.documents.labels.symbol import SMALLEST_DOTS, dots_that_fit
from pharmacy_app.documents.labels.template import (
    Area,
    Band,
    Box,
    Cell,
    Matrix,
    Part,
    Prose,
    Sizes,
    Template,
    Words,
)
from pharmacy_app.documents.pen import INK, WHITE, Align, Pen
from pharmacy_app.documents.typesetting import Style, fitted
from pharmacy_app.domain.trial import Text

TRAINING = Text(en="TRAINING · NOT FOR HUMAN USE", zh="培训用 · 不得用于人体")
TRAINING_SHORT = "培训用 TRAINING"
"""Where there is no room for more."""
PAD = 7
"""Dots between a frame and what stands in it."""
UNDER = 18
"""Height of the line beneath a symbol, and of a caption."""
_CAPTION = (Style(5.5, leading=1.1),)


class Layout:
    """Draws one label; ``symbol`` is None for a label that has none. Lengths are dots."""

    def __init__(
        self, pen: Pen, template: Template, values: Values, symbol: Symbol | None, *, training: bool
    ) -> None:
        self._pen = pen
        self._values = values
        self._symbol = symbol
        self._training = training
        self._high = template.size[1]

    def draw(self, part: Part) -> None:
        """Draw one part."""
        match part:
            case Box():
                self._box(part.at, part.weight)
            case Band():
                self._band(part)
            case Words():
                self._words(part)
            case Cell():
                self._cell(part)
            case Matrix():
                self._matrix(part)
            case Prose():
                left, top, wide, high = part.at
                area = (left * DOT, self._y(top), wide * DOT, high * DOT)
                draw_prose(self._pen, part, self._values, area)

    def _y(self, from_top: float) -> float:
        return (self._high - from_top) * DOT

    def _box(self, at: Area, weight: float = 0.4) -> None:
        left, top, wide, high = at
        self._pen.box(left * DOT, self._y(top + high), wide * DOT, high * DOT, weight=weight)

    def _band(self, part: Band) -> None:
        """Say what the label is for; in training, that it is for nobody."""
        left, _, wide, high = (length * DOT for length in part.at)
        pen, bottom = self._pen, self._y(part.at[1] + part.at[3])
        inset = (min(60, part.at[2] / 13) if self._training else PAD) * DOT
        if self._training:
            pen.stripes(left, bottom, wide, high)
            pen.box(left + inset, bottom, wide - 2 * inset, high, stroke=None, fill=WHITE)
            pen.box(left, bottom, wide, high, weight=0.8)
        else:
            pen.box(left, bottom, wide, high, stroke=None, fill=INK)
        styles, room = _styles(part.sizes, bold=True), wide - 2 * inset - 2 * PAD * DOT
        lines = fitted(f"{TRAINING.zh}   {TRAINING.en}", styles, room, high)
        if not self._training:
            lines = pen.fit(self._says(part.field), styles, room, high, part.field)
        elif lines is None:
            lines = pen.fit(TRAINING_SHORT, styles, room, high, part.field)
        middle = bottom + high - (high - lines.height) / 2
        colour = INK if self._training else WHITE
        pen.lines(left + wide / 2, middle, lines, align="centre", colour=colour)

    def _words(self, part: Words) -> None:
        styles = _styles(part.sizes, bold=part.bold, leading=part.leading)
        self._fill(
            part.at,
            part.text or self._says(part.field),
            styles,
            part.align,
            part.field or part.text,
        )

    def _cell(self, part: Cell) -> None:
        left, top, wide, high = part.at
        self._box(part.at)
        inside = left + PAD, wide - 1.5 * PAD
        self._fill(
            (inside[0], top + 3, inside[1], UNDER), part.caption, _CAPTION, "left", part.field
        )
        at = (inside[0], top + UNDER, inside[1], high - UNDER)
        self._fill(at, self._says(part.field), _styles(part.sizes, bold=True), "left", part.field)

    def _fill(
        self, at: Area, text: str, styles: tuple[Style, ...], align: Align, field: str
    ) -> None:
        """Set a text in the middle of an area's height."""
        left, top, wide, high = at
        lines = self._pen.fit(text, styles, wide * DOT, high * DOT, field)
        x = {"left": left, "centre": left + wide / 2, "right": left + wide}[align] * DOT
        self._pen.lines(x, self._y(top) - (high * DOT - lines.height) / 2, lines, align=align)

    def _matrix(self, part: Matrix) -> None:
        symbol = self._symbol
        if symbol is None:
            return
        left, top, wide, _ = part.at
        dots = dots_that_fit(symbol, wide * DOT)
        if dots is None:
            self._pen.too_long(symbol.text, "symbol")
            dots = SMALLEST_DOTS
        middle, side, quiet = (left + wide / 2) * DOT, symbol.side(dots), QUIET_MODULES * dots
        self._pen.symbol(middle - side / 2, self._y(top + quiet), symbol, dots)
        beneath = (left, top + side / DOT + 2 * quiet, wide, UNDER)
        copy = self._pen.fit(self._says("copy"), _CAPTION, wide * DOT, UNDER * DOT, "copy")
        self._pen.lines(middle, self._y(beneath[1]), copy, align="centre")

    def _says(self, field: str) -> str:
        name, _, language = field.partition(".")
        value = self._values[name]
        if isinstance(value, str):
            return value
        if language:
            return value.zh if language == "zh" else value.en
        return f"{value.zh}   {value.en}"


@lru_cache(maxsize=256)
def _styles(sizes: Sizes, *, bold: bool, leading: float = 1.1) -> tuple[Style, ...]:
    """Return the styles from the largest size to the smallest, by half points."""
    largest, smallest = sizes
    steps = round((largest - smallest) * 2)
    return tuple(Style(largest - step / 2, bold=bold, leading=leading) for step in range(steps + 1))
