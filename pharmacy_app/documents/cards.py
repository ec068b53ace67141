"""Cards for the randomisation desk: one code a card, under a panel that is scratched open.

A card names no arm. It is taken in the order of its number, so the order tells nothing either; the
panel is covered with an opaque sticker before the cards leave the printer's room.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from pharmacy_app.documents.labels.layout import TRAINING
from pharmacy_app.documents.pen import Pen
from pharmacy_app.documents.typesetting import Style
from pharmacy_app.domain.trial import Text

ACROSS, DOWN = 2, 5
WIDE, HIGH = 90 * mm, 52 * mm
EDGE = 4 * mm
PANEL = 15 * mm

_HEADS = (Style(11, bold=True), Style(9, bold=True), Style(7.5, bold=True))
_FACTS = (Style(9), Style(8), Style(7))
_NUMBER = (Style(15, bold=True), Style(12, bold=True))
_CODES = tuple(Style(size, bold=True) for size in (15, 14, 13, 12, 11))
_SMALL = (Style(6.5), Style(6))
RELEASE = Text(zh="分配释放码", en="Release code")
UNBLINDING = Text(zh="计划揭盲码", en="Planned unblinding code")
PANEL_NOTE = Text(
    zh="打印后以不透明刮刮贴覆盖本框；仅在电话核对受试者后刮开。",
    en="Cover this box with an opaque scratch sticker; open it only for the subject on the telephone.",
)


@dataclass(frozen=True, slots=True)
class Card:
    """One card: ``number`` is its place in the list of its site, ``entry`` the name of the entry."""

    trial: str
    site: str
    site_name: Text
    stage_name: Text
    purpose: Text
    number: int
    stratum: str
    entry: str
    code: str
    training: bool


def render(cards: Sequence[Card]) -> bytes:
    """Return the sheets as PDF, ten cards a page of A4, in the order given.

    Raises Refused ``print.missing_glyph`` and ``print.text_too_long``.
    """
    pen = Pen("cards", "Cards", A4)
    each = ACROSS * DOWN
    left = (A4[0] - ACROSS * WIDE) / 2
    top = A4[1] - (A4[1] - DOWN * HIGH) / 2
    for place, card in enumerate(cards):
        if place and place % each == 0:
            pen.next_page()
        row, column = divmod(place % each, ACROSS)
        _card(pen, card, left + column * WIDE, top - row * HIGH)
    return pen.finish()


def _card(pen: Pen, card: Card, left: float, top: float) -> None:
    pen.box(left, top - HIGH, WIDE, HIGH, weight=0.3)
    room, x = WIDE - 2 * EDGE, left + EDGE
    pen.lines(x, top - 3 * mm, pen.fit(f"{card.trial}  {card.site}", _HEADS, room * 0.72, 6 * mm))
    number = pen.fit(f"No. {card.number}", _NUMBER, room * 0.3, 8 * mm)
    pen.lines(left + WIDE - EDGE, top - 2.5 * mm, number, align="right")
    lines = (
        f"{card.purpose.zh} {card.purpose.en}",
        f"{card.stage_name.zh} {card.stage_name.en}",
        f"{card.site_name.zh} {card.site_name.en}",
        " · ".join(part for part in (f"条目 Entry {card.entry}", card.stratum) if part),
    )
    y = top - 10.5 * mm
    for line in lines:
        pen.lines(x, y, pen.fit(line, _FACTS, room, 4.4 * mm))
        y -= 4.3 * mm
    bottom = top - HIGH + 9.5 * mm
    pen.box(x, bottom, room, PANEL - 3 * mm, weight=0.8)
    code = pen.fit(card.code, _CODES, room - 4 * mm, PANEL - 4 * mm)
    middle = bottom + (PANEL - 3 * mm + code.height) / 2
    pen.lines(left + WIDE / 2, middle, code, align="centre")
    says = f"{TRAINING.zh} {TRAINING.en}" if card.training else f"{PANEL_NOTE.zh} {PANEL_NOTE.en}"
    pen.lines(x, top - HIGH + 8.5 * mm, pen.fit(says, _SMALL, room, 7.5 * mm))
