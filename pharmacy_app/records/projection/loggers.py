"""What was answered about the files of a logger, as it holds now."""

from pharmacy_app.domain.events import loggers as happened
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies


@applies(happened.ProfileKept)
def profile_kept(db: Database, recorded: Recorded) -> None:
    """Write the answers in place of those before."""
    event = recorded.told(happened.ProfileKept)
    _forget(db, event)
    for kept in event.answers:
        db.execute(
            "INSERT INTO logger_profile VALUES (?, ?, ?, ?, ?, ?)",
            (
                event.serial,
                event.fingerprint,
                kept.name,
                kept.answer,
                recorded.actor,
                stamp(recorded.occurred_at),
            ),
        )


@applies(happened.ProfileForgotten)
def profile_forgotten(db: Database, recorded: Recorded) -> None:
    """Write that nothing is known any more."""
    _forget(db, recorded.told(happened.ProfileForgotten))


def _forget(db: Database, event: happened.ProfileEvent) -> None:
    db.execute(
        "DELETE FROM logger_profile WHERE serial = ? AND fingerprint = ?",
        (event.serial, event.fingerprint),
    )
