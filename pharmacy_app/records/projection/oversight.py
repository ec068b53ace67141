"""Near misses and deviations."""

from pharmacy_app.domain.events import oversight as happened
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies


@applies(happened.NearMissRecorded)
def near_miss_recorded(db: Database, recorded: Recorded) -> None:
    """Write what was refused."""
    event = recorded.told(happened.NearMissRecorded)
    db.execute(
        "INSERT INTO near_miss VALUES (?, ?, ?, ?)",
        (recorded.seq, event.record, " ".join(event.rules), stamp(recorded.recorded_at)),
    )


@applies(happened.DeviationRaised)
def deviation_raised(db: Database, recorded: Recorded) -> None:
    """Write what was done otherwise."""
    event = recorded.told(happened.DeviationRaised)
    due = None if event.due_at is None else stamp(event.due_at)
    db.execute(
        "INSERT INTO deviation VALUES (?, ?, ?, ?, ?, NULL)",
        (event.deviation_id, event.record, event.rule, stamp(recorded.recorded_at), due),
    )


@applies(happened.DeviationClosed)
def deviation_closed(db: Database, recorded: Recorded) -> None:
    """Write when it was mended."""
    event = recorded.told(happened.DeviationClosed)
    db.execute(
        "UPDATE deviation SET closed_at = ? WHERE deviation_id = ?",
        (stamp(recorded.recorded_at), event.deviation_id),
    )
