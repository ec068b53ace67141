"""Founding is all or nothing, begins again where it was cut off, and touches nobody's files."""

from pathlib import Path

import pytest

from pharmacy_app.workflows import founding
from tests import pharmacies
from tests.desks import refused

LEFT = ("site.slots", "site.db", "site.db-wal", "site.db-shm", "site.mark", "site.mark.part")


@pytest.mark.parametrize("cut", range(1, len(LEFT) + 1))
def test_a_founding_that_was_cut_off_is_begun_again(cut: int, tmp_path: Path) -> None:
    building = tmp_path / "site.founding"
    building.mkdir()
    for name in LEFT[:cut]:
        (building / name).write_bytes(b"half")
    with pharmacies.make_site(tmp_path / "site").signed_in() as opened:
        assert opened.doubt is None
    assert not building.exists()


@pytest.mark.parametrize("step", ["create_database", "open_ledger"])
def test_an_error_on_the_way_is_said_and_does_not_stand_in_the_way(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(founding, step, broken)
        with refused("vault.folder_unfit"):
            pharmacies.make_site(tmp_path / "site")
    pharmacies.make_site(tmp_path / "site")


def test_a_vault_that_stands_hands_out_its_recovery_code_whatever_the_disk_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(founding, "flush_folder", broken)
    assert pharmacies.make_site(tmp_path / "site").recovery_code


def test_somebody_elses_files_beside_the_vault_are_left_alone(tmp_path: Path) -> None:
    theirs = tmp_path / "site.founding"
    (theirs / "pictures").mkdir(parents=True)
    (theirs / "letter.txt").write_text("dear", encoding="utf-8")
    with refused("vault.exists"):
        pharmacies.make_site(tmp_path / "site")
    assert (theirs / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_a_link_laid_beside_the_vault_is_not_followed(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "site.db").write_text("dear", encoding="utf-8")
    (tmp_path / "site.founding").symlink_to(theirs)
    with refused("vault.exists"):
        pharmacies.make_site(tmp_path / "site")
    assert (theirs / "site.db").exists()


def test_a_place_that_cannot_be_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    for place in (tmp_path / "file", tmp_path / "file" / "site", tmp_path / ("x" * 300)):
        with refused("vault.folder_unfit"):
            pharmacies.make_site(place)
    with refused("vault.folder_symlink"):
        pharmacies.make_site(tmp_path / "link")


def test_a_folder_that_is_away_is_said_at_sign_in(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / "away")
    with refused("vault.folder_unfit"), made.signed_in():
        pass


@pytest.mark.parametrize(
    ("name", "rule"), [("site.lock", "vault.folder_unfit"), ("site.mark", "file.not_written")]
)
def test_a_folder_in_the_place_of_a_small_file_ends_in_words(
    name: str, rule: str, tmp_path: Path
) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    (tmp_path / "site" / name).unlink()
    (tmp_path / "site" / name).mkdir()
    with refused(rule), made.signed_in():
        pass


def test_a_book_of_tries_that_cannot_be_read_locks_nobody_out(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    (tmp_path / "site" / "site.tries").mkdir()
    with made.signed_in() as opened:
        assert opened.doubt is None
