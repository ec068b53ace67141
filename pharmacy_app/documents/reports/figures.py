"""The numbers of a preparation as rows of its record: counts, calculation, release criteria."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from pharmacy_app.domain.dose import DoseInputs, DoseResult, HaemocytometerReading, Reading, shown
from pharmacy_app.domain.events.dose import DoseDrawn
from pharmacy_app.domain.trial import Basis

Row = tuple[str | None, ...]
CONFORMS = {True: "符合 Conforms", False: "不符合 Does not conform"}


def plain(value: Decimal) -> str:
    """Return a decimal as it was entered, never in scientific notation."""
    return f"{value:f}"


def cells(value: Decimal) -> str:
    """Return a number of cells as ``1.50×10^8``, rounded to be shown only."""
    if value == 0:
        return "0"
    power = value.adjusted()
    mantissa = value.scaleb(-power).quantize(Decimal("0.001"), ROUND_HALF_EVEN)
    return f"{mantissa:f}×10^{power}"


def reading_rows(by: str, readings: Sequence[Reading]) -> list[Row]:
    """Return one row a replicate: number, by, live, dead, squares, dilution, total, viability."""
    rows: list[Row] = []
    for number, reading in enumerate(readings, start=1):
        if isinstance(reading, HaemocytometerReading):
            raw = (str(reading.live), str(reading.dead), str(reading.squares))
            rows.append((str(number), by, *raw, plain(reading.dilution_factor), None, None))
        else:
            shown_by_counter = (cells(reading.total_per_ml), plain(reading.viability_pct))
            rows.append((str(number), by, None, None, None, None, *shown_by_counter))
    return rows


def calculation_rows(result: DoseResult, inputs: DoseInputs) -> list[Row]:
    """Return quantity, formula, result as shown, result unrounded (at most 10 decimals)."""
    basis = "C_viable" if result.basis is Basis.VIABLE else "C_total"
    bag = "N_target·V_final/(V_final−V_residual)" if inputs.overfill else "N_target"
    ml = " mL"
    table: tuple[tuple[str, str, Decimal, int, str], ...] = (
        ("活细胞率 Viability", "100·L/(L+D)", result.viability_pct, 1, " %"),
        ("抽取体积 V_dose", f"N_bag/{basis}", result.dose_volume_ml, 2, ml),
        ("可用体积 V_usable", "V_suspension−V_sample", result.usable_ml, 2, ml),
        ("稀释液体积 V_diluent", "V_final−V_dose", result.diluent_ml, 2, ml),
        (
            "抽取取整影响 Effect of rounding",
            "(drawn−V_dose)/V_dose",
            result.rounding_effect_pct,
            2,
            " %",
        ),
        (
            "重复计数差异 Replicate difference",
            "(max−min)/mean",
            result.replicate_difference_pct,
            1,
            " %",
        ),
        (
            "可得剂量 Dose available",
            f"{basis}·V_usable/N_target",
            result.available_pct_of_target,
            1,
            " %",
        ),
    )
    counted: tuple[tuple[str, str, Decimal, str], ...] = (
        ("总细胞浓度 C_total", "(L+D)/n·DF·10^4", result.total_per_ml, " /mL"),
        ("活细胞浓度 C_viable", "L/n·DF·10^4", result.viable_per_ml, " /mL"),
        ("袋内细胞数 N_bag", bag, result.bag_cells, ""),
        ("袋内浓度 C_bag", "N_bag/V_final", result.bag_cells_per_ml, " /mL"),
    )
    rows: list[Row] = [
        (name, formula, cells(value) + unit, _unrounded(value))
        for name, formula, value, unit in counted
    ]
    rows += [
        (name, formula, plain(shown(value, places)) + unit, _unrounded(value))
        for name, formula, value, places, unit in table
    ]
    return rows


def drawn_rows(result: DoseResult, drawn: DoseDrawn | None) -> list[Row]:
    """Return calculated to the syringe's graduation against drawn, in mL."""
    pairs = (
        ("悬液 Suspension", result.drawn_ml, drawn.drawn_ml if drawn else None),
        ("稀释液 Diluent", result.diluent_drawn_ml, drawn.diluent_ml if drawn else None),
    )
    return [
        (
            name,
            f"{plain(wanted)} mL",
            None if found is None else f"{plain(found)} mL",
            None if found is None else CONFORMS[found == wanted],
        )
        for name, wanted, found in pairs
    ]


def release_rows(result: DoseResult, inputs: DoseInputs) -> list[Row]:
    """Return criterion, limit (inclusive), found, verdict, as `domain.dose.findings` judges them."""
    broken = set(result.findings)
    lines = (
        (
            "活细胞率 Viability",
            f"≥ {plain(inputs.min_viability_pct)} %",
            f"{plain(shown(result.viability_pct, 2))} %",
            "dose.viability_below_limit",
        ),
        (
            "细胞数足够 Enough cells",
            f"V_dose ≤ {plain(shown(result.usable_ml, 2))} mL",
            f"{plain(shown(result.dose_volume_ml, 2))} mL",
            "dose.not_enough_cells",
        ),
        (
            "重复计数差异 Replicate difference",
            f"≤ {plain(inputs.max_replicate_difference_pct)} %",
            f"{plain(shown(result.replicate_difference_pct, 1))} %",
            "dose.replicates_differ",
        ),
        (
            "取整影响 Effect of rounding",
            f"± {plain(inputs.tolerance_pct)} %",
            f"{plain(shown(result.rounding_effect_pct, 2))} %",
            "dose.rounding_over_tolerance",
        ),
    )
    return [
        (name, limit, found, CONFORMS[rule not in broken]) for name, limit, found, rule in lines
    ]


def _unrounded(value: Decimal) -> str:
    places = min(10, max(0, -int(value.as_tuple().exponent)))
    return plain(shown(value, places))
