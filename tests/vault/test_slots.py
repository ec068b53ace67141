"""The slot file: damage and change are told apart from a wrong password."""

import hashlib
import random

import msgspec
import pytest

from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.vault import slots as slot_file
from pharmacy_app.vault.derivation import FLOOR, FLOOR_MEMORY_KIB, Cost, calibrate, derive
from pharmacy_app.vault.session import OpenVault, Vault
from tests.vault.conftest import ANNA, BO, PASSWORD

FLIPS = 2_000


def test_no_flipped_bit_is_accepted(vault: Vault, opened: OpenVault) -> None:
    content = bytearray(vault.slots_path.read_bytes())
    drawn = random.Random(7)
    for _ in range(FLIPS):
        place, bit = drawn.randrange(len(content)), 1 << drawn.randrange(8)
        content[place] ^= bit
        vault.slots_path.write_bytes(content)
        with pytest.raises(EnvironmentProblem, match=r"vault\.slots_damaged"):
            vault.read()
        content[place] ^= bit
    vault.slots_path.write_bytes(content)
    vault.open(ANNA.person_id, PASSWORD)


def test_a_missing_slot_file_is_told_as_such(vault: Vault) -> None:
    with pytest.raises(EnvironmentProblem, match=r"vault\.slots_missing"):
        vault.open(ANNA.person_id, PASSWORD)


def test_a_cut_slot_file_is_told_as_damaged(vault: Vault, opened: OpenVault) -> None:
    content = vault.slots_path.read_bytes()
    for cut in (0, 1, len(content) // 2, len(content) - 1):
        vault.slots_path.write_bytes(content[:cut])
        with pytest.raises(EnvironmentProblem, match=r"vault\.slots_damaged"):
            vault.read()


def forged(slots: slot_file.Slots) -> bytes:
    """Return the file as somebody writes it who can compute the checksum but not the MAC."""
    bare = msgspec.structs.replace(slots, checksum=b"")
    digest = hashlib.sha256(slot_file._canonical(bare)).digest()
    return slot_file._canonical(msgspec.structs.replace(bare, checksum=digest))


def test_a_slot_taken_out_by_a_forger_is_found(vault: Vault, opened: OpenVault) -> None:
    opened.add_person(BO).close()
    slots = vault.read()
    fewer = msgspec.structs.replace(slots, people=slots.people[:1])
    vault.slots_path.write_bytes(forged(fewer))
    with pytest.raises(EnvironmentProblem, match=r"vault\.slots_altered"):
        vault.open(ANNA.person_id, PASSWORD)


def test_a_slot_moved_to_another_name_does_not_open(vault: Vault, opened: OpenVault) -> None:
    slots = vault.read()
    renamed = msgspec.structs.replace(slots.people[0], printed_name="Somebody Else")
    vault.slots_path.write_bytes(forged(msgspec.structs.replace(slots, people=(renamed,))))
    with pytest.raises(Refused) as refused:
        vault.open(ANNA.person_id, PASSWORD)
    assert refused.value.violations[0].rule == "vault.wrong_password"


@pytest.mark.parametrize(
    "cost",
    [Cost(FLOOR_MEMORY_KIB - 1, 1, 2), Cost(FLOOR_MEMORY_KIB, 0, 2), Cost(1 << 40, 1, 2)],
)
def test_a_cost_outside_the_limits_is_never_derived(
    vault: Vault, opened: OpenVault, cost: Cost
) -> None:
    with pytest.raises(ValueError, match="floor"):
        derive(PASSWORD, bytes(16), cost)
    slots = vault.read()
    lock = msgspec.structs.replace(slots.people[0].lock, cost=cost)
    cheap = msgspec.structs.replace(slots.people[0], lock=lock)
    vault.slots_path.write_bytes(forged(msgspec.structs.replace(slots, people=(cheap,))))
    with pytest.raises(EnvironmentProblem, match=r"vault\.slots_damaged"):
        vault.read()


def test_calibration_raises_the_cost_until_it_takes_long_enough() -> None:
    ticks = iter([0.0, 0.1, 1.0, 1.15, 2.0, 2.4])
    assert calibrate(lambda: next(ticks)) == Cost(FLOOR.memory_kib * 4, 1, 2)


def test_a_full_width_password_is_the_same_password() -> None:
    assert derive("ＡＢＣ１２３", bytes(16), FLOOR) == derive("ABC123", bytes(16), FLOOR)


def test_no_secret_lies_plain_in_the_folder(vault: Vault, opened: OpenVault) -> None:
    for path in vault.folder.iterdir():
        content = path.read_bytes()
        for secret in (PASSWORD.encode(), bytes(opened.database_key), opened.site_key):
            assert secret not in content
            assert secret.hex().encode() not in content
