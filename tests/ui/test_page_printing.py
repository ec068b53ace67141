"""Pages on a printer of the system: every dot where it should be, the layout read back, no half job."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
import shiboken6
import zxingcpp
from PIL import Image
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pharmacy_app.documents.pictures import Picture, page_picture, pages
from pharmacy_app.documents.printers.alignment import SYMBOL, alignment_page
from pharmacy_app.documents.printers.profile import PrinterProfile
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.ui.dialogs.preview import DocumentPreview, Paper
from pharmacy_app.ui.page_printing import print_pages
from pharmacy_app.wording import worded
from tests.documents.printers.profiles import queue

LABEL = alignment_page((Decimal(100), Decimal(50))).pdf


def printer_of(path: Path, dpi: int, kind: type[QPrinter] = QPrinter) -> QPrinter:
    """A printer of the system that keeps what it is sent."""
    made = kind(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(path))
    made.setResolution(dpi)
    return made


def printed(app: QApplication, path: Path, dpi: int, profile: PrinterProfile | None) -> Picture:
    print_pages(printer_of(path, dpi), LABEL, profile)
    return page_picture(path.read_bytes(), dpi=dpi, grey=True, smooth=False)


def dark(picture: Picture, left: int, top: int, wide: int, high: int) -> bytes:
    """A part of a picture in black and white."""
    image = Image.frombytes("L", (picture.wide, picture.high), picture.pixels)
    part = image.crop((left, top, left + wide, top + high))
    return part.point(lambda grey: 0 if grey < 128 else 255).tobytes()


@pytest.mark.parametrize("dpi", [203, 300, 600, 1200])
def test_the_page_is_read_at_the_printers_own_resolution(
    app: QApplication, tmp_path: Path, dpi: int
) -> None:
    picture = printed(app, tmp_path / "out.pdf", dpi, None)
    image = Image.frombytes("L", (picture.wide, picture.high), picture.pixels)
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [SYMBOL]


def test_what_is_sent_are_exactly_the_dots_of_the_page(app: QApplication, tmp_path: Path) -> None:
    printed(app, tmp_path / "out.pdf", 203, None)
    sent = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    page = sent[0]
    (picture,) = page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))
    bitmap = picture.get_bitmap()
    image = bitmap.to_pil().convert("L")
    for held in (bitmap, page, sent):
        held.close()
    ours = page_picture(LABEL, dpi=203, grey=True, smooth=False)
    assert image.size == (ours.wide, ours.high)
    assert image.tobytes() == bytes(0 if grey < 128 else 255 for grey in ours.pixels)


def test_a_profile_moves_the_page_by_whole_dots(app: QApplication, tmp_path: Path) -> None:
    moved = queue("office", offset_x_mm=Decimal(2), offset_y_mm=Decimal(1))
    plain = printed(app, tmp_path / "plain.pdf", 203, None)
    other = printed(app, tmp_path / "moved.pdf", 203, moved)
    wide, high = plain.wide - 40, plain.high - 40
    assert dark(other, 26, 18, wide, high) == dark(plain, 10, 10, wide, high)


class OtherPaper(QPrinter):
    """A driver that prints on the paper it has, whatever it is asked for."""

    def pageLayout(self) -> QPageLayout:  # noqa: N802 - Qt calls it by this name
        page = QPageSize(QSizeF(60, 30), QPageSize.Unit.Millimeter)
        return QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))


def test_a_driver_that_takes_another_paper_prints_nothing(
    app: QApplication, tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    with pytest.raises(EnvironmentProblem) as caught:
        print_pages(printer_of(out, 203, OtherPaper), LABEL, queue("office"))
    problem = caught.value.problem
    assert problem.rule == "print.other_paper"
    assert "100 × 50 mm" in worded(problem, "en").expected
    assert "60 × 30 mm" in worded(problem, "zh").found
    assert not out.exists()


class NoSheets(QPrinter):
    """A driver that has labels but no sheets."""

    def pageLayout(self) -> QPageLayout:  # noqa: N802 - Qt calls it by this name
        asked = super().pageLayout()
        if asked.fullRect(QPageLayout.Unit.Millimeter).height() > 200:
            return OtherPaper.pageLayout(cast("OtherPaper", self))
        return asked


def two_sizes(tmp_path: Path) -> bytes:
    return joined(tmp_path, LABEL, alignment_page(None).pdf)


class PaperEndsHere(QPrinter):
    """A printer that takes one page and no second."""

    def newPage(self) -> bool:  # noqa: N802 - Qt calls it by this name
        return False


def two_pages(tmp_path: Path) -> bytes:
    return joined(tmp_path, LABEL, LABEL)


def joined(tmp_path: Path, *papers: bytes) -> bytes:
    made = pypdfium2.PdfDocument.new()
    for paper in papers:
        source = pypdfium2.PdfDocument(paper)
        made.import_pages(source)
        source.close()
    made.save(str(tmp_path / "joined.pdf"))
    made.close()
    return (tmp_path / "joined.pdf").read_bytes()


def test_a_job_that_breaks_off_has_failed(app: QApplication, tmp_path: Path) -> None:
    paper = two_pages(tmp_path)
    with pytest.raises(EnvironmentProblem) as caught:
        print_pages(printer_of(tmp_path / "out.pdf", 203, PaperEndsHere), paper)
    assert caught.value.problem.rule == "print.job_failed"
    print_pages(printer_of(tmp_path / "whole.pdf", 203), paper)
    assert pages((tmp_path / "whole.pdf").read_bytes()) == 2


@pytest.fixture
def preview(app: QApplication, tmp_path: Path) -> Iterator[DocumentPreview]:
    paper = Paper("Test", "printer-test.pdf", two_pages(tmp_path), unblinded=False)
    made = DocumentPreview(paper)
    made.open()
    yield made
    if shiboken6.isValid(made):
        made.done(0)


def test_a_later_page_that_does_not_fit_is_found_before_the_first_is_drawn(
    app: QApplication, tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    with pytest.raises(EnvironmentProblem) as caught:
        print_pages(printer_of(out, 203, NoSheets), two_sizes(tmp_path))
    assert caught.value.problem.rule == "print.other_paper"
    assert not out.exists()


def test_the_preview_says_why_nothing_was_printed_and_does_not_say_it_was(
    preview: DocumentPreview, tmp_path: Path, qtbot: QtBot
) -> None:
    said: list[str] = []
    preview.printed.connect(said.append)
    preview.print_on(printer_of(tmp_path / "out.pdf", 203, OtherPaper))
    assert (preview.refusals.problem is None, said) == (False, [])
    preview.print_on(printer_of(tmp_path / "out.pdf", 203, PaperEndsHere))
    qtbot.waitUntil(lambda: preview.refusals.problem is not None)
    assert said == []
    with qtbot.waitSignal(preview.printed):
        preview.print_on(printer_of(tmp_path / "out.pdf", 203))
    assert preview.refusals.problem is None


def test_the_window_works_on_between_two_pages(
    preview: DocumentPreview, tmp_path: Path, qtbot: QtBot
) -> None:
    preview.print_on(printer_of(tmp_path / "out.pdf", 203))
    assert preview._place.text() == "Page 1 of 2"
    assert preview._print.reason
    qtbot.waitUntil(lambda: preview._print.reason == "")
    assert "2 pages" in preview._place.text()


def test_a_preview_that_is_closed_while_it_prints_prints_the_rest_and_says_so(
    preview: DocumentPreview, tmp_path: Path
) -> None:
    said: list[str] = []
    preview.printed.connect(said.append)
    preview.print_on(printer_of(tmp_path / "out.pdf", 203))
    assert said == []
    preview.reject()
    assert len(said) == 1
    assert pages((tmp_path / "out.pdf").read_bytes()) == 2
