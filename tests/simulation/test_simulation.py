"""A whole trial in small: it holds, it comes again from its seed, and its sealing is the library's."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharmacy_app.cli.exits import Exit
from pharmacy_app.cli.main import run
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.simulation.report import Report
from pharmacy_app.simulation.run import simulate
from pharmacy_app.simulation.sealing import SeededSealing, sealed_with
from pharmacy_app.simulation.settings import Rates, Settings
from pharmacy_app.simulation.supply import entries_by_site, protocol
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.vault.sealed import open_sealed, public_key_of

SMALL = Settings(subjects=6, sites=2, seed="small")


def heads(report: Report) -> list[str]:
    return [ledger.head for ledger in report.ledgers]


def test_the_whole_trial_holds_at_every_site(tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = simulate(Settings(), out)
    assert report.broken == []
    assert report.holds
    assert (report.groups["stage1/MSC"], report.groups["stage1/PLACEBO"]) == (100, 50)
    assert report.refusals["subject.ended"] == 150
    assert sum(report.doses.values()) > 400
    assert all(log == there for log, there in report.balances.values())
    assert {path.name for path in out.iterdir()} == {
        *("01", "02", "03", "04"),
        *("report.json", "report.txt"),
    }
    assert "UNBLINDED" in (out / "report.txt").read_text(encoding="utf-8")
    told = json.loads((out / "report.json").read_bytes())
    assert all(ledger["intact"] for ledger in told["ledgers"])


def test_the_same_seed_makes_the_same_ledgers_and_another_makes_others(tmp_path: Path) -> None:
    first, again = simulate(SMALL, tmp_path / "first"), simulate(SMALL, tmp_path / "again")
    assert heads(again) == heads(first)
    assert len(set(heads(again))) == 2
    other = simulate(Settings(subjects=3, sites=1, seed="other"), tmp_path / "other")
    assert not set(heads(other)) & set(heads(again))


@pytest.mark.parametrize(("subjects", "sites"), [(10, 2), (0, 1), (3, 2), (150, 0), (300, 100)])
def test_impossible_trials_are_refused_and_leave_nothing(
    tmp_path: Path, subjects: int, sites: int
) -> None:
    with pytest.raises(Refused) as refused:
        simulate(Settings(subjects, sites), tmp_path / "out")
    assert refused.value.violations[0].rule.startswith("simulate.")
    assert list(tmp_path.iterdir()) == []


@given(st.integers(4, 60), st.integers(1, 4))
def test_every_site_enrols_whole_units_and_all_together_the_whole(units: int, sites: int) -> None:
    counts = entries_by_site(protocol(sites), 3 * units)
    assert sum(counts.values()) == 3 * units
    assert all(count % 3 == 0 for count in counts.values())
    assert max(counts.values()) - min(counts.values()) <= 3


@settings(max_examples=50)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=300), st.text(max_size=20))
def test_what_a_simulation_seals_the_library_opens(seed: bytes, plain: bytes, purpose: str) -> None:
    sealing = SeededSealing(SeededChance(seed.hex()))
    sealed = sealing(public_key_of(seed), purpose, plain, b"beside")
    assert open_sealed(seed, purpose, sealed, b"beside") == plain
    again = SeededSealing(SeededChance(seed.hex()))
    assert again(public_key_of(seed), purpose, plain, b"beside") == sealed


def test_the_sender_agrees_with_the_standards_example() -> None:
    """RFC 9180, A.1.1 tells the keys of this agreement; they do not depend on the cipher."""
    ephemeral = bytes.fromhex("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736")
    recipient = bytes.fromhex("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d")
    sealed = sealed_with(ephemeral, recipient, b"Ode on a Grecian Urn", b"Beauty is truth")
    expected = "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"
    assert sealed[:32].hex() == expected


def test_the_command_tells_a_wrong_request_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(tmp_path / "out")]
    assert run(["simulate", "--subjects", "5", *out]) == Exit.REFUSED
    assert "whole randomisation blocks" in capsys.readouterr().err
    assert run(["simulate", "--subjects", "6"]) == Exit.USAGE


@pytest.mark.parametrize(
    ("option", "value"),
    [("--mortality", "nan"), ("--mortality", "500"), ("--seeds", "0"), ("--sites", "four")],
)
def test_a_number_that_cannot_be_is_wrong_usage(tmp_path: Path, option: str, value: str) -> None:
    out = tmp_path / "out"
    assert run(["simulate", option, value, "--out", str(out)]) == Exit.USAGE
    assert not out.exists()


def test_nobody_dies_where_nobody_may(tmp_path: Path) -> None:
    rates = Rates(
        mortality=0, later_mortality=0, transplantation=0, withdrawal=0, lost=0, code_broken=0
    )
    report = simulate(Settings(3, 1, "healthy", rates), tmp_path / "out")
    assert report.endings == {"completed": 3}
    assert report.holds
