"""Copies of labels, where each one stands, and the rolls on which they are printed."""

from pharmacy_app.domain.doses import LabelState, Step
from pharmacy_app.domain.events import label as happened
from pharmacy_app.domain.events.envelope import Event, Recorded
from pharmacy_app.domain.label_rules import LabelKind
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies
from pharmacy_app.records.projection.dose import next_step

STATES: dict[type[Event], LabelState] = {
    happened.LabelSpooled: LabelState.SPOOLED,
    happened.LabelFailed: LabelState.FAILED,
    happened.LabelScannedBack: LabelState.VERIFIED,
    happened.LabelVoided: LabelState.VOID,
    happened.LabelSpoiled: LabelState.SPOILED,
}

LEFT_THE_BENCH = frozenset({Step.REPORT, Step.CLOSED, Step.STOPPED})


@applies(happened.LabelReserved, happened.ExtraLabelReserved)
def label_reserved(db: Database, recorded: Recorded) -> None:
    """Take a label's number; the unique indexes make sure it was free."""
    event = recorded.event
    if isinstance(event, happened.ExtraLabelReserved):
        kind = event.label_kind
    else:
        event, kind = recorded.told(happened.LabelReserved), LabelKind.BAG
    db.execute(
        "INSERT INTO label"
        " (label_id, dose_id, copy, label_kind, state, symbol, paper, picture, since)"
        " VALUES (?, ?, ?, ?, 'reserved', ?, ?, ?, ?)",
        (
            *(event.label_id, event.dose_id, event.copy, kind),
            *(event.symbol, event.paper, event.picture, stamp(recorded.recorded_at)),
        ),
    )
    if kind is LabelKind.BAG:
        next_step(db, event)


@applies(*STATES)
def label_went_on(db: Database, recorded: Recorded) -> None:
    """Write where a label's copy stands; what is spooled is on the roll in its printer."""
    event = recorded.told(happened.LabelEvent)
    state = STATES[type(event)]
    printed = {LabelState.FAILED: 0, LabelState.VOID: None}.get(state, 1)
    db.execute(
        "UPDATE label SET state = ?, printed = coalesce(?, printed), since = ? WHERE label_id = ?",
        (state, printed, stamp(recorded.recorded_at), event.label_id),
    )
    if isinstance(event, happened.LabelSpooled):
        db.execute(
            "UPDATE label SET printer = ?1, roll_id ="
            " (SELECT roll_id FROM label_roll WHERE printer = ?1 AND closed_at IS NULL)"
            " WHERE label_id = ?2",
            (event.printer, event.label_id),
        )
    kind, step = db.execute(
        "SELECT label_kind, step FROM label JOIN dose USING (dose_id) WHERE label_id = ?",
        (event.label_id,),
    ).fetchone()
    if kind == LabelKind.BAG and step not in LEFT_THE_BENCH:
        next_step(db, event)


@applies(happened.RollLoaded)
def roll_loaded(db: Database, recorded: Recorded) -> None:
    """Put a roll into a printer."""
    event = recorded.told(happened.RollLoaded)
    db.execute(
        "INSERT INTO label_roll (roll_id, printer, labels, loaded_at) VALUES (?, ?, ?, ?)",
        (event.roll_id, event.printer, event.labels, stamp(recorded.occurred_at)),
    )


@applies(happened.RollClosed)
def roll_closed(db: Database, recorded: Recorded) -> None:
    """Write what was left of a roll."""
    event = recorded.told(happened.RollClosed)
    db.execute(
        "UPDATE label_roll SET remaining = ?, lost = ?, because = ?, closed_at = ?"
        " WHERE roll_id = ?",
        (event.remaining, event.lost, event.because, stamp(recorded.occurred_at), event.roll_id),
    )
