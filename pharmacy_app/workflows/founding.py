"""Founding a site: its vault and its first events, from the sponsor's first package."""

from pathlib import Path

import msgspec

from pharmacy_app.domain.events.envelope import Act, Meaning
from pharmacy_app.domain.events.site import PackageImported, SiteFounded
from pharmacy_app.domain.kit_list import leaks
from pharmacy_app.domain.refusal import EnvironmentProblem, refuse
from pharmacy_app.exchange.trial_package import OpenedPackage, read_package
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.driver import create_database
from pharmacy_app.vault.session import NewPerson, OpenVault
from pharmacy_app.workflows.accounts import Account, account_mistakes, person_added
from pharmacy_app.workflows.sessions import Machine, open_ledger

FOUNDING_SUFFIX = ".founding"


def found_site(
    machine: Machine, folder: Path, raw: bytes, activation_code: str, first: Account, station: str
) -> str:
    """Make a site's vault from its founding package and return the recovery code to be printed.

    All or nothing: everything is made in a folder of its own and renamed when it is whole. Raises
    Refused for a package or a password that will not do, EnvironmentProblem for the folder.
    """
    if folder.exists() and any(folder.iterdir()):
        raise EnvironmentProblem("vault.exists", str(folder))
    refuse(*account_mistakes(first))
    opened = read_package(
        raw,
        pinned=None,
        site=None,
        last_number=0,
        now=machine.clock.now(),
        activation_code=activation_code,
    )
    refuse(*leaks(opened.package.kits))
    building = folder.with_name(folder.name + FOUNDING_SUFFIX)
    _clear(building)
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
    if folder.exists():
        folder.rmdir()
    building.rename(folder)
    return code


def _clear(building: Path) -> None:
    """Remove what an interrupted founding left; it never held an act."""
    if building.is_dir():
        for path in building.iterdir():
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
