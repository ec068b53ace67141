"""One dose from the founding of its site to the ward's report, with commands alone."""

import re
from datetime import timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pharmacy_app.cli.main import Chosen, commands
from pharmacy_app.demo.site import LI, LOGGERS, RESOURCES, SITE, WANG
from pharmacy_app.demo.story import START
from pharmacy_app.documents.printers.kept import keep_profiles
from pharmacy_app.domain.events.dose import KitIdentified
from pharmacy_app.domain.events.label import LabelScannedBack
from pharmacy_app.domain.events.oversight import NearMissRecorded
from pharmacy_app.domain.events.stock import KitExamined
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.sponsor.build import build_packages
from pharmacy_app.sponsor.keys import new_keys
from pharmacy_app.sponsor.sources import read_sources
from pharmacy_app.system import paths
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.wording import Language
from tests.cli.terminals import Terminal, opened_dose, recorded
from tests.documents.printers.listener import READY, listening
from tests.documents.printers.profiles import thermal

KIT = re.compile(r"kit (\S+) from (\S+):")
DRAW = re.compile(r"Draw (\S+) mL, dilute with (\S+) mL")
COUNTS = ("--reading", "212,28,4,20", "--reading", "206,31,4,20")


@pytest.mark.slow
def test_one_dose_is_prepared_checked_labelled_and_given_by_commands(
    stocked: Terminal, tmp_path: Path
) -> None:
    dose = opened_dose(stocked)
    proposed = KIT.search(stocked.done("dose", "assign", dose))
    assert proposed is not None
    kit = proposed[1]
    stocked.done("dose", "scan", dose, kit)
    stocked.done("dose", "take-out", dose)
    stocked.done("dose", "thaw-start", dose, "--bath", "WB-1", "--bath-c", "37.0")
    stocked.passes(4)
    stocked.done("dose", "thaw-end", dose)
    stocked.done("dose", "appearance", dose, "normal")
    stocked.done(
        *("dose", "count-begin", dose, "--method", "haemocytometer"),
        *("--instrument", "NB-1", "--calibration-due", "2027-01-01"),
    )
    volumes = ("--suspension-ml", "20", "--sample-ml", "0.5")
    drawn = DRAW.search(stocked.done("dose", "count", dose, *COUNTS, *volumes))
    assert drawn is not None
    assert "Viability, %: 87.63\n" in stocked.done("dose", "show", dose)
    stocked.done("dose", "draw", dose, "--drawn-ml", drawn[1], "--diluent-ml", drawn[2])
    stocked.done("dose", "dilute", dose, "--material", "0.9 % NaCl,N-1,2027-01-01")
    stocked.done("dose", "cover", dose, "--seal", "SL-1")
    stocked.done("dose", "check", dose, *COUNTS, "--by", "li", secrets=(LI.password,))
    assert stocked.refused("dose", "label", dose, "--to", str(tmp_path)) == {"bench.too_soon"}
    stocked.passes(20)
    assert "scan the label back" in stocked.done("dose", "label", dose, "--to", str(tmp_path))
    (label,) = tmp_path.glob("label_*.pdf")
    assert label.read_bytes().startswith(b"%PDF")
    assert stocked.refused("dose", "scan-back", dose, kit) == {"symbol.not_a_label"}
    assert "print the label" in stocked.done("dose", "label-failed", dose, "--because", "jammed")
    with listening(READY) as printer:
        keep_profiles(paths.printers_file(), [thermal(printer.address)])
        stocked.done("dose", "label", dose, "--printer", "Bag labels")
    assert printer.job.count(b"^XA") == 1
    assert stocked.refused("dose", "scan-back", dose, f"{dose}/2") == {"symbol.not_a_label"}
    assert "hand over" in stocked.done("dose", "scan-back", dose, f"{dose}/2", "--typed")
    assert [event.typed for event in recorded(stocked, f"dose/{dose}", LabelScannedBack)] == [True]


@pytest.mark.slow
def test_a_code_typed_by_hand_is_recorded_as_typed(stocked: Terminal) -> None:
    dose = opened_dose(stocked)
    proposed = KIT.search(stocked.done("dose", "assign", dose))
    assert proposed is not None
    other = next(kit for kit in stocked.made.aids.shipments[0].kits if kit != proposed[1])
    stocked.refused("dose", "scan", dose, other)
    stocked.refused("dose", "scan", dose, other, "--typed")
    stocked.done("dose", "scan", dose, proposed[1], "--typed")
    assert [event.typed for event in recorded(stocked, f"dose/{dose}", KitIdentified)] == [True]
    assert [event.typed for event in recorded(stocked, f"dose/{dose}", NearMissRecorded)] == [
        False,
        True,
    ]


@pytest.mark.slow
def test_kits_typed_at_the_goods_in_are_recorded_as_typed(bare: Terminal) -> None:
    sent = bare.made.aids.shipments[0]
    shipment, (first, second, *_) = sent.shipment_id, sent.kits
    bare.done("receive", "open", shipment, "--seals", "intact", "--tilt-mark", "upright")
    bare.done("receive", "scan", shipment, first)
    bare.done("receive", "scan", shipment, second, "--typed")
    examined = recorded(bare, f"shipment/{shipment}", KitExamined)
    assert [event.typed for event in examined] == [False, True]
    assert bare.refused("stock", "stow", "?", "--typed") == {"barcode.shape"}
    bare.refused("stock", "quarantine", "?", "--because", "torn", "--typed")
    assert [event.typed for event in recorded(bare, "stock", NearMissRecorded)] == [True, True]


@pytest.mark.slow
def test_a_card_is_printed_where_there_is_one_and_again_when_asked(stocked: Terminal) -> None:
    dose = opened_dose(stocked, "PLACEBO")
    proposed = KIT.search(stocked.done("dose", "assign", dose))
    assert proposed is not None
    stocked.done("dose", "scan", dose, proposed[1])
    stocked.done("dose", "take-out", dose)
    stocked.done("dose", "thaw-start", dose, "--bath", "WB-1", "--bath-c", "37")
    stocked.done("dose", "thaw-end", dose)
    stocked.done("dose", "appearance", dose, "normal")
    begun = stocked.done(
        *("dose", "count-begin", dose, "--method", "counter"),
        *("--instrument", "NC-200", "--calibration-due", "2027-01-01"),
    )
    card = re.findall(r"--reading (\S+)", begun)
    assert re.findall(r"--reading (\S+)", stocked.done("dose", "show", dose)) == card
    counts = [word for reading in card for word in ("--reading", reading)]
    volumes = ("--suspension-ml", "20", "--sample-ml", "0.5")
    assert "Draw" in stocked.done("dose", "count", dose, *counts, *volumes)


@pytest.mark.slow
def test_a_shipment_is_received_by_commands_and_its_kits_put_away(bare: Terminal) -> None:
    sent = bare.made.aids.shipments[0]
    shipment, (first, second, *rest) = sent.shipment_id, sent.kits
    assert shipment in bare.done("receive", "list")
    bare.done(
        "receive",
        "open",
        shipment,
        "--seals",
        "intact",
        "--tilt-mark",
        "upright",
        "--weight-kg",
        "14.2",
    )
    told = bare.done("receive", "scan", shipment, first, *rest)
    assert f"{len(sent.kits) - 1} of" not in bare.done(
        "receive", "scan", shipment, second, "--damaged", "bag torn"
    )
    assert f"{len(sent.kits) - 1} of {len(sent.kits)}" in told
    file = LOGGERS / sent.logger_file
    assert "readings" in bare.done("receive", "logger", shipment, str(file))
    bare.done("receive", "sign", shipment)
    assert "T1-R1-B01-A1" in bare.done("stock", "stow", first)
    assert bare.refused("stock", "stow", rest[0], "T1-R1-B01-A1") == {"position.taken"}
    lines = (RESOURCES / "kits.csv").read_text(encoding="utf-8").splitlines()
    (last_day,) = (line.split(",")[4] for line in lines if line.startswith(first))
    assert f"{last_day} 23:59" in bare.done("stock", "list", "--text", first)
    listed = bare.done("stock", "list", "--state", "damaged")
    assert second in listed
    assert first not in listed


@pytest.mark.slow
def test_quarantine_begins_with_a_reason_and_ends_with_the_sponsors_reference(
    stocked: Terminal,
) -> None:
    kit = stocked.made.aids.shipments[0].kits[0]
    stocked.done("stock", "quarantine", kit, "--because", "label loose")
    stocked.done("stock", "decide", kit, "--decision", "usable", "--authorisation", "QA-1")
    assert stocked.refused(
        "stock", "decide", kit, "--decision", "rejected", "--authorisation", "QA-2"
    ) >= {"kit.not_in_quarantine"}


@pytest.mark.slow
def test_a_stopped_dose_gives_its_kit_back_and_papers_tell_of_it(
    stocked: Terminal, tmp_path: Path
) -> None:
    dose = opened_dose(stocked)
    stocked.done("dose", "assign", dose)
    stocked.done("dose", "paper", dose, "pick-sheet", "--to", str(tmp_path))
    assert "stopped" in stocked.done("dose", "stop", dose, "--because", "postponed")
    assert "balance 10, on the shelf 10" in stocked.done("account", "log", "--type", "HUC-MSC")
    stocked.done("account", "log", "--to", str(tmp_path))
    assert len(list(tmp_path.glob("UNBLINDED_*.pdf"))) == 3
    assert "0 printed = 0 applied" in stocked.done("account", "labels")
    assert "is in zebra" in stocked.done("account", "load-roll", "zebra", "100")
    roll = re.search(r"R-\w+", stocked.done("account", "rolls"))
    assert roll
    stocked.refused("account", "close-roll", roll[0], "--left", "99")
    assert "is closed" in stocked.done("account", "close-roll", roll[0], "--left", "100")


@pytest.mark.slow
def test_a_site_is_founded_from_its_package_and_the_sheet_holds_the_code(tmp_path: Path) -> None:
    clock = SetClock(START)
    sources = read_sources(RESOURCES, clock.now())
    chance = SystemChance()
    built = build_packages(sources, new_keys(chance), chance, clock, sites=[SITE])
    package, vault, sheet = (tmp_path / name for name in ("site.package", "vault", "sheet.pdf"))
    package.write_bytes(built.packages[SITE])
    words = ["site", "found", "--vault", str(vault), "--package", str(package), "--person", "wang"]
    words += ["--name", "王药师", "--recovery-sheet", str(sheet), "--password-stdin"]
    typed = f"{built.activation_codes[SITE]}\n{WANG.password}\n"
    result = CliRunner().invoke(commands, words, input=typed, obj=Chosen(clock))
    assert result.exception is None, result.output
    assert sheet.read_bytes().startswith(b"%PDF")
    words = ["site", "show", "--vault", str(vault), "--password-stdin"]
    shown = CliRunner().invoke(commands, words, input=f"{WANG.password}\n", obj=Chosen(clock))
    assert "王药师" in shown.output


@pytest.mark.slow
def test_a_site_gets_its_people_and_its_tank_by_commands(bare: Terminal) -> None:
    shown = bare.done("site", "show")
    assert "王药师" in shown
    assert "T1" in shown
    bare.done(
        *("site", "people-add", "zhao", "--name", "赵药师", "--role", "pharmacist"),
        secrets=("velvet oxen climb quiet hills",),
    )
    bare.done(
        *("site", "tank-add", "T2", "--name", "LN2 tank 2", "--limit-c", "-150"),
        *("--racks", "1", "--boxes", "2", "--rows", "9", "--columns", "9"),
    )
    shown = bare.done("site", "show")
    assert "赵药师" in shown
    assert "T2" in shown
    weak = bare.refused(
        "site", "people-add", "qian", "--name", "Qian", "--role", "checker", secrets=("short",)
    )
    assert "vault.password_short" in weak


@pytest.mark.slow
def test_the_second_person_may_not_enrol_from_the_command_line_either(bare: Terminal) -> None:
    words = ("subject", "enrol", "01-001", "--by", "林雨辰")
    assert bare.refused(*words, person="li") == {"people.no_right"}


@pytest.mark.slow
def test_a_wrong_password_is_refused_and_a_stranger_is_unknown(bare: Terminal) -> None:
    assert bare.refused("stock", "list", person="nobody") == {"vault.unknown_person"}


@pytest.mark.slow
@pytest.mark.parametrize(("language", "word"), [("en", "Shipment"), ("zh", "货件")])
def test_lists_speak_the_language_asked_for(bare: Terminal, language: Language, word: str) -> None:
    bare.language = language
    assert word in bare.done("receive", "list")


@pytest.mark.slow
def test_a_plan_shows_the_window_of_the_first_visit_and_dashes_for_the_rest(
    stocked: Terminal,
) -> None:
    dose = opened_dose(stocked)
    plan = stocked.done("subject", "plan", "01-001")
    assert dose in plan
    assert "2026-11-22 07:00 +08:00" in plan
    assert "–" in plan
    assert "01-001" in stocked.done("subject", "list")


@pytest.mark.slow
def test_a_refusal_tells_its_times_on_the_clock_of_the_site(
    stocked: Terminal,
) -> None:
    stocked.done("dose", "stop", opened_dose(stocked), "--because", "postponed")
    stocked.passes(9 * 24 * 60)
    told = stocked.told_refusal("dose", "open", "01-001", "W0")
    assert "+08:00" in told
    assert "+00:00" not in told


@pytest.mark.slow
def test_a_clock_behind_the_last_act_needs_a_reason(bare: Terminal) -> None:
    bare.clock.set(START - timedelta(days=1))
    assert bare.refused("stock", "list") == {"clock.set_back"}
    bare.done("stock", "list", "--clock-reason", "battery of the clock replaced")


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("dose", "count", "D-1", "--reading", "many"),
        ("dose", "draw", "D-1", "--drawn-ml", "1,5", "--diluent-ml", "1"),
        ("dose", "draw", "D-1", "--drawn-ml", "NaN", "--diluent-ml", "1"),
        ("receive", "open", "SHP-01-001", "--tilt-mark", "upright"),
    ],
)
def test_what_cannot_be_read_is_wrong_usage(bare: Terminal, words: tuple[str, ...]) -> None:
    assert isinstance(bare.run(*words).exception, SystemExit)


def test_every_command_has_help_that_needs_no_site() -> None:
    runner = CliRunner()

    nowhere = click.Context(commands)
    for group in ("site", "receive", "stock", "subject", "dose", "account"):
        command = commands.get_command(nowhere, group)
        assert isinstance(command, click.Group)
        for name in command.commands:
            told = runner.invoke(commands, [group, name, "--help"], obj=Chosen())
            assert told.exit_code == 0, name
            assert "--vault" in told.output


def test_a_person_must_be_named_where_there_are_several(bare: Terminal) -> None:
    result = CliRunner().invoke(
        commands, ["stock", "list", "--vault", str(bare.made.folder)], obj=Chosen(bare.clock)
    )
    assert "wang" in result.output


def test_a_folder_without_a_vault_is_a_problem_of_the_machine(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        commands, ["stock", "list", "--vault", str(tmp_path), "--person", "wang"], obj=Chosen()
    )
    assert isinstance(result.exception, EnvironmentProblem)
