"""What leaves about a signed receipt: the paper for the file, and the sealed one for the sponsor."""

from datetime import datetime

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.reports.shipment_receipt import ShipmentReceipt
from pharmacy_app.documents.standing import Signed
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.events.stock import ShipmentReceived
from pharmacy_app.domain.ids import ShipmentId
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.domain.shipments import Shipper
from pharmacy_app.exchange.bundle import Signer
from pharmacy_app.exchange.receipts import Destination, SealedReceipt, write_receipt
from pharmacy_app.workflows.papers import standing
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.receiving import Receipt, receipt


def receipt_paper(pharmacy: Pharmacy, shipment_id: ShipmentId) -> Paper:
    """Return the paper of a signed receipt. UNBLINDED. Raises Refused ``shipment.not_received``."""
    found, signed, shipper, opened_at = _signed(pharmacy, shipment_id)
    event = signed.told(ShipmentReceived)
    paper = ShipmentReceipt(
        standing=standing(pharmacy),
        shipment_id=shipment_id,
        despatched_at=found.shipment.despatched_at,
        arrived_at=None if shipper.checked is None else shipper.checked.arrived_at,
        opened_at=opened_at,
        registered_at=signed.recorded_at,
        shipper=shipper,
        kits=event.kits,
        found=dict(found.examined),
        unexpected=found.unexpected,
        signed=tuple(
            Signed(printed_name=s.printed_name, meaning=s.meaning, signed_at=s.signed_at)
            for s in signed.signatures
        ),
    )
    return catalogue.render(catalogue.SHIPMENT_RECEIPT, paper)


def sealed_receipt(pharmacy: Pharmacy, shipment_id: ShipmentId, station: Signer) -> bytes:
    """Return the receipt for the sponsor, sealed to the sponsor's key and signed by the station.

    Raises Refused ``shipment.not_received``.
    """
    _, signed, _, _ = _signed(pharmacy, shipment_id)
    package = pharmacy.package
    to = Destination(package.recovery_public_key, package.trial.code, package.site, signed.seq)
    return write_receipt(told(pharmacy, shipment_id), to, station, pharmacy.now())


def told(pharmacy: Pharmacy, shipment_id: ShipmentId) -> SealedReceipt:
    """Return what the sponsor is told of a signed receipt. Raises Refused ``shipment.not_received``."""
    found, signed, shipper, opened_at = _signed(pharmacy, shipment_id)
    event, logger = signed.told(ShipmentReceived), shipper.logger
    return SealedReceipt(
        shipment_id=shipment_id,
        opened_at=opened_at,
        registered_at=signed.recorded_at,
        seals_intact=shipper.opened.seals_intact,
        tilt_ok=shipper.opened.tilt_ok,
        weight_kg=shipper.opened.weight_kg,
        logger_serial="" if logger is None else logger.serial,
        max_c=None if logger is None else logger.max_c,
        seconds_above=None if logger is None else logger.seconds_above,
        excursion=None if logger is None else logger.excursion,
        kits=event.kits,
        found=found.examined,
        unexpected=found.unexpected,
        received_by=signed.signatures[0].printed_name,
    )


def _signed(
    pharmacy: Pharmacy, shipment_id: ShipmentId
) -> tuple[Receipt, Recorded, Shipper, datetime]:
    found = receipt(pharmacy, shipment_id)
    signed = [
        recorded
        for recorded in pharmacy.ledger.history(f"shipment/{shipment_id}")
        if isinstance(recorded.event, ShipmentReceived)
    ]
    if not signed or found.shipper is None or found.opened_at is None:
        raise Refused([violation("shipment.not_received", shipment_id)])
    return found, signed[-1], found.shipper, found.opened_at
