"""Thaw, appearance, count, dose, dilution, cover: the bench after the kit left storage."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pharmacy_app.domain import dose as arithmetic
from pharmacy_app.domain import preparation as rules
from pharmacy_app.domain.dose import DoseResult, Reading, calculate
from pharmacy_app.domain.doses import Dose, Step
from pharmacy_app.domain.events.dose import (
    AppearanceJudged,
    BagCovered,
    CellsCounted,
    CountBegun,
    CountCorrected,
    CountFailed,
    Diluted,
    DoseDrawn,
    DoseEvent,
    Material,
    ThawEnded,
    ThawStarted,
)
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Violation, refuse, violation
from pharmacy_app.domain.trial import Contents
from pharmacy_app.records.ledger import Appended
from pharmacy_app.workflows.dosing import current_kit, dose, prescription, protocol_of
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned


def start_thaw(
    pharmacy: Pharmacy, dose_id: DoseId, bath: str, bath_c: Decimal, *, op_id: str = ""
) -> Appended:
    """Cross the line from which no kit returns to stock. Bath temperature in °C, as the protocol asks."""
    asked = _at(pharmacy, dose_id, Step.THAW)
    asks = protocol_of(pharmacy, asked).preparation
    refuse(
        None if bath.strip() else violation("bench.bath_missing", dose_id),
        None
        if asks.bath_min_c <= bath_c <= asks.bath_max_c
        else violation(
            "bench.bath_temperature",
            bath,
            found=bath_c,
            lowest=asks.bath_min_c,
            highest=asks.bath_max_c,
        ),
    )
    event = ThawStarted(
        dose_id=dose_id, kit_number=rules.kit_of(asked), bath=bath.strip(), bath_c=bath_c
    )
    return _record(pharmacy, event, op_id)


def end_thaw(pharmacy: Pharmacy, dose_id: DoseId, *, op_id: str = "") -> Appended:
    """Record that the last ice is gone; the clock after thaw runs."""
    _at(pharmacy, dose_id, Step.THAWING)
    return _record(pharmacy, ThawEnded(dose_id=dose_id), op_id)


def judge_appearance(
    pharmacy: Pharmacy, dose_id: DoseId, finding: str, remarks: str = "", *, op_id: str = ""
) -> Appended:
    """Record what the thawed kit looks like. One that stops the dose is refused: stop it."""
    asked = _at(pharmacy, dose_id, Step.APPEARANCE)
    known = protocol_of(pharmacy, asked).release.appearances
    pharmacy.refuse_and_note(
        f"dose/{dose_id}", Scanned(finding, typed=True), rules.unacceptable(finding, known)
    )
    event = AppearanceJudged(
        dose_id=dose_id, finding=finding, acceptable=True, remarks=remarks.strip()
    )
    return _record(pharmacy, event, op_id)


def begin_count(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    *,
    method: str,
    instrument: str,
    calibration_due: date,
    op_id: str = "",
) -> Appended:
    """Record how the cells are counted; a sham count gets its card here."""
    asked = _at(pharmacy, dose_id, Step.METHOD)
    refuse(*rules.unfit_instrument(method, instrument, calibration_due, pharmacy.today()))
    event = CountBegun(
        dose_id=dose_id,
        method=method,
        instrument=instrument.strip(),
        calibration_due=calibration_due,
        card=_card(pharmacy, asked, method),
    )
    return _record(pharmacy, event, op_id)


def _card(pharmacy: Pharmacy, asked: Dose, method: str) -> tuple[Reading, ...]:
    trial, target = prescription(pharmacy, asked)
    # Drawn in both arms, so that the same act takes the same time and the same randomness.
    draws = [pharmacy.chance.below(100) for _ in range(2 * trial.release.replicates)]
    kit_type = trial.kit_type(current_kit(pharmacy, asked).kit_type)
    card = rules.sham_readings(trial, target, kit_type.suspension_ml, method, draws)
    return card if kit_type.contents is Contents.SHAM else ()


def calculated(
    pharmacy: Pharmacy,
    asked: Dose,
    readings: Sequence[Reading],
    suspension_ml: Decimal,
    sample_ml: Decimal,
) -> tuple[DoseResult, tuple[Violation, ...]]:
    """Return the dose for these readings and every rule it breaks, recording nothing."""
    inputs = rules.dose_inputs(*prescription(pharmacy, asked), suspension_ml, sample_ml)
    result = calculate(readings, inputs)
    return result, arithmetic.findings(result, inputs)


def record_count(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    readings: Sequence[Reading],
    *,
    suspension_ml: Decimal,
    sample_ml: Decimal,
    reason: str = "",
    op_id: str = "",
) -> Appended:
    """Record raw readings and the dose that follows from them (volumes in mL).

    A count that stops the dose is kept as it was read and refused: only `dosing.stop`, or a new
    count where the reading was wrong, leads on. Before the dose is drawn a count may be done again,
    afterwards a slip in typing be put right if the dose stays the same; both with a reason.
    """
    asked = dose(pharmacy, dose_id)
    drawn = asked.step in {Step.DILUTE, Step.COVER, Step.CHECK}
    again = drawn or asked.step is Step.DRAW
    refuse(
        None if again else rules.out_of_order(asked, Step.COUNT),
        violation("bench.recount_reason", dose_id) if again and not reason.strip() else None,
    )
    counting = asked.counting
    if counting is None:
        raise LookupError(dose_id)
    refuse(
        *rules.wrong_replicates(
            readings, protocol_of(pharmacy, asked).release, counting.method, asked
        ),
        rules.other_than_card(readings, counting.card),
    )
    result, findings = calculated(pharmacy, asked, readings, suspension_ml, sample_ml)
    stopping = arithmetic.stopping(findings)
    refuse(rules.changed_dose(asked, result) if drawn and not stopping else None)
    lasting = CountCorrected if drawn else CellsCounted
    kind = CountFailed if stopping else lasting
    event = kind(
        dose_id=dose_id,
        readings=tuple(readings),
        suspension_ml=suspension_ml,
        sample_ml=sample_ml,
        result=result,
    )
    recorded = pharmacy.record(Task.PREPARE, event, op_id=op_id, reason=reason.strip())
    refuse(*stopping)
    return recorded


def draw(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    drawn_ml: Decimal,
    diluent_ml: Decimal,
    *,
    op_id: str = "",
) -> Appended:
    """Record the volumes drawn up, typed by the person who drew them (mL)."""
    asked = _at(pharmacy, dose_id, Step.DRAW)
    if asked.counted is None:
        raise LookupError(dose_id)
    result = asked.counted.result
    refuse(
        rules.other_volume("drawn", drawn_ml, result.drawn_ml),
        rules.other_volume("diluent", diluent_ml, result.diluent_drawn_ml),
    )
    return _record(
        pharmacy, DoseDrawn(dose_id=dose_id, drawn_ml=drawn_ml, diluent_ml=diluent_ml), op_id
    )


def dilute(
    pharmacy: Pharmacy, dose_id: DoseId, materials: Sequence[Material], *, op_id: str = ""
) -> Appended:
    """Record that the dose is in its bag, and with what."""
    asked = _at(pharmacy, dose_id, Step.DILUTE)
    refuse(
        None if materials else violation("bench.materials_missing", dose_id),
        *rules.unfit_materials(materials, pharmacy.today()),
    )
    event = Diluted(
        dose_id=dose_id,
        materials=tuple(materials),
        final_volume_ml=protocol_of(pharmacy, asked).dose.final_volume_ml,
    )
    return _record(pharmacy, event, op_id)


def cover(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    seal_number: str,
    retained_sample: str = "",
    *,
    op_id: str = "",
) -> Appended:
    """Record the opaque cover and the closed seal."""
    _at(pharmacy, dose_id, Step.COVER)
    refuse(None if seal_number.strip() else violation("bench.seal_missing", dose_id))
    event = BagCovered(
        dose_id=dose_id,
        seal_number=seal_number.strip(),
        retained_sample=retained_sample.strip(),
    )
    return _record(pharmacy, event, op_id)


def _at(pharmacy: Pharmacy, dose_id: DoseId, step: Step) -> Dose:
    """Return the dose if it waits for this step and its clock has not run out."""
    pharmacy.require(Task.PREPARE)
    asked = dose(pharmacy, dose_id)
    refuse(rules.out_of_order(asked, step))
    if asked.kit is not None:
        kit = current_kit(pharmacy, asked)
        limit = rules.latest_use_before(asked, protocol_of(pharmacy, asked).hold, kit)
        refuse(rules.too_late(asked, limit, pharmacy.now()))
    return asked


def _record(pharmacy: Pharmacy, event: DoseEvent, op_id: str) -> Appended:
    return pharmacy.record(Task.PREPARE, event, op_id=op_id)
