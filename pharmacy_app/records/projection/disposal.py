"""What leaves the site, and what comes back from the ward."""

from pharmacy_app.domain.events import accountability, disposal
from pharmacy_app.domain.events.disposal import Remains, Way
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.ids import DisposalId, KitNumber
from pharmacy_app.domain.kits import ON_SHELF, Disposal, KitState
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies, changes_nothing
from pharmacy_app.records.projection.stock import dispose, move_kit, note_movement, state_of

changes_nothing(accountability.SiteReconciled)

BECOMES: dict[Way, tuple[KitState, Disposal]] = {
    Way.DESTROYED: (KitState.DESTROYED, Disposal.DESTROYED),
    Way.SENT_BACK: (KitState.SENT_BACK, Disposal.SENT_BACK),
    Way.TRANSFERRED: (KitState.TRANSFERRED, Disposal.NONE),
}
"""The state of a kit that left the shelf, and what is written of it and of remains."""


@applies(disposal.RemainsReturned)
def remains_returned(db: Database, recorded: Recorded) -> None:
    """Write that the rest of a kit waits to be destroyed, or was destroyed on the ward."""
    event = recorded.told(disposal.RemainsReturned)
    gone = event.remains is Remains.DESTROYED_ON_WARD
    note_movement(db, recorded, event.kit_number, "destroyed" if gone else "returned", 0)
    dispose(db, event.kit_number, Disposal.DESTROYED if gone else Disposal.HELD)


@applies(disposal.KitReserved)
def kit_reserved(db: Database, recorded: Recorded) -> None:
    """Write that a kit is kept and given to nobody."""
    event = recorded.told(disposal.KitReserved)
    move_kit(db, recorded, event.kit_number, KitState.RESERVE, event.because)


@applies(disposal.KitExplained)
def kit_explained(db: Database, recorded: Recorded) -> None:
    """Write why a kit never came; a later word replaces the earlier one."""
    event = recorded.told(disposal.KitExplained)
    db.execute(
        "INSERT INTO explained_kit VALUES (?, ?) ON CONFLICT DO UPDATE SET"
        " because = excluded.because",
        (event.kit_number, event.because),
    )


@applies(disposal.DisposalListed)
def disposal_listed(db: Database, recorded: Recorded) -> None:
    """Write the list; from here on none of its kits is used."""
    event = recorded.told(disposal.DisposalListed)
    db.execute(
        "INSERT INTO disposal_list (list_id, way, to_site, state, because, opened_at)"
        " VALUES (?, ?, ?, 'pending', ?, ?)",
        (event.list_id, event.way, event.to_site, event.because, stamp(recorded.occurred_at)),
    )
    for kit in event.kits:
        db.execute(
            "INSERT INTO disposal_kit (list_id, kit_number, before)"
            " SELECT ?, kit_number, disposal FROM kit WHERE kit_number = ?",
            (event.list_id, kit),
        )
        dispose(db, kit, Disposal.LISTED)


@applies(disposal.DisposalPermitted)
def disposal_permitted(db: Database, recorded: Recorded) -> None:
    """Write on whose word the list may be done."""
    event = recorded.told(disposal.DisposalPermitted)
    db.execute(
        "UPDATE disposal_list SET state = 'authorised', reference = ? WHERE list_id = ?",
        (event.reference, event.list_id),
    )


@applies(disposal.KitStruck)
def kit_struck(db: Database, recorded: Recorded) -> None:
    """Write that a kit stays."""
    event = recorded.told(disposal.KitStruck)
    strike(db, event.list_id, event.kit_number)


@applies(disposal.DisposalDropped)
def disposal_dropped(db: Database, recorded: Recorded) -> None:
    """Write that every kit of the list stays."""
    event = recorded.told(disposal.DisposalDropped)
    waiting = db.execute(
        "SELECT kit_number FROM disposal_kit WHERE list_id = ? AND struck = 0", (event.list_id,)
    ).fetchall()
    for (kit,) in waiting:
        strike(db, event.list_id, KitNumber(kit))
    _close(db, recorded, event.list_id, "dropped")


@applies(disposal.KitsDestroyed)
def kits_destroyed(db: Database, recorded: Recorded) -> None:
    """Write the end of every kit of the list."""
    event = recorded.told(disposal.KitsDestroyed)
    for kit in event.kits:
        _leave(db, recorded, kit, Way.DESTROYED, event.list_id)
    _close(db, recorded, event.list_id, "done")


@applies(disposal.KitsSent)
def kits_sent(db: Database, recorded: Recorded) -> None:
    """Write that the kits of the list left the site."""
    event = recorded.told(disposal.KitsSent)
    for kit in event.kits:
        _leave(db, recorded, kit, event.way, event.list_id)
    _close(db, recorded, event.list_id, "done")


def strike(db: Database, list_id: DisposalId, kit: KitNumber) -> None:
    """Take a kit off its list: what is left of it waits again, a kit on the shelf is as it was."""
    db.execute(
        "UPDATE disposal_kit SET struck = 1 WHERE list_id = ? AND kit_number = ?", (list_id, kit)
    )
    db.execute(
        "UPDATE kit SET disposal = (SELECT before FROM disposal_kit d WHERE d.list_id = ?"
        " AND d.kit_number = kit.kit_number) WHERE kit_number = ? AND disposal = 'listed'",
        (list_id, kit),
    )


def take_off_lists(db: Database, kit: KitNumber) -> None:
    """Strike a kit that was given from the shelf although it was on a list; nothing of it is held."""
    db.execute(
        "UPDATE disposal_kit SET struck = 1 WHERE kit_number = ? AND list_id IN"
        " (SELECT list_id FROM disposal_list WHERE state IN ('pending', 'authorised'))",
        (kit,),
    )
    db.execute("UPDATE kit SET disposal = '' WHERE kit_number = ? AND disposal = 'listed'", (kit,))


def _leave(db: Database, recorded: Recorded, kit: KitNumber, way: Way, list_id: DisposalId) -> None:
    """Write the movement, and of a kit on the shelf its last state; a used one keeps its own."""
    state, gone = BECOMES[way]
    on_shelf = state_of(db, kit) in ON_SHELF
    note_movement(db, recorded, kit, way, -1 if on_shelf else 0)
    if on_shelf:
        move_kit(db, recorded, kit, state, list_id)
    dispose(db, kit, gone)


def _close(db: Database, recorded: Recorded, list_id: DisposalId, state: str) -> None:
    db.execute(
        "UPDATE disposal_list SET state = ?, closed_at = ? WHERE list_id = ?",
        (state, stamp(recorded.occurred_at), list_id),
    )
