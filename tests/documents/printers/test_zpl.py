"""ZPL jobs, rendered by an independent renderer and read by two independent decoders."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pharmacy_app.documents.catalogue import LABEL, Paper, render
from pharmacy_app.documents.pictures import label_picture
from pharmacy_app.documents.printers import zpl
from pharmacy_app.documents.printers.raster_pdf import corrected
from pharmacy_app.domain.blinding import BlindedLabel
from pharmacy_app.domain.label_symbol import read_symbol
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.wording import worded
from tests.documents.printers.profiles import queue, thermal
from tests.documents.printers.rendered import (
    HAS_LIBDMTX,
    labels,
    read_by_libdmtx,
    read_by_zxing,
)


def shifted(**facts: str) -> dict[str, Any]:
    return {name: Decimal(value) for name, value in facts.items()}


every_dpi = pytest.mark.parametrize("dpi", [203, 300, 600])
every_correction = pytest.mark.parametrize(
    "correction",
    [
        {},
        shifted(offset_x_mm="1.5", offset_y_mm="0.8"),
        shifted(scale="0.95"),
        shifted(scale="1.01"),
        shifted(offset_x_mm="-0.5", scale="0.99"),
    ],
    ids=["plain", "moved", "smallest", "larger", "both"],
)


@every_dpi
@every_correction
def test_a_rendered_job_is_read_as_the_label_of_its_dose(
    label: BlindedLabel, paper: Paper, dpi: int, correction: dict[str, Any]
) -> None:
    (picture,) = labels(zpl.job(paper.pdf, thermal(dpi=dpi, **correction)), dpi)
    (read,) = read_by_zxing(picture)
    said = read_symbol(read)
    assert (said.dose_id, said.kit, said.copy) == (label.dose.dose_id, label.dose.kit, label.copy)


@pytest.mark.skipif(not HAS_LIBDMTX, reason="needs dmtxread")
@every_dpi
@every_correction
def test_a_second_reader_reads_the_same(
    paper: Paper, dpi: int, correction: dict[str, Any], tmp_path: Path
) -> None:
    (picture,) = labels(zpl.job(paper.pdf, thermal(dpi=dpi, **correction)), dpi)
    assert read_by_libdmtx(picture, tmp_path) == read_by_zxing(picture)


def test_at_203_dpi_the_printer_prints_exactly_the_picture_that_was_kept(paper: Paper) -> None:
    kept = label_picture(paper.pdf)
    (printed,) = labels(zpl.job(paper.pdf, thermal()), 203)
    assert printed.size == (kept.wide, kept.high)
    assert printed.tobytes() == bytes(0 if grey < 128 else 255 for grey in kept.pixels)


def test_a_job_is_one_label_once_at_home_whatever_another_program_left_set(paper: Paper) -> None:
    job = zpl.job(paper.pdf, thermal(darkness=7))
    assert job.startswith(b"~SD07\n^XA\n^PW799^LL400^LH0,0^LS0^LT0^PON^PMN\n^FO0,0^GFA,")
    assert job.endswith(b"^FS\n^PQ1,0,0,N\n^XZ\n")
    assert (job.count(b"^XA"), job.count(b"^XZ"), job.count(b"^GF")) == (1, 1, 1)
    assert b"~SD" not in zpl.job(paper.pdf, thermal())


def test_an_offset_moves_every_dot_by_whole_dots(paper: Paper) -> None:
    (plain,) = labels(zpl.job(paper.pdf, thermal()), 203)
    moved_job = zpl.job(paper.pdf, thermal(**shifted(offset_x_mm="2", offset_y_mm="1")))
    (moved,) = labels(moved_job, 203)
    assert moved.size == (plain.width + 16, plain.height + 8)
    assert moved.crop((16, 8, *moved.size)).tobytes() == plain.tobytes()
    assert set(moved.crop((0, 0, 16, moved.height)).tobytes()) == {255}


@pytest.mark.parametrize(
    "correction",
    [shifted(offset_x_mm="-9"), shifted(offset_y_mm="-4"), shifted(scale="1.05")],
    ids=["left", "up", "larger"],
)
def test_what_would_fall_beside_the_label_is_refused_not_cut_off(
    paper: Paper, correction: dict[str, Any]
) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        zpl.job(paper.pdf, thermal(**correction))
    assert caught.value.problem.rule == "print.cut_off"
    assert "Bag labels" in worded(caught.value.problem, "zh").expected


@pytest.mark.parametrize("size", ["60x30", "100x70", "98x50", "100x48.5"])
def test_a_label_goes_on_a_label_of_its_own_size_alone(paper: Paper, size: str) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        zpl.job(paper.pdf, thermal(paper=size))
    problem = caught.value.problem
    assert problem.rule == "print.other_paper"
    assert "100 × 50 mm" in worded(problem, "en").expected
    assert size.replace("x", " × ") in worded(problem, "en").found


def test_equal_papers_give_equal_jobs_on_every_way(label: BlindedLabel, paper: Paper) -> None:
    again = render(LABEL, label)
    moved = queue("office", **shifted(offset_x_mm="0.5"))
    assert zpl.job(paper.pdf, thermal()) == zpl.job(again.pdf, thermal())
    assert corrected(paper.pdf, moved) == corrected(again.pdf, moved)


def test_a_job_tells_neither_time_nor_record_in_words(label: BlindedLabel, paper: Paper) -> None:
    job = zpl.job(paper.pdf, thermal())
    for told in (label.dose.dose_id, label.dose.subject, label.dose.kit, paper.file_name):
        assert told.encode() not in job
    sealed = corrected(paper.pdf, queue("office", **shifted(offset_x_mm="0.5")))
    assert b"CreationDate (D:2000" in sealed or b"CreationDate" not in sealed
    assert label.dose.dose_id.encode() not in sealed


def test_another_copy_gives_another_job(label: BlindedLabel, paper: Paper) -> None:
    other = render(LABEL, msgspec.structs.replace(label, copy=2))
    assert zpl.job(other.pdf, thermal()) != zpl.job(paper.pdf, thermal())
