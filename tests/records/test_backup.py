"""Backups count once they were opened and proven."""

from pathlib import Path

import pytest

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.records import backup as backup_module
from pharmacy_app.records.backup import back_up
from pharmacy_app.records.driver import EncryptedDatabase, open_database
from pharmacy_app.records.migration import migrate
from pharmacy_app.records.verify import Trust, verify
from tests.records.toys import KEY, KINDS, ORIGIN, PROJECTIONS, STATION, Site


def test_a_backup_holds_everything_and_proves_itself(site: Site, tmp_path: Path) -> None:
    site.move("K1", "A")
    site.ledger.checkpoint(site.now)
    (site.folder / "site.slots").write_bytes(b"slots")
    made = back_up(site.ledger.database, site.folder, tmp_path / "kept", KEY, site.now)
    assert (made.seq, made.head) == site.ledger.head()
    assert {path.name for path in made.folder.iterdir()} == {"site.db", "site.slots", "site.mark"}
    copy = open_database(made.folder / "site.db", KEY, read_only=True)
    trust = Trust(ORIGIN, STATION.public_key, made.folder / "site.mark")
    assert verify(copy, trust, KINDS, replay=PROJECTIONS.apply, schema=site.schema).intact
    copy.conn.close()
    with pytest.raises(EnvironmentProblem, match=r"records\.backup_exists"):
        back_up(site.ledger.database, site.folder, tmp_path / "kept", KEY, site.now)


def test_a_backup_that_cannot_be_proven_is_taken_away(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copies_nothing(_source: EncryptedDatabase, target: EncryptedDatabase) -> None:
        migrate(target, site.schema)

    monkeypatch.setattr(backup_module, "copy_database", copies_nothing)
    with pytest.raises(EnvironmentProblem, match=r"records\.backup_unproven"):
        back_up(site.ledger.database, site.folder, tmp_path / "kept", KEY, site.now)
    assert list((tmp_path / "kept").iterdir()) == []
