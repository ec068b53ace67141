"""The state computed again from the events, and compared with the one in the file, row by row."""

from collections.abc import Collection, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pharmacy_app.records.attested import SHA256_BYTES
from pharmacy_app.records.chain import EventRow
from pharmacy_app.records.driver import (
    EncryptedDatabase,
    EngineError,
    Maintenance,
    memory_database,
)
from pharmacy_app.records.finding import Finding, differs
from pharmacy_app.records.lifting import EVENTS, state_tables
from pharmacy_app.records.migration import NOTES, SET, migrate
from pharmacy_app.records.projection import Projection
from pharmacy_app.records.reading import EventDecoder, Reader

COLUMNS_OF = "SELECT name FROM pragma_table_xinfo(?)"
OBJECTS = """
    SELECT type, name, sql FROM sqlite_master
    WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name <> ?
    ORDER BY type, name
"""


APPLIED = f"SELECT name FROM {NOTES} WHERE migration_set = ?"  # noqa: S608 - constants


def schema_altered(reader: Reader, schema: Path) -> Iterator[Finding]:
    """Yield every table, index or trigger that is not as the program lays it down.

    A file that an older program left is measured by what that program had laid down.
    """
    applied = {name for (name,) in reader.rows(APPLIED, (SET,))}
    fresh = _empty(schema, applied)
    expected = {row[:2]: row[2] for row in Reader(fresh).rows(OBJECTS, (NOTES,))}
    found = {row[:2]: row[2] for row in reader.rows(OBJECTS, (NOTES,))}
    fresh.conn.close()
    for key in sorted(expected.keys() | found.keys()):
        name = " ".join(key)
        if key not in found or key not in expected:
            yield Finding(
                0, "schema", name if key in expected else "-", name if key in found else "-"
            )
        elif expected[key] != found[key]:
            yield Finding(0, "schema", name, str(found[key]))


def replayed_differently(
    reader: Reader, decoder: EventDecoder, project: Projection, schema: Path
) -> Iterator[Finding]:
    """Yield every state row that the events do not lead to."""
    fresh = _empty(schema)
    try:
        fresh.begin()
        for row in map(EventRow._make, reader.each(EVENTS)):
            _bring_attachments(reader, fresh, row.attachments)
            try:
                project(fresh, decoder.recorded(row))
            except (EngineError, LookupError, TypeError) as error:
                yield Finding(row.seq, "replay_failed", row.kind, str(error))
                return
        fresh.commit()
        again = Reader(fresh)
        for table in state_tables(again):
            yield from _table_differs(table, again, reader)
    finally:
        fresh.conn.close()


def _empty(schema: Path, only: Collection[str] | None = None) -> EncryptedDatabase:
    fresh = memory_database()
    migrate(fresh, schema, only)
    with fresh.maintenance(Maintenance.MIGRATION):
        # State rows may refer to event rows, which are not copied; equality is what is asked.
        fresh.execute("PRAGMA foreign_keys = OFF")
    return fresh


def _bring_attachments(reader: Reader, fresh: EncryptedDatabase, names: bytes) -> None:
    for start in range(0, len(names), SHA256_BYTES):
        name = names[start : start + SHA256_BYTES]
        known = fresh.execute("SELECT 1 FROM attachment WHERE sha256 = ?", (name,)).fetchone()
        row = reader.one(
            "SELECT sha256, media_type, bytes FROM attachment WHERE sha256 = ?", (name,)
        )
        if known is None and row is not None:
            fresh.execute("INSERT INTO attachment VALUES (?, ?, ?)", row)


def _table_differs(table: str, again: Reader, reader: Reader) -> Iterator[Finding]:
    columns = [row[0] for row in reader.rows(COLUMNS_OF, (table,))]
    if not columns:
        # An older program's file, or its schema would have been called altered: the events fill the
        # table when the file is next opened.
        return
    listed = ", ".join(_quoted(name) for name in columns)
    order = ", ".join(str(place) for place in range(1, len(columns) + 1))
    # Names come from our own schema, which was compared before.
    sql = f"SELECT {listed} FROM {_quoted(table)} ORDER BY {order}"  # noqa: S608 - see above
    for expected, found in zip_longest(again.each(sql), reader.each(sql)):
        if expected != found:
            yield from differs(0, "state", _told(table, expected), _told(table, found))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _told(table: str, row: tuple[Any, ...] | None) -> str:
    return f"{table}: -" if row is None else f"{table}: {row!r}"
