"""Dots as a PDF for a page printer that must be corrected: moved and scaled, nothing else changed."""

from io import BytesIO

from pharmacy_app.documents.pictures import pages
from pharmacy_app.documents.printers.profile import PrinterProfile
from pharmacy_app.documents.printers.raster import dots_of

POINTS = 72


def corrected(pdf: bytes, profile: PrinterProfile) -> bytes:
    """Return the paper with every page moved and scaled; equal input gives equal bytes.

    Raises EnvironmentProblem as `dots_of`.
    """
    from PIL import Image  # noqa: PLC0415 - slow to load, seldom needed
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - the same
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - the same

    held = BytesIO()
    canvas = Canvas(held, invariant=1, pageCompression=1)
    for number in range(pages(pdf)):
        dots = dots_of(pdf, profile, number)
        wide, high = (side * POINTS / dots.dpi for side in (dots.wide, dots.high))
        picture = Image.frombytes("1", (dots.wide, dots.high), b"".join(dots.rows), "raw", "1;I")
        canvas.setPageSize((wide, high))
        canvas.drawImage(ImageReader(picture), 0, 0, wide, high)
        canvas.showPage()
    canvas.save()
    return held.getvalue()
