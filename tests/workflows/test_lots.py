"""Certificates and results, a recall carried out everywhere, an expiry extended with its labels."""

from datetime import timedelta
from hashlib import sha256

from msgspec import structs

from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import lots as queries
from pharmacy_app.workflows import dosing, lots, site, stock
from pharmacy_app.workflows.pharmacy import Scanned
from tests import pharmacies
from tests.desks import Desk, refused
from tests.pharmacies import CREDENTIALS, LI, WANG
from tests.small_trials import CELLS, SHAM

CELL_LOT, SHAM_LOT, BLINDED = f"L-{CELLS}", f"L-{SHAM}", "BL-7"
BOTH = (CREDENTIALS[WANG], CREDENTIALS[LI])


def kit(desk: Desk, number: str) -> Kit:
    found = kit_queries.kit(desk.pharmacy.reader, number)
    assert found is not None
    return found


def states(desk: Desk, kit_type: str) -> list[KitState]:
    return [kit(desk, number).state for number in desk.made.kits[kit_type]]  # type: ignore[index] # plain str


def test_a_certificate_and_a_result_are_kept_as_they_came(desk: Desk) -> None:
    lots.file_certificate(desk.pharmacy, CELL_LOT, "Certificate of analysis", "COA-1", b"%PDF coa")
    lots.report_result(desk.pharmacy, CELL_LOT, "Sterility, day 14", "LAB-9", passed=True)
    certificate, result = queries.papers(desk.pharmacy.reader, CELL_LOT)
    assert (certificate.kind, certificate.passed, certificate.reference) == (
        "certificate",
        None,
        "COA-1",
    )
    assert certificate.sha256 == sha256(b"%PDF coa").hexdigest()
    _, kept = desk.pharmacy.ledger.attachment(bytes.fromhex(certificate.sha256))
    assert kept == b"%PDF coa"
    assert (result.title, result.passed, result.sha256) == ("Sterility, day 14", True, "")
    assert dose_queries.deviations(desk.pharmacy.reader) == []


def test_a_failed_result_is_a_deviation_of_its_lot_and_takes_nothing_out_by_itself(
    desk: Desk,
) -> None:
    lots.report_result(
        desk.pharmacy, CELL_LOT, "Sterility, day 14", "LAB-9", b"growth", passed=False
    )
    (raised,) = dose_queries.deviations(desk.pharmacy.reader)
    assert (raised.record, raised.rule) == (f"lot/{CELL_LOT}", "lot.result_failed")
    assert set(states(desk, CELLS)) == {KitState.AVAILABLE}


def test_a_recall_takes_every_kit_of_the_lot_and_none_of_another(desk: Desk) -> None:
    lots.recall(desk.pharmacy, CELL_LOT, "REC-1", "growth in sterility test", CREDENTIALS[WANG])
    assert set(states(desk, CELLS)) == {KitState.RECALLED}
    assert set(states(desk, SHAM)) == {KitState.AVAILABLE}
    assert queries.recalled_lots(desk.pharmacy.reader) == {CELL_LOT}
    pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    dose_id = dosing.open_dose(desk.pharmacy, "01-001", "W0")
    with refused("kit.none_usable"):
        dosing.assign(desk.pharmacy, dose_id)


def test_a_dose_at_the_bench_is_stopped_with_the_recall_and_one_on_the_ward_is_not(
    desk: Desk,
) -> None:
    given = pharmacies.handed_over(
        desk.made, desk.pharmacy, pharmacies.enrolled(desk.made, desk.pharmacy, "01-001", "A")
    )
    waiting = dosing.open_dose(
        desk.pharmacy, pharmacies.enrolled(desk.made, desk.pharmacy, "01-002", "A"), "W0"
    )
    chosen = dosing.assign(desk.pharmacy, waiting).kit.kit_number
    thawed = pharmacies.thawed(
        desk.made, desk.pharmacy, pharmacies.enrolled(desk.made, desk.pharmacy, "01-003", "A")
    )
    sham = pharmacies.thawed(
        desk.made, desk.pharmacy, pharmacies.enrolled(desk.made, desk.pharmacy, "01-004", "B")
    )
    in_bath = dosing.dose(desk.pharmacy, thawed).kit
    lots.recall(desk.pharmacy, CELL_LOT, "REC-1", "growth", CREDENTIALS[WANG])
    steps = {d: dosing.dose(desk.pharmacy, d).step for d in (given, waiting, thawed, sham)}
    assert [str(step) for step in steps.values()] == ["report", "stopped", "stopped", "count"]
    assert kit(desk, chosen).state is KitState.RECALLED
    assert kit(desk, str(in_bath)).state is KitState.WASTED
    pharmacies.reported(desk.made, desk.pharmacy, given)


def test_a_recall_taken_back_leaves_its_kits_waiting_for_a_decision(desk: Desk) -> None:
    lots.recall(desk.pharmacy, CELL_LOT, "REC-1", "growth", CREDENTIALS[WANG])
    lots.withdraw_recall(desk.pharmacy, CELL_LOT, "REC-2", CREDENTIALS[WANG])
    assert set(states(desk, CELLS)) == {KitState.QUARANTINED}
    assert queries.recalled_lots(desk.pharmacy.reader) == frozenset()
    stock.decide_quarantine(
        desk.pharmacy,
        [str(number) for number in desk.made.kits[CELLS]],
        usable=True,
        authorisation="QA 3",
        credential=CREDENTIALS[WANG],
    )
    assert set(states(desk, CELLS)) == {KitState.AVAILABLE}
    lots.recall(desk.pharmacy, CELL_LOT, "REC-3", "growth again", CREDENTIALS[WANG])
    assert set(states(desk, CELLS)) == {KitState.RECALLED}


def test_what_is_no_recall(desk: Desk) -> None:
    with refused("lot.unknown", "lot.no_reference", "lot.no_reason"):
        lots.recall(desk.pharmacy, "NOPE", " ", " ", CREDENTIALS[WANG])
    lots.recall(desk.pharmacy, CELL_LOT, "REC-1", "growth", CREDENTIALS[WANG])
    with refused("lot.recalled_before"):
        lots.recall(desk.pharmacy, CELL_LOT, "REC-1", "growth", CREDENTIALS[WANG])
    with refused("lot.not_recalled"):
        lots.withdraw_recall(desk.pharmacy, SHAM_LOT, "REC-2", CREDENTIALS[WANG])


def extended(desk: Desk) -> tuple[str, list[KitNumber]]:
    latest = max(kit(desk, number).expiry for kits in desk.made.kits.values() for number in kits)
    lots.extend_expiry(
        desk.pharmacy, BLINDED, latest + timedelta(days=90), "EXT-1", CREDENTIALS[WANG]
    )
    (found,) = queries.open_extensions(desk.pharmacy.reader)
    _, kits = lots.kits_to_overlabel(desk.pharmacy, found.extension_id)
    return found.extension_id, [one.kit_number for one in kits]


def test_a_later_expiry_holds_once_every_kit_of_the_blinded_lot_has_its_label(desk: Desk) -> None:
    spoiled = desk.made.kits[SHAM][0]
    stock.quarantine(desk.pharmacy, Scanned(spoiled), "frost")
    extension, kits = extended(desk)
    before = {number: kit(desk, number).expiry for number in kits}
    assert len(kits) == 12
    assert spoiled in kits  # one kit without a label would stand out
    with refused("lot.not_labelled"):
        lots.apply_overlabels(
            desk.pharmacy,
            extension,
            kits[:-1],
            printed=11,
            spoiled=0,
            remaining=0,
            credentials=BOTH,
        )
    assert {number: kit(desk, number).expiry for number in kits} == before
    lots.apply_overlabels(
        desk.pharmacy, extension, kits, printed=14, spoiled=1, remaining=1, credentials=BOTH
    )
    later = {kit(desk, number).expiry for number in kits}
    assert later == {max(before.values()) + timedelta(days=90)}
    assert queries.open_extensions(desk.pharmacy.reader) == []


def test_over_labels_that_do_not_add_up_or_that_one_person_saw_alone_are_refused(
    desk: Desk,
) -> None:
    extension, kits = extended(desk)
    stranger = KitNumber("K000000")
    with refused("lot.labels_unequal", "lot.other_kit", "people.same_person"):
        lots.apply_overlabels(
            desk.pharmacy,
            extension,
            [*kits, stranger],
            printed=12,
            spoiled=1,
            remaining=0,
            credentials=(CREDENTIALS[WANG], CREDENTIALS[WANG]),
        )
    with refused("people.signatures_missing"):
        lots.apply_overlabels(
            desk.pharmacy,
            extension,
            kits,
            printed=12,
            spoiled=0,
            remaining=0,
            credentials=(CREDENTIALS[WANG],),
        )


def test_an_extension_dropped_leaves_the_old_expiry(desk: Desk) -> None:
    extension, kits = extended(desk)
    with refused("lot.extension_open"):
        extended(desk)
    with refused("lot.no_reason"):
        lots.drop_extension(desk.pharmacy, extension, " ")
    lots.drop_extension(desk.pharmacy, extension, "sponsor's mistake")
    with refused("lot.no_extension"):
        lots.kits_to_overlabel(desk.pharmacy, extension)
    again, same = extended(desk)
    assert again != extension
    assert same == kits


def test_what_is_no_extension(desk: Desk) -> None:
    earlier = min(kit(desk, number).expiry for number in desk.made.kits[CELLS])
    with refused("lot.not_later", "lot.no_reference"):
        lots.extend_expiry(desk.pharmacy, BLINDED, earlier, " ", CREDENTIALS[WANG])
    with refused("lot.unknown"):
        lots.extend_expiry(desk.pharmacy, "BL-0", earlier, "EXT", CREDENTIALS[WANG])
    with refused("lot.not_later", "lot.expiry_past"):
        past = desk.pharmacy.now() - timedelta(days=1)
        lots.extend_expiry(desk.pharmacy, BLINDED, past, "EXT", CREDENTIALS[WANG])


def test_a_later_package_may_list_an_extended_lot_with_its_old_or_its_new_expiry(
    desk: Desk,
) -> None:
    extension, kits = extended(desk)
    trial = desk.pharmacy.trial
    site.import_package(desk.pharmacy, pharmacies.repacked(desk.made, trial, 2))
    lots.apply_overlabels(
        desk.pharmacy, extension, kits, printed=12, spoiled=0, remaining=0, credentials=BOTH
    )
    site.import_package(desk.pharmacy, pharmacies.repacked(desk.made, trial, 3))
    later = {kit(desk, number).expiry for number in kits}.pop()
    listed = structs.replace(
        desk.made.package,
        number=4,
        kits=tuple(structs.replace(line, expiry=later) for line in desk.made.package.kits),
        entries=(),
        unblindings=(),
    )
    site.import_package(desk.pharmacy, pharmacies.packed(desk.made, listed))
    assert {kit(desk, number).expiry for number in kits} == {later}
    odd = tuple(structs.replace(one, expiry=later + timedelta(days=1)) for one in listed.kits)
    other = structs.replace(listed, number=5, kits=odd)
    with refused(*["package.kit_changed"] * 12):
        site.import_package(desk.pharmacy, pharmacies.packed(desk.made, other))
