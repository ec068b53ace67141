"""Pages on a printer of the operating system, in its own dots, at true size; on any thread.

The layout is read back before anything is drawn: a driver is free to take another paper than the
one asked for, and then a label would be printed beside it.
"""

from collections.abc import Generator
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from pharmacy_app.documents.pictures import Picture, page_picture, page_size, pages
from pharmacy_app.documents.printers.port import absent, job_failed
from pharmacy_app.documents.printers.profile import PrinterProfile
from pharmacy_app.documents.printers.raster import MM_PER_INCH, TOLERANCE_MM, require_paper
from pharmacy_app.domain.refusal import EnvironmentProblem

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

FINEST_DPI = 600
"""Finer printers get dots of two or more of theirs: a page of 1200 dpi would take 400 MB."""
LONGEST_LABEL_MM = 160
"""What is no longer goes on a label printer, whose driver would make a pattern of anything grey."""
_BLACK_OR_WHITE = bytes(0 if grey < 128 else 255 for grey in range(256))

Sides = tuple[Decimal, Decimal]


def print_pages(printer: "QPrinter", pdf: bytes, profile: PrinterProfile | None = None) -> None:
    """Print every page of a PDF; ``profile`` moves and scales them.

    Raises EnvironmentProblem ``print.other_paper`` if the printer's paper is another one,
    ``print.no_printer`` if it does not begin, ``print.job_failed`` if it breaks off.
    """
    for _ in printing(printer, pdf, profile):
        pass


def printing(
    printer: "QPrinter", pdf: bytes, profile: PrinterProfile | None = None
) -> Generator[tuple[int, int]]:
    """Print as `print_pages`, page by page: yields how many are drawn, and of how many.

    The job goes out when the last page is drawn. Closed before, it draws the rest at once: Qt cannot
    take back a job on every system, and half a paper would come out.
    """
    name = profile.name if profile is not None else printer.printerName()
    sizes = [page_size(pdf, number) for number in range(pages(pdf))]
    for size in reversed(sizes):  # all of them before anything is drawn; the first one comes first
        _lay_out(printer, name, size)
    painter = QPainter()
    if not painter.begin(printer):
        raise absent(name, "no_answer")
    left = list(enumerate(sizes))
    try:
        while left:
            try:
                _page(painter, printer, pdf, *left.pop(0), profile)
                yield len(sizes) - len(left), len(sizes)
            except GeneratorExit:
                for number, size in left:
                    _page(painter, printer, pdf, number, size, profile)
                raise
    except EnvironmentProblem:
        printer.abort()
        raise
    finally:
        ended = painter.end()
    if not ended or printer.printerState() is printer.PrinterState.Error:
        raise job_failed(name, ["printer_state.broke_off"])


def require_offered(info: "QPrinterInfo", name: str, size: Sides) -> None:
    """Refuse a page that is none of the printer's papers, where it takes no others than it lists.

    Raises EnvironmentProblem ``print.other_paper``. Qt itself would take any size without a word.
    """
    offered = [page.size(QPageSize.Unit.Millimeter) for page in info.supportedPageSizes()]
    if not offered or info.supportsCustomPageSizes():
        return
    wanted = [float(side) for side in sorted(size)]
    for paper in offered:
        sides = sorted((paper.width(), paper.height()))
        if all(abs(a - b) <= TOLERANCE_MM for a, b in zip(sides, wanted, strict=True)):
            return
    usual = info.defaultPageSize().size(QPageSize.Unit.Millimeter)
    require_paper(name, size, (Decimal(str(usual.width())), Decimal(str(usual.height()))))


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


def _page(
    painter: QPainter,
    printer: "QPrinter",
    pdf: bytes,
    number: int,
    size: Sides,
    profile: PrinterProfile | None,
) -> None:
    """Draw one page, on a new sheet if it is not the first."""
    name = profile.name if profile is not None else printer.printerName()
    if number:
        _lay_out(printer, name, size)
        if not printer.newPage():
            raise job_failed(name, ["printer_state.broke_off"])
    _draw(painter, printer, pdf, number, profile)


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
    label = max(page_size(pdf, number)) <= LONGEST_LABEL_MM
    picture = page_picture(
        pdf, number, dpi=float(scale * resolution / coarser), grey=label, smooth=False
    )
    right, down = (0.0, 0.0) if profile is None else _offsets(profile, resolution)
    # Without it Qt writes pictures as JPEG, and a symbol gets a haze of grey around every module.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    place = QRectF(right, down, picture.wide * coarser, picture.high * coarser)
    painter.drawImage(place, _image(picture))


def _offsets(profile: PrinterProfile, dpi: int) -> tuple[float, float]:
    """Return the offset in whole dots, so that no edge falls between two."""
    right, down = (
        round(offset * dpi / MM_PER_INCH) for offset in (profile.offset_x_mm, profile.offset_y_mm)
    )
    return float(right), float(down)


def _image(picture: Picture) -> QImage:
    label = picture.channels == 1
    form = QImage.Format.Format_Grayscale8 if label else QImage.Format.Format_RGB888
    pixels = picture.pixels.translate(_BLACK_OR_WHITE) if label else picture.pixels
    return QImage(pixels, picture.wide, picture.high, picture.wide * picture.channels, form).copy()
