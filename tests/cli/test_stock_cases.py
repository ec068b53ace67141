"""Excursions, lots and looking back with commands alone."""

from pathlib import Path

from tests.cli.terminals import Terminal, opened_dose

NIGHT = ("--began", "2026-11-22T07:00", "--ended", "2026-11-22T23:00")


def test_a_case_is_opened_looked_at_and_decided(stocked: Terminal) -> None:
    opened = stocked.done(
        *("excursion", "open", "--place", "T1-R1", *NIGHT, "--because", "level alarm")
    )
    case = opened.split()[1].rstrip(":")
    assert "wait for a decision" in opened
    listed = stocked.done("excursion", "list")
    assert "temperature excursion in storage" in listed
    assert "level alarm" in listed
    first = stocked.done("excursion", "show", case).splitlines()[1].split()[0]
    told = stocked.done(
        *("excursion", "decide", case, "--rejected", first, "--rest", "usable"),
        *("--authorisation", "QA 7"),
    )
    assert told == f"Case {case}: 0 kits still wait.\n"
    shown = stocked.done("excursion", "show", case).splitlines()[1:]
    assert [line.endswith("not usable") for line in shown] == [True] + [False] * (len(shown) - 1)
    again = ("excursion", "decide", case, "--rejected", first, "--authorisation", "QA 8")
    assert stocked.refused(*again) == {"excursion.not_waiting"}
    neither = ("excursion", "open", *NIGHT, "--because", "alarm")
    assert stocked.run(*neither).exit_code == 2


def test_a_units_file_is_read_and_what_it_leaves_open_is_asked(
    stocked: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "tank.csv"
    rows = [f"2026-11-2{day} 08:00,{c}" for day, c in enumerate((-180, -140, -180), start=1)]
    file.write_text("Time,Temp (\u00b0C)\n" + "\n".join(rows) + "\n", encoding="utf-8")
    asked = stocked.run("excursion", "read", "T1", str(file))
    assert asked.exit_code == 2
    assert "zone" in asked.output
    read = stocked.done("excursion", "read", "T1", str(file), "--answer", "zone=UTC+08:00")
    assert "3 readings, -180 to -140 °C, 0 gaps" in read
    assert "Above -150 °C 720.0 minutes, 720.0 at a stretch" in read
    assert "Outside the limits 2026-11-22 02:00 +08:00 to 2026-11-22 14:00" in read
    assert stocked.refused("excursion", "report", "T9", "--out", str(tmp_path)) == {
        "position.unknown_unit"
    }
    stocked.done("excursion", "report", "T1", "--out", str(tmp_path))
    (paper,) = tmp_path.glob("UNBLINDED_temperature_T1*.pdf")
    assert paper.read_bytes().startswith(b"%PDF")


def test_a_check_outside_the_limits_opens_a_case_with_it(stocked: Terminal) -> None:
    stocked.done(
        *("storage", "check", "T1", "--temperature-c", "-120", "--remarks", "filled up"),
        *("--case-since", "2026-01-01 00:00"),
    )
    assert "filled up" in stocked.done("excursion", "list")


def test_a_failed_result_leads_to_the_look_back_the_recall_and_the_wards_notice(
    stocked: Terminal, tmp_path: Path
) -> None:
    opened_dose(stocked)
    lot = stocked.done("lot", "list").splitlines()[1].split()[0]
    paper = tmp_path / "coa.pdf"
    paper.write_bytes(b"%PDF-1.7 certificate")
    stocked.done("lot", "certificate", lot, str(paper), "--title", "Certificate of analysis")
    told = stocked.done(
        *("lot", "result", lot, "--test", "sterility, day 14", "--outcome", "failed"),
        *("--reference", "LAB 9"),
    )
    assert f"look-back lot {lot}" in told
    papers = stocked.done("lot", "papers", lot)
    assert "certificate" in papers
    assert "failed" in papers
    assert stocked.done("lot", "recall", lot, "--reference", "R-1", "--because", "growth") == (
        f"Lot {lot} is recalled.\n"
    )
    stocked.done("lot", "withdraw", lot, "--reference", "R-2")
    found = stocked.done("look-back", "lot", lot, "--out", str(tmp_path))
    assert "kits," in found.splitlines()[0]
    words = ("--concern", "A late test is in doubt.", "--advice", "Watch for fever.")
    stocked.done("look-back", "notice", *words, "--out", str(tmp_path))
    names = sorted(file.name for file in tmp_path.glob("*.pdf") if file != paper)
    assert len(names) == 2
    assert names[0].startswith("UNBLINDED_look-back_")
    assert names[1].startswith("safety-notice_")
    telling = ("--concern", f"Lot {lot} failed.", "--advice", "Watch for fever.")
    assert stocked.refused("look-back", "notice", *telling, "--out", str(tmp_path)) == {
        "look_back.telling"
    }


def test_a_look_back_starts_from_a_shipment_a_place_or_a_time(stocked: Terminal) -> None:
    shipment = stocked.done("receive", "list").splitlines()[1].split()[0]
    everything = stocked.done("look-back", "shipment", shipment)
    assert "subjects exposed" in everything
    there = stocked.done("look-back", "place", "T1", *NIGHT)
    at_all = stocked.done("look-back", "time", *NIGHT)
    assert there.count("T1-R1") > 0
    assert set(there.splitlines()[1:]) <= set(at_all.splitlines()[1:])


def test_an_expiry_is_extended_with_its_labels(stocked: Terminal) -> None:
    blinded = stocked.done("lot", "list").splitlines()[1].split()[1]
    extend = ("lot", "extend", blinded, "--reference", "EXT 1", "--last-day")
    assert "lot.not_later" in stocked.refused(*extend, "2026-12-01")
    told = stocked.done(*extend, "2036-12-31").splitlines()
    extension = told[0].split()[1].rstrip(":")
    kits = [line.split()[0] for line in told[2:]]
    count = str(len(kits))
    label = ("lot", "overlabel", extension, *kits, "--checker", "li")
    assert stocked.refused(*label, "--printed", "1", secrets=secret(stocked)) == {
        "lot.labels_unequal"
    }
    done = stocked.done(*label, "--printed", count, secrets=secret(stocked))
    assert done == "The new expiry holds.\n"
    assert "2036-12-31" in stocked.done("stock", "list", "--text", kits[0])
    later = stocked.done(*extend, "2037-12-31").splitlines()[0].split()[1].rstrip(":")
    stocked.done("lot", "drop", later, "--because", "sponsor's mistake")


def secret(stocked: Terminal) -> tuple[str, ...]:
    return tuple(one.password for one in stocked.made.aids.people if one.person_id == "li")
