"""Excursions: a time in which kits were, or may have been, warmer or colder than they may be."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import KitState


class Cause(StrEnum):
    """Where the kits were when it happened: on the way, in a storage unit, in somebody's hands."""

    SHIPMENT = "shipment"
    UNIT = "unit"
    HANDLING = "handling"


class ConcernedKit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kit that was there, and its state when the case was opened."""

    kit_number: KitNumber
    state: KitState


class ExcursionOpened(Event, frozen=True, kw_only=True, tag="excursion.opened.1"):
    """A case was opened: when and where, why, and every kit that was there at the time.

    ``record`` is the shipment, the storage unit or empty; ``file`` the logger's original (its SHA-256
    in hexadecimal) where there is one. The kits still on the shelf wait in quarantine; of those used
    since, it is on record that they were there.
    """

    case_id: str
    cause: Cause
    record: str
    began: datetime
    ended: datetime
    because: str
    file: str
    kits: tuple[ConcernedKit, ...]

    @property
    def about(self) -> str:
        """Return ``excursion/<case>``."""
        return f"excursion/{self.case_id}"


class UnitLoggerRead(Event, frozen=True, kw_only=True, tag="excursion.unit_logger_read.1"):
    """A storage unit's logger file was read; the original is the attachment ``file``.

    Temperatures in °C, durations in seconds; ``limit_c`` is the unit's own.
    """

    unit: str
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
    excursion: bool

    @property
    def about(self) -> str:
        """Return ``unit/<code>``."""
        return f"unit/{self.unit}"
