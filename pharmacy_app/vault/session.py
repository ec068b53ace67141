"""The vault of a site: made once, opened by a person's password, closed at the end of the work."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, Violation, refuse, violation
from pharmacy_app.domain.signing import Origin
from pharmacy_app.system.chance import Chance
from pharmacy_app.system.clock import Clock
from pharmacy_app.vault import folder as folders
from pharmacy_app.vault import slots as slot_file
from pharmacy_app.vault.derivation import SALT_BYTES, Cost
from pharmacy_app.vault.keys import KEY_BYTES, PersonalKey, SessionKey, StationKey, wipe
from pharmacy_app.vault.passwords import weaknesses
from pharmacy_app.vault.recovery import new_code, read_code, sealed_for_sponsor
from pharmacy_app.vault.sealed import public_key_of
from pharmacy_app.vault.slots import (
    NONCE_BYTES,
    Header,
    Lock,
    PersonSecrets,
    Slot,
    Slots,
    SponsorSlot,
)
from pharmacy_app.vault.tries import NAME as TRIES_NAME
from pharmacy_app.vault.tries import TryBook

DATABASE_NAME = "site.db"
MARK_NAME = "site.mark"
VAULT_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is given a way in; they type the password themselves."""

    person_id: PersonId
    printed_name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody who may sign in, as the sign-in window lists them."""

    person_id: PersonId
    printed_name: str


class Vault:
    """A vault's folder. ``cost`` is what new passwords and codes are derived at."""

    def __init__(self, folder: Path, clock: Clock, chance: Chance, cost: Cost) -> None:
        self.folder = folder
        self._clock = clock
        self._chance = chance
        self._cost = cost

    @property
    def slots_path(self) -> Path:
        """The slot file; where it lies, there is a vault."""
        return self.folder / slot_file.NAME

    def create(
        self,
        site: str,
        station: str,
        first: NewPerson,
        sponsor_key: bytes | None = None,
        site_key: bytes | None = None,
    ) -> tuple["OpenVault", str]:
        """Make the vault with its first person and return it open, with the code to be printed.

        ``sponsor_key`` is the sponsor's recovery public key (X25519, 32 bytes), ``site_key`` the
        private key that the founding package brought (the same; made here without one). Raises
        EnvironmentProblem ``vault.exists`` or for an unfit folder, Refused for a weak password.
        """
        folders.require_lawful(self.folder)
        refuse(*weaknesses(first.password, (first.printed_name, first.person_id, site)))
        folders.make_private(self.folder)
        if self.slots_path.exists() or (self.folder / DATABASE_NAME).exists():
            raise EnvironmentProblem("vault.exists", str(self.folder))
        draw = self._chance.token_bytes
        database_key, station_seed = draw(KEY_BYTES), draw(KEY_BYTES)
        site_key = site_key or draw(KEY_BYTES)
        header = Header(
            vault_id=draw(VAULT_ID_BYTES),
            site=site,
            station=station,
            generation=1,
            station_public_key=StationKey(station_seed).public_key,
            site_public_key=public_key_of(site_key),
            created_at=self._clock.now(),
        )
        code = new_code(self._chance)
        slots = Slots(
            header=header,
            people=(),
            code=slot_file.wrap_code(header, self.new_lock(), code, database_key),
            sponsor=_sponsor_slot(sponsor_key, header, database_key),
            site_keys=slot_file.wrap_site_keys(
                header, draw(NONCE_BYTES), database_key, station_seed + site_key
            ),
        )
        opened = OpenVault(self, slots, bytearray(database_key))
        opened.personal = opened.add_person(first)
        return opened, code

    def people(self) -> tuple[Listed, ...]:
        """Return who may sign in; needs no password. Raises EnvironmentProblem as `open`."""
        return tuple(Listed(s.person_id, s.printed_name) for s in self.read().people)

    def open(self, person_id: PersonId, password: str) -> "OpenVault":
        """Open the vault for a person.

        Raises Refused ``vault.unknown_person``, ``vault.wait``, ``vault.locked`` or
        ``vault.wrong_password``; EnvironmentProblem ``vault.slots_missing``,
        ``vault.slots_damaged``, ``vault.slots_altered`` or for an unfit folder.
        """
        folders.require_lawful(self.folder)
        slots = self.read()
        secrets = self.unwrap(slots, person_id, password)
        opened = OpenVault(self, slots, bytearray(secrets.database_key))
        slot_file.require_ours(slots, secrets.database_key)
        opened.personal = _personal(slots, person_id, secrets)
        opened.wrong_tries = self.tries.untold(person_id)
        return opened

    def open_with_recovery(self, typed: str) -> "OpenVault":
        """Open the vault with the printed code; nobody is signed in, a person can be added.

        Raises Refused for a mistyped code or ``vault.recovery_wrong``; EnvironmentProblem as `open`.
        """
        code = read_code(typed)
        folders.require_lawful(self.folder)
        slots = self.read()
        key = slots.code and slot_file.unwrap_code(slots.header, slots.code, code)
        if not key:
            raise Refused([violation("vault.recovery_wrong")])
        slot_file.require_ours(slots, key)
        return OpenVault(self, slots, bytearray(key))

    @property
    def tries(self) -> TryBook:
        """The book of wrong tries."""
        return TryBook(self.folder / TRIES_NAME)

    def read(self) -> Slots:
        """Return the slot file. Raises EnvironmentProblem."""
        return slot_file.read_slots(self.slots_path)

    def unwrap(self, slots: Slots, person_id: PersonId, password: str) -> PersonSecrets:
        """Return a person's secrets. Raises Refused as `open`; every wrong try is remembered."""
        slot = slots.of(person_id)
        if slot is None:
            raise Refused([violation("vault.unknown_person", person_id)])
        refuse(self.tries.objection(person_id, self._clock.now()))
        secrets = slot_file.unwrap_person(slots.header, slot, password)
        if secrets is None:
            left = self.tries.wrong(person_id, self._clock.now())
            raise Refused([violation("vault.wrong_password", person_id, left=left)])
        self.tries.right(person_id)
        return secrets

    def new_slot(self, slots: Slots, person: NewPerson, secrets: PersonSecrets) -> Slot:
        """Return a person's slot, wrapped under their password at this machine's cost."""
        signing = PersonalKey(person.person_id, person.printed_name, secrets.signing_seed)
        with signing:
            bare = Slot(
                person_id=person.person_id,
                printed_name=person.printed_name,
                public_key=signing.public_key,
                box_public_key=public_key_of(secrets.box_private_key),
                created_at=self._clock.now(),
                lock=self.new_lock(),
                wrapped=b"",
            )
        return slot_file.wrap_person(slots.header, bare, person.password, secrets)

    def seed(self) -> bytes:
        """Return 32 fresh random bytes."""
        return self._chance.token_bytes(KEY_BYTES)

    def new_lock(self) -> Lock:
        """Return fresh salt and nonce at this machine's cost."""
        draw = self._chance.token_bytes
        return Lock(cost=self._cost, salt=draw(SALT_BYTES), nonce=draw(NONCE_BYTES))


class OpenVault:
    """A vault whose database key is in memory, until `close`.

    ``personal`` is the key of whoever opened it, until a session starts; ``wrong_tries`` are the
    times of wrong tries at their password since their last sign-in, to be recorded and then
    forgotten by `forget_tries`.
    """

    def __init__(self, vault: Vault, slots: Slots, database_key: bytearray) -> None:
        self._vault = vault
        self._slots = slots
        self.database_key = database_key
        keys = slot_file.unwrap_site_keys(slots, bytes(database_key))
        self.station_key = StationKey(keys[:KEY_BYTES])
        self._site_key = bytearray(keys[KEY_BYTES:])
        self.personal: PersonalKey | None = None
        self.wrong_tries: tuple[datetime, ...] = ()

    @property
    def folder(self) -> Path:
        """The vault's folder."""
        return self._vault.folder

    @property
    def database_path(self) -> Path:
        """The encrypted database; `pharmacy_app.records` makes and opens it."""
        return self.folder / DATABASE_NAME

    @property
    def mark_path(self) -> Path:
        """The high-water mark beside the database."""
        return self.folder / MARK_NAME

    @property
    def origin(self) -> Origin:
        """Whose ledger belongs to this vault."""
        header = self._slots.header
        return Origin(header.site, header.station, header.generation)

    @property
    def site_key(self) -> bytes:
        """The site's private X25519 key, 32 bytes: packages are sealed to it."""
        return bytes(self._site_key)

    @property
    def site_public_key(self) -> bytes:
        """The site's public X25519 key, 32 bytes, for the sponsor."""
        return self._slots.header.site_public_key

    @property
    def public_keys(self) -> dict[PersonId, bytes]:
        """Everybody's personal public key, as the slots name them."""
        return {slot.person_id: slot.public_key for slot in self._slots.people}

    def start_session(self) -> SessionKey:
        """Return the key that signs this person's acts from now on, and close the personal one.

        Raises RuntimeError if nobody signed in, or the session was started already.
        """
        if self.personal is None:
            raise RuntimeError("nobody signed in")
        session = SessionKey(self.personal, self.origin.site, self._vault.seed())
        self.personal.close()
        self.personal = None
        return session

    def unlock(self, person_id: PersonId, password: str) -> PersonalKey:
        """Return a person's key for one signature; runs the derivation. Close it afterwards.

        Raises Refused as `Vault.open`.
        """
        return _personal(
            self._slots, person_id, self._vault.unwrap(self._slots, person_id, password)
        )

    def add_person(
        self, person: NewPerson, known: Collection[PersonId] | None = None
    ) -> PersonalKey:
        """Give somebody a way in; return their key, open, so that they can sign their own entry.

        ``known`` are the people of the records: a slot of anybody else is left from an addition
        that was never recorded, and is replaced. Without it every slot counts as somebody's.

        Raises Refused ``vault.person_exists`` or every weakness of the password.
        """
        slot = self._slots.of(person.person_id)
        taken = slot is not None and (known is None or person.person_id in known)
        refuse(
            violation("vault.person_exists", person.person_id) if taken else None,
            *self._weaknesses(person),
        )
        return self._with_new_keys(person)

    def renew_person(self, person: NewPerson) -> PersonalKey:
        """Give somebody who lost their password new keys under a new one; the old keys are gone.

        Their lock is opened too. Returns the new signing key, open. Raises Refused with every
        weakness of the password.
        """
        refuse(*self._weaknesses(person))
        self.clear_tries(person.person_id)
        return self._with_new_keys(person)

    def _weaknesses(self, person: NewPerson) -> list[Violation]:
        names = (person.printed_name, person.person_id, self.origin.site)
        return weaknesses(person.password, names)

    def _with_new_keys(self, person: NewPerson) -> PersonalKey:
        secrets = PersonSecrets(bytes(self.database_key), self._vault.seed(), self._vault.seed())
        self._write(self._slots.with_slot(self._vault.new_slot(self._slots, person, secrets)))
        return PersonalKey(person.person_id, person.printed_name, secrets.signing_seed)

    def change_password(self, person_id: PersonId, old: str, new: str) -> None:
        """Wrap a person's keys under a new password; nothing else changes.

        Raises Refused as `Vault.open`, or every weakness of the new password.
        """
        secrets = self._vault.unwrap(self._slots, person_id, old)
        slot = self._slots.of(person_id)
        if slot is None:
            raise Refused([violation("vault.unknown_person", person_id)])
        refuse(*weaknesses(new, (slot.printed_name, person_id, self.origin.site)))
        kept = msgspec.structs.replace(slot, lock=self._vault.new_lock(), wrapped=b"")
        wrapped = slot_file.wrap_person(self._slots.header, kept, new, secrets)
        self._write(self._slots.with_slot(wrapped))

    def clear_tries(self, person_id: PersonId) -> None:
        """Let a locked person try again; what was tried stays to be told at their sign-in."""
        self._vault.tries.right(person_id)

    def forget_tries(self, person_id: PersonId) -> None:
        """Forget a person's ``wrong_tries``, now that the sign-in that tells them is recorded.

        A file that cannot be written is left: what is told twice does less harm than an error here.
        """
        with suppress(EnvironmentProblem):
            self._vault.tries.told(person_id, self.wrong_tries)

    def close(self) -> None:
        """Wipe every key; closing twice is no error."""
        wipe(self.database_key)
        wipe(self._site_key)
        self.station_key.close()
        if self.personal is not None:
            self.personal.close()
            self.personal = None

    def _write(self, slots: Slots) -> None:
        slot_file.write_slots(self._vault.slots_path, slots, bytes(self.database_key))
        self._slots = self._vault.read()


def _personal(slots: Slots, person_id: PersonId, secrets: PersonSecrets) -> PersonalKey:
    slot = slots.of(person_id)
    name = person_id if slot is None else slot.printed_name
    return PersonalKey(person_id, name, secrets.signing_seed)


def _sponsor_slot(
    public_key: bytes | None, header: Header, database_key: bytes
) -> SponsorSlot | None:
    if public_key is None:
        return None
    sealed = sealed_for_sponsor(public_key, header.vault_id, database_key)
    return SponsorSlot(public_key=public_key, sealed=sealed)
