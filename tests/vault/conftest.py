"""A vault in an empty folder, a clock set by hand, people who know their passwords."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pharmacy_app.domain.ids import PersonId
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.vault.derivation import FLOOR
from pharmacy_app.vault.session import NewPerson, OpenVault, Vault

PASSWORD = "five herons over the marsh"
ANNA = NewPerson(PersonId("anna"), "Anna 张", PASSWORD)
BO = NewPerson(PersonId("bo"), "Bo 李", "quiet lanterns by the weir")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime(2026, 11, 22, 8, 0, tzinfo=UTC))


@pytest.fixture
def vault(tmp_path: Path, clock: SetClock) -> Vault:
    return Vault(tmp_path / "vault", clock, SeededChance("vault"), FLOOR)


@pytest.fixture
def created(vault: Vault) -> tuple[OpenVault, str]:
    return vault.create("S01", "bench-1", ANNA)


@pytest.fixture
def opened(created: tuple[OpenVault, str]) -> OpenVault:
    return created[0]
