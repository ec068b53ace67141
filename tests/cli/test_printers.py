"""``main.py printers``: nobody signs in, the same functions as at the window."""

from pathlib import Path

import pytest

from pharmacy_app.cli.exits import Exit
from pharmacy_app.cli.main import run
from pharmacy_app.documents.printers import zpl
from pharmacy_app.documents.printers.alignment import alignment_page
from pharmacy_app.documents.printers.kept import read_profiles
from pharmacy_app.system import paths
from tests.documents.printers.listener import PAPER_OUT, READY, listening

LABELS = ("--way", "network", "--paper", "100x50")


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = run(["--lang", "en", "printers", *words])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_printer_is_added_listed_tried_asked_changed_and_removed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told(capsys, "list") == (0, "No printer was added yet.\n")
    with listening(READY) as printer:
        add = ("add", "Bag labels", "--address", printer.address, *LABELS, "--right", "0.5")
        assert told(capsys, *add)[0] == 0
        assert "label printer, network" in told(capsys, "list")[1]
        assert told(capsys, "status", "Bag labels") == (0, "Bag labels: ready\n")
        code, said = told(capsys, "test", "Bag labels")
    assert (code, "took the test page" in said) == (0, True)
    (profile,) = read_profiles(paths.printers_file())
    assert printer.job == zpl.job(alignment_page(profile.size_mm).pdf, profile)
    change = ("change", "Bag labels", "--address", "10.0.0.9", *LABELS, "--darkness", "12")
    assert told(capsys, *change)[0] == 0
    (changed,) = read_profiles(paths.printers_file())
    assert (changed.address, changed.darkness, changed.corrected) == ("10.0.0.9", 12, False)
    assert told(capsys, "remove", "Bag labels") == (0, "Removed: Bag labels.\n")
    assert read_profiles(paths.printers_file()) == ()


def test_what_a_printer_lacks_is_told_in_chinese_too(capsys: pytest.CaptureFixture[str]) -> None:
    with listening(PAPER_OUT) as printer:
        told(capsys, "add", "标签", "--address", printer.address, *LABELS)
        assert run(["--lang", "zh", "printers", "status", "标签"]) == 0
        assert "缺纸" in capsys.readouterr().out
        code, said = told(capsys, "test", "标签")
    assert code == Exit.ENVIRONMENT
    assert "[print.not_ready]" in said
    assert "no labels left" in said
    assert printer.job == b""


def test_wrong_settings_and_names_in_use_or_unknown_are_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    wrong = ("add", "A", "--way", "network", "--address", "a b", "--scale", "2")
    code, said = told(capsys, *wrong)
    assert code == Exit.REFUSED
    for rule in ("printer.address", "printer.paper", "printer.scale"):
        assert f"[{rule}]" in said
    folder = ("add", "Papers", "--way", "folder", "--address", str(tmp_path))
    assert told(capsys, *folder)[0] == 0
    assert "[printer.known] Papers" in told(capsys, *folder)[1]
    code, said = told(capsys, "remove", "Nobody")
    assert (code, "Papers" in said) == (Exit.REFUSED, True)


def test_a_folder_gets_the_test_page_under_a_name_that_tells_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told(capsys, "add", "Papers", "--way", "folder", "--address", str(tmp_path))
    assert told(capsys, "status", "Papers") == (0, "Papers: ready\n")
    assert told(capsys, "test", "Papers")[0] == 0
    assert (tmp_path / "printer-test.pdf").read_bytes() == alignment_page(None).pdf
