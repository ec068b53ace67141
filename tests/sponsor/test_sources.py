from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from pharmacy_app.domain.ids import StageCode
from pharmacy_app.domain.refusal import Refused, Violation
from pharmacy_app.sponsor.sources import check_folder, end_of, kits_for, read_sources
from pharmacy_app.wording import worded

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
Edit = Callable[[str, str, str], None]


def mistakes(folder: Path) -> tuple[Violation, ...]:
    checked = check_folder(folder, NOW)
    assert checked.sources is None
    for v in (*checked.mistakes, *checked.warnings):
        assert worded(v, "en").rule
        assert worded(v, "zh").rule
    return checked.mistakes


def told(folder: Path) -> list[tuple[str, str]]:
    return [(v.rule, v.record) for v in mistakes(folder)]


def line_of(folder: Path, name: str, text: str) -> int:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if text in line)


def test_the_demo_trial_has_no_mistake(folder: Path) -> None:
    sources = read_sources(folder, NOW)
    assert sources.trial.training
    assert sources.trial.dose.target_cells == Decimal("1.5e8")
    assert [len(sources.entries), len(sources.kits), len(sources.trial.sites)] == [2, 100, 4]
    entries = sources.entries[StageCode("stage1")]
    assert sorted({e.arm: 0 for e in entries}) == ["MSC", "PLACEBO"]
    assert sum(e.arm == "MSC" for e in entries) == 100
    assert len(entries) == 150


def test_a_date_of_expiry_ends_with_that_day_at_the_site(folder: Path) -> None:
    assert end_of(date(2026, 12, 20), "Asia/Shanghai") == datetime(2026, 12, 20, 16, tzinfo=UTC)
    moment = datetime(2026, 12, 20, 9, 30, tzinfo=UTC)
    assert end_of(moment, "Asia/Shanghai") == moment
    soon = [kit for kit in read_sources(folder, NOW).kits if kit.blinded_lot == "B2601"]
    assert {kit.expiry for kit in soon} == {datetime(2026, 12, 20, 16, tzinfo=UTC)}


def test_every_site_gets_its_own_kits_and_no_others(folder: Path) -> None:
    sources = read_sources(folder, NOW)
    sets = [kits_for(sources, site.code) for site in sources.trial.sites]
    assert [len(numbers) for numbers in sets] == [34, 12, 12, 12]
    assert len(set().union(*sets)) == 70


def test_every_mistake_of_every_file_is_told_at_once_with_its_place(
    folder: Path, edit: Edit
) -> None:
    number = (folder / "kits.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    slipped = number[:-1] + ("2" if number[-1] != "2" else "3")
    edit("trial.toml", 'concealment = "release_code"', 'concealment = "whisper"')
    edit("trial.toml", "final_volume_ml = 100", 'final_volume_ml = "a bag"')
    edit("trial.toml", "graduation_ml = 0.1", "graduation_mm = 0.1")
    edit("trial.toml", "min_viability_pct = 70\n", "")
    edit("trial.toml", 'zh = "输注前核对受试者与药品"', 'zh = ""')
    edit("kits.csv", number, slipped)
    edit("kits.csv", "2036-06-30", "30.06.2036")
    edit("kits.csv", "ALB-PLA", "ALBUMIN")
    edit("shipments.csv", "SHP-02-001,02", "SHP-02-001,09")
    edit("allocations-stage1.csv", "\n5,01,1,", "\n5,01,1,,")
    edit("allocations-stage1.csv", "7,01,2,MSC", "7,01,2,CELLS")
    found = dict.fromkeys(told(folder))
    line = {
        key: line_of(folder, "trial.toml", text)
        for key, text in {
            "conceal": "whisper",
            "volume": "a bag",
            "mm": "graduation_mm",
            "release": "[release]",
            "text": 'zh = ""',
        }.items()
    }
    expected = {
        ("protocol.value_wrong", f"trial.toml:{line['conceal']}:1"),
        ("protocol.value_wrong", f"trial.toml:{line['volume']}:1"),
        ("protocol.key_unknown", f"trial.toml:{line['mm']}:1"),
        ("protocol.key_missing", f"trial.toml:{line['release']}:1"),
        ("protocol.text_unclean", f"trial.toml:{line['text']}:62"),
        ("barcode.check_character", f"kits.csv:{line_of(folder, 'kits.csv', slipped)}:1"),
        ("table.cell_wrong", f"kits.csv:{line_of(folder, 'kits.csv', '30.06.2036')}:5"),
        ("table.cell_wrong", f"kits.csv:{line_of(folder, 'kits.csv', 'ALBUMIN')}:2"),
        ("table.cell_wrong", f"shipments.csv:{line_of(folder, 'shipments.csv', ',09,')}:2"),
        ("table.cell_count", "allocations-stage1.csv:6"),
        ("table.cell_wrong", "allocations-stage1.csv:8:4"),
    }
    assert expected <= set(found)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('kit_type = "HUC-MSC"', 'kit_type = "CELLS"', "protocol.unknown_code"),
        ('anchor = "W0", day = 7', 'anchor = "W2", day = 7', "protocol.unknown_code"),
        ('after = ["MSC"]', 'after = ["MSC-LONG"]', "protocol.unknown_code"),
        ('code = "W4"', 'code = "W1"', "protocol.code_repeated"),
        ('code = "PLACEBO"', 'code = "MSC"', "protocol.code_repeated"),
        ('code = "02"', 'code = "01"', "protocol.code_repeated"),
        ('code = "W5"', 'code = "W 5"', "protocol.value_wrong_here"),
        ('zone = "Asia/Shanghai"', 'zone = "Asia/Yunxi"', "protocol.value_wrong_here"),
        ("01-[0-9]{3}", "01-[0-9{3}", "protocol.pattern"),
        ("residual_ml = 0", "residual_ml = 100", "protocol.value_wrong_here"),
        ("min_viability_pct = 70", "min_viability_pct = 170", "protocol.value_wrong_here"),
        ("graduation_ml = 0.1", "graduation_ml = 0.0", "protocol.value_wrong_here"),
        ("min_bench_minutes = 5", "min_bench_minutes = 180", "protocol.value_wrong_here"),
        ("bath_max_c = 39", "bath_max_c = 30", "protocol.value_wrong_here"),
        ("allowed_minutes_above = 10", "shipper_lower_c = -150", "protocol.value_wrong_here"),
        ('anchor = "W0", day = 25', 'anchor = "W4", day = 25', "protocol.unknown_code"),
        ("09521000000148", "09521000000149", "protocol.value_wrong_here"),
        ("cells or placebo", "cells", "protocol.label_names_one_type"),
        ("个或安慰剂", "个", "protocol.label_names_one_type"),
    ],
)
def test_a_protocol_that_contradicts_itself_is_refused_at_the_key(
    folder: Path, edit: Edit, old: str, new: str, rule: str
) -> None:
    place = f"trial.toml:{line_of(folder, 'trial.toml', old)}:"
    edit("trial.toml", old, new)
    assert any(r == rule and record.startswith(place) for r, record in told(folder))


def test_no_acceptable_appearance_is_refused(folder: Path, edit: Edit) -> None:
    edit("trial.toml", "acceptable = true", "acceptable = false")
    edit("trial.toml", "acceptable = true", "acceptable = false")
    assert "protocol.nothing_acceptable" in {rule for rule, _ in told(folder)}


@pytest.mark.parametrize(
    ("raw", "rule", "place"),
    [
        (b'code = "A"\ncode = "B"\n', "protocol.syntax", "trial.toml:2:11"),
        (b"a = [1\n", "protocol.syntax", "trial.toml"),
        (b'a = "\xff"\n', "protocol.not_utf8", "trial.toml:1:1"),
        (b"#" * 1_000_001, "protocol.too_large", "trial.toml"),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "protocol.syntax", "trial.toml"),
    ],
)
def test_a_protocol_that_is_no_toml_is_refused_with_its_place(
    folder: Path, raw: bytes, rule: str, place: str
) -> None:
    (folder / "trial.toml").write_bytes(raw)
    assert told(folder)[0][0] == rule
    assert told(folder)[0][1].startswith(place)


@pytest.mark.parametrize("name", ["trial.toml", "kits.csv", "shipments.csv"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert ("sponsor.file_missing", name) in told(folder)


def test_a_missing_kit_list_is_told_once_and_not_for_every_kit_sent(folder: Path) -> None:
    (folder / "kits.csv").unlink()
    assert told(folder) == [("sponsor.file_missing", "kits.csv")]


def test_a_lot_of_two_kit_types_is_refused(folder: Path, edit: Edit) -> None:
    edit("kits.csv", "ALB-PLA,AL-7702", "ALB-PLA,UC26-0311")
    (found,) = mistakes(folder)
    assert (found.rule, found.record) == ("kit_list.lot_of_two_types", "UC26-0311")
    assert "ALB-PLA, HUC-MSC" in worded(found, "en").found


def test_what_a_missing_file_leaves_empty_is_not_told_besides(folder: Path) -> None:
    (folder / "shipments.csv").unlink()
    assert told(folder) == [("sponsor.file_missing", "shipments.csv")]
    assert check_folder(folder, NOW).warnings == ()


def test_a_trial_without_any_allocation_list_is_refused(folder: Path) -> None:
    (folder / "allocations-stage1.csv").rename(folder / "allocations-stage9.csv")
    (folder / "allocations-stage2.csv").unlink()
    assert {rule for rule, _ in told(folder)} == {"sponsor.file_unknown", "sponsor.file_missing"}


def test_a_list_off_the_declared_ratio_is_refused(folder: Path, edit: Edit) -> None:
    edit("allocations-stage1.csv", ",PLACEBO", ",MSC")
    (ratio,) = mistakes(folder)
    assert ratio.rule == "allocation_list.ratio"
    assert ratio.fact("found") == "MSC 101 : PLACEBO 49"


def test_a_site_without_entries_is_refused(folder: Path) -> None:
    path = folder / "allocations-stage1.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",04,", ",03,"), encoding="utf-8")
    assert told(folder) == [("allocation_list.site_without_entries", path.name)]


def test_a_kit_sent_twice_or_never_listed_is_refused(folder: Path) -> None:
    path = folder / "shipments.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    again = lines[1]
    unknown = lines[1].rpartition(",")[0] + ",ZZZZZZZ"
    path.write_text("\n".join([*lines, again, unknown]), encoding="utf-8")
    assert told(folder) == [
        ("table.value_repeated", f"shipments.csv:{len(lines) + 1}:5"),
        ("kit_list.not_listed", f"shipments.csv:{len(lines) + 2}:5"),
    ]


def test_a_kit_with_a_mistake_in_its_row_is_told_once(folder: Path, edit: Edit) -> None:
    sent = (folder / "shipments.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[4]
    edit("kits.csv", f"{sent},", f"{sent},X")
    line = line_of(folder, "kits.csv", sent)
    assert told(folder) == [("table.cell_wrong", f"kits.csv:{line}:2")]


def test_a_shipment_to_two_sites_is_refused(folder: Path, edit: Edit) -> None:
    edit("shipments.csv", "SHP-01-002,01", "SHP-01-002,02")
    rules = told(folder)
    assert rules
    assert {rule for rule, _ in rules} == {"table.cell_wrong"}
    assert {record.rpartition(":")[2] for _, record in rules} == {"2"}


def test_a_kit_list_sorted_by_type_is_refused(folder: Path) -> None:
    path = folder / "kits.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    rows.sort(key=lambda row: row.split(",")[1])
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    assert ("kit_list.runs", "list") in told(folder)


def test_an_expired_kit_and_a_site_without_kits_are_pointed_out_but_lawful(
    folder: Path, edit: Edit
) -> None:
    path = folder / "shipments.csv"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if ",04," not in line]
    path.write_text("\n".join(kept), encoding="utf-8")
    (folder / "allocations-stage2.csv").unlink()
    checked = check_folder(folder, datetime(2027, 1, 1, tzinfo=UTC))
    assert checked.sources is not None
    assert {v.rule for v in checked.warnings} == {
        "kit_list.expired",
        "kit_list.not_sent",
        "allocation_list.none_yet",
        "sponsor.site_without_kits",
    }


def test_all_mistakes_are_raised_together(folder: Path, edit: Edit) -> None:
    edit("trial.toml", 'code = "W5"', 'code = "W4"')
    edit("allocations-stage1.csv", ",PLACEBO", ",MSC")
    with pytest.raises(Refused) as caught:
        read_sources(folder, NOW)
    assert len(caught.value.violations) == 2
