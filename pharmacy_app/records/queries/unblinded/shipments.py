"""Shipments: advised, open, received."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import KitNumber, ShipmentId
from pharmacy_app.domain.signing import moment
from pharmacy_app.records.reading import Reader


@dataclass(frozen=True, slots=True)
class Shipment:
    """One shipment as it stands; ``state`` is ``advised``, ``open`` or ``received``."""

    shipment_id: ShipmentId
    despatched_at: datetime
    logger_serial: str
    state: str
    opened_at: datetime | None
    received_at: datetime | None
    kits: int
    examined: int


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found when a kit was looked for."""

    kit_number: KitNumber
    condition: Condition
    remarks: str
    examined_at: datetime


_SHIPMENTS = (
    "SELECT s.shipment_id, s.despatched_at, s.logger_serial, s.state, s.opened_at, s.received_at,"
    " (SELECT count(*) FROM kit k WHERE k.shipment_id = s.shipment_id),"
    " (SELECT count(*) FROM examined_kit e WHERE e.shipment_id = s.shipment_id)"
    " FROM shipment s"
)


def shipments(reader: Reader) -> list[Shipment]:
    """Return every shipment, those still to be received first."""
    order = " ORDER BY s.state = 'received', s.despatched_at, s.shipment_id"
    return [_shipment(row) for row in reader.rows(_SHIPMENTS + order)]


def shipment(reader: Reader, shipment_id: ShipmentId) -> Shipment | None:
    """Return a shipment, or None if no package advised it."""
    row = reader.one(_SHIPMENTS + " WHERE s.shipment_id = ?", (shipment_id,))
    return None if row is None else _shipment(row)


def examined(reader: Reader, shipment_id: ShipmentId) -> list[Examined]:
    """Return what was found so far, in the order it was found."""
    rows = reader.rows(
        "SELECT kit_number, condition, remarks, examined_at FROM examined_kit"
        " WHERE shipment_id = ? ORDER BY examined_at, kit_number",
        (shipment_id,),
    )
    return [Examined(KitNumber(n), Condition(c), r, moment(at)) for n, c, r, at in rows]


def _shipment(row: tuple[object, ...]) -> Shipment:
    shipment_id, despatched, serial, state, opened, received, kits, seen = row
    return Shipment(
        shipment_id=ShipmentId(str(shipment_id)),
        despatched_at=moment(str(despatched)),
        logger_serial=str(serial),
        state=str(state),
        opened_at=None if opened is None else moment(str(opened)),
        received_at=None if received is None else moment(str(received)),
        kits=int(str(kits)),
        examined=int(str(seen)),
    )
