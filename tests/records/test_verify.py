"""Nine ways to alter the records, and a few more: each is found, and clean ledgers are clean."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import get_args

import pytest

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.signing import session_message
from pharmacy_app.records import ledger as ledger_module
from pharmacy_app.records import verify as verify_module
from pharmacy_app.records.chain import (
    COLUMNS,
    SIGNATURE_COLUMNS,
    EventRow,
    SignatureRow,
    commitment_of,
    hash_of,
    link_of,
)
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.driver import (
    PAGE_BYTES,
    EncryptedDatabase,
    Maintenance,
    damaged_places,
    open_database,
)
from pharmacy_app.records.finding import Finding
from pharmacy_app.records.lifting import state_from_events
from pharmacy_app.records.migration import migrate
from pharmacy_app.records.reading import Reader
from pharmacy_app.records.verify import Report, Trust, finding_as_violation, verify
from pharmacy_app.wording import Language, catalogue, worded
from tests.records.toys import (
    ANNA,
    BO,
    KEY,
    KINDS,
    ORIGIN,
    PROJECTIONS,
    STATION,
    ClockNoted,
    Key,
    Moved,
    Site,
)

PEOPLE = {ANNA.person_id: ANNA.public_key, BO.person_id: BO.public_key}


def proven(site: Site, *, replay: bool = True) -> Report:
    site.ledger.close()
    database = open_database(site.path, KEY, read_only=True)
    try:
        return verify(
            database,
            Trust(ORIGIN, STATION.public_key, site.mark, PEOPLE),
            KINDS,
            replay=PROJECTIONS.apply if replay else None,
            schema=site.schema,
        )
    finally:
        database.conn.close()


def found(site: Site) -> tuple[int, str]:
    first = proven(site).first_bad
    assert first is not None
    return first.seq, first.what


@contextmanager
def tampering(site: Site) -> Iterator[EncryptedDatabase]:
    """Open the file as somebody does who has the key and takes the triggers away for a while."""
    site.ledger.close()
    database = open_database(site.path, KEY)
    with database.maintenance(Maintenance.MIGRATION):
        triggers = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        database.execute("PRAGMA foreign_keys = OFF")
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        yield database
        for _, sql in triggers:
            database.execute(sql)
    database.conn.close()


def write(database: EncryptedDatabase, row: EventRow) -> None:
    places = ", ".join("?" * len(row))
    database.execute(f"INSERT OR REPLACE INTO event VALUES ({places})", row)


def rows(database: EncryptedDatabase) -> list[EventRow]:
    sql = f"SELECT {COLUMNS} FROM event ORDER BY seq"
    return [EventRow._make(row) for row in database.execute(sql).fetchall()]


def signatures(database: EncryptedDatabase, seq: int) -> list[SignatureRow]:
    sql = f"SELECT {SIGNATURE_COLUMNS} FROM signature WHERE seq = ? ORDER BY position"
    return [SignatureRow._make(row) for row in database.execute(sql, (seq,)).fetchall()]


def recompute(database: EncryptedDatabase, start: int, key: Key | None = None) -> None:
    """Make every hash from ``start`` on fit again, and sign the rows anew where there is a key."""
    link = b""
    for row in rows(database):
        if row.seq < start:
            link = row.link
            continue
        fitting = row._replace(prev_hash=link, commitment=commitment_of(row.salt, row.body))
        if key is not None:
            fitting = fitting._replace(session_key=key.public_key)
        hashed = fitting._replace(hash=hash_of(fitting))
        link = link_of(hashed.hash, signatures(database, row.seq))
        signed = hashed.session_signature if key is None else key.sign(session_message(link))
        write(database, hashed._replace(link=link, session_signature=signed))


def edit(database: EncryptedDatabase, seq: int = 6) -> None:
    database.execute("UPDATE event SET body = replace(body, 'tank', 'bank') WHERE seq = ?", (seq,))


@pytest.fixture
def worked(site: Site) -> Site:
    for number in range(8):
        logger = Attachment("text/csv", f"log {number}".encode())
        signers = (BO,) if number % 3 == 0 else ()
        site.move(f"K{number}", "tank", *signers, attachments=(logger,))
    site.ledger.checkpoint(site.now)
    site.move("K0", "bench")
    site.move("K1", "bench")
    return site


def test_a_clean_ledger_is_clean(worked: Site) -> None:
    report = proven(worked)
    assert report.first_bad is None
    assert (report.events, report.intact) == (13, True)


@pytest.mark.parametrize("acts", [0, 1, 2, 99, 100, 101, 205])
def test_ledgers_of_any_length_are_clean(site: Site, acts: int) -> None:
    for number in range(acts):
        site.move(f"K{number % 7}", f"tank {number}", *([BO] if number % 5 == 0 else []))
    assert proven(site).first_bad is None


def test_an_empty_ledger_is_clean(empty_site: Site) -> None:
    assert proven(empty_site).intact


def test_an_edited_event_is_found(worked: Site) -> None:
    with tampering(worked) as database:
        edit(database)
    assert found(worked) == (6, "body")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "bo"),
        ("reason", "made up"),
        ("about", "kit/K9"),
        ("kind", "kit.lost.1"),
        ("generation", 2),
        ("attachments", bytes(32)),
    ],
)
def test_an_edited_envelope_is_found(worked: Site, column: str, value: object) -> None:
    with tampering(worked) as database:
        database.execute(f"UPDATE event SET {column} = ? WHERE seq = 6", (value,))
    assert found(worked) == (6, "envelope")


def test_an_edit_with_the_chain_recomputed_is_found(worked: Site) -> None:
    with tampering(worked) as database:
        edit(database)
        recompute(database, 6)
    assert found(worked) == (6, "session_signature")


def test_an_edit_recomputed_and_signed_with_an_own_key_is_found(worked: Site) -> None:
    with tampering(worked) as database:
        edit(database, 5)
        recompute(database, 5, Key("mallory", "anna"))
    assert found(worked) == (5, "session_key")


def test_an_edit_recomputed_and_signed_with_the_stations_key_is_found(worked: Site) -> None:
    with tampering(worked) as database:
        edit(database, 5)
        recompute(database, 5, STATION)
    assert found(worked) == (5, "station_key")


def test_an_edit_by_the_session_itself_still_breaks_the_personal_signature(worked: Site) -> None:
    with tampering(worked) as database:
        edit(database, 7)
        recompute(database, 7, Key("session-1-anna", "anna"))
    assert found(worked) == (7, "personal_signature")


def test_an_edit_by_the_session_itself_breaks_the_checkpoint(worked: Site) -> None:
    with tampering(worked) as database:
        edit(database, 8)
        for row in rows(database)[7:]:
            database.execute("DELETE FROM signature WHERE seq = ?", (row.seq,))
        recompute(database, 8, Key("session-1-anna", "anna"))
    assert found(worked) == (11, "checkpoint")


def test_a_deleted_event_is_found(worked: Site) -> None:
    with tampering(worked) as database:
        database.execute("DELETE FROM event WHERE seq = 6")
    assert found(worked) == (6, "sequence")


def test_reordered_events_are_found(worked: Site) -> None:
    with tampering(worked) as database:
        for old, new in ((6, 1000), (8, 6), (1000, 8)):
            database.execute("UPDATE event SET seq = ? WHERE seq = ?", (new, old))
    assert found(worked)[0] == 6


def test_a_cut_off_end_is_found_up_to_the_checkpoint(worked: Site) -> None:
    with tampering(worked) as database:
        database.execute("DELETE FROM event WHERE seq > 9")
    assert found(worked)[1] == "signature_orphan"
    with tampering(worked) as database:
        database.execute("DELETE FROM signature WHERE seq > 9")
    assert found(worked)[1] == "checkpoint"
    with tampering(worked) as database:
        database.execute("DELETE FROM checkpoint")
        database.execute("DELETE FROM attachment WHERE bytes IN (x'6c6f672036', x'6c6f672037')")
    assert found(worked) == (0, "rolled_back")


def test_what_is_cut_off_after_the_last_checkpoint_cannot_be_found(worked: Site) -> None:
    with tampering(worked) as database:
        database.execute("DELETE FROM event WHERE seq > 11")
        database.execute("UPDATE place SET place = 'tank'")
    assert proven(worked).intact


def test_an_older_file_put_back_is_found_and_told_at_the_sign_in(worked: Site) -> None:
    worked.ledger.close()
    older = worked.folder / "older.db"
    shutil.copy(worked.path, older)
    worked.reopen()
    worked.come_in()
    worked.ledger.checkpoint(worked.now)
    worked.ledger.close()
    shutil.copy(older, worked.path)
    assert found(worked) == (0, "rolled_back")
    worked.reopen()
    assert worked.ledger.warning is not None
    assert worked.ledger.warning.rule == "records.rolled_back"


def test_the_mark_stays_as_evidence_until_somebody_accepts_the_warning(worked: Site) -> None:
    worked.mark.write_bytes(b"{}")
    ledger = worked.reopen()
    ledger.checkpoint(worked.now)
    assert worked.mark.read_bytes() == b"{}"
    ledger.accept_warning()
    ledger.checkpoint(worked.now)
    assert proven(worked).intact


def test_a_noted_clock_jump_is_lawful(worked: Site) -> None:
    worked.now -= timedelta(hours=1)
    noted = [Moved(kit="K0", place="bench"), ClockNoted(clock_says=worked.now)]
    worked.ledger.append(noted, worked.act())
    worked.move("K0", "bench again")
    assert proven(worked).intact


@pytest.mark.parametrize(
    ("mark", "rule"),
    [(None, "mark_missing"), (b"{}", "mark_unreadable"), (b"\xff", "mark_unreadable")],
)
def test_a_mark_taken_away_or_broken_is_told(worked: Site, mark: bytes | None, rule: str) -> None:
    worked.mark.unlink()
    if mark is not None:
        worked.mark.write_bytes(mark)
    assert found(worked) == (0, rule)
    assert worked.reopen().warning is not None


def test_an_old_page_put_back_is_found_only_by_replay(worked: Site) -> None:
    root = worked.ledger.reader.one("SELECT rootpage FROM sqlite_master WHERE name = 'place'")
    assert root is not None
    worked.ledger.close()
    place = (root[0] - 1) * PAGE_BYTES
    old_page = worked.path.read_bytes()[place : place + PAGE_BYTES]
    worked.reopen()
    worked.come_in()
    worked.move("K2", "infused")
    worked.ledger.close()
    content = bytearray(worked.path.read_bytes())
    assert content[place : place + PAGE_BYTES] != old_page
    content[place : place + PAGE_BYTES] = old_page
    worked.path.write_bytes(content)
    database = open_database(worked.path, KEY)
    assert damaged_places(database) == ()
    database.conn.close()
    assert proven(worked, replay=False).intact
    assert found(worked) == (0, "state")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE place SET place = 'nowhere' WHERE kit = 'K3'",
        "DELETE FROM place WHERE kit = 'K3'",
        "INSERT INTO place VALUES ('K99', 'tank', NULL)",
    ],
)
def test_edited_state_is_found_by_replay(worked: Site, sql: str) -> None:
    worked.ledger.database.execute(sql)
    assert found(worked) == (0, "state")


def test_a_clock_turned_back_is_found(worked: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_module, "set_back", lambda *_: None)
    worked.now -= timedelta(hours=1)
    worked.move("K0", "bench again")
    assert found(worked) == (14, "clock")


def test_a_signature_taken_away_or_moved_is_found(worked: Site) -> None:
    with tampering(worked) as database:
        database.execute("DELETE FROM signature WHERE seq = 7")
    assert found(worked) == (7, "signatures")


def test_a_signature_copied_to_another_event_is_found(worked: Site) -> None:
    with tampering(worked) as database:
        (signature,) = signatures(database, 7)
        moved = signature._replace(seq=8, meaning=Meaning.RELEASED.value)
        database.execute("INSERT INTO signature VALUES (?, ?, ?, ?, ?, ?, ?, ?)", moved)
    assert found(worked) == (8, "signatures")


@pytest.mark.parametrize(
    ("sql", "finding"),
    [
        ("UPDATE attachment SET bytes = x'00' WHERE bytes = x'6c6f672030'", (0, "attachment")),
        ("DELETE FROM attachment WHERE bytes = x'6c6f672030'", (4, "attachment_gone")),
        (
            f"INSERT INTO attachment VALUES (x'{sha256(bytes(1)).hexdigest()}', 'x', x'00')",
            (0, "attachment_foreign"),
        ),
        ("UPDATE checkpoint SET head = zeroblob(32)", (11, "checkpoint")),
        (
            "UPDATE checkpoint SET made_at = '2026-11-22T00:00:00.000000Z'",
            (11, "checkpoint_signature"),
        ),
    ],
)
def test_what_the_chain_vouches_for_is_checked(
    worked: Site, sql: str, finding: tuple[int, str]
) -> None:
    with tampering(worked) as database:
        database.execute(sql)
    assert found(worked) == finding


def test_a_trigger_taken_away_is_found(worked: Site) -> None:
    database = worked.ledger.database
    with database.maintenance(Maintenance.MIGRATION):
        database.execute("DROP TRIGGER event_never_deleted")
    assert found(worked) == (0, "schema")


def test_a_ledger_founded_anew_with_other_keys_is_found(worked: Site) -> None:
    worked.ledger.close()
    for path in worked.folder.glob("site.*"):
        path.unlink()
    shutil.rmtree(worked.schema)
    forged = Site(worked.folder)
    forged.introduce(Key("mallory", "anna"))
    assert found(forged) == (0, "person_key")


def test_bodies_can_be_withheld_from_whoever_checks_the_chain(worked: Site) -> None:
    for row in rows(worked.ledger.database):
        withheld = row._replace(body="", salt=b"")
        assert hash_of(withheld) == row.hash


def test_everything_that_can_be_found_has_its_words() -> None:
    sources = Path(verify_module.__file__).parent.glob("*.py")
    told = {
        what
        for source in sources
        for what in re.findall(
            r'(?:Finding|differs)\(\s*[\w.]+,\s*"(\w+)"', source.read_text(encoding="utf-8")
        )
    }
    assert len(told) > 15
    for what in told:
        finding = Finding(7, what, "expected side", "found side")
        for language in get_args(Language):
            assert "{" not in str(worded(finding_as_violation(finding), language))


@pytest.mark.parametrize("topic", ["vault", "records", "clock"])
def test_every_code_of_vault_and_records_has_its_words(topic: str) -> None:
    package = Path(verify_module.__file__).parents[1]
    told = {
        code
        for source in package.rglob("*.py")
        for code in re.findall(rf'"({topic}\.[a-z_]+)"', source.read_text(encoding="utf-8"))
    }
    assert told
    assert told <= catalogue().keys()


def test_a_file_that_an_older_program_left_is_intact_before_it_is_lifted(site: Site) -> None:
    site.move("K1", "A1")
    (site.schema / "0003_later.sql").write_text(
        "CREATE TABLE later (kit TEXT PRIMARY KEY) STRICT;\n", encoding="utf-8"
    )
    assert proven(site).intact


def test_a_table_taken_away_is_found(site: Site) -> None:
    site.move("K1", "A1")
    with tampering(site) as database:
        database.execute("DROP TABLE place")
    assert found(site) == (0, "schema")


def test_a_table_taken_away_with_the_note_of_its_making_is_filled_from_the_events_again(
    site: Site,
) -> None:
    site.move("K1", "A1")
    site.move("K2", "B7")
    before = site.ledger.reader.rows("SELECT * FROM place ORDER BY 1")
    with tampering(site) as database:
        database.execute("DROP TABLE place")
        database.execute("DELETE FROM _sqlite_migrations WHERE name = '0002_toys'")
    lifting = open_database(site.path, KEY)
    done = migrate(lifting, site.schema, lift=state_from_events(KINDS, PROJECTIONS.apply))
    assert done == ("0002_toys", "0002_toys_lifted")
    assert Reader(lifting).rows("SELECT * FROM place ORDER BY 1") == before
    assert migrate(lifting, site.schema, lift=state_from_events(KINDS, PROJECTIONS.apply)) == ()
    lifting.conn.close()
    assert proven(site).intact


def test_a_lifting_that_breaks_off_leaves_the_state_as_it_was_and_is_made_good(site: Site) -> None:
    site.move("K1", "A1")
    before = site.ledger.reader.rows("SELECT * FROM place ORDER BY 1")
    lifting = open_database(site.path, KEY)

    def broken(db: EncryptedDatabase) -> None:
        state_from_events(KINDS, PROJECTIONS.apply)(db)
        db.execute("DELETE FROM place")
        raise LookupError("power cut")

    with pytest.raises(LookupError):
        migrate(lifting, site.schema, lift=broken)
    assert Reader(lifting).rows("SELECT * FROM place ORDER BY 1") == before
    done = migrate(lifting, site.schema, lift=state_from_events(KINDS, PROJECTIONS.apply))
    assert done == ("0002_toys_lifted",)
    assert Reader(lifting).rows("SELECT * FROM place ORDER BY 1") == before
    lifting.conn.close()
