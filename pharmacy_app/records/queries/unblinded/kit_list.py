"""Long lists of kits: any row of any order by its place, without counting or sorting rows.

Kits that are alike (state, type, lot, expiry) lie together in one index, and `kit_tally` says how many
there are. An order by these is an order of such groups (`Grouped`). An order by number, place or time out
walks an index of its own (`kit_walk.Walked`). A few kits are simply held (`Held`).
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import Protocol

from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.queries.unblinded.kit_walk import Walk, Walked
from pharmacy_app.records.queries.unblinded.kits import COLUMNS, KitFilter, kit_of_row, narrowed
from pharmacy_app.records.reading import Reader

FEW = 1_000
"""So many kits are read whole and held."""
MOST_FOUND = 1_000
"""Of a part of a kit number not more kits are looked for; more letters find fewer."""
LOOKED_UP = 5_000
"""So many rows are looked up one by one; of more an index is read through."""


class Order(StrEnum):
    """What a list is ordered by; kits that are equal in it follow by the rest, then by number."""

    NUMBER = "number"
    TYPE = "type"
    LOT = "lot"
    EXPIRY = "expiry"
    STATE = "state"
    PLACE = "place"
    TIME_OUT = "time_out"


_BEHIND = {
    Order.TYPE: ("kit_type", "lot", "expiry", "state"),
    Order.LOT: ("lot", "expiry", "state", "kit_type"),
    Order.EXPIRY: ("expiry", "lot", "state", "kit_type"),
    Order.STATE: ("state", "kit_type", "expiry", "lot"),
}
_WALKS = {
    Order.NUMBER: Walk("kit_by_number", (), lambda kit: (kit.kit_number,)),
    Order.PLACE: Walk("kit_by_place", ("place",), lambda kit: (kit.position or "", kit.kit_number)),
    Order.TIME_OUT: Walk(
        "kit_by_time_out", ("seconds_out",), lambda kit: (kit.seconds_out, kit.kit_number)
    ),
}
_OF_GROUP = (
    f"SELECT {COLUMNS} FROM kit INDEXED BY kit_listed"  # noqa: S608 - constants
    " WHERE state = ? AND kit_type = ? AND lot = ? AND expiry = ? ORDER BY kit_number {} LIMIT ? OFFSET ?"
)
_NUMBERS = "SELECT kit_number FROM kit WHERE instr(kit_number, ?) > 0 LIMIT ?"
_BEFORE_IN_GROUP = (
    "SELECT count(*) FILTER (WHERE kit_number < ?), max(kit_number = ?) FROM kit INDEXED BY kit_listed"
    " WHERE state = ? AND kit_type = ? AND lot = ? AND expiry = ?"
)


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: what it is narrowed to, by what and in which direction it is sorted."""

    wanted: KitFilter
    order: Order = Order.EXPIRY
    descending: bool = False


class KitList(Protocol):
    """The kits that a filter leaves, in an order; right until a kit changes: list anew then."""

    @property
    def total(self) -> int:
        """How many kits there are."""

    @property
    def cut(self) -> bool:
        """Whether there are more than are listed."""

    def rows(self, first: int, limit: int) -> list[Kit]:
        """Return up to ``limit`` kits from the row ``first`` (0 is the first) on."""

    def place_of(self, kit: Kit) -> int | None:
        """Return the row in which a kit stands, or None if the filter leaves it out."""


def kit_list(reader: Reader, asked: Listing) -> KitList:
    """Return the list of the kits that are asked for."""
    wanted = replace(asked.wanted, text="")
    text = asked.wanted.text.strip().upper()
    groups = Grouped(reader, replace(asked, wanted=wanted))
    if groups.total <= FEW and (text or asked.order in _WALKS):
        return Held([kit for kit in groups.rows(0, FEW) if text in kit.kit_number], asked)
    if text:
        return Held(_containing(reader, text, wanted), asked)
    if asked.order in _WALKS:
        narrower, way = narrowed(wanted), _WALKS[asked.order]
        return Walked(reader, way, narrower, groups.total, descending=asked.descending)
    return groups


class Held:
    """A few kits, at hand."""

    def __init__(self, kits: Sequence[Kit], asked: Listing) -> None:
        self.cut = len(kits) > MOST_FOUND
        self._kits = sorted(
            kits[:MOST_FOUND], key=lambda kit: _rank(kit, asked.order), reverse=asked.descending
        )
        self.total = len(self._kits)

    def rows(self, first: int, limit: int) -> list[Kit]:
        """See `KitList`."""
        return self._kits[first : first + limit]

    def place_of(self, kit: Kit) -> int | None:
        """See `KitList`."""
        numbers = [held.kit_number for held in self._kits]
        return numbers.index(kit.kit_number) if kit.kit_number in numbers else None


class Grouped:
    """Kits by what groups of them have in common: the groups are held, no kit is."""

    cut = False

    def __init__(self, reader: Reader, asked: Listing) -> None:
        self._reader = reader
        self._descending = asked.descending
        conditions, values = narrowed(asked.wanted)
        way = "DESC" if asked.descending else "ASC"
        by = ", ".join(f"{column} {way}" for column in _BEHIND.get(asked.order, ("1",)))
        where = "".join(f" AND {condition}" for condition in conditions)
        self._groups = reader.rows(
            "SELECT state, kit_type, lot, expiry, number FROM kit_tally"  # noqa: S608 - constants
            f" WHERE number > 0{where} ORDER BY {by}",
            values,
        )
        self._ends = list(accumulate(group[-1] for group in self._groups))
        self.total = self._ends[-1] if self._ends else 0

    def rows(self, first: int, limit: int) -> list[Kit]:
        """See `KitList`."""
        rows: list[Kit] = []
        at = bisect_right(self._ends, first)
        skip = first - (self._ends[at - 1] if at else 0)
        while at < len(self._groups) and len(rows) < limit:
            there = self._groups[at][-1] - skip
            rows += self._of_group(at, skip, min(limit - len(rows), there))
            at, skip = at + 1, 0
        return rows

    def place_of(self, kit: Kit) -> int | None:
        """See `KitList`."""
        alike = (str(kit.state), kit.kit_type, kit.lot, stamp(kit.expiry))
        at = next((n for n, group in enumerate(self._groups) if group[:4] == alike), None)
        if at is None:
            return None
        found = self._reader.one(_BEFORE_IN_GROUP, (kit.kit_number, kit.kit_number, *alike))
        if found is None or not found[1]:
            return None
        number, before = self._groups[at][-1], int(found[0])
        in_group = number - 1 - before if self._descending else before
        return int(self._ends[at] - number + in_group)

    def _of_group(self, at: int, skip: int, limit: int) -> list[Kit]:
        *alike, number = self._groups[at]
        after = number - skip - limit
        backwards = after < skip  # from the nearer end of the group
        way = "DESC" if self._descending is not backwards else "ASC"
        rows = self._reader.rows(
            _OF_GROUP.format(way), (*alike, limit, after if backwards else skip)
        )
        return [kit_of_row(row) for row in (reversed(rows) if backwards else rows)]


def _containing(reader: Reader, text: str, wanted: KitFilter) -> list[Kit]:
    conditions, values = narrowed(wanted)
    narrower = "".join(f" AND +{condition}" for condition in conditions)
    # The smallest index is read first, it holds nothing but the numbers; if they are too many to look
    # each of them up, the one that also holds what is narrowed to.
    numbers = [row[0] for row in reader.rows(_NUMBERS, (text, LOOKED_UP + 1))]
    few = len(numbers) <= LOOKED_UP
    source = "kit WHERE kit_number IN (SELECT value FROM json_each(?))"
    if not few:
        source = "kit INDEXED BY kit_by_number WHERE instr(kit_number, ?) > 0"
    rows = reader.rows(
        f"SELECT {COLUMNS} FROM {source}{narrower} LIMIT ?",  # noqa: S608 - constants
        (json.dumps(numbers) if few else text, *values, MOST_FOUND + 1),
    )
    return [kit_of_row(row) for row in rows]


def _rank(kit: Kit, order: Order) -> tuple[str | int, ...]:
    if order in _WALKS:
        return _WALKS[order].key_of(kit)
    of = {
        "state": str(kit.state),
        "kit_type": kit.kit_type,
        "lot": kit.lot,
        "expiry": stamp(kit.expiry),
    }
    return (*(of[column] for column in _BEHIND[order]), kit.kit_number)
