"""The test page of a printer: rulers, crosses and a symbol, to see what its profile must correct."""

import hashlib
from decimal import Decimal

from pharmacy_app.documents.barcodes_drawn import DOT, QUIET_MODULES, data_matrix
from pharmacy_app.documents.catalogue import DocumentClass, Paper
from pharmacy_app.documents.pen import INK, Pen
from pharmacy_app.documents.printers.raster import MM_PER_INCH, in_words
from pharmacy_app.documents.typesetting import Style

MM = 72 / float(MM_PER_INCH)
KEY = "printer-test"
TITLE = "Test"
"""The job's title: as neutral as every other."""
SYMBOL = "PRINTER-TEST-0123456789"
A4 = (Decimal(210), Decimal(297))
_MODULE_DOTS = 3
_TICKS = {0: 4.0, 5: 3.0}
_TICK = 1.8
_LEAST_ROOM = 24
"""Millimetres: with less, a label has rulers, crosses and symbol only."""
_WITH_CROSSES = 50
_SMALL = (Style(6, leading=1.2), Style(5.5, leading=1.1))
_HEAD = tuple(Style(size, bold=True, leading=1.2) for size in (9, 8, 7, 6))


def alignment_page(size_mm: tuple[Decimal, Decimal] | None) -> Paper:
    """Return the page for a paper of a size in millimetres, width first; A4 where any is taken.

    Equal sizes give equal bytes: it bears neither printer nor time.
    """
    size = size_mm or A4
    wide, high = (round(float(side) * MM / DOT) * DOT for side in size)
    pen = Pen(KEY, "Printer test", (wide, high))
    _rulers(pen, wide, high)
    _crosses(pen, wide, high)
    _middle(pen, wide, high, in_words(size))
    pdf = pen.finish()
    return Paper(
        document=KEY,
        secrecy=DocumentClass.BLINDED,
        file_name="printer-test.pdf",
        job_title=TITLE,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )


def _rulers(pen: Pen, wide: float, high: float) -> None:
    """Draw millimetres along the upper and the left edge, and a frame one millimetre inside."""
    pen.box(MM, MM, wide - 2 * MM, high - 2 * MM, weight=DOT)
    for millimetre in range(2, int(wide / MM) - 1):
        tick = _TICKS.get(millimetre % 10, _TICK) * MM
        x = millimetre * MM
        pen.line(x, high - MM, x, high - MM - tick, DOT)
        if millimetre % 10 == 0 and x < wide - 4 * MM:
            pen.text(x, high - 7.2 * MM, str(millimetre), _SMALL[1], align="centre")
    for millimetre in range(2, int(high / MM) - 1):
        tick = _TICKS.get(millimetre % 10, _TICK) * MM
        y = high - millimetre * MM
        pen.line(MM, y, MM + tick, y, DOT)
        if millimetre % 10 == 0 and y > 4 * MM:
            pen.text(5.4 * MM, y - 2, str(millimetre), _SMALL[1])


def _crosses(pen: Pen, wide: float, high: float) -> None:
    """Draw a cross near each corner, where the label leaves room beside the symbol."""
    if wide < _WITH_CROSSES * MM:
        return
    arm = 2.5 * MM
    for x in (wide * 0.2, wide * 0.88):
        for y in (high * 0.2, high * 0.65):
            pen.line(x - arm, y, x + arm, y, DOT)
            pen.line(x, y - arm, x, y + arm, DOT)


def _middle(pen: Pen, wide: float, high: float, size: str) -> None:
    """Draw the symbol, and what is measured on this page."""
    symbol = data_matrix(SYMBOL)
    side = symbol.side(_MODULE_DOTS)
    quiet = QUIET_MODULES * _MODULE_DOTS * DOT
    left = max(wide * 0.27, 10 * MM)
    pen.symbol(left, high / 2 + side / 2, symbol, _MODULE_DOTS)
    x, room = left + side + quiet + 2 * MM, wide * 0.84 - left - side - quiet
    if room < _LEAST_ROOM * MM or high < _LEAST_ROOM * MM:
        return
    top = high / 2 + 6 * MM
    for styles, text, height in (
        (_HEAD, "打印测试 Printer test", 4 * MM),
        (_HEAD, size, 4 * MM),
        (_SMALL, "外框距各边 1 mm  The frame is 1 mm from every edge", 7 * MM),
    ):
        lines = pen.fit(text, styles, room, height)
        pen.lines(x, top, lines, colour=INK)
        top -= lines.height + MM
