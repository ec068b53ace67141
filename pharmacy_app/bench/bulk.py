"""A file with very many rows, laid down by statements in the real schema and not act by act."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pharmacy_app.records.driver import EncryptedDatabase, Maintenance, create_database
from pharmacy_app.records.migration import migrate

KEY = bytes(32)


@dataclass(frozen=True, slots=True)
class Filling:
    """Rows of one table: ``select`` from ``numbers (n)``, 0 to ``times`` the total over ``per``.

    ``into`` is the table with its columns; ``?1`` in the select is the total.
    """

    into: str
    select: str
    times: int = 1
    per: int = 1


_LAID_ANEW = (
    "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL"
    " AND (type = 'index' OR type = 'trigger' AND tbl_name IN ('event', 'kit'))"
)
_ROWS = """
    INSERT INTO {into} WITH RECURSIVE numbers (n) AS (
        SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?1 * {times} / {per})
    {select}
"""
_TALLY = """
    UPDATE kit_tally SET number = (SELECT count(*) FROM kit k WHERE k.state = kit_tally.state
        AND k.kit_type = kit_tally.kit_type AND k.lot = kit_tally.lot AND k.expiry = kit_tally.expiry)
"""


def filled(path: Path, total: int, fillings: Sequence[Filling]) -> EncryptedDatabase:
    """Return a new file with so many kits, its tables filled in turn.

    Indexes and triggers come behind the rows: one sort each in place of a million searches.
    """
    database = create_database(path, KEY)
    migrate(database)
    with database.maintenance(Maintenance.MIGRATION):
        database.execute("PRAGMA cache_size = -400000")
        database.begin()
        anew = database.execute(_LAID_ANEW).fetchall()
        for name, kind, _ in anew:
            database.execute(f"DROP {kind} {name}")
        for filling in fillings:
            rows = _ROWS.format(
                into=filling.into, select=filling.select, times=filling.times, per=filling.per
            )
            database.execute(rows, (total,))
        for _, _, sql in anew:
            database.execute(sql)
        database.execute(
            "INSERT INTO kit_sort SELECT kit_type, lot, expiry FROM kit GROUP BY 1, 2, 3"
        )
        database.execute(_TALLY)
        database.commit()
        database.execute("PRAGMA cache_size = -8000")
    return database
