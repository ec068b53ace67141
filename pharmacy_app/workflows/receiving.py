"""Receiving a shipment: the shipper opened, each kit looked at, the logger read, the receipt signed.

Nothing of a shipment is usable before its receipt is signed. What was done at the table may be
recorded later (`Earlier`): when it happened and when it was recorded then differ, with the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from pharmacy_app.domain import shipments as rules
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.excursion import Cause
from pharmacy_app.domain.events.stock import (
    Condition,
    KitExamined,
    LateLoggerJudged,
    LoggerRead,
    ReceiptOpened,
    ReceivedKit,
    ShipmentReceived,
    ShipperChecked,
)
from pharmacy_app.domain.ids import KitNumber, ShipmentId
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.domain.shipments import Shipper
from pharmacy_app.domain.temperature import excursion, summarise, time_above
from pharmacy_app.exchange.loggers import LoggerFile, NeedsAnswers, read_logger
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import lots as lot_queries
from pharmacy_app.records.queries.unblinded import shipments as queries
from pharmacy_app.records.queries.unblinded.shipments import Shipment
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import logger_profiles
from pharmacy_app.workflows.excursions import Episode, new_case
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned


@dataclass(frozen=True, slots=True)
class Earlier:
    """An act that was done before it is recorded: when (UTC), and why it is recorded only now."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is noted of a shipper besides seals and tilt: weights in kg, its arrival in UTC."""

    shipper_id: str = ""
    seal_numbers: str = ""
    weight_kg: Decimal | None = None
    despatch_weight_kg: Decimal | None = None
    arrived_at: datetime | None = None

    @property
    def says_more_than_its_weight(self) -> bool:
        """Whether anything of it is kept in an event of its own."""
        return bool(
            self.shipper_id.strip()
            or self.seal_numbers.strip()
            or self.despatch_weight_kg is not None
            or self.arrived_at is not None
        )


@dataclass(frozen=True, slots=True)
class Receipt:
    """A shipment as its history tells it, with what the receipt would make of each kit."""

    shipment: Shipment
    shipper: Shipper | None
    advised: tuple[KitNumber, ...]
    examined: Mapping[KitNumber, Condition]
    outcomes: tuple[ReceivedKit, ...]
    elsewhere: tuple[KitNumber, ...] = ()
    """Of the unexpected kits those that another shipment's advice lists: surplus here."""
    opened_at: datetime | None = None

    @property
    def opened(self) -> ReceiptOpened | None:
        """How the shipper was found when it was opened."""
        return None if self.shipper is None else self.shipper.opened

    @property
    def logger(self) -> LoggerRead | None:
        """What its logger saw, as last read."""
        return None if self.shipper is None else self.shipper.logger

    @property
    def unexpected(self) -> tuple[KitNumber, ...]:
        """Kits in the shipper that its advice does not list."""
        return tuple(
            k
            for k, c in self.examined.items()
            if c is Condition.UNEXPECTED and k not in self.advised
        )


def receipt(pharmacy: Pharmacy, shipment_id: ShipmentId) -> Receipt:
    """Return a shipment's receipt so far. Raises Refused ``shipment.unknown``."""
    reader = pharmacy.reader
    shipment = queries.shipment(reader, shipment_id)
    if shipment is None:
        raise Refused([violation("shipment.unknown", shipment_id)])
    shipper, opened_at = _shipper(pharmacy, shipment_id)
    kits = kit_queries.of_shipment(reader, shipment_id)
    advised = tuple(kit.kit_number for kit in kits)
    # A kit that an advice has named since it was found is looked at again: as an unexpected one nobody
    # said whether it is intact.
    found = {
        e.kit_number: e.condition
        for e in queries.examined(reader, shipment_id)
        if e.condition is not Condition.UNEXPECTED or e.kit_number not in advised
    }
    recalled = lot_queries.recalled_lots(reader)
    limits = pharmacy.trial.cold_chain
    outcomes = (
        ()
        if shipper is None
        else tuple(
            rules.outcome(
                kit.kit_number,
                found[kit.kit_number],
                shipper,
                limits,
                recalled=kit.lot in recalled,
            )
            for kit in kits
            if kit.kit_number in found
        )
    )
    elsewhere = tuple(
        number
        for number in found
        if number not in advised and kit_queries.kit(reader, number) is not None
    )
    return Receipt(shipment, shipper, advised, found, outcomes, elsewhere, opened_at)


def _shipper(pharmacy: Pharmacy, shipment_id: ShipmentId) -> tuple[Shipper | None, datetime | None]:
    opened: ReceiptOpened | None = None
    opened_at: datetime | None = None
    checked: ShipperChecked | None = None
    logger: LoggerRead | None = None
    for recorded in pharmacy.ledger.history(f"shipment/{shipment_id}"):
        match recorded.event:
            case ReceiptOpened():
                opened, opened_at = recorded.event, recorded.occurred_at
            case ShipperChecked():
                checked = recorded.event
            case LoggerRead():
                logger = recorded.event
            case _:
                pass
    return (None, None) if opened is None else (Shipper(opened, checked, logger), opened_at)


def open_receipt(
    pharmacy: Pharmacy,
    shipment_id: ShipmentId,
    *,
    seals_intact: bool,
    tilt_ok: bool,
    checklist: Checklist | None = None,
    remarks: str = "",
    earlier: Earlier | None = None,
    op_id: str = "",
) -> Appended:
    """Record how the shipper came. Raises Refused for one that was opened before.

    Also for weights that no shipper has, and for times in another order than despatch, arrival,
    opening, now.
    """
    found = receipt(pharmacy, shipment_id)
    told = checklist or Checklist()
    now = pharmacy.now()
    opened_at = now if earlier is None else earlier.at
    refuse(
        None
        if found.shipment.state == "advised"
        else violation("shipment.opened_before", shipment_id),
        *rules.impossible_weights(shipment_id, told.weight_kg, told.despatch_weight_kg),
        rules.impossible_times(
            shipment_id, found.shipment.despatched_at, told.arrived_at, opened_at, now
        )
        if earlier is not None or told.arrived_at is not None
        else None,
        _no_reason(shipment_id, earlier),
    )
    events: list[Event] = [
        ReceiptOpened(
            shipment_id=shipment_id,
            seals_intact=seals_intact,
            tilt_ok=tilt_ok,
            weight_kg=told.weight_kg,
            remarks=remarks.strip(),
        )
    ]
    if told.says_more_than_its_weight:
        events.append(
            ShipperChecked(
                shipment_id=shipment_id,
                shipper_id=told.shipper_id.strip(),
                seal_numbers=told.seal_numbers.strip(),
                despatch_weight_kg=told.despatch_weight_kg,
                arrived_at=told.arrived_at,
            )
        )
    return _record(pharmacy, events, earlier, op_id)


def _no_reason(record: str, earlier: Earlier | None) -> Violation | None:
    if earlier is None or earlier.reason.strip():
        return None
    return violation("shipment.later_reason", record, at=earlier.at)


def _record(
    pharmacy: Pharmacy, events: Sequence[Event], earlier: Earlier | None, op_id: str
) -> Appended:
    return pharmacy.record(
        Task.RECEIVE,
        *events,
        op_id=op_id,
        occurred_at=None if earlier is None else earlier.at,
        reason="" if earlier is None else earlier.reason.strip(),
    )


def examine(
    pharmacy: Pharmacy,
    shipment_id: ShipmentId,
    scanned: Scanned,
    condition: Condition = Condition.INTACT,
    remarks: str = "",
    *,
    earlier: Earlier | None = None,
    op_id: str = "",
) -> Appended:
    """Record what one kit looks like; one that the advice does not list is *unexpected*.

    A second look replaces the first. Raises Refused for damage without a description, for an
    unreadable scan (noted), and for a time before the shipper was opened or to come.
    """
    found = _open(pharmacy, shipment_id)
    number = KitNumber(pharmacy.scanned_kit_number(f"shipment/{shipment_id}", scanned))
    seen = condition if number in found.advised else Condition.UNEXPECTED
    refuse(
        violation("shipment.remarks", number)
        if seen is Condition.DAMAGED and not remarks.strip()
        else None,
        _not_in_time(pharmacy, found, earlier),
        _no_reason(number, earlier),
    )
    event = KitExamined(
        shipment_id=shipment_id,
        kit_number=number,
        condition=seen,
        remarks=remarks.strip(),
        typed=scanned.typed,
    )
    return _record(pharmacy, [event], earlier, op_id)


def _not_in_time(pharmacy: Pharmacy, found: Receipt, earlier: Earlier | None) -> Violation | None:
    if earlier is None or found.opened_at is None:
        return None
    despatched, now = found.shipment.despatched_at, pharmacy.now()
    shipment = found.shipment.shipment_id
    return rules.impossible_times(shipment, despatched, found.opened_at, earlier.at, now)


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
    _may_read(pharmacy, shipment_id)
    read = read_logger(raw, answers, pharmacy.zone, kept=logger_profiles.kept(pharmacy))
    if isinstance(read, LoggerFile):
        record_temperatures(pharmacy, shipment_id, raw, read, op_id=op_id)
    return read


def record_temperatures(
    pharmacy: Pharmacy, shipment_id: ShipmentId, raw: bytes, read: LoggerFile, *, op_id: str = ""
) -> Appended:
    """Record what a file that was read says, keep the original and what was answered about it.

    Raises Refused for a file of another logger, or for a receipt that takes none any more.
    """
    found = _may_read(pharmacy, shipment_id)
    refuse(_other_logger(read, found.shipment))
    original = Attachment("application/octet-stream", raw)
    event = _logger_event(pharmacy, shipment_id, read, original.sha256.hex())
    profile = logger_profiles.to_keep(pharmacy, read)
    return pharmacy.record(Task.RECEIVE, event, *profile, op_id=op_id, attachments=[original])


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
    doubts = excursion(
        samples,
        read.interval,
        limits.shipper_limit_c,
        allowed,
        shipment_id,
        lower_c=limits.shipper_lower_c,
    )
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

    A doubt about the whole shipper opens an excursion case for the sponsor's decision. Raises Refused
    while a kit of the advice has not been looked for, naming those left.
    """
    found = _open(pharmacy, shipment_id)
    refuse(rules.not_examined(shipment_id, found.advised, found.examined))
    event = ShipmentReceived(shipment_id=shipment_id, kits=found.outcomes)
    case = _case(pharmacy, found, found.outcomes)
    return pharmacy.record(Task.SIGN_RECEIPT, event, *case, credentials=[credential], op_id=op_id)


def late_outcomes(pharmacy: Pharmacy, shipment_id: ShipmentId) -> tuple[ReceivedKit, ...]:
    """Return what a file that came after the receipt would make of the kits that waited for it.

    Without an excursion they are free, where the protocol lets the site release them; with one they
    wait in a case. Raises Refused where no kit waits, no whole file was read, or the sponsor decides.
    """
    found = receipt(pharmacy, shipment_id)
    waiting = _awaiting_file(pharmacy, shipment_id)
    logger = found.logger
    limits = pharmacy.trial.cold_chain
    refuse(
        None if waiting else violation("shipment.none_waiting", shipment_id),
        violation("shipment.no_whole_file", shipment_id)
        if waiting and (logger is None or logger.cut)
        else None,
        violation("shipment.sponsor_decides", shipment_id)
        if logger is not None and not logger.excursion and not limits.late_file_releases
        else None,
    )
    if logger is None:
        raise LookupError(shipment_id)
    return tuple(rules.late_outcome(kit.kit_number, logger) for kit in waiting)


def judge_late_logger(
    pharmacy: Pharmacy, shipment_id: ShipmentId, credential: Credential, *, op_id: str = ""
) -> Appended:
    """Record `late_outcomes`, signed; kits that they hold wait in a case. Raises Refused as they do."""
    outcomes = late_outcomes(pharmacy, shipment_id)
    event = LateLoggerJudged(shipment_id=shipment_id, kits=outcomes)
    case = _case(pharmacy, receipt(pharmacy, shipment_id), outcomes)
    return pharmacy.record(Task.SIGN_RECEIPT, event, *case, credentials=[credential], op_id=op_id)


def _case(pharmacy: Pharmacy, found: Receipt, outcomes: Sequence[ReceivedKit]) -> list[Event]:
    """Return the case of a shipper in doubt, from its despatch to its opening; none for a good one."""
    held = [kit for kit in outcomes if kit.state is KitState.QUARANTINED]
    if not held or found.shipper is None or found.opened_at is None:
        return []
    episode = Episode(
        Cause.SHIPMENT,
        found.shipment.shipment_id,
        (min(found.shipment.despatched_at, found.opened_at), found.opened_at),
        held[0].rule,
        "" if found.logger is None else found.logger.file,
    )
    kits = [kit_queries.kit(pharmacy.reader, kit.kit_number) for kit in held]
    received = [replace(kit, state=KitState.QUARANTINED) for kit in kits if kit is not None]
    return new_case(pharmacy, episode, received)


def _awaiting_file(pharmacy: Pharmacy, shipment_id: ShipmentId) -> list[Kit]:
    return [
        kit
        for kit in kit_queries.of_shipment(pharmacy.reader, shipment_id)
        if kit.state is KitState.PRE_QUARANTINED
    ]


def _may_read(pharmacy: Pharmacy, shipment_id: ShipmentId) -> Receipt:
    """Return the receipt whose logger may be read: an open one, or one whose kits wait for the file."""
    if _awaiting_file(pharmacy, shipment_id):
        pharmacy.require(Task.RECEIVE)
        return receipt(pharmacy, shipment_id)
    return _open(pharmacy, shipment_id)


def _open(pharmacy: Pharmacy, shipment_id: ShipmentId) -> Receipt:
    pharmacy.require(Task.RECEIVE)
    found = receipt(pharmacy, shipment_id)
    if found.shipment.state != "open":
        rule = "shipment.not_open" if found.shipment.state == "advised" else "shipment.closed"
        raise Refused([violation(rule, shipment_id)])
    return found
