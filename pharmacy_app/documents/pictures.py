"""A PDF as pictures: what the preview shows, and what a 203 dpi label printer would print."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

import pypdfium2
from pypdfium2 import raw

LABEL_DPI = 203
_MM_PER_POINT = Decimal("25.4") / 72
_WHITE = (255, 255, 255, 255)
_PNG = b"\x89PNG\r\n\x1a\n"
_NO_SMOOTHING = (
    raw.FPDF_RENDER_NO_SMOOTHTEXT | raw.FPDF_RENDER_NO_SMOOTHIMAGE | raw.FPDF_RENDER_NO_SMOOTHPATH
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A grey or colour picture: ``pixels`` are rows from the top, ``channels`` (1, 3) bytes each."""

    wide: int
    high: int
    channels: int
    pixels: bytes
    dpi: float

    def png(self) -> bytes:
        """Return the picture as PNG, with its dots per metre; equal pictures give equal bytes."""
        row = self.wide * self.channels
        lines = b"".join(
            b"\0" + self.pixels[start : start + row] for start in range(0, row * self.high, row)
        )
        colour = {1: 0, 3: 2}[self.channels]
        per_metre = round(self.dpi / 0.0254)
        return b"".join(
            (
                _PNG,
                _chunk(b"IHDR", struct.pack(">IIBBBBB", self.wide, self.high, 8, colour, 0, 0, 0)),
                _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
                _chunk(b"IDAT", zlib.compress(lines, 6)),
                _chunk(b"IEND", b""),
            )
        )


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with _opened(pdf) as document:
        return len(document)


def page_size(pdf: bytes, number: int = 0) -> tuple[Decimal, Decimal]:
    """Return a page's width and height in millimetres. IndexError if there is no such page."""
    with _opened(pdf) as document:
        wide, high = document.get_page_size(number)
    return Decimal(str(wide)) * _MM_PER_POINT, Decimal(str(high)) * _MM_PER_POINT


def label_picture(pdf: bytes) -> Picture:
    """Return a label as its printer has it: 203 dpi, grey, no smoothing."""
    return page_picture(pdf, dpi=LABEL_DPI, grey=True, smooth=False)


def page_picture(
    pdf: bytes, number: int = 0, *, dpi: float = 110, grey: bool = False, smooth: bool = True
) -> Picture:
    """Return one page on white. ``number`` counts from 0; IndexError if there is none."""
    with _opened(pdf) as document:
        if not 0 <= number < len(document):
            raise IndexError(number)
        page = document[number]
        # A page of whole dots must not grow by one because its width was rounded up in the file.
        wide, high = (round(side * dpi / 72) for side in page.get_size())
        channels = 1 if grey else 3
        bitmap = pypdfium2.PdfBitmap.new_native(
            wide, high, raw.FPDFBitmap_Gray if grey else raw.FPDFBitmap_BGR, rev_byteorder=not grey
        )
        bitmap.fill_rect(_WHITE, 0, 0, wide, high)
        flags = (0 if smooth else _NO_SMOOTHING) | (0 if grey else raw.FPDF_REVERSE_BYTE_ORDER)
        if grey:
            flags |= raw.FPDF_GRAYSCALE
        raw.FPDF_RenderPageBitmap(bitmap.raw, page.raw, 0, 0, wide, high, 0, flags)
        row = wide * channels
        buffer = bytes(bitmap.buffer)
        pixels = b"".join(
            buffer[line * bitmap.stride : line * bitmap.stride + row] for line in range(high)
        )
        bitmap.close()
        page.close()
        return Picture(wide, high, channels, pixels, dpi)


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        yield document
    finally:
        document.close()


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
