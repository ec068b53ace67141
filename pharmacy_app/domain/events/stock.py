"""Kits: their shipments, their places, their quarantine, their end."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import DoseId, KitNumber, PositionId, ShipmentId
from pharmacy_app.domain.kits import KitState


class Condition(StrEnum):
    """What the receiver found when a kit of the advice was looked for."""

    INTACT = "intact"
    DAMAGED = "damaged"
    MISSING = "missing"
    UNEXPECTED = "unexpected"


class ReceiptOpened(Event, frozen=True, kw_only=True, tag="shipment.opened.1"):
    """The shipper stands on the table: seals, tilt indicator and weight as found."""

    shipment_id: ShipmentId
    seals_intact: bool
    tilt_ok: bool
    weight_kg: Decimal | None
    remarks: str

    @property
    def about(self) -> str:
        """Return ``shipment/<id>``."""
        return f"shipment/{self.shipment_id}"


class ShipperChecked(Event, frozen=True, kw_only=True, tag="shipment.shipper_checked.1"):
    """What else the checklist asks of a shipper; weights in kg, times UTC.

    ``arrived_at`` is when it reached the pharmacy: it may wait there before it is opened.
    """

    shipment_id: ShipmentId
    shipper_id: str
    seal_numbers: str
    despatch_weight_kg: Decimal | None
    arrived_at: datetime | None

    @property
    def about(self) -> str:
        """Return ``shipment/<id>``."""
        return f"shipment/{self.shipment_id}"


class ShipmentAdvised(Event, frozen=True, kw_only=True, tag="shipment.advised.1"):
    """An advice came by itself: kits that are still expected travel, or travelled, in this shipment.

    ``file`` is the original (the SHA-256 of an attachment); ``kits`` are known from a package.
    """

    shipment_id: ShipmentId
    despatched_at: datetime
    logger_serial: str
    reference: str
    file: str
    kits: tuple[KitNumber, ...]

    @property
    def about(self) -> str:
        """Return ``shipment/<id>``."""
        return f"shipment/{self.shipment_id}"


class KitExamined(Event, frozen=True, kw_only=True, tag="shipment.kit_examined.1"):
    """One kit was scanned and looked at, or looked for in vain."""

    shipment_id: ShipmentId
    kit_number: KitNumber
    condition: Condition
    remarks: str
    typed: bool

    @property
    def about(self) -> str:
        """Return ``shipment/<id>``."""
        return f"shipment/{self.shipment_id}"


class LoggerRead(Event, frozen=True, kw_only=True, tag="shipment.logger_read.1"):
    """The shipper's logger file was read; the original is the attachment ``file``.

    Temperatures in °C, durations in seconds. ``cut`` says that the file breaks off.
    """

    shipment_id: ShipmentId
    file: str
    serial: str
    first_at: datetime
    last_at: datetime
    readings: int
    without_number: int
    max_c: Decimal | None
    min_c: Decimal | None
    limit_c: Decimal
    seconds_above: int
    longest_above: int
    gaps: int
    cut: bool
    excursion: bool

    @property
    def about(self) -> str:
        """Return ``shipment/<id>``."""
        return f"shipment/{self.shipment_id}"


class ReceivedKit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What became of one kit when its receipt was signed, and by which rule."""

    kit_number: KitNumber
    state: KitState
    rule: str


class ShipmentReceived(Event, frozen=True, kw_only=True, tag="shipment.received.1"):
    """The receipt was signed; from here on its intact kits may be used, or wait in quarantine."""

    shipment_id: ShipmentId
    kits: tuple[ReceivedKit, ...]

    @property
    def about(self) -> str:
        """Return ``shipment/<id>``."""
        return f"shipment/{self.shipment_id}"


class LateLoggerJudged(Event, frozen=True, kw_only=True, tag="shipment.late_logger_judged.1"):
    """The logger's file came after the receipt was signed: what it makes of the kits that waited."""

    shipment_id: ShipmentId
    kits: tuple[ReceivedKit, ...]

    @property
    def about(self) -> str:
        """Return ``shipment/<id>``."""
        return f"shipment/{self.shipment_id}"


class QuarantineDecided(Event, frozen=True, kw_only=True, tag="kit.quarantine_decided.1"):
    """The sponsor decided on a quarantined kit: back to stock or never."""

    kit_number: KitNumber
    usable: bool
    authorisation: str

    @property
    def about(self) -> str:
        """Return ``kit/<number>``."""
        return f"kit/{self.kit_number}"


class KitQuarantined(Event, frozen=True, kw_only=True, tag="kit.quarantined.1"):
    """A kit in stock may not be used until somebody decides."""

    kit_number: KitNumber
    because: str

    @property
    def about(self) -> str:
        """Return ``kit/<number>``."""
        return f"kit/{self.kit_number}"


class KitStowed(Event, frozen=True, kw_only=True, tag="kit.stowed.1"):
    """A kit was put in a position, from a shipper, the bench or another position.

    ``seconds_out`` is the time it was out of storage for this move.
    """

    kit_number: KitNumber
    position: PositionId
    seconds_out: int

    @property
    def about(self) -> str:
        """Return ``kit/<number>``."""
        return f"kit/{self.kit_number}"


class KitWasted(Event, frozen=True, kw_only=True, tag="kit.wasted.1"):
    """A kit will never be given: its preparation stopped, it broke, it thawed."""

    kit_number: KitNumber
    dose_id: DoseId | None
    because: str

    @property
    def about(self) -> str:
        """Return ``kit/<number>``."""
        return f"kit/{self.kit_number}"


class KitReturnedToPool(Event, frozen=True, kw_only=True, tag="kit.returned_to_pool.1"):
    """An assigned kit that never left storage may be given to somebody else again."""

    kit_number: KitNumber
    dose_id: DoseId
    because: str

    @property
    def about(self) -> str:
        """Return ``kit/<number>``."""
        return f"kit/{self.kit_number}"
