"""The label of an infusion bag, 100 × 50 mm, Chinese and English: BLINDED.

Content: EU CTR 536/2014 Annex VI A.1, China's GMP annex for investigational products (2022),
21 CFR 312.6(a) where the trial has a US IND, FACT-JACIE for cellular products. Only black on
white, as a thermal printer does it; nothing below 5.5 points.
"""

from pharmacy_app.documents.barcodes_drawn import DOT, QUIET_MODULES
from pharmacy_app.documents.labels.symbol import SMALLEST_DOTS, dots_that_fit, drawn_symbol
from pharmacy_app.documents.moments import with_offset
from pharmacy_app.documents.pen import INK, WHITE, Pen
from pharmacy_app.documents.typesetting import Style, wrap
from pharmacy_app.domain.blinding import BlindedLabel
from pharmacy_app.domain.trial import Text

WIDE, HIGH = 799 * DOT, 400 * DOT
"""100 × 50 mm, in whole dots of a 203 dpi printer."""
EDGE = 12 * DOT
PAD = 7 * DOT
BAND = 30 * DOT
CORNER = 128 * DOT
"""Width and height of the symbol's corner, quiet zone included (16 mm)."""
CELLS, TIME, PRODUCT, UNDER = 50 * DOT, 48 * DOT, 44 * DOT, 18 * DOT
INNER = WIDE - 2 * EDGE
BESIDE = INNER - CORNER - PAD
"""Width of what stands left of the symbol."""
TRAINING = Text(en="TRAINING · NOT FOR HUMAN USE", zh="培训用 · 不得用于人体")
US_CAUTION = Text(
    en="Caution: New Drug—Limited by Federal (or United States) law to investigational use.",
    zh="注意：新药——美国联邦法律规定仅限研究使用。",
)
"""21 CFR 312.6(a), word for word; the Chinese is a translation for the ward."""

_CAPTION = (Style(5.5, leading=1.1),)
_HEADS = tuple(Style(half / 2, bold=True, leading=1.1) for half in range(18, 10, -1))
_VALUES = tuple(Style(half / 2, bold=True, leading=1.1) for half in range(24, 13, -1))
_TIMES = tuple(Style(size, bold=True, leading=1.1) for size in (15, 14, 13, 12))
_PRODUCTS = tuple(Style(half / 2, bold=True, leading=1.1) for half in range(14, 10, -1))
_READABLE = tuple(Style(quarter / 4, leading=1.12) for quarter in range(30, 23, -1))
_SMALL = (Style(5.75, leading=1.12), Style(5.5, leading=1.12), Style(5.5, leading=1.04))
"""Fine print: a sentence a row while 6 points or more hold it, run on before it gets smaller."""
_SHARES = (0.40, 0.36, 0.44)
"""Of the fine print's width, what the Chinese column gets: the first with room is taken."""


def render(label: BlindedLabel) -> bytes:
    """Return the label as a PDF of one page.

    Raises Refused ``print.missing_glyph``, ``print.text_too_long`` and ``symbol.…``.
    """
    pen = Pen("label", "Dose label", (WIDE, HIGH))
    top = HIGH - EDGE
    _band(pen, label, top)
    top -= BAND + 5 * DOT
    _symbol_corner(pen, label, top)
    _cells(pen, label, top)
    _use_before(pen, label, top - CELLS)
    top -= CELLS + TIME
    for number, words in enumerate((label.texts.product.zh, label.texts.product.en)):
        lines = pen.fit(words, _PRODUCTS, BESIDE, PRODUCT / 2)
        pen.lines(EDGE, top - 2 * DOT - number * PRODUCT / 2, lines)
    _fine_print(pen, label, top - PRODUCT - 2 * DOT)
    return pen.finish()


def _band(pen: Pen, label: BlindedLabel, top: float) -> None:
    """Draw what the bag is for; in training, that it is for nobody."""
    bottom = top - BAND
    if label.dose.training:
        says, inset, colour = TRAINING, 60 * DOT, INK
        pen.stripes(EDGE, bottom, INNER, BAND)
        pen.box(EDGE + inset, bottom, INNER - 2 * inset, BAND, stroke=None, fill=WHITE)
        pen.box(EDGE, bottom, INNER, BAND, weight=0.8)
    else:
        says, inset, colour = label.texts.trial_use, PAD, WHITE
        pen.box(EDGE, bottom, INNER, BAND, stroke=None, fill=INK)
    lines = pen.fit(f"{says.zh}   {says.en}", _HEADS, INNER - 2 * inset - 2 * PAD, BAND)
    pen.lines(WIDE / 2, top - (BAND - lines.height) / 2, lines, align="centre", colour=colour)


def _symbol_corner(pen: Pen, label: BlindedLabel, top: float) -> None:
    """Draw the symbol in the right corner, with the copy's number beneath."""
    symbol = drawn_symbol(label)
    dots = dots_that_fit(symbol, CORNER)
    if dots is None:
        pen.too_long(symbol.text)
        dots = SMALLEST_DOTS
    middle = WIDE - EDGE - CORNER / 2
    side = symbol.side(dots)
    quiet = QUIET_MODULES * dots * DOT
    pen.symbol(middle - side / 2, top - quiet, symbol, dots)
    copy = pen.fit(f"第 {label.copy} 份  Copy {label.copy}", _CAPTION, CORNER, UNDER)
    pen.lines(middle, top - side - 2 * quiet, copy, align="centre")


def _cells(pen: Pen, label: BlindedLabel, top: float) -> None:
    """Draw what is compared first: subject, visit, kit, dose."""
    dose = label.dose
    cells = (
        ("受试者 Subject", dose.subject, 0.26),
        ("访视 Visit", dose.visit, 0.16),
        ("药盒号 Kit No.", dose.kit, 0.30),
        ("剂次编码 Dose code", dose.dose_id, 0.28),
    )
    left = EDGE
    for caption, value, share in cells:
        wide = BESIDE * share
        pen.box(left, top - CELLS, wide, CELLS)
        pen.lines(left + PAD, top - 3 * DOT, pen.fit(caption, _CAPTION, wide - 1.5 * PAD, 18 * DOT))
        lines = pen.fit(value, _VALUES, wide - 1.5 * PAD, CELLS - 18 * DOT)
        middle = top - 18 * DOT - (CELLS - 18 * DOT - lines.height) / 2
        pen.lines(left + PAD, middle, lines)
        left += wide


def _use_before(pen: Pen, label: BlindedLabel, top: float) -> None:
    """Draw the clock that the ward has to beat."""
    pen.box(EDGE, top - TIME, BESIDE, TIME, weight=1.4)
    caption = Style(7, bold=True, leading=1.15)
    for number, words in enumerate(("使用期限", "Use before")):
        pen.text(EDGE + PAD, top - 20 * DOT - number * 21 * DOT, words, caption)
    time = with_offset(label.dose.use_before, label.dose.zone)
    lines = pen.fit(time, _TIMES, BESIDE - 130 * DOT, TIME)
    pen.lines(EDGE + 120 * DOT, top - (TIME - lines.height) / 2, lines)


def _fine_print(pen: Pen, label: BlindedLabel, top: float) -> None:
    """Draw every sentence, Chinese beside English, in the largest size that holds them all."""
    height = top - EDGE + 4 * DOT
    pairs, both = _sentences(label), _codes(label)
    ways = (pairs, _run_on(pairs))
    tries = [(size, way) for sizes in (_READABLE, _SMALL) for way in ways for size in sizes]
    for style, way in tries:
        shared = [line for words in both for line in wrap(words, style, INNER)]
        for share in _SHARES:
            rows = _set(way, style, share)
            lines = sum(max(map(len, row)) for row in rows) + len(shared)
            if lines * style.pitch <= height:
                between = (height - lines * style.pitch) / (len(rows) + len(shared))
                top = _draw_rows(pen, rows, (style, share), top, between)
                _draw_shared(pen, shared, style, top, between)
                return
    pen.too_long(" ".join(pair.en for pair in pairs))


def _draw_shared(pen: Pen, lines: list[str], style: Style, top: float, between: float) -> None:
    for line in lines:
        pen.text(EDGE, top - style.size, line, style)
        top -= style.pitch + between


def _run_on(pairs: list[Text]) -> list[Text]:
    """Return the same sentences in two paragraphs: what the ward does, and who stands behind it."""
    return [
        Text(zh="".join(p.zh for p in part), en=" ".join(p.en for p in part))
        for part in (pairs[:4], pairs[4:])
    ]


_Rows = list[tuple[tuple[str, ...], tuple[str, ...]]]


def _set(pairs: list[Text], style: Style, share: float) -> _Rows:
    chinese = INNER * share - PAD
    english = INNER - chinese - PAD
    return [(wrap(pair.zh, style, chinese), wrap(pair.en, style, english)) for pair in pairs]


def _draw_rows(
    pen: Pen, rows: _Rows, way: tuple[Style, float], top: float, between: float
) -> float:
    """Draw the rows downwards, the spare room shared between them. Returns where they end."""
    style, share = way
    pen.line(EDGE, top, EDGE + INNER, top)
    for row in rows:
        for left, lines in zip((EDGE, EDGE + INNER * share), row, strict=True):
            for number, line in enumerate(lines):
                pen.text(left, top - number * style.pitch - style.size, line, style)
        top -= max(map(len, row)) * style.pitch + between
    return top


def _codes(label: BlindedLabel) -> list[str]:
    """Return what is the same in both languages, in lines of its own."""
    dose, sponsor = label.dose, label.sponsor
    codes = (
        f"试验 Trial {dose.trial_code}",
        f"方案 Protocol {dose.protocol}",
        f"批号 Lot {dose.blinded_lot}",
        f"中心 Site {dose.site}",
    )
    telephones = (
        f"电话 Tel. {sponsor.telephone}",
        f"紧急揭盲 Emergency unblinding {sponsor.emergency_telephone}",
    )
    return [" · ".join(codes), " · ".join(telephones)]


def _sentences(label: BlindedLabel) -> list[Text]:
    """Return everything in fine print, pairwise."""
    dose, texts, sponsor = label.dose, label.texts, label.sponsor
    pairs = [
        _sentence(
            zh=f"{texts.route.zh}；{texts.quantity.zh}",
            en=f"{texts.route.en}; {texts.quantity.en}",
        ),
        _sentence(zh=texts.directions.zh, en=texts.directions.en),
        _sentence(zh=texts.storage.zh, en=texts.storage.en),
        Text(
            zh="".join(_sentence(zh=text.zh, en="").zh for text in texts.statements),
            en=" ".join(_sentence(zh="", en=text.en).en for text in texts.statements),
        ),
        _sentence(
            zh=f"{dose.site_name.zh}，研究者 {dose.investigator.zh}",
            en=f"{dose.site_name.en}, investigator {dose.investigator.en}",
        ),
        _sentence(
            zh=f"申办者 {sponsor.name.zh}，{sponsor.address.zh}",
            en=f"Sponsor {sponsor.name.en}, {sponsor.address.en}",
        ),
    ]
    if dose.training:
        pairs.append(_sentence(zh=texts.trial_use.zh, en=texts.trial_use.en))
    if texts.us_caution:
        pairs.append(US_CAUTION)
    return pairs


def _sentence(*, zh: str, en: str) -> Text:
    """Return both texts with a full stop; an empty one stays empty."""
    ended = (".", "。", "!", "！")
    return Text(
        zh=zh + "。" if zh and not zh.endswith(ended) else zh,
        en=en + "." if en and not en.endswith(ended) else en,
    )
