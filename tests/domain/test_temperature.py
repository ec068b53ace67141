"""Time above a limit, gaps, excursions, mean kinetic temperature."""

import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain import temperature
from pharmacy_app.domain.readings import Sample
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.wording import worded

D = Decimal
START = datetime(2026, 11, 3, tzinfo=UTC)
FIVE = timedelta(minutes=5)
LIMIT = D(-150)


def every_five_minutes(*celsius: str) -> list[Sample]:
    return [
        Sample(START + n * FIVE, None, value)
        if value.isalpha()
        else Sample(START + n * FIVE, D(value))
        for n, value in enumerate(celsius)
    ]


@pytest.mark.parametrize(
    ("celsius", "expected"),
    [(("4", "4", "4", "4", "16"), "8.109"), (("5", "5", "8", "12", "5"), "7.497")],
)
def test_mean_kinetic_temperature_agrees_with_the_published_vectors(
    celsius: tuple[str, ...], expected: str
) -> None:
    found = temperature.mean_kinetic_temperature_c(every_five_minutes(*celsius))
    assert found.quantize(D("0.001")) == D(expected)


@pytest.mark.parametrize("celsius", [("-190", "-180"), ("0", "5"), ("5", "ERR"), ()])
def test_frozen_or_unmeasured_material_has_no_mean_kinetic_temperature(
    celsius: tuple[str, ...],
) -> None:
    with pytest.raises(Refused):
        temperature.mean_kinetic_temperature_c(every_five_minutes(*celsius))


def test_time_above_is_interpolated_at_both_crossings() -> None:
    samples = every_five_minutes("-160", "-140", "-130", "-155", "-190")
    above = temperature.time_above(samples, FIVE, LIMIT)
    assert above.total == above.longest == timedelta(minutes=2.5 + 5 + 4)
    assert above.longest_began == START + timedelta(minutes=2.5)


def test_two_stretches_are_summed_and_the_longest_told() -> None:
    samples = every_five_minutes("-160", "-140", "-160", "-140", "-140", "-160")
    above = temperature.time_above(samples, FIVE, LIMIT)
    assert above.total == timedelta(minutes=15)
    assert above.longest == timedelta(minutes=10)


def test_a_peak_that_touches_the_limit_is_not_above_it() -> None:
    assert temperature.time_above(
        every_five_minutes("-160", "-150", "-160"), FIVE, LIMIT
    ).total == (timedelta())


def test_nothing_is_interpolated_over_a_gap_or_a_sensor_code() -> None:
    gap = [Sample(START, D(-140)), Sample(START + timedelta(minutes=11), D(-140))]
    assert temperature.time_above(gap, FIVE, LIMIT).total == timedelta()
    assert temperature.gaps(gap, FIVE) == (temperature.Gap(gap[0].at, gap[1].at),)
    coded = every_five_minutes("-140", "ERR", "-140")
    assert temperature.time_above(coded, FIVE, LIMIT).total == timedelta()


def test_twice_the_interval_is_no_gap() -> None:
    samples = [Sample(START, D(-190)), Sample(START + 2 * FIVE, D(-190))]
    assert temperature.gaps(samples, FIVE) == ()


def test_a_cold_shipment_has_no_excursion_and_the_limit_itself_is_cold() -> None:
    samples = every_five_minutes("-190", "-150", "-190")
    assert temperature.excursion(samples, FIVE, LIMIT, timedelta()) == ()


def test_an_excursion_longer_than_allowed_is_told_with_its_minutes() -> None:
    samples = every_five_minutes("-160", "-140", "-160")
    assert temperature.excursion(samples, FIVE, LIMIT, FIVE) == ()
    (found,) = temperature.excursion(samples, FIVE, LIMIT, timedelta(minutes=4))
    assert (found.rule, found.fact("minutes")) == ("temperature.excursion", D("5.0"))
    assert "5.0" in str(worded(found, "zh"))


def test_a_warm_reading_alone_between_codes_is_an_excursion_though_no_time_can_be_told() -> None:
    found = temperature.excursion(every_five_minutes("ERR", "-20", "ERR"), FIVE, LIMIT, FIVE)
    assert [v.rule for v in found] == ["temperature.excursion", "temperature.not_measured"]


def test_a_file_of_codes_alone_is_never_cold() -> None:
    (found,) = temperature.excursion(every_five_minutes("ERR", "LOW"), FIVE, LIMIT, FIVE)
    assert found.rule == "temperature.no_readings"


def test_the_summary_ends_at_the_opening() -> None:
    samples = every_five_minutes("-190", "-180", "ERR", "-185", "20")
    summary = temperature.summarise(samples, FIVE, [LIMIT], START + 3 * FIVE)
    assert (summary.max_c, summary.min_c, summary.mean_c) == (D(-180), D(-190), D(-185))
    assert (summary.readings, summary.coded, summary.last) == (4, 1, samples[3])
    assert summary.above[0].total == timedelta()


def test_no_reading_before_opening_or_a_wrong_order_is_refused() -> None:
    samples = every_five_minutes("-190", "-180")
    with pytest.raises(Refused):
        temperature.summarise(samples, FIVE, opened_at=START - FIVE)
    with pytest.raises(Refused):
        temperature.summarise(samples[::-1], FIVE)


@given(
    st.lists(st.decimals(-196, 40, places=2), min_size=1, max_size=30),
    st.decimals(-196, 40, places=2),
)
def test_time_above_never_exceeds_the_record_and_falls_as_the_limit_rises(
    celsius: list[Decimal], limit: Decimal
) -> None:
    samples = [Sample(START + n * FIVE, c) for n, c in enumerate(celsius)]
    lower = temperature.time_above(samples, FIVE, limit)
    higher = temperature.time_above(samples, FIVE, limit + 1)
    assert timedelta() <= higher.total <= lower.total <= samples[-1].at - START
    assert lower.longest <= lower.total
    assert (lower.total > timedelta()) <= (max(celsius) > limit)


def test_time_below_a_lower_limit_is_told_as_time_above_an_upper_one() -> None:
    samples = every_five_minutes("4", "0", "0", "4")
    below = temperature.time_below(samples, FIVE, D(2))
    assert below.total == below.longest == timedelta(minutes=2.5 + 5 + 2.5)
    assert below.longest_began == START + timedelta(minutes=2.5)
    assert temperature.stretches_below(samples, FIVE, D(0)) == ()


def test_what_may_not_freeze_is_refused_for_any_time_below_its_limit() -> None:
    samples = every_five_minutes("4", "1.9", "4")
    day = timedelta(days=1)
    assert temperature.excursion(samples, FIVE, D(8), day) == ()
    assert temperature.excursion(samples, FIVE, D(8), day, lower_c=D("1.9")) == ()
    (found,) = temperature.excursion(samples, FIVE, D(8), day, lower_c=D(2))
    assert (found.rule, found.fact("min_c")) == ("temperature.too_cold", D("1.9"))
    assert "1.9" in str(worded(found, "en"))


@pytest.mark.parametrize("celsius", [("-190", "-180"), ("5", "ERR"), (), ("5", "0", "5")])
def test_mean_kinetic_temperature_is_told_only_where_it_is_lawful(celsius: tuple[str, ...]) -> None:
    assert temperature.lawful_mkt_c(every_five_minutes(*celsius), FIVE) is None
    good = every_five_minutes("4", "4", "4", "4", "16")
    assert temperature.lawful_mkt_c(good, FIVE) == temperature.mean_kinetic_temperature_c(good)
    assert temperature.lawful_mkt_c([good[0], good[-1]], FIVE) is None


@given(
    st.lists(st.one_of(st.integers(-5, 5).map(D), st.just("ERR")), min_size=1, max_size=60),
    st.sets(st.integers(0, 60)),
    st.integers(-5, 5).map(D),
)
def test_the_quick_way_agrees_with_looking_at_every_pair(
    values: list[Decimal | str], holes: set[int], limit: Decimal
) -> None:
    samples = [
        Sample(START + n * FIVE, None, value)
        if isinstance(value, str)
        else Sample(START + n * FIVE, value)
        for n, value in enumerate(values)
        if n not in holes
    ]
    total = timedelta()
    for a, b in itertools.pairwise(samples):
        if a.celsius is None or b.celsius is None or b.at - a.at > 2 * FIVE:
            continue
        low, high = sorted((a.celsius, b.celsius))
        if high > limit:
            part = Fraction(1) if low >= limit else Fraction((high - limit) / (high - low))
            total += timedelta(
                microseconds=round(part * ((b.at - a.at) // timedelta(microseconds=1)))
            )
    above = temperature.time_above(samples, FIVE, limit)
    assert abs(above.total - total) <= timedelta(microseconds=len(samples))
    stretches = temperature.stretches_above(samples, FIVE, limit)
    assert above.total == sum((ends - begins for begins, ends in stretches), timedelta())
    assert all(a[1] < b[0] for a, b in itertools.pairwise(stretches))
