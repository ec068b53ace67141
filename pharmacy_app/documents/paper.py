"""Laying out A4 papers: head, sections, fields, tables, signatures, foot, pages.

A paper is a column of blocks; a page ends where the next block has no room, a heading never stands
alone at its foot, and a table's head is repeated. Every caption is Chinese and English.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from pharmacy_app.documents.barcodes_drawn import Symbol
from pharmacy_app.documents.pen import INK, WHITE, Align, Pen
from pharmacy_app.documents.typesetting import Lines, Style, fitted
from pharmacy_app.domain.trial import Text

VIOLET = HexColor("#7A3FB0")
"""Reserved for unblinded content, on paper as on the screen."""
AMBER = HexColor("#FFB02E")
"""Reserved for training."""
_ON_AMBER = HexColor("#3D2600")
TINT = HexColor("#EEF0F3")
_GREY = HexColor("#D9DDE3")
_HATCHING = HexColor("#A3AAB5")
_ROOM_FOR_WORDS = 30.0  # points: a lower cell shows its state by its ground alone
MARGIN: float = 13 * mm
PORTRAIT: tuple[float, float] = A4
LANDSCAPE: tuple[float, float] = landscape(A4)
ABSENT = "—"
"""Printed where nothing is recorded: a field is never left blank."""
TRAINING = Text(zh="培训用 · 不得用于人体", en="TRAINING · NOT FOR HUMAN USE")

_CAPTION = Style(6.2, leading=1.2)
_CAPTIONS = (_CAPTION, Style(5.6, leading=1.2), Style(5.2, leading=1.2))
_VALUES = tuple(Style(half / 2, leading=1.22) for half in range(18, 13, -1))
_STRONG = tuple(Style(half / 2, bold=True, leading=1.22) for half in range(22, 15, -1))
_CELLS = tuple(Style(half / 2, leading=1.22) for half in range(15, 11, -1))
_CELL_WORDS = tuple(Style(half / 2, leading=1.15) for half in range(12, 4, -1))
_CELL_TEXTS = tuple(Style(half / 2, bold=True, leading=1.15) for half in range(18, 5, -1))
_FOOT = Style(6.5)
_TALLEST: float = 120 * mm


class Secrecy(StrEnum):
    """Who may see a paper, as its banner says."""

    BLINDED = "blinded"
    UNBLINDED = "unblinded"
    LETTER = "letter"
    SECRET = "secret"  # noqa: S105 - a word on a banner


_BANNERS = {
    Secrecy.UNBLINDED: Text(
        zh="非盲文件 · 仅限药房非盲人员，不得离开药房",
        en="UNBLINDED · pharmacy's unblinded staff only, never leaves the pharmacy",
    ),
    Secrecy.LETTER: Text(
        zh="非盲文件 · 密封后仅交收件人本人",
        en="UNBLINDED · sealed, for the addressee alone",
    ),
    Secrecy.SECRET: Text(
        zh="机密 · 打印后立即密封保存",
        en="SECRET · seal in an envelope as soon as it is printed",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands on every page. ``foot`` are up to two lines at the bottom left."""

    title: Text
    under: str
    facts: tuple[str, ...]
    foot: tuple[str, ...]
    secrecy: Secrecy
    training: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A caption and what is recorded; ``span`` columns wide. None prints as a dash.

    ``write`` leaves room to write by hand instead.
    """

    zh: str
    en: str
    value: str | None = None
    span: int = 1
    strong: bool = False
    write: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; ``share`` is relative to the others'."""

    zh: str
    en: str
    share: float
    align: Align = "left"


class Ground(StrEnum):
    """What a cell of a grid stands on; told apart without colour."""

    PLAIN = "plain"
    TINTED = "tinted"
    HATCHED = "hatched"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a grid: a small label at its top, a strong text, and a word below; any may be empty."""

    label: str
    text: str = ""
    word: str = ""
    ground: Ground = Ground.PLAIN


@dataclass(frozen=True, slots=True)
class _Block:
    height: float
    draw: Callable[[float], None]
    glued: bool = False
    head: "_Block | None" = None
    new_page: bool = False


class Sheet:
    """Collects blocks, then draws them on as many pages as they need."""

    def __init__(self, document: str, head: Head, size: tuple[float, float] = PORTRAIT) -> None:
        self._pen = Pen(document, head.title.en, size)
        self._head = head
        self._wide, self._high = size
        self._blocks: list[_Block] = []

    @property
    def room(self) -> float:
        """The width between the margins, in points."""
        return self._wide - 2 * MARGIN

    def section(self, zh: str, en: str) -> None:
        """Begin a section."""
        style = Style(9.5, bold=True)

        def draw(top: float) -> None:
            base = top - 15
            self._pen.box(MARGIN, base - 2.5, 2.2, 10.5, stroke=None, fill=INK)
            self._pen.text(MARGIN + 6, base, f"{zh}  {en}", style)

        self._blocks.append(_Block(20, draw, glued=True))

    def space(self, height: float) -> None:
        """Leave a gap, in points."""
        self._blocks.append(_Block(height, lambda _: None))

    def note(self, text: str, *, size: float = 7.5, bold: bool = False) -> None:
        """Set a paragraph over the whole width."""
        lines = self._pen.fit(text, (Style(size, bold=bold, leading=1.35),), self.room, _TALLEST)
        self._blocks.append(
            _Block(lines.height + 3, lambda top: self._pen.lines(MARGIN, top - 1, lines))
        )

    def fields(self, fields: Sequence[Field], columns: int = 4) -> None:
        """Set captioned values in a grid of so many equal columns."""
        row: list[Field] = []
        for field in fields:
            if sum(f.span for f in row) + field.span > columns:
                self._field_row(row, columns)
                row = []
            row.append(field)
        if row:
            self._field_row(row, columns)

    def _field_row(self, row: Sequence[Field], columns: int) -> None:
        spare = columns - sum(field.span for field in row)
        widths = [field.span * self.room / columns for field in row]
        widths[-1] += spare * self.room / columns
        values = [self._value(field, wide - 7) for field, wide in zip(row, widths, strict=True)]
        tallest = max(lines.height for lines in values)
        writing = any(field.write for field in row)
        height = max(_CAPTION.pitch + tallest + 5, 34 if writing else 22)

        def draw(top: float) -> None:
            left = MARGIN
            for field, lines, wide in zip(row, values, widths, strict=True):
                self._pen.box(left, top - height, wide, height, weight=0.35)
                caption = self._pen.fit(f"{field.zh} {field.en}", _CAPTIONS, wide - 6, 8.5)
                self._pen.lines(left + 3.5, top - 1.5, caption)
                self._pen.lines(left + 3.5, top - 1.5 - _CAPTION.pitch, lines)
                left += wide

        self._blocks.append(_Block(height, draw))

    def _value(self, field: Field, room: float) -> Lines:
        """Return a field's value on one line if a size allows it, else on as many as it takes."""
        styles = _STRONG if field.strong else _VALUES
        text = "" if field.write else field.value or ABSENT
        one_line = fitted(text, styles, room, styles[0].pitch)
        return one_line or self._pen.fit(text, styles[1:], room, _TALLEST)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str | None]]) -> None:
        """Set a table; its head is repeated on every page. A table without rows says so."""
        total = sum(column.share for column in columns)
        widths = [self.room * column.share / total for column in columns]
        head = self._table_head(columns, widths)
        self._blocks.append(head)
        for row in rows or [(ABSENT,) * len(columns)]:
            self._blocks.append(self._table_row(columns, widths, row, head))

    def _table_head(self, columns: Sequence[Column], widths: Sequence[float]) -> _Block:
        style = (Style(6.8, bold=True, leading=1.18), Style(6.2, bold=True, leading=1.18))
        small = (Style(6, leading=1.18), Style(5.6, leading=1.18))
        cells = [
            (
                self._pen.fit(column.zh, style, wide - 5, 30),
                self._pen.fit(column.en, small, wide - 5, 30),
            )
            for column, wide in zip(columns, widths, strict=True)
        ]
        height = max(zh.height + en.height for zh, en in cells) + 5

        def draw(top: float) -> None:
            left = MARGIN
            for (zh, en), wide in zip(cells, widths, strict=True):
                self._pen.box(left, top - height, wide, height, weight=0.35, fill=TINT)
                self._pen.lines(left + 2.5, top - 2, zh)
                self._pen.lines(left + 2.5, top - 2 - zh.height, en)
                left += wide

        return _Block(height, draw, glued=True)

    def _table_row(
        self,
        columns: Sequence[Column],
        widths: Sequence[float],
        row: Sequence[str | None],
        head: _Block,
    ) -> _Block:
        cells = [
            self._pen.fit(text or ABSENT, _CELLS, wide - 5, _TALLEST)
            for text, wide in zip(row, widths, strict=True)
        ]
        height = max(max(lines.height for lines in cells) + 5, 15)

        def draw(top: float) -> None:
            left = MARGIN
            for column, lines, wide in zip(columns, cells, widths, strict=True):
                self._pen.box(left, top - height, wide, height, weight=0.35)
                place = {"left": left + 2.5, "centre": left + wide / 2, "right": left + wide - 2.5}
                self._pen.lines(place[column.align], top - 2.5, lines, align=column.align)
                left += wide

        return _Block(height, draw, head=head)

    def grid(self, rows: Sequence[Sequence[Cell]], tallest: float) -> None:
        """Set equal cells over the whole width, on one page; rows are at most ``tallest`` points high."""
        wide = self.room / max(len(row) for row in rows)
        high = min(wide, tallest, (self._room_for_blocks() - 150) / len(rows))

        def draw(top: float) -> None:
            for number, row in enumerate(rows, start=1):
                for place, cell in enumerate(row):
                    self._cell(MARGIN + place * wide, top - number * high, wide, high, cell)

        self._blocks.append(_Block(high * len(rows), draw))

    def _cell(self, left: float, base: float, wide: float, high: float, cell: Cell) -> None:
        pen, top = self._pen, base + high
        pen.box(left, base, wide, high, fill=_GREY if cell.ground is Ground.TINTED else None)
        if cell.ground is Ground.HATCHED:
            pen.hatch(left, base, wide, high, _HATCHING)
            pen.box(left, base, wide, high)
        small = high < _ROOM_FOR_WORDS
        labels = _CELL_WORDS[-3:] if small else _CELL_WORDS
        label = pen.fit(cell.label, labels, wide - 3, high)
        pen.lines(left + 1.5, top - 0.5, label)
        text = pen.fit(cell.text, _CELL_TEXTS, wide - 3, high - label.height if small else high)
        middle = (high - label.height if small else high) / 2
        pen.lines(left + wide / 2, base + middle + text.height / 2, text, align="centre")
        if not small:
            word = pen.fit(cell.word, _CELL_WORDS, wide - 3, high)
            pen.lines(left + wide / 2, base + word.height + 1.5, word, align="centre")

    def new_page(self) -> None:
        """Begin the next block on a page of its own."""
        self._blocks.append(_Block(0, lambda _: None, new_page=True))

    def choices(self, zh: str, en: str, options: Sequence[Text]) -> None:
        """Set a question with boxes to tick by hand."""
        style = Style(8)

        def draw(top: float) -> None:
            self._pen.box(MARGIN, top - 20, self.room, 20, weight=0.35)
            self._pen.text(MARGIN + 3.5, top - 13, f"{zh} {en}", style)
            wide = self.room * 0.5 / len(options)
            left = MARGIN + self.room * 0.5
            for option in options:
                self._pen.box(left, top - 14, 8, 8, weight=0.7)
                self._pen.text(left + 12, top - 13, f"{option.zh} {option.en}", style)
                left += wide

        self._blocks.append(_Block(20, draw))

    def figure(self, height: float, draw: Callable[[Pen, float, float, float], None]) -> None:
        """Leave room for a picture over the whole width; ``draw`` gets pen, left, top and width."""
        self._blocks.append(_Block(height, lambda top: draw(self._pen, MARGIN, top, self.room)))

    def with_symbol(self, symbol: Symbol, dots: int, beside: Sequence[Lines]) -> None:
        """Set a symbol with lines beside it, over the whole width."""
        side = symbol.side(dots)
        height = max(side, sum(lines.height for lines in beside)) + 10

        def draw(top: float) -> None:
            self._pen.box(MARGIN, top - height, self.room, height, weight=0.35)
            self._pen.symbol(MARGIN + self.room - side - 8, top - 5, symbol, dots)
            below = top - (height - sum(lines.height for lines in beside)) / 2
            for lines in beside:
                self._pen.lines(MARGIN + 6, below, lines)
                below -= lines.height

        self._blocks.append(_Block(height, draw))

    def set(
        self, text: str, size: float, *, bold: bool = False, room: float | None = None
    ) -> Lines:
        """Return a text set in one size, for `with_symbol`."""
        return self._pen.fit(text, (Style(size, bold=bold),), room or self.room * 0.75, _TALLEST)

    def finish(self) -> bytes:
        """Draw every page and return the PDF. Raises Refused as `Pen.finish` does."""
        pages = self._paginated()
        for number, page in enumerate(pages, start=1):
            top = self._draw_head(number, len(pages))
            for block in page:
                block.draw(top)
                top -= block.height
            self._pen.next_page()
        return self._pen.finish()

    def _room_for_blocks(self) -> float:
        return self._high - self._head_height() - MARGIN - 26

    def _paginated(self) -> list[list[_Block]]:
        room = self._room_for_blocks()
        pages: list[list[_Block]] = [[]]
        used = 0.0
        for place, block in enumerate(self._blocks):
            needed = self._kept_together(place)
            if pages[-1] and (block.new_page or used + needed > room):
                pages.append([])
                used = 0.0
                if block.head is not None:
                    pages[-1].append(block.head)
                    used = block.head.height
            pages[-1].append(block)
            used += block.height
        return pages

    def _kept_together(self, place: int) -> float:
        """Return the height of a block with all it is glued to, up to the first that is not."""
        needed = 0.0
        for block in self._blocks[place:]:
            needed += block.height
            if not block.glued:
                break
        return needed

    def _head_height(self) -> float:
        banners = (self._head.secrecy is not Secrecy.BLINDED) + self._head.training
        return MARGIN + banners * 18 + 48

    def _draw_head(self, number: int, count: int) -> float:
        """Draw frame, banners, title and foot; return where the blocks begin."""
        top = self._high - MARGIN
        top = self._draw_banners(top)
        head = self._head
        self._pen.text(MARGIN, top - 17, head.title.zh, Style(16, bold=True))
        self._pen.text(MARGIN, top - 30, head.title.en, Style(10))
        self._pen.text(MARGIN, top - 40, head.under, Style(7.5))
        for line, fact in enumerate(head.facts):
            style = Style(8, bold=line == 0)
            self._pen.text(self._wide - MARGIN, top - 11 - line * 10, fact, style, align="right")
        self._pen.line(MARGIN, top - 45, self._wide - MARGIN, top - 45, 1)
        self._draw_foot(number, count)
        return self._high - self._head_height()

    def _draw_banners(self, top: float) -> float:
        head = self._head
        banner = _BANNERS.get(head.secrecy)
        style = Style(8.5, bold=True)
        if banner is not None:
            edge = 6 * mm
            self._pen.box(
                edge, edge, self._wide - 2 * edge, self._high - 2 * edge, weight=2.4, stroke=VIOLET
            )
            self._pen.box(MARGIN, top - 14, self.room, 14, stroke=None, fill=VIOLET)
            words = f"{banner.zh}   {banner.en}"
            self._pen.text(self._wide / 2, top - 10.2, words, style, align="centre", colour=WHITE)
            top -= 18
        if head.training:
            self._pen.box(MARGIN, top - 14, self.room, 14, stroke=None, fill=AMBER)
            for left in (MARGIN, self._wide - MARGIN - self.room * 0.15):
                self._pen.stripes(left, top - 14, self.room * 0.15, 14, _ON_AMBER)
            words = f"{TRAINING.zh}   {TRAINING.en}"
            self._pen.text(
                self._wide / 2, top - 10.2, words, style, align="centre", colour=_ON_AMBER
            )
            top -= 18
        return top

    def _draw_foot(self, number: int, count: int) -> None:
        base = MARGIN + 10
        self._pen.line(MARGIN, base + 9, self._wide - MARGIN, base + 9)
        for line, words in enumerate(self._head.foot):
            self._pen.text(MARGIN, base - line * 9, words, _FOOT)
        page = f"第 {number} 页，共 {count} 页  Page {number} of {count}"
        self._pen.text(self._wide - MARGIN, base, page, _FOOT, align="right")
