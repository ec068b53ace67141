import json
from pathlib import Path

import pytest

from pharmacy_app.domain.ids import SiteCode, StageCode
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.sponsor.keys import (
    KEY_FILE,
    REGISTER,
    Register,
    SiteRecord,
    load_keys,
    load_register,
    new_keys,
    save_keys,
    save_register,
)
from pharmacy_app.system.chance import SeededChance

PASSWORD = "correct horse battery staple"
CHANCE = SeededChance("sponsor")
KEYS = new_keys(CHANCE)
RECORD = SiteRecord(public_key=b"p" * 32, last_number=3, stages=(StageCode("stage1"),))


def test_keys_come_back_with_their_password_alone(tmp_path: Path) -> None:
    save_keys(KEYS, tmp_path, PASSWORD, CHANCE)
    assert load_keys(tmp_path, PASSWORD) == KEYS
    with pytest.raises(Refused, match="wrong_password"):
        load_keys(tmp_path, PASSWORD + " ")


def test_no_private_key_stands_in_the_file_nor_in_a_trace(tmp_path: Path) -> None:
    save_keys(KEYS, tmp_path, PASSWORD, CHANCE)
    raw = (tmp_path / KEY_FILE).read_bytes()
    assert KEYS.signing not in raw
    assert KEYS.signing.hex() not in repr(KEYS)
    assert repr(KEYS) == "SponsorKeys()"


def test_keys_are_never_made_over_others(tmp_path: Path) -> None:
    save_keys(KEYS, tmp_path, PASSWORD, CHANCE)
    with pytest.raises(Refused, match="keys_exist"):
        save_keys(new_keys(CHANCE), tmp_path, PASSWORD, CHANCE)


def test_a_short_password_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="password_short"):
        save_keys(KEYS, tmp_path / "new", "short", CHANCE)
    assert not (tmp_path / "new").exists()


def test_missing_damaged_and_exchanged_key_files_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="no_keys"):
        load_keys(tmp_path, PASSWORD)
    save_keys(KEYS, tmp_path, PASSWORD, CHANCE)
    path = tmp_path / KEY_FILE
    whole = json.loads(path.read_bytes())
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(EnvironmentProblem, match="keys_damaged"):
        load_keys(tmp_path, PASSWORD)
    whole["recovery_public"] = whole["signing_public"]
    path.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(Refused, match="wrong_password"):
        load_keys(tmp_path, PASSWORD)


def test_the_register_remembers_every_site_of_every_trial(tmp_path: Path) -> None:
    register = Register().with_sites("ONE", {SiteCode("01"): RECORD})
    register = register.with_sites("TWO", {SiteCode("01"): RECORD})
    save_register(register, tmp_path, KEYS)
    read = load_register(tmp_path, KEYS)
    assert read.site("ONE", SiteCode("01")) == RECORD
    assert read.site("TWO", SiteCode("01")) == RECORD
    assert read.site("ONE", SiteCode("02")) is None


def test_a_register_is_empty_before_the_first_build(tmp_path: Path) -> None:
    assert load_register(tmp_path, KEYS) == Register()


def test_a_register_with_a_foreign_site_key_is_refused(tmp_path: Path) -> None:
    save_register(Register().with_sites("ONE", {SiteCode("01"): RECORD}), tmp_path, KEYS)
    path = tmp_path / REGISTER
    altered = json.loads(path.read_bytes())
    altered["register"]["sites"]["ONE/01"]["last_number"] = 1
    path.write_text(json.dumps(altered), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="register_altered"):
        load_register(tmp_path, KEYS)
    save_register(Register(), tmp_path, new_keys(CHANCE))
    with pytest.raises(EnvironmentProblem, match="register_altered"):
        load_register(tmp_path, KEYS)
