"""A recorded text is never changed: what no paper could print is not recorded."""

import pytest

from pharmacy_app.workflows import custody, enrolment, papers
from pharmacy_app.workflows.pharmacy import Scanned
from pharmacy_app.workflows.texts import storable
from tests import pharmacies
from tests.desks import Desk, refused
from tests.pharmacies import CREDENTIALS, WANG

UNPRINTABLE = ["Dr\x00", "Dr \u202eoahZ", "Dr\nZhao", "Dr \ud800", "Dr 🙂", "Dr 𠮷", "Dr\u200bZhao"]


@pytest.mark.parametrize("author", UNPRINTABLE)
def test_a_request_with_an_unprintable_author_is_not_recorded(author: str, desk: Desk) -> None:
    head = desk.pharmacy.ledger.head()
    with refused("text.not_printable"):
        enrolment.enrol(desk.pharmacy, "01-001", author, "R")
    assert desk.pharmacy.ledger.head() == head


def test_an_endless_text_is_not_recorded(desk: Desk) -> None:
    with refused("text.too_long"):
        enrolment.enrol(desk.pharmacy, "01-001", "Dr Zhao", "R" * 501)


def test_the_form_of_a_bag_can_always_be_printed_once_it_left(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose = pharmacies.labelled(desk.made, desk.pharmacy, "01-001")
    with refused("text.not_printable"):
        custody.hand_over(desk.pharmacy, dose, "Nurse 🙂", "nurse", CREDENTIALS[WANG])
    with refused("text.too_long"):
        custody.hand_over(desk.pharmacy, dose, "钱" * 61, "nurse", CREDENTIALS[WANG])
    custody.hand_over(desk.pharmacy, dose, "钱" * 60, "n" * 60, CREDENTIALS[WANG])
    papers.hand_over_form(desk.pharmacy, dose)
    papers.preparation_record(desk.pharmacy, dose)


def test_a_wrong_scan_is_noted_whatever_it_holds(desk: Desk) -> None:
    before = desk.near_misses()
    with refused("barcode.strange_character"):
        desk.pharmacy.scanned_kit_number("stock", Scanned("K\ud800\u202e\x00"))
    assert desk.near_misses() == before + 1
    assert storable("K\ud800") == "K\\ud800"
