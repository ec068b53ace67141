"""Doses, the kits in them, and their labels: what lists and uniqueness need.

The whole of a dose is its history in the ledger; the step is decided by the domain's own table.
"""

from pharmacy_app.domain.doses import STEP_AFTER, left_out, step_after
from pharmacy_app.domain.events import dose as happened
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.events.label import LabelEvent
from pharmacy_app.domain.ids import DoseId, KitNumber
from pharmacy_app.domain.kits import ON_BENCH, ON_SHELF, Disposal, KitState
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies, changes_nothing
from pharmacy_app.records.projection.disposal import take_off_lists
from pharmacy_app.records.projection.stock import dispose, move_kit, note_movement, state_of

changes_nothing(happened.CountFailed, happened.CountCorrected)


@applies(happened.DoseOpened)
def dose_opened(db: Database, recorded: Recorded) -> None:
    """Write a dose that waits for its kit."""
    event = recorded.told(happened.DoseOpened)
    db.execute(
        "INSERT INTO dose (dose_id, subject_id, stage, visit, step, opened_at, replaces)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            event.dose_id,
            event.subject_id,
            event.stage,
            event.visit,
            STEP_AFTER[happened.DoseOpened],
            stamp(recorded.occurred_at),
            event.replaces,
        ),
    )
    db.execute(
        "DELETE FROM missed_visit WHERE subject_id = ? AND visit = ?",
        (event.subject_id, event.visit),
    )


@applies(happened.DosePrescribed)
def dose_prescribed(db: Database, recorded: Recorded) -> None:
    """Write under which package a dose was begun, and its route through the bench."""
    event = recorded.told(happened.DosePrescribed)
    db.execute(
        "UPDATE dose SET package = ?, thaw = ?, counted = ? WHERE dose_id = ?",
        (event.package, event.thaw, event.count, event.dose_id),
    )


@applies(happened.KitAssigned)
def kit_assigned(db: Database, recorded: Recorded) -> None:
    """Bind a kit to its dose."""
    event = recorded.told(happened.KitAssigned)
    db.execute(
        "UPDATE kit SET state = 'assigned', dose_id = ? WHERE kit_number = ?",
        (event.dose_id, event.kit_number),
    )
    db.execute(
        "UPDATE dose SET kit_number = ? WHERE dose_id = ?", (event.kit_number, event.dose_id)
    )
    next_step(db, event)


@applies(
    happened.KitIdentified,
    happened.AppearanceJudged,
    happened.CountBegun,
    happened.CellsCounted,
    happened.DoseDrawn,
    happened.Diluted,
    happened.ThawEnded,
)
def dose_went_on(db: Database, recorded: Recorded) -> None:
    """Write the next step; the facts stay in the ledger."""
    next_step(db, recorded.told(happened.DoseEvent))


@applies(happened.TakenOutOfStorage)
def taken_out(db: Database, recorded: Recorded) -> None:
    """Start the kit's time out of storage."""
    event = recorded.told(happened.TakenOutOfStorage)
    note_movement(db, recorded, event.kit_number, "dispensed", -1)
    move_kit(db, recorded, event.kit_number, KitState.OUT_OF_STORAGE)
    db.execute(
        "UPDATE kit SET out_since = ? WHERE kit_number = ?",
        (stamp(recorded.occurred_at), event.kit_number),
    )
    next_step(db, event)


@applies(happened.ThawStarted)
def thaw_started(db: Database, recorded: Recorded) -> None:
    """Cross the line from which no kit returns."""
    event = recorded.told(happened.ThawStarted)
    move_kit(db, recorded, event.kit_number, KitState.THAWED)
    next_step(db, event)


@applies(happened.BagCovered)
def bag_covered(db: Database, recorded: Recorded) -> None:
    """Write that the kit is in its bag, covered and sealed."""
    event = recorded.told(happened.BagCovered)
    move_kit(db, recorded, _kit_in(db, event.dose_id), KitState.PREPARED)
    next_step(db, event)


@applies(happened.CheckSigned)
def check_signed(db: Database, recorded: Recorded) -> None:
    """Release the dose."""
    event = recorded.told(happened.CheckSigned)
    _release(db, recorded, event, stamp(event.use_before), None)


@applies(happened.BagChecked)
def bag_checked(db: Database, recorded: Recorded) -> None:
    """Release a dose that is given as it came."""
    event = recorded.told(happened.BagChecked)
    _release(db, recorded, event, stamp(event.use_before), None)


@applies(happened.CheckDeferred)
def check_deferred(db: Database, recorded: Recorded) -> None:
    """Release the dose of a lone pharmacist, with the time by which it must be verified."""
    event = recorded.told(happened.CheckDeferred)
    _release(db, recorded, event, stamp(event.use_before), stamp(event.verify_by))


@applies(happened.VerifiedLater)
def verified_later(db: Database, recorded: Recorded) -> None:
    """Write that nobody has to verify the dose any more."""
    event = recorded.told(happened.VerifiedLater)
    db.execute("UPDATE dose SET verify_by = NULL WHERE dose_id = ?", (event.dose_id,))


@applies(happened.HandedOver)
def handed_over(db: Database, recorded: Recorded) -> None:
    """Write that the bag is gone, and when: later visits count from it."""
    event = recorded.told(happened.HandedOver)
    move_kit(db, recorded, _kit_in(db, event.dose_id), KitState.HANDED_OVER)
    db.execute(
        "UPDATE dose SET handed_over_at = ? WHERE dose_id = ?",
        (stamp(recorded.occurred_at), event.dose_id),
    )
    next_step(db, event)


@applies(happened.InfusionReported)
def infusion_reported(db: Database, recorded: Recorded) -> None:
    """Close the dose as given, wholly or in part."""
    event = recorded.told(happened.InfusionReported)
    state = KitState.PARTLY_INFUSED if event.not_infused_ml else KitState.INFUSED
    move_kit(db, recorded, _kit_in(db, event.dose_id), state)
    next_step(db, event)


@applies(happened.BagReturned)
def bag_returned(db: Database, recorded: Recorded) -> None:
    """Close the dose as not given; what a subject's bag held never re-enters the balance."""
    event = recorded.told(happened.BagReturned)
    kit = _kit_in(db, event.dose_id)
    note_movement(db, recorded, kit, "returned", 0)
    move_kit(db, recorded, kit, KitState.RETURNED, event.because)
    dispose(db, kit, Disposal.HELD)
    db.execute("UPDATE dose SET returned = 1 WHERE dose_id = ?", (event.dose_id,))
    next_step(db, event)


@applies(happened.WrongKitGiven)
def wrong_kit_given(db: Database, recorded: Recorded) -> None:
    """Account for the kit that was given instead; bags taken for one another change nothing here.

    A bag from the bench left the shelf when it was taken out: the balance knows it already.
    """
    event = recorded.told(happened.WrongKitGiven)
    db.execute("INSERT INTO wrong_kit VALUES (?, ?)", (event.dose_id, event.given))
    (state,) = db.execute("SELECT state FROM kit WHERE kit_number = ?", (event.given,)).fetchone()
    if not event.from_shelf and KitState(state) not in ON_BENCH:
        return
    db.execute("UPDATE kit SET dose_id = ? WHERE kit_number = ?", (event.dose_id, event.given))
    note_movement(db, recorded, event.given, "dispensed", -1 if event.from_shelf else 0)
    move_kit(db, recorded, event.given, KitState.INFUSED, event.because)
    take_off_lists(db, event.given)
    # The assigned kit may have turned up on the shelf meanwhile: a count takes it back in.
    lies_there = state_of(db, event.assigned) in ON_SHELF
    note_movement(db, recorded, event.assigned, "wasted", -1 if lies_there else 0)
    move_kit(db, recorded, event.assigned, KitState.WASTED, event.because)
    # Its bag may have come back, and been listed or destroyed, before the mistake was known.
    db.execute(
        "UPDATE kit SET disposal = 'held' WHERE kit_number = ? AND disposal = ''",
        (event.assigned,),
    )


@applies(happened.PreparationStopped)
def preparation_stopped(db: Database, recorded: Recorded) -> None:
    """Close the dose as stopped; what becomes of its kit is an event of its own."""
    next_step(db, recorded.told(happened.PreparationStopped))


def next_step(db: Database, event: happened.DoseEvent | LabelEvent) -> None:
    """Write the step that a dose waits for after an event."""
    thaw, counted = db.execute(
        "SELECT thaw, counted FROM dose WHERE dose_id = ?", (event.dose_id,)
    ).fetchone()
    step = step_after(type(event), left_out(thaw=bool(thaw), count=bool(counted)))
    db.execute("UPDATE dose SET step = ? WHERE dose_id = ?", (step, event.dose_id))


def _kit_in(db: Database, dose: DoseId) -> KitNumber:
    (kit,) = db.execute("SELECT kit_number FROM dose WHERE dose_id = ?", (dose,)).fetchone()
    return KitNumber(kit)


def _release(
    db: Database,
    recorded: Recorded,
    event: happened.DoseEvent,
    use_before: str,
    verify_by: str | None,
) -> None:
    move_kit(db, recorded, _kit_in(db, event.dose_id), KitState.RELEASED)
    db.execute(
        "UPDATE dose SET use_before = ?, verify_by = ? WHERE dose_id = ?",
        (use_before, verify_by, event.dose_id),
    )
    next_step(db, event)
