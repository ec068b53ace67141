import json
from pathlib import Path

import pytest

from pharmacy_app.demo.aids import aids_file, read_aids
from pharmacy_app.demo.site import LI, WANG, make_demo_site
from pharmacy_app.demo.story import START
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.records.queries.unblinded import kits, shipments
from pharmacy_app.records.queries.unblinded import storage as queries
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.vault.derivation import FLOOR
from pharmacy_app.workflows.sessions import Machine, sign_in


@pytest.fixture
def machine() -> Machine:
    return Machine(SetClock(START), SystemChance(), FLOOR)


def test_a_demo_site_has_two_people_a_tank_and_a_marked_file_of_aids(
    tmp_path: Path, machine: Machine
) -> None:
    steps: list[tuple[int, int]] = []
    made = make_demo_site(
        tmp_path / "vault", machine, progress=lambda done, of: steps.append((done, of))
    )
    assert steps == [(n, 5) for n in range(1, 6)]
    assert read_aids(made.folder) == made.aids
    told = json.loads(aids_file(made.folder).read_text(encoding="utf-8"))
    assert told["notice"].startswith("TRAINING DATA")
    assert {person["person_id"] for person in told["people"]} == {"wang", "li"}
    for person in (WANG, LI):
        with sign_in(machine, made.folder, person.person_id, person.password) as opened:
            reader = opened.pharmacy.reader
            assert [unit.code for unit in queries.units(reader)] == ["T1"]
            assert {s.state for s in shipments.shipments(reader)} == {"advised"}


def test_the_aids_name_every_release_code_and_no_arm(tmp_path: Path, machine: Machine) -> None:
    made = make_demo_site(tmp_path / "vault", machine)
    lines = [line for listed in made.desk.values() for line in listed]
    assert sorted(code.code for code in made.aids.release_codes) == sorted(
        line.code for line in lines
    )
    text = aids_file(made.folder).read_text(encoding="utf-8")
    assert not any(f'"{line.arm}"' in text for line in lines)


def test_a_stocked_demo_site_has_its_first_shipment_on_the_shelf(
    tmp_path: Path, machine: Machine
) -> None:
    made = make_demo_site(tmp_path / "vault", machine, with_stock=True)
    with sign_in(machine, made.folder, WANG.person_id, WANG.password) as opened:
        reader = opened.pharmacy.reader
        first = made.aids.shipments[0]
        shelf = kits.of_shipment(reader, first.shipment_id)
        assert {kit.state for kit in shelf} == {KitState.AVAILABLE}
        assert all(kit.position for kit in shelf)


def test_a_real_site_has_no_aids(tmp_path: Path) -> None:
    assert read_aids(tmp_path / "vault") is None


def test_damaged_aids_are_told_not_guessed(tmp_path: Path) -> None:
    aids_file(tmp_path / "vault").write_text("{", encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="aids_damaged"):
        read_aids(tmp_path / "vault")
