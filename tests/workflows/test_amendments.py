"""A later package with another protocol: shown, signed, in force from its day for the right subjects."""

from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest

from pharmacy_app.domain import amendments
from pharmacy_app.domain.events.site import ProtocolAmended
from pharmacy_app.domain.ids import ArmCode, DoseId, KitNumber, ShipmentId, VisitCode
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.domain.trial import Amendment, Applies, Concealment, Text, Trial, Visit, Window
from pharmacy_app.records.queries.unblinded import site as queries
from pharmacy_app.vault import release_codes
from pharmacy_app.workflows import (
    dosing,
    enrolment,
    labelling,
    papers,
    preparation,
    releasing,
    site,
)
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests import pharmacies
from tests.desks import Desk, refused
from tests.documents.test_catalogue import text_of
from tests.pharmacies import CREDENTIALS, LI, WANG, MemoryPrinter, readings_for
from tests.small_trials import SITE, STAGE, small_trial

MINE = CREDENTIALS[WANG]
OLD, NEW = "01-001", "01-002"


def amended(pharmacy: Pharmacy, applies: Applies = Applies.ALL_SUBJECTS, days: int = 3) -> Trial:
    """A second version in force in some days: a smaller dose in a larger bag, a visit more."""
    trial = pharmacy.trial
    stage = trial.stages[0]
    later = Visit(
        code=VisitCode("W2"),
        name=Text(en="Week 2", zh="第2周"),
        window=Window(anchor="W0", day=14, minus_hours=48, plus_hours=48),
    )
    replace = msgspec.structs.replace
    return replace(
        trial,
        version=trial.version + 1,
        stages=(replace(stage, visits=(*stage.visits, later)),),
        dose=replace(trial.dose, target_cells=Decimal(120_000_000), final_volume_ml=Decimal(150)),
        label=replace(trial.label, storage=Text(en="18–22 °C", zh="18–22 °C 保存")),
        amendment=Amendment(
            effective=pharmacy.today() + timedelta(days=days),
            applies=applies,
            summary=Text(en="Smaller dose", zh="减少剂量"),
        ),
    )


def targets(desk: Desk, subject: str, visit: str = "W0") -> Decimal:
    dose_id = dosing.open_dose(desk.pharmacy, subject, visit, outside="asked for")
    return dosing.prescription(desk.pharmacy, dosing.dose(desk.pharmacy, dose_id))[1]


def test_every_changed_setting_is_named_by_its_path(desk: Desk) -> None:
    changes = amendments.changes(small_trial(), amended(desk.pharmacy))
    paths = [change.path for change in changes]
    new = "stages[S1].visits[W2]"
    assert [path for path in paths if not path.startswith((new, "amendment"))] == [
        "version",
        "dose.target_cells",
        "dose.final_volume_ml",
        "label.storage.en",
        "label.storage.zh",
    ]
    said = [change.said for change in changes]
    assert "dose.target_cells: 150000000 → 120000000" in said
    assert f"{new}.window.day: — → 14" in said
    assert "amendment.applies: — → all_subjects" in said
    assert amendments.changes(small_trial(), small_trial()) == ()


def test_changes_are_signed_for_and_said_in_the_record(desk: Desk) -> None:
    raw = pharmacies.repacked(desk.made, amended(desk.pharmacy))
    with refused("package.changes_unsigned"):
        site.import_package(desk.pharmacy, raw)
    assert len(queries.packages(desk.pharmacy.reader)) == 1
    site.import_package(desk.pharmacy, raw, MINE)
    told = desk.pharmacy.ledger.history("package/2")
    event = next(r.event for r in told if isinstance(r.event, ProtocolAmended))
    assert "dose.target_cells: 150000000 → 120000000" in event.changes
    assert event.effective == desk.pharmacy.today() + timedelta(days=3)
    assert any(r.signatures for r in told)


def test_a_package_that_changes_nothing_needs_no_signature(desk: Desk) -> None:
    site.import_package(desk.pharmacy, pharmacies.repacked(desk.made, desk.pharmacy.trial))
    assert len(queries.packages(desk.pharmacy.reader)) == 2


def test_a_changed_protocol_raises_its_version_and_takes_nothing_away(desk: Desk) -> None:
    same = msgspec.structs.replace(amended(desk.pharmacy), version=1)
    with refused("package.version_not_raised"):
        site.import_package(desk.pharmacy, pharmacies.repacked(desk.made, same), MINE)
    stage = desk.pharmacy.trial.stages[0]
    shorter = msgspec.structs.replace(stage, visits=stage.visits[:1])
    less = msgspec.structs.replace(amended(desk.pharmacy), stages=(shorter,))
    with refused("package.taken_away"):
        site.import_package(desk.pharmacy, pharmacies.repacked(desk.made, less), MINE)


def test_an_amendment_turns_no_training_into_the_real_thing_and_hides_no_list_anew(
    desk: Desk,
) -> None:
    trial, replace = amended(desk.pharmacy), msgspec.structs.replace
    stage = replace(trial.stages[0], concealment=Concealment.SEQUENTIAL)
    zoned = replace(trial.sites[0], zone="Mars/Olympus")
    for wrong, rule in (
        (replace(trial, training=False), "package.training_changed"),
        (replace(trial, stages=(stage,)), "package.list_changed"),
        (replace(trial, sites=(zoned,)), "package.zone_unknown"),
    ):
        with refused(rule):
            site.import_package(desk.pharmacy, pharmacies.repacked(desk.made, wrong), MINE)


def test_a_later_package_says_nothing_else_of_a_kit_and_leaves_none_without_a_shipment(
    desk: Desk,
) -> None:
    package, replace = desk.made.package, msgspec.structs.replace
    first, *others = package.kits
    sooner = replace(first, expiry=first.expiry - timedelta(days=300))
    stray = replace(first, number=KitNumber("K2345678"))
    (received,) = package.shipments
    more = replace(received, kits=(*received.kits, stray.number))
    for kits, shipments, rule in (
        ((sooner, *others), (received,), "package.kit_changed"),
        ((*package.kits, stray), (received,), "package.kit_unplaced"),
        ((*package.kits, stray), (more,), "package.shipment_closed"),
    ):
        content = replace(package, number=2, kits=kits, shipments=shipments)
        raw = pharmacies.packed(desk.made, content)
        with refused(rule):
            site.import_package(desk.pharmacy, raw)
    sent = replace(received, shipment_id=ShipmentId("SH-0002"), kits=(stray.number,))
    added = {"kits": (*package.kits, stray), "shipments": (received, sent)}
    content = replace(package, number=2, entries=(), unblindings=(), **added)
    raw = pharmacies.packed(desk.made, content)
    site.import_package(desk.pharmacy, raw)


def test_a_long_text_may_be_amended(desk: Desk) -> None:
    trial, replace = amended(desk.pharmacy), msgspec.structs.replace
    title = Text(en="mix gently " * 60, zh="轻轻混匀" * 90)
    trial = replace(trial, title=title)
    site.import_package(desk.pharmacy, pharmacies.repacked(desk.made, trial), MINE)
    assert desk.pharmacy.package.trial.title == title


def test_an_amendment_whose_labels_cannot_be_printed_is_refused(desk: Desk) -> None:
    trial, replace = amended(desk.pharmacy), msgspec.structs.replace
    directions = Text(en="mix gently " * 60, zh="轻轻混匀" * 90)
    trial = replace(trial, label=replace(trial.label, directions=directions))
    raw = pharmacies.repacked(desk.made, trial)
    with pytest.raises(Refused) as caught:
        site.import_package(desk.pharmacy, raw, MINE)
    assert {reason.rule for reason in caught.value.violations} == {"label.no_room"}


def test_an_entry_of_an_arm_that_is_not_in_force_for_the_subject_is_not_opened(
    desk: Desk,
) -> None:
    trial, replace = amended(desk.pharmacy, Applies.NEW_SUBJECTS), msgspec.structs.replace
    stage = trial.stages[0]
    third = replace(stage.arms[0], code=ArmCode("C"))
    trial = replace(trial, stages=(replace(stage, arms=(*stage.arms, third)),))
    secret = release_codes.new_secret(desk.made.machine.chance)
    place = release_codes.EntryPlace(trial.code, SITE, STAGE, "2345")
    public, chance = desk.made.site_public_key, desk.made.machine.chance
    entry = release_codes.seal_entry(place, third.code, public, secret, chance)
    code = release_codes.release_code("2345", secret)
    raw = pharmacies.repacked(desk.made, trial, entries=(entry,))
    enrolment.enrol(desk.pharmacy, OLD, "Dr Zhao", "REQ-1")
    site.import_package(desk.pharmacy, raw, MINE)
    desk.made.clock.advance(timedelta(days=4))
    with refused("allocation.other_version"):
        enrolment.open_allocation(desk.pharmacy, OLD, STAGE, code, MINE)
    enrolment.enrol(desk.pharmacy, NEW, "Dr Zhao", "REQ-2")
    enrolment.open_allocation(desk.pharmacy, NEW, STAGE, code, MINE)
    assert targets(desk, NEW) == Decimal(120_000_000)


def test_an_amendment_for_all_holds_from_its_day_and_reaches_no_dose_begun_before(
    desk: Desk,
) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, OLD, "A")
    begun = pharmacies.thawed(desk.made, desk.pharmacy, OLD)
    site.import_package(desk.pharmacy, pharmacies.repacked(desk.made, amended(desk.pharmacy)), MINE)
    pharmacies.enrolled(desk.made, desk.pharmacy, NEW, "B")
    assert targets(desk, NEW) == Decimal(150_000_000)
    assert len(dosing.plan(desk.pharmacy, NEW)) == 2  # type: ignore[arg-type] # plain str
    preparation.record_count(
        desk.pharmacy,
        begun,
        readings_for(desk.pharmacy, begun),
        suspension_ml=Decimal(20),
        sample_ml=Decimal("0.5"),
    )
    desk.made.clock.advance(timedelta(days=3))
    assert desk.pharmacy.trial.version == 2
    trial, target = dosing.prescription(desk.pharmacy, dosing.dose(desk.pharmacy, begun))
    assert (trial.version, target, trial.dose.final_volume_ml) == (
        1,
        Decimal(150_000_000),
        Decimal(100),
    )
    assert len(dosing.plan(desk.pharmacy, OLD)) == 3  # type: ignore[arg-type] # plain str
    dosing.stop(desk.pharmacy, begun, "too late")
    assert targets(desk, OLD) == Decimal(120_000_000)


def test_an_amendment_for_new_subjects_leaves_the_others_under_the_version_before(
    desk: Desk,
) -> None:
    pharmacies.enrolled(desk.made, desk.pharmacy, OLD, "A")
    trial = amended(desk.pharmacy, Applies.NEW_SUBJECTS)
    site.import_package(desk.pharmacy, pharmacies.repacked(desk.made, trial), MINE)
    desk.made.clock.advance(timedelta(days=4))
    pharmacies.enrolled(desk.made, desk.pharmacy, NEW, "A")
    assert targets(desk, OLD) == Decimal(150_000_000)
    assert targets(desk, NEW) == Decimal(120_000_000)
    older = enrolment.protocol_for(desk.pharmacy, enrolment.enrolled(desk.pharmacy, OLD))
    assert (older.number, older.trial.version) == (1, 1)
    again = pharmacies.repacked(desk.made, desk.pharmacy.package.trial, number=3)
    site.import_package(desk.pharmacy, again)
    assert (
        enrolment.protocol_for(desk.pharmacy, enrolment.enrolled(desk.pharmacy, OLD)).trial.version
        == 1
    )


def test_a_bag_begun_before_midnight_keeps_the_sentences_of_its_version(desk: Desk) -> None:
    pharmacy, clock = desk.pharmacy, desk.made.clock
    local = clock.now().astimezone(pharmacy.zone)
    clock.advance(local.replace(hour=23, minute=10) - local)
    pharmacies.enrolled(desk.made, pharmacy, OLD, "A")
    site.import_package(pharmacy, pharmacies.repacked(desk.made, amended(pharmacy, days=1)), MINE)
    begun = pharmacies.covered(desk.made, pharmacy, OLD)
    clock.advance(timedelta(hours=1))
    assert pharmacy.trial.version == 2
    readings = readings_for(pharmacy, begun)
    releasing.check(pharmacy, begun, readings, (MINE, CREDENTIALS[LI]))
    old = printed(desk, begun)
    assert "15–25 °C" in old
    assert "18–22 °C" not in old
    pharmacies.enrolled(desk.made, pharmacy, NEW, "A")
    later = pharmacies.checked(desk.made, pharmacy, NEW)
    new = printed(desk, later)
    assert "18–22 °C" in new
    assert "15–25 °C" not in new
    forms = [text_of(papers.hand_over_form(pharmacy, dose_id).pdf) for dose_id in (begun, later)]
    assert ["150 mL" in form for form in forms] == [False, True]


def printed(desk: Desk, dose_id: DoseId) -> str:
    """Print a dose's label and return what stands on it."""
    printer = MemoryPrinter()
    copy = labelling.reserve(desk.pharmacy, dose_id)
    labelling.print_label(desk.pharmacy, copy, dose_id, printer)
    labelling.scan_back(desk.pharmacy, dose_id, Scanned(copy.symbol))
    return text_of(printer.printed[0][1])
