"""The second person's check, now or later, and what it unlocks."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from pharmacy_app.domain import preparation as rules
from pharmacy_app.domain.dose import Reading, calculate
from pharmacy_app.domain.doses import Dose, Step
from pharmacy_app.domain.events.dose import (
    BagChecked,
    CheckDeferred,
    CheckSigned,
    VerifiedLater,
)
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.oversight import DeviationClosed
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.people import Person, Task, missing_right, same_person
from pharmacy_app.domain.refusal import Violation, refuse, violation
from pharmacy_app.domain.trial import SecondCheck
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.dosing import current_kit, dose, prescription, protocol_of
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned


def check(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    readings: Sequence[Reading],
    credentials: tuple[Credential, Credential],
    *,
    weight_kg: Decimal | None = None,
    op_id: str = "",
) -> Appended:
    """Release the dose: preparer and second person sign what the second person read again.

    Of a dose that is given as it came there is nothing to read: ``readings`` is empty. Whoever signs
    as preparer did a step of the dose, whoever verifies did none. The second person enters the raw
    counts, and the body weight where the dose goes by it, from their own reading; the dose is
    calculated anew from them. Raises Refused if the two are the same person, if any reading differs
    (which one, not how: noted as a near miss), if a right is missing or the clock has run out.
    """
    asked = _to_check(pharmacy, dose_id)
    first, second = credentials
    other = pharmacy.person_named(second.person_id)
    refuse(
        _checks_own_work(asked, other)
        or same_person(first.person_id, second.person_id, other.printed_name),
        _did_not_prepare(asked, pharmacy.person_named(first.person_id)),
        missing_right(other, Task.CHECK),
        missing_right(pharmacy.person_named(first.person_id), Task.PREPARE),
    )
    counted = asked.counted
    pharmacy.refuse_and_note(
        f"dose/{dose_id}",
        Scanned(raw="", typed=True),
        rules.recount_differs(readings, () if counted is None else counted.readings),
        rules.weight_differs(weight_kg, asked.prescribed),
    )
    event = _checked(pharmacy, asked, readings)
    return pharmacy.record(Task.CHECK, event, credentials=credentials, op_id=op_id)


def _checked(
    pharmacy: Pharmacy, asked: Dose, readings: Sequence[Reading]
) -> CheckSigned | BagChecked:
    use_before = _use_before(pharmacy, asked)
    counted = asked.counted
    if counted is None:
        return BagChecked(dose_id=asked.dose_id, use_before=use_before)
    inputs = rules.dose_inputs(
        *prescription(pharmacy, asked), counted.suspension_ml, counted.sample_ml
    )
    return CheckSigned(
        dose_id=asked.dose_id,
        readings=tuple(readings),
        result=calculate(readings, inputs),
        use_before=use_before,
    )


def _use_before(pharmacy: Pharmacy, asked: Dose) -> datetime:
    hold = protocol_of(pharmacy, asked).hold
    return rules.use_before(asked, hold, current_kit(pharmacy, asked))


def defer_check(pharmacy: Pharmacy, dose_id: DoseId, reason: str, *, op_id: str = "") -> Appended:
    """Let a lone pharmacist go on where the trial allows it; a deviation is raised by itself.

    Raises Refused ``check.not_deferrable`` where the trial asks for the second person at once.
    """
    asked = _to_check(pharmacy, dose_id)
    duties = protocol_of(pharmacy, asked).duties
    refuse(
        None
        if duties.second_check is SecondCheck.MAY_BE_LATER
        else violation("check.not_deferrable", dose_id),
        None if reason.strip() else violation("check.defer_reason", dose_id),
    )
    verify_by = pharmacy.now() + timedelta(hours=duties.later_verification_hours)
    deferred = CheckDeferred(
        dose_id=dose_id,
        verify_by=verify_by,
        use_before=_use_before(pharmacy, asked),
    )
    raised = pharmacy.deviation(f"dose/{dose_id}", "check.deferred", verify_by)
    return pharmacy.record(Task.PREPARE, deferred, raised, op_id=op_id, reason=reason.strip())


def verify_later(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    readings: Sequence[Reading],
    credential: Credential,
    *,
    weight_kg: Decimal | None = None,
    op_id: str = "",
) -> Appended:
    """Record the second person's check of a dose that left without it; closes its deviation.

    Readings, or a body weight, that differ are recorded as such, not refused: the dose has been given.
    """
    asked = dose(pharmacy, dose_id)
    other = pharmacy.person_named(credential.person_id)
    refuse(
        None if asked.waits_for_verification else violation("check.nothing_to_verify", dose_id),
        _checks_own_work(asked, other),
        missing_right(other, Task.CHECK),
    )
    first = () if asked.counted is None else asked.counted.readings
    same_weight = rules.weight_differs(weight_kg, asked.prescribed) is None
    agrees = tuple(readings) == first and same_weight
    events: list[Event] = [VerifiedLater(dose_id=dose_id, readings=tuple(readings), agrees=agrees)]
    events += [
        DeviationClosed(deviation_id=found.deviation_id, record=found.record)
        for found in dose_queries.deviations(pharmacy.reader)
        if agrees and found.record == f"dose/{dose_id}" and found.rule == "check.deferred"
    ]
    return pharmacy.record(Task.VERIFY_LATER, *events, credentials=[credential], op_id=op_id)


def _to_check(pharmacy: Pharmacy, dose_id: DoseId) -> Dose:
    asked = dose(pharmacy, dose_id)
    refuse(rules.out_of_order(asked, Step.CHECK))
    refuse(rules.too_late(asked, _use_before(pharmacy, asked), pharmacy.now()))
    return asked


def _checks_own_work(asked: Dose, second: Person) -> Violation | None:
    """Independent is who did no step of the dose (EU GMP Annex 11.6: checked by a second operator)."""
    if second.person_id not in asked.preparers:
        return None
    return violation("people.same_person", second.printed_name)


def _did_not_prepare(asked: Dose, first: Person) -> Violation | None:
    if first.person_id in asked.preparers:
        return None
    return violation("check.not_the_preparer", first.printed_name, dose=asked.dose_id)
