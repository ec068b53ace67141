"""Long lists of kits: any row of any order by its place, without counting or sorting rows.

Kits that are alike (state, type, lot, expiry) lie together in one index, and `kit_tally` says how many
there are. An order of the list is therefore an order of such groups, read once as an outline; a page
is looked up in the outline and read from a few groups.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import Any

from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.queries.unblinded.kits import COLUMNS, KitFilter, kit_of_row, narrowed
from pharmacy_app.records.reading import Reader

MOST_FOUND = 1_000
"""Of a part of a kit number not more kits are looked for; more letters find fewer."""


class Order(StrEnum):
    """What a list is ordered by; kits that are equal in it follow by the rest, then by number."""

    NUMBER = "kit_number"
    TYPE = "kit_type"
    LOT = "lot"
    EXPIRY = "expiry"
    STATE = "state"
    PLACE = "coalesce(position, '')"
    TIME_OUT = "seconds_out"


_ALIKE = ("state", "kit_type", "lot", "expiry")
_BEHIND = {
    Order.TYPE: ("kit_type", "lot", "expiry", "state"),
    Order.LOT: ("lot", "expiry", "state", "kit_type"),
    Order.EXPIRY: ("expiry", "lot", "state", "kit_type"),
    Order.STATE: ("state", "kit_type", "expiry", "lot"),
}
_STRAIGHT = {Order.PLACE: "kit_by_place", Order.TIME_OUT: "kit_by_time_out"}
"""Orders in which kits that are alike do not lie together: walked along an index of their own."""
_BLOCK = "kit_number >= ? AND kit_number < ? || char(1114111) AND length(kit_number) = CAST(? AS INTEGER)"
_GROUP = "state = ? AND kit_type = ? AND lot = ? AND expiry = ?"


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: what it is narrowed to, by what and in which direction it is sorted."""

    wanted: KitFilter
    order: Order = Order.EXPIRY
    descending: bool = False


class KitList:
    """The kits that a filter leaves, in an order; it holds the outline, no kit.

    It is right until a kit changes: make a new one then. Only of a part of a number are the kits
    themselves held, `MOST_FOUND` at the most.
    """

    def __init__(self, reader: Reader, asked: Listing) -> None:
        wanted, order = asked.wanted, asked.order
        self._reader = reader
        self._conditions, self._values = narrowed(replace(wanted, text=""))
        self._order = order
        self._descending = asked.descending
        self._way = "DESC" if asked.descending else "ASC"
        self._found: list[Kit] | None = None
        self.cut = False
        text = wanted.text.strip().upper()
        if text:
            found = self._containing(text)
            self.cut = len(found) > MOST_FOUND
            found = found[:MOST_FOUND]
            found.sort(key=lambda kit: _place(kit, order), reverse=asked.descending)
            self._found = found
            self.total = len(found)
            return
        self._groups = self._outline(order)
        self._ends = list(accumulate(group[-1] for group in self._groups))
        self.total = self._ends[-1] if self._ends else 0

    def rows(self, first: int, limit: int) -> list[Kit]:
        """Return up to ``limit`` kits from the row ``first`` (0 is the first) on."""
        if self._found is not None:
            return self._found[first : first + limit]
        rows: list[Kit] = []
        at = bisect_right(self._ends, first)
        skip = first - (self._ends[at - 1] if at else 0)
        while at < len(self._groups) and len(rows) < limit:
            left = limit - len(rows)
            rows += self._of_group(self._groups[at], skip, min(left, self._groups[at][-1] - skip))
            at, skip = at + 1, 0
        return rows

    def _outline(self, order: Order) -> Sequence[tuple[Any, ...]]:
        where = "".join(f" AND {condition}" for condition in self._conditions)
        if order in _STRAIGHT:
            sql = f"SELECT coalesce(sum(number), 0) FROM kit_tally WHERE block = ''{where}"  # noqa: S608 - constants
        elif order is Order.NUMBER:
            sql = (
                f"SELECT block, sum(number) FROM kit_tally WHERE block > ''{where}"  # noqa: S608 - constants
                f" GROUP BY block ORDER BY block {self._way}"
            )
        else:
            by = ", ".join(f"{column} {self._way}" for column in _BEHIND[order])
            sql = (
                f"SELECT {', '.join(_ALIKE)}, number FROM kit_tally WHERE block = ''{where}"  # noqa: S608 - constants
                f" ORDER BY {by}"
            )
        return self._reader.rows(sql, self._values)

    def place_of(self, kit: Kit) -> int | None:
        """Return the row in which a kit stands, or None if the filter leaves it out."""
        if self._found is not None:
            numbers = [found.kit_number for found in self._found]
            return numbers.index(kit.kit_number) if kit.kit_number in numbers else None
        named = self._named(kit)
        width = len(named)
        at = next((n for n, group in enumerate(self._groups) if group[:width] == named), None)
        if at is None:
            return None
        where, values = self._within(self._groups[at])
        key = {Order.PLACE: kit.position or "", Order.TIME_OUT: kit.seconds_out}
        before = ">" if self._descending else "<"
        found = self._reader.one(
            f"SELECT count(*) FILTER (WHERE ({self._column}, kit_number) {before} (?, ?)),"  # noqa: S608 - constants
            f" max(kit_number = ?) FROM kit {where}",
            (key.get(self._order, ""), kit.kit_number, kit.kit_number, *values),
        )
        if found is None or not found[1]:
            return None
        return int(self._ends[at] - self._groups[at][-1] + found[0])

    def _named(self, kit: Kit) -> tuple[str, ...]:
        if self._order in _STRAIGHT:
            return ()
        return (_block(kit.kit_number),) if self._order is Order.NUMBER else _like(kit)

    @property
    def _column(self) -> str:
        """Which column comes before the number within a group; a constant where none does."""
        return str(self._order) if self._order in _STRAIGHT else "''"

    def _within(self, group: tuple[Any, ...]) -> tuple[str, tuple[str, ...]]:
        # The plus keeps the search on the index that has the order.
        narrower = "".join(f" AND +{condition}" for condition in self._conditions)
        if self._order in _STRAIGHT:
            return f"INDEXED BY {_STRAIGHT[self._order]} WHERE 1{narrower}", tuple(self._values)
        if self._order is not Order.NUMBER:
            return f"INDEXED BY kit_listed WHERE {_GROUP}", group[:4]
        length, start = group[0][:3], group[0][3:]
        return f"WHERE {_BLOCK}{narrower}", (start, start, length, *self._values)

    def _of_group(self, group: tuple[Any, ...], skip: int, limit: int) -> list[Kit]:
        where, values = self._within(group)
        after = group[-1] - skip - limit
        backwards = after < skip
        way = "DESC" if self._descending is not backwards else "ASC"
        by = f"{self._order} {way}, " if self._order in _STRAIGHT else ""
        rows = self._reader.rows(
            f"SELECT {COLUMNS} FROM kit {where}"  # noqa: S608 - constants
            f" ORDER BY {by}kit_number {way} LIMIT ? OFFSET ?",
            (*values, limit, after if backwards else skip),
        )
        return [kit_of_row(row) for row in (reversed(rows) if backwards else rows)]

    def _containing(self, text: str) -> list[Kit]:
        # An index that holds the number and what is narrowed to is scanned, not the wide rows.
        narrower = "".join(f" AND {condition}" for condition in self._conditions)
        rows = self._reader.rows(
            f"SELECT {COLUMNS} FROM kit INDEXED BY kit_listed"  # noqa: S608 - constants
            f" WHERE instr(kit_number, ?) > 0{narrower} LIMIT ?",
            (text, *self._values, MOST_FOUND + 1),
        )
        return [kit_of_row(row) for row in rows]


def _block(number: str) -> str:
    return f"{len(number):03d}{number[:-3]}"


def _like(kit: Kit) -> tuple[str, ...]:
    return (str(kit.state), kit.kit_type, kit.lot, stamp(kit.expiry))


def _place(kit: Kit, order: Order) -> tuple[object, ...]:
    number = (len(kit.kit_number), kit.kit_number)
    if order is Order.NUMBER:
        return number
    if order in _STRAIGHT:
        return (kit.position or "" if order is Order.PLACE else kit.seconds_out, kit.kit_number)
    of = dict(zip(_ALIKE, _like(kit), strict=True))
    return (*(of[column] for column in _BEHIND[order]), kit.kit_number)
