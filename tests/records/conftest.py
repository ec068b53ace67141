"""The toy site, empty and opened for work."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.records.toys import Site


@pytest.fixture
def empty_site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    site.ledger.close()


@pytest.fixture
def site(empty_site: Site) -> Site:
    return empty_site.open_for_work()
