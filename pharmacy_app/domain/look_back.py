"""Looking back: from a lot, a shipment, a place, a time or an excursion to everybody it touched."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.ids import DoseId, KitNumber, ShipmentId, StageCode, SubjectId, VisitCode
from pharmacy_app.domain.kits import Disposal, KitState
from pharmacy_app.domain.refusal import Violation, violation


@dataclass(frozen=True, slots=True)
class OfLot:
    """Every kit of a lot, real or blinded."""

    lot: str


@dataclass(frozen=True, slots=True)
class OfShipment:
    """Every kit that a shipment brought, or was to bring."""

    shipment_id: ShipmentId


@dataclass(frozen=True, slots=True)
class OfCase:
    """Every kit of an excursion."""

    case_id: str


@dataclass(frozen=True, slots=True)
class OfPlace:
    """Every kit that lay in a unit, or a rack or box of it, at some moment between two (UTC)."""

    place: str
    began: datetime
    ended: datetime


@dataclass(frozen=True, slots=True)
class OfTime:
    """Every kit that lay in any unit, or moved on or off the shelf, between two moments (UTC)."""

    began: datetime
    ended: datetime


Source = OfLot | OfShipment | OfCase | OfPlace | OfTime


@dataclass(frozen=True, slots=True)
class TouchedKit:
    """A kit that was touched, and where it is now."""

    kit_number: KitNumber
    kit_type: str
    lot: str
    blinded_lot: str
    shipment_id: ShipmentId
    state: KitState
    disposal: Disposal
    position: str | None


@dataclass(frozen=True, slots=True)
class TouchedDose:
    """A dose for which a touched kit was chosen; ``given`` if any of it reached the subject.

    ``handed_over_at`` is UTC. A dose that was given another kit than its own is told with that kit.
    """

    dose_id: DoseId
    subject_id: SubjectId
    stage: StageCode
    visit: VisitCode
    kit_number: KitNumber
    step: str
    handed_over_at: datetime | None
    returned: bool

    @property
    def left_the_pharmacy(self) -> bool:
        """Whether it reached the ward and was not brought back unused."""
        return self.handed_over_at is not None and not self.returned


@dataclass(frozen=True, slots=True)
class LookBack:
    """What was touched: kits by number, doses by subject and time."""

    source: Source
    kits: tuple[TouchedKit, ...]
    doses: tuple[TouchedDose, ...]

    @property
    def exposed(self) -> tuple[SubjectId, ...]:
        """The subjects to whom a touched dose went, each once."""
        return tuple(dict.fromkeys(d.subject_id for d in self.doses if d.left_the_pharmacy))


def unlawful_source(source: Source) -> Iterator[Violation | None]:
    """Yield why nothing can be looked back from: a time that ends before it begins, no lot."""
    if isinstance(source, OfPlace | OfTime) and source.ended < source.began:
        yield violation("excursion.times", "", began=source.began, ended=source.ended)
    if isinstance(source, OfLot) and not source.lot.strip():
        yield violation("look_back.nothing_named")
