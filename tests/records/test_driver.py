"""The encrypted file: opened only if it is ours and whole, guarded while it is open."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import apsw
import pytest

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.records import driver
from pharmacy_app.records.driver import (
    PAGE_BYTES,
    EncryptedDatabase,
    EngineError,
    Maintenance,
    create_database,
    damaged_places,
    engine_problems,
    open_database,
)
from tests.records.toys import KEY, Site

CANARY = "CANARY-allocation-active-arm"


def code_of(path: Path, key: bytes = KEY) -> str:
    with pytest.raises(EnvironmentProblem) as raised:
        open_database(path, key)
    return raised.value.problem.rule


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "site.db"
    database = create_database(path, KEY)
    with database.maintenance(Maintenance.MIGRATION):
        database.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)")
    for number in range(200):
        database.execute("INSERT INTO note VALUES (?, ?)", (number, CANARY * 10))
    database.conn.close()
    return path


def test_what_is_wrong_with_a_file_is_told_apart(filled: Path, tmp_path: Path) -> None:
    assert code_of(tmp_path / "none.db") == "records.missing"
    assert code_of(filled, bytes(32)) == "records.foreign_file"
    plain = tmp_path / "plain.db"
    apsw.Connection(str(plain)).execute("CREATE TABLE x (y); INSERT INTO x VALUES (1)")
    assert code_of(plain) == "records.plaintext"
    empty = tmp_path / "empty.db"
    empty.touch()
    assert code_of(empty) == "records.damaged"
    other = tmp_path / "other.db"
    other.write_bytes(os.urandom(3 * PAGE_BYTES))
    assert code_of(other) == "records.foreign_file"
    link = tmp_path / "link.db"
    link.symlink_to(filled)
    assert code_of(link) == "records.symlink"


def test_a_damaged_first_page_is_damage_and_not_a_wrong_key(filled: Path) -> None:
    flip(filled, 100)
    assert code_of(filled) == "records.damaged"


def test_a_damaged_later_page_is_told_where_it_is_read(filled: Path) -> None:
    flip(filled, 3 * PAGE_BYTES + 50)
    database = open_database(filled, KEY)
    assert "page 4" in damaged_places(database)[0]
    with pytest.raises(EnvironmentProblem, match=r"records\.damaged"), engine_problems(filled):
        database.execute("SELECT sum(length(text)) FROM note").fetchone()
    database.conn.close()


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def test_a_whole_file_has_no_damaged_places(filled: Path) -> None:
    database = open_database(filled, KEY)
    assert damaged_places(database) == ()
    database.conn.close()


def test_no_plaintext_lies_in_any_file_open_or_closed(filled: Path) -> None:
    database = open_database(filled, KEY)
    database.execute("INSERT INTO note VALUES (999, ?)", (CANARY,))
    opened = {path.name for path in filled.parent.iterdir()}
    assert opened == {"site.db", "site.db-wal", "site.db-shm"}
    assert not holding_canary(filled.parent)
    database.conn.close()
    assert not holding_canary(filled.parent)


def test_the_canary_is_found_in_a_plain_file(tmp_path: Path) -> None:
    plain = apsw.Connection(str(tmp_path / "plain.db"))
    plain.execute("CREATE TABLE note (text)")
    plain.execute("INSERT INTO note VALUES (?)", (CANARY,))
    assert holding_canary(tmp_path)


def holding_canary(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if CANARY.encode() in path.read_bytes()]


def test_an_independent_reader_opens_the_file_with_the_key(filled: Path) -> None:
    other = apsw.Connection(str(filled))
    other.pragma("cipher", "sqlcipher")
    other.pragma("legacy", 4)
    other.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    assert other.execute("SELECT count(*) FROM note").fetchone() == (200,)
    other.close()


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH 'plain.db' AS plain",
        "VACUUM",
        "VACUUM INTO 'plain.db'",
        "CREATE TABLE other (x)",
        "CREATE TEMP TABLE other (x)",
        "CREATE TEMP TRIGGER t BEFORE INSERT ON note BEGIN SELECT 1; END",
        "DROP TABLE note",
        "ALTER TABLE note ADD COLUMN x",
        "DELETE FROM sqlite_master",
        "PRAGMA writable_schema = ON",
        "PRAGMA temp_store = FILE",
        "PRAGMA temp_store_directory = '.'",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA synchronous = OFF",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA rekey = 'x'",
        "PRAGMA key = 'x'",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('main')",
    ],
)
def test_what_would_undo_a_promise_is_refused(filled: Path, sql: str) -> None:
    database = open_database(filled, KEY)
    with pytest.raises(EngineError):
        database.execute(sql)
    database.conn.close()
    assert not (Path.cwd() / "plain.db").exists()


def test_the_guard_stands_again_after_maintenance(filled: Path) -> None:
    database = open_database(filled, KEY)
    with pytest.raises(EngineError), database.maintenance(Maintenance.VACUUM):
        database.execute("no such statement")
    with pytest.raises(EngineError):
        database.execute("VACUUM")
    with pytest.raises(TypeError), database.maintenance("anything"):  # type: ignore[arg-type] # refused at run time too
        pass
    database.conn.close()


def test_every_setting_holds_on_both_kinds_of_connection(filled: Path) -> None:
    for read_only in (False, True):
        database = open_database(filled, KEY, read_only=read_only)
        for name, value in driver.SETTINGS:
            assert database.execute(f"PRAGMA {name}").fetchone() == (value,)
        database.conn.close()


def test_a_read_only_connection_cannot_write(filled: Path) -> None:
    database = open_database(filled, KEY, read_only=True)
    with pytest.raises(EngineError):
        database.execute("DELETE FROM note")
    database.conn.close()


def test_a_long_read_does_not_hold_up_the_writer(filled: Path) -> None:
    writer, reader = open_database(filled, KEY), open_database(filled, KEY, read_only=True)
    cursor = reader.execute("SELECT id FROM note ORDER BY id")
    assert cursor.fetchone() == (0,)
    writer.execute("INSERT INTO note VALUES (1000, 'written during the read')")
    assert len(cursor.fetchall()) == 199
    assert reader.execute("SELECT count(*) FROM note").fetchone() == (201,)
    for database in (writer, reader):
        database.conn.close()


def test_a_second_writer_waits_and_is_then_told_that_the_file_is_locked(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = [(n, 1 if n == "busy_timeout" else v) for n, v in driver.SETTINGS]
    monkeypatch.setattr(driver, "SETTINGS", tuple(settings))
    first, second = open_database(filled, KEY), open_database(filled, KEY)
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(EnvironmentProblem, match=r"records\.locked"), engine_problems(filled):
        second.execute("BEGIN IMMEDIATE")
    first.rollback()
    for database in (first, second):
        database.conn.close()


def test_a_full_disk_is_told_and_nothing_is_written(filled: Path) -> None:
    database = open_database(filled, KEY)
    with database.maintenance(Maintenance.VACUUM):
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(EnvironmentProblem, match=r"records\.disk_full"), engine_problems(filled):
        database.execute("INSERT INTO note VALUES (2000, ?)", (CANARY * 10_000,))
    assert database.execute("SELECT count(*) FROM note").fetchone() == (200,)
    database.conn.close()


def test_a_long_read_can_be_cancelled_from_another_thread(filled: Path) -> None:
    database: EncryptedDatabase = open_database(filled, KEY, read_only=True)
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    )
    timer = threading.Timer(0.2, database.conn.interrupt)
    timer.start()
    with pytest.raises(EngineError, match="interrupted"):
        database.execute(endless).fetchone()
    timer.join()
    database.conn.close()


def test_sqlite_utils_catches_our_engines_errors(filled: Path) -> None:
    database = open_database(filled, KEY)
    with database.maintenance(Maintenance.MIGRATION):
        table = database.table("note")
        table.insert({"id": 3000, "text": "x", "extra": 1}, alter=True)
        table.update(3000, {"more": 2}, alter=True)
        database.table("absent").drop(ignore=True)
        table.create_index(["text"])
        table.create_index(["text"], find_unique_name=True)
        changed = database.query("UPDATE note SET text = 'y' WHERE id = 3000 RETURNING id")
        assert list(changed) == [{"id": 3000}]
    database.conn.close()


def test_a_wrong_key_prints_nothing(filled: Path) -> None:
    flip(filled, 100)
    script = (
        "import sys; from pathlib import Path;"
        "from pharmacy_app.records.driver import open_database;"
        "from pharmacy_app.domain.refusal import EnvironmentProblem\n"
        "try: open_database(Path(sys.argv[1]), bytes(range(32)))\n"
        "except EnvironmentProblem: sys.exit(7)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(filled)], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (7, b"", b"")


def test_a_file_is_never_made_over_another(filled: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"records\.exists"):
        create_database(filled, KEY)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists instead of modes")
def test_every_file_is_its_owners_alone(site: Site) -> None:
    site.move("K1", "A")
    site.ledger.checkpoint(site.now)
    files = [path for path in site.folder.iterdir() if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert len(files) == 4
