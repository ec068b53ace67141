"""Who may sign: whoever the passwords belong to, the rules decide, not the list in the window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.people import Role
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.records.ledger import Ledger
from pharmacy_app.vault.session import NewPerson
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import accounts, custody, enrolment, receiving, stock
from pharmacy_app.workflows.pharmacy import Scanned
from pharmacy_app.workflows.sessions import OpenSite
from tests import pharmacies, small_trials
from tests.desks import refused
from tests.pharmacies import CREDENTIALS, PASSWORDS, SHIPMENT, WANG, MadeSite
from tests.small_trials import STAGE

SUN = PersonId("sun")
PASSWORD = "plum cloud rail monkey six"
MONITOR = Credential(SUN, PASSWORD)


def account(
    person: str = "sun", name: str = "孙监查 Sun", role: Role = Role.MONITOR
) -> accounts.Account:
    return accounts.Account(PersonId(person), name, frozenset({role}), PASSWORD)


@dataclass
class Shop:
    made: MadeSite
    opened: OpenSite


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        accounts.add_person(opened.pharmacy, opened.vault, account(), CREDENTIALS[WANG])
        yield Shop(made, opened)


def _receipt(shop: Shop) -> object:
    pharmacy = shop.opened.pharmacy
    receiving.open_receipt(pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
    for numbers in shop.made.kits.values():
        for number in numbers:
            receiving.examine(pharmacy, SHIPMENT, Scanned(number), Condition.INTACT)
    return receiving.sign_receipt(pharmacy, SHIPMENT, MONITOR)


def _quarantine(shop: Shop) -> object:
    pharmacy = shop.opened.pharmacy
    pharmacies.stock_shelf(shop.made, pharmacy)
    kit = shop.made.kits[small_trials.CELLS][0]
    stock.quarantine(pharmacy, Scanned(kit), "dropped")
    return stock.decide_quarantine(
        pharmacy, [kit], usable=True, authorisation="AUTH-1", credential=MONITOR
    )


def _allocation(shop: Shop) -> object:
    enrolment.enrol(shop.opened.pharmacy, "01-001", "Dr Zhao", "R")
    code = shop.made.code_for("A")
    return enrolment.open_allocation(shop.opened.pharmacy, "01-001", STAGE, code, MONITOR)


def _hand_over(shop: Shop) -> object:
    pharmacy = shop.opened.pharmacy
    pharmacies.stock_shelf(shop.made, pharmacy)
    pharmacies.enrolled(shop.made, pharmacy, "01-001", "A")
    dose = pharmacies.labelled(shop.made, pharmacy, "01-001")
    return custody.hand_over(pharmacy, dose, "Nurse Qian", "nurse", MONITOR)


def _person(shop: Shop) -> object:
    newcomer = account("zhou", "周药师 Zhou")
    return accounts.add_person(shop.opened.pharmacy, shop.opened.vault, newcomer, MONITOR)


@pytest.mark.parametrize("act", [_receipt, _quarantine, _allocation, _hand_over, _person])
def test_a_monitor_signs_no_act_of_the_pharmacy_at_somebody_elses_desk(
    act: Callable[[Shop], object], shop: Shop
) -> None:
    before = shop.opened.vault.public_keys
    with refused("people.no_right"):
        act(shop)
    assert shop.opened.vault.public_keys == before


@pytest.mark.parametrize("name", ["王药师 Wang ", "王药师 wang", "王药师Ｗａｎｇ", " 王药师  Wang"])
def test_a_name_that_reads_like_another_is_taken(name: str, shop: Shop) -> None:
    with refused("people.name_taken"):
        accounts.add_person(
            shop.opened.pharmacy, shop.opened.vault, account("wang2", name), CREDENTIALS[WANG]
        )


@pytest.mark.parametrize("name", ["\u202eSun", "Sun\x00", "Sun\nChecker", "\ud800", "Nurse 🙂"])
def test_a_name_that_no_paper_can_print_gets_no_account(name: str, shop: Shop) -> None:
    with refused("text.not_printable"):
        accounts.add_person(
            shop.opened.pharmacy, shop.opened.vault, account("odd", name), CREDENTIALS[WANG]
        )
    assert PersonId("odd") not in shop.opened.vault.public_keys


def test_an_addition_that_a_full_disk_cut_off_is_done_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise EnvironmentProblem("records.disk_full", "site.db")

    zhou = account("zhou", "周药师 Zhou")
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "append", full)
        with pytest.raises(EnvironmentProblem):
            accounts.add_person(shop.opened.pharmacy, shop.opened.vault, zhou, CREDENTIALS[WANG])
    accounts.add_person(shop.opened.pharmacy, shop.opened.vault, zhou, CREDENTIALS[WANG])
    with refused("vault.person_exists"):
        accounts.add_person(
            shop.opened.pharmacy,
            shop.opened.vault,
            account("zhou", "周监查 Zhou"),
            CREDENTIALS[WANG],
        )
    shop.opened.close()
    PASSWORDS[zhou.person_id] = PASSWORD
    try:
        with shop.made.signed_in(zhou.person_id) as opened:
            assert opened.pharmacy.person.printed_name == "周药师 Zhou"
    finally:
        del PASSWORDS[zhou.person_id]


def test_without_the_records_every_slot_is_somebodys(shop: Shop) -> None:
    with refused("vault.person_exists"):
        shop.opened.vault.add_person(NewPerson(SUN, "Sun", PASSWORD))
