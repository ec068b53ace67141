"""Storage units, their blocked places and checks; kits moved in one go or put back."""

from decimal import Decimal

from pharmacy_app.domain.events import site as first_version
from pharmacy_app.domain.events import storage as happened
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.locations import kind_for
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies
from pharmacy_app.records.projection.stock import (
    leave_place,
    move_kit,
    note_movement,
    put_in_place,
)


@applies(first_version.StorageUnitAdded)
def first_unit_added(db: Database, recorded: Recorded) -> None:
    """Write a unit of the first version: its limit tells what it is."""
    event = recorded.told(first_version.StorageUnitAdded)
    sizes = (event.racks, event.boxes, event.rows, event.columns)
    db.execute(
        'INSERT INTO storage_unit (unit, name, limit_c, racks, boxes, "rows", columns, kind, added_at)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event.unit,
            event.name,
            str(event.limit_c),
            *sizes,
            kind_for(event.limit_c),
            stamp(recorded.recorded_at),
        ),
    )


@applies(happened.UnitAdded)
def unit_added(db: Database, recorded: Recorded) -> None:
    """Write a unit with the size of its map and the labels on it."""
    event = recorded.told(happened.UnitAdded)
    sizes = (event.racks, event.boxes, event.rows, event.columns)
    db.execute(
        'INSERT INTO storage_unit (unit, name, limit_c, racks, boxes, "rows", columns, kind,'
        " coldest_c, least_level_cm, places, leading_zeros, rack_labels, box_labels, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            event.unit,
            event.name,
            str(event.warmest_c),
            *sizes,
            event.unit_kind,
            _text(event.coldest_c),
            _text(event.least_level_cm),
            event.places,
            int(event.leading_zeros),
            event.rack_labels,
            event.box_labels,
            stamp(recorded.recorded_at),
        ),
    )


@applies(happened.PlaceBlocked)
def place_blocked(db: Database, recorded: Recorded) -> None:
    """Write that a place takes no kit."""
    event = recorded.told(happened.PlaceBlocked)
    db.execute(
        "INSERT INTO blocked_place VALUES (?, ?, ?, ?, ?)",
        (event.position, event.unit, event.why, event.remarks, stamp(recorded.occurred_at)),
    )


@applies(happened.PlaceUnblocked)
def place_unblocked(db: Database, recorded: Recorded) -> None:
    """Write that a place may take a kit again."""
    event = recorded.told(happened.PlaceUnblocked)
    db.execute("DELETE FROM blocked_place WHERE position = ?", (event.position,))


@applies(happened.UnitChecked)
def unit_checked(db: Database, recorded: Recorded) -> None:
    """Write what somebody read at a unit."""
    event = recorded.told(happened.UnitChecked)
    db.execute(
        "INSERT INTO unit_check VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            recorded.seq,
            event.unit,
            _text(event.temperature_c),
            _text(event.level_cm),
            int(event.within),
            event.remarks,
            recorded.actor,
            stamp(recorded.occurred_at),
        ),
    )


@applies(happened.MovesSigned)
def moves_signed(db: Database, recorded: Recorded) -> None:
    """Lift every kit of the list from its place: where it is put down is an event of its own."""
    event = recorded.told(happened.MovesSigned)
    for move in event.moves:
        db.execute("UPDATE kit SET position = NULL WHERE kit_number = ?", (move.kit_number,))
        leave_place(db, recorded, move.kit_number)


@applies(happened.KitPutBack)
def kit_put_back(db: Database, recorded: Recorded) -> None:
    """Write that a kit lies in storage again: the balance takes back what was dispensed."""
    event = recorded.told(happened.KitPutBack)
    note_movement(db, recorded, event.kit_number, "put_back", 1)
    move_kit(db, recorded, event.kit_number, KitState.ASSIGNED)
    put_in_place(db, recorded, event.kit_number, event.position, event.seconds_out)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
