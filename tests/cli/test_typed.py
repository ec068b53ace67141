"""What is typed after an option: numbers, days, times and texts that are none are refused as usage."""

import io
from datetime import date, datetime
from decimal import Decimal

import click
import pytest

from pharmacy_app.cli.desk import Counts, Day, Moment, Number
from pharmacy_app.cli.unlocking import typed_line
from pharmacy_app.domain.dose import CounterReading, HaemocytometerReading
from tests.cli.terminals import Terminal


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        *((Number(), typed) for typed in ("nan", "1e9", "0E-99999", "１２", "1_0", "1,5", "")),
        *((Day(), typed) for typed in ("2026-W48-1", "20261127", "２０26-11-27", "2026-02-30")),
        *((Moment(), typed) for typed in ("0001-01-01T00:00", "9999-12-31T23:59-23:59", "noon")),
        *((Counts(), typed) for typed in ("1_0,1,4,20", "٢,1,4,20", "1e9,90", "inf,90", "1,2,3")),
    ],
)
def test_what_is_no_plain_number_day_or_time_is_refused(
    kind: click.ParamType[object], typed: str
) -> None:
    with pytest.raises(click.BadParameter):
        kind.convert(typed, None, None)


def test_plain_ones_are_taken() -> None:
    assert Number().convert("-150.5", None, None) == Decimal("-150.5")
    assert Day().convert("2026-11-27", None, None) == date(2026, 11, 27)
    assert Moment().convert("2026-11-27T08:05", None, None) == datetime(2026, 11, 27, 8, 5)  # noqa: DTZ001 - as typed
    chamber = HaemocytometerReading(live=212, dead=28, squares=4, dilution_factor=Decimal(20))
    assert Counts().convert("212,28,4,20", None, None) == chamber
    counter = CounterReading(total_per_ml=Decimal(1_500_000), viability_pct=Decimal("90.5"))
    assert Counts().convert("1500000,90.5", None, None) == counter


@pytest.mark.parametrize(
    "words",
    [
        ("subject", "plan", "\udcff"),
        ("subject", "enrol", "01-001", "--by", "Dr \ud800"),
        ("dose", "open", "01-001", "\udcff"),
        ("dose", "stop", "D-1", "--rule", "kit.unknown", "--rule", "\udcff"),
    ],
)
def test_bytes_that_are_no_text_are_wrong_usage(stocked: Terminal, words: tuple[str, ...]) -> None:
    result = stocked.run(*words)
    assert isinstance(result.exception, SystemExit)
    assert "Invalid value" in result.output


@pytest.mark.parametrize("errors", ["strict", "surrogateescape"])
def test_a_password_of_other_bytes_is_wrong_usage(
    errors: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), encoding="utf-8", errors=errors)
    monkeypatch.setattr("sys.stdin", typed)
    with pytest.raises(click.UsageError):
        typed_line()
