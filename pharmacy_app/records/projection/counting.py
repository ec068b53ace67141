"""Stock counts, and kits lost and found."""

from pharmacy_app.domain.counting import OUTSIDE, CountState
from pharmacy_app.domain.events import counting as happened
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import ON_SHELF, Disposal, KitState
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies
from pharmacy_app.records.projection.stock import dispose, move_kit, note_movement, state_of

_IN_BOX = "position >= ?1 || '-' AND position < ?1 || '.'"
_SHELVED = ", ".join(f"'{state}'" for state in sorted(ON_SHELF))
_NOWHERE = f"position IS NULL AND state IN ({_SHELVED})"


def _lying(box: str) -> str:
    """Return the condition of the kits that the record has in a box, ``?1``."""
    return _NOWHERE if box == OUTSIDE else _IN_BOX


@applies(happened.CountOpened)
def count_opened(db: Database, recorded: Recorded) -> None:
    """Write a count and the boxes to look into."""
    event = recorded.told(happened.CountOpened)
    db.execute(
        "INSERT INTO stock_count VALUES (?, ?, 'counting', 1, ?, ?, NULL)",
        (event.count_id, event.scope, recorded.actor, stamp(recorded.recorded_at)),
    )
    _boxes_to_count(db, event.count_id, 1, event.boxes)


def _boxes_to_count(db: Database, count_id: str, number: int, boxes: tuple[str, ...]) -> None:
    for place, box in enumerate(boxes):
        db.execute(
            "INSERT INTO counted_box VALUES (?, ?, ?, ?, NULL, NULL, NULL)",
            (count_id, number, place, box),
        )


def _round(db: Database, count_id: str) -> int:
    (number,) = db.execute(
        "SELECT round FROM stock_count WHERE count_id = ?", (count_id,)
    ).fetchone()
    return int(number)


@applies(happened.BoxBegun)
def box_begun(db: Database, recorded: Recorded) -> None:
    """Write who counts a box, and what the record says lies in it now.

    By the same person it goes on: scans stay, and due is what was due from the first beginning on.
    """
    event = recorded.told(happened.BoxBegun)
    key = (event.count_id, _round(db, event.count_id), event.box)
    at = "count_id = ? AND round = ? AND box = ?"
    (before,) = db.execute(f"SELECT counted_by FROM counted_box WHERE {at}", key).fetchone()  # noqa: S608 - constants
    db.execute(f"UPDATE counted_box SET done_at = NULL WHERE {at}", key)  # noqa: S608 - constants
    if before == recorded.actor:
        return
    db.execute(f"DELETE FROM counted_kit WHERE {at}", key)  # noqa: S608 - constants
    db.execute(f"DELETE FROM due_kit WHERE {at}", key)  # noqa: S608 - constants
    db.execute(
        f"UPDATE counted_box SET counted_by = ?, begun_at = ? WHERE {at}",  # noqa: S608 - constants
        (recorded.actor, stamp(recorded.recorded_at), *key),
    )
    db.execute(
        "INSERT INTO due_kit SELECT ?2, ?3, ?1, kit_number, position FROM kit"  # noqa: S608 - constants
        f" WHERE {_lying(event.box)}",
        (event.box, *key[:2]),
    )


@applies(happened.KitCounted)
def kit_counted(db: Database, recorded: Recorded) -> None:
    """Write that a kit lies in a box, and what the record says of it at this moment."""
    event = recorded.told(happened.KitCounted)
    db.execute(
        "INSERT INTO counted_kit"
        " SELECT ?, ?, ?, asked.number, ?, k.state, k.position, ?, ?"
        " FROM (SELECT ? AS number) asked LEFT JOIN kit k ON k.kit_number = asked.number WHERE 1"
        " ON CONFLICT DO UPDATE SET position = excluded.position, state = excluded.state,"
        " recorded = excluded.recorded, seq = excluded.seq, at = excluded.at",
        (
            event.count_id,
            _round(db, event.count_id),
            event.box,
            event.position,
            recorded.seq,
            stamp(recorded.recorded_at),
            event.kit_number,
        ),
    )


@applies(happened.ScanWithdrawn)
def scan_withdrawn(db: Database, recorded: Recorded) -> None:
    """Take a scan away; that it was made stays in the ledger."""
    event = recorded.told(happened.ScanWithdrawn)
    db.execute(
        "DELETE FROM counted_kit WHERE count_id = ? AND round = ? AND box = ? AND kit_number = ?",
        (event.count_id, _round(db, event.count_id), event.box, event.kit_number),
    )


@applies(happened.BoxDone)
def box_done(db: Database, recorded: Recorded) -> None:
    """Write that a box is counted; what left it meanwhile was not due."""
    event = recorded.told(happened.BoxDone)
    key = (event.box, event.count_id, _round(db, event.count_id))
    db.execute(
        "UPDATE counted_box SET done_at = ? WHERE box = ? AND count_id = ? AND round = ?",
        (stamp(recorded.recorded_at), *key),
    )
    db.execute(
        "DELETE FROM due_kit WHERE box = ?1 AND count_id = ?2 AND round = ?3"  # noqa: S608 - constants
        f" AND kit_number NOT IN (SELECT kit_number FROM kit WHERE {_lying(event.box)})",
        key,
    )


@applies(happened.CountClosed)
def count_closed(db: Database, recorded: Recorded) -> None:
    """Write what differs; a recount begins, or the differences wait, or the count is done."""
    event = recorded.told(happened.CountClosed)
    db.execute("DELETE FROM count_difference WHERE count_id = ?", (event.count_id,))
    for one in event.differences:
        db.execute(
            "INSERT INTO count_difference (count_id, kit_number, kind, recorded, found, pair)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                event.count_id,
                one.kit_number,
                one.kind,
                one.recorded,
                " ".join(one.found),
                one.pair,
            ),
        )
    if event.recount:
        db.execute(
            "UPDATE stock_count SET state = 'recount', round = ? WHERE count_id = ?",
            (event.round + 1, event.count_id),
        )
        _boxes_to_count(db, event.count_id, event.round + 1, event.recount)
    elif event.differences:
        _stands(db, recorded, event, CountState.RESOLVING)
    else:
        _stands(db, recorded, event, CountState.DONE)


def _stands(
    db: Database, recorded: Recorded, event: happened.CountEvent, state: CountState
) -> None:
    over = state in {CountState.DONE, CountState.ABANDONED}
    db.execute(
        "UPDATE stock_count SET state = ?, closed_at = ? WHERE count_id = ?",
        (state, stamp(recorded.recorded_at) if over else None, event.count_id),
    )


@applies(happened.DifferenceResolved)
def difference_resolved(db: Database, recorded: Recorded) -> None:
    """Write what became of a difference; kits to be placed are lifted from their recorded places."""
    event = recorded.told(happened.DifferenceResolved)
    for kit in event.kits:
        db.execute(
            "UPDATE count_difference SET outcome = ?, cause = ?, remarks = ?, resolved_by = ?,"
            " resolved_at = ? WHERE count_id = ? AND kit_number = ?",
            (
                event.outcome,
                event.cause,
                event.remarks,
                recorded.actor,
                stamp(recorded.recorded_at),
                event.count_id,
                kit,
            ),
        )
        if event.outcome is happened.Outcome.PLACED:
            db.execute("UPDATE kit SET position = NULL WHERE kit_number = ?", (kit,))


@applies(happened.CountSignedOff)
def count_signed_off(db: Database, recorded: Recorded) -> None:
    """Write that a count is done."""
    _stands(db, recorded, recorded.told(happened.CountSignedOff), CountState.DONE)


@applies(happened.CountAbandoned)
def count_abandoned(db: Database, recorded: Recorded) -> None:
    """Write that a count ended without a result."""
    _stands(db, recorded, recorded.told(happened.CountAbandoned), CountState.ABANDONED)


@applies(happened.KitLost)
def kit_lost(db: Database, recorded: Recorded) -> None:
    """Take a kit off the balance; it belongs to no dose any more."""
    event = recorded.told(happened.KitLost)
    _free_of_its_dose(db, event.kit_number)
    note_movement(db, recorded, event.kit_number, "lost", -1)
    move_kit(db, recorded, event.kit_number, KitState.LOST, event.because)


@applies(happened.KitFound)
def kit_found(db: Database, recorded: Recorded) -> None:
    """Take a kit back into the balance; no dose and no list has it any more.

    It waits in quarantine, or is rejected if it was ever opened: no way leads back to stock from there.
    """
    event = recorded.told(happened.KitFound)
    on_shelf = state_of(db, event.kit_number) in ON_SHELF
    opened = db.execute("SELECT opened FROM kit WHERE kit_number = ?", (event.kit_number,))
    state = KitState.REJECTED if opened.fetchone()[0] else KitState.QUARANTINED
    _free_of_its_dose(db, event.kit_number)
    note_movement(db, recorded, event.kit_number, "found", 0 if on_shelf else 1)
    move_kit(db, recorded, event.kit_number, state, event.because)


def _free_of_its_dose(db: Database, kit: KitNumber) -> None:
    dispose(db, kit, Disposal.NONE)
    # `an_assigned_kit_has_a_dose`: its state leaves *assigned* in the same act, so first.
    db.execute(
        "UPDATE kit SET dose_id = NULL,"
        " state = CASE state WHEN 'assigned' THEN 'available' ELSE state END"
        " WHERE kit_number = ?",
        (kit,),
    )
