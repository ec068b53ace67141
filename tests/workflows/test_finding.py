"""Finding: by the beginning and by the middle of a code, never too much, never one kind only."""

from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.records.queries.unblinded import finding as queries
from pharmacy_app.records.queries.unblinded.finding import Found, Sought
from pharmacy_app.workflows import dosing, enrolment, finding
from tests import pharmacies
from tests.desks import Desk
from tests.pharmacies import SHIPMENT
from tests.small_trials import CELLS, SHAM

SUBJECT = SubjectId("01-017")


def test_a_record_is_found_by_the_beginning_and_by_the_middle_of_its_code(desk: Desk) -> None:
    kit = desk.made.kits[CELLS][0]
    for part in (kit, kit[:5], kit[2:6], kit.lower(), f" {kit[:5]} ", "Ｋ" + kit[1:]):
        assert kit in {found.record for found in finding.find(desk.pharmacy, part)}


def test_a_subject_is_found_with_its_doses(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, SUBJECT, "A")
    dose = dosing.open_dose(desk.pharmacy, SUBJECT, "W0")
    assert finding.find(desk.pharmacy, SUBJECT) == [
        Found(Sought.SUBJECT, SUBJECT),
        Found(Sought.DOSE, dose, "assign", f"{SUBJECT} · W0"),
    ]
    assert finding.find(desk.pharmacy, dose)[0].record == dose


def test_one_character_and_a_wild_card_find_nothing(desk: Desk) -> None:
    for text in ("", " ", "K", "%%", "K%", "__", "'; --"):
        assert finding.find(desk.pharmacy, text) == []


def test_the_list_is_bounded_and_no_kind_is_crowded_out(desk: Desk) -> None:
    for number in range(1, 31):
        enrolment.enrol(desk.pharmacy, f"01-{number:03}", "Dr Zhao", "REQ-1")
    assert len(finding.find(desk.pharmacy, "01-0")) == finding.MOST
    found = finding.find(desk.pharmacy, "00")
    assert len(found) <= finding.MOST
    assert Found(Sought.SHIPMENT, SHIPMENT, "received") in found
    assert sum(one.kind is Sought.SUBJECT for one in found) == 9


def test_codes_that_begin_with_the_text_come_first_and_none_comes_twice(desk: Desk) -> None:
    part = desk.made.kits[SHAM][0][:2]
    records = [found.record for found in queries.found(desk.pharmacy.reader, Sought.KIT, part, 100)]
    assert len(records) == len(set(records))
    begins = [record.startswith(part) for record in records]
    assert begins == sorted(begins, reverse=True)


def test_the_kit_of_a_scan_is_looked_for_by_its_number(desk: Desk) -> None:
    kit = desk.made.kits[CELLS][0]
    assert finding.code_of(f"{kit}\r") == kit
    assert finding.code_of("(01") == "(01"
