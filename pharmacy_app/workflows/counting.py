"""Counting what lies in the pharmacy: blind, box by box, closed, counted again, signed off; found kits."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pharmacy_app.domain import counting as rules
from pharmacy_app.domain.counting import OUTSIDE, CountState, Overdue
from pharmacy_app.domain.events.counting import (
    BoxBegun,
    BoxDone,
    CountAbandoned,
    CountClosed,
    CountOpened,
    CountSignedOff,
    DifferenceKind,
    KitCounted,
    KitFound,
    ScanWithdrawn,
)
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.stock import KitStowed
from pharmacy_app.domain.ids import KitNumber, PersonId, PositionId
from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.locations import read_box, read_place
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded.counts import BoxLine, Count
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.stock import known_kit
from pharmacy_app.workflows.storing import position_named, units

AGAIN, ELSEWHERE = "again", "elsewhere"


@dataclass(frozen=True, slots=True)
class Answer:
    """What whoever scanned is told: a term of ``count_answer.…``; nothing of what is expected.

    ``box`` is another box in which the same number was scanned in this count.
    """

    kit_number: KitNumber
    said: str
    appended: Appended
    box: str = ""


def every_box(pharmacy: Pharmacy) -> list[str]:
    """Return the boxes of every storage unit, in order."""
    return [box for unit in units(pharmacy).values() for box in unit.capacity.boxes_in_order()]


def open_count(pharmacy: Pharmacy, scope: str = "", *, op_id: str = "") -> Count:
    """Begin to count a unit, a rack, a box, or (empty) everything.

    Raises Refused ``count.open_before`` while another one is not over, ``count.no_scope`` for what
    is no unit, rack or box of the site.
    """
    wanted = read_box(scope, units(pharmacy)) or scope.strip().upper()
    before = queries.open_count(pharmacy.reader)
    boxes = rules.scoped(wanted, every_box(pharmacy))
    refuse(
        violation("count.open_before", before.count_id, opened=before.opened_at)
        if before is not None
        else None,
        None if boxes else violation("count.no_scope", scope),
    )
    event = CountOpened(count_id=f"C-{pharmacy.chance.code(6)}", scope=wanted, boxes=boxes)
    pharmacy.record(Task.COUNT, event, op_id=op_id)
    return known(pharmacy, event.count_id)


def known(pharmacy: Pharmacy, count_id: str) -> Count:
    """Return a count. Raises Refused ``count.unknown``."""
    found = queries.count(pharmacy.reader, count_id.strip().upper())
    if found is None:
        raise Refused([violation("count.unknown", count_id)])
    return found


def box_named(pharmacy: Pharmacy, text: str) -> str:
    """Return the box that a scan or a typed text names, as stored or as it is written on the unit.

    `OUTSIDE`, in capitals or not, is none; what names no box of the site comes back in capitals.
    """
    plain = text.strip()
    if plain.lower() == OUTSIDE:
        return OUTSIDE
    return read_box(plain, units(pharmacy)) or plain.upper()


def begun_box(pharmacy: Pharmacy, count: Count) -> BoxLine | None:
    """Return the box that the person at the desk has open in a count, or None."""
    me = pharmacy.person.person_id
    return queries.open_box(pharmacy.reader, count.count_id, count.round, me)


def begin_box(pharmacy: Pharmacy, count_id: str, box: str, *, op_id: str = "") -> Appended:
    """Open a box to count it; the one that was open is done, unless it is the same.

    Raises Refused ``count.not_counting``, ``count.other_box`` for one that is not to be counted,
    ``count.same_person`` in a recount for whoever counted the box last.
    """
    pharmacy.require(Task.COUNT)
    count = _scanning(pharmacy, count_id)
    asked = box_named(pharmacy, box)
    lines = {line.box: line for line in queries.boxes(pharmacy.reader, count.count_id, count.round)}
    me = pharmacy.person
    last = _counted_last(pharmacy, count, asked)
    refuse(
        None if asked in lines else violation("count.other_box", asked, count=count.count_id),
        rules.same_counter(asked, last, me.person_id, me.printed_name)
        if count.state is CountState.RECOUNT
        else None,
    )
    events: list[Event] = []
    before = begun_box(pharmacy, count)
    if before is not None and before.box != asked:
        events.append(BoxDone(count_id=count.count_id, box=before.box))
    events.append(BoxBegun(count_id=count.count_id, box=asked))
    return pharmacy.record(Task.COUNT, *events, op_id=op_id)


def _counted_last(pharmacy: Pharmacy, count: Count, box: str) -> PersonId | None:
    """Return who counted a box in the newest round before this one that it was part of."""
    for number in range(count.round - 1, 0, -1):
        for line in queries.boxes(pharmacy.reader, count.count_id, number):
            if line.box == box:
                return line.counted_by
    return None


def scan(
    pharmacy: Pharmacy, count_id: str, scanned: Scanned, position: str = "", *, op_id: str = ""
) -> Answer:
    """Record that a kit lies in the box that is open, whatever the record says of it.

    A number scanned again in the same box is recorded once; another position replaces the first.
    Raises Refused ``count.no_box`` before a box was begun, ``count.position_elsewhere`` for a
    position outside the box, and (noted) for what is no kit number.
    """
    pharmacy.require(Task.COUNT)
    count = _scanning(pharmacy, count_id)
    line = begun_box(pharmacy, count)
    if line is None:
        raise Refused([violation("count.no_box", count.count_id)])
    place = _position_in(pharmacy, line.box, position)
    number = KitNumber(pharmacy.scanned_kit_number(f"count/{count.count_id}", scanned))
    seen = queries.scans_of(pharmacy.reader, count.count_id, count.round, number)
    before = [one for one in seen if one.box == line.box]
    elsewhere = [one.box for one in seen if one.box != line.box]
    if before and place in {None, before[0].position}:
        return Answer(number, AGAIN, Appended())
    event = KitCounted(
        count_id=count.count_id,
        box=line.box,
        kit_number=number,
        position=place,
        typed=scanned.typed,
    )
    appended = pharmacy.record(Task.COUNT, event, op_id=op_id)
    kit = kit_queries.kit(pharmacy.reader, number)
    said = rules.answer_of(None if kit is None else kit.state)
    if elsewhere:
        return Answer(number, ELSEWHERE, appended, elsewhere[0])
    return Answer(number, said, appended)


def _position_in(pharmacy: Pharmacy, box: str, position: str) -> PositionId | None:
    """Return the position that was told, whole or as row and column of the box."""
    told = position.strip().upper()
    if not told:
        return None
    place = read_place(told if "-" in told else f"{box}-{told}", units(pharmacy))
    refuse(
        None
        if place.box_id == box
        else violation("count.position_elsewhere", place.position_id, box=box)
    )
    return place.position_id


def withdraw(pharmacy: Pharmacy, count_id: str, scanned: Scanned, *, op_id: str = "") -> Appended:
    """Take back a scan in the box that is open. Raises Refused ``count.not_scanned``."""
    count = _scanning(pharmacy, count_id)
    line = begun_box(pharmacy, count)
    if line is None:
        raise Refused([violation("count.no_box", count.count_id)])
    number = KitNumber(pharmacy.scanned_kit_number(f"count/{count.count_id}", scanned))
    seen = queries.scans_of(pharmacy.reader, count.count_id, count.round, number)
    here = line.box in {one.box for one in seen}
    refuse(None if here else violation("count.not_scanned", number, box=line.box))
    event = ScanWithdrawn(count_id=count.count_id, box=line.box, kit_number=number)
    return pharmacy.record(Task.COUNT, event, op_id=op_id)


def finish_box(pharmacy: Pharmacy, count_id: str, *, op_id: str = "") -> Appended:
    """Say that everything in the open box was scanned. Raises Refused ``count.no_box``."""
    count = _scanning(pharmacy, count_id)
    line = begun_box(pharmacy, count)
    if line is None:
        raise Refused([violation("count.no_box", count.count_id)])
    event = BoxDone(count_id=count.count_id, box=line.box)
    return pharmacy.record(Task.COUNT, event, op_id=op_id)


def close(
    pharmacy: Pharmacy, count_id: str, credential: Credential, *, op_id: str = ""
) -> CountClosed:
    """Compare what was scanned with the record, signed; from here on the differences may be seen.

    Without any the count is done. Raises Refused ``count.boxes_left`` while a box was not counted.
    """
    count = _scanning(pharmacy, count_id)
    lines = queries.boxes(pharmacy.reader, count.count_id, count.round)
    left = [line.box for line in lines if line.done_at is None]
    refuse(
        violation("count.boxes_left", count.count_id, boxes=", ".join(left[:12]), left=len(left))
        if left
        else None
    )
    found = rules.differences(queries.counted(pharmacy.reader, count.count_id))
    before = [line.difference for line in queries.differences(pharmacy.reader, count.count_id)]
    event = CountClosed(
        count_id=count.count_id,
        round=count.round,
        differences=found,
        recount=rules.to_recount(found, before, _all_boxes(pharmacy, count)),
    )
    pharmacy.record(Task.CLOSE_COUNT, event, credentials=[credential], op_id=op_id)
    return event


def _all_boxes(pharmacy: Pharmacy, count: Count) -> Sequence[str]:
    return [line.box for line in queries.boxes(pharmacy.reader, count.count_id, 1)]


def abandon(
    pharmacy: Pharmacy, count_id: str, because: str, credential: Credential, *, op_id: str = ""
) -> Appended:
    """End a count without a result, signed: it does not count as one.

    Raises Refused ``count.abandon_reason`` without a reason, ``count.not_counting`` once its
    differences stand.
    """
    count = _scanning(pharmacy, count_id)
    refuse(None if because.strip() else violation("count.abandon_reason", count.count_id))
    event = CountAbandoned(count_id=count.count_id, because=because.strip())
    return pharmacy.record(Task.CLOSE_COUNT, event, credentials=[credential], op_id=op_id)


def sign_off(
    pharmacy: Pharmacy, count_id: str, credential: Credential, *, op_id: str = ""
) -> Appended:
    """Sign that every difference is resolved. Raises Refused ``count.unresolved`` if one is not."""
    count = known(pharmacy, count_id)
    lines = queries.differences(pharmacy.reader, count.count_id)
    left = [line.difference.kit_number for line in lines if line.outcome is None]
    refuse(
        None
        if count.state is CountState.RESOLVING
        else violation("count.not_resolving", count.count_id, state=f"count_state.{count.state}"),
        violation("count.unresolved", count.count_id, kits=", ".join(left[:12]), left=len(left))
        if left
        else None,
    )
    event = CountSignedOff(count_id=count.count_id)
    return pharmacy.record(Task.SIGN_OFF_COUNT, event, credentials=[credential], op_id=op_id)


def _scanning(pharmacy: Pharmacy, count_id: str) -> Count:
    count = known(pharmacy, count_id)
    if count.state in rules.SCANNING:
        return count
    state = f"count_state.{count.state}"
    raise Refused([violation("count.not_counting", count.count_id, state=state)])


def overdue(pharmacy: Pharmacy) -> Overdue | None:
    """Return which boxes with kits were not counted in time, by the trial's own interval."""
    first, every = queries.first_movement(pharmacy.reader), pharmacy.trial.counts.every_days
    now = pharmacy.now()
    if first is None or (now - first).days < every:
        return None  # nothing can be older than the first kit: no box has to be looked at
    return rules.overdue(queries.uncounted_since(pharmacy.reader), now, every)


# Kits that turn up


def found(
    pharmacy: Pharmacy,
    scanned: Scanned,
    where: str,
    because: str,
    credential: Credential,
    *,
    op_id: str = "",
) -> Appended:
    """Record outside a count that a kit turned up that was missing, lost or used, signed.

    It waits in quarantine and counts again; ``where`` is a free position or words. Raises Refused
    ``count.not_gone`` for a kit on the shelf, ``count.dose_open`` while its dose is not over,
    ``count.found_where`` or ``count.found_why`` for what was not said.
    """
    kit = known_kit(pharmacy, scanned)
    refuse(
        *rules.cannot_be_found(kit),
        None if where.strip() else violation("count.found_where", kit.kit_number),
        None if because.strip() else violation("count.found_why", kit.kit_number),
    )
    events = turning_up(pharmacy, kit, where.strip(), because.strip())
    return pharmacy.record(
        Task.FIND_KIT, *events, credentials=[credential], op_id=op_id, reason=because.strip()
    )


def turning_up(pharmacy: Pharmacy, kit: Kit, where: str, because: str) -> list[Event]:
    """Return what is recorded of a kit that turned up, with its place if ``where`` names a free one."""
    named = position_named(pharmacy, where)
    place = None if named is None else named.position_id
    refuse(
        *rules.cannot_be_found(kit),
        taken(pharmacy, place, {kit.kit_number}) if place is not None else None,
    )
    events: list[Event] = [
        KitFound(kit_number=kit.kit_number, dose_id=kit.dose_id, where=where, because=because)
    ]
    if place is not None:
        events.append(KitStowed(kit_number=kit.kit_number, position=place, seconds_out=0))
    if rules.used(kit):
        raised = rules.REPORTED[DifferenceKind.OFF_SHELF]
        events.append(pharmacy.deviation(f"kit/{kit.kit_number}", raised))
    return events


def taken(pharmacy: Pharmacy, place: PositionId, going: Collection[str]) -> Violation | None:
    """Return the violation of a place that holds another kit than those ``going`` from it."""
    for kit in kit_queries.in_box(pharmacy.reader, rules.box_of(place)):
        if kit.position == place and kit.kit_number not in going:
            return violation("position.taken", place, kit=kit.kit_number)
    return None
