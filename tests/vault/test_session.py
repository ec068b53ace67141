"""Making, opening and sharing a vault."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.domain.signing import certificate_message
from pharmacy_app.records.authority import is_signed
from pharmacy_app.system.clock import SetClock
from pharmacy_app.vault.recovery import opened_by_sponsor
from pharmacy_app.vault.session import NewPerson, OpenVault, Vault
from pharmacy_app.vault.signing import Credential, HeldKeys, PasswordSigning
from tests.vault.conftest import ANNA, BO, PASSWORD

WRONG = "not the password at all"


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.rule for reason in refused.value.violations]


def test_every_person_opens_the_same_vault_with_their_own_password(
    vault: Vault, opened: OpenVault
) -> None:
    opened.add_person(BO).close()
    again = vault.open(BO.person_id, BO.password)
    assert again.database_key == opened.database_key
    assert again.site_key == opened.site_key
    assert again.station_key.public_key == opened.station_key.public_key
    assert [listed.printed_name for listed in vault.people()] == ["Anna 张", "Bo 李"]
    assert again.personal is not None
    assert again.personal.public_key == again.public_keys[BO.person_id]


def test_a_session_is_certified_by_its_owner_and_closes_the_personal_key(opened: OpenVault) -> None:
    personal = opened.personal
    assert personal is not None
    session = opened.start_session()
    message = certificate_message("S01", ANNA.person_id, session.public_key)
    assert is_signed(personal.public_key, session.certificate, message)
    with pytest.raises(RuntimeError):
        personal.sign(b"x")
    with pytest.raises(RuntimeError):
        opened.start_session()


def test_a_signature_asks_for_the_password_each_time(opened: OpenVault) -> None:
    opened.add_person(BO).close()
    signing = PasswordSigning(opened)
    with signing.unlock(Credential(BO.person_id, BO.password)) as key:
        assert is_signed(opened.public_keys[BO.person_id], key.sign(b"act"), b"act")
        held = HeldKeys([key]).unlock(Credential(BO.person_id, ""))
        assert held.sign(b"act") == key.sign(b"act")
    with pytest.raises(Refused) as refused:
        signing.unlock(Credential(BO.person_id, PASSWORD))
    assert rules(refused) == ["vault.wrong_password"]
    assert BO.password not in repr(Credential(BO.person_id, BO.password))


def test_wrong_tries_make_the_next_wait_and_are_told_at_the_sign_in(
    vault: Vault, opened: OpenVault, clock: SetClock
) -> None:
    for _ in range(3):
        with pytest.raises(Refused):
            vault.open(ANNA.person_id, WRONG)
    with pytest.raises(Refused) as refused:
        vault.open(ANNA.person_id, PASSWORD)
    assert rules(refused) == ["vault.wait"]
    clock.advance(timedelta(seconds=5))
    assert len(vault.open(ANNA.person_id, PASSWORD).wrong_tries) == 3
    signing_in = vault.open(ANNA.person_id, PASSWORD)
    assert len(signing_in.wrong_tries) == 3
    signing_in.forget_tries(ANNA.person_id)
    assert vault.open(ANNA.person_id, PASSWORD).wrong_tries == ()


def test_the_tenth_wrong_try_locks_until_somebody_else_opens_the_lock(
    vault: Vault, opened: OpenVault, clock: SetClock
) -> None:
    for _ in range(10):
        clock.advance(timedelta(hours=1))
        with pytest.raises(Refused) as refused:
            vault.open(ANNA.person_id, WRONG)
    assert refused.value.violations[0].fact("left") == 0
    clock.advance(timedelta(days=365))
    with pytest.raises(Refused) as refused:
        vault.open(ANNA.person_id, PASSWORD)
    assert rules(refused) == ["vault.locked"]
    opened.clear_tries(ANNA.person_id)
    assert len(vault.open(ANNA.person_id, PASSWORD).wrong_tries) == 10


def test_a_changed_password_replaces_the_old_and_keeps_the_key(
    vault: Vault, opened: OpenVault
) -> None:
    before = opened.public_keys
    opened.change_password(ANNA.person_id, PASSWORD, BO.password)
    with pytest.raises(Refused):
        vault.open(ANNA.person_id, PASSWORD)
    assert vault.open(ANNA.person_id, BO.password).public_keys == before


def test_a_weak_password_is_refused_and_nothing_is_made(vault: Vault) -> None:
    with pytest.raises(Refused) as refused:
        vault.create("S01", "bench-1", NewPerson(PersonId("anna"), "Anna", "aaaa"))
    assert set(rules(refused)) == {
        "vault.password_short",
        "vault.password_common",
        "vault.password_repeats",
    }
    assert not vault.folder.exists()


def test_nobody_is_added_twice_and_no_stranger_opens(vault: Vault, opened: OpenVault) -> None:
    with pytest.raises(Refused) as refused:
        opened.add_person(ANNA)
    assert rules(refused) == ["vault.person_exists"]
    with pytest.raises(Refused) as refused:
        vault.open(PersonId("mallory"), PASSWORD)
    assert rules(refused) == ["vault.unknown_person"]


def test_a_vault_is_never_made_over_another(vault: Vault, opened: OpenVault) -> None:
    with pytest.raises(EnvironmentProblem, match=r"vault\.exists"):
        vault.create("S01", "bench-1", ANNA)


def test_the_printed_code_opens_the_vault_and_another_does_not(
    vault: Vault, created: tuple[OpenVault, str], tmp_path: Path
) -> None:
    opened, code = created
    typed = code.lower().replace("-", " ")
    assert vault.open_with_recovery(typed).database_key == opened.database_key
    other = Vault(tmp_path / "other", vault._clock, vault._chance, vault._cost)
    _, foreign = other.create("S02", "bench-1", ANNA)
    with pytest.raises(Refused) as refused:
        vault.open_with_recovery(foreign)
    assert rules(refused) == ["vault.recovery_wrong"]


def test_the_sponsors_recovery_key_opens_the_database_key(vault: Vault) -> None:
    sponsor = X25519PrivateKey.generate()
    opened, _ = vault.create("S01", "bench-1", ANNA, sponsor.public_key().public_bytes_raw())
    slots = vault.read()
    assert slots.sponsor is not None
    key = opened_by_sponsor(
        sponsor.private_bytes_raw(), slots.header.vault_id, slots.sponsor.sealed
    )
    assert key == bytes(opened.database_key)


def test_closing_wipes_the_keys(opened: OpenVault) -> None:
    opened.close()
    opened.close()
    assert opened.database_key == bytes(32)
    assert opened.site_key == bytes(32)
    with pytest.raises(RuntimeError):
        opened.station_key.sign(b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps access lists instead of modes")
def test_folder_and_files_are_the_owners_alone(vault: Vault, opened: OpenVault) -> None:
    assert vault.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in vault.folder.iterdir()} == {0o600}
