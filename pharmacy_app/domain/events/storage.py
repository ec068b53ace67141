"""Storage: its units, their blocked places and daily checks, and kits moved or put back."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import DoseId, KitNumber, PositionId
from pharmacy_app.domain.locations import GroupLabels, PlaceLabels, UnitKind


class BlockReason(StrEnum):
    """Why a place takes no kit."""

    BROKEN = "broken"
    RESERVED = "reserved"


class UnitEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one storage unit."""

    unit: str

    @property
    def about(self) -> str:
        """Return ``unit/<code>``."""
        return f"unit/{self.unit}"


class UnitAdded(UnitEvent, frozen=True, kw_only=True, tag="storage.unit_added.2"):
    """A storage unit: what it is, ``racks × boxes × rows × columns`` positions, how they are labelled.

    Temperatures in °C. Version 1, `pharmacy_app.domain.events.site.StorageUnitAdded`, knew neither
    kind nor labelling.
    """

    name: str
    unit_kind: UnitKind
    warmest_c: Decimal
    coldest_c: Decimal | None
    least_level_cm: Decimal | None
    racks: int
    boxes: int
    rows: int
    columns: int
    places: PlaceLabels
    leading_zeros: bool
    rack_labels: GroupLabels
    box_labels: GroupLabels


class PlaceBlocked(UnitEvent, frozen=True, kw_only=True, tag="storage.place_blocked.1"):
    """A place takes no kit until it is free again."""

    position: PositionId
    why: BlockReason
    remarks: str


class PlaceUnblocked(UnitEvent, frozen=True, kw_only=True, tag="storage.place_unblocked.1"):
    """A blocked place may take a kit again."""

    position: PositionId
    remarks: str


class UnitChecked(UnitEvent, frozen=True, kw_only=True, tag="storage.unit_checked.1"):
    """Somebody read a unit's temperature (°C), its level of liquid nitrogen (cm), or both.

    ``within`` says whether what was read is inside the unit's limits; if not, ``remarks`` says what
    was done.
    """

    temperature_c: Decimal | None
    level_cm: Decimal | None
    within: bool
    remarks: str


class SignedMove(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kit of a signed list of moves; ``seconds_out`` is its time out of storage for it."""

    kit_number: KitNumber
    source: PositionId | None
    target: PositionId
    seconds_out: int


class MovesSigned(Event, frozen=True, kw_only=True, tag="storage.moves_signed.1"):
    """A list of moves was carried out and signed; where each kit went follows, kit by kit.

    All of them leave their places here, so that two kits may change places.
    """

    moves_id: str
    moves: tuple[SignedMove, ...]

    @property
    def about(self) -> str:
        """Return ``moves/<id>``."""
        return f"moves/{self.moves_id}"


class KitPutBack(Event, frozen=True, kw_only=True, tag="kit.put_back.1"):
    """A kit taken out for a dose went back unopened: the pick was abandoned.

    ``seconds_out`` is the time from its taking out. It still belongs to its dose here; that this was
    stopped, and the kit free again, are the next events of the act.
    """

    kit_number: KitNumber
    dose_id: DoseId
    position: PositionId
    seconds_out: int
    because: str

    @property
    def about(self) -> str:
        """Return ``kit/<number>``."""
        return f"kit/{self.kit_number}"
