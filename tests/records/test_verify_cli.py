"""The command line proves a real vault, names what was altered, and takes no password as argument."""

import io
from datetime import timedelta
from pathlib import Path

import pytest

from pharmacy_app.cli.exits import Exit
from pharmacy_app.cli.main import run
from pharmacy_app.domain.events.envelope import Act
from pharmacy_app.domain.events.site import PersonAdded, SiteFounded
from pharmacy_app.domain.ids import PersonId, SiteCode
from pharmacy_app.domain.people import Role
from pharmacy_app.records.driver import Maintenance, create_database, open_database
from pharmacy_app.records.migration import migrate
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SystemClock
from pharmacy_app.vault.derivation import FLOOR
from pharmacy_app.vault.session import NewPerson, OpenVault, Vault
from pharmacy_app.workflows.sessions import Machine, open_ledger

PASSWORD = "five herons over the marsh"
ANNA = NewPerson(PersonId("anna"), "Anna 张", PASSWORD)


@pytest.fixture
def vault(tmp_path: Path) -> OpenVault:
    machine = Machine(SystemClock(), SystemChance(), FLOOR)
    opened, _ = Vault(tmp_path / "vault", machine.clock, machine.chance, FLOOR).create(
        "S01", "bench-1", ANNA
    )
    database = create_database(opened.database_path, opened.database_key)
    migrate(database)
    database.conn.close()
    ledger = open_ledger(machine, opened)
    now = machine.clock.now() - timedelta(minutes=1)
    founded = SiteFounded(
        site=SiteCode("S01"),
        trial_code="T1",
        station="bench-1",
        station_public_key=opened.station_key.public_key,
        site_public_key=opened.site_public_key,
        sponsor_public_key=bytes(32),
        training=True,
    )
    added = PersonAdded(
        person_id=ANNA.person_id,
        printed_name=ANNA.printed_name,
        roles=tuple(Role)[:1],
        public_key=opened.public_keys[ANNA.person_id],
    )
    ledger.append([founded, added], Act("op-1", ANNA.person_id, now))
    ledger.checkpoint(now)
    ledger.close()
    return opened


def told(monkeypatch: pytest.MonkeyPatch, *argv: str, password: str = PASSWORD) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    return run(["--lang", "en", *argv, "--password-stdin"])


def test_an_intact_vault_is_proven(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = told(monkeypatch, "verify", "--vault", str(vault.folder), "--replay")
    assert (code, capsys.readouterr().out[:16]) == (Exit.DONE, "Intact: 2 events")


def test_the_first_altered_place_is_named(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database = open_database(vault.database_path, vault.database_key)
    database.execute("UPDATE person SET printed_name = 'Somebody Else'")
    database.conn.close()
    folder = str(vault.folder)
    assert told(monkeypatch, "verify", "--vault", folder) == Exit.DONE
    assert told(monkeypatch, "verify", "--vault", folder, "--replay") == Exit.ALTERED
    out = capsys.readouterr().out
    assert "[verify.state]" in out
    assert "Somebody Else" in out


def test_wrong_password_and_missing_or_damaged_files_are_five_different_messages(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ("verify", "--vault", str(vault.folder))
    content = vault.database_path.read_bytes()
    slots = vault.folder / "site.slots"
    codes = [told(monkeypatch, *command, password="not the password")]
    vault.database_path.write_bytes(bytes(len(content)))
    codes.append(told(monkeypatch, *command))
    vault.database_path.write_bytes(b"SQLite format 3\0" + content[16:])
    codes.append(told(monkeypatch, *command))
    vault.database_path.write_bytes(content[:200] + bytes([content[200] ^ 1]) + content[201:])
    codes.append(told(monkeypatch, *command))
    slots.unlink()
    codes.append(told(monkeypatch, *command))
    assert codes == [Exit.REFUSED] + [Exit.ENVIRONMENT] * 4
    err = capsys.readouterr().err
    for code in (
        "vault.wrong_password",
        "records.foreign_file",
        "records.plaintext",
        "records.damaged",
        "vault.slots_missing",
    ):
        assert err.count(f"[{code}]") == 1


def test_a_backup_opens_as_a_vault_of_its_own(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    command = ("backup", "--vault", str(vault.folder), "--to", str(kept))
    assert told(monkeypatch, *command) == Exit.DONE
    (made,) = kept.iterdir()
    assert told(monkeypatch, "verify", "--vault", str(made), "--replay") == Exit.DONE


def test_a_password_is_no_argument(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = told(monkeypatch, "verify", "--vault", str(vault.folder), "--password", PASSWORD)
    assert code == Exit.USAGE
    assert PASSWORD not in capsys.readouterr().err


def test_a_trigger_taken_away_is_named_without_replay(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = open_database(vault.database_path, vault.database_key)
    with database.maintenance(Maintenance.MIGRATION):
        database.execute("DROP TRIGGER event_never_changed")
    database.conn.close()
    assert told(monkeypatch, "verify", "--vault", str(vault.folder)) == Exit.ALTERED
