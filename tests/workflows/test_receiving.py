"""A shipment received in two steps, by its checklist, with its file late, its advice changed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.events.excursion import Cause, ExcursionOpened
from pharmacy_app.domain.events.stock import Condition, ReceiptOpened
from pharmacy_app.domain.ids import KitNumber, ShipmentId, SiteCode
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.trial import ColdChain, Trial
from pharmacy_app.exchange.receipts import Destination, read_receipt, write_receipt
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.workflows import advising, excursions, lots, receipts, receiving
from pharmacy_app.workflows.pharmacy import Scanned
from pharmacy_app.workflows.receiving import Checklist, Earlier
from tests import pharmacies
from tests.desks import Desk, refused
from tests.pharmacies import CREDENTIALS, SHIPMENT, WANG, MadeSite
from tests.small_trials import CELLS, SHAM, SITE, small_trial

GOOD, WARM = ("-180", "-181", "-180"), ("-180", "-100", "-180")


def cold(trial: Trial, **limits: object) -> Trial:
    return msgspec.structs.replace(
        trial, cold_chain=msgspec.structs.replace(trial.cold_chain, **limits)
    )


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    """A site whose first shipment is on its way: a logger file is asked for, and may come late."""
    trial = cold(
        small_trial(),
        logger_required=True,
        shipper_limit_c=Decimal(-150),
        late_file_releases=True,
        max_weight_loss_kg=Decimal(1),
    )
    return pharmacies.make_site(tmp_path_factory.mktemp("waiting") / "site", trial=trial)


@pytest.fixture
def desk(waiting: MadeSite, tmp_path: Path) -> Iterator[Desk]:
    made = pharmacies.copied(waiting, tmp_path / "site", tmp_path.name)
    with made.signed_in() as opened:
        yield Desk(made, opened.pharmacy)


def numbers(desk: Desk) -> list[KitNumber]:
    return [number for kits in desk.made.kits.values() for number in kits]


def states(desk: Desk) -> set[KitState]:
    found = (kit_queries.kit(desk.pharmacy.reader, number) for number in numbers(desk))
    return {kit.state for kit in found if kit is not None}


def logger_file(celsius: tuple[str, ...]) -> bytes:
    rows = [f"2026-11-20 0{hour}:00:00,{value}" for hour, value in enumerate(celsius)]
    head = '"Date Time, GMT+00:00","Temp, °C"\n'
    return (head + "\n".join(rows) + "\n").encode()


def opened(desk: Desk, **how: object) -> None:
    told = {"seals_intact": True, "tilt_ok": True, **how}
    receiving.open_receipt(desk.pharmacy, SHIPMENT, **told)  # type: ignore[arg-type] # by name


def examined(desk: Desk, *but: KitNumber) -> None:
    for number in numbers(desk):
        if number not in but:
            receiving.examine(desk.pharmacy, SHIPMENT, Scanned(number))


def signed(desk: Desk) -> None:
    receiving.sign_receipt(desk.pharmacy, SHIPMENT, CREDENTIALS[WANG])


def read(desk: Desk, celsius: tuple[str, ...]) -> None:
    receiving.read_temperatures(desk.pharmacy, SHIPMENT, logger_file(celsius), {})


def test_what_was_done_at_the_table_is_recorded_later_with_both_times(desk: Desk) -> None:
    done = desk.pharmacy.now() - timedelta(hours=2)
    earlier = Earlier(done, "kits put into the tank first")
    opened(desk, earlier=earlier)
    receiving.examine(
        desk.pharmacy,
        SHIPMENT,
        Scanned(numbers(desk)[0]),
        earlier=Earlier(done + timedelta(minutes=5), "same"),
    )
    told = desk.pharmacy.ledger.history(f"shipment/{SHIPMENT}")
    assert [(r.occurred_at - done, r.recorded_at - done) for r in told[-2:]] == [
        (timedelta(), timedelta(hours=2)),
        (timedelta(minutes=5), timedelta(hours=2)),
    ]
    assert told[-2].reason == "kits put into the tank first"
    with refused("shipment.times", "shipment.later_reason"):
        receiving.examine(
            desk.pharmacy,
            SHIPMENT,
            Scanned(numbers(desk)[1]),
            earlier=Earlier(done - timedelta(minutes=1), " "),
        )


def test_times_and_weights_that_cannot_be_are_refused(desk: Desk) -> None:
    now = desk.pharmacy.now()
    with refused("shipment.times"):
        opened(desk, checklist=Checklist(arrived_at=now + timedelta(hours=1)))
    with refused("shipment.times"):
        opened(desk, earlier=Earlier(now - timedelta(days=30), "found later"))
    with refused("shipment.weight", "shipment.weight"):
        opened(desk, checklist=Checklist(weight_kg=Decimal(0), despatch_weight_kg=Decimal(900)))


def test_a_shipper_that_lost_its_nitrogen_holds_every_kit_back_in_a_case(desk: Desk) -> None:
    arrived = desk.pharmacy.now() - timedelta(hours=1)
    told = Checklist("DS-1", "77, 78", Decimal("17.9"), Decimal("19.0"), arrived)
    opened(desk, checklist=told)
    found = receiving.receipt(desk.pharmacy, SHIPMENT)
    assert found.shipper is not None
    assert found.shipper.weight_lost_kg == Decimal("1.1")
    read(desk, GOOD)
    examined(desk)
    signed(desk)
    assert states(desk) == {KitState.QUARANTINED}
    (case,) = excursions.cases(desk.pharmacy)
    assert (case.cause, case.record, case.because) == (
        Cause.SHIPMENT,
        SHIPMENT,
        "shipment.weight_lost",
    )
    assert (case.kits, case.waiting) == (12, 12)


def test_a_good_shipment_opens_no_case(desk: Desk) -> None:
    opened(desk, checklist=Checklist(weight_kg=Decimal(18), despatch_weight_kg=Decimal(19)))
    read(desk, GOOD)
    examined(desk)
    signed(desk)
    assert states(desk) == {KitState.AVAILABLE}
    assert excursions.cases(desk.pharmacy) == []


@pytest.mark.parametrize(
    ("celsius", "state"), [(GOOD, KitState.AVAILABLE), (WARM, KitState.QUARANTINED)]
)
def test_a_file_that_comes_late_frees_the_kits_or_holds_them(
    desk: Desk, celsius: tuple[str, ...], state: KitState
) -> None:
    opened(desk)
    examined(desk)
    signed(desk)
    assert states(desk) == {KitState.PRE_QUARANTINED}
    with refused("shipment.no_whole_file"):
        receiving.judge_late_logger(desk.pharmacy, SHIPMENT, CREDENTIALS[WANG])
    read(desk, celsius)
    receiving.judge_late_logger(desk.pharmacy, SHIPMENT, CREDENTIALS[WANG])
    assert states(desk) == {state}
    assert len(excursions.cases(desk.pharmacy)) == (state is KitState.QUARANTINED)
    with refused("shipment.none_waiting"):
        receiving.judge_late_logger(desk.pharmacy, SHIPMENT, CREDENTIALS[WANG])
    with refused("shipment.closed"):
        read(desk, GOOD)


def test_where_the_sponsor_decides_a_good_late_file_frees_nothing(tmp_path: Path) -> None:
    trial = cold(small_trial(), logger_required=True, shipper_limit_c=Decimal(-150))
    made = pharmacies.make_site(tmp_path / "site", trial=trial, kits_of_each=1)
    with made.signed_in() as site:
        desk = Desk(made, site.pharmacy)
        opened(desk)
        examined(desk)
        signed(desk)
        read(desk, GOOD)
        with refused("shipment.sponsor_decides"):
            receiving.judge_late_logger(desk.pharmacy, SHIPMENT, CREDENTIALS[WANG])
        assert states(desk) == {KitState.PRE_QUARANTINED}


def test_a_kit_of_a_recalled_lot_that_comes_later_is_recalled(desk: Desk) -> None:
    lots.recall(desk.pharmacy, f"L-{CELLS}", "REC-1", "growth", CREDENTIALS[WANG])
    assert states(desk) == {KitState.EXPECTED}
    opened(desk)
    read(desk, GOOD)
    examined(desk)
    signed(desk)
    by_type = {
        kit_type: kit_queries.kit(desk.pharmacy.reader, desk.made.kits[kit_type][0])
        for kit_type in (CELLS, SHAM)
    }
    assert {kit.state for kit in by_type.values() if kit is not None} == {
        KitState.RECALLED,
        KitState.AVAILABLE,
    }


def advice(*rows: tuple[str, str]) -> bytes:
    lines = [f"{shipment},2026-11-21T08:00+08:00,,{kit}" for shipment, kit in rows]
    return ("shipment,despatched,logger_serial,kit_number\n" + "\n".join(lines) + "\n").encode()


def test_an_advice_of_its_own_moves_kits_that_are_expected(desk: Desk) -> None:
    first, second, *rest = numbers(desk)
    raw = advice(("SH-2", first), ("SH-2", second))
    advising.import_advice(desk.pharmacy, raw, "advice.csv", "mail of 21 Nov")
    assert receiving.receipt(desk.pharmacy, ShipmentId("SH-2")).advised == tuple(
        sorted([first, second])
    )
    assert set(receiving.receipt(desk.pharmacy, SHIPMENT).advised) == set(rest)
    with refused("shipment.advice_reference"):
        advising.import_advice(desk.pharmacy, raw, "advice.csv", " ")


def test_a_surplus_kit_is_looked_at_again_once_an_advice_names_it(desk: Desk) -> None:
    surplus, *rest = numbers(desk)
    advising.import_advice(desk.pharmacy, advice(("SH-2", surplus)), "a.csv", "mail")
    opened(desk)
    receiving.examine(desk.pharmacy, SHIPMENT, Scanned(surplus))
    stranger = f"K{desk.made.machine.chance.code(7)}"
    receiving.examine(desk.pharmacy, SHIPMENT, Scanned(stranger))
    found = receiving.receipt(desk.pharmacy, SHIPMENT)
    assert set(found.unexpected) == {surplus, stranger}
    assert found.elsewhere == (surplus,)
    again = advice((SHIPMENT, surplus))
    advising.import_advice(desk.pharmacy, again, "b.csv", "mail of today")
    found = receiving.receipt(desk.pharmacy, SHIPMENT)
    assert found.unexpected == (stranger,)
    assert surplus not in found.examined
    for number in rest:
        receiving.examine(desk.pharmacy, SHIPMENT, Scanned(number))
    with refused("shipment.not_examined"):
        signed(desk)
    receiving.examine(desk.pharmacy, SHIPMENT, Scanned(surplus), Condition.DAMAGED, "lid cracked")
    signed(desk)
    kit = kit_queries.kit(desk.pharmacy.reader, surplus)
    assert kit is not None
    assert kit.state is KitState.DAMAGED
    assert surplus in found.advised
    assert len(found.advised) == len(rest) + 1


def test_what_is_no_advice(desk: Desk) -> None:
    first, second, *_ = numbers(desk)
    with refused("shipment.no_kits"):
        advising.advice_offered(desk.pharmacy, advice(("A", first), ("B", second)), "a.csv")
    with refused("shipment.unlisted_kit"):
        advising.advice_offered(desk.pharmacy, advice(("A", "NOTHERE")), "a.csv")
    with refused("table.value_repeated"):
        advising.advice_offered(desk.pharmacy, advice(("A", first), ("A", first)), "a.csv")
    opened(desk)
    read(desk, GOOD)
    examined(desk)
    signed(desk)
    with refused("shipment.closed", "shipment.kit_is_here"):
        advising.advice_offered(desk.pharmacy, advice((SHIPMENT, first)), "a.csv")


def test_the_signed_receipt_goes_to_the_file_and_sealed_to_the_sponsor(desk: Desk) -> None:
    with refused("shipment.not_received"):
        receipts.receipt_paper(desk.pharmacy, SHIPMENT)
    missing = numbers(desk)[0]
    opened(desk)
    read(desk, WARM)
    examined(desk, missing)
    receiving.mark_missing(desk.pharmacy, SHIPMENT)
    signed(desk)
    paper = receipts.receipt_paper(desk.pharmacy, SHIPMENT)
    assert paper.file_name == f"UNBLINDED_receipt_{SHIPMENT}.pdf"
    sponsor = X25519PrivateKey.generate()
    station, told = desk.made.sponsor_key, receipts.told(desk.pharmacy, SHIPMENT)
    to = Destination(sponsor.public_key().public_bytes_raw(), "T-1", SITE, 7)
    now = datetime(2026, 11, 22, tzinfo=UTC)
    raw = write_receipt(told, to, station, now)
    opened_again, site, _ = read_receipt(raw, sponsor.private_bytes_raw(), now)
    assert (opened_again, site) == (told, SiteCode(SITE))
    assert {kit.state for kit in told.kits} == {KitState.QUARANTINED, KitState.MISSING}
    assert told.excursion is True
    assert CELLS.encode() not in msgspec.json.encode(told)
    with refused("bundle.altered"):
        read_receipt(raw[:-1] + bytes([raw[-1] ^ 1]), sponsor.private_bytes_raw(), now)
    with refused("bundle.sealed_for_another"):
        read_receipt(raw, X25519PrivateKey.generate().private_bytes_raw(), now)


def test_the_case_of_a_shipment_runs_from_despatch_to_opening(desk: Desk) -> None:
    opened(desk, tilt_ok=False)
    at = desk.pharmacy.now()
    desk.made.clock.advance(timedelta(hours=1))
    examined(desk)
    signed(desk)
    recorded: list[Recorded] = desk.pharmacy.ledger.page(0, 1000)
    (case,) = [r.event for r in recorded if isinstance(r.event, ExcursionOpened)]
    shipment = receiving.receipt(desk.pharmacy, SHIPMENT).shipment
    assert (case.began, case.ended, case.because) == (
        shipment.despatched_at,
        at,
        "shipment.tilted",
    )
    assert any(isinstance(r.event, ReceiptOpened) and not r.event.tilt_ok for r in recorded)


def test_a_package_that_says_nothing_of_weight_or_late_files_reads_as_before() -> None:
    plain = ColdChain(shipper_limit_c=Decimal(-150))
    assert (plain.max_weight_loss_kg, plain.late_file_releases) == (None, False)
