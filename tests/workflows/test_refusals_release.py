"""Refusals between the check and the ward: second person, label, hand-over."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers.port import PrintOutcome
from pharmacy_app.domain.dose import Reading
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.trial import SecondCheck, Text
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import (
    custody,
    dosing,
    labelling,
    preparation,
    releasing,
)
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies, small_trials
from tests.desks import Desk, refused
from tests.pharmacies import CREDENTIALS, LI, WANG


def test_second_person_must_be_another_person(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.covered(desk.made, desk.pharmacy, subject)
    readings = pharmacies.readings_for(desk.pharmacy, dose_id)
    with refused("people.same_person"):
        releasing.check(desk.pharmacy, dose_id, readings, (CREDENTIALS[WANG], CREDENTIALS[WANG]))


def test_second_persons_other_reading_is_refused_without_telling_the_first(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.covered(desk.made, desk.pharmacy, subject)
    first, second = pharmacies.TWO_COUNTS
    with refused("check.counts_differ"):
        releasing.check(
            desk.pharmacy, dose_id, [second, first], (CREDENTIALS[WANG], CREDENTIALS[LI])
        )


def test_label_asked_before_the_check_is_refused(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.covered(desk.made, desk.pharmacy, subject)
    with refused("bench.label_locked"):
        labelling.reserve(desk.pharmacy, dose_id)


def test_lone_pharmacist_is_refused_where_the_trial_wants_two(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.covered(desk.made, desk.pharmacy, subject)
    with refused("check.not_deferrable"):
        releasing.defer_check(desk.pharmacy, dose_id, "alone at night")


def test_deferred_check_raises_a_deviation_that_the_second_person_closes(tmp_path: Path) -> None:
    trial = small_trials.small_trial(SecondCheck.MAY_BE_LATER)
    made = pharmacies.make_site(tmp_path / "site", trial=trial)
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        pharmacies.stock_shelf(made, pharmacy)
        subject = pharmacies.enrolled(made, pharmacy, "01-001", "A")
        dose_id = pharmacies.covered(made, pharmacy, subject)
        releasing.defer_check(pharmacy, dose_id, "alone at night")
        assert [d.rule for d in dose_queries.deviations(pharmacy.reader)] == ["check.deferred"]
        labelling.reserve(pharmacy, dose_id)
        readings = pharmacies.readings_for(pharmacy, dose_id)
        with refused("people.same_person"):
            releasing.verify_later(pharmacy, dose_id, readings, CREDENTIALS[WANG])
        releasing.verify_later(pharmacy, dose_id, readings, CREDENTIALS[LI])
        assert dose_queries.deviations(pharmacy.reader) == []
        with refused("check.nothing_to_verify"):
            releasing.verify_later(pharmacy, dose_id, readings, CREDENTIALS[LI])


def test_label_too_soon_is_refused_in_either_arm(tmp_path: Path) -> None:
    trial = small_trials.small_trial()
    slower = msgspec.structs.replace(trial.release, min_bench_minutes=60)
    made = pharmacies.make_site(
        tmp_path / "site", trial=msgspec.structs.replace(trial, release=slower)
    )
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
        for number, arm in (("01-001", "A"), ("01-002", "B")):
            pharmacies.enrolled(made, opened.pharmacy, number, arm)
            dose_id = pharmacies.checked(made, opened.pharmacy, number)
            with refused("bench.too_soon"):
                labelling.reserve(opened.pharmacy, dose_id)
            made.clock.advance(timedelta(minutes=60))
            assert labelling.reserve(opened.pharmacy, dose_id).copy == 1


def test_hand_over_after_use_before_is_refused(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.labelled(desk.made, desk.pharmacy, subject)
    limit = dosing.dose(desk.pharmacy, dose_id).use_before
    assert limit is not None
    desk.made.clock.set(limit)
    with refused("bench.past_use_before"):
        custody.hand_over(desk.pharmacy, dose_id, "Nurse", "nurse", CREDENTIALS[WANG])


def test_a_copy_that_failed_is_not_printed_from_an_older_view_of_it(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.checked(desk.made, desk.pharmacy, subject)
    held = labelling.reserve(desk.pharmacy, dose_id)
    with refused("print.no_printer"):
        labelling.print_label(desk.pharmacy, held, dose_id, pharmacies.MemoryPrinter(absent=True))
    printer = pharmacies.MemoryPrinter()
    with refused("label.printed_before"):
        labelling.print_label(desk.pharmacy, held, dose_id, printer)
    newer = labelling.reserve(desk.pharmacy, dose_id)
    with refused("label.printed_before"):
        labelling.print_label(desk.pharmacy, held, dose_id, printer)
    labelling.print_label(desk.pharmacy, newer, dose_id, printer)
    assert [name for name, _ in printer.printed] == [f"label_{dose_id}_2.pdf"]


def test_label_of_another_dose_is_refused_at_scan_back(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-002", "B")
    first = pharmacies.checked(desk.made, desk.pharmacy, "01-001")
    second = pharmacies.checked(desk.made, desk.pharmacy, "01-002")
    mine = labelling.reserve(desk.pharmacy, first)
    theirs = labelling.reserve(desk.pharmacy, second)
    labelling.print_label(desk.pharmacy, mine, first, pharmacies.MemoryPrinter())
    with refused("label.other_dose", "label.other_kit", "label.other_symbol"):
        labelling.scan_back(desk.pharmacy, first, Scanned(theirs.symbol))
    with refused("label.not_scanned_back", "bench.out_of_order"):
        custody.hand_over(desk.pharmacy, first, "Nurse", "nurse", CREDENTIALS[WANG])


def test_reprint_needs_a_reason_and_a_second_person_and_no_earlier_copy_is_taken(
    desk: Desk,
) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.checked(desk.made, desk.pharmacy, "01-001")
    first = labelling.reserve(desk.pharmacy, dose_id)
    labelling.print_label(desk.pharmacy, first, dose_id, pharmacies.MemoryPrinter())
    labelling.spoil(desk.pharmacy, dose_id, "smeared")
    with refused("label.reprint_reason"):
        labelling.reserve(desk.pharmacy, dose_id)
    with refused("people.same_person"):
        labelling.reserve(desk.pharmacy, dose_id, labelling.Reprint("smeared", CREDENTIALS[WANG]))
    second = labelling.reserve(
        desk.pharmacy, dose_id, labelling.Reprint("smeared", CREDENTIALS[LI])
    )
    labelling.print_label(desk.pharmacy, second, dose_id, pharmacies.MemoryPrinter())
    with refused("label.other_copy", "label.other_symbol"):
        labelling.scan_back(desk.pharmacy, dose_id, Scanned(first.symbol))
    labelling.scan_back(desk.pharmacy, dose_id, Scanned(second.symbol))
    assert dose_queries.label_tally(desk.pharmacy.reader) == {"spoiled": 1, "verified": 1}


def test_absent_printer_is_said_and_the_next_copy_has_a_new_number(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.checked(desk.made, desk.pharmacy, "01-001")
    first = labelling.reserve(desk.pharmacy, dose_id)
    with refused("print.no_printer"):
        labelling.print_label(desk.pharmacy, first, dose_id, pharmacies.MemoryPrinter(absent=True))
    assert labelling.reserve(desk.pharmacy, dose_id).copy == 2


def test_missing_glyph_stops_the_founding_long_before_a_label_is_needed(tmp_path: Path) -> None:
    trial = small_trials.small_trial()
    texts = msgspec.structs.replace(trial.label, route=Text(en="\U0001f489", zh="\U0001f489"))
    with refused("print.missing_glyph"):
        pharmacies.make_site(tmp_path / "site", trial=msgspec.structs.replace(trial, label=texts))


def test_wrong_password_signs_nothing(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.labelled(desk.made, desk.pharmacy, subject)
    head = desk.pharmacy.ledger.head()
    with refused("vault.wrong_password"):
        custody.hand_over(
            desk.pharmacy, dose_id, "Nurse", "nurse", Credential(WANG, "a wrong password 1")
        )
    assert desk.pharmacy.ledger.head() == head


def test_slip_in_a_count_is_put_right_after_the_draw_only_if_the_dose_stays(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.covered(desk.made, desk.pharmacy, subject)
    first, second = pharmacies.TWO_COUNTS

    def correct(*readings: Reading, reason: str = "misread") -> None:
        preparation.record_count(
            desk.pharmacy,
            dose_id,
            readings,
            suspension_ml=Decimal(20),
            sample_ml=Decimal("0.5"),
            reason=reason,
        )

    with refused("bench.recount_reason"):
        correct(second, first, reason="")
    with refused("bench.correction_changes_dose"):
        correct(first, first)
    correct(second, first)
    dose = dosing.dose(desk.pharmacy, dose_id)
    assert dose.step is Step.CHECK
    releasing.check(desk.pharmacy, dose_id, (second, first), (CREDENTIALS[WANG], CREDENTIALS[LI]))


def test_label_that_went_to_a_printer_is_on_record_before_it_goes(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.checked(desk.made, desk.pharmacy, "01-001")
    copy = labelling.reserve(desk.pharmacy, dose_id)

    class PowerCut(pharmacies.MemoryPrinter):
        def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        labelling.print_label(desk.pharmacy, copy, dose_id, PowerCut())
    with refused("bench.out_of_order"):
        labelling.print_label(desk.pharmacy, copy, dose_id, pharmacies.MemoryPrinter())
    labelling.no_label_came(desk.pharmacy, dose_id, "power cut")
    assert labelling.reserve(desk.pharmacy, dose_id).copy == 2


def test_only_who_prepared_signs_as_preparer_and_only_who_did_not_verifies(desk: Desk) -> None:
    subject = pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.covered(desk.made, desk.pharmacy, subject)
    readings = pharmacies.readings_for(desk.pharmacy, dose_id)
    with refused("people.same_person", "check.not_the_preparer", "people.no_right"):
        releasing.check(desk.pharmacy, dose_id, readings, (CREDENTIALS[LI], CREDENTIALS[WANG]))


def test_label_whose_symbol_no_scanner_reads_is_typed_by_dose_code_and_copy(desk: Desk) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = pharmacies.checked(desk.made, desk.pharmacy, "01-001")
    copy = labelling.reserve(desk.pharmacy, dose_id)
    labelling.print_label(desk.pharmacy, copy, dose_id, pharmacies.MemoryPrinter())
    with refused("label.other_copy"):
        labelling.scan_back(desk.pharmacy, dose_id, Scanned(f"{dose_id}/2", typed=True))
    with refused("symbol.not_a_label"):
        labelling.scan_back(desk.pharmacy, dose_id, Scanned(f"{dose_id}/1", typed=False))
    labelling.scan_back(desk.pharmacy, dose_id, Scanned(f" {dose_id.lower()} / 1 ", typed=True))
    assert dosing.dose(desk.pharmacy, dose_id).step is Step.HAND_OVER
