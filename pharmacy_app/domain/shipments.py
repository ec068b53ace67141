"""Receiving a shipment: what each finding makes of a kit, and when a receipt may be signed."""

from collections.abc import Collection, Mapping

from pharmacy_app.domain.events.stock import Condition, LoggerRead, ReceiptOpened, ReceivedKit
from pharmacy_app.domain.ids import KitNumber, ShipmentId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.trial import ColdChain


def outcome(
    kit_number: KitNumber,
    condition: Condition,
    opened: ReceiptOpened,
    logger: LoggerRead | None,
    limits: ColdChain,
) -> ReceivedKit:
    """Return what becomes of an advised kit when the receipt is signed, and by which rule."""
    state, rule = _state(condition, opened, logger, limits)
    return ReceivedKit(kit_number=kit_number, state=state, rule=rule)


def _state(
    condition: Condition, opened: ReceiptOpened, logger: LoggerRead | None, limits: ColdChain
) -> tuple[KitState, str]:
    if condition is Condition.MISSING:
        return KitState.MISSING, "shipment.kit_missing"
    if condition is Condition.DAMAGED:
        return KitState.DAMAGED, "shipment.kit_damaged"
    doubt = shipper_doubt(opened, logger)
    if doubt:
        return KitState.QUARANTINED, doubt
    if limits.logger_required and (logger is None or logger.cut):
        rule = "shipment.no_logger" if logger is None else "shipment.logger_cut"
        return KitState.PRE_QUARANTINED, rule
    return KitState.AVAILABLE, ""


def shipper_doubt(opened: ReceiptOpened, logger: LoggerRead | None) -> str:
    """Return the first rule that quarantines every kit of the shipper, or the empty string."""
    if logger is not None and logger.excursion:
        return "shipment.excursion"
    if not opened.seals_intact:
        return "shipment.seal_broken"
    return "" if opened.tilt_ok else "shipment.tilted"


def not_examined(
    shipment: ShipmentId, advised: Collection[KitNumber], examined: Mapping[KitNumber, Condition]
) -> Violation | None:
    """Return which kits of the advice nobody has looked for yet."""
    left = sorted(set(advised) - set(examined))
    if not left:
        return None
    return violation("shipment.not_examined", shipment, left=", ".join(left[:10]), number=len(left))
