"""A page as the dots of one printer: black or white, moved and scaled as its profile says."""

from dataclasses import dataclass
from decimal import Decimal

from pharmacy_app.documents.pictures import Picture, page_picture, page_size
from pharmacy_app.documents.printers.profile import PrinterProfile
from pharmacy_app.domain.refusal import EnvironmentProblem

MM_PER_INCH = Decimal("25.4")
TOLERANCE_MM = Decimal(1)
"""How far a page may differ from the paper it goes on: a driver rounds, another label differs more."""
_BLACK_BELOW = 128
_BITS = bytes(ord("1") if grey < _BLACK_BELOW else ord("0") for grey in range(256))


@dataclass(frozen=True, slots=True)
class Dots:
    """Rows from the top, a bit a dot, 1 is black; a row is padded with white to whole bytes."""

    wide: int
    high: int
    rows: tuple[bytes, ...]
    dpi: int


def dots_of(pdf: bytes, profile: PrinterProfile, number: int = 0, *, beyond: bool = False) -> Dots:
    """Return a page of a PDF as a printer's dots. ``number`` counts from 0.

    ``beyond`` lets the dots reach past the paper by the offset, for a label that lies that far
    inside the printer.

    Raises EnvironmentProblem ``print.other_paper`` if the page is of another size than the paper,
    and ``print.cut_off`` if a dot of it would fall beside the paper.
    """
    page = page_size(pdf, number)
    paper = profile.size_mm or page
    require_paper(profile.name, page, paper)
    picture = page_picture(
        pdf, number, dpi=float(profile.dpi * profile.scale), grey=True, smooth=False
    )
    wide, high = (_dots(side, profile.dpi) for side in paper)
    right, down = (
        _dots(offset, profile.dpi) for offset in (profile.offset_x_mm, profile.offset_y_mm)
    )
    if beyond:
        wide, high = wide + max(right, 0), high + max(down, 0)
    rows = _laid(picture, wide, high, right, down)
    if rows is None:
        raise EnvironmentProblem("print.cut_off", profile.name, printer=profile.name)
    return Dots(wide, high, rows, profile.dpi)


def require_paper(
    printer: str, wanted: tuple[Decimal, Decimal], found: tuple[Decimal, Decimal]
) -> None:
    """Compare sizes in millimetres, width first. Raises EnvironmentProblem ``print.other_paper``."""
    if any(abs(a - b) > TOLERANCE_MM for a, b in zip(wanted, found, strict=True)):
        raise EnvironmentProblem(
            "print.other_paper",
            printer,
            printer=printer,
            wanted=in_words(wanted),
            paper=in_words(found),
            tolerance=TOLERANCE_MM,
        )


def in_words(size_mm: tuple[Decimal, Decimal]) -> str:
    """Return a size as people write it: ``100 × 50 mm``."""
    wide, high = (f"{round(side, 1).normalize():f}" for side in size_mm)
    return f"{wide} × {high} mm"


def _dots(millimetres: Decimal, dpi: int) -> int:
    return round(millimetres * dpi / MM_PER_INCH)


def _laid(
    picture: Picture, wide: int, high: int, right: int, down: int
) -> tuple[bytes, ...] | None:
    """Lay the picture on the paper; None if anything black falls beside it."""
    blank = 0
    laid = [blank] * high
    for number in range(picture.high):
        line = picture.pixels[number * picture.wide : (number + 1) * picture.wide]
        bits = int(line.translate(_BITS), 2)
        if not bits:
            continue
        shift = wide - picture.wide - right
        moved = bits << shift if shift >= 0 else bits >> -shift
        kept = shift >= 0 or moved << -shift == bits
        if not kept or moved >> wide or not 0 <= number + down < high:
            return None
        laid[number + down] = moved
    size = (wide + 7) // 8
    padding = size * 8 - wide
    return tuple((row << padding).to_bytes(size, "big") for row in laid)
