"""Backups: copied by the engine while the work goes on, then opened and proven before they count.

A backup is a folder with the encrypted database and the slot file of that moment, so that it opens
with the passwords that were valid then.
"""

import hashlib
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.records.driver import (
    EncryptedDatabase,
    copy_database,
    create_database,
    damaged_places,
    open_database,
)
from pharmacy_app.records.reading import Reader
from pharmacy_app.system.files import flush_folder, write_replacing

DATABASE_NAME = "site.db"
BESIDE = ("site.slots", "site.mark")
HEAD = "SELECT seq, link FROM event ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Backup:
    """A proven backup: where it is, how far it reaches, and the hash of its database file."""

    folder: Path
    seq: int
    head: bytes
    sha256: str


def back_up(
    database: EncryptedDatabase, vault: Path, target: Path, key: bytes | bytearray, at: datetime
) -> Backup:
    """Copy the vault into a new folder inside ``target`` and prove the copy.

    The folder is called ``.part`` until every page and the ledger's head have been read back.
    Raises EnvironmentProblem ``records.backup_exists``, ``records.backup_unproven``,
    ``records.disk_full`` or ``file.not_written``; what was begun is then taken away.
    """
    final = target / f"backup-{at:%Y%m%dT%H%M%SZ}"
    part = final.with_name(final.name + ".part")
    if final.exists():
        raise EnvironmentProblem("records.backup_exists", final.name)
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True, mode=0o700)
        for name in BESIDE:
            if (vault / name).exists():
                write_replacing(part / name, (vault / name).read_bytes())
        seq, head = _copied(database, part / DATABASE_NAME, key)
        part.rename(final)
        flush_folder(target)
    except OSError as error:
        raise EnvironmentProblem("file.not_written", str(final), cause=str(error)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    content = hashlib.sha256((final / DATABASE_NAME).read_bytes()).hexdigest()
    return Backup(final, seq, head, content)


def _copied(database: EncryptedDatabase, path: Path, key: bytes | bytearray) -> tuple[int, bytes]:
    expected = Reader(database).one(HEAD) or (0, b"")
    copy = create_database(path, key)
    try:
        copy_database(database, copy)
    finally:
        copy.conn.close()
    again = open_database(path, key)
    try:
        damaged = damaged_places(again)
        found = Reader(again).one(HEAD) or (0, b"")
    finally:
        again.conn.close()
    if damaged or found[0] < expected[0]:
        raise EnvironmentProblem(
            "records.backup_unproven", path.name, detail=damaged[0] if damaged else str(found[0])
        )
    return int(found[0]), bytes(found[1])
