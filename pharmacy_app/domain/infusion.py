"""The small formulas around a dose: by weight, delivered, albumin, DMSO, drip rate. Exact.

Each raises Refused ``dose.out_of_range`` with every number that cannot be right.
"""

from decimal import Decimal
from fractions import Fraction

from pharmacy_app.domain.dose import as_decimal, out_of_range
from pharmacy_app.domain.refusal import refuse, violation

DMSO_G_PER_ML = Fraction(11, 10)


def target_cells(
    cells_per_kg: Decimal, weight_kg: Decimal, cap_cells: Decimal | None = None
) -> Decimal:
    """Return the dose of a subject by body weight, no more than the cap where there is one."""
    refuse(
        out_of_range("dose", "cells_per_kg", cells_per_kg),
        out_of_range("dose", "weight_kg", weight_kg),
        None if cap_cells is None else out_of_range("dose", "cap_cells", cap_cells),
    )
    by_weight = as_decimal(Fraction(cells_per_kg) * Fraction(weight_kg))
    return by_weight if cap_cells is None else min(by_weight, cap_cells)


def delivered_cells(bag_cells: Decimal, final_volume_ml: Decimal, infused_ml: Decimal) -> Decimal:
    """Return the cells that reached the subject: what was in the bag, by the part infused."""
    refuse(
        out_of_range("dose", "final_volume_ml", final_volume_ml),
        out_of_range("dose", "infused_ml", infused_ml),
    )
    refuse(
        violation(
            "dose.infused_over_final",
            "dose",
            infused_ml=infused_ml,
            final_volume_ml=final_volume_ml,
        )
        if infused_ml > final_volume_ml
        else None
    )
    return as_decimal(Fraction(bag_cells) * Fraction(infused_ml) / Fraction(final_volume_ml))


def delivered_pct(delivered: Decimal, target: Decimal) -> Decimal:
    """Return the part of the target that was delivered, in %."""
    refuse(out_of_range("dose", "target_cells", target))
    return as_decimal(100 * Fraction(delivered) / Fraction(target))


def albumin_volume_ml(final_volume_ml: Decimal, wanted_pct: Decimal, stock_pct: Decimal) -> Decimal:
    """Return V_HSA = V_final · c_wanted/c_stock. A stock weaker than what is wanted is refused."""
    refuse(
        out_of_range("dose", "final_volume_ml", final_volume_ml),
        out_of_range("dose", "wanted_pct", wanted_pct),
        out_of_range("dose", "stock_pct", stock_pct),
    )
    refuse(
        violation(
            "dose.stock_too_weak", "stock_solution", wanted_pct=wanted_pct, stock_pct=stock_pct
        )
        if wanted_pct > stock_pct
        else None
    )
    return as_decimal(Fraction(final_volume_ml) * Fraction(wanted_pct) / Fraction(stock_pct))


def dmso_g_per_kg(thawed_ml: Decimal, dmso_pct: Decimal, weight_kg: Decimal) -> Decimal:
    """Return grams of DMSO per kg body weight: V_thawed · %DMSO/100 · 1.10 g/mL / weight."""
    refuse(
        out_of_range("dose", "thawed_ml", thawed_ml),
        out_of_range("dose", "dmso_pct", dmso_pct),
        out_of_range("dose", "weight_kg", weight_kg),
    )
    grams = Fraction(thawed_ml) * Fraction(dmso_pct) / 100 * DMSO_G_PER_ML
    return as_decimal(grams / Fraction(weight_kg))


def ml_per_minute(final_volume_ml: Decimal, minutes: Decimal) -> Decimal:
    """Return the flow that empties the bag in the given time."""
    refuse(
        out_of_range("dose", "final_volume_ml", final_volume_ml),
        out_of_range("dose", "minutes", minutes),
    )
    return as_decimal(Fraction(final_volume_ml) / Fraction(minutes))


def drops_per_minute(
    final_volume_ml: Decimal, minutes: Decimal, drops_per_ml: Decimal = Decimal(20)
) -> Decimal:
    """Return the drip rate; 20 drops/mL is the Chinese standard set."""
    refuse(out_of_range("dose", "drops_per_ml", drops_per_ml))
    return as_decimal(Fraction(ml_per_minute(final_volume_ml, minutes)) * Fraction(drops_per_ml))
