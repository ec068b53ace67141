"""A file that contradicts itself hides neither what was too warm nor what was too cold."""

import itertools
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.curve import Limits, curve
from pharmacy_app.domain.temperature import (
    excursion,
    lawful_mkt_c,
    stretches_below,
    summarise,
    time_above,
    time_below,
)
from pharmacy_app.exchange.loggers import LoggerFile, read_logger

D = Decimal
UPPER, LOWER = D(8), D(2)
TEN = timedelta(minutes=10)


def fridge(*cells: str) -> LoggerFile:
    """Return readings of a refrigerator every ten minutes; ``5|1`` are two of one time."""
    lines = [
        f"2026-11-03 {8 + n // 6:02}:{n % 6}0;{cell}"
        for n, both in enumerate(cells)
        for cell in both.split("|")
    ]
    raw = "\n".join(["Time;Temp °C", *lines, ""]).encode()
    found = read_logger(raw, {"zone": "UTC"}, ZoneInfo("UTC"))
    assert isinstance(found, LoggerFile)
    return found


def rules(file: LoggerFile) -> set[str]:
    found = excursion(file.readings, file.interval, UPPER, timedelta(), lower_c=LOWER)
    return {one.rule for one in found}


@pytest.mark.parametrize("both", ["5|1", "1|5"])
def test_the_colder_of_two_readings_is_judged_too(both: str) -> None:
    file = fridge("5", both, "5")
    assert rules(file) == {"temperature.too_cold"}
    assert summarise(file.readings, file.interval).min_c == D(1)
    below = time_below(file.readings, file.interval, LOWER)
    assert below.total == TEN / 2  # from 3/4 of the way there to 1/4 of the way back
    assert len(stretches_below(file.readings, file.interval, LOWER)) == 1


def test_the_warmer_of_two_readings_counts_as_long_as_ever() -> None:
    file = fridge("5", "11|1", "5")
    assert rules(file) == {"temperature.excursion", "temperature.too_cold"}
    assert time_above(file.readings, file.interval, UPPER).total == TEN


def test_a_code_beside_a_number_is_not_hidden_by_it() -> None:
    file = fridge("5", "ERR|5", "5")
    assert rules(file) == {"temperature.not_measured"}
    assert [sample.celsius for sample in file.readings] == [D(5)] * 3
    assert lawful_mkt_c(file.readings, file.interval) is None


def test_the_line_goes_down_to_the_colder_and_back() -> None:
    file = fridge("5", "11|1|5", "5")
    found = curve(file.readings, file.interval, Limits(UPPER, LOWER))
    (line,) = found.lines
    assert [celsius for _, celsius in line] == [D(5), D(11), D(1), D(11), D(5)]
    assert (found.min_c, found.max_c, found.count) == (D(1), D(11), 3)
    assert found.cold
    assert found.warm


def test_a_part_of_the_readings_knows_only_its_own_contradictions() -> None:
    file = fridge("5", "5|1", "5", "5")
    assert file.readings[2:].coldest() == D(5)
    assert file.readings[:2].coldest() == D(1)
    assert file.readings[:2].mirrored().mirrored().coldest() == D(1)


CELLS = st.lists(
    st.lists(st.integers(-20, 30), min_size=1, max_size=3), min_size=2, max_size=12
).filter(lambda times: any(len(set(one)) > 1 for one in times))


@given(CELLS)
def test_whatever_order_the_lines_stand_in_both_extremes_are_judged(
    times: Sequence[Sequence[int]],
) -> None:
    file = fridge(*("|".join(map(str, one)) for one in times))
    warmest = fridge(*(str(max(one)) for one in times))
    coldest = fridge(*(str(min(one)) for one in times))
    above = time_above(file.readings, TEN, UPPER)
    assert above == time_above(warmest.readings, TEN, UPPER)
    assert time_below(file.readings, TEN, LOWER) == time_below(coldest.readings, TEN, LOWER)
    assert file.readings.coldest() == min(itertools.chain(*times))
    drawn = [celsius for _, celsius in curve(file.readings, TEN, Limits()).lines[0]]
    assert min(drawn) == min(itertools.chain(*times))
    assert max(drawn) == max(itertools.chain(*times))
