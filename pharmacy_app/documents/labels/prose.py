"""The fine print of a label: every sentence, Chinese beside English, in the largest size that holds all."""

from functools import lru_cache

from pharmacy_app.documents.barcodes_drawn import DOT
from pharmacy_app.documents.labels.fields import NOTHING, Values
from pharmacy_app.documents.labels.template import Prose, Sizes
from pharmacy_app.documents.pen import Pen
from pharmacy_app.documents.typesetting import Style, wrap
from pharmacy_app.domain.trial import Text

GAP = 7 * DOT
READABLE = 6.0
"""A sentence a row while so many points or more hold it; run on before it gets smaller."""
_SHARES = (0.40, 0.36, 0.44)
"""Of the width, what the Chinese column gets: the first with room is taken."""
_Rows = list[tuple[tuple[str, ...], tuple[str, ...]]]


def draw_prose(
    pen: Pen, part: Prose, values: Values, area: tuple[float, float, float, float]
) -> None:
    """Draw the sentences in an area: left, top, width, height in points from the bottom left."""
    left, top, wide, high = area
    paragraphs = tuple(_told(names, values) for names in part.paragraphs)
    shared = tuple(str(values[name]) for name in part.shared if values[name])
    found = _fitted(paragraphs, shared, part.sizes, (wide, high))
    if found is None:
        for names in part.paragraphs:
            for name in names:
                pen.too_long(_english(values[name]), name)
        return
    style, share, rows, once = found
    lines = sum(max(map(len, row)) for row in rows) + len(once)
    between = (high - lines * style.pitch) / (len(rows) + len(once))
    pen.line(left, top, left + wide, top)
    end = _draw_rows(pen, rows, (style, share, between), area)
    for number, line in enumerate(once):
        pen.text(left, end - number * (style.pitch + between) - style.size, line, style)


@lru_cache(maxsize=256)
def _fitted(
    paragraphs: tuple[tuple[Text, ...], ...],
    shared: tuple[str, ...],
    sizes: Sizes,
    room: tuple[float, float],
) -> tuple[Style, float, _Rows, tuple[str, ...]] | None:
    """Return style, share, rows and the lines beneath them; None if no size holds all.

    Remembered: the fine print of a trial's labels is the same on one label after the other.
    """
    wide, high = room
    rows = [text for paragraph in paragraphs for text in paragraph]
    ways = (rows, [_run_on(paragraph) for paragraph in paragraphs if paragraph])
    readable, small = _sizes(sizes)
    for style, way in [(s, way) for some in (readable, small) for way in ways for s in some]:
        once = tuple(line for words in shared for line in wrap(words, style, wide))
        for share in _SHARES:
            told = _set(way, style, share, wide)
            lines = sum(max(map(len, row)) for row in told) + len(once)
            if lines * style.pitch <= high:
                return style, share, told, once
    return None


def _told(names: tuple[str, ...], values: Values) -> tuple[Text, ...]:
    return tuple(
        value for name in names if isinstance(value := values[name], Text) and value != NOTHING
    )


def _english(value: str | Text) -> str:
    return value if isinstance(value, str) else value.en


def _run_on(paragraph: tuple[Text, ...]) -> Text:
    return Text(zh="".join(p.zh for p in paragraph), en=" ".join(p.en for p in paragraph))


def _set(pairs: list[Text], style: Style, share: float, wide: float) -> _Rows:
    chinese = wide * share - GAP
    english = wide - chinese - GAP
    return [(wrap(pair.zh, style, chinese), wrap(pair.en, style, english)) for pair in pairs]


def _draw_rows(
    pen: Pen,
    rows: _Rows,
    way: tuple[Style, float, float],
    area: tuple[float, float, float, float],
) -> float:
    """Draw the rows downwards, the spare room shared between them. Returns where they end."""
    style, share, between = way
    left, top, wide, _ = area
    for row in rows:
        for x, lines in zip((left, left + wide * share), row, strict=True):
            for number, line in enumerate(lines):
                pen.text(x, top - number * style.pitch - style.size, line, style)
        top -= max(map(len, row)) * style.pitch + between
    return top


@lru_cache(maxsize=64)
def _sizes(sizes: Sizes) -> tuple[tuple[Style, ...], tuple[Style, ...]]:
    """Return the styles that read well, and the smaller ones; the last of these is set tighter."""
    largest, smallest = sizes
    steps = round((largest - smallest) * 4)
    every = [Style(largest - step / 4, leading=1.12) for step in range(steps + 1)]
    small = [style for style in every if style.size < READABLE]
    return (
        tuple(style for style in every if style.size >= READABLE),
        (*small, Style(smallest, leading=1.04)),
    )
