"""What one signed trial package brings to one site: protocol, kits, shipments, sealed allocations."""

from datetime import datetime

from msgspec import Struct

from pharmacy_app.domain.ids import KitNumber, KitTypeCode, ShipmentId, SiteCode, StageCode
from pharmacy_app.domain.trial import Trial


class KitLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kit of the sponsor's list. ``expiry``: the first moment at which it is expired (UTC).

    ``pool`` keeps kits apart for the stages that name it; an empty one is the common pool.
    """

    number: KitNumber
    kit_type: KitTypeCode
    lot: str
    blinded_lot: str
    expiry: datetime
    pool: str = ""


class ShipmentAdvice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the sponsor sent: which kits, when, with which logger."""

    shipment_id: ShipmentId
    despatched_at: datetime
    logger_serial: str
    kits: tuple[KitNumber, ...]


class SealedEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a randomisation list that nobody at the site can read ahead.

    ``sealed`` has the same length for every arm; the order of entries says nothing.
    """

    entry_id: str
    stage: StageCode
    stratum: str
    salt: bytes
    sealed: bytes


class SitePackage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The content of a package, after its signature held and it was opened for the site."""

    number: int
    site: SiteCode
    trial: Trial
    kits: tuple[KitLine, ...]
    shipments: tuple[ShipmentAdvice, ...]
    entries: tuple[SealedEntry, ...]
    unblindings: tuple[SealedEntry, ...] = ()
    """For each entry of a stage that is unblinded before a later one: what the desk's code opens."""
    recovery_public_key: bytes
