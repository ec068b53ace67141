"""The test page: its marks stand where its rulers say, on every paper, and it tells nothing."""

from decimal import Decimal

import pytest

from pharmacy_app.documents.pictures import page_picture, page_size
from pharmacy_app.documents.printers import zpl
from pharmacy_app.documents.printers.alignment import SYMBOL, alignment_page
from pharmacy_app.documents.printers.profile import SIDES_MM
from pharmacy_app.domain.blinding import BlindedLabel
from tests.documents.printers.profiles import thermal
from tests.documents.printers.rendered import labels, read_by_zxing

SIZES = ["100x50", "100x70", "60x30", "25x25", "450x25", "450x450"]


@pytest.mark.parametrize("paper", SIZES)
@pytest.mark.parametrize("dpi", [203, 300])
def test_the_page_fits_its_label_and_its_symbol_reads(paper: str, dpi: int) -> None:
    profile = thermal(paper=paper, dpi=dpi)
    page = alignment_page(profile.size_mm)
    (picture,) = labels(zpl.job(page.pdf, profile), dpi)
    assert read_by_zxing(picture) == [SYMBOL]


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_the_frame_is_one_millimetre_inside_every_edge(dpi: int) -> None:
    page = alignment_page((Decimal(100), Decimal(50)))
    picture = page_picture(page.pdf, dpi=dpi, grey=True, smooth=False)
    rows = [picture.pixels[n * picture.wide : (n + 1) * picture.wide] for n in range(picture.high)]
    dark_rows = [n for n, row in enumerate(rows) if min(row) < 128]
    dark_columns = [n for n in range(picture.wide) if min(row[n] for row in rows) < 128]
    inside = dpi / 25.4
    for marks, side in ((dark_rows, picture.high), (dark_columns, picture.wide)):
        assert marks[0] == pytest.approx(inside, abs=0.2 * inside)
        assert side - 1 - marks[-1] == pytest.approx(inside, abs=0.2 * inside)


def test_any_paper_means_a4() -> None:
    wide, high = page_size(alignment_page(None).pdf)
    assert (round(wide), round(high)) == (210, 297)


def test_it_bears_neither_time_nor_name_and_is_always_the_same(label: BlindedLabel) -> None:
    size = (Decimal(100), Decimal(50))
    first, second = alignment_page(size), alignment_page(size)
    assert first == second
    assert (first.file_name, first.job_title) == ("printer-test.pdf", "Test")
    assert label.dose.site.encode() not in first.pdf


def test_the_smallest_and_the_largest_label_are_among_those_tried() -> None:
    tried = {Decimal(side) for size in SIZES for side in size.split("x")}
    assert set(SIDES_MM) <= tried
