"""Storage at the command line: units, places, moves, checks and papers."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.terminals import Terminal, opened_dose

pytestmark = pytest.mark.slow


def kits_of(terminal: Terminal) -> list[str]:
    return list(terminal.made.aids.shipments[0].kits)


def test_kits_are_moved_swapped_and_boxes_filled_with_one_signature_each(
    stocked: Terminal,
) -> None:
    first, second, third, fourth = kits_of(stocked)[:4]
    told = stocked.done("storage", "swap", first, second, "--dry-run")
    assert told.count("set aside first") == 1
    stocked.done("storage", "swap", first, second, "--minutes-out", "2")
    stocked.done("storage", "move", f"{third}=T1-R2-B01-A1", f"{fourth}=T1-R2-B01-A2")
    assert stocked.refused("storage", "move", f"{third}=T1-R2-B01-A2") == {"position.taken"}
    assert stocked.refused("storage", "move", f"{third}=T1-R2-B01-A2", "--dry-run") == {
        "position.taken"
    }
    stocked.done("storage", "move-box", "T1-R2-B01", "T1-R2-B02")
    shown = stocked.done("storage", "show", "T1-R2-B02")
    assert third in shown
    assert "Free: 79." in shown
    stocked.done("storage", "fill", "T1-R2-B01", first, fourth)
    assert first in stocked.done("storage", "show", "t1-r2-b01")
    assert stocked.refused("storage", "show", "T1-R9-B01") == {"position.box"}


def test_a_unit_is_added_with_its_labels_and_a_place_of_it_blocked(stocked: Terminal) -> None:
    size = ("--racks", "1", "--boxes", "2", "--rows", "3", "--columns", "3")
    labels = ("--places", "by_row", "--box-labels", "letters", "--limit-c", "-150")
    stocked.done("site", "tank-add", "T2", "--name", "Tank 2", *size, *labels)
    stocked.done("storage", "block", "T2-R1-B-6", "--because", "cracked")
    assert "T2-R1-B-6" in stocked.done("storage", "show", "T2-R1-B")
    kit = kits_of(stocked)[0]
    assert stocked.refused("stock", "stow", kit, "T2-R1-B02-B3") == {"position.blocked"}
    stocked.done("storage", "unblock", "T2-R1-B", "--because", "mended")
    stocked.done("stock", "stow", kit, "T2-R1-B-6")
    assert stocked.refused(
        *("site", "tank-add", "F1", "--name", "Fridge", *size),
        *("--limit-c", "8", "--kind", "ln2_tank"),
    ) == {"storage.kind_limit"}


def test_a_daily_check_is_recorded_and_a_missed_day_counted(stocked: Terminal) -> None:
    stocked.done("storage", "check", "T1", "--temperature-c", "-188.5", "--level-cm", "22")
    stocked.clock.advance(timedelta(days=3))
    told = stocked.done("storage", "units")
    assert "-188.5" in told
    assert told.rstrip().endswith("2")
    assert stocked.refused("storage", "check", "T1", "--temperature-c", "-140") == {
        "storage.check_remarks"
    }
    warm = ("--temperature-c", "-140", "--remarks", "filled up, kits moved")
    assert "a deviation is open" in stocked.done("storage", "check", "T1", *warm)
    assert "T1" in stocked.done("deviation", "list")


def test_an_abandoned_pick_is_put_back(stocked: Terminal) -> None:
    dose = opened_dose(stocked)
    stocked.done("dose", "assign", dose)
    listed = stocked.done("stock", "list", "--state", "assigned")
    kit = next(
        number for sent in stocked.made.aids.shipments for number in sent.kits if number in listed
    )
    stocked.done("dose", "scan", dose, kit)
    stocked.done("dose", "take-out", dose)
    stocked.passes(4)
    told = stocked.done("storage", "put-back", kit, "--because", "fever")
    assert "lies in T1-" in told
    assert kit in stocked.done("stock", "list", "--state", "available")


def test_the_papers_of_storage_are_written(stocked: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    first, second = kits_of(stocked)[:2]
    stocked.done("storage", "box-map", "T1", "--to", str(folder))
    stocked.done("storage", "pick-list", first, second, "--to", str(folder))
    stocked.done("storage", "move-sheet", f"{first}=T1-R2-B01-A1", "--to", str(folder))
    assert {path.name.split("_")[1] for path in folder.iterdir()} == {
        "box-map",
        "pick-list",
        "move-sheet",
    }
