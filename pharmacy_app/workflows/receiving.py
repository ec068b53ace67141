"""Receiving a shipment: the shipper opened, each kit looked at, the logger read, the receipt signed.

Nothing of a shipment is usable before its receipt is signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from pharmacy_app.domain import shipments as rules
from pharmacy_app.domain.events.stock import (
    Condition,
    KitExamined,
    LoggerRead,
    ReceiptOpened,
    ReceivedKit,
    ShipmentReceived,
)
from pharmacy_app.domain.ids import KitNumber, ShipmentId
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.domain.temperature import excursion, summarise, time_above
from pharmacy_app.exchange.loggers import LoggerFile, NeedsAnswers, read_logger
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import shipments as queries
from pharmacy_app.records.queries.unblinded.shipments import Shipment
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned


@dataclass(frozen=True, slots=True)
class Receipt:
    """A shipment as its history tells it, with what the receipt would make of each kit."""

    shipment: Shipment
    opened: ReceiptOpened | None
    logger: LoggerRead | None
    advised: tuple[KitNumber, ...]
    examined: Mapping[KitNumber, Condition]
    outcomes: tuple[ReceivedKit, ...]

    @property
    def unexpected(self) -> tuple[KitNumber, ...]:
        """Kits in the shipper that its advice does not list."""
        return tuple(k for k, c in self.examined.items() if c is Condition.UNEXPECTED)


def receipt(pharmacy: Pharmacy, shipment_id: ShipmentId) -> Receipt:
    """Return a shipment's receipt so far. Raises Refused ``shipment.unknown``."""
    shipment = queries.shipment(pharmacy.reader, shipment_id)
    if shipment is None:
        raise Refused([violation("shipment.unknown", shipment_id)])
    opened: ReceiptOpened | None = None
    logger: LoggerRead | None = None
    for recorded in pharmacy.ledger.history(f"shipment/{shipment_id}"):
        if isinstance(recorded.event, ReceiptOpened):
            opened = recorded.event
        elif isinstance(recorded.event, LoggerRead):
            logger = recorded.event
    advised = tuple(kit.kit_number for kit in kit_queries.of_shipment(pharmacy.reader, shipment_id))
    found = {e.kit_number: e.condition for e in queries.examined(pharmacy.reader, shipment_id)}
    limits = pharmacy.trial.cold_chain
    outcomes = (
        ()
        if opened is None
        else tuple(
            rules.outcome(number, found[number], opened, logger, limits)
            for number in advised
            if number in found
        )
    )
    return Receipt(shipment, opened, logger, advised, found, outcomes)


def open_receipt(
    pharmacy: Pharmacy,
    shipment_id: ShipmentId,
    *,
    seals_intact: bool,
    tilt_ok: bool,
    weight_kg: Decimal | None = None,
    remarks: str = "",
    op_id: str = "",
) -> Appended:
    """Record how the shipper came. Raises Refused for one that was opened before."""
    found = receipt(pharmacy, shipment_id)
    refuse(
        None
        if found.shipment.state == "advised"
        else violation("shipment.opened_before", shipment_id),
        violation("shipment.weight", shipment_id, found=weight_kg)
        if weight_kg is not None and not Decimal(0) < weight_kg <= Decimal(500)
        else None,
    )
    event = ReceiptOpened(
        shipment_id=shipment_id,
        seals_intact=seals_intact,
        tilt_ok=tilt_ok,
        weight_kg=weight_kg,
        remarks=remarks.strip(),
    )
    return pharmacy.record(Task.RECEIVE, event, op_id=op_id)


def examine(
    pharmacy: Pharmacy,
    shipment_id: ShipmentId,
    scanned: Scanned,
    condition: Condition = Condition.INTACT,
    remarks: str = "",
    *,
    op_id: str = "",
) -> Appended:
    """Record what one kit looks like; one that the advice does not list is *unexpected*.

    A second look replaces the first. Raises Refused for damage without a description, and for an
    unreadable scan (noted).
    """
    found = _open(pharmacy, shipment_id)
    number = KitNumber(pharmacy.scanned_kit_number(f"shipment/{shipment_id}", scanned))
    seen = condition if number in found.advised else Condition.UNEXPECTED
    refuse(
        violation("shipment.remarks", number)
        if seen is Condition.DAMAGED and not remarks.strip()
        else None
    )
    event = KitExamined(
        shipment_id=shipment_id,
        kit_number=number,
        condition=seen,
        remarks=remarks.strip(),
        typed=scanned.typed,
    )
    return pharmacy.record(Task.RECEIVE, event, op_id=op_id)


def mark_missing(pharmacy: Pharmacy, shipment_id: ShipmentId, *, op_id: str = "") -> Appended:
    """Record every kit of the advice that nobody found as missing. Raises Refused if none is."""
    found = _open(pharmacy, shipment_id)
    left = [number for number in found.advised if number not in found.examined]
    refuse(None if left else violation("shipment.none_missing", shipment_id))
    events = [
        KitExamined(
            shipment_id=shipment_id,
            kit_number=number,
            condition=Condition.MISSING,
            remarks="",
            typed=True,
        )
        for number in left
    ]
    return pharmacy.record(Task.RECEIVE, *events, op_id=op_id)


def read_temperatures(
    pharmacy: Pharmacy,
    shipment_id: ShipmentId,
    raw: bytes,
    answers: Mapping[str, str],
    *,
    op_id: str = "",
) -> LoggerFile | NeedsAnswers:
    """Read the shipper's logger file and record what it says, or return what has to be asked.

    The original is kept. Raises Refused for a file that is none, of another logger, or that ended
    before the shipment began.
    """
    found = _open(pharmacy, shipment_id)
    read = read_logger(raw, answers, pharmacy.zone)
    if isinstance(read, NeedsAnswers):
        return read
    refuse(_other_logger(read, found.shipment))
    original = Attachment("application/octet-stream", raw)
    event = _logger_event(pharmacy, shipment_id, read, original.sha256.hex())
    pharmacy.record(Task.RECEIVE, event, op_id=op_id, attachments=[original])
    return read


def readings_of(pharmacy: Pharmacy, logger: LoggerRead) -> LoggerFile | None:
    """Return the readings of a file that was read before, from the original that was kept.

    None if it can only be read with answers: they were given for its figures, not for its curve.
    """
    _, raw = pharmacy.ledger.attachment(bytes.fromhex(logger.file))
    read = read_logger(raw, {}, pharmacy.zone)
    return None if isinstance(read, NeedsAnswers) else read


def _other_logger(read: LoggerFile, shipment: Shipment) -> Violation | None:
    if not read.serial or not shipment.logger_serial or read.serial == shipment.logger_serial:
        return None
    return violation(
        "shipment.other_logger",
        shipment.shipment_id,
        wanted=shipment.logger_serial,
        found=read.serial,
    )


def _logger_event(
    pharmacy: Pharmacy, shipment_id: ShipmentId, read: LoggerFile, file: str
) -> LoggerRead:
    limits = pharmacy.trial.cold_chain
    samples = read.readings
    summary = summarise(samples, read.interval)
    above = time_above(samples, read.interval, limits.shipper_limit_c)
    allowed = timedelta(minutes=limits.allowed_minutes_above)
    doubts = excursion(samples, read.interval, limits.shipper_limit_c, allowed, shipment_id)
    return LoggerRead(
        shipment_id=shipment_id,
        file=file,
        serial=read.serial,
        first_at=summary.begins,
        last_at=summary.ends,
        readings=summary.readings,
        without_number=summary.coded,
        max_c=summary.max_c,
        min_c=summary.min_c,
        limit_c=limits.shipper_limit_c,
        seconds_above=int(above.total.total_seconds()),
        longest_above=int(above.longest.total_seconds()),
        gaps=len(summary.gaps),
        cut=read.cut_at_line is not None,
        excursion=bool(doubts),
    )


def sign_receipt(
    pharmacy: Pharmacy, shipment_id: ShipmentId, credential: Credential, *, op_id: str = ""
) -> Appended:
    """Sign the receipt: from here on its good kits may be used, doubtful ones wait in quarantine.

    Raises Refused while a kit of the advice has not been looked for, naming those left.
    """
    found = _open(pharmacy, shipment_id)
    refuse(rules.not_examined(shipment_id, found.advised, found.examined))
    event = ShipmentReceived(shipment_id=shipment_id, kits=found.outcomes)
    return pharmacy.record(Task.SIGN_RECEIPT, event, credentials=[credential], op_id=op_id)


def _open(pharmacy: Pharmacy, shipment_id: ShipmentId) -> Receipt:
    pharmacy.require(Task.RECEIVE)
    found = receipt(pharmacy, shipment_id)
    if found.shipment.state != "open":
        rule = "shipment.not_open" if found.shipment.state == "advised" else "shipment.closed"
        raise Refused([violation(rule, shipment_id)])
    return found
