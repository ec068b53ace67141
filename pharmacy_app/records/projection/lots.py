"""Lots: their papers, recalls and later expiries."""

from pharmacy_app.domain.events import lots as happened
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies
from pharmacy_app.records.projection.stock import move_kit

_PAPER = "INSERT INTO lot_paper VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


@applies(happened.CertificateFiled)
def certificate_filed(db: Database, recorded: Recorded) -> None:
    """Write where a lot's certificate is."""
    event = recorded.told(happened.CertificateFiled)
    at = stamp(recorded.occurred_at)
    db.execute(
        _PAPER,
        (
            recorded.seq,
            event.lot,
            "certificate",
            event.title,
            None,
            event.reference,
            event.file,
            at,
        ),
    )


@applies(happened.ResultReported)
def result_reported(db: Database, recorded: Recorded) -> None:
    """Write a late result; what follows from it is an act of its own."""
    event = recorded.told(happened.ResultReported)
    at = stamp(recorded.occurred_at)
    passed = int(event.passed)
    db.execute(
        _PAPER,
        (recorded.seq, event.lot, "result", event.test, passed, event.reference, event.file, at),
    )


@applies(happened.LotRecalled)
def lot_recalled(db: Database, recorded: Recorded) -> None:
    """Write the recall, and that none of its kits may be used."""
    event = recorded.told(happened.LotRecalled)
    db.execute(
        "INSERT INTO recalled_lot VALUES (?, ?, ?, ?, NULL) ON CONFLICT DO UPDATE SET"
        " reference = excluded.reference, because = excluded.because,"
        " recalled_at = excluded.recalled_at, withdrawn_at = NULL",
        (event.lot, event.reference, event.because, stamp(recorded.occurred_at)),
    )
    for kit in event.kits:
        move_kit(db, recorded, kit, KitState.RECALLED, event.because)


@applies(happened.RecallWithdrawn)
def recall_withdrawn(db: Database, recorded: Recorded) -> None:
    """Write that the recall is off; nothing becomes usable by it."""
    event = recorded.told(happened.RecallWithdrawn)
    db.execute(
        "UPDATE recalled_lot SET withdrawn_at = ? WHERE lot = ?",
        (stamp(recorded.occurred_at), event.lot),
    )
    for kit in event.kits:
        move_kit(db, recorded, kit, KitState.QUARANTINED, "lot.recall_withdrawn")


@applies(happened.ExpiryExtended)
def expiry_extended(db: Database, recorded: Recorded) -> None:
    """Write a later expiry that waits for its over-labels."""
    event = recorded.told(happened.ExpiryExtended)
    db.execute(
        "INSERT INTO expiry_extension VALUES (?, ?, ?, ?, 'open', ?)",
        (
            event.extension_id,
            event.blinded_lot,
            stamp(event.expiry),
            event.reference,
            stamp(recorded.occurred_at),
        ),
    )


@applies(happened.OverlabelsApplied)
def overlabels_applied(db: Database, recorded: Recorded) -> None:
    """Give the kits their later expiry."""
    event = recorded.told(happened.OverlabelsApplied)
    _settle(db, event.extension_id, "applied")
    for kit in event.kits:
        db.execute("UPDATE kit SET expiry = ? WHERE kit_number = ?", (stamp(event.expiry), kit))


@applies(happened.ExtensionDropped)
def extension_dropped(db: Database, recorded: Recorded) -> None:
    """Write that the old expiry goes on holding."""
    _settle(db, recorded.told(happened.ExtensionDropped).extension_id, "dropped")


def _settle(db: Database, extension: str, state: str) -> None:
    db.execute("UPDATE expiry_extension SET state = ? WHERE extension_id = ?", (state, extension))
