"""Training sites to type commands at: made once, copied for each test."""

from pathlib import Path

import pytest

from pharmacy_app.demo.site import DemoSite, make_demo_site
from pharmacy_app.demo.story import START
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.vault.derivation import FLOOR
from pharmacy_app.workflows.sessions import Machine
from tests.cli.terminals import Terminal, terminal_at_a_copy


def made_in(folder: Path, *, with_stock: bool) -> DemoSite:
    machine = Machine(SetClock(START), SystemChance(), FLOOR)
    return make_demo_site(folder, machine, with_stock=with_stock)


@pytest.fixture(scope="session")
def stocked_site(tmp_path_factory: pytest.TempPathFactory) -> DemoSite:
    return made_in(tmp_path_factory.mktemp("stocked") / "vault", with_stock=True)


@pytest.fixture(scope="session")
def bare_site(tmp_path_factory: pytest.TempPathFactory) -> DemoSite:
    return made_in(tmp_path_factory.mktemp("bare") / "vault", with_stock=False)


@pytest.fixture
def stocked(stocked_site: DemoSite, tmp_path: Path) -> Terminal:
    return terminal_at_a_copy(stocked_site, tmp_path / "vault")


@pytest.fixture
def bare(bare_site: DemoSite, tmp_path: Path) -> Terminal:
    return terminal_at_a_copy(bare_site, tmp_path / "vault")
