"""What a printer's profile may say, and how the machine keeps it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pharmacy_app.documents.printers.kept import keep_profiles, read_profiles
from pharmacy_app.documents.printers.profile import PrinterProfile, Way, checked
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.wording import worded

GOOD: dict[str, Any] = {
    "name": "药房标签 Labels",
    "way": Way.NETWORK,
    "address": "10.20.0.9",
    "paper": "100x50",
}


def refusals(**facts: Any) -> set[str]:
    with pytest.raises(Refused) as caught:
        checked(PrinterProfile(**{**GOOD, **facts}))
    for reason in caught.value.violations:
        for language in ("en", "zh"):
            told = worded(reason, language)
            assert told.remedy
            assert "printer_address" not in told.expected
    return {reason.rule for reason in caught.value.violations}


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("10.20.0.9", ("10.20.0.9", 9100)),
        ("10.20.0.9:6101", ("10.20.0.9", 6101)),
        ("labels.ward-3.example", ("labels.ward-3.example", 9100)),
        ("[fd00::9]", ("fd00::9", 9100)),
        ("[fd00::9]:9101", ("fd00::9", 9101)),
    ],
)
def test_an_address_is_a_host_and_a_port_that_is_9100_if_none_is_said(
    address: str, host: tuple[str, int]
) -> None:
    assert checked(PrinterProfile(**{**GOOD, "address": address})).host == host


@pytest.mark.parametrize(
    "facts",
    [
        {"address": ""},
        {"address": "10.20.0.9:0"},
        {"address": "10.20.0.9:70000"},
        {"address": "10.20.0.9:９１００"},
        {"address": "a host"},
        {"address": "-x"},
        {"way": Way.SYSTEM, "address": "two words"},
        {"way": Way.RAW, "address": "-dangerous"},
        {"way": Way.RAW, "address": "a/b"},
        {"way": Way.FOLDER, "address": "labels"},
    ],
    ids=str,
)
def test_an_address_that_reaches_nothing_is_refused(facts: dict[str, Any]) -> None:
    assert refusals(**facts) == {"printer.address"}


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"name": ""}, "printer.name"),
        ({"name": "a\nb"}, "printer.name"),
        ({"name": " a"}, "printer.name"),
        ({"name": "a" * 41}, "printer.name"),
        ({"dpi": 204}, "printer.dpi"),
        ({"paper": ""}, "printer.paper"),
        ({"paper": "100"}, "printer.paper"),
        ({"paper": "100x5"}, "printer.paper"),
        ({"paper": "１００x50"}, "printer.paper"),
        ({"offset_x_mm": Decimal("20.1")}, "printer.offset"),
        ({"offset_y_mm": Decimal("NaN")}, "printer.offset"),
        ({"scale": Decimal("1.06")}, "printer.scale"),
        ({"scale": Decimal("Infinity")}, "printer.scale"),
        ({"darkness": 31}, "printer.darkness"),
        ({"darkness": -1}, "printer.darkness"),
    ],
    ids=str,
)
def test_a_value_out_of_range_is_refused_in_words(facts: dict[str, Any], rule: str) -> None:
    assert refusals(**facts) == {rule}


def test_every_fault_is_told_at_once() -> None:
    every = refusals(name="", address="", dpi=1, paper="x", scale=Decimal(2), darkness=99)
    assert len(every) == 6


def test_a_page_printer_takes_any_paper() -> None:
    profile = checked(PrinterProfile(name="Office", way=Way.SYSTEM, address="office"))
    assert profile.size_mm is None
    assert not profile.corrected


def test_printers_are_kept_whole_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "config" / "printers.toml"
    first = PrinterProfile(
        **{**GOOD, "name": 'a "quoted" \\ name 标签'},
        dpi=300,
        offset_x_mm=Decimal("-1.25"),
        offset_y_mm=Decimal("0.5"),
        scale=Decimal("0.985"),
        darkness=12,
        asks=False,
    )
    second = PrinterProfile(name="Papers", way=Way.FOLDER, address=str(tmp_path))
    keep_profiles(path, [first, second])
    assert read_profiles(path) == (first, second)
    assert read_profiles(tmp_path / "none.toml") == ()


@pytest.mark.parametrize(
    "content",
    [
        "[[printer]",
        '[[printer]]\nname = "x"\n',
        '[[printer]]\nname = "x"\nway = "telepathy"\naddress = "y"\n',
        '[[printer]]\nname = "x"\nway = "network"\naddress = "y"\npaper = "1x1"\n',
        '[[printer]]\nname = "x"\nway = "network"\naddress = "y"\noffset_x_mm = "far"\n',
        "colour = 1\n",
        "\udcff",
    ],
    ids=["syntax", "lacking", "way", "range", "number", "other", "encoding"],
)
def test_a_damaged_file_is_told_and_no_printer_is_guessed(content: str, tmp_path: Path) -> None:
    path = tmp_path / "printers.toml"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(EnvironmentProblem) as caught:
        read_profiles(path)
    assert caught.value.problem.rule == "printer.file_damaged"
    assert "printers.toml" in worded(caught.value.problem, "zh").expected
