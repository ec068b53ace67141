"""Stock counts: what is compared with what, who counts again, how a difference may be resolved.

A count is blind: whoever scans is told nothing of what the record expects. Work goes on meanwhile,
so each scan is compared with the record **at the moment of that scan**, and a kit is missing only
if the record had it in a box **during the whole time in which the box was counted** and nobody
scanned it anywhere. A kit that was taken for a dose or moved while its box was open is therefore
never a difference; nor is one moved between boxes behind the counter's back, although it may then
be scanned in neither: a person held it in their hands and booked it, which is as good as a scan.

A difference stands once two people saw it: every box it touches is counted again by another person
than the one who counted it last, until a round finds nothing that the round before did not.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from msgspec import structs

from pharmacy_app.domain.events.counting import (
    CountDifference,
    DifferenceKind,
    Outcome,
    RootCause,
)
from pharmacy_app.domain.ids import KitNumber, PersonId, PositionId
from pharmacy_app.domain.kits import ON_SHELF, Disposal, Kit, KitState, unlawful
from pharmacy_app.domain.refusal import Violation, violation

OUTSIDE = "outside"
"""The place of kits in the pharmacy's keeping that the record has in no box."""


class CountState(StrEnum):
    """Where a count stands."""

    COUNTING = "counting"
    RECOUNT = "recount"
    RESOLVING = "resolving"
    DONE = "done"
    ABANDONED = "abandoned"


SCANNING = frozenset({CountState.COUNTING, CountState.RECOUNT})
"""States in which kits are scanned, and nothing is told of what the record expects."""

RECORDED = "recorded"
"""What is told of a kit about which there is nothing to tell."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A kit as it was scanned in a box, and what the record said of it at that moment.

    ``position`` is where in the box somebody said it lies; ``state`` is None for a kit of no package.
    """

    kit_number: KitNumber
    box: str
    position: PositionId | None
    state: KitState | None
    recorded: PositionId | None

    @property
    def place(self) -> str:
        """The position if it was told, else the box."""
        return self.position or self.box


@dataclass(frozen=True, slots=True)
class CountedBox:
    """A box as it was last counted: what was due in it all the while, and what was scanned."""

    box: str
    due: Mapping[KitNumber, PositionId | None]
    seen: tuple[Seen, ...]


def box_of(position: str) -> str:
    """Return the box of a position; `OUTSIDE` for no position."""
    return position.rpartition("-")[0] or OUTSIDE


def scoped(scope: str, boxes: Sequence[str]) -> tuple[str, ...]:
    """Return the boxes of a scope: a unit, a rack, a box, or everything (empty) and `OUTSIDE`."""
    if not scope:
        return (*boxes, OUTSIDE)
    return tuple(box for box in boxes if box == scope or box.startswith(f"{scope}-"))


def answer_of(state: KitState | None) -> str:
    """Return what whoever scanned is told: ``recorded``, ``unknown``, ``off_shelf``, ``not_received``.

    It says what the kit is, by its state (None: of no package), never where it is expected.
    """
    if state is None:
        return DifferenceKind.UNKNOWN
    if state is KitState.EXPECTED:
        return DifferenceKind.NOT_RECEIVED
    return RECORDED if state in ON_SHELF else DifferenceKind.OFF_SHELF


def differences(boxes: Sequence[CountedBox]) -> tuple[CountDifference, ...]:
    """Return every kit about which the counted boxes and the record differ, by number."""
    seen: dict[KitNumber, list[Seen]] = {}
    for box in boxes:
        for one in box.seen:
            seen.setdefault(one.kit_number, []).append(one)
    found = {number: _difference(scans) for number, scans in seen.items()}
    for box in boxes:
        for number, recorded in box.due.items():
            if number not in seen:
                found[number] = _told(DifferenceKind.MISSING, number, recorded)
    differing = _paired({number: one for number, one in found.items() if one is not None})
    return tuple(differing[number] for number in sorted(differing))


def _difference(scans: Sequence[Seen]) -> CountDifference | None:
    """Return how the scans of one kit differ from the record; None if each was right at its time."""
    kinds = [(one, kind) for one in scans if (kind := _kind(one)) is not None]
    if not kinds:
        return None
    one, kind = kinds[0]
    if len(scans) > 1 and kind is not DifferenceKind.UNKNOWN:
        kind = DifferenceKind.TWICE
    return _told(kind, one.kit_number, one.recorded, *(scan.place for scan in scans))


def _kind(one: Seen) -> DifferenceKind | None:
    if one.state is None:
        return DifferenceKind.UNKNOWN
    if one.state is KitState.EXPECTED:
        return DifferenceKind.NOT_RECEIVED
    if one.state not in ON_SHELF:
        return DifferenceKind.OFF_SHELF
    if box_of(one.recorded or "") == one.box:
        moved = one.position is not None and one.position != one.recorded
        return DifferenceKind.MISFILED if moved else None
    return DifferenceKind.UNPLACED if one.recorded is None else DifferenceKind.MISFILED


def _told(
    kind: DifferenceKind, number: KitNumber, recorded: PositionId | None, *found: str
) -> CountDifference:
    return CountDifference(kind=kind, kit_number=number, recorded=recorded or "", found=found)


def _paired(found: Mapping[KitNumber, CountDifference]) -> dict[KitNumber, CountDifference]:
    """Turn misfiled kits into swapped ones where they lie in one another's places, in a ring.

    Where only boxes were scanned, two kits are a pair if no third crossed between their boxes.
    """
    told = dict(found)
    misfiled = [one for one in found.values() if one.kind is DifferenceKind.MISFILED]
    crossing = {
        one.kit_number: [other.kit_number for other in misfiled if _crosses(one, other)]
        for one in misfiled
    }
    by_record = {one.recorded: one for one in misfiled if one.recorded}
    for one in misfiled:
        others = crossing[one.kit_number]
        pair = others if len(others) == 1 and crossing[others[0]] == [one.kit_number] else []
        if with_it := pair or _ring(one, by_record):
            told[one.kit_number] = structs.replace(
                one, kind=DifferenceKind.SWAPPED, pair=" ".join(with_it)
            )
    return told


def _ring(first: CountDifference, by_record: Mapping[str, CountDifference]) -> list[KitNumber]:
    """Return the other kits of a ring in which each lies where the next is recorded; empty if none."""
    others: list[KitNumber] = []
    step = by_record.get(first.found[0])
    while step is not None and step is not first and step.kit_number not in others:
        others.append(step.kit_number)
        step = by_record.get(step.found[0])
    return others if step is first else []


def _crosses(one: CountDifference, other: CountDifference) -> bool:
    both = (one.kind, other.kind) == (DifferenceKind.MISFILED, DifferenceKind.MISFILED)
    return (
        both
        and one is not other
        and _lies_at(one, other.recorded)
        and _lies_at(other, one.recorded)
    )


def _lies_at(one: CountDifference, place: str) -> bool:
    """Whether a kit was found in a position, or in its box where no position was told."""
    (found,) = one.found
    return bool(place) and (found == place or (found == box_of(place) and place != one.recorded))


def to_recount(
    found: Iterable[CountDifference], before: Collection[CountDifference], boxes: Sequence[str]
) -> tuple[str, ...]:
    """Return the boxes of a count that another person must look into: those of new differences."""
    known = {(one.kind, one.kit_number) for one in before}
    touched = {
        place if place in boxes else box_of(place)
        for one in found
        if (one.kind, one.kit_number) not in known
        for place in (*one.found, *([one.recorded] if one.recorded or not one.found else []))
    }
    return tuple(box for box in boxes if box in touched)


# What may be done


OUTCOMES: Mapping[DifferenceKind, tuple[Outcome, ...]] = {
    DifferenceKind.MISFILED: (Outcome.PLACED, Outcome.EXPLAINED),
    DifferenceKind.SWAPPED: (Outcome.PLACED, Outcome.EXPLAINED),
    DifferenceKind.MISSING: (Outcome.LOST, Outcome.PLACED, Outcome.EXPLAINED),
    DifferenceKind.UNPLACED: (Outcome.PLACED, Outcome.EXPLAINED),
    DifferenceKind.OFF_SHELF: (Outcome.FOUND, Outcome.SET_APART, Outcome.EXPLAINED),
    DifferenceKind.NOT_RECEIVED: (Outcome.SET_APART, Outcome.EXPLAINED),
    DifferenceKind.UNKNOWN: (Outcome.SET_APART,),
    DifferenceKind.TWICE: (Outcome.PLACED, Outcome.SET_APART),
}
"""What may be done about each kind of difference, the usual first."""

REPORTED: Mapping[DifferenceKind, str] = {
    DifferenceKind.OFF_SHELF: "count.used_kit_found",
    DifferenceKind.NOT_RECEIVED: "count.kit_not_received",
    DifferenceKind.UNKNOWN: "count.unknown_kit",
    DifferenceKind.TWICE: "count.two_kits_one_number",
}
"""The deviation that is raised about a kit set apart."""

KIT_LOST = "count.kit_lost"

_AWAY = frozenset({KitState.LOST, KitState.MISSING})
_AT_WORK = frozenset(
    {
        KitState.OUT_OF_STORAGE,
        KitState.THAWED,
        KitState.PREPARED,
        KitState.RELEASED,
        KitState.HANDED_OVER,
    }
)
"""States of kits whose dose is not over: what became of them is told there first."""


def used(kit: Kit) -> bool:
    """Whether the record says that a kit went into a dose, or left the pharmacy for good."""
    return kit.state not in ON_SHELF | _AWAY


def cannot_be_found(kit: Kit) -> tuple[Violation | None, ...]:
    """Return why a kit cannot be recorded as found; nothing but None if it can."""
    number, state = kit.kit_number, f"kit_state.{kit.state}"
    return (
        violation("count.not_gone", number, state=state) if kit.state in ON_SHELF else None,
        violation("kit.not_received", number, state=state, because=kit.because)
        if kit.state is KitState.EXPECTED
        else None,
        violation("count.dose_open", number, state=state, dose=kit.dose_id or "")
        if kit.state in _AT_WORK
        else None,
        violation("kit.listed_for_disposal", number) if kit.disposal is Disposal.LISTED else None,
    )


def cannot_be_lost(kit: Kit) -> tuple[Violation | None, ...]:
    """Return why a kit cannot be recorded as lost; nothing but None if it can."""
    listed = kit.disposal is Disposal.LISTED
    return (
        unlawful(kit, KitState.LOST),
        violation("kit.listed_for_disposal", kit.kit_number) if listed else None,
    )


def turned_up(kit: Kit) -> Violation | None:
    """Return the violation of quarantining a kit that the record has given up: it is found first."""
    if kit.state not in _AWAY:
        return None
    return violation("count.find_first", kit.kit_number, state=f"kit_state.{kit.state}")


def not_explained(difference: CountDifference, kit: Kit | None) -> Violation | None:
    """Return the violation of a difference that no act since has done away with."""
    number = difference.kit_number
    if kit is None:
        return violation("count.not_explained", number)
    on_shelf = kit.state in ON_SHELF
    gone_up = {DifferenceKind.OFF_SHELF, DifferenceKind.NOT_RECEIVED}
    moved = (kit.position or "") != difference.recorded
    agrees = on_shelf if difference.kind in gone_up else moved or not on_shelf
    return None if agrees else violation("count.not_explained", number)


def unlawful_outcome(kind: DifferenceKind, outcome: Outcome, record: str) -> Violation | None:
    """Return the violation of an outcome that this kind of difference does not have."""
    if outcome in OUTCOMES[kind]:
        return None
    return violation(
        "count.other_outcome",
        record,
        kind=f"difference.{kind}",
        outcome=f"count_outcome.{outcome}",
        allowed=", ".join(f"count_outcome.{one}" for one in OUTCOMES[kind]),
    )


def unsaid(cause: RootCause, remarks: str, record: str) -> Violation | None:
    """Return the violation of another cause than the listed ones that nobody described."""
    said = cause is not RootCause.OTHER or remarks.strip()
    return None if said else violation("count.cause_unsaid", record)


def same_counter(box: str, before: PersonId | None, now: PersonId, name: str) -> Violation | None:
    """Return the violation of somebody who would count a box again that they counted last."""
    return violation("count.same_person", box, name=name) if before == now else None


# How old counts are


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many boxes were not counted in time, and since when the oldest was not."""

    boxes: int
    since: datetime


def overdue(since: Mapping[str, datetime], now: datetime, every_days: int) -> Overdue | None:
    """Return the boxes whose last count, or first kit, is older than so many days; None if none."""
    late = [at for at in since.values() if (now - at).days >= every_days]
    return Overdue(len(late), min(late)) if late else None
