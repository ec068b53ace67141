"""A list of a million kits against one of a thousand: opened, sorted, filtered, at its end, found in.

No events stand behind the kits. Measured is what the window asks: the list made and a page read.
"""

from collections.abc import Callable
from pathlib import Path

from pharmacy_app.bench.bulk import Filling, filled
from pharmacy_app.bench.figure import Figure, Seconds, compared, milliseconds
from pharmacy_app.domain.kits import KitState
from pharmacy_app.records.driver import EncryptedDatabase
from pharmacy_app.records.queries.unblinded.kit_list import Listing, Order, kit_list
from pharmacy_app.records.queries.unblinded.kits import KitFilter
from pharmacy_app.records.reading import Reader

FEW, MANY = 1_000, 1_000_000
GOAL = 30.0
"""A thousand times the kits may cost so many times the time, which stays under 100 ms. A search for a
part of a number has none: it looks at every number."""
REPEATS = 20
PAGE = 100
STOCK = (
    Filling(
        "shipment (shipment_id, despatched_at, logger_serial, state)",
        "SELECT 'SH', '', '', 'received' WHERE ?1 > 0",
    ),
    Filling(
        "kit (kit_number, kit_type, lot, blinded_lot, expiry, state, shipment_id, seconds_out)",
        """
        , scattered (n, lot, type) AS (SELECT n, n * 7919 % ?1 / 5000, n * 31 % 2 FROM numbers)
        SELECT printf('K%07d', n * 10), CASE type WHEN 0 THEN 'MSC' ELSE 'PLA' END,
            printf('L%04d', lot * 2 + type), printf('B%04d', lot),
            strftime('%Y-%m-%dT15:59:00.000000Z', '2027-01-01', (lot * 7) || ' days'),
            CASE WHEN n % 97 = 0 THEN 'quarantined' WHEN n % 3 = 0 THEN 'infused' ELSE 'available' END,
            'SH', n * 104729 % 3600
        FROM scattered WHERE n < ?1
        """,
    ),
)
"""Kits of two types and many lots; their numbers are scattered over the lots, as in a blinded trial."""


def measured(seconds: Seconds, folder: Path, kits: int, repeats: int) -> list[Figure]:
    """Return how each thing that is done to a list grows with its length, up to so many kits."""
    folder.mkdir()
    few, many = (filled(folder / f"{total}.db", total, STOCK) for total in (FEW, kits))
    figures = [
        compared(
            f"list_{name}",
            timed(seconds, many, act),
            timed(seconds, few, act),
            goal=None if name == "searched" else GOAL,
            repeats=repeats,
        )
        for name, act in ACTS.items()
    ]
    for database in (few, many):
        database.conn.close()
    return figures


def opened(reader: Reader, asked: Listing) -> None:
    """List, and read the first page."""
    kit_list(reader, asked).rows(0, PAGE)


def at_the_end(reader: Reader) -> None:
    """List, and read the last page."""
    listed = kit_list(reader, Listing(KitFilter()))
    listed.rows(max(0, listed.total - PAGE), PAGE)


def in_the_middle(reader: Reader) -> None:
    """List, read a page in the middle and find the place of one of its kits."""
    listed = kit_list(reader, Listing(KitFilter()))
    kit, *_ = listed.rows(listed.total // 2, PAGE)
    listed.place_of(kit)


ACTS: dict[str, Callable[[Reader], None]] = {
    "opened": lambda reader: opened(reader, Listing(KitFilter())),
    "sorted": lambda reader: opened(reader, Listing(KitFilter(), Order.STATE, descending=True)),
    "numbered": lambda reader: opened(reader, Listing(KitFilter(), Order.NUMBER)),
    "filtered": lambda reader: opened(reader, Listing(KitFilter(state=KitState.QUARANTINED))),
    "searched": lambda reader: opened(reader, Listing(KitFilter(text="00042"))),
    "end": at_the_end,
    "middle": in_the_middle,
}


def timed(
    seconds: Seconds, database: EncryptedDatabase, act: Callable[[Reader], None]
) -> Callable[[], float]:
    """Return a function that does an act and returns its milliseconds."""
    reader = Reader(database)
    return lambda: milliseconds(seconds, lambda: act(reader))
