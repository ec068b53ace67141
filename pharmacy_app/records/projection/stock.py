"""Shipments and kits."""

from pharmacy_app.domain.events import stock as happened
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.ids import KitNumber, PositionId
from pharmacy_app.domain.kits import ON_SHELF, OPENED, WAITING, Disposal, KitState
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies, changes_nothing
from pharmacy_app.records.projection.excursion import close_decided

changes_nothing(happened.LoggerRead)


def move_kit(
    db: Database, recorded: Recorded, kit: KitNumber, state: KitState, because: str = ""
) -> None:
    """Write a kit's new state; one that leaves the shelf leaves its position."""
    db.execute(
        "UPDATE kit SET state = ?, because = ?, position = CASE WHEN ? THEN position END,"
        " opened = max(opened, ?) WHERE kit_number = ?",
        (state, because, state in ON_SHELF, state in OPENED, kit),
    )
    if state not in ON_SHELF:
        leave_place(db, recorded, kit)
    if state not in WAITING:
        _decide_cases(db, recorded, kit, state)


def _decide_cases(db: Database, recorded: Recorded, kit: KitNumber, state: KitState) -> None:
    """Write what became of a kit in the excursions it waited in; a case with none left is closed."""
    usable = state in {KitState.AVAILABLE, KitState.ASSIGNED}
    decided = db.execute(
        "UPDATE excursion_kit SET verdict = ? WHERE kit_number = ? AND verdict = 'waiting'",
        ("usable" if usable else "rejected", kit),
    )
    if decided.rowcount:
        close_decided(db, recorded)


def put_in_place(
    db: Database, recorded: Recorded, kit: KitNumber, position: PositionId, seconds_out: int
) -> None:
    """Write a kit's position, add up its time out of storage (seconds), and where it lay until now."""
    leave_place(db, recorded, kit)
    db.execute(
        "UPDATE kit SET position = ?, seconds_out = seconds_out + ? WHERE kit_number = ?",
        (position, seconds_out, kit),
    )
    db.execute(
        "INSERT INTO kit_place VALUES (?, ?, ?, ?, ?, NULL)",
        (kit, recorded.seq, position.partition("-")[0], position, stamp(recorded.occurred_at)),
    )


def leave_place(db: Database, recorded: Recorded, kit: KitNumber) -> None:
    """Write that a kit lies no longer where it lay, from this event on."""
    db.execute(
        "UPDATE kit_place SET until = ? WHERE kit_number = ? AND until IS NULL",
        (stamp(recorded.occurred_at), kit),
    )


def dispose(db: Database, kit: KitNumber, disposal: Disposal) -> None:
    """Write what becomes of a kit that nobody will be given, or of what is left of it."""
    db.execute("UPDATE kit SET disposal = ? WHERE kit_number = ?", (disposal, kit))


def state_of(db: Database, kit: KitNumber) -> KitState:
    """Return the state of a kit as it was before the event that is being written."""
    (state,) = db.execute("SELECT state FROM kit WHERE kit_number = ?", (kit,)).fetchone()
    return KitState(state)


def note_movement(
    db: Database, recorded: Recorded, kit: KitNumber, kind: str, quantity: int
) -> None:
    """Write one line of the accountability log; ``quantity`` is the change on the shelf."""
    db.execute(
        "INSERT INTO movement"
        " (seq, kit_number, kit_type, lot, kind, quantity, subject_id, dose_id, actor, at)"
        " SELECT ?, k.kit_number, k.kit_type, k.lot, ?, ?, d.subject_id,"
        " k.dose_id, ?, ? FROM kit k LEFT JOIN dose d USING (dose_id) WHERE k.kit_number = ?",
        (recorded.seq, kind, quantity, recorded.actor, stamp(recorded.occurred_at), kit),
    )


@applies(happened.ReceiptOpened)
def receipt_opened(db: Database, recorded: Recorded) -> None:
    """Write that the shipper is open."""
    event = recorded.told(happened.ReceiptOpened)
    db.execute(
        "UPDATE shipment SET state = 'open', opened_at = ? WHERE shipment_id = ?",
        (stamp(recorded.occurred_at), event.shipment_id),
    )


@applies(happened.ShipperChecked)
def shipper_checked(db: Database, recorded: Recorded) -> None:
    """Write which shipper came, and when."""
    event = recorded.told(happened.ShipperChecked)
    arrived = None if event.arrived_at is None else stamp(event.arrived_at)
    db.execute(
        "UPDATE shipment SET shipper_id = ?, arrived_at = ? WHERE shipment_id = ?",
        (event.shipper_id, arrived, event.shipment_id),
    )


@applies(happened.ShipmentAdvised)
def shipment_advised(db: Database, recorded: Recorded) -> None:
    """Write the shipment if it is new, and which kits travel in it."""
    event = recorded.told(happened.ShipmentAdvised)
    db.execute(
        "INSERT INTO shipment (shipment_id, despatched_at, logger_serial, state, reference)"
        " VALUES (?, ?, ?, 'advised', ?) ON CONFLICT (shipment_id) DO UPDATE SET"
        " despatched_at = excluded.despatched_at, logger_serial = excluded.logger_serial,"
        " reference = excluded.reference",
        (event.shipment_id, stamp(event.despatched_at), event.logger_serial, event.reference),
    )
    for kit in event.kits:
        db.execute(
            "UPDATE kit SET shipment_id = ? WHERE kit_number = ? AND state = 'expected'",
            (event.shipment_id, kit),
        )


@applies(happened.KitExamined)
def kit_examined(db: Database, recorded: Recorded) -> None:
    """Write what was found; a second look replaces the first."""
    event = recorded.told(happened.KitExamined)
    db.execute(
        "INSERT INTO examined_kit VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " condition = excluded.condition, remarks = excluded.remarks,"
        " examined_at = excluded.examined_at",
        (
            event.shipment_id,
            event.kit_number,
            event.condition,
            event.remarks,
            stamp(recorded.occurred_at),
        ),
    )


@applies(happened.ShipmentReceived)
def shipment_received(db: Database, recorded: Recorded) -> None:
    """Write every kit's state and, for those that came, a line in the log."""
    event = recorded.told(happened.ShipmentReceived)
    db.execute(
        "UPDATE shipment SET state = 'received', received_at = ? WHERE shipment_id = ?",
        (stamp(recorded.occurred_at), event.shipment_id),
    )
    for kit in event.kits:
        move_kit(db, recorded, kit.kit_number, kit.state, kit.rule)
        if kit.state is not KitState.MISSING:
            note_movement(db, recorded, kit.kit_number, "received", 1)


@applies(happened.LateLoggerJudged)
def late_logger_judged(db: Database, recorded: Recorded) -> None:
    """Write what the late file made of the kits; they were on the shelf all the time."""
    for kit in recorded.told(happened.LateLoggerJudged).kits:
        move_kit(db, recorded, kit.kit_number, kit.state, kit.rule)


@applies(happened.QuarantineDecided)
def quarantine_decided(db: Database, recorded: Recorded) -> None:
    """Write the sponsor's decision; a kit whose dose still waits for it goes back to that dose."""
    event = recorded.told(happened.QuarantineDecided)
    if not event.usable:
        move_kit(db, recorded, event.kit_number, KitState.REJECTED, event.authorisation)
        return
    waiting = db.execute(
        "SELECT 1 FROM dose d JOIN kit k USING (dose_id) WHERE k.kit_number = ?"
        " AND d.kit_number = k.kit_number AND d.step <> 'stopped'",
        (event.kit_number,),
    ).fetchone()
    if waiting:
        move_kit(db, recorded, event.kit_number, KitState.ASSIGNED)
        return
    move_kit(db, recorded, event.kit_number, KitState.AVAILABLE)
    db.execute("UPDATE kit SET dose_id = NULL WHERE kit_number = ?", (event.kit_number,))


@applies(happened.KitQuarantined)
def kit_quarantined(db: Database, recorded: Recorded) -> None:
    """Write that a kit waits for a decision."""
    event = recorded.told(happened.KitQuarantined)
    move_kit(db, recorded, event.kit_number, KitState.QUARANTINED, event.because)


@applies(happened.KitStowed)
def kit_stowed(db: Database, recorded: Recorded) -> None:
    """Write a kit's place and add up its time out of storage."""
    event = recorded.told(happened.KitStowed)
    put_in_place(db, recorded, event.kit_number, event.position, event.seconds_out)


@applies(happened.KitWasted)
def kit_wasted(db: Database, recorded: Recorded) -> None:
    """Write that a kit will never be given; what is left of it waits to be destroyed."""
    event = recorded.told(happened.KitWasted)
    on_shelf = state_of(db, event.kit_number) in ON_SHELF
    note_movement(db, recorded, event.kit_number, "wasted", -1 if on_shelf else 0)
    move_kit(db, recorded, event.kit_number, KitState.WASTED, event.because)
    dispose(db, event.kit_number, Disposal.HELD)


@applies(happened.KitReturnedToPool)
def kit_returned_to_pool(db: Database, recorded: Recorded) -> None:
    """Write that a kit is free of its dose, which stays in the ledger for ever.

    One that was quarantined or rejected since it was assigned stays so.
    """
    event = recorded.told(happened.KitReturnedToPool)
    db.execute(
        "UPDATE kit SET dose_id = NULL,"
        " state = CASE state WHEN 'assigned' THEN 'available' ELSE state END"
        " WHERE kit_number = ?",
        (event.kit_number,),
    )
