"""Site, people, packages, backups."""

import msgspec

from pharmacy_app.domain.events import site as happened
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.package import SitePackage
from pharmacy_app.domain.signing import stamp
from pharmacy_app.records.driver import Database
from pharmacy_app.records.projection import applies, changes_nothing

changes_nothing(
    happened.PasswordChanged,
    happened.SignedIn,
    happened.SignedOut,
    happened.ClockJumpNoted,
    happened.PaperPrinted,
    happened.RecordsDoubted,
    happened.ProtocolAmended,
)


@applies(happened.SiteFounded)
def site_founded(db: Database, recorded: Recorded) -> None:
    """Write whose ledger it is."""
    event = recorded.told(happened.SiteFounded)
    founded = stamp(recorded.recorded_at)
    db.execute(
        "INSERT INTO site VALUES (1, ?, ?, ?, ?, ?)",
        (event.site, event.trial_code, event.sponsor_public_key, int(event.training), founded),
    )


@applies(happened.PersonAdded)
def person_added(db: Database, recorded: Recorded) -> None:
    """Write an account."""
    event = recorded.told(happened.PersonAdded)
    db.execute(
        "INSERT INTO person VALUES (?, ?, ?, ?)",
        (event.person_id, event.printed_name, " ".join(event.roles), event.public_key),
    )


@applies(happened.PersonRecovered)
def person_recovered(db: Database, recorded: Recorded) -> None:
    """Write the person's new key."""
    event = recorded.told(happened.PersonRecovered)
    db.execute(
        "UPDATE person SET public_key = ? WHERE person_id = ?", (event.public_key, event.person_id)
    )


@applies(happened.PackageImported)
def package_imported(db: Database, recorded: Recorded) -> None:
    """Write the package, its shipments as advised and its kits as expected.

    What an earlier package brought stays: a later one adds shipments and kits.
    """
    event = recorded.told(happened.PackageImported)
    row = db.execute(
        "SELECT bytes FROM attachment WHERE sha256 = ?", (bytes.fromhex(event.content),)
    ).fetchone()
    package = msgspec.json.decode(row[0], type=SitePackage)
    db.execute(
        "INSERT INTO package VALUES (?, ?, ?, ?, ?)",
        (
            event.number,
            event.trial_version,
            event.package_sha256,
            event.content,
            stamp(recorded.recorded_at),
        ),
    )
    shipped = {number: s.shipment_id for s in package.shipments for number in s.kits}
    for shipment in package.shipments:
        db.execute(
            "INSERT INTO shipment (shipment_id, despatched_at, logger_serial, state)"
            " VALUES (?, ?, ?, 'advised') ON CONFLICT DO NOTHING",
            (shipment.shipment_id, stamp(shipment.despatched_at), shipment.logger_serial),
        )
    for kit in package.kits:
        db.execute(
            "INSERT INTO kit"
            " (kit_number, kit_type, lot, blinded_lot, expiry, state, shipment_id, pool)"
            " VALUES (?, ?, ?, ?, ?, 'expected', ?, ?) ON CONFLICT DO NOTHING",
            (
                kit.number,
                kit.kit_type,
                kit.lot,
                kit.blinded_lot,
                stamp(kit.expiry),
                shipped[kit.number],
                kit.pool,
            ),
        )


@applies(happened.BackupMade)
def backup_made(db: Database, recorded: Recorded) -> None:
    """Write when the last backup was proved."""
    event = recorded.told(happened.BackupMade)
    db.execute(
        "INSERT INTO backup VALUES (?, ?, ?)",
        (recorded.seq, stamp(recorded.recorded_at), event.sha256),
    )
