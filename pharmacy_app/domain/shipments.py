"""Receiving a shipment: what each finding makes of a kit, and when a receipt may be signed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pharmacy_app.domain.events.stock import (
    Condition,
    LoggerRead,
    ReceiptOpened,
    ReceivedKit,
    ShipperChecked,
)
from pharmacy_app.domain.ids import KitNumber, ShipmentId
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.trial import ColdChain

HEAVIEST_KG = Decimal(500)


@dataclass(frozen=True, slots=True)
class Shipper:
    """The shipper as it came: opened how, with which checklist, and what its logger saw."""

    opened: ReceiptOpened
    checked: ShipperChecked | None = None
    logger: LoggerRead | None = None

    @property
    def weight_lost_kg(self) -> Decimal | None:
        """How much lighter it is than at its despatch; None where one weight is missing."""
        sent = None if self.checked is None else self.checked.despatch_weight_kg
        if sent is None or self.opened.weight_kg is None:
            return None
        return sent - self.opened.weight_kg


def outcome(
    kit_number: KitNumber,
    condition: Condition,
    shipper: Shipper,
    limits: ColdChain,
    *,
    recalled: bool = False,
) -> ReceivedKit:
    """Return what becomes of an advised kit when the receipt is signed, and by which rule.

    ``recalled``: its lot was recalled before it came.
    """
    state, rule = _state(condition, shipper, limits, recalled=recalled)
    return ReceivedKit(kit_number=kit_number, state=state, rule=rule)


def _state(
    condition: Condition, shipper: Shipper, limits: ColdChain, *, recalled: bool
) -> tuple[KitState, str]:
    if condition is Condition.MISSING:
        return KitState.MISSING, "shipment.kit_missing"
    if condition is Condition.DAMAGED:
        return KitState.DAMAGED, "shipment.kit_damaged"
    if recalled:
        return KitState.RECALLED, "lot.recalled"
    doubt = shipper_doubt(shipper, limits)
    if doubt:
        return KitState.QUARANTINED, doubt
    logger = shipper.logger
    if limits.logger_required and (logger is None or logger.cut):
        rule = "shipment.no_logger" if logger is None else "shipment.logger_cut"
        return KitState.PRE_QUARANTINED, rule
    return KitState.AVAILABLE, ""


def shipper_doubt(shipper: Shipper, limits: ColdChain) -> str:
    """Return the first rule that quarantines every kit of the shipper, or the empty string."""
    if shipper.logger is not None and shipper.logger.excursion:
        return "shipment.excursion"
    if not shipper.opened.seals_intact:
        return "shipment.seal_broken"
    if not shipper.opened.tilt_ok:
        return "shipment.tilted"
    lost, most = shipper.weight_lost_kg, limits.max_weight_loss_kg
    return "shipment.weight_lost" if lost is not None and most is not None and lost > most else ""


def late_outcome(kit_number: KitNumber, logger: LoggerRead) -> ReceivedKit:
    """Return what a whole file that came after the receipt makes of a kit that waited for it."""
    if logger.excursion:
        return ReceivedKit(
            kit_number=kit_number, state=KitState.QUARANTINED, rule="shipment.excursion"
        )
    return ReceivedKit(kit_number=kit_number, state=KitState.AVAILABLE, rule="")


def not_examined(
    shipment: ShipmentId, advised: Collection[KitNumber], examined: Mapping[KitNumber, Condition]
) -> Violation | None:
    """Return which kits of the advice nobody has looked for yet."""
    left = sorted(set(advised) - set(examined))
    if not left:
        return None
    return violation("shipment.not_examined", shipment, left=", ".join(left[:10]), number=len(left))


def impossible_weights(shipment: ShipmentId, *weights: Decimal | None) -> Iterator[Violation]:
    """Yield the weights (kg) that no shipper has."""
    for weight in weights:
        if weight is not None and not Decimal(0) < weight <= HEAVIEST_KG:
            yield violation("shipment.weight", shipment, found=weight)


def impossible_times(
    shipment: ShipmentId,
    despatched: datetime,
    arrived: datetime | None,
    opened: datetime,
    now: datetime,
) -> Violation | None:
    """Return the violation unless despatch ≤ arrival ≤ opening ≤ now."""
    reached = opened if arrived is None else arrived
    if despatched <= reached <= opened <= now:
        return None
    return violation(
        "shipment.times",
        shipment,
        despatched=despatched,
        arrived=reached,
        opened=opened,
        now=now,
    )


def not_advisable(kit: Kit | None, number: KitNumber) -> Violation | None:
    """Return why a kit cannot travel in an advised shipment: unknown here, or here already."""
    if kit is None:
        return violation("shipment.unlisted_kit", number)
    if kit.state is not KitState.EXPECTED:
        return violation("shipment.kit_is_here", number, state=f"kit_state.{kit.state}")
    return None
