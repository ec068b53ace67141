"""What is done about a difference that a count found: one signed act each, with its root cause."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pharmacy_app.domain import counting as rules
from pharmacy_app.domain.counting import CountState
from pharmacy_app.domain.events.counting import (
    CountDifference,
    DifferenceKind,
    DifferenceResolved,
    KitLost,
    Outcome,
    RootCause,
)
from pharmacy_app.domain.events.dose import PreparationStopped
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.stock import KitQuarantined, KitStowed
from pharmacy_app.domain.ids import PositionId
from pharmacy_app.domain.kits import ON_SHELF, Kit, KitState, unlawful
from pharmacy_app.domain.locations import read_place
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded.counts import Count, DifferenceLine
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.counting import known, taken, turning_up
from pharmacy_app.workflows.dosing import dose
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.storing import position_named, units

Differences = Sequence[CountDifference]
"""One difference, or those of kits that changed places."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was done about a difference, and why it was there.

    ``position`` is where the kit lies now, needed where only a box was scanned. ``minutes_out`` is
    its time out of storage; None: not known, then ``remarks`` say why none is counted.
    """

    outcome: Outcome
    cause: RootCause
    remarks: str = ""
    position: str = ""
    minutes_out: int | None = None


def resolve(
    pharmacy: Pharmacy,
    count_id: str,
    kit_number: str,
    resolution: Resolution,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Resolve the difference about a kit (of kits that changed places: about all), signed.

    Raises Refused ``count.not_resolving``, ``count.no_difference``, ``count.resolved_before``,
    ``count.other_outcome``, ``count.cause_unsaid``, and what stands in the way of the outcome.
    """
    count = known(pharmacy, count_id)
    lines = _of_kit(pharmacy, count, kit_number.strip().upper())
    first = lines[0].difference
    refuse(
        violation("count.resolved_before", first.kit_number) if lines[0].outcome else None,
        rules.unlawful_outcome(first.kind, resolution.outcome, first.kit_number),
        rules.unsaid(resolution.cause, resolution.remarks, first.kit_number),
    )
    follows = _FOLLOWS[resolution.outcome](
        pharmacy, [line.difference for line in lines], resolution
    )
    event = DifferenceResolved(
        count_id=count.count_id,
        kits=tuple(line.difference.kit_number for line in lines),
        difference=first.kind,
        outcome=resolution.outcome,
        cause=resolution.cause,
        remarks=resolution.remarks.strip(),
    )
    return pharmacy.record(
        Task.RESOLVE_COUNT,
        event,
        *follows,
        credentials=[credential],
        op_id=op_id,
        reason=resolution.remarks.strip(),
    )


def _of_kit(pharmacy: Pharmacy, count: Count, number: str) -> list[DifferenceLine]:
    refuse(
        None
        if count.state is CountState.RESOLVING
        else violation("count.not_resolving", count.count_id, state=f"count_state.{count.state}")
    )
    lines = queries.differences(pharmacy.reader, count.count_id)
    found = [
        line
        for line in lines
        if number in {line.difference.kit_number, *line.difference.pair.split()}
    ]
    if not found:
        raise Refused([violation("count.no_difference", number, count=count.count_id)])
    return sorted(found, key=lambda line: line.difference.kit_number != number)


def _kit(pharmacy: Pharmacy, difference: CountDifference) -> Kit:
    kit = kit_queries.kit(pharmacy.reader, difference.kit_number)
    if kit is None:
        raise Refused([violation("kit.unknown", difference.kit_number, assigned="")])
    return kit


def _placed(pharmacy: Pharmacy, differences: Differences, resolution: Resolution) -> list[Event]:
    places = [_place_of(pharmacy, one, differences, resolution) for one in differences]
    going = {one.kit_number for one in differences}
    kits = [_kit(pharmacy, one) for one in differences]
    refuse(
        *(
            None
            if kit.state in ON_SHELF
            else violation("kit.not_for_shelf", kit.kit_number, state=f"kit_state.{kit.state}")
            for kit in kits
        ),
        *(taken(pharmacy, place, going) for place in places),
        violation("count.time_out_unsaid", kits[0].kit_number)
        if resolution.minutes_out is None and not resolution.remarks.strip()
        else None,
        violation("count.time_out", kits[0].kit_number, found=resolution.minutes_out)
        if resolution.minutes_out is not None and resolution.minutes_out < 0
        else None,
    )
    seconds = (resolution.minutes_out or 0) * 60
    return [
        KitStowed(kit_number=kit.kit_number, position=place, seconds_out=seconds)
        for kit, place in zip(kits, places, strict=True)
    ]


def _place_of(
    pharmacy: Pharmacy, one: CountDifference, together: Differences, resolution: Resolution
) -> PositionId:
    """Return where a kit lies: as told now, as scanned, or where its pair is recorded.

    Raises Refused ``count.position_needed``, and as `read_place` for what is no place of the site.
    """
    others = [other.recorded for other in together if other is not one]
    told = [resolution.position] if resolution.position.strip() and not others else []
    scanned = one.found if len(one.found) == 1 and position_named(pharmacy, one.found[0]) else ()
    pair = others if len(others) == 1 else []
    place = next(iter([*told, *scanned, *pair]), "")
    refuse(None if place else violation("count.position_needed", one.kit_number))
    return read_place(place, units(pharmacy)).position_id


def _lost(pharmacy: Pharmacy, differences: Differences, resolution: Resolution) -> list[Event]:
    (one,) = differences
    kit = _kit(pharmacy, one)
    refuse(*rules.cannot_be_lost(kit))
    because = resolution.remarks.strip() or rules.KIT_LOST
    waits = kit.dose_id is not None and not dose(pharmacy, kit.dose_id).over
    events: list[Event] = [
        KitLost(kit_number=kit.kit_number, dose_id=kit.dose_id, because=because),
        pharmacy.deviation(f"kit/{kit.kit_number}", rules.KIT_LOST),
    ]
    if waits and kit.dose_id is not None:
        events.append(PreparationStopped(dose_id=kit.dose_id, rules=(rules.KIT_LOST,), remarks=""))
    return events


def _found(pharmacy: Pharmacy, differences: Differences, resolution: Resolution) -> list[Event]:
    (one,) = differences
    where = resolution.position.strip() or one.found[0]
    because = resolution.remarks.strip() or f"count.{DifferenceKind.OFF_SHELF}"
    return turning_up(pharmacy, _kit(pharmacy, one), where, because)


def _set_apart(pharmacy: Pharmacy, differences: Differences, resolution: Resolution) -> list[Event]:
    (one,) = differences
    kit = kit_queries.kit(pharmacy.reader, one.kit_number)
    raised = rules.REPORTED[one.kind]
    # Of a kit that no package lists there is no record: whoever reads the number finds the count by it.
    events: list[Event] = [pharmacy.deviation(f"kit/{one.kit_number}", raised)]
    if kit is not None and kit.state in ON_SHELF and unlawful(kit, KitState.QUARANTINED) is None:
        because = resolution.remarks.strip() or raised
        events.append(KitQuarantined(kit_number=kit.kit_number, because=because))
    return events


def _explained(pharmacy: Pharmacy, differences: Differences, resolution: Resolution) -> list[Event]:
    del resolution
    refuse(
        *(
            rules.not_explained(one, kit_queries.kit(pharmacy.reader, one.kit_number))
            for one in differences
        )
    )
    return []


_FOLLOWS: Mapping[Outcome, Callable[[Pharmacy, Differences, Resolution], list[Event]]] = {
    Outcome.PLACED: _placed,
    Outcome.LOST: _lost,
    Outcome.FOUND: _found,
    Outcome.SET_APART: _set_apart,
    Outcome.EXPLAINED: _explained,
}
