"""Logger files at the command line: shown before they are recorded, asked about, reported."""

from pathlib import Path

import click
import pytest

from tests.cli.terminals import Terminal

pytestmark = pytest.mark.slow
LOGGERS = Path(__file__).parents[1] / "data" / "loggers"


def opened(terminal: Terminal) -> str:
    shipment = str(terminal.made.aids.shipments[0].shipment_id)
    terminal.done("receive", "open", shipment, "--seals", "intact", "--tilt-mark", "upright")
    return shipment


def test_a_preview_shows_how_a_file_is_understood_and_records_nothing(bare: Terminal) -> None:
    shipment = opened(bare)
    file = str(LOGGERS / "hobo_shipper_excursion.csv")
    told = bare.done("receive", "logger", shipment, file, "--preview")
    assert "900 readings" in told
    assert "2026-11-03 08:00" in told
    assert "-190.14" in told
    assert bare.refused("receive", "temperatures", shipment, "--out", ".") == {
        "paper.no_temperatures"
    }


def test_what_a_file_leaves_open_is_asked_kept_listed_and_forgotten(
    bare: Terminal, tmp_path: Path
) -> None:
    shipment = opened(bare)
    file = str(LOGGERS / "ambiguous_dates_decimal_comma.csv")
    asked = bare.run("receive", "logger", shipment, file)
    assert isinstance(asked.exception, click.UsageError | SystemExit)
    assert "--answer date_order=dmy|mdy" in asked.output
    answers = ("--answer", "date_order=dmy", "--answer", "zone=UTC")
    told = bare.done("receive", "logger", shipment, file, *answers, "--preview")
    assert "Answered: date_order=day, month, year" in told
    bare.done("receive", "logger", shipment, file, *answers)
    bare.done("receive", "temperatures", shipment, "--out", str(tmp_path))
    assert [found.name for found in tmp_path.glob("UNBLINDED_temperature_*.pdf")]
    listed = bare.done("receive", "loggers")
    assert "date_order=dmy, zone=UTC" in listed
    layout = listed.splitlines()[-1].split()[1]
    assert "was day, month, year last time" in bare.run("receive", "logger", shipment, file).output
    bare.done("receive", "forget-logger", "--layout", layout)
    assert "date_order" not in bare.done("receive", "loggers")
