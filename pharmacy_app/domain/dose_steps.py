"""The calculation as lines of plain mathematics, the same in every language, for screen and paper.

The symbols are those of the formulas (``C_viable``, ``V_diluent``): the fonts have no subscripts.
Values are shown to five significant digits or as they are; nothing is calculated from them.
"""

from collections.abc import Sequence
from decimal import Context, Decimal

from pharmacy_app.domain.dose import (
    CounterReading,
    DoseInputs,
    DoseResult,
    Reading,
    reading_total_per_ml,
    reading_viable_per_ml,
    shown,
)

_FIVE = Context(prec=5)


def steps(readings: Sequence[Reading], inputs: DoseInputs, result: DoseResult) -> tuple[str, ...]:
    """Return the formula lines with the numbers filled in, in the order they are calculated."""
    lines = [
        line for number, r in enumerate(readings, start=1) for line in _reading_lines(number, r)
    ]
    if len(readings) > 1:
        lines.append(
            f"C_{result.basis} = {cells(result.basis_per_ml)} /mL"
            f" (Δ = {shown(result.replicate_difference_pct, 1):f} %)"
        )
    lines.append(f"viab = {shown(result.viability_pct, 2):f} %")
    if inputs.overfill and inputs.residual_ml:
        final = f"{inputs.final_volume_ml:f}"
        lines.append(
            f"N = {cells(inputs.target_cells)} × {final} ÷ ({final} − {inputs.residual_ml:f})"
            f" = {cells(result.bag_cells)}"
        )
    return (*lines, *_volume_lines(inputs, result))


def _reading_lines(number: int, reading: Reading) -> tuple[str, ...]:
    total, viable = cells(reading_total_per_ml(reading)), cells(reading_viable_per_ml(reading))
    if isinstance(reading, CounterReading):
        return (
            f"#{number}  C_total = {total} /mL",
            f"#{number}  C_viable = {total} × {reading.viability_pct:f} % = {viable} /mL",
        )
    factor = f"÷ {reading.squares} × {reading.dilution_factor:f} × 10^4"
    return (
        f"#{number}  C_total = ({reading.live} + {reading.dead}) {factor} = {total} /mL",
        f"#{number}  C_viable = {reading.live} {factor} = {viable} /mL",
    )


def _volume_lines(inputs: DoseInputs, result: DoseResult) -> tuple[str, ...]:
    bag, final = cells(result.bag_cells), f"{inputs.final_volume_ml:f}"
    dose = (
        f"V = {bag} ÷ {cells(result.basis_per_ml)} = {shown(result.dose_volume_ml, 3):f} mL"
        f" → {result.drawn_ml:f} mL ({shown(result.rounding_effect_pct, 1):+f} %)"
    )
    return (
        dose,
        f"V_usable = {inputs.suspension_ml:f} − {inputs.sample_ml:f} = {result.usable_ml:f} mL",
        f"V_diluent = {final} − {result.drawn_ml:f} = {result.diluent_drawn_ml:f} mL",
        f"C_bag = {bag} ÷ {final} = {cells(result.bag_cells_per_ml)} /mL",
    )


def cells(number: Decimal) -> str:
    """Return a number of cells as ``1.045×10^7``, to five significant digits."""
    if not number:
        return "0"
    rounded = _FIVE.plus(number).normalize(_FIVE)
    exponent = rounded.adjusted()
    return f"{rounded.scaleb(-exponent):f}×10^{exponent}"
