"""The encrypted file: the only importer of the SQL engine.

`open_database` opens a file only if it is whole, ours and encrypted, sets every PRAGMA the promises
of the ledger rest on, and then installs an authorizer under which those settings, the schema and
the recorded facts cannot be undone. What the engine says is told apart into a few
`EnvironmentProblem` codes; everything else it raises is a bug and passes through.
"""

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlcipher3 import dbapi2 as engine

from pharmacy_app.domain.refusal import EnvironmentProblem

# sqlite-utils catches the exceptions of the module it finds under this name; without the alias
# five of its features let ours through. Must stand before its first import.
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = engine

from sqlite_utils import Database  # noqa: E402 - the alias above has to come first
from sqlite_utils.migrations import Migrations  # noqa: E402 - the same

__all__ = [
    "Database",
    "EncryptedDatabase",
    "EngineError",
    "Maintenance",
    "Migrations",
    "copy_database",
    "create_database",
    "damaged_places",
    "engine_problems",
    "memory_database",
    "open_database",
    "problem_of",
]

EngineError = engine.Error
KEY_BYTES = 32
PAGE_BYTES = 4096
SALT_BYTES = 16
PLAINTEXT_HEADER = b"SQLite format 3\0"
BUSY_MS = 5000
PROTECTED = frozenset({"attachment", "checkpoint", "event", "signature"})

SETTINGS = (
    ("journal_mode", "wal"),
    ("synchronous", 2),
    ("foreign_keys", 1),
    ("recursive_triggers", 1),
    ("trusted_schema", 0),
    ("cell_size_check", 1),
    ("secure_delete", 1),
    ("temp_store", 2),
    ("busy_timeout", BUSY_MS),
)
"""Each PRAGMA and the value it must read back as; a build that ignores one is refused."""

READABLE = frozenset(
    {
        "cipher_integrity_check",
        "cipher_status",
        "cipher_version",
        "data_version",
        "foreign_key_check",
        "foreign_key_list",
        "index_info",
        "index_list",
        "index_xinfo",
        "integrity_check",
        "page_count",
        "quick_check",
        "schema_version",
        "table_info",
        "table_list",
        "table_xinfo",
        "wal_checkpoint",
        *(name for name, _ in SETTINGS),
    }
)
"""PRAGMAs that may be asked at any time; none of them may be set, save in maintenance."""

REFUSED_ACTIONS = frozenset(
    {
        engine.SQLITE_ALTER_TABLE,
        engine.SQLITE_ATTACH,
        engine.SQLITE_CREATE_INDEX,
        engine.SQLITE_CREATE_TABLE,
        engine.SQLITE_CREATE_TEMP_INDEX,
        engine.SQLITE_CREATE_TEMP_TABLE,
        engine.SQLITE_CREATE_TEMP_TRIGGER,
        engine.SQLITE_CREATE_TEMP_VIEW,
        engine.SQLITE_CREATE_TRIGGER,
        engine.SQLITE_CREATE_VIEW,
        engine.SQLITE_CREATE_VTABLE,
        engine.SQLITE_DETACH,
        engine.SQLITE_DROP_INDEX,
        engine.SQLITE_DROP_TABLE,
        engine.SQLITE_DROP_TEMP_INDEX,
        engine.SQLITE_DROP_TEMP_TABLE,
        engine.SQLITE_DROP_TEMP_TRIGGER,
        engine.SQLITE_DROP_TEMP_VIEW,
        engine.SQLITE_DROP_TRIGGER,
        engine.SQLITE_DROP_VIEW,
        engine.SQLITE_DROP_VTABLE,
        engine.SQLITE_REINDEX,
    }
)

FAMILIES = {
    engine.SQLITE_BUSY: "records.locked",
    engine.SQLITE_LOCKED: "records.locked",
    engine.SQLITE_CANTOPEN: "records.cannot_open",
    engine.SQLITE_CORRUPT: "records.damaged",
    engine.SQLITE_NOTADB: "records.damaged",
    engine.SQLITE_FULL: "records.disk_full",
    engine.SQLITE_IOERR: "records.io_error",
    engine.SQLITE_PERM: "records.cannot_open",
    engine.SQLITE_READONLY: "records.read_only",
}


class Maintenance(StrEnum):
    """The only tasks during which the schema or the settings may be changed."""

    MIGRATION = "migration"
    REKEY = "rekey"
    VACUUM = "vacuum"


class EncryptedDatabase(Database):
    """An open vault file, guarded by the authorizer; belongs to the thread that opened it."""

    def __init__(self, conn: Any, path: Path | None, *, read_only: bool) -> None:
        super().__init__(conn, execute_plugins=False)
        self.path = path
        self.read_only = read_only
        conn.set_authorizer(_everyday)

    @contextlib.contextmanager
    def maintenance(self, task: Maintenance) -> Iterator[None]:
        """Lift the authorizer for one named task, and put it back whatever happens.

        Raises TypeError for anything that is not a named task.
        """
        if not isinstance(task, Maintenance):
            raise TypeError(f"{task!r} is no maintenance task")
        connection: Any = self.conn
        connection.set_authorizer(None)
        try:
            yield
        finally:
            connection.set_authorizer(_everyday)


def _everyday(
    action: int, first: str | None, second: str | None, _database: str | None, _by: str | None
) -> int:
    if action in REFUSED_ACTIONS:
        return int(engine.SQLITE_DENY)
    if action == engine.SQLITE_PRAGMA:
        reads = first in READABLE and (second is None or first not in dict(SETTINGS))
        return int(engine.SQLITE_OK if reads else engine.SQLITE_DENY)
    if action in {engine.SQLITE_UPDATE, engine.SQLITE_DELETE} and (
        first in PROTECTED or str(first).startswith("sqlite_")
    ):
        return int(engine.SQLITE_DENY)
    if action == engine.SQLITE_INSERT and str(first).startswith("sqlite_"):
        return int(engine.SQLITE_DENY)
    if action == engine.SQLITE_FUNCTION and second == "load_extension":
        return int(engine.SQLITE_DENY)
    return int(engine.SQLITE_OK)


def problem_of(error: Exception, path: Path | None = None) -> EnvironmentProblem | None:
    """Return what an engine error means to a person, or None if it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    family = None if code is None else FAMILIES.get(code & 0xFF)
    if family is None:
        return None
    detail = str(getattr(error, "sqlite_errorname", "")) or str(error)
    return EnvironmentProblem(family, "" if path is None else path.name, detail=detail)


@contextlib.contextmanager
def engine_problems(path: Path | None = None) -> Iterator[None]:
    """Turn engine errors that are the machine's doing into `EnvironmentProblem`."""
    try:
        yield
    except EngineError as error:
        problem = problem_of(error, path)
        if problem is None:
            raise
        raise problem from error


def open_database(
    path: Path, key: bytes | bytearray, *, read_only: bool = False
) -> EncryptedDatabase:
    """Open an existing vault file with its raw 32-byte key.

    Raises EnvironmentProblem: ``records.missing``, ``records.plaintext`` (not encrypted),
    ``records.foreign_file`` (not made with this key), ``records.damaged``, ``records.locked``,
    ``records.cannot_open``, ``records.engine_unfit``.
    """
    _examine(path, key)
    return _opened(path, key, "ro" if read_only else "rw")


def create_database(path: Path, key: bytes | bytearray) -> EncryptedDatabase:
    """Make a new, empty vault file, readable by its owner alone.

    Raises EnvironmentProblem ``records.exists`` if something is there already.
    """
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
    try:
        os.close(os.open(path, flags, 0o600))
    except FileExistsError:
        raise EnvironmentProblem("records.exists", path.name) from None
    except OSError as error:
        raise EnvironmentProblem("records.cannot_open", path.name, detail=str(error)) from error
    database = _opened(path, key, "rw")
    with engine_problems(path):
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _examine(path, key)
    return database


def memory_database() -> EncryptedDatabase:
    """Return an empty database that lives in memory only, for replay."""
    connection = engine.connect(":memory:", isolation_level=None)
    for name, value in SETTINGS:
        if name != "journal_mode":
            connection.execute(f"PRAGMA {name} = {value}")
    return EncryptedDatabase(connection, None, read_only=False)


def copy_database(source: EncryptedDatabase, target: EncryptedDatabase) -> None:
    """Copy every page by the engine's backup API: a consistent picture, writers go on."""
    connection: Any = source.conn
    with engine_problems(target.path):
        connection.backup(target.conn)


def damaged_places(database: EncryptedDatabase) -> tuple[str, ...]:
    """Return what is damaged, in the engine's words; empty if every page and row is whole.

    The log is written back first: the cipher's check reads the main file only and raises false
    alarms otherwise.
    """
    try:
        if not database.read_only:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        pages = [str(row[0]) for row in database.execute("PRAGMA cipher_integrity_check")]
        if pages:
            return tuple(pages)
        rows = [str(row[0]) for row in database.execute("PRAGMA integrity_check")]
    except EngineError as error:
        return (str(error),)
    return tuple(row for row in rows if row != "ok")


def salt_for(key: bytes | bytearray) -> bytes:
    """Return the 16 bytes that a file made with this key begins with.

    SQLCipher lets the salt be chosen. A raw key needs none, so ours names the key without telling
    it: a foreign file is known before a page is read, and a damaged first page is not taken for a
    wrong key.
    """
    return hashlib.sha256(b"trial-site-pharmacy database salt v1\0" + key).digest()[:SALT_BYTES]


def _examine(path: Path, key: bytes | bytearray) -> None:
    if path.is_symlink():
        raise EnvironmentProblem("records.symlink", path.name)
    try:
        with path.open("rb") as file:
            header = file.read(SALT_BYTES)
            size = file.seek(0, os.SEEK_END)
    except FileNotFoundError:
        raise EnvironmentProblem("records.missing", path.name) from None
    except OSError as error:
        raise EnvironmentProblem("records.cannot_open", path.name, detail=str(error)) from error
    if header == PLAINTEXT_HEADER:
        raise EnvironmentProblem("records.plaintext", path.name)
    if size < PAGE_BYTES:
        raise EnvironmentProblem("records.damaged", path.name, detail=f"{size} bytes")
    if header != salt_for(key):
        raise EnvironmentProblem("records.foreign_file", path.name)


def _opened(path: Path, key: bytes | bytearray, mode: str) -> EncryptedDatabase:
    with engine_problems(path):
        connection = engine.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=BUSY_MS / 1000,
        )
        try:
            _unlock(connection, key)
            _settle(connection, path, read_only=mode == "ro")
        except BaseException:
            connection.close()
            raise
    return EncryptedDatabase(connection, path, read_only=mode == "ro")


def _unlock(connection: Any, key: bytes | bytearray) -> None:
    if len(key) != KEY_BYTES:
        raise ValueError("the database key is 32 bytes")
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute("PRAGMA cipher_memory_security = ON")
    # The raw-key form; 32 bare bytes would be taken as a passphrase, and PRAGMA key would leave
    # the key in statement texts on the heap.
    spec = bytearray(b"x'" + key.hex().encode() + salt_for(key).hex().encode() + b"'")
    try:
        connection.set_key(spec)
    finally:
        spec[:] = bytes(len(spec))


def _settle(connection: Any, path: Path, *, read_only: bool) -> None:
    if not _pragma(connection, "cipher_version") or str(_pragma(connection, "cipher_status")) != (
        "1"
    ):
        raise EnvironmentProblem("records.engine_unfit", path.name, detail="cipher_status")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for name, value in SETTINGS:
        connection.execute(f"PRAGMA {name} = {value}")
        if _pragma(connection, name) != value:
            raise EnvironmentProblem("records.engine_unfit", path.name, detail=name)
    connection.execute("PRAGMA mmap_size = 0")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")
    if read_only:
        connection.execute("PRAGMA query_only = ON")


def _pragma(connection: Any, name: str) -> Any:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return None if row is None else row[0]
