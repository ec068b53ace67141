"""A list of a million kits against one of a thousand: opened, sorted, filtered, at its end, found in.

The kits are laid down in the real schema by one statement, so that the file's own triggers keep their
tally; no events stand behind them. Measured is what the window asks: the list made and a page read.
"""

from collections.abc import Callable
from pathlib import Path

from pharmacy_app.bench.figure import Figure, Seconds, compared, milliseconds
from pharmacy_app.domain.kits import KitState
from pharmacy_app.records.driver import EncryptedDatabase, Maintenance, create_database
from pharmacy_app.records.migration import migrate
from pharmacy_app.records.queries.unblinded.kit_list import KitList, Listing, Order
from pharmacy_app.records.queries.unblinded.kits import KitFilter
from pharmacy_app.records.reading import Reader

FEW, MANY = 1_000, 1_000_000
GOAL = 30.0
"""A thousand times the kits may cost so many times the time, which stays under 100 ms. A search for a
part of a number has none: it looks at every number."""
REPEATS = 20
PAGE = 100
A_LOT = 5_000
_KITS = """
    WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1 - 1)
    INSERT INTO kit
        (kit_number, kit_type, lot, blinded_lot, expiry, state, shipment_id, seconds_out)
    SELECT printf('K%07d', n), CASE n % 2 WHEN 0 THEN 'MSC' ELSE 'PLA' END,
        printf('L%04d', n / ?2 * 2 + n % 2), printf('B%04d', n / ?2),
        strftime('%Y-%m-%dT15:59:00.000000Z', '2027-01-01', (n / ?2 * 7) || ' days'),
        CASE WHEN n % 97 = 0 THEN 'quarantined' WHEN n % 3 = 0 THEN 'infused' ELSE 'available' END,
        'SH', n * 7919 % 3600
    FROM numbers
"""


def measured(seconds: Seconds, folder: Path, repeats: int) -> list[Figure]:
    """Return how each thing that is done to a list grows with its length."""
    folder.mkdir()
    few, many = (filled(folder / f"{total}.db", total) for total in (FEW, MANY))
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


def filled(path: Path, total: int) -> EncryptedDatabase:
    """Return a new file with so many kits of a realistic mixture."""
    database = create_database(path, bytes(32))
    migrate(database)
    with database.maintenance(Maintenance.MIGRATION):
        database.execute("PRAGMA cache_size = -400000")
        database.begin()
        database.execute(
            "INSERT INTO shipment (shipment_id, despatched_at, logger_serial, state)"
            " VALUES ('SH', '', '', 'received')"
        )
        database.execute(_KITS, (total, A_LOT))
        database.commit()
        database.execute("PRAGMA cache_size = -2000")
    return database


def opened(reader: Reader, asked: Listing) -> None:
    """List, and read the first page."""
    KitList(reader, asked).rows(0, PAGE)


def at_the_end(reader: Reader) -> None:
    """List, and read the last page."""
    listed = KitList(reader, Listing(KitFilter()))
    listed.rows(max(0, listed.total - PAGE), PAGE)


def in_the_middle(reader: Reader) -> None:
    """List, read a page in the middle and find the place of one of its kits."""
    listed = KitList(reader, Listing(KitFilter()))
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
