"""The dose vectors, the limits exactly on and just past, and every number that cannot be right."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pharmacy_app.domain import dose
from pharmacy_app.domain.dose import CounterReading, DoseInputs, HaemocytometerReading
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.domain.trial import Basis

DATA = Path(__file__).parent.parent / "data"
D = Decimal
PRINTED = (
    "total_per_ml",
    "viable_per_ml",
    "viability_pct",
    "dose_volume_ml",
    "diluent_ml",
    "bag_cells_per_ml",
    "available_pct_of_target",
)


def vectors() -> list[dict[str, str]]:
    with (DATA / "dose_vectors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def reading_of(row: dict[str, str]) -> dose.Reading:
    if row["method"] == "counter":
        return CounterReading(
            total_per_ml=D(row["instrument_total_per_ml"]),
            viability_pct=D(row["instrument_viability_pct"]),
        )
    return HaemocytometerReading(
        live=int(row["live"]),
        dead=int(row["dead"]),
        squares=int(row["squares"]),
        dilution_factor=D(row["dilution_factor"]),
    )


def inputs_of(row: dict[str, str]) -> DoseInputs:
    names = (
        "target_cells",
        "suspension_ml",
        "sample_ml",
        "final_volume_ml",
        "residual_ml",
        "min_viability_pct",
    )
    numbers = {name: row[name] for name in names}
    return msgspec.convert(
        numbers | {"basis": row["basis"], "overfill": D(row["residual_ml"]) > 0}, DoseInputs
    )


def inputs(**changes: Any) -> DoseInputs:
    usual = DoseInputs(
        target_cells=D(150_000_000),
        basis=Basis.VIABLE,
        suspension_ml=D(20),
        sample_ml=D("0.5"),
        final_volume_ml=D(100),
        min_viability_pct=D(70),
    )
    return msgspec.structs.replace(usual, **changes)


def counted(live: int = 212, dead: int = 28, squares: int = 4, factor: str = "20") -> dose.Reading:
    return HaemocytometerReading(live=live, dead=dead, squares=squares, dilution_factor=D(factor))


def rules_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [v.rule for v in refused.value.violations]


@pytest.mark.parametrize("row", vectors(), ids=lambda row: row["id"])
def test_every_published_vector_holds_to_its_last_printed_digit(row: dict[str, str]) -> None:
    result = dose.calculate([reading_of(row)], inputs_of(row))
    for column in PRINTED:
        expected = D(row[column])
        places = max(0, -int(expected.as_tuple().exponent))
        assert dose.shown(getattr(result, column), places) == expected, column
    assert dose.verdict(result) == row["verdict"]


def test_the_rule_set_has_all_fourteen_vectors() -> None:
    assert [row["id"] for row in vectors()] == [f"V{n}" for n in range(1, 15)]


def test_viability_exactly_on_the_limit_passes_and_one_cell_less_stops_the_dose() -> None:
    assert dose.verdict(dose.calculate([counted(98, 42, 4, "40")], inputs())) == "pass"
    below = dose.calculate([counted(97, 43, 4, "40")], inputs())
    assert dose.verdict(below) == "viability_below_limit"


def test_a_viability_just_below_the_limit_is_never_shown_as_the_limit() -> None:
    reading = CounterReading(total_per_ml=D("2e7"), viability_pct=D("69.9999"))
    (found,) = dose.findings(dose.calculate([reading], inputs()), inputs())
    assert found.fact("found") == D("69.99")


def test_volume_exactly_the_usable_volume_is_enough_even_over_three_squares() -> None:
    reading = counted(100, 0, 3, "1")  # 333,333.33… per mL: no finite decimal
    asked = inputs(target_cells=D(5_000_000), suspension_ml=D("15.5"))
    result = dose.calculate([reading], asked)
    assert result.dose_volume_ml == 15
    assert dose.verdict(result) == "pass"


def test_a_dose_that_could_be_measured_but_not_drawn_is_not_enough() -> None:
    reading = CounterReading(total_per_ml=D(10_000_000), viability_pct=D(100))
    asked = inputs(target_cells=D(149_700_000), suspension_ml=D("15.48"))  # 14.97 mL of 14.98
    result = dose.calculate([reading], asked)
    assert result.drawn_ml == D("15.0")
    assert dose.verdict(result) == "not_enough_cells"


def test_the_drawn_volume_is_rounded_once_half_even() -> None:
    assert dose.rounded_to_graduation(D("14.25"), D("0.1")) == D("14.2")
    assert dose.rounded_to_graduation(D("14.35"), D("0.1")) == D("14.4")
    assert dose.rounded_to_graduation(D("14.3"), D("0.5")) == D("14.5")


def test_drawn_and_diluent_fill_the_bag_and_the_rounding_effect_is_told() -> None:
    result = dose.calculate([counted()], inputs())
    assert result.drawn_ml == D("14.2")
    assert result.drawn_ml + result.diluent_drawn_ml == 100
    assert dose.shown(result.rounding_effect_pct, 2) == D("0.35")


def test_a_coarse_syringe_over_the_tolerance_stops_the_dose() -> None:
    asked = inputs(graduation_ml=D(10), tolerance_pct=D(5))
    assert dose.verdict(dose.calculate([counted()], asked)) == "rounding_over_tolerance"


def test_replicates_are_averaged_and_their_viability_pooled() -> None:
    result = dose.calculate([counted(200, 40, 4), counted(50, 0, 1)], inputs())
    assert result.viable_per_ml == 10_000_000
    assert result.total_per_ml == 11_000_000
    assert dose.shown(result.viability_pct, 4) == D("86.2069")  # 250 of 290, not 90.909
    assert result.cells_counted == (240, 50)


def test_counter_replicates_average_their_viability() -> None:
    result = dose.calculate(
        [
            CounterReading(total_per_ml=D(10_000_000), viability_pct=D(90)),
            CounterReading(total_per_ml=D(12_000_000), viability_pct=D(80)),
        ],
        inputs(),
    )
    assert result.viability_pct == 85
    assert result.viable_per_ml == 9_300_000


def test_replicates_that_differ_too_much_stop_the_dose_and_exactly_the_limit_passes() -> None:
    readings = [counted(180, 0), counted(220, 0)]
    exactly = inputs(max_replicate_difference_pct=D(20))
    assert dose.verdict(dose.calculate(readings, exactly)) == "pass"
    stricter = inputs(max_replicate_difference_pct=D("19.99"))
    assert dose.verdict(dose.calculate(readings, stricter)) == "replicates_differ"


def test_few_or_many_cells_counted_are_said_but_do_not_stop_the_dose() -> None:
    few = dose.calculate([counted(45, 4, 4, "100")], inputs())
    many = dose.calculate([counted(300, 1)], inputs())
    assert few.findings == ("dose.few_cells_counted",)
    assert many.findings == ("dose.many_cells_counted",)
    assert dose.verdict(few) == dose.verdict(many) == "pass"
    assert dose.stopping(dose.findings(few, inputs())) == ()


def test_fifty_and_three_hundred_cells_are_neither_few_nor_many() -> None:
    assert dose.calculate([counted(50, 0, 4, "90")], inputs()).findings == ()
    assert dose.calculate([counted(300, 0)], inputs()).findings == ()


def test_a_total_basis_rests_the_dose_on_all_cells() -> None:
    result = dose.calculate([counted()], inputs(basis=Basis.TOTAL))
    assert result.dose_volume_ml == D("12.5")
    assert result.basis_per_ml == result.total_per_ml


def test_residual_volume_changes_nothing_where_overfill_is_not_allowed() -> None:
    assert dose.calculate([counted()], inputs(residual_ml=D(8))).bag_cells == 150_000_000


def test_a_dose_larger_than_the_bag_stops() -> None:
    asked = inputs(final_volume_ml=D(10))
    assert dose.verdict(dose.calculate([counted()], asked)) == "volume_over_final"


def test_every_wrong_number_is_named_at_once() -> None:
    wrong = HaemocytometerReading(live=-1, dead=-2, squares=0, dilution_factor=D("0.5"))
    with pytest.raises(Refused) as refused:
        dose.calculate([wrong], inputs(suspension_ml=D("NaN"), target_cells=D("Infinity")))
    fields = {v.fact("field") for v in refused.value.violations}
    assert fields == {
        f"dose_field_{name}"
        for name in ("live", "dead", "squares", "dilution_factor", "suspension_ml", "target_cells")
    }


@pytest.mark.parametrize("viability", ["100.01", "-0.1", "NaN", "sNaN", "Infinity"])
def test_a_viability_that_cannot_be_is_refused(viability: str) -> None:
    reading = CounterReading(total_per_ml=D(1_000_000), viability_pct=D(viability))
    with pytest.raises(Refused) as refused:
        dose.calculate([reading], inputs())
    assert rules_of(refused) == ["dose.out_of_range"]


def test_no_reading_mixed_methods_and_no_living_cell_are_refused() -> None:
    with pytest.raises(Refused) as refused:
        dose.calculate([], inputs())
    assert rules_of(refused) == ["dose.no_reading"]
    counter = CounterReading(total_per_ml=D(0), viability_pct=D(90))
    with pytest.raises(Refused) as refused:
        dose.calculate([counted(0, 12), counter], inputs())
    assert rules_of(refused) == ["dose.no_cells", "dose.no_cells", "dose.methods_mixed"]


def test_contradicting_volumes_are_refused_together() -> None:
    with pytest.raises(Refused) as refused:
        dose.calculate([counted()], inputs(residual_ml=D(100), sample_ml=D(20)))
    assert rules_of(refused) == [
        "dose.residual_not_below_final",
        "dose.sample_not_below_suspension",
    ]


def test_readings_inputs_and_result_survive_the_ledger_unchanged() -> None:
    readings = [counted(), counted(200, 31, 3)]
    result = dose.calculate(readings, inputs())
    assert msgspec.json.decode(msgspec.json.encode(result), type=dose.DoseResult) == result
    again = msgspec.json.decode(msgspec.json.encode(readings), type=list[dose.Reading])
    assert again == readings
    assert msgspec.json.decode(msgspec.json.encode(inputs()), type=DoseInputs) == inputs()
