"""The state of an older program's file, made again from its events under the newest schema.

State is derived from the ledger and nothing else, so no migration has to say how old rows become new
ones: it lays down the tables, and the events fill them.
"""

from collections.abc import Sequence

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.records.chain import COLUMNS, EventRow
from pharmacy_app.records.driver import PROTECTED, EncryptedDatabase
from pharmacy_app.records.migration import NOTES, Lift
from pharmacy_app.records.projection import Projection
from pharmacy_app.records.reading import EventDecoder, Reader

EVENTS = f"SELECT {COLUMNS} FROM event ORDER BY seq"  # noqa: S608 - constants
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


def state_from_events(kinds: Sequence[type[Event]], project: Projection) -> Lift:
    """Return a function that empties every state table and fills it from the events again.

    It belongs inside a transaction: a file is lifted whole or not at all.
    """
    decoder = EventDecoder(kinds)

    def lift(db: EncryptedDatabase) -> None:
        reader = Reader(db)
        db.execute("PRAGMA defer_foreign_keys = ON")
        for table in state_tables(reader):
            db.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names of our own schema
        for row in map(EventRow._make, reader.each(EVENTS)):
            project(db, decoder.recorded(row))

    return lift


def state_tables(reader: Reader) -> tuple[str, ...]:
    """Return the names of the tables that the events lead to."""
    return tuple(
        str(name)
        for (name,) in reader.rows(TABLES)
        if name not in PROTECTED and name != NOTES and not str(name).startswith("sqlite_")
    )
