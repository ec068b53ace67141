"""The rules of the bench: nothing skipped, nothing twice, nothing outside its criteria.

Every function returns the violations it finds; a workflow refuses with all of them at once. No text
names an arm: the same words are shown for every kit.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

from pharmacy_app.domain import infusion
from pharmacy_app.domain.dose import (
    PER_ML,
    CounterReading,
    DoseInputs,
    DoseResult,
    HaemocytometerReading,
    Reading,
    out_of_range,
)
from pharmacy_app.domain.doses import Dose, Step
from pharmacy_app.domain.events.dose import DosePrescribed, InfusionReported, Material
from pharmacy_app.domain.ids import DoseId, KitNumber
from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.label_symbol import LabelSymbol
from pharmacy_app.domain.refusal import Violation, refuse, violation
from pharmacy_app.domain.trial import (
    Amount,
    Appearance,
    Arm,
    Basis,
    DoseRule,
    HoldTimes,
    ReleaseCriteria,
    Trial,
)

HAEMOCYTOMETER = "haemocytometer"
COUNTER = "counter"
METHODS = (HAEMOCYTOMETER, COUNTER)


def out_of_order(dose: Dose, *wanted: Step) -> Violation | None:
    """Return the violation of asking for a step that the dose does not wait for."""
    if dose.step in wanted:
        return None
    return violation(
        "bench.out_of_order", dose.dose_id, wanted=f"step.{wanted[0]}", waits=f"step.{dose.step}"
    )


def not_the_assigned(dose: Dose, kit: Kit | None, scanned: str) -> Violation | None:
    """Return the violation of a scanned kit that is not this dose's, known or not."""
    if kit is None:
        return violation("kit.unknown", scanned, assigned=dose.kit or "")
    if kit.kit_number == dose.kit:
        return None
    return violation("kit.not_the_assigned", kit.kit_number, assigned=dose.kit or "")


def unacceptable(finding: str, known: Sequence[Appearance]) -> Violation | None:
    """Return the violation of an appearance that stops a dose, or that the trial does not know."""
    for appearance in known:
        if appearance.code == finding:
            return (
                None
                if appearance.acceptable
                else violation(
                    "bench.appearance",
                    finding,
                    found=f"{appearance.name.zh} ({appearance.name.en})",
                )
            )
    return violation("bench.appearance_unknown", finding, known=_codes(known))


def _codes(known: Sequence[Appearance]) -> str:
    return ", ".join(appearance.code for appearance in known)


def unfit_instrument(
    method: str, instrument: str, calibration_due: date, today: date
) -> tuple[Violation | None, ...]:
    """Return what is wrong with the chosen counting method and its instrument."""
    return (
        None
        if method in METHODS
        else violation(
            "bench.method_unknown", method, known=", ".join(f"method.{known}" for known in METHODS)
        ),
        violation("bench.instrument_missing", method) if not instrument.strip() else None,
        violation("bench.calibration_overdue", instrument, due=calibration_due, today=today)
        if calibration_due < today
        else None,
    )


def wrong_replicates(
    readings: Sequence[Reading], criteria: ReleaseCriteria, method: str, dose: Dose
) -> tuple[Violation | None, ...]:
    """Return what is wrong with the number or the kind of readings."""
    wanted = HaemocytometerReading if method == HAEMOCYTOMETER else CounterReading
    return (
        None
        if len(readings) >= criteria.replicates
        else violation(
            "bench.replicates_missing",
            dose.dose_id,
            wanted=criteria.replicates,
            found=len(readings),
        ),
        None
        if all(isinstance(reading, wanted) for reading in readings)
        else violation("bench.other_method", dose.dose_id, method=f"method.{method}"),
    )


def other_than_card(readings: Sequence[Reading], card: Sequence[Reading]) -> Violation | None:
    """Return the violation of readings that differ from the card of a count with a card."""
    if not card or tuple(readings) == tuple(card):
        return None
    return violation("bench.card_differs", _differing(readings, card))


def recount_differs(readings: Sequence[Reading], first: Sequence[Reading]) -> Violation | None:
    """Return which readings the second person read otherwise; the first values are not told."""
    if tuple(readings) == tuple(first):
        return None
    return violation("check.counts_differ", _differing(readings, first))


def weight_differs(
    weight_kg: Decimal | None, prescribed: DosePrescribed | None
) -> Violation | None:
    """Return the violation of a body weight the second person read otherwise; the first is not told.

    Where a dose does not go by weight, none is asked for.
    """
    first = None if prescribed is None else prescribed.weight_kg
    if first is None or weight_kg == first:
        return None
    found = None if weight_kg is None else f"{weight_kg:f}"
    return violation("check.weight_differs", "weight", found=found or "–")


def _differing(readings: Sequence[Reading], others: Sequence[Reading]) -> str:
    longest = max(len(readings), len(others))
    places = [
        str(n + 1)
        for n in range(longest)
        if n >= len(readings) or n >= len(others) or readings[n] != others[n]
    ]
    return ", ".join(places)


def target_cells(trial: Trial, arm: Arm, weight_kg: Decimal | None) -> Decimal:
    """Return how many cells an arm's dose holds for a subject of this weight (kg).

    Raises Refused ``dose.weight_missing`` in *every* arm of a trial that doses any by weight, and
    ``dose.out_of_range`` for a weight that cannot be right.
    """
    if trial.by_weight:
        refuse(
            violation("dose.weight_missing", "dose")
            if weight_kg is None
            else out_of_range("dose", "weight_kg", weight_kg)
        )
    amount: Amount = trial.dose if arm.dose is None else arm.dose
    if amount.cells_per_kg is not None and weight_kg is not None:
        return infusion.target_cells(amount.cells_per_kg, weight_kg, amount.cap_cells)
    if amount.target_cells is None:
        raise LookupError(arm.code)
    return amount.target_cells


def dose_inputs(
    trial: Trial, target: Decimal, suspension_ml: Decimal, sample_ml: Decimal
) -> DoseInputs:
    """Return what the arithmetic needs, from the protocol and from the bench (volumes in mL)."""
    rule, criteria = trial.dose, trial.release
    return DoseInputs(
        target_cells=target,
        basis=rule.basis,
        suspension_ml=suspension_ml,
        sample_ml=sample_ml,
        final_volume_ml=rule.final_volume_ml,
        residual_ml=rule.residual_ml,
        overfill=rule.overfill,
        graduation_ml=rule.graduation_ml,
        tolerance_pct=rule.tolerance_pct,
        min_viability_pct=criteria.min_viability_pct,
        max_replicate_difference_pct=criteria.max_replicate_difference_pct,
        min_cells_counted=criteria.min_cells_counted,
        max_cells_counted=criteria.max_cells_counted,
    )


def other_volume(name: str, typed: Decimal, wanted: Decimal) -> Violation | None:
    """Return the violation of a drawn volume that is not the computed one (mL)."""
    if typed == wanted:
        return None
    return violation("bench.volume_differs", f"volume.{name}", wanted=wanted, found=typed)


def changed_dose(dose: Dose, result: DoseResult) -> Violation | None:
    """Return the violation of a corrected count that asks for another volume than was drawn."""
    drawn = dose.drawn
    if drawn is None or drawn.drawn_ml == result.drawn_ml:
        return None
    return violation(
        "bench.correction_changes_dose", dose.dose_id, wanted=result.drawn_ml, found=drawn.drawn_ml
    )


def unfit_materials(materials: Iterable[Material], today: date) -> tuple[Violation, ...]:
    """Return every diluent, albumin or bag without a lot, or past its last day."""
    found = []
    for material in materials:
        if not material.lot.strip():
            found.append(violation("bench.lot_missing", material.name))
        if material.expiry < today:
            found.append(violation("bench.material_expired", material.name, expiry=material.expiry))
    return tuple(found)


def use_before(dose: Dose, hold: HoldTimes, kit: Kit) -> datetime:
    """Return the moment after which the dose may not be given; the SAME rule for every arm.

    The earliest of thaw end + hold 1, dilution end + hold 2, removal from storage + its hold where
    the protocol has one, and the kit's expiry. Raises ValueError before the dose has come so far.
    """
    thaw = dose.frozen and dose.thaw_ended_at is None
    diluted = dose.counted_here and dose.diluted_at is None
    if thaw or diluted or dose.taken_out_at is None:
        raise ValueError("no use-before before thaw and dilution have ended")
    return min([kit.expiry, *_hold_ends(dose, hold)])


def _hold_ends(dose: Dose, hold: HoldTimes) -> Iterable[datetime]:
    """Yield when each clock that runs already will have run out."""
    running = (
        (dose.frozen, dose.thaw_ended_at, hold.after_thaw_minutes),
        (dose.counted_here, dose.diluted_at, hold.after_dilution_minutes),
        (hold.out_of_storage_minutes > 0, dose.taken_out_at, hold.out_of_storage_minutes),
    )
    for runs, since, minutes in running:
        if runs and since is not None:
            yield since + timedelta(minutes=minutes)


def latest_use_before(dose: Dose, hold: HoldTimes, kit: Kit) -> datetime | None:
    """Return the clock as it can be told now, from what happened so far; None before it runs."""
    if dose.use_before is not None:
        return dose.use_before
    began = dose.thaw_ended_at if dose.frozen else dose.taken_out_at
    return None if began is None else min([kit.expiry, *_hold_ends(dose, hold)])


def too_late(dose: Dose, limit: datetime | None, now: datetime) -> Violation | None:
    """Return the violation of a dose whose use-before has passed."""
    if limit is None or now < limit:
        return None
    return violation("bench.past_use_before", dose.dose_id, use_before=limit, now=now)


def label_locked(
    dose: Dose, criteria: ReleaseCriteria, now: datetime
) -> tuple[Violation | None, ...]:
    """Return why the label is still locked: no check yet, or too soon for either arm."""
    if dose.step not in {Step.LABEL, Step.SCAN_BACK, Step.HAND_OVER}:
        return (violation("bench.label_locked", dose.dose_id, waits=f"step.{dose.step}"),)
    return (_too_soon(dose, criteria, now),)


def unlocks_at(dose: Dose, criteria: ReleaseCriteria) -> datetime | None:
    """Return the first moment at which a label may leave: the same bench time in every arm."""
    if dose.taken_out_at is None:
        return None
    return dose.taken_out_at + timedelta(minutes=criteria.min_bench_minutes)


def _too_soon(dose: Dose, criteria: ReleaseCriteria, now: datetime) -> Violation | None:
    earliest = unlocks_at(dose, criteria)
    if earliest is None or now >= earliest:
        return None
    return violation(
        "bench.too_soon", dose.dose_id, minutes=criteria.min_bench_minutes, earliest=earliest
    )


def other_typed_label(dose: Dose, typed: DoseId, copy: int, now_copy: int) -> list[Violation]:
    """Return in what a label read by eye differs from the copy that waits: dose code and copy."""
    found = []
    if typed != dose.dose_id:
        found.append(violation("label.other_dose", typed, dose=dose.dose_id))
    if copy != now_copy:
        found.append(violation("label.other_copy", dose.dose_id, copy=now_copy, found=copy))
    return found


def other_label(dose: Dose, scanned: LabelSymbol, now_copy: int) -> tuple[Violation | None, ...]:
    """Return in what a scanned label differs from the copy that waits to be scanned back."""
    return (
        None
        if scanned.dose_id == dose.dose_id
        else violation("label.other_dose", scanned.dose_id, dose=dose.dose_id),
        None
        if scanned.kit == dose.kit
        else violation("label.other_kit", scanned.kit, kit=dose.kit or ""),
        None
        if scanned.copy == now_copy
        else violation("label.other_copy", dose.dose_id, copy=now_copy, found=scanned.copy),
    )


def infusion_mistakes(
    dose: Dose, report: InfusionReported, final_volume_ml: Decimal, now: datetime
) -> tuple[Violation | None, ...]:
    """Return what cannot be right in the ward's report (volumes in mL)."""
    started, ended, left = report.started_at, report.ended_at, report.not_infused_ml
    # A report is written to the minute, the hand-over recorded to the second.
    handed = dose.handed_over_at and dose.handed_over_at.replace(second=0, microsecond=0)
    return (
        violation("infusion.before_hand_over", dose.dose_id, started=started, handed_over=handed)
        if handed is not None and started < handed
        else None,
        violation("infusion.ends_before_start", dose.dose_id, started=started, ended=ended)
        if ended < started
        else None,
        violation("infusion.in_future", dose.dose_id, ended=ended, now=now)
        if ended > now
        else None,
        None
        if Decimal(0) <= left <= final_volume_ml
        else violation("infusion.volume", dose.dose_id, found=left, most=final_volume_ml),
    )


def sham_readings(
    trial: Trial, target: Decimal, suspension_ml: Decimal, method: str, draws: Sequence[int]
) -> tuple[Reading, ...]:
    """Return the card of a sham count: readings like those of a good thaw, for these draws.

    ``draws`` are whole numbers 0…99, two a replicate; the workflow draws them at random. The
    readings lie in the middle of what passes, so that the same work takes the same time: viability
    between its limit and 100 %, the dose in about 70 % of what can be drawn, which leaves a quarter
    of the suspension for the sample; replicates within half their limit (of 5 % or more).
    """
    criteria = trial.release
    above_floor = 100 - criteria.min_viability_pct
    middle = criteria.min_viability_pct + above_floor * Decimal("0.55")
    spread = min(Decimal(4), criteria.max_replicate_difference_pct / 4)
    play = min(Decimal(1), above_floor / 4, middle * spread / 200)
    wanted = _wanted_total_per_ml(trial.dose, target, suspension_ml, middle)
    shape = (method, *_squares_and_dilution(wanted, criteria))
    return tuple(
        _as_counted(
            wanted * (100 + spread * (a - 50) / 100) / 100, middle + play * (b - 50) / 50, *shape
        )
        for a, b in zip(draws[::2], draws[1::2], strict=True)
    )


def _wanted_total_per_ml(
    rule: DoseRule, bag: Decimal, suspension_ml: Decimal, viability: Decimal
) -> Decimal:
    """Return how many cells a mL hold, dead ones too, if the dose is 70 % of what can be drawn."""
    if rule.overfill:
        bag = bag * rule.final_volume_ml / (rule.final_volume_ml - rule.residual_ml)
    counted = bag / (min(suspension_ml, rule.final_volume_ml) * Decimal("0.7"))
    return counted if rule.basis is Basis.TOTAL else counted * 100 / viability


def _squares_and_dilution(total_per_ml: Decimal, criteria: ReleaseCriteria) -> tuple[int, Decimal]:
    """Return squares and dilution at which so many cells are counted as the trial likes best."""
    best = Decimal(criteria.min_cells_counted + criteria.max_cells_counted) / 2
    squares = 4 if total_per_ml * 4 >= best * PER_ML / 2 else 9
    factor = (total_per_ml * squares / (best * PER_ML)).quantize(Decimal(1))
    return squares, max(Decimal(1), factor)


def _as_counted(
    total_per_ml: Decimal, viability: Decimal, method: str, squares: int, factor: Decimal
) -> Reading:
    if method == COUNTER:
        return CounterReading(
            total_per_ml=_rounded(total_per_ml, 4),
            viability_pct=viability.quantize(Decimal("0.1"), ROUND_CEILING),
        )
    counted = total_per_ml * squares / (factor * PER_ML)
    live = int((counted * viability / 100).to_integral_value())
    dead = int(live * (100 - viability) / viability)  # down: no worse than the viability wanted
    return HaemocytometerReading(live=live, dead=dead, squares=squares, dilution_factor=factor)


def _rounded(value: Decimal, digits: int) -> Decimal:
    exponent = value.adjusted() - digits + 1
    rounded = value.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_EVEN)
    return Decimal(int(rounded))


def kit_of(dose: Dose) -> KitNumber:
    """Return the dose's kit. Raises ValueError before one is assigned."""
    if dose.kit is None:
        raise ValueError("no kit is assigned yet")
    return dose.kit
