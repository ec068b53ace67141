"""Refusals around the site: rights, allocations, clock, packages, instances."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec

from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.trial import Concealment
from pharmacy_app.records.queries.unblinded import subjects as subject_queries
from pharmacy_app.workflows import (
    dosing,
    enrolment,
    receiving,
    sessions,
    site,
)
from tests import pharmacies, small_trials
from tests.desks import Desk, refused
from tests.pharmacies import CREDENTIALS, LI, PASSWORDS, SHIPMENT, WANG, repacked


def test_receipt_is_not_signed_before_every_kit_was_looked_for(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        receiving.open_receipt(opened.pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
        with refused("shipment.not_examined"):
            receiving.sign_receipt(opened.pharmacy, SHIPMENT, CREDENTIALS[WANG])


def test_checker_has_no_right_to_prepare_or_receive(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        subject = pharmacies.enrolled(made, opened.pharmacy, "01-001", "A")
    with made.signed_in(LI) as opened:
        with refused("people.no_right"):
            dosing.open_dose(opened.pharmacy, subject, "W0")
        with refused("people.no_right"):
            enrolment.enrol(opened.pharmacy, "01-002", "Dr Zhao", "R")
        with refused("people.no_right"):
            receiving.open_receipt(opened.pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)


def test_allocation_refusals_are_recorded_without_the_code(desk: Desk) -> None:
    pharmacy = desk.pharmacy
    enrolment.enrol(pharmacy, "01-001", "Dr Zhao", "R")
    code = desk.made.code_for("A")
    mistyped = code[:-1] + ("2" if code[-1] != "2" else "3")

    def open_with(subject: str, text: str) -> Callable[[], object]:
        return lambda: enrolment.open_allocation(
            pharmacy, subject, small_trials.STAGE, text, CREDENTIALS[WANG]
        )

    with refused("release_code.mistyped"):
        open_with("01-001", mistyped)()
    open_with("01-001", code)()
    with refused("allocation.opened_before"):
        open_with("01-001", desk.made.code_for("B"))()
    enrolment.enrol(pharmacy, "01-002", "Dr Zhao", "R")
    with refused("allocation.code_used"):
        open_with("01-002", code)()
    with refused("subject.unknown"):
        open_with("01-009", code)()
    history = pharmacy.ledger.history("subject/01-001")
    assert code.encode() not in msgspec.json.encode([r.event for r in history])
    assert [type(r.event).__name__ for r in history].count("AllocationRefused") == 2


def test_clock_set_back_is_refused_at_the_act_and_at_sign_in(tmp_path: Path) -> None:
    made = pharmacies.make_site(tmp_path / "site")
    with made.signed_in() as opened:
        made.clock.set(made.clock.now() - timedelta(hours=1))
        with refused("clock.set_back"):
            receiving.open_receipt(opened.pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
        made.clock.set(made.clock.now() + timedelta(hours=1))
    made.clock.set(made.clock.now() - timedelta(days=1))
    with refused("clock.set_back"), made.signed_in():
        pass
    with sessions.sign_in(
        made.machine, made.folder, WANG, PASSWORDS[WANG], clock_reason="battery was flat"
    ) as opened:
        receiving.open_receipt(opened.pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
        report = site.verify_records(opened.pharmacy, opened.vault, replay=True)
        assert report.first_bad is None


def test_second_instance_is_refused(desk: Desk) -> None:
    with refused("vault.second_instance"), desk.made.signed_in(LI):
        pass


def test_same_package_again_and_anothers_package_are_refused(desk: Desk, tmp_path: Path) -> None:
    with refused("bundle.replayed"):
        site.import_package(desk.pharmacy, desk.made.raw)
    other = pharmacies.make_site(tmp_path / "other", seed="other")
    with refused("bundle.foreign_sender", "bundle.replayed"):
        site.import_package(desk.pharmacy, other.raw)
    altered = bytearray(desk.made.raw)
    altered[-200] ^= 1
    with refused("bundle.altered"):
        site.import_package(desk.pharmacy, bytes(altered))
    with refused("bundle.unsigned"):
        site.import_package(desk.pharmacy, desk.made.raw[:-64])


def test_package_with_a_lot_of_two_types_is_refused(desk: Desk) -> None:
    kits = desk.made.package.kits
    swapped = [msgspec.structs.replace(kit, lot=kits[0].lot) for kit in kits[-1:]]
    listed = msgspec.structs.replace(desk.made.package, kits=(*kits[:-1], *swapped))
    with refused("kit_list.lot_of_two_types", "package.kit_changed"):
        site.import_package(
            desk.pharmacy, repacked(replace(desk.made, package=listed), desk.pharmacy.trial)
        )


def test_sequential_concealment_opens_the_next_line_and_only_that(tmp_path: Path) -> None:
    trial = small_trials.small_trial()
    stage = msgspec.structs.replace(trial.stages[0], concealment=Concealment.SEQUENTIAL)
    made = pharmacies.make_site(
        tmp_path / "site",
        trial=msgspec.structs.replace(trial, stages=(stage,)),
        entries_of_each=1,
    )
    with made.signed_in() as opened:
        pharmacy = opened.pharmacy
        for number in ("01-001", "01-002", "01-003"):
            enrolment.enrol(pharmacy, number, "Dr Zhao", "R")
        with refused("allocation.sequential"):
            enrolment.open_allocation(pharmacy, "01-001", stage.code, "AAAA", CREDENTIALS[WANG])
        for number in ("01-001", "01-002"):
            enrolment.open_allocation(pharmacy, number, stage.code, "", CREDENTIALS[WANG])
        arms = [
            subject_queries.allocation(pharmacy.reader, SubjectId(n), stage.code)
            for n in ("01-001", "01-002")
        ]
        assert [found.entry_id for found in arms if found] == ["0001", "0002"]
        with refused("allocation.list_used_up"):
            enrolment.open_allocation(pharmacy, "01-003", stage.code, "", CREDENTIALS[WANG])
