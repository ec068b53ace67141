"""The state as it was at a past moment: the ledger up to then, replayed into an empty database."""

from collections import Counter
from datetime import datetime

from pharmacy_app.domain.ids import KitNumber, KitTypeCode
from pharmacy_app.domain.kits import ON_SHELF, KitState
from pharmacy_app.records.driver import Maintenance, memory_database
from pharmacy_app.records.migration import SCHEMA, migrate
from pharmacy_app.records.projection import everything
from pharmacy_app.records.reading import Reader
from pharmacy_app.workflows.pharmacy import Pharmacy

EVERY = 10**9


def states_then(
    pharmacy: Pharmacy, then: datetime
) -> dict[KitNumber, tuple[KitTypeCode, KitState]]:
    """Return type and state of every kit that the site knew of, as events up to ``then`` leave them."""
    fresh = memory_database()
    try:
        migrate(fresh, SCHEMA)
        with fresh.maintenance(Maintenance.MIGRATION):
            fresh.execute("PRAGMA foreign_keys = OFF")
        fresh.begin()
        for row in pharmacy.reader.rows("SELECT sha256, media_type, bytes FROM attachment"):
            fresh.execute("INSERT INTO attachment VALUES (?, ?, ?)", row)
        for recorded in pharmacy.ledger.page(0, EVERY):
            if recorded.occurred_at <= then:
                everything.apply(fresh, recorded)
        fresh.commit()
        rows = Reader(fresh).rows("SELECT kit_number, kit_type, state FROM kit")
        return {KitNumber(n): (KitTypeCode(t), KitState(state)) for n, t, state in rows}
    finally:
        fresh.conn.close()


def shelf_then(pharmacy: Pharmacy, then: datetime) -> Counter[KitTypeCode]:
    """Return how many kits of each type lay on the shelf at a past moment."""
    states = states_then(pharmacy, then).values()
    return Counter(kit_type for kit_type, state in states if state in ON_SHELF)
