"""Founding a site: its vault and its first events, from the sponsor's first package."""

from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from pharmacy_app.documents.labels.checking import label_violations
from pharmacy_app.domain.events.envelope import Act, Meaning
from pharmacy_app.domain.events.site import PackageImported, SiteFounded
from pharmacy_app.domain.kit_list import leaks, shared_lots, unplaced
from pharmacy_app.domain.package import SitePackage
from pharmacy_app.domain.refusal import EnvironmentProblem, Violation, refuse, violation
from pharmacy_app.exchange.trial_package import OpenedPackage, read_package
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.driver import create_database
from pharmacy_app.system.files import flush_folder
from pharmacy_app.vault import folder as folders
from pharmacy_app.vault.session import NewPerson, OpenVault
from pharmacy_app.workflows.accounts import Account, account_mistakes, person_added
from pharmacy_app.workflows.sessions import Machine, open_ledger
from pharmacy_app.workflows.texts import unfit_text

FOUNDING_SUFFIX = ".founding"
OURS = "site."
"""How every file begins that a vault holds while it is made."""


def found_site(
    machine: Machine, folder: Path, raw: bytes, activation_code: str, first: Account, station: str
) -> str:
    """Make a site's vault from its founding package and return the recovery code to be printed.

    All or nothing: everything is made in a folder of its own and renamed when it is whole. Raises
    Refused for a package or a password that will not do, EnvironmentProblem for the folder.
    """
    _require_free(folder)
    refuse(*account_mistakes(first), *unfit_text("station", station))
    opened = read_package(
        raw,
        pinned=None,
        site=None,
        last_number=0,
        now=machine.clock.now(),
        activation_code=activation_code,
    )
    refuse(
        *leaks(opened.package.kits),
        *shared_lots(opened.package.kits),
        *unplaced(opened.package),
        unknown_zone(opened.package),
        *unfit_labels(opened.package),
    )
    building = folder.with_name(folder.name + FOUNDING_SUFFIX)
    try:
        _clear(building)
        code = _build(machine, building, opened, first, station)
        if folder.exists():
            folder.rmdir()
        building.rename(folder)
    except OSError as error:
        raise EnvironmentProblem("vault.folder_unfit", str(folder), cause=str(error)) from error
    # The vault stands: its recovery code must reach the person, whatever the disk says now.
    with suppress(OSError):
        flush_folder(folder.parent)
    return code


def _require_free(folder: Path) -> None:
    """Raise EnvironmentProblem for a folder that cannot become a vault, before anything is made."""
    try:
        folders.require_lawful(folder)
        if folder.exists() and any(folder.iterdir()):
            raise EnvironmentProblem("vault.exists", str(folder))
    except OSError as error:
        raise EnvironmentProblem("vault.folder_unfit", str(folder), cause=str(error)) from error


def _build(
    machine: Machine, building: Path, opened: OpenedPackage, first: Account, station: str
) -> str:
    vault, code = machine.vault(building).create(
        opened.package.site,
        station,
        NewPerson(first.person_id, first.printed_name, first.password),
        sponsor_key=opened.package.recovery_public_key,
        site_key=opened.site_private_key,
    )
    try:
        _first_events(machine, vault, opened, first)
    finally:
        vault.close()
    return code


def _clear(building: Path) -> None:
    """Remove what an interrupted founding left; it never held an act.

    Raises EnvironmentProblem ``vault.exists`` if something else lies there: that is not ours.
    """
    if not building.exists() and not building.is_symlink():
        return
    if building.is_symlink() or not building.is_dir():
        raise EnvironmentProblem("vault.exists", str(building))
    left = list(building.iterdir())
    if any(path.is_dir() or not path.name.startswith(OURS) for path in left):
        raise EnvironmentProblem("vault.exists", str(building))
    for path in left:
        path.unlink()
    building.rmdir()


def _first_events(
    machine: Machine, vault: OpenVault, opened: OpenedPackage, first: Account
) -> None:
    personal = vault.personal
    if personal is None:
        raise RuntimeError("a new vault has its first person's key open")
    create_database(vault.database_path, vault.database_key).conn.close()
    ledger = open_ledger(machine, vault)
    trial = opened.package.trial
    content = package_content(opened)
    events = (
        SiteFounded(
            site=opened.package.site,
            trial_code=trial.code,
            station=vault.origin.station,
            station_public_key=vault.station_key.public_key,
            site_public_key=vault.site_public_key,
            sponsor_public_key=opened.sponsor_public_key,
            training=trial.training,
        ),
        person_added(first, personal),
        package_imported(opened, content),
    )
    act = Act(
        op_id=machine.chance.token_bytes(16).hex(),
        actor=first.person_id,
        recorded_at=machine.clock.now(),
        signers=((personal, Meaning.AUTHORISED),),
    )
    try:
        ledger.append(events, act, attachments=[content])
        ledger.checkpoint(machine.clock.now())
    finally:
        ledger.close()


def unknown_zone(package: SitePackage) -> Violation | None:
    """Return the violation of a zone this machine does not have: no act could be dated by it."""
    zone = package.trial.site(package.site).zone
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return violation("package.zone_unknown", "", zone=zone, site=package.site)
    return None


def package_content(opened: OpenedPackage) -> Attachment:
    """Return the opened package as it is kept in the ledger's attachments."""
    return Attachment("application/json", msgspec.json.encode(opened.package))


def package_imported(opened: OpenedPackage, content: Attachment) -> PackageImported:
    """Return the event of an imported package."""
    return PackageImported(
        number=opened.number,
        trial_version=opened.package.trial.version,
        package_sha256=opened.sha256,
        content=content.sha256.hex(),
        kits=len(opened.package.kits),
    )


def unfit_labels(package: SitePackage) -> tuple[Violation, ...]:
    """Return why labels of a package could not be printed here; nothing if they can.

    In a zone that nobody knows no time can be printed: that is said by `unknown_zone`.
    """
    if unknown_zone(package) is not None:
        return ()
    lots = {line.blinded_lot for line in package.kits}
    return label_violations(package.trial, [package.trial.site(package.site)], lots)
