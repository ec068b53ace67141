"""A list of kits along an index: a page is reached from the nearest row that is already known."""

from bisect import bisect_right, insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pharmacy_app.domain.kits import Kit
from pharmacy_app.records.queries.unblinded.kits import COLUMNS, kit_of_row
from pharmacy_app.records.reading import Reader

Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """An order with an index of its own: by columns, then number; ``key_of`` says both of a kit."""

    index: str
    columns: tuple[str, ...]
    key_of: Callable[[Kit], Key]


class Walked:
    """The kits that conditions leave, along an index; it remembers where pages began, and no kit.

    Skipping reads the index alone: it holds the conditions' columns too.
    """

    cut = False

    def __init__(
        self,
        reader: Reader,
        walk: Walk,
        narrower: tuple[Sequence[str], Sequence[str]],
        total: int,
        *,
        descending: bool,
    ) -> None:
        self._reader = reader
        self._walk = walk
        self._descending = descending
        conditions, self._values = narrower
        # The plus keeps the search on the index that has the order. Where nothing is narrowed, the
        # number's own index will do: it is the smallest, and reading means decrypting.
        index = f"INDEXED BY {walk.index} " if conditions or walk.columns else ""
        self._narrower = "".join(f" AND +{condition}" for condition in conditions)
        self._where = f"FROM kit {index}WHERE 1{self._narrower}"
        self._by = (*walk.columns, "kit_number")
        self._pair = f"({', '.join(self._by)}) {{}} ({', '.join('?' * len(self._by))})"
        self._known: list[tuple[int, Key]] = []
        self.total = total

    def rows(self, first: int, limit: int) -> list[Kit]:
        """Return up to ``limit`` kits from the row ``first`` on."""
        limit = min(limit, self.total - first)
        if limit <= 0:
            return []
        at = bisect_right(self._known, first, key=lambda known: known[0])
        below = self._known[at - 1] if at else None
        above = self._known[at] if at < len(self._known) else None
        skip = first - (below[0] if below else 0)
        skip_back = (above[0] if above else self.total) - first - limit
        if 0 <= skip_back < skip:
            kits = self._read(above, skip_back, limit, backwards=True)[::-1]
        else:
            kits = self._read(below, skip, limit, backwards=False)
        if kits and (below is None or below[0] != first):
            insort(self._known, (first, self._walk.key_of(kits[0])))
        return kits

    def place_of(self, kit: Kit) -> int | None:
        """Return the row in which a kit stands, or None if it is left out."""
        listed = self._reader.rows(
            f"SELECT 1 FROM kit WHERE kit_number = ?{self._narrower}",  # noqa: S608 - constants
            (kit.kit_number, *self._values),
        )
        if not listed:
            return None
        before = self._pair.format(">" if self._descending else "<")
        found = self._reader.one(
            f"SELECT count(*) {self._where} AND {before}",
            (*self._values, *self._walk.key_of(kit)),
        )
        return None if found is None else int(found[0])

    def _read(
        self, known: tuple[int, Key] | None, skip: int, limit: int, *, backwards: bool
    ) -> list[Kit]:
        falling = self._descending is not backwards
        way = "DESC" if falling else "ASC"
        border = ""
        if known is not None:
            # Forwards the known row is the first one; backwards the first that is not read.
            sign = ("<" if falling else ">") + ("" if backwards else "=")
            border = f" AND {self._pair.format(sign)}"
        by = ", ".join(f"{column} {way}" for column in self._by)
        rows = self._reader.rows(
            f"SELECT {COLUMNS} {self._where}{border} ORDER BY {by} LIMIT ? OFFSET ?",
            (*self._values, *(known[1] if known else ()), limit, skip),
        )
        return [kit_of_row(row) for row in rows]
