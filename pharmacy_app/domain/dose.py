"""Cell-count and dose arithmetic, exact, formula version ``dose/1``.

Source: the haemocytometer rule (one large square of 1 mm² × 0.1 mm holds 0.1 µL, hence 10^4) and
the trial's dose rule. All is calculated in exact ratios, so that a value exactly on its limit is on
its limit whatever the number of squares; a ratio without a finite decimal is handed out correct to
34 digits. Nothing is rounded before the one volume the pharmacist draws up; that one
is rounded half-even to the syringe's graduation, and the effect of it is part of the result.

Replicates: concentrations are averaged, one weight a reading. Viability of haemocytometer readings
is pooled (all live over all cells, so a sparse square weighs no more than its cells); of a counter,
which gives only percentages, it is the mean. Readings of the two methods are never mixed.
"""

from collections.abc import Iterable, Sequence
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    ROUND_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)
from fractions import Fraction

import msgspec

from pharmacy_app.domain.refusal import Refused, Violation, violation
from pharmacy_app.domain.trial import Basis

FORMULA = "dose/1"
EXACT = Context(
    prec=34, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow]
)
PER_ML = 10_000  # one large square is 0.1 µL
HUNDRED = Decimal(100)

WARNINGS = frozenset({"dose.few_cells_counted", "dose.many_cells_counted"})


class HaemocytometerReading(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="method", tag="haemocytometer"
):
    """Live and dead cells counted in so many large squares, and the dilution of the sample."""

    live: int
    dead: int
    squares: int
    dilution_factor: Decimal


class CounterReading(msgspec.Struct, frozen=True, kw_only=True, tag_field="method", tag="counter"):
    """What a counter shows: *all* cells per mL, dilution already in it, and the viability in %."""

    total_per_ml: Decimal
    viability_pct: Decimal


Reading = HaemocytometerReading | CounterReading


class DoseInputs(msgspec.Struct, frozen=True, kw_only=True):
    """All that the arithmetic needs besides the readings; every limit comes from the trial."""

    target_cells: Decimal
    basis: Basis
    suspension_ml: Decimal
    sample_ml: Decimal
    final_volume_ml: Decimal
    residual_ml: Decimal = Decimal(0)
    overfill: bool = False
    graduation_ml: Decimal = Decimal("0.1")
    tolerance_pct: Decimal = Decimal(10)
    min_viability_pct: Decimal
    max_replicate_difference_pct: Decimal = Decimal(20)
    min_cells_counted: int = 50
    max_cells_counted: int = 300


class DoseResult(msgspec.Struct, frozen=True, kw_only=True):
    """The dose, unrounded but for ``drawn_ml``; ``findings`` are the codes of the rules it breaks.

    ``diluent_ml`` belongs to the unrounded volume, ``diluent_drawn_ml`` to the one drawn.
    ``replicate_difference_pct`` is (largest - smallest)/mean of the concentration the dose rests
    on. ``cells_counted`` has one number a haemocytometer reading.
    """

    basis: Basis
    total_per_ml: Decimal
    viable_per_ml: Decimal
    viability_pct: Decimal
    bag_cells: Decimal
    dose_volume_ml: Decimal
    drawn_ml: Decimal
    rounding_effect_pct: Decimal
    diluent_ml: Decimal
    diluent_drawn_ml: Decimal
    bag_cells_per_ml: Decimal
    usable_ml: Decimal
    available_pct_of_target: Decimal
    replicate_difference_pct: Decimal
    cells_counted: tuple[int, ...] = ()
    formula: str = FORMULA
    findings: tuple[str, ...] = ()

    @property
    def basis_per_ml(self) -> Decimal:
        """The concentration the dose rests on, viable or total as the protocol says."""
        return self.viable_per_ml if self.basis is Basis.VIABLE else self.total_per_ml


# Least and most of every number typed in. 18 squares: the two grids of an improved Neubauer chamber.
RANGES: dict[str, tuple[Decimal, Decimal]] = {
    "live": (Decimal(0), Decimal(100_000)),
    "dead": (Decimal(0), Decimal(100_000)),
    "squares": (Decimal(1), Decimal(18)),
    "dilution_factor": (Decimal(1), Decimal(100_000)),
    "total_per_ml": (Decimal(0), Decimal(10) ** 10),
    "viability_pct": (Decimal(0), HUNDRED),
    "target_cells": (Decimal(1), Decimal(10) ** 12),
    "suspension_ml": (Decimal("0.001"), Decimal(10_000)),
    "sample_ml": (Decimal(0), Decimal(10_000)),
    "final_volume_ml": (Decimal("0.001"), Decimal(10_000)),
    "residual_ml": (Decimal(0), Decimal(10_000)),
    "graduation_ml": (Decimal("0.001"), Decimal(100)),
    "tolerance_pct": (Decimal(0), HUNDRED),
    "min_viability_pct": (Decimal(0), HUNDRED),
    "max_replicate_difference_pct": (Decimal(0), Decimal(200)),
    # the small formulas of infusion.py
    "cells_per_kg": (Decimal(1), Decimal(10) ** 12),
    "weight_kg": (Decimal("0.1"), Decimal(500)),
    "cap_cells": (Decimal(1), Decimal(10) ** 12),
    "infused_ml": (Decimal(0), Decimal(10_000)),
    "stock_pct": (Decimal("0.001"), HUNDRED),
    "wanted_pct": (Decimal(0), HUNDRED),
    "thawed_ml": (Decimal(0), Decimal(10_000)),
    "dmso_pct": (Decimal(0), HUNDRED),
    "minutes": (Decimal("0.1"), Decimal(10_000)),
    "drops_per_ml": (Decimal(1), HUNDRED),
}


def out_of_range(record: str, name: str, value: Decimal | int) -> Violation | None:
    """Return why a number cannot be right (not finite, below or above its range), or None."""
    found = Decimal(value)
    least, most = RANGES[name]
    if found.is_finite() and least <= found <= most:
        return None
    return violation(
        "dose.out_of_range",
        record,
        field=f"dose_field_{name}",
        found=found if found.is_finite() else str(found),
        least=least,
        most=most,
    )


def calculate(readings: Sequence[Reading], inputs: DoseInputs) -> DoseResult:
    """Return the dose for one to many readings of the same suspension.

    Raises Refused with every violation if a number is out of its range, the volumes contradict
    each other, the methods are mixed, or no cell of the kind the dose rests on was counted.
    """
    wrong = [*reading_violations(readings), *_input_violations(inputs)]
    if wrong:
        raise Refused(wrong)
    result = _calculated(readings, inputs)
    return msgspec.structs.replace(result, findings=tuple(v.rule for v in findings(result, inputs)))


def reading_violations(readings: Sequence[Reading]) -> tuple[Violation, ...]:
    """Return what is wrong with the readings themselves; the record of each is ``#<n>``."""
    found: list[Violation | None] = []
    for number, reading in enumerate(readings, start=1):
        record = f"#{number}"
        ranged = [
            out_of_range(record, name, value)
            for name, value in msgspec.structs.asdict(reading).items()
        ]
        found += ranged
        if not any(ranged) and _cells_seen(reading) == 0:
            found.append(violation("dose.no_cells", record))
    if not readings:
        found.append(violation("dose.no_reading"))
    if len({type(reading) for reading in readings}) > 1:
        found.append(violation("dose.methods_mixed"))
    return tuple(v for v in found if v is not None)


def _cells_seen(reading: Reading) -> Decimal:
    """Return something that is zero exactly when the reading can carry no dose."""
    if isinstance(reading, HaemocytometerReading):
        return Decimal(reading.live)
    return min(reading.total_per_ml, reading.viability_pct)


def _input_violations(inputs: DoseInputs) -> list[Violation]:
    numbers = {
        name: value
        for name, value in msgspec.structs.asdict(inputs).items()
        if name in RANGES and isinstance(value, Decimal)
    }
    found = [
        wrong
        for name, value in numbers.items()
        if (wrong := out_of_range("dose", name, value)) is not None
    ]
    if found:
        return found
    if inputs.residual_ml >= inputs.final_volume_ml:
        found.append(
            violation(
                "dose.residual_not_below_final",
                "dose",
                residual_ml=inputs.residual_ml,
                final_volume_ml=inputs.final_volume_ml,
            )
        )
    if inputs.sample_ml >= inputs.suspension_ml:
        found.append(
            violation(
                "dose.sample_not_below_suspension",
                "dose",
                sample_ml=inputs.sample_ml,
                suspension_ml=inputs.suspension_ml,
            )
        )
    return found


def _exact_total(reading: Reading) -> Fraction:
    if isinstance(reading, CounterReading):
        return Fraction(reading.total_per_ml)
    counted = reading.live + reading.dead
    return counted * Fraction(reading.dilution_factor) * PER_ML / reading.squares


def _exact_viable(reading: Reading) -> Fraction:
    if isinstance(reading, CounterReading):
        return Fraction(reading.total_per_ml) * Fraction(reading.viability_pct) / 100
    return reading.live * Fraction(reading.dilution_factor) * PER_ML / reading.squares


def reading_total_per_ml(reading: Reading) -> Decimal:
    """Return all cells per mL of one reading: (L + D)/n · DF · 10^4, or the counter's own."""
    return as_decimal(_exact_total(reading))


def reading_viable_per_ml(reading: Reading) -> Decimal:
    """Return viable cells per mL of one reading: L/n · DF · 10^4, or total · viability/100."""
    return as_decimal(_exact_viable(reading))


def _exact_viability(readings: Sequence[Reading]) -> Fraction:
    counts = [(r.live, r.dead) for r in readings if isinstance(r, HaemocytometerReading)]
    if counts:
        live = sum(live for live, _ in counts)
        return Fraction(100 * live, live + sum(dead for _, dead in counts))
    return _mean([Fraction(r.viability_pct) for r in readings if isinstance(r, CounterReading)])


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _exact_bag_cells(inputs: DoseInputs) -> Fraction:
    """Return N_bag: the target, raised for what stays in the line where overfill is allowed."""
    target, final = Fraction(inputs.target_cells), Fraction(inputs.final_volume_ml)
    if not inputs.overfill:
        return target
    return target * final / (final - Fraction(inputs.residual_ml))


def _calculated(readings: Sequence[Reading], inputs: DoseInputs) -> DoseResult:
    totals = [_exact_total(reading) for reading in readings]
    viables = [_exact_viable(reading) for reading in readings]
    carrying = viables if inputs.basis is Basis.VIABLE else totals
    per_ml = _mean(carrying)
    bag_cells = _exact_bag_cells(inputs)
    volume = bag_cells / per_ml
    drawn = _to_graduation(volume, inputs.graduation_ml)
    final = Fraction(inputs.final_volume_ml)
    usable = Fraction(inputs.suspension_ml) - Fraction(inputs.sample_ml)
    target = Fraction(inputs.target_cells)
    return DoseResult(
        basis=inputs.basis,
        total_per_ml=as_decimal(_mean(totals)),
        viable_per_ml=as_decimal(_mean(viables)),
        viability_pct=as_decimal(_exact_viability(readings)),
        bag_cells=as_decimal(bag_cells),
        dose_volume_ml=as_decimal(volume),
        drawn_ml=as_decimal(drawn),
        rounding_effect_pct=as_decimal(100 * (drawn - volume) / volume),
        diluent_ml=as_decimal(final - volume),
        diluent_drawn_ml=as_decimal(final - drawn),
        bag_cells_per_ml=as_decimal(bag_cells / final),
        usable_ml=as_decimal(usable),
        available_pct_of_target=as_decimal(100 * per_ml * usable / target),
        replicate_difference_pct=as_decimal(100 * (max(carrying) - min(carrying)) / per_ml),
        cells_counted=tuple(
            r.live + r.dead for r in readings if isinstance(r, HaemocytometerReading)
        ),
    )


def as_decimal(value: Fraction) -> Decimal:
    """Return an exact ratio as a decimal: itself where it has one, else correct to 34 digits."""
    with localcontext(EXACT):
        return Decimal(value.numerator) / Decimal(value.denominator)


def _to_graduation(volume: Fraction, graduation_ml: Decimal) -> Fraction:
    graduation = Fraction(graduation_ml)
    return round(volume / graduation) * graduation  # a Fraction rounds half-even


def rounded_to_graduation(volume_ml: Decimal, graduation_ml: Decimal) -> Decimal:
    """Return the volume a syringe can show, half-even; the only rounding in the whole dose."""
    return as_decimal(_to_graduation(Fraction(volume_ml), graduation_ml))


def findings(result: DoseResult, inputs: DoseInputs) -> tuple[Violation, ...]:
    """Return every rule the dose breaks; those in `WARNINGS` are said, the others stop it.

    A value exactly on its limit passes.
    """
    stopping = (
        _below_viability(result, inputs),
        _not_enough(result),
        _over(
            "dose.replicates_differ",
            result.replicate_difference_pct,
            inputs.max_replicate_difference_pct,
        ),
        _over("dose.rounding_over_tolerance", result.rounding_effect_pct, inputs.tolerance_pct),
        _over_final(result, inputs),
    )
    return tuple(v for v in (*stopping, *_counting_warnings(result, inputs)) if v is not None)


def _below_viability(result: DoseResult, inputs: DoseInputs) -> Violation | None:
    if result.viability_pct >= inputs.min_viability_pct:
        return None
    return violation(
        "dose.viability_below_limit",
        "dose",
        found=shown(result.viability_pct, 2, ROUND_DOWN),  # 69.999 is not shown as 70
        limit=inputs.min_viability_pct,
    )


def _not_enough(result: DoseResult) -> Violation | None:
    needed = max(result.dose_volume_ml, result.drawn_ml)
    if needed <= result.usable_ml:
        return None
    return violation(
        "dose.not_enough_cells",
        "dose",
        needed_ml=shown(needed, 3, ROUND_UP),
        usable_ml=result.usable_ml,
        available_pct=shown(result.available_pct_of_target, 2, ROUND_DOWN),
    )


def _over(rule: str, value: Decimal, limit: Decimal) -> Violation | None:
    if abs(value) <= limit:
        return None
    return violation(rule, "dose", found=shown(value, 2, ROUND_UP), limit=limit)


def _over_final(result: DoseResult, inputs: DoseInputs) -> Violation | None:
    needed = max(result.dose_volume_ml, result.drawn_ml)
    if needed <= inputs.final_volume_ml:
        return None
    return violation(
        "dose.volume_over_final",
        "dose",
        needed_ml=shown(needed, 3, ROUND_UP),
        final_volume_ml=inputs.final_volume_ml,
    )


def _counting_warnings(result: DoseResult, inputs: DoseInputs) -> Iterable[Violation]:
    for number, counted in enumerate(result.cells_counted, start=1):
        if counted < inputs.min_cells_counted:
            yield violation(
                "dose.few_cells_counted",
                f"#{number}",
                found=counted,
                limit=inputs.min_cells_counted,
            )
        if counted > inputs.max_cells_counted:
            yield violation(
                "dose.many_cells_counted",
                f"#{number}",
                found=counted,
                limit=inputs.max_cells_counted,
            )


def stopping(found: Iterable[Violation]) -> tuple[Violation, ...]:
    """Return the findings that stop the dose, without the warnings."""
    return tuple(v for v in found if v.rule not in WARNINGS)


def verdict(result: DoseResult) -> str:
    """Return ``pass``, or the first rule that stops the dose, such as ``viability_below_limit``."""
    stops = [code for code in result.findings if code not in WARNINGS]
    return stops[0].removeprefix("dose.") if stops else "pass"


def shown(value: Decimal, places: int, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    """Return a value as shown to a person; never used to go on calculating."""
    with localcontext(EXACT):
        return value.quantize(Decimal(1).scaleb(-places), rounding)
