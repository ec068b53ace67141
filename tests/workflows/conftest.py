"""The desk of a stocked site, its owner signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import pharmacies
from tests.desks import Desk
from tests.pharmacies import MadeSite


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    """A stocked site; each test gets a copy of it."""
    return pharmacies.stocked_site(tmp_path_factory.mktemp("shelf") / "site")


@pytest.fixture
def desk(shelf: MadeSite, tmp_path: Path) -> Iterator[Desk]:
    made = pharmacies.copied(shelf, tmp_path / "site", tmp_path.name)
    with made.signed_in() as opened:
        yield Desk(made, opened.pharmacy)
