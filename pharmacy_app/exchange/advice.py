"""A shipment's advice as a table of its own: one row a kit, CSV or XLSX.

Columns ``shipment``, ``despatched`` (with its offset), ``logger_serial`` (may be empty) and
``kit_number``. The table says which known kits travel together; what is in a kit, no table says.
"""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.ids import KitNumber, ShipmentId
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.exchange.tables import Column, instant, matching, read_table, write_table

_COLUMNS = (
    Column("shipment", matching(r"[A-Za-z0-9][A-Za-z0-9-]{0,29}")),
    Column("despatched", instant, expected="YYYY-MM-DDThh:mm+hh:mm"),
    Column("logger_serial", required=False),
    Column("kit_number", unique=True),
)


@dataclass(frozen=True, slots=True)
class Advice:
    """One shipment: when it was despatched (UTC), with which logger, and its kits in order."""

    shipment_id: ShipmentId
    despatched_at: datetime
    logger_serial: str
    kits: tuple[KitNumber, ...]


def read_advice(raw: bytes, name: str) -> Advice:
    """Return the advice in a file; ``name`` decides between CSV and XLSX.

    Raises Refused with every mistake of the table, or ``shipment.no_kits`` and
    ``shipment.advice_differs`` for a table that is not about one shipment.
    """
    rows, mistakes = read_table(raw, name, _COLUMNS)
    if mistakes:
        raise Refused(mistakes)
    shipments = {row["shipment"] for row in rows}
    facts = {(row["despatched"], row["logger_serial"] or "") for row in rows}
    refuse(
        None if len(shipments) == 1 else violation("shipment.no_kits", name, found=len(shipments)),
        violation("shipment.advice_differs", name) if len(facts) > 1 else None,
    )
    ((despatched, serial),) = facts
    return Advice(
        ShipmentId(shipments.pop()),
        despatched,
        serial,
        tuple(sorted({KitNumber(row["kit_number"]) for row in rows})),
    )


def write_advice(advice: Advice) -> bytes:
    """Return an advice as the CSV file that `read_advice` takes."""
    despatched = advice.despatched_at.isoformat(timespec="seconds")
    rows = [
        (advice.shipment_id, despatched, advice.logger_serial, number) for number in advice.kits
    ]
    return write_table([column.name for column in _COLUMNS], rows)
