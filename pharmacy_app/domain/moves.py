"""Moves staged together: what stands in their way, and in which order they can be done.

Kits may follow one another (A to B, B to C) and change places; a list is lawful if afterwards every
kit lies in one place, and no place holds two.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pharmacy_app.domain.ids import KitNumber, KitTypeCode, PositionId
from pharmacy_app.domain.kits import ON_SHELF, Kit
from pharmacy_app.domain.locations import Unit, read_position, unfit_for
from pharmacy_app.domain.refusal import Violation, violation


@dataclass(frozen=True, slots=True)
class Move:
    """A kit on its way to a place; ``seconds_out`` is its time out of storage for it, so far as told."""

    kit: Kit
    target: PositionId
    seconds_out: int = 0


@dataclass(frozen=True, slots=True)
class PlannedMove:
    """A move with what stands in its way; ``set_aside``: its kit is lifted first and put down last."""

    move: Move
    conflicts: tuple[Violation, ...] = ()
    set_aside: bool = False

    @property
    def source(self) -> PositionId | None:
        """Where the kit lies now."""
        return self.move.kit.position


@dataclass(frozen=True, slots=True)
class Shelf:
    """What moves are measured against: the units, who lies where, what is blocked, who bears what."""

    units: Mapping[str, Unit]
    occupants: Mapping[PositionId, KitNumber]
    blocked: Mapping[PositionId, str]
    limits_c: Mapping[KitTypeCode, Decimal]
    """The warmest that each type of kit may be kept, in °C."""


def bars(move: Move, shelf: Shelf, leaving: frozenset[KitNumber] = frozenset()) -> list[Violation]:
    """Return everything that keeps one kit from its place; kits that are ``leaving`` do not."""
    kit, target = move.kit, move.target
    place = read_position(target)
    unit = shelf.units.get(place.unit)
    if unit is None or not unit.capacity.holds(place):
        rule = "position.unknown_unit" if unit is None else "position.outside"
        return [violation(rule, target, unit=place.unit)]
    holder = shelf.occupants.get(target)
    still = kit.position == target
    taken = holder is not None and not still and holder not in leaving
    found = (
        None
        if kit.state in ON_SHELF
        else violation("kit.not_for_shelf", kit.kit_number, state=f"kit_state.{kit.state}"),
        violation("move.nowhere", kit.kit_number, place=target) if still else None,
        violation("position.taken", target, kit=holder) if taken and holder is not None else None,
        violation("position.blocked", target, why=shelf.blocked[target])
        if target in shelf.blocked
        else None,
        unfit_for(unit, target, shelf.limits_c[kit.kit_type])
        if kit.kit_type in shelf.limits_c
        else None,
    )
    return [one for one in found if one is not None]


def planned(moves: Sequence[Move], shelf: Shelf) -> tuple[PlannedMove, ...]:
    """Return the moves in an order in which they can be done, each with what stands in its way.

    A move whose target another one clears comes after it. Where kits change places in a ring, one is
    set aside first. Moves in conflict keep their place in the order: the person mends them.
    """
    kits = Counter(move.kit.kit_number for move in moves)
    targets = Counter(move.target for move in moves)
    leaving = frozenset(
        move.kit.kit_number for move in moves if move.kit.position not in {None, move.target}
    )
    told = [
        PlannedMove(
            move,
            (
                *bars(move, shelf, leaving),
                *_among_themselves(move, kits, targets),
            ),
        )
        for move in moves
    ]
    if any(one.conflicts for one in told):
        return tuple(told)
    return _in_order(told)


def _among_themselves(
    move: Move, kits: Counter[KitNumber], targets: Counter[PositionId]
) -> list[Violation]:
    number, target = move.kit.kit_number, move.target
    found = (
        violation("move.same_kit", number, times=kits[number]) if kits[number] > 1 else None,
        violation("move.same_place", target, times=targets[target])
        if targets[target] > 1
        else None,
    )
    return [one for one in found if one is not None]


def _in_order(moves: Sequence[PlannedMove]) -> tuple[PlannedMove, ...]:
    """Follow the places: a kit goes once the one in its place has gone; a ring begins with a lift."""
    by_source = {one.source: one for one in moves if one.source is not None}
    done: dict[KitNumber, PlannedMove] = {}
    for first in moves:
        chain: list[PlannedMove] = []
        step: PlannedMove | None = first
        while step is not None and step.move.kit.kit_number not in done:
            if step in chain:  # the ring is closed: whoever began it is in the hand meanwhile
                chain[0] = replace(chain[0], set_aside=True)
                break
            chain.append(step)
            step = by_source.get(step.move.target)
        for one in reversed(chain):
            done[one.move.kit.kit_number] = one
    return tuple(done.values())
