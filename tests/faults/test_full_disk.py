"""A disk that is really full: the act is refused whole, the open dose can still be finished."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.records.queries.unblinded import subjects
from pharmacy_app.system import disk
from pharmacy_app.system.disk import BALLAST_NAME
from pharmacy_app.wording import refusal_in_words
from pharmacy_app.workflows import dosing, enrolment, site
from pharmacy_app.workflows.pharmacy import Pharmacy
from tests import pharmacies

SIZE_MB = 160


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 160 MB of its own."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small disk is mounted by root on Linux")
    folder = tmp_path / "disk"
    folder.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(folder)], check=True
    )
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Leave not a byte free."""
    filler = folder / "filler"
    handle = os.open(filler, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for size in (1 << 20, 1 << 12, 1):
        with suppress(OSError):
            while True:
                os.write(handle, b"x" * size)
    os.close(handle)
    return filler


def enrol_many(pharmacy: Pharmacy, first: int) -> int:
    """Enrol subjects until the disk refuses; return how many were recorded."""
    for number in range(first, 1000):
        enrolment.enrol(pharmacy, f"01-{number:03d}", "Dr Zhao", "R" * 500)
    raise AssertionError("the disk never filled up")


def test_full_disk_is_said_nothing_is_half_written_and_the_open_dose_goes_on(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A smaller ballast is used up by fewer acts.
    monkeypatch.setattr(disk, "BALLAST_BYTES", disk.MEGABYTE)
    made = pharmacies.make_site(small_disk / "site", ballast=True)
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        pharmacies.enrolled(made, pharmacy, "01-001", "A")
        filler = fill(small_disk)
        assert (made.folder / BALLAST_NAME).exists()
        with pytest.raises(EnvironmentProblem) as caught:
            enrol_many(pharmacy, 2)
        assert caught.value.problem.rule == "records.disk_full"
        assert not (made.folder / BALLAST_NAME).exists()
        for language in ("en", "zh"):
            assert refusal_in_words(caught.value, language)[0].remedy
        written = subjects.page(pharmacy.reader, None, 1000)
        assert len(written) > 2
        assert site.verify_records(pharmacy, opened.vault, replay=True).first_bad is None
        filler.unlink()
        enrolment.enrol(pharmacy, "01-999", "Dr Zhao", "R")
    with made.signed_in() as opened:
        assert site.verify_records(opened.pharmacy, opened.vault, replay=True).first_bad is None


def test_no_new_preparation_is_begun_on_a_nearly_full_disk(small_disk: Path) -> None:
    made = pharmacies.make_site(small_disk / "site")
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
        subject = pharmacies.enrolled(made, opened.pharmacy, "01-001", "A")
        (small_disk / "filler").write_bytes(bytes(80_000_000))
        with pytest.raises(EnvironmentProblem) as caught:
            dosing.open_dose(opened.pharmacy, subject, "W0")
        assert caught.value.problem.rule == "disk.no_new_preparation"


def test_an_open_dose_is_finished_on_the_room_laid_aside(small_disk: Path) -> None:
    made = pharmacies.make_site(small_disk / "site", ballast=True)
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
        subject = pharmacies.enrolled(made, opened.pharmacy, "01-001", "A")
        dose_id = pharmacies.thawed(made, opened.pharmacy, subject)
        fill(small_disk)
        dosing.stop(opened.pharmacy, dose_id, "x" * 200)
        assert dosing.dose(opened.pharmacy, dose_id).step is Step.STOPPED
