"""Everything that happened to one kit: its own acts, its shipment's, its lots', those of its doses."""

from collections.abc import Iterator

from pharmacy_app.domain.events.counting import KitFound, KitLost
from pharmacy_app.domain.events.disposal import KitsDestroyed, KitsSent, KitStruck, RemainsReturned
from pharmacy_app.domain.events.dose import (
    BagReturned,
    DoseOpened,
    HandedOver,
    InfusionReported,
    KitAssigned,
    PreparationStopped,
    TakenOutOfStorage,
    ThawEnded,
    ThawStarted,
)
from pharmacy_app.domain.events.envelope import Event, Recorded
from pharmacy_app.domain.events.lots import LotRecalled, OverlabelsApplied, RecallWithdrawn
from pharmacy_app.domain.events.stock import (
    KitExamined,
    KitReturnedToPool,
    KitWasted,
    LateLoggerJudged,
    LoggerRead,
    ReceiptOpened,
    ShipmentReceived,
)
from pharmacy_app.domain.events.storage import KitPutBack
from pharmacy_app.domain.ids import DoseId, KitNumber
from pharmacy_app.records.queries.unblinded import disposal as disposal_queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.workflows.pharmacy import Pharmacy

OF_THE_SHIPMENT: tuple[type[Event], ...] = (
    ReceiptOpened,
    LoggerRead,
    ShipmentReceived,
    LateLoggerJudged,
)
OF_THE_LOT = (LotRecalled, RecallWithdrawn, OverlabelsApplied)
OF_THE_DOSE: tuple[type[Event], ...] = (
    DoseOpened,
    KitAssigned,
    TakenOutOfStorage,
    ThawStarted,
    ThawEnded,
    PreparationStopped,
    HandedOver,
    InfusionReported,
    BagReturned,
)


def kit_story(pharmacy: Pharmacy, number: KitNumber) -> list[Recorded]:
    """Return what happened to a kit, oldest first. Raises LookupError for an unknown one."""
    kit = kit_queries.kit(pharmacy.reader, number)
    if kit is None:
        raise LookupError(number)
    own = pharmacy.ledger.history(f"kit/{number}")
    doses = {kit.dose_id, *(dose_of(recorded.event) for recorded in own)} - {None}
    shipment = [
        recorded
        for recorded in pharmacy.ledger.history(f"shipment/{kit.shipment_id}")
        if isinstance(recorded.event, OF_THE_SHIPMENT)
        or (isinstance(recorded.event, KitExamined) and recorded.event.kit_number == number)
    ]
    at_the_bench = [
        recorded
        for dose in sorted(dose for dose in doses if dose is not None)
        for recorded in pharmacy.ledger.history(f"dose/{dose}")
        if isinstance(recorded.event, OF_THE_DOSE)
    ]
    lists = [
        recorded
        for list_id in disposal_queries.lists_of(pharmacy.reader, number)
        for recorded in _until_struck(pharmacy.ledger.history(f"disposal/{list_id}"), number)
    ]
    of_lots = [
        recorded
        for lot in (kit.lot, kit.blinded_lot)
        for recorded in pharmacy.ledger.history(f"lot/{lot}")
        if isinstance(recorded.event, OF_THE_LOT) and number in recorded.event.kits
    ]
    return sorted(
        [*shipment, *own, *at_the_bench, *lists, *of_lots], key=lambda recorded: recorded.seq
    )


def _until_struck(history: list[Recorded], number: KitNumber) -> Iterator[Recorded]:
    """Yield what a list's history says of one kit: nothing of others, nothing once it was struck."""
    for recorded in history:
        event = recorded.event
        if isinstance(event, KitsDestroyed | KitsSent) and number not in event.kits:
            return  # given from the shelf although it was on the list
        if not isinstance(event, KitStruck):
            yield recorded
        elif event.kit_number == number:
            yield recorded
            return


def dose_of(event: Event) -> DoseId | None:
    """Return the dose that an event about a kit names, or None."""
    named = (KitReturnedToPool, KitWasted, KitPutBack, KitLost, KitFound, RemainsReturned)
    return event.dose_id if isinstance(event, named) else None
