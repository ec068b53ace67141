"""An advice that comes by itself: kits that are still expected travel in another shipment."""

from pharmacy_app.domain import shipments as rules
from pharmacy_app.domain.events.stock import ShipmentAdvised
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import refuse, violation
from pharmacy_app.exchange.advice import Advice, read_advice
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import shipments as queries
from pharmacy_app.workflows.pharmacy import Pharmacy


def advice_offered(pharmacy: Pharmacy, raw: bytes, name: str) -> Advice:
    """Return what an advice file says, once every kit of it may travel; nothing is recorded.

    Raises Refused with every mistake of the file, every kit that is unknown or here already, and for
    a shipment whose receipt is signed.
    """
    pharmacy.require(Task.RECEIVE)
    advice = read_advice(raw, name)
    known = queries.shipment(pharmacy.reader, advice.shipment_id)
    refuse(
        violation("shipment.closed", advice.shipment_id)
        if known is not None and known.state == "received"
        else None,
        *(
            rules.not_advisable(kit_queries.kit(pharmacy.reader, number), number)
            for number in advice.kits
        ),
    )
    return advice


def import_advice(
    pharmacy: Pharmacy, raw: bytes, name: str, reference: str, *, op_id: str = ""
) -> Appended:
    """Record an advice; its kits are expected in its shipment from here on. The file is kept.

    Raises Refused as `advice_offered`, and without the reference of the sponsor's message.
    """
    advice = advice_offered(pharmacy, raw, name)
    refuse(
        None if reference.strip() else violation("shipment.advice_reference", advice.shipment_id)
    )
    original = Attachment("application/octet-stream", raw)
    event = ShipmentAdvised(
        shipment_id=advice.shipment_id,
        despatched_at=advice.despatched_at,
        logger_serial=advice.logger_serial,
        reference=reference.strip(),
        file=original.sha256.hex(),
        kits=advice.kits,
    )
    return pharmacy.record(Task.RECEIVE, event, op_id=op_id, attachments=[original])
