"""A curve for the eye: thinned without losing a peak, broken where nothing was measured."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.curve import Curve, Limits, curve
from pharmacy_app.domain.readings import Readings, Sample

D = Decimal
START = datetime(2026, 11, 3, tzinfo=UTC)
FIVE = timedelta(minutes=5)


def at(n: int) -> datetime:
    return START + n * FIVE


def test_a_curve_of_a_few_readings_shows_every_one() -> None:
    samples = [Sample(at(n), D(-190 + n)) for n in range(10)]
    drawn = curve(samples, FIVE, Limits(D(-185), D(-188)))
    assert drawn.lines == (tuple((s.at, s.celsius) for s in samples),)
    assert drawn.warm == ((at(5), at(9)),)
    assert drawn.cold == ((at(0), at(2)),)
    assert (drawn.count, drawn.min_c, drawn.max_c) == (10, D(-190), D(-181))


def test_the_line_breaks_at_a_gap_and_at_a_code() -> None:
    samples = [Sample(at(n), D(5)) for n in (0, 1, 5, 6)]
    samples += [Sample(at(7), None, "ERR"), Sample(at(8), D(5))]
    drawn = curve(samples, FIVE, Limits())
    assert [[when for when, _ in line] for line in drawn.lines] == [
        [at(0), at(1)],
        [at(5), at(6)],
        [at(8)],
    ]
    assert drawn.gaps == ((at(1), at(5)),)
    assert drawn.coded == (at(7),)


def test_bands_that_nobody_could_tell_apart_are_drawn_as_one() -> None:
    samples = [Sample(at(n), D(9 if n % 2 else 7)) for n in range(400)]
    samples += [Sample(at(n), D(7 if n < 500 else 9)) for n in range(400, 502)]
    drawn = curve(samples, FIVE, Limits(D(8)), columns=20)
    assert [(begins, ends) for begins, ends in drawn.warm] == [
        (at(0) + FIVE / 2, at(399) + FIVE / 2),
        (at(499) + FIVE / 2, at(501)),
    ]


def test_nothing_gives_nothing() -> None:
    assert curve([], FIVE, Limits(D(8))) == Curve(limits=Limits(D(8)))


@given(
    st.lists(st.one_of(st.integers(-200, 40).map(D), st.just("ERR")), min_size=1, max_size=300),
    st.integers(1, 20),
    st.sets(st.integers(0, 300)),
)
def test_thinned_lines_keep_the_extremes_and_only_readings_that_were_there(
    values: list[Decimal | str], columns: int, holes: set[int]
) -> None:
    samples = [
        Sample(at(n), None, value) if isinstance(value, str) else Sample(at(n), value)
        for n, value in enumerate(values)
        if n not in holes
    ]
    drawn = curve(samples, FIVE, Limits(), columns=columns)
    points = [point for line in drawn.lines for point in line]
    measured = {(s.at, s.celsius) for s in samples if s.celsius is not None}
    assert set(points) <= measured
    assert points == sorted(points, key=lambda point: point[0])
    shown = [celsius for _, celsius in points]
    assert (drawn.min_c, drawn.max_c) == (min(shown, default=None), max(shown, default=None))
    pieces = len(drawn.lines)
    assert len(points) <= 4 * (columns + pieces)


@pytest.mark.parametrize("part", [slice(0, 2), slice(1, None), slice(3, None)])
def test_readings_in_columns_are_a_sequence_of_samples(part: slice) -> None:
    samples = [Sample(at(0), D(5)), Sample(at(1), None, "ERR"), Sample(at(2), D("5.0"))]
    readings = Readings.of(samples)
    assert list(readings) == samples
    assert readings == samples
    assert readings[part] == samples[part]
    assert readings[-1] == samples[-1]
    assert readings != samples[:2]
    assert Readings.of(readings) is readings
