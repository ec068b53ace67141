"""Excursions: their cases, and what was decided on each kit."""

from pharmacy_app.domain.events import excursion as happened
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies, changes_nothing

changes_nothing(happened.UnitLoggerRead)


@applies(happened.ExcursionOpened)
def excursion_opened(db: Database, recorded: Recorded) -> None:
    """Write the case and its kits; those not in quarantine (any more) were only touched."""
    event = recorded.told(happened.ExcursionOpened)
    db.execute(
        "INSERT INTO excursion VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
        (
            event.case_id,
            event.cause,
            event.record,
            stamp(event.began),
            stamp(event.ended),
            event.because,
            stamp(recorded.occurred_at),
        ),
    )
    for kit in event.kits:
        db.execute(
            "INSERT INTO excursion_kit SELECT ?, kit_number, ?,"
            " CASE WHEN state IN ('quarantined', 'pre_quarantined') THEN 'waiting'"
            " ELSE 'touched' END FROM kit WHERE kit_number = ?",
            (event.case_id, kit.state, kit.kit_number),
        )
    close_decided(db, recorded)


def close_decided(db: Database, recorded: Recorded) -> None:
    """Close the cases in which no kit waits any more."""
    db.execute(
        "UPDATE excursion SET closed_at = ? WHERE closed_at IS NULL AND NOT EXISTS ("
        " SELECT 1 FROM excursion_kit k WHERE k.case_id = excursion.case_id"
        " AND k.verdict = 'waiting')",
        (stamp(recorded.occurred_at),),
    )
