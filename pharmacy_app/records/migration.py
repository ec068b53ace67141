"""Brings a database to the newest schema: the ``.sql`` files of ``schema/``, by number, once each.

Each file runs in one transaction together with the note that it ran. A released file never changes;
what is new gets the next number. Behind the newest file one more step may bring the state up to it.
"""

from collections.abc import Callable, Collection
from pathlib import Path

from pharmacy_app.records.driver import (
    Database,
    EncryptedDatabase,
    Maintenance,
    Migrations,
    engine_problems,
)

SCHEMA = Path(__file__).resolve().parent / "schema"
SET = "records"
NOTES = "_sqlite_migrations"
"""The table of sqlite-utils that says which files ran; it holds times, so replay ignores it."""
LIFTED = "_lifted"
"""Behind the name of a file: its tables were filled from the events."""

Lift = Callable[[EncryptedDatabase], None]


def migrations(folder: Path = SCHEMA, only: Collection[str] | None = None) -> Migrations:
    """Return the numbered files as named migrations, in their order; or only those of some names."""
    steps = Migrations(SET)
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql")):
        if only is None or path.stem in only:
            steps(name=path.stem)(_step(path))
    return steps


def migrate(
    database: EncryptedDatabase,
    folder: Path = SCHEMA,
    only: Collection[str] | None = None,
    lift: Lift | None = None,
) -> tuple[str, ...]:
    """Apply what is pending and return its names; an older program's file is lifted in place.

    With ``only`` nothing but the files of these names. ``lift`` fills the state tables once the newest
    file ran; a crash before it is made good when the file is next opened. Raises EnvironmentProblem
    ``records.disk_full`` and its like; nothing of a failed step stays.
    """
    steps = migrations(folder, only)
    if lift is not None:
        newest = max(path.stem for path in folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))
        steps(name=newest + LIFTED)(lambda _: lift(database))
    pending = tuple(step.name for step in steps.pending(database))
    if pending:
        with engine_problems(database.path), database.maintenance(Maintenance.MIGRATION):
            steps.apply(database)
    return pending


def is_newer(database: EncryptedDatabase, folder: Path = SCHEMA) -> bool:
    """Tell whether a newer program has already lifted this file beyond what we know."""
    known = {path.stem for path in folder.glob("*.sql")}
    applied = (step.name.removesuffix(LIFTED) for step in migrations(folder).applied(database))
    return any(name not in known for name in applied)


def _step(path: Path) -> Callable[[Database], None]:
    def apply(database: Database) -> None:
        database.executescript(path.read_text(encoding="utf-8"))

    return apply
