"""Deviations: another kit given than the assigned one, whatever else was not as it should be, its closing."""

from dataclasses import dataclass

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.dose import PreparationStopped, WrongKitGiven
from pharmacy_app.domain.events.oversight import DeviationClosed, DeviationRaised
from pharmacy_app.domain.ids import DoseId, KitNumber
from pharmacy_app.domain.kits import ON_BENCH, ON_SHELF, Kit, KitState
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.preparation import kit_of, out_of_order
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import doses as queries
from pharmacy_app.records.queries.unblinded.doses import Deviation
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.dosing import dose
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.stock import known_kit

LATER_CHECK = "check.deferred"
OTHER = "deviation.other"
WRONG_KIT = "deviation.wrong_kit"


@dataclass(frozen=True, slots=True)
class Told:
    """What a deviation's own acts say: when, by whom, why it was raised and how it was closed."""

    raised_by: str
    because: str
    closed_by: str = ""
    closed_how: str = ""


def report_wrong_kit(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    given: Scanned,
    because: str,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Record that another kit reached the subject than the one assigned. UNBLINDED, signed.

    The kit given is accounted for where it was still in the pharmacy, and the assigned one wasted; bags
    that were taken for one another are told for each of the two doses. A dose that was begun with the
    kit has none any more and is stopped in the same act. Numbers are never swapped to mend it:
    allocation, dose and label stay as they were. A deviation is raised. Raises Refused before the
    ward's report, for an unknown kit, the assigned one, one that nobody can have given, or one that
    another dose tells of already.
    """
    asked = dose(pharmacy, dose_id)
    refuse(
        out_of_order(asked, Step.CLOSED),
        violation("deviation.bag_came_back", dose_id) if asked.returned is not None else None,
        violation("deviation.told_before", dose_id, given=asked.wrong_kit.given)
        if asked.wrong_kit is not None
        else None,
        None if because.strip() else violation("deviation.no_cause", dose_id),
    )
    kit = known_kit(pharmacy, given)
    refuse(*_cannot_be(kit, kit_of(asked)), _told_elsewhere(pharmacy, kit.kit_number))
    event = WrongKitGiven(
        dose_id=dose_id,
        assigned=kit_of(asked),
        given=kit.kit_number,
        from_shelf=kit.state in ON_SHELF,
        because=because.strip(),
    )
    raised = pharmacy.deviation(f"dose/{dose_id}", WRONG_KIT)
    return pharmacy.record(
        Task.REPORT_WRONG_KIT,
        event,
        raised,
        *_without_kit(pharmacy, kit),
        credentials=[credential],
        op_id=op_id,
        reason=because.strip(),
    )


def _told_elsewhere(pharmacy: Pharmacy, given: KitNumber) -> Violation | None:
    """Return the violation of a kit that went into somebody else already: nothing is given twice."""
    for found in queries.deviations(pharmacy.reader, only_open=False):
        if found.rule != WRONG_KIT:
            continue
        told = dose(pharmacy, DoseId(found.record.removeprefix("dose/")))
        if told.wrong_kit is not None and told.wrong_kit.given == given:
            return violation("deviation.given_elsewhere", given, dose=told.dose_id)
    return None


def _without_kit(pharmacy: Pharmacy, kit: Kit) -> list[PreparationStopped]:
    """Return what stops the dose whose kit is gone from the shelf, or whose bag from the bench.

    The kit itself neither goes back nor is it wasted: it stays with the subject who got it.
    """
    if (
        kit.state not in ON_SHELF | ON_BENCH
        or kit.dose_id is None
        or dose(pharmacy, kit.dose_id).over
    ):
        return []
    return [PreparationStopped(dose_id=kit.dose_id, rules=(WRONG_KIT,), remarks="")]


_GIVEN = frozenset({KitState.HANDED_OVER, KitState.INFUSED, KitState.PARTLY_INFUSED})


def _cannot_be(kit: Kit, assigned: KitNumber) -> tuple[Violation | None, ...]:
    """Return why a kit cannot be the one that was given: it is the assigned one, or never got out."""
    state = f"kit_state.{kit.state}"
    return (
        violation("deviation.same_kit", kit.kit_number) if kit.kit_number == assigned else None,
        None
        if kit.state in ON_SHELF | ON_BENCH | _GIVEN
        else violation("deviation.kit_elsewhere", kit.kit_number, state=state),
    )


def raise_deviation(pharmacy: Pharmacy, record: str, what: str, *, op_id: str = "") -> Appended:
    """Record anything that was not as the protocol says, about ``dose/…``, ``kit/…``, ``subject/…``.

    Raises Refused without its description, or for a record that the ledger does not know.
    """
    refuse(
        None if what.strip() else violation("deviation.no_cause", record),
        None if pharmacy.ledger.history(record) else violation("deviation.unknown_record", record),
    )
    raised = pharmacy.deviation(record, OTHER)
    return pharmacy.record(Task.RAISE_DEVIATION, raised, op_id=op_id, reason=what.strip())


def close(
    pharmacy: Pharmacy, deviation_id: str, how: str, credential: Credential, *, op_id: str = ""
) -> Appended:
    """Close a deviation with what was done about it, signed.

    Raises Refused for one that is unknown or closed, without a description, or for a check that was
    put off: its verification closes it.
    """
    found = _known(pharmacy, deviation_id)
    refuse(
        violation("deviation.closed_before", deviation_id, closed=found.closed_at)
        if found.closed_at is not None
        else None,
        violation("deviation.closes_itself", deviation_id, record=found.record)
        if found.rule == LATER_CHECK
        else None,
        None if how.strip() else violation("deviation.no_remedy", deviation_id),
    )
    event = DeviationClosed(deviation_id=deviation_id, record=found.record)
    return pharmacy.record(
        Task.CLOSE_DEVIATION, event, credentials=[credential], op_id=op_id, reason=how.strip()
    )


def told(pharmacy: Pharmacy, deviation: Deviation) -> Told:
    """Return what the acts that raised and closed a deviation say."""
    raised_by = because = closed_by = closed_how = ""
    for recorded in pharmacy.ledger.history(deviation.record):
        event = recorded.event
        if not isinstance(event, (DeviationRaised, DeviationClosed)):
            continue
        if event.deviation_id != deviation.deviation_id:
            continue
        name = pharmacy.person_named(recorded.actor).printed_name
        if isinstance(event, DeviationRaised):
            raised_by, because = name, recorded.reason
        else:
            closed_by, closed_how = name, recorded.reason
    return Told(raised_by, because, closed_by, closed_how)


def _known(pharmacy: Pharmacy, deviation_id: str) -> Deviation:
    for found in queries.deviations(pharmacy.reader, only_open=False):
        if found.deviation_id == deviation_id:
            return found
    raise Refused([violation("deviation.unknown", deviation_id)])
