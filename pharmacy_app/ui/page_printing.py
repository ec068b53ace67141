"""Pages on a printer of the operating system, in its own dots, at true size; on any thread.

The layout is read back before anything is drawn: a driver is free to take another paper than the
one asked for, and then a label would be printed beside it.
"""

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from pharmacy_app.documents.pictures import Picture, page_picture, page_size, pages
from pharmacy_app.documents.printers.port import absent, job_failed
from pharmacy_app.documents.printers.profile import PrinterProfile
from pharmacy_app.documents.printers.raster import MM_PER_INCH, require_paper

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

FINEST_DPI = 720
"""Finer printers get dots of two or more of theirs: a page of 1200 dpi would take 140 MB."""

Sides = tuple[Decimal, Decimal]


def print_pages(printer: "QPrinter", pdf: bytes, profile: PrinterProfile | None = None) -> None:
    """Print every page of a PDF; ``profile`` moves and scales them.

    Raises EnvironmentProblem ``print.other_paper`` if the printer's paper is another one,
    ``print.no_printer`` if it does not begin, ``print.job_failed`` if it breaks off.
    """
    name = profile.name if profile is not None else printer.printerName()
    count = pages(pdf)
    sizes = [page_size(pdf, number) for number in range(count)]
    _lay_out(printer, name, sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise absent(name, "no_answer")
    try:
        for number, size in enumerate(sizes):
            if number:
                _lay_out(printer, name, size)
                if not printer.newPage():
                    raise job_failed(name, ["printer_state.broke_off"])
            _draw(painter, printer, pdf, number, profile)
    except BaseException:
        printer.abort()
        painter.end()
        raise
    if not painter.end() or printer.printerState() is printer.PrinterState.Error:
        raise job_failed(name, ["printer_state.broke_off"])


def _lay_out(printer: "QPrinter", name: str, size: Sides) -> None:
    """Ask for a page of this size, then see what the driver made of it."""
    wide, high = size
    across = wide > high
    short, long = (float(side) for side in sorted(size))
    printer.setFullPage(True)
    printer.setPageSize(QPageSize(QSizeF(short, long), QPageSize.Unit.Millimeter))
    way = QPageLayout.Orientation
    printer.setPageOrientation(way.Landscape if across else way.Portrait)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    found = printer.pageLayout().fullRect(QPageLayout.Unit.Millimeter)
    require_paper(name, size, (Decimal(str(found.width())), Decimal(str(found.height()))))
    # In dots too: what is drawn on is not always what the layout says.
    dots, dpi = printer.paperRect(printer.Unit.DevicePixel), Decimal(printer.resolution())
    drawn = (Decimal(round(side)) / dpi * MM_PER_INCH for side in (dots.width(), dots.height()))
    require_paper(name, size, (next(drawn), next(drawn)))


def _draw(
    painter: QPainter,
    printer: "QPrinter",
    pdf: bytes,
    number: int,
    profile: PrinterProfile | None,
) -> None:
    resolution = printer.resolution()
    coarser = -(-resolution // FINEST_DPI)
    scale = Decimal(1) if profile is None else profile.scale
    picture = page_picture(
        pdf, number, dpi=float(scale * resolution / coarser), grey=True, smooth=False
    )
    right, down = (0.0, 0.0) if profile is None else _offsets(profile, resolution)
    place = QRectF(right, down, picture.wide * coarser, picture.high * coarser)
    painter.drawImage(place, _image(picture))


def _offsets(profile: PrinterProfile, dpi: int) -> tuple[float, float]:
    """Return the offset in whole dots, so that no edge falls between two."""
    right, down = (
        round(offset * dpi / MM_PER_INCH) for offset in (profile.offset_x_mm, profile.offset_y_mm)
    )
    return float(right), float(down)


def _image(picture: Picture) -> QImage:
    grey = QImage.Format.Format_Grayscale8
    return QImage(picture.pixels, picture.wide, picture.high, picture.wide, grey).copy()
