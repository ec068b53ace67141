"""The desk of a stocked site, its owner signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import pharmacies
from tests.desks import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
        yield Desk(made, opened.pharmacy)
