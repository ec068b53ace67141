"""A signed shipment receipt for the sponsor: sealed to the sponsor, signed by the site's station.

It tells what came and how, kit by kit. It holds no kit type: the sponsor knows them by number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import msgspec
from msgspec import Struct

from pharmacy_app.domain.events.stock import Condition, ReceivedKit
from pharmacy_app.domain.ids import KitNumber, ShipmentId, SiteCode
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.exchange.bundle import (
    Address,
    Expected,
    Kind,
    Signer,
    open_bundle,
    read_bundle,
    require_strict,
    seal_bundle,
)

SUFFIX = ".receipt"
VALID = timedelta(days=3650)


class SealedReceipt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a site says of one shipment; times UTC, temperatures °C, durations in seconds."""

    shipment_id: ShipmentId
    opened_at: datetime
    registered_at: datetime
    seals_intact: bool
    tilt_ok: bool
    weight_kg: Decimal | None
    logger_serial: str
    max_c: Decimal | None
    seconds_above: int | None
    excursion: bool | None
    kits: tuple[ReceivedKit, ...]
    found: Mapping[KitNumber, Condition]
    unexpected: tuple[KitNumber, ...]
    received_by: str


@dataclass(frozen=True, slots=True)
class Destination:
    """To whom a receipt goes and whose it is; ``number`` is its place in the site's ledger."""

    recipient: bytes
    trial: str
    site: SiteCode
    number: int


def write_receipt(
    receipt: SealedReceipt, to: Destination, station: bytes | Signer, now: datetime
) -> bytes:
    """Return the file, for the sponsor's eyes only. Raises Refused ``bundle.too_big``."""
    address = Address(
        kind=Kind.RECEIPT,
        trial=to.trial,
        site=to.site,
        number=to.number,
        created=now,
        expires=now + VALID,
        recipient=to.recipient,
    )
    return seal_bundle(address, msgspec.json.encode(receipt), station)


def read_receipt(
    raw: bytes, private_key: bytes, now: datetime, sender: bytes | None = None
) -> tuple[SealedReceipt, SiteCode, bytes]:
    """Return a receipt, its site, and the station key that signed it (32 bytes).

    ``sender`` is the station's key where it is known. Raises Refused ``bundle.*`` or
    ``bundle.contents``.
    """
    expected = Expected(kind=Kind.RECEIPT, now=now, sender=sender)
    bundle = read_bundle(raw, expected)
    header = bundle.header
    try:
        payload = open_bundle(bundle, private_key)
        require_strict(payload)
        receipt = msgspec.json.decode(payload, type=SealedReceipt)
    except (msgspec.DecodeError, ValueError) as problem:
        name = f"{header.trial}-{header.site}-{header.number}"
        raise Refused([violation("bundle.contents", name, found=str(problem))]) from problem
    return receipt, SiteCode(header.site), header.sender
