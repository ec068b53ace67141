"""A stock count typed from the first box to the signature, by two people, and a kit that turns up."""

from pathlib import Path

from tests.cli.terminals import Terminal

BOX = "T1-R1-B01"


def lying(terminal: Terminal) -> list[str]:
    lines = terminal.done("stock", "list").splitlines()
    return [line.split()[0] for line in lines if f" {BOX}-" in line]


def test_a_count_is_typed_recounted_resolved_and_signed_off(
    stocked: Terminal, tmp_path: Path
) -> None:
    numbers = lying(stocked)
    gone, rest = numbers[0], numbers[1:]
    assert "boxes" in stocked.done("count", "open", BOX)
    begun = stocked.done("count", "scan", BOX, *rest[:3])
    assert f"Box {BOX} is open" in begun
    assert f"{rest[0]}: recorded here." in begun
    stocked.done("count", "scan", BOX, *rest[3:])
    again = stocked.done("count", "scan", BOX, rest[0])
    assert "recorded once" in again
    assert "no kit of this number" in stocked.done("count", "scan", BOX, "K9999999", "--typed")
    stocked.done("count", "withdraw", "K9999999")
    assert gone not in stocked.done("count", "show")
    assert stocked.refused("count", "close") == {"count.boxes_left"}
    stocked.done("count", "finish")
    assert f"counts again, blind: {BOX}" in stocked.done("count", "close")
    assert stocked.refused("count", "sheet", "--to", str(tmp_path)) == {"count.still_blind"}
    assert stocked.refused("count", "scan", BOX) == {"count.same_person"}
    stocked.done("count", "scan", BOX, *rest, person="li")
    stocked.done("count", "finish", person="li")
    closed = stocked.done("count", "close", person="li")
    assert "Differences that stand: 1" in closed
    assert gone in closed
    assert stocked.refused("count", "sign-off") == {"count.unresolved"}
    resolved = ("count", "resolve", gone, "--cause", "other", "--remarks", "looked everywhere")
    assert stocked.done(*resolved) == f"{gone}: lost.\n"
    assert "signed off" in stocked.done("count", "sign-off")
    written = stocked.done("count", "sheet", "--to", str(tmp_path))
    (paper,) = tmp_path.glob("UNBLINDED_stock-count_*.pdf")
    assert paper.name in written
    assert "done" in stocked.done("count", "list")

    assert stocked.refused("stock", "quarantine", gone, "--because", "here") == {"count.find_first"}
    found = ("stock", "found", gone, "--where", f"{BOX}-I9", "--because", "behind the rack")
    assert "counts again" in stocked.done(*found)
    assert stocked.refused(*found) == {"count.not_gone"}


def test_counts_are_told_in_chinese_and_abandoned_with_a_reason(stocked: Terminal) -> None:
    assert stocked.refused("count", "show") == {"count.unknown"}
    stocked.language = "zh"
    assert "已开始" in stocked.done("count", "open")
    assert "盘点中" in stocked.done("count", "list")
    stocked.done("count", "scan", BOX)
    assert "剩余" in stocked.done("count", "finish")
    usage = stocked.run("count", "scan", BOX, "--at", "A1")
    assert usage.exit_code == 2
    assert "已放弃" in stocked.done("count", "abandon", "--because", "液氮报警")
