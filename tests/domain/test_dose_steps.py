"""The lines that show how a dose was calculated."""

from decimal import Decimal
from pathlib import Path

from reportlab.pdfbase.ttfonts import TTFont

from pharmacy_app.domain import dose, dose_steps
from pharmacy_app.domain.dose import CounterReading, DoseInputs, HaemocytometerReading
from pharmacy_app.domain.trial import Basis

D = Decimal


def inputs(residual: str = "0") -> DoseInputs:
    return DoseInputs(
        target_cells=D("1.5E+8"),
        basis=Basis.VIABLE,
        suspension_ml=D(20),
        sample_ml=D("0.5"),
        final_volume_ml=D(100),
        residual_ml=D(residual),
        overfill=D(residual) > 0,
        min_viability_pct=D(70),
    )


def test_two_replicates_are_shown_from_the_counts_to_the_volume_drawn() -> None:
    readings = [
        HaemocytometerReading(live=212, dead=28, squares=4, dilution_factor=D(20)),
        HaemocytometerReading(live=206, dead=30, squares=4, dilution_factor=D(20)),
    ]
    result = dose.calculate(readings, inputs())
    assert dose_steps.steps(readings, inputs(), result) == (
        "#1  C_total = (212 + 28) ÷ 4 × 20 × 10^4 = 1.2×10^7 /mL",
        "#1  C_viable = 212 ÷ 4 × 20 × 10^4 = 1.06×10^7 /mL",
        "#2  C_total = (206 + 30) ÷ 4 × 20 × 10^4 = 1.18×10^7 /mL",
        "#2  C_viable = 206 ÷ 4 × 20 × 10^4 = 1.03×10^7 /mL",
        "C_viable = 1.045×10^7 /mL (Δ = 2.9 %)",
        "viab = 87.82 %",
        "V = 1.5×10^8 ÷ 1.045×10^7 = 14.354 mL → 14.4 mL (+0.3 %)",
        "V_usable = 20 − 0.5 = 19.5 mL",
        "V_diluent = 100 − 14.4 = 85.6 mL",
        "C_bag = 1.5×10^8 ÷ 100 = 1.5×10^6 /mL",
    )


def test_a_counter_and_an_overfill_are_shown() -> None:
    reading = CounterReading(total_per_ml=D("12800000"), viability_pct=D("91.3"))
    result = dose.calculate([reading], inputs("8"))
    lines = dose_steps.steps([reading], inputs("8"), result)
    assert lines[:4] == (
        "#1  C_total = 1.28×10^7 /mL",
        "#1  C_viable = 1.28×10^7 × 91.3 % = 1.1686×10^7 /mL",
        "viab = 91.30 %",
        "N = 1.5×10^8 × 100 ÷ (100 − 8) = 1.6304×10^8",
    )


def test_numbers_of_cells_are_written_as_powers_of_ten() -> None:
    assert dose_steps.cells(D(0)) == "0"
    assert dose_steps.cells(D(10_000_000)) == "1×10^7"
    assert dose_steps.cells(D("999999.9")) == "1×10^6"


def test_every_character_of_the_lines_is_in_the_font_they_are_printed_with() -> None:
    folder = Path(__file__).parents[2] / "resources" / "fonts"
    glyphs = TTFont("Steps", str(folder / "NotoSansSC-Regular.ttf")).face.charToGlyph
    readings = [HaemocytometerReading(live=212, dead=28, squares=4, dilution_factor=D(20))] * 2
    result = dose.calculate(readings, inputs("8"))
    lines = "".join(dose_steps.steps(readings, inputs("8"), result))
    assert [c for c in set(lines) if ord(c) not in glyphs] == []
