"""Kits leave the site, and its account is closed, by commands alone."""

import re
from pathlib import Path

from pharmacy_app.exchange.advice import read_advice
from tests.cli.terminals import Terminal

LIST = re.compile(r"DL-[0-9A-Z]{6}")


def second(terminal: Terminal) -> str:
    return next(one.password for one in terminal.made.aids.people if one.person_id == "li")


def listed(terminal: Terminal, *words: str) -> str:
    found = LIST.search(terminal.done("disposal", "list", *words, "--because", "end of trial"))
    assert found is not None
    return found[0]


def test_kits_are_wasted_listed_destroyed_and_certified_by_commands(
    stocked: Terminal, tmp_path: Path
) -> None:
    first, other, third, *_ = stocked.made.aids.shipments[0].kits
    fell = ("disposal", "waste", first, other, "--because", "box fell")
    assert stocked.refused(*fell) == {"disposal.no_witness"}
    assert "Kits wasted: 2." in stocked.done(*fell, "--witness", "li", secrets=(second(stocked),))
    reserve = ("disposal", "reserve", third, "--because", "retain", "--reference", "P-9")
    assert "reserve samples: 1." in stocked.done(*reserve)
    waiting = stocked.done("disposal", "waiting")
    assert all(kit in waiting for kit in (first, other, third))
    number = listed(stocked, "destroyed", first, other, third)
    assert "waits for authorisation" in stocked.done("disposal", "lists")
    stocked.done("disposal", "strike", number, third, "--because", "kept")
    assert third not in stocked.done("disposal", "show", number)
    stocked.done("disposal", "authorise", number, "--reference", "S-1")
    paper = ("disposal", "paper", number, "--to", str(tmp_path))
    assert stocked.refused(*paper) == {"disposal.not_done"}
    burnt = ("disposal", "destroy", number, "--method", "burnt", "--place", "plant")
    assert stocked.refused(*burnt, "--witness", "wang") == {"people.same_person"}
    stocked.done(*burnt, "--witness", "li", secrets=(second(stocked),))
    stocked.done(*paper)
    assert [path.name for path in tmp_path.glob("*.pdf")] == [
        f"UNBLINDED_destruction_{stocked.made.aids.site}_{number}.pdf"
    ]
    stocked.language = "zh"
    assert "已完成" in stocked.done("disposal", "lists")


def test_kits_are_sent_back_and_to_another_site_by_commands(
    stocked: Terminal, tmp_path: Path
) -> None:
    first, other, *_ = stocked.made.aids.shipments[0].kits
    back = listed(stocked, "sent_back", first)
    dropped = ("disposal", "drop", back, "--because", "not yet")
    stocked.done(*dropped)
    assert stocked.refused(*dropped) == {"disposal.closed"}
    over = listed(stocked, "transferred", other, "--to-site", "99")
    stocked.done("disposal", "authorise", over, "--reference", "S-2")
    stocked.done("disposal", "send", over, "--carrier", "SF", "--shipper", "LN2-7")
    stocked.done("disposal", "paper", over, "--to", str(tmp_path))
    assert len(list(tmp_path.glob("UNBLINDED_sent_*.pdf"))) == 1
    stocked.done("disposal", "advice", over, "--to", str(tmp_path))
    (file,) = tmp_path.glob("advice_*.csv")
    assert read_advice(file.read_bytes(), file.name).kits == (other,)
    assert stocked.refused("disposal", "advice", back, "--to", str(tmp_path)) == {
        "disposal.wrong_way"
    }
    notice = tmp_path / "no.notice"
    notice.write_bytes(b"?")
    again = listed(stocked, "sent_back", first)
    asked = ("disposal", "authorise", again, "--notice", str(notice))
    assert stocked.refused(*asked) == {"bundle.not_a_bundle"}


def test_the_log_is_told_by_lot_by_subject_for_the_site_and_as_of_a_moment(
    stocked: Terminal, tmp_path: Path
) -> None:
    whole = stocked.done("account", "log", "--site")
    shelf = re.search(r"Whole site: balance (\d+), on the shelf (\d+)", whole)
    assert shelf is not None
    assert shelf[1] == shelf[2]
    lot = whole.splitlines()[1].split()[-3]
    assert f"{lot}: balance" in stocked.done("account", "log", "--lot", lot)
    then = stocked.done("account", "log", "--site", "--as-of", "2020-01-01T00:00")
    assert "balance 0 as of 2020-01-01" in then
    later = ("account", "log", "--site", "--as-of", "2199-01-01T00:00")
    assert stocked.refused(*later) == {"account.to_come"}
    assert len(stocked.done("account", "log", "--subject", "01-001").splitlines()) == 1
    assert stocked.run("account", "log", "--site", "--lot", lot).exit_code == 2
    stocked.done("account", "log", "--site", "--layout", "china", "--to", str(tmp_path))
    assert len(list(tmp_path.glob("UNBLINDED_accountability_*_site.pdf"))) == 1


def test_the_account_is_shown_printed_and_closed_only_without_unexplained_kits(
    stocked: Terminal, tmp_path: Path
) -> None:
    told = stocked.done("account", "reconcile")
    assert "the sum of how they ended" in told
    assert "Send it back, have it destroyed, or transfer it." in told
    stocked.done("account", "reconcile", "--to", str(tmp_path))
    assert len(list(tmp_path.glob("UNBLINDED_reconciliation_*.pdf"))) == 1
    assert "account.on_shelf" in stocked.refused("account", "close")
    kit = stocked.made.aids.shipments[0].kits[0]
    came = ("account", "explain", kit, "--because", "lost in transit")
    assert stocked.refused(*came) == {"account.came"}


def test_a_kit_that_never_came_is_explained_and_the_account_closed(bare: Terminal) -> None:
    kits = [kit for sent in bare.made.aids.shipments for kit in sent.kits]
    for kit in kits:
        bare.done("account", "explain", kit, "--because", "cancelled, S-4")
    assert f"closed: {len(kits)} kits" in bare.done("account", "close", "--remarks", "no subject")


def test_nothing_is_told_of_a_bag_before_its_report(stocked: Terminal) -> None:
    assert len(stocked.done("disposal", "given").splitlines()) == 1
    back = ("disposal", "back", "D-4KX9MT3", "empty", "--brought-by", "Qian")
    assert stocked.refused(*back) == {"bench.unknown_dose"}
