"""Signing in and out: the vault opened, the ledger opened, the desk handed to a person."""

from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Self

from pharmacy_app.domain.events.catalogue import EVENT_TYPES
from pharmacy_app.domain.events.envelope import Act, Event
from pharmacy_app.domain.events.site import (
    ClockJumpNoted,
    PersonRecovered,
    RecordsDoubted,
    SignedIn,
    SignedOut,
)
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.people import Person, Task
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, Violation, violation
from pharmacy_app.records.driver import EncryptedDatabase, open_database
from pharmacy_app.records.ledger import CLOCK_TOLERANCE, Ledger
from pharmacy_app.records.lifting import state_from_events
from pharmacy_app.records.migration import migrate
from pharmacy_app.records.projection import everything
from pharmacy_app.records.queries.unblinded import site as queries
from pharmacy_app.system import disk
from pharmacy_app.system.chance import Chance
from pharmacy_app.system.clock import Clock
from pharmacy_app.system.instance import InstanceLock
from pharmacy_app.vault.derivation import Cost
from pharmacy_app.vault.session import OpenVault, Vault
from pharmacy_app.vault.signing import PasswordSigning
from pharmacy_app.workflows.pharmacy import Pharmacy, Session, Signing


class Machine:
    """What a site's work needs of the machine: clock, chance, and what passwords cost.

    ``ballast`` lays 16 MB aside in the vault's folder, so that the dose on the bench can be
    finished when the disk is full; simulations do without.
    """

    def __init__(self, clock: Clock, chance: Chance, cost: Cost, *, ballast: bool = True) -> None:
        self.clock = clock
        self.chance = chance
        self.cost = cost
        self.ballast = ballast

    def vault(self, folder: Path) -> Vault:
        """Return the vault of a folder, not yet opened."""
        return Vault(folder, self.clock, self.chance, self.cost)


def open_ledger(machine: Machine, vault: OpenVault) -> Ledger:
    """Return the ledger of an open vault, lifted to the newest schema. Raises EnvironmentProblem."""
    key = bytes(vault.database_key)

    def reopen() -> EncryptedDatabase:
        return open_database(vault.database_path, key)

    database = reopen()
    migrate(database, lift=state_from_events(EVENT_TYPES, everything.apply))
    return Ledger(
        database,
        kinds=EVENT_TYPES,
        origin=vault.origin,
        station_key=vault.station_key,
        chance=machine.chance,
        mark=vault.mark_path,
        project=everything.apply,
        reopen=reopen,
        make_room=partial(disk.drop_ballast, vault.folder),
    )


class OpenSite:
    """A site somebody signed in to; closing it records the sign-out and wipes the keys."""

    def __init__(
        self, vault: OpenVault, pharmacy: Pharmacy, doubt: Violation | None, closing: ExitStack
    ) -> None:
        self.vault = vault
        self.pharmacy = pharmacy
        self.doubt = doubt
        """What the mark beside the records said against them at sign-in; recorded, to be shown."""
        self.is_open = True
        """False once closed: nothing of it may be read any more."""
        self._closing = closing

    def close(self) -> None:
        """Record the sign-out, close everything and give the folder free; twice is no error."""
        self.is_open = False
        self._closing.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()


class UnlockedVault:
    """A vault somebody's password has opened, with its folder held; not yet signed in to."""

    def __init__(self, vault: OpenVault, person_id: PersonId, closing: ExitStack) -> None:
        self.vault = vault
        self.person_id = person_id
        self.closing = closing

    def close(self) -> None:
        """Wipe the keys and give the folder free; twice is no error."""
        self.closing.close()


def sign_in(
    machine: Machine,
    folder: Path,
    person_id: PersonId,
    password: str,
    *,
    clock_reason: str = "",
    signing: Signing | None = None,
) -> OpenSite:
    """Open a site's vault and records and record the sign-in, with the wrong tries before it.

    Raises Refused and EnvironmentProblem as `unlock_vault` and `open_site`, which it composes.
    """
    unlocked = unlock_vault(machine, folder, person_id, password)
    return open_site(machine, unlocked, clock_reason=clock_reason, signing=signing)


def unlock_vault(
    machine: Machine, folder: Path, person_id: PersonId, password: str
) -> UnlockedVault:
    """Hold a site's folder and open its vault; slow on purpose, and fit for any thread.

    Raises Refused for a wrong password, EnvironmentProblem for a second instance or for missing or
    damaged files. `open_site` takes over what is returned; else close it.
    """
    with ExitStack() as stack:
        stack.enter_context(InstanceLock(folder, machine.clock))
        vault = machine.vault(folder).open(person_id, password)
        stack.callback(vault.close)
        return UnlockedVault(vault, person_id, stack.pop_all())


def open_site(
    machine: Machine,
    unlocked: UnlockedVault,
    *,
    clock_reason: str = "",
    signing: Signing | None = None,
) -> OpenSite:
    """Open the records of an unlocked vault and record the sign-in; quick.

    The ledger belongs to the thread that calls. Whatever is raised, the vault is closed again:
    Refused ``clock.set_back`` if the machine's clock stands behind the last act (put it right, or
    come again with ``clock_reason``, which is recorded), EnvironmentProblem for damaged files or a
    full disk.
    """
    with unlocked.closing.pop_all() as stack:
        vault, person_id = unlocked.vault, unlocked.person_id
        ledger = open_ledger(machine, vault)
        stack.callback(ledger.close)
        doubt = ledger.warning
        person = _record_sign_in(machine, vault, ledger, person_id, clock_reason.strip())
        session = Session(person, signing or PasswordSigning(vault), vault.site_key)
        if machine.ballast:
            disk.lay_ballast(vault.folder)
        pharmacy = Pharmacy(ledger, session, machine.clock, machine.chance, vault.folder)
        stack.callback(sign_out, pharmacy)
        return OpenSite(vault, pharmacy, doubt, stack.pop_all())


def _record_sign_in(
    machine: Machine, vault: OpenVault, ledger: Ledger, person_id: PersonId, clock_reason: str
) -> Person:
    person = queries.person(ledger.reader, person_id)
    if person is None:
        raise Refused([violation("people.unknown", person_id)])
    now = machine.clock.now()
    recovered = _unrecorded_recoveries(vault, ledger)
    session = vault.start_session()
    ledger.sign_with(session)
    signed_in = SignedIn(
        person_id=person_id,
        session_public_key=session.public_key,
        certificate=session.certificate,
        failed_tries=len(vault.wrong_tries),
    )
    events: list[Event] = [*recovered, signed_in]
    last = last_recorded_at(ledger)
    if clock_reason and last is not None and now < last - CLOCK_TOLERANCE:
        events.append(ClockJumpNoted(last_recorded_at=last, clock_says=now))
    if ledger.warning is not None:
        events.append(RecordsDoubted(rule=ledger.warning.rule))
    op_id = machine.chance.token_bytes(16).hex()
    ledger.append(events, Act(op_id, person_id, now, reason=clock_reason))
    vault.forget_tries(person_id)
    # The doubt is on record now, so the mark may follow the file again.
    ledger.accept_warning()
    ledger.checkpoint(now)
    return person


def _unrecorded_recoveries(vault: OpenVault, ledger: Ledger) -> list[PersonRecovered]:
    """Return the new keys of people whose recovery was cut short before it was recorded.

    Raises EnvironmentProblem ``recovery.older_slots`` if the slots name a key that a recovery
    replaced: an older slot file was put back, and with it the password that was given up.
    """
    known: dict[PersonId, list[bytes]] = {}
    for recorded in ledger.of_kinds(["person.added.1", "person.recovered.1"]):
        for person_id, key in recorded.event.introduced_keys:
            known.setdefault(person_id, []).append(key)
    new: list[PersonRecovered] = []
    for person_id, key in vault.public_keys.items():
        keys = known.get(person_id, [])
        if key in keys[:-1]:
            raise EnvironmentProblem("recovery.older_slots", person_id)
        if keys and key != keys[-1]:
            new.append(PersonRecovered(person_id=person_id, public_key=key))
    return new


def last_recorded_at(ledger: Ledger) -> datetime | None:
    """Return when the newest act was recorded, or None before the first."""
    seq, _ = ledger.head()
    newest = ledger.page(seq - 1, 1) if seq else []
    return newest[0].recorded_at if newest else None


def sign_out(pharmacy: Pharmacy) -> None:
    """Record that the person leaves; their session's key signs nothing afterwards."""
    pharmacy.record(Task.READ, SignedOut(person_id=pharmacy.person.person_id))
    pharmacy.ledger.checkpoint(pharmacy.now())
    pharmacy.ledger.sign_with(None)
