"""The story's shipments: one good, with a damaged and a missing kit; one that got warm."""

from collections.abc import Iterator

from pharmacy_app.demo.aids import TrainingShipment
from pharmacy_app.demo.desk import Desk
from pharmacy_app.demo.moments import Moment
from pharmacy_app.demo.site import logger_bytes, read_logger_file, stow_all
from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import KitState
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.workflows import receiving, stock, storing
from pharmacy_app.workflows.pharmacy import Scanned

DAMAGED = "外袋破裂，有干冰外的霜 Outer bag torn, frosted"
DECISION = "QA-2026-118"


def kits_by_expiry(desk: Desk, shipment: TrainingShipment) -> list[KitNumber]:
    """Return a shipment's kits, the last to expire first."""
    kits = kit_queries.of_shipment(desk.pharmacy.reader, shipment.shipment_id)
    return [kit.kit_number for kit in sorted(kits, key=lambda k: (k.expiry, k.kit_number))][::-1]


def receive_good(desk: Desk, shipment: TrainingShipment) -> Iterator[Moment]:
    """Receive kit by kit: one is damaged, one is not in the shipper."""
    pharmacy, number = desk.pharmacy, shipment.shipment_id
    desk.refused(
        "scan a kit before the shipper is opened",
        lambda: receiving.examine(pharmacy, number, Scanned(shipment.kits[0])),
        "shipment.not_open",
    )
    receiving.open_receipt(pharmacy, number, seals_intact=True, tilt_ok=True, remarks="")
    damaged, missing, *good = kits_by_expiry(desk, shipment)
    for kit in good[: len(good) // 2]:
        receiving.examine(pharmacy, number, Scanned(kit))
    desk.pass_minutes(3)
    yield Moment("receiving", number)
    mistyped = f"{good[0][:-1]}{'3' if good[0][-1] != '3' else '4'}"
    desk.refused(
        "sign before every kit was looked for",
        lambda: receiving.sign_receipt(pharmacy, number, desk.signs()),
        "shipment.not_examined",
    )
    for kit in good[len(good) // 2 :]:
        receiving.examine(pharmacy, number, Scanned(kit))
    receiving.examine(pharmacy, number, Scanned(damaged), Condition.DAMAGED, DAMAGED)
    receiving.mark_missing(pharmacy, number)
    desk.pass_minutes(4)
    read_logger_file(pharmacy, number, logger_bytes(shipment))
    receiving.sign_receipt(pharmacy, number, desk.signs())
    desk.refused(
        "put away a kit that no list names",
        lambda: storing.stow(pharmacy, Scanned(mistyped, typed=True), "T1-R1-B01-A1"),
        "kit.unknown",
    )
    stow_all(pharmacy, good)
    desk.refused(
        "put a kit where another lies",
        lambda: storing.stow(pharmacy, Scanned(good[0]), _place_of(desk, good[1])),
        "position.taken",
    )
    desk.refused(
        "put a missing kit on the shelf",
        lambda: storing.stow(pharmacy, Scanned(missing), "T1-R2-B01-A1"),
        "kit.not_for_shelf",
    )
    yield Moment("stock", number)


def receive_warm(desk: Desk, shipment: TrainingShipment) -> Iterator[Moment]:
    """Receive a shipment whose logger saw an excursion: quarantine, then the sponsor's decision."""
    pharmacy, number = desk.pharmacy, shipment.shipment_id
    receiving.open_receipt(pharmacy, number, seals_intact=True, tilt_ok=True)
    for kit in shipment.kits:
        receiving.examine(pharmacy, number, Scanned(kit))
    read_logger_file(pharmacy, number, logger_bytes(shipment))
    desk.pass_minutes(6)
    receiving.sign_receipt(pharmacy, number, desk.signs())
    stow_all(pharmacy, shipment.kits)
    yield Moment("quarantine", number)


def decide(desk: Desk, shipment: TrainingShipment) -> None:
    """Record the sponsor's decision: half may be used, half never."""
    pharmacy = desk.pharmacy
    held = [
        kit.kit_number
        for kit in kit_queries.of_shipment(pharmacy.reader, shipment.shipment_id)
        if kit.state is KitState.QUARANTINED
    ]
    half = len(held) // 2
    desk.refused(
        "decide without the sponsor's reference",
        lambda: stock.decide_quarantine(
            pharmacy, list(held), usable=True, authorisation="", credential=desk.signs()
        ),
        "kit.no_authorisation",
    )
    for usable, kits in ((True, held[:half]), (False, held[half:])):
        stock.decide_quarantine(
            pharmacy, list(kits), usable=usable, authorisation=DECISION, credential=desk.signs()
        )


def _place_of(desk: Desk, kit: KitNumber) -> str:
    found = kit_queries.kit(desk.pharmacy.reader, kit)
    return "" if found is None or found.position is None else found.position
