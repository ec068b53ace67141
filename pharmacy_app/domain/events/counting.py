"""Stock counts: what was scanned where, what differs from the record, and what became of it."""

from enum import StrEnum

from msgspec import Struct

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import DoseId, KitNumber, PositionId


class DifferenceKind(StrEnum):
    """In which way what was found differs from the record."""

    MISFILED = "misfiled"
    """Recorded in one place, found in another."""
    SWAPPED = "swapped"
    """Two kits or more lie in one another's places."""
    MISSING = "missing"
    """Recorded in a box that was counted, and found nowhere."""
    UNPLACED = "unplaced"
    """Found in a box, recorded on the shelf without any place."""
    OFF_SHELF = "off_shelf"
    """Found, although the record says that it is lost, used, or gone."""
    NOT_RECEIVED = "not_received"
    """Found, although the receipt of its shipment was never signed."""
    UNKNOWN = "unknown"
    """No package of the site lists its number."""
    TWICE = "twice"
    """One number was found in more than one place."""


class Outcome(StrEnum):
    """What is done about a difference."""

    PLACED = "placed"
    """The record follows: the kit lies where it was found, or was put since."""
    LOST = "lost"
    FOUND = "found"
    """It counts again, in quarantine."""
    SET_APART = "set_apart"
    """Kept apart and reported; the record of what it is stays."""
    EXPLAINED = "explained"
    """An act that was recorded since says the same as the count."""


class RootCause(StrEnum):
    """Why record and shelf differed, as far as it was found out."""

    MISFILED = "misfiled"
    LABELLING = "labelling"
    NOT_BOOKED = "not_booked"
    TAKEN_WITHOUT_RECORD = "taken_without_record"
    OTHER = "other"


class CountEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one stock count."""

    count_id: str

    @property
    def about(self) -> str:
        """Return ``count/<id>``."""
        return f"count/{self.count_id}"


class CountOpened(CountEvent, frozen=True, kw_only=True, tag="count.opened.1"):
    """Somebody began to count a unit, a rack, a box, or (``scope`` empty) everything.

    ``boxes`` are the places to look into, in the order of the storage units.
    """

    scope: str
    boxes: tuple[str, ...]


class BoxBegun(CountEvent, frozen=True, kw_only=True, tag="count.box_begun.1"):
    """Somebody opened a box to count it, for the first time or again.

    Begun again by the same person its scans stay; by another one it is counted from the start.
    """

    box: str


class KitCounted(CountEvent, frozen=True, kw_only=True, tag="count.kit_counted.1"):
    """A kit lies in a box, at a position of it if somebody said so."""

    box: str
    kit_number: KitNumber
    position: PositionId | None
    typed: bool


class ScanWithdrawn(CountEvent, frozen=True, kw_only=True, tag="count.scan_withdrawn.1"):
    """A kit does not lie in this box after all: it was scanned by mistake."""

    box: str
    kit_number: KitNumber


class BoxDone(CountEvent, frozen=True, kw_only=True, tag="count.box_done.1"):
    """Everything that lies in a box was scanned."""

    box: str


class CountDifference(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kit about which count and record differ.

    ``recorded`` is the position in the record (empty: none), ``found`` every box or position where
    it was scanned (none: missing), ``pair`` the other kits (by spaces apart) of those that changed places.
    """

    kind: DifferenceKind
    kit_number: KitNumber
    recorded: str
    found: tuple[str, ...]
    pair: str = ""


class CountClosed(CountEvent, frozen=True, kw_only=True, tag="count.closed.1"):
    """A count, or a recount, was compared with the record.

    ``recount`` are the boxes that another person must count again; with no difference left the
    count is done.
    """

    round: int
    differences: tuple[CountDifference, ...]
    recount: tuple[str, ...]


class DifferenceResolved(CountEvent, frozen=True, kw_only=True, tag="count.difference_resolved.1"):
    """What became of a difference, and why it was there.

    Placed kits leave their recorded places here, so that two may change places; where each lies is
    an event of its own.
    """

    kits: tuple[KitNumber, ...]
    difference: DifferenceKind
    outcome: Outcome
    cause: RootCause
    remarks: str


class CountSignedOff(CountEvent, frozen=True, kw_only=True, tag="count.signed_off.1"):
    """Every difference of a count is resolved."""


class CountAbandoned(CountEvent, frozen=True, kw_only=True, tag="count.abandoned.1"):
    """A count ended without a result."""

    because: str


class KitLost(Event, frozen=True, kw_only=True, tag="kit.lost.1"):
    """A kit that the record says is on the shelf was looked for in vain, by two people.

    ``dose_id`` is the dose it was assigned to, which is stopped in the same act.
    """

    kit_number: KitNumber
    dose_id: DoseId | None
    because: str

    @property
    def about(self) -> str:
        """Return ``kit/<number>``."""
        return f"kit/{self.kit_number}"


class KitFound(Event, frozen=True, kw_only=True, tag="kit.found.1"):
    """A kit turned up that the record had given up: it waits in quarantine.

    ``dose_id`` is the dose that the record says it went into. Nobody knows how it was kept.
    """

    kit_number: KitNumber
    dose_id: DoseId | None
    where: str
    because: str

    @property
    def about(self) -> str:
        """Return ``kit/<number>``."""
        return f"kit/{self.kit_number}"
