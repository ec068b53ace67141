"""Lists of kits in any order, read by pages from either end; a page costs the same wherever it is.

Each order is a keyset: a column and the kit number, with an index of its own. A page begins behind a key,
before one, or at an end; nothing is skipped row by row but from the nearer end, and then by
the index alone.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.queries.unblinded.kits import COLUMNS, KitFilter, kit_of_row
from pharmacy_app.records.reading import Reader

Key = tuple[Any, str]


class Order(StrEnum):
    """What a list of kits is sorted by; kits that are equal in it follow by number."""

    NUMBER = "kit_number"
    TYPE = "kit_type"
    LOT = "lot"
    EXPIRY = "expiry"
    PLACE = "coalesce(position, '')"
    STATE = "state"
    TIME_OUT = "seconds_out"


@dataclass(frozen=True, slots=True)
class KitList:
    """One list: what it is narrowed to, by what and in which direction it is sorted."""

    wanted: KitFilter
    order: Order = Order.EXPIRY
    descending: bool = False

    def key_of(self, kit: Kit) -> Key:
        """Return what places a kit in the list."""
        values = {
            Order.NUMBER: kit.kit_number,
            Order.TYPE: kit.kit_type,
            Order.LOT: kit.lot,
            Order.EXPIRY: stamp(kit.expiry),
            Order.PLACE: kit.position or "",
            Order.STATE: str(kit.state),
            Order.TIME_OUT: kit.seconds_out,
        }
        return values[self.order], kit.kit_number


def behind(reader: Reader, asked: KitList, key: Key | None, limit: int) -> list[Kit]:
    """Return up to ``limit`` kits behind a key, or from the beginning, in the list's order."""
    return _read(reader, asked, key, limit, backwards=False)


def before(reader: Reader, asked: KitList, key: Key | None, limit: int) -> list[Kit]:
    """Return up to ``limit`` kits before a key, or up to the end, in the list's order."""
    return _read(reader, asked, key, limit, backwards=True)[::-1]


def total(reader: Reader, wanted: KitFilter) -> int:
    """Return how many kits a filter leaves; only a text or an expiry has to look at kits."""
    if not wanted.text.strip() and wanted.expires_before is None:
        conditions, values = _equal(wanted)
        where = " AND ".join(conditions) or "1"
        sql = f"SELECT coalesce(sum(kits), 0) FROM kit_tally WHERE {where}"  # noqa: S608 - constants
    else:
        conditions, values = _narrowed(wanted)
        sql = f"SELECT count(*) FROM kit WHERE {' AND '.join(conditions)}"  # noqa: S608 - constants
    row = reader.one(sql, values)
    return 0 if row is None else int(row[0])


def key_at(reader: Reader, asked: KitList, number: int, of: int) -> Key | None:
    """Return the key of the row with a number (from 0) of so many, by the nearer end; None beyond."""
    backwards = number > of // 2
    skipped = of - 1 - number if backwards else number
    conditions, values = _narrowed(asked.wanted)
    row = reader.one(
        f"SELECT {asked.order}, kit_number FROM kit WHERE {' AND '.join(conditions) or '1'}"  # noqa: S608 - constants
        f" ORDER BY {_sorted(asked, backwards=backwards)} LIMIT 1 OFFSET ?",
        [*values, skipped],
    )
    return None if row is None else (row[0], str(row[1]))


def number_of(reader: Reader, asked: KitList, key: Key) -> int:
    """Return how many kits stand before a key: the number of its row, from 0."""
    conditions, values = _narrowed(asked.wanted)
    conditions.append(f"({asked.order}, kit_number) {'>' if asked.descending else '<'} (?, ?)")
    row = reader.one(
        f"SELECT count(*) FROM kit WHERE {' AND '.join(conditions)}",  # noqa: S608 - constants
        [*values, *key],
    )
    return 0 if row is None else int(row[0])


def _read(
    reader: Reader, asked: KitList, key: Key | None, limit: int, *, backwards: bool
) -> list[Kit]:
    conditions, values = _narrowed(asked.wanted)
    if key is not None:
        falling = asked.descending is not backwards
        conditions.append(f"({asked.order}, kit_number) {'<' if falling else '>'} (?, ?)")
        values += key
    rows = reader.rows(
        f"SELECT {COLUMNS} FROM kit WHERE {' AND '.join(conditions) or '1'}"  # noqa: S608 - constants
        f" ORDER BY {_sorted(asked, backwards=backwards)} LIMIT ?",
        [*values, limit],
    )
    return [kit_of_row(row) for row in rows]


def _sorted(asked: KitList, *, backwards: bool) -> str:
    way = "DESC" if asked.descending is not backwards else "ASC"
    if asked.order is Order.NUMBER:
        return f"kit_number {way}"
    return f"{asked.order} {way}, kit_number {way}"


def _equal(wanted: KitFilter) -> tuple[list[str], list[Any]]:
    pairs = (
        ("state = ?", wanted.state),
        ("kit_type = ?", wanted.kit_type),
        ("lot = ?", wanted.lot),
    )
    kept = [(condition, str(value)) for condition, value in pairs if value is not None]
    return [condition for condition, _ in kept], [value for _, value in kept]


def _narrowed(wanted: KitFilter) -> tuple[list[str], list[Any]]:
    conditions, values = _equal(wanted)
    if wanted.expires_before is not None:
        conditions.append("expiry < ?")
        values.append(stamp(wanted.expires_before))
    text = wanted.text.strip().upper()
    if text:
        conditions.append("instr(kit_number, ?) > 0")
        values.append(text)
    return conditions, values
