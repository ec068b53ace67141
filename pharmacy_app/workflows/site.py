"""The site's belongings: storage units, later packages, backups, verification."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from pharmacy_app.domain.amendments import Change, changes, unlawful
from pharmacy_app.domain.events.catalogue import EVENT_TYPES
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.site import BackupMade, ProtocolAmended
from pharmacy_app.domain.events.storage import UnitAdded
from pharmacy_app.domain.kit_list import changed, leaks, shared_lots, unplaced
from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.locations import Capacity, UnitDetails, kind_for, unlawful_details
from pharmacy_app.domain.package import SitePackage
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.exchange.trial_package import OpenedPackage, read_package
from pharmacy_app.records import backup
from pharmacy_app.records.driver import open_database
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.projection import everything
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import lots as lot_queries
from pharmacy_app.records.queries.unblinded import shipments as shipment_queries
from pharmacy_app.records.queries.unblinded import site as queries
from pharmacy_app.records.queries.unblinded import storage as storage_queries
from pharmacy_app.records.verify import Report, Trust, verify
from pharmacy_app.vault.session import OpenVault
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.founding import (
    package_content,
    package_imported,
    unfit_labels,
    unknown_zone,
)
from pharmacy_app.workflows.pharmacy import Pharmacy

_UNIT = re.compile(r"[A-Z][A-Z0-9]{0,7}")


def add_storage_unit(
    pharmacy: Pharmacy,
    capacity: Capacity,
    name: str,
    limit_c: Decimal,
    details: UnitDetails | None = None,
    *,
    op_id: str = "",
) -> Appended:
    """Add a storage unit; ``limit_c`` is the warmest it may be, in °C.

    Raises Refused for a code that is taken or has the wrong shape, a size out of range, or details
    that contradict one another.
    """
    details = details or UnitDetails()
    unit = capacity.unit
    sizes = (
        ("racks", capacity.racks, 99),
        ("boxes", capacity.boxes, 99),
        ("rows", capacity.rows, 26),
        ("columns", capacity.columns, 26),
    )
    known = {found.code for found in storage_queries.units(pharmacy.reader)}
    refuse(
        None if _UNIT.fullmatch(unit) else violation("storage.code", unit),
        violation("storage.taken", unit) if unit in known else None,
        None if name.strip() else violation("storage.name", unit),
        *(
            violation("storage.size", unit, what=what, found=found, most=most)
            for what, found, most in sizes
            if not 1 <= found <= most
        ),
        *unlawful_details(capacity, limit_c, details),
    )
    labels = details.labelling
    event = UnitAdded(
        unit=unit,
        name=name.strip(),
        unit_kind=details.kind or kind_for(limit_c),
        warmest_c=limit_c,
        coldest_c=details.coldest_c,
        least_level_cm=details.least_level_cm,
        racks=capacity.racks,
        boxes=capacity.boxes,
        rows=capacity.rows,
        columns=capacity.columns,
        places=labels.places,
        leading_zeros=labels.leading_zeros,
        rack_labels=labels.racks,
        box_labels=labels.boxes,
    )
    return pharmacy.record(Task.ADD_STORAGE, event, op_id=op_id)


@dataclass(frozen=True, slots=True)
class OfferedPackage:
    """A later package that was read and may be imported, and what it changes of the protocol."""

    opened: OpenedPackage
    changes: tuple[Change, ...]

    @property
    def effective(self) -> date | None:
        """From which day at the site its protocol holds; None: at once, or none is changed."""
        amendment = self.opened.package.trial.amendment
        return amendment.effective if self.changes and amendment else None


def read_package_offered(pharmacy: Pharmacy, raw: bytes) -> OfferedPackage:
    """Return a later package of the same sponsor for the same site and trial; nothing is recorded.

    Raises Refused for one that is unsigned, altered, foreign, old or expired, whose kit list tells
    the types apart or says something else of a kit than before, or whose protocol may not follow.
    """
    pharmacy.require(Task.IMPORT_PACKAGE)
    site = queries.site(pharmacy.reader)
    newest = queries.packages(pharmacy.reader)
    if site is None or not newest:
        raise LookupError("an open site was founded from a package")
    opened = read_package(
        raw,
        pinned=site.sponsor_public_key,
        site=site.site,
        trial=site.trial_code,
        last_number=newest[0].number,
        now=pharmacy.now(),
        site_private_key=pharmacy.session.site_key,
    )
    before, after = pharmacy.package.trial, opened.package.trial
    listed = [kit for known in pharmacy.packages for kit in known.kits]
    refuse(
        *leaks(opened.package.kits),
        *shared_lots(opened.package.kits, listed),
        *unplaced(opened.package),
        *_other_kits(pharmacy, opened.package),
        *unlawful(before, after),
        unknown_zone(opened.package),
        *unfit_labels(opened.package),
    )
    return OfferedPackage(opened, changes(before, after))


def _other_kits(pharmacy: Pharmacy, package: SitePackage) -> Iterator[Violation | None]:
    """Yield the kits that are known otherwise, and those said to have come in what was received."""
    shipped = {number: sent.shipment_id for sent in package.shipments for number in sent.kits}
    for line in package.kits:
        known = kit_queries.kit(pharmacy.reader, line.number)
        if known is not None:
            yield changed(line, known, _expiries(pharmacy, known))
        elif line.number in shipped:
            sent = shipment_queries.shipment(pharmacy.reader, shipped[line.number])
            if sent is not None and sent.received_at is not None:
                yield violation("package.shipment_closed", line.number, shipment=sent.shipment_id)


def _expiries(pharmacy: Pharmacy, kit: Kit) -> set[datetime]:
    """Return the expiries that an extended lot's kit had and was given; none where none was extended."""
    extended = lot_queries.extensions(pharmacy.reader, kit.blinded_lot)
    if not extended:
        return set()
    listed = {
        line.expiry
        for package in pharmacy.packages
        for line in package.kits
        if line.number == kit.kit_number
    }
    return listed | {found.expiry for found in extended}


def import_package(
    pharmacy: Pharmacy, raw: bytes, credential: Credential | None = None, *, op_id: str = ""
) -> Appended:
    """Import a later package; one that changes the protocol with a signature to the changes.

    Raises Refused as `read_package_offered`, and ``package.changes_unsigned``.
    """
    offered = read_package_offered(pharmacy, raw)
    opened, content = offered.opened, package_content(offered.opened)
    events: list[Event] = [package_imported(opened, content)]
    task, credentials = Task.IMPORT_PACKAGE, []
    if offered.changes:
        if credential is None:
            count = len(offered.changes)
            raise Refused([violation("package.changes_unsigned", str(opened.number), count=count)])
        task, credentials = Task.AMEND_PROTOCOL, [credential]
        events.append(
            ProtocolAmended(
                number=opened.number,
                trial_version=opened.package.trial.version,
                effective=offered.effective,
                changes=tuple(change.said for change in offered.changes),
            )
        )
    return pharmacy.record(
        task, *events, credentials=credentials, op_id=op_id, attachments=[content]
    )


def back_up(pharmacy: Pharmacy, vault: OpenVault, target: Path) -> backup.Backup:
    """Write a backup to a folder, prove it by opening it, and record that it was made."""
    anchor(pharmacy)
    made = copy_records(vault, target, pharmacy.now())
    note_backup(pharmacy, made)
    return made


def anchor(pharmacy: Pharmacy) -> None:
    """Sign the end of the chain, so that a copy made now is proven to its end.

    Raises Refused if the person at the desk may not make backups.
    """
    pharmacy.require(Task.BACK_UP)
    pharmacy.ledger.checkpoint(pharmacy.now())


def copy_records(vault: OpenVault, target: Path, at: datetime) -> backup.Backup:
    """Write a backup to a folder and prove it by opening it; slow, and fit for any thread.

    Raises EnvironmentProblem, with nothing left in the folder.
    """
    database = open_database(vault.database_path, vault.database_key, read_only=True)
    try:
        return backup.back_up(database, vault.folder, target, vault.database_key, at)
    finally:
        database.conn.close()


def note_backup(pharmacy: Pharmacy, made: backup.Backup) -> Appended:
    """Record that a proven backup was made."""
    event = BackupMade(head_seq=made.seq, head=made.head, sha256=made.sha256)
    return pharmacy.record(Task.BACK_UP, event)


def verify_records(pharmacy: Pharmacy, vault: OpenVault, *, replay: bool) -> Report:
    """Hash the chain again, check every signature and, on request, compare the state with a replay.

    Changes nothing. Raises EnvironmentProblem if the file cannot be read at all.
    """
    return verify(
        pharmacy.ledger.database,
        trust_of(vault),
        EVENT_TYPES,
        replay=everything.apply if replay else None,
    )


def trust_of(vault: OpenVault) -> Trust:
    """Return what a verification takes from outside the database: the vault's keys and mark."""
    return Trust(
        origin=vault.origin,
        station_key=vault.station_key.public_key,
        mark=vault.mark_path,
        people=vault.public_keys,
    )
