"""What holds for every count: conservation, monotony, one rounding, no crash."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from pharmacy_app.domain import dose
from pharmacy_app.domain.dose import CounterReading, DoseInputs, HaemocytometerReading
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.domain.trial import Basis

D = Decimal
counts = st.builds(
    HaemocytometerReading,
    live=st.integers(1, 500),
    dead=st.integers(0, 500),
    squares=st.integers(1, 9),
    dilution_factor=st.decimals(1, 100, places=1),
)
meters = st.builds(
    CounterReading,
    total_per_ml=st.decimals(1, 10**8, places=0),
    viability_pct=st.decimals("0.1", 100, places=1),
)
replicates = st.lists(counts, min_size=1, max_size=4) | st.lists(meters, min_size=1, max_size=4)
doses = st.builds(
    DoseInputs,
    target_cells=st.decimals(10**6, 10**9, places=0),
    basis=st.sampled_from(Basis),
    suspension_ml=st.decimals(1, 200, places=1),
    sample_ml=st.decimals(0, "0.9", places=1),
    final_volume_ml=st.decimals(10, 500, places=0),
    residual_ml=st.decimals(0, 9, places=1),
    overfill=st.booleans(),
    graduation_ml=st.sampled_from([D("0.01"), D("0.1"), D("0.2"), D(1)]),
    min_viability_pct=st.decimals(0, 100, places=1),
)


@given(replicates, doses)
def test_the_volume_times_the_concentration_is_the_dose(
    readings: list[dose.Reading], inputs: DoseInputs
) -> None:
    result = dose.calculate(readings, inputs)
    product = Fraction(result.dose_volume_ml) * Fraction(result.basis_per_ml)
    assert abs(product / Fraction(result.bag_cells) - 1) < Fraction(1, 10**30)
    assert abs(result.drawn_ml - result.dose_volume_ml) <= inputs.graduation_ml / 2
    assert Fraction(result.drawn_ml) % Fraction(inputs.graduation_ml) == 0
    assert result.drawn_ml + result.diluent_drawn_ml == inputs.final_volume_ml
    assert result.viable_per_ml <= result.total_per_ml
    assert 0 < result.viability_pct <= 100


@given(replicates, doses)
def test_viability_and_the_verdict_on_it_agree_with_whole_numbers(
    readings: list[dose.Reading], inputs: DoseInputs
) -> None:
    cells = [r for r in readings if isinstance(r, HaemocytometerReading)]
    assume(cells)
    live, counted = sum(r.live for r in cells), sum(r.live + r.dead for r in cells)
    below = 100 * live < Fraction(inputs.min_viability_pct) * counted
    found = dose.calculate(readings, inputs).findings
    assert ("dose.viability_below_limit" in found) == below


@given(replicates, doses)
def test_the_order_of_the_replicates_changes_nothing_but_their_own_order(
    readings: list[dose.Reading], inputs: DoseInputs
) -> None:
    one, other = dose.calculate(readings, inputs), dose.calculate(readings[::-1], inputs)
    assert one.cells_counted == other.cells_counted[::-1]
    assert (one.drawn_ml, one.viability_pct, one.basis_per_ml, set(one.findings)) == (
        other.drawn_ml,
        other.viability_pct,
        other.basis_per_ml,
        set(other.findings),
    )


@given(
    st.integers(-5, 5),
    st.integers(-5, 5),
    st.integers(-2, 40),
    st.decimals(),
    st.decimals(),
    st.decimals(),
)
def test_any_numbers_are_calculated_or_refused(
    live: int, dead: int, squares: int, factor: Decimal, target: Decimal, final: Decimal
) -> None:
    reading = HaemocytometerReading(live=live, dead=dead, squares=squares, dilution_factor=factor)
    inputs = DoseInputs(
        target_cells=target,
        basis=Basis.VIABLE,
        suspension_ml=D(20),
        sample_ml=D(0),
        final_volume_ml=final,
        min_viability_pct=D(70),
    )
    try:
        result = dose.calculate([reading], inputs)
    except Refused:
        return
    assert result.dose_volume_ml > 0
