"""A paper in the language of label printers (ZPL II): every page a picture, nothing else.

Symbol and letters come from the same PDF as on any other way, so that what is printed is what was
fixed and kept when the label's number was taken; a printer's own fonts and encoders are not used.
"""

from pharmacy_app.documents.pictures import pages
from pharmacy_app.documents.printers.profile import PrinterProfile
from pharmacy_app.documents.printers.raster import Dots, dots_of

CALL_BACK = b"~JA\r\n"
"""Drops every job that the printer still holds."""


def job(pdf: bytes, profile: PrinterProfile) -> bytes:
    """Return the whole job, one label a page, one copy each; equal input gives equal bytes.

    Raises EnvironmentProblem as `raster.dots_of`.
    """
    darkness = "" if profile.darkness is None else f"~SD{profile.darkness:02}\n"
    labels = (_label(dots_of(pdf, profile, number, beyond=True)) for number in range(pages(pdf)))
    return (darkness + "".join(labels)).encode("ascii")


def _label(dots: Dots) -> str:
    # What another program set before us (shift, top, home, orientation) must not move the label.
    return (
        "^XA\n"
        f"^PW{dots.wide}^LL{dots.high}^LH0,0^LS0^LT0^PON^PMN\n"
        f"^FO0,0{_graphic(dots)}\n"
        "^PQ1,0,0,N\n"
        "^XZ\n"
    )


def _graphic(dots: Dots) -> str:
    """Return the dots as ``^GF``, run lengths in ASCII: every printer of the family reads it."""
    from PIL import Image  # noqa: PLC0415 - slow to load, needed by those who print labels
    from zebrafy.graphic_field import GraphicField  # noqa: PLC0415 - the same

    picture = Image.frombytes("1", (dots.wide, dots.high), b"".join(dots.rows), "raw", "1;I")
    return str(GraphicField(picture, format="ASCII_COMPRESSED").get_graphic_field())
