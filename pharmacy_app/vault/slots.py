"""The slot file: who can open the vault. One slot a person; the file is replaced, never edited.

A slot wraps the database key and the person's own keys with AES-256-GCM under a key that Argon2id
makes of the password. The additional data is everything the file says about vault and slot, so that
a slot cannot be moved to another vault or person. A checksum tells accidents; a MAC under the
database key tells changes made by somebody who could compute a checksum.
"""

import hashlib
import hmac
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.domain.signing import framed
from pharmacy_app.system.files import write_replacing
from pharmacy_app.vault.derivation import SALT_BYTES, Cost, derive
from pharmacy_app.vault.keys import KEY_BYTES, derived

NAME = "site.slots"
NONCE_BYTES = 12
MOST_BYTES = 1_000_000
Format = Literal["trial-site-pharmacy slots 1"]
FORMAT: Format = "trial-site-pharmacy slots 1"


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Header(_Strict, frozen=True, kw_only=True):
    """Which vault it is, and the public halves of its keys."""

    format: Format = FORMAT
    vault_id: bytes
    site: str
    station: str
    generation: int
    station_public_key: bytes
    site_public_key: bytes
    created_at: datetime


class Lock(_Strict, frozen=True, kw_only=True):
    """How a secret turns into the key of one slot."""

    cost: Cost
    salt: bytes
    nonce: bytes


class Slot(_Strict, frozen=True, kw_only=True):
    """One person's way in."""

    person_id: PersonId
    printed_name: str
    public_key: bytes
    box_public_key: bytes
    created_at: datetime
    lock: Lock
    wrapped: bytes


class CodeSlot(_Strict, frozen=True, kw_only=True):
    """The way in by the printed recovery code."""

    lock: Lock
    wrapped: bytes


class SponsorSlot(_Strict, frozen=True, kw_only=True):
    """The way in through the sponsor, whose recovery key is kept offline."""

    public_key: bytes
    sealed: bytes


class Slots(_Strict, frozen=True, kw_only=True):
    """All that the file holds. ``site_keys`` is nonce and the station's and site's private keys."""

    header: Header
    people: tuple[Slot, ...]
    code: CodeSlot | None
    sponsor: SponsorSlot | None
    site_keys: bytes
    mac: bytes = b""
    checksum: bytes = b""

    def of(self, person_id: PersonId) -> Slot | None:
        """Return a person's slot, or None."""
        return next((slot for slot in self.people if slot.person_id == person_id), None)

    def with_slot(self, slot: Slot) -> "Slots":
        """Return the file with a person's slot added or replaced."""
        others = tuple(old for old in self.people if old.person_id != slot.person_id)
        people = sorted((*others, slot), key=lambda one: one.person_id)
        return msgspec.structs.replace(self, people=tuple(people))


class PersonSecrets(NamedTuple):
    """What a person's slot wraps: 96 bytes."""

    database_key: bytes
    signing_seed: bytes
    box_private_key: bytes


def wrap_person(header: Header, slot: Slot, password: str, secrets: PersonSecrets) -> Slot:
    """Return the slot with the secrets wrapped under the password."""
    return msgspec.structs.replace(
        slot,
        wrapped=_wrap(password, slot.lock, b"".join(secrets), _context(header, slot)),
    )


def unwrap_person(header: Header, slot: Slot, password: str) -> PersonSecrets | None:
    """Return a person's secrets, or None if the password is wrong."""
    content = _unwrap(password, slot.lock, slot.wrapped, _context(header, slot))
    if content is None:
        return None
    cuts = (slice(0, KEY_BYTES), slice(KEY_BYTES, 2 * KEY_BYTES), slice(2 * KEY_BYTES, None))
    return PersonSecrets(*(content[cut] for cut in cuts))


def wrap_code(header: Header, lock: Lock, code: str, database_key: bytes) -> CodeSlot:
    """Return the recovery code's slot."""
    bare = CodeSlot(lock=lock, wrapped=b"")
    return CodeSlot(lock=lock, wrapped=_wrap(code, lock, database_key, _context(header, bare)))


def unwrap_code(header: Header, slot: CodeSlot, code: str) -> bytes | None:
    """Return the database key, or None if the code is another vault's."""
    return _unwrap(code, slot.lock, slot.wrapped, _context(header, slot))


def wrap_site_keys(header: Header, nonce: bytes, database_key: bytes, content: bytes) -> bytes:
    """Return nonce and the site's private keys, wrapped under the database key."""
    key = derived(database_key, "site keys v1")
    return nonce + AESGCM(key).encrypt(nonce, content, _canonical(header))


def unwrap_site_keys(slots: Slots, database_key: bytes) -> bytes:
    """Return the site's private keys. Raises EnvironmentProblem ``vault.slots_altered``."""
    nonce, wrapped = slots.site_keys[:NONCE_BYTES], slots.site_keys[NONCE_BYTES:]
    key = derived(database_key, "site keys v1")
    try:
        return AESGCM(key).decrypt(nonce, wrapped, _canonical(slots.header))
    except (InvalidTag, ValueError) as error:
        raise EnvironmentProblem("vault.slots_altered", NAME) from error


def write_slots(path: Path, slots: Slots, database_key: bytes) -> None:
    """Replace the file, with MAC and checksum made anew. Raises EnvironmentProblem; the old stays."""
    bare = msgspec.structs.replace(slots, mac=b"", checksum=b"")
    marked = msgspec.structs.replace(bare, mac=_mac(bare, database_key))
    whole = msgspec.structs.replace(marked, checksum=_checksum(marked))
    write_replacing(path, _canonical(whole))


def read_slots(path: Path) -> Slots:
    """Return the file, whole but not yet proven: call `require_ours` once the key is known.

    Raises EnvironmentProblem ``vault.slots_missing`` or ``vault.slots_damaged``.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise EnvironmentProblem("vault.slots_missing", path.name) from None
    except OSError as error:
        raise EnvironmentProblem("vault.slots_damaged", path.name, detail=str(error)) from error
    try:
        slots = msgspec.json.decode(content, type=Slots)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise EnvironmentProblem("vault.slots_damaged", path.name, detail="json") from error
    flaw = _flaw(slots, content)
    if flaw:
        raise EnvironmentProblem("vault.slots_damaged", path.name, detail=flaw)
    return slots


def require_ours(slots: Slots, database_key: bytes) -> None:
    """Raise EnvironmentProblem ``vault.slots_altered`` unless the MAC is the database key's."""
    bare = msgspec.structs.replace(slots, mac=b"", checksum=b"")
    if not hmac.compare_digest(slots.mac, _mac(bare, database_key)):
        raise EnvironmentProblem("vault.slots_altered", NAME)


def _flaw(slots: Slots, content: bytes) -> str:
    if _canonical(slots) != content:
        return "form"
    if slots.checksum != _checksum(msgspec.structs.replace(slots, checksum=b"")):
        return "checksum"
    if len({slot.person_id for slot in slots.people}) != len(slots.people):
        return "people"
    locks = [slot.lock for slot in slots.people] + ([slots.code.lock] if slots.code else [])
    if not all(_is_lawful(lock) for lock in locks):
        return "cost"
    return ""


def _is_lawful(lock: Lock) -> bool:
    return lock.cost.is_lawful and len(lock.salt) == SALT_BYTES and len(lock.nonce) == NONCE_BYTES


def _context(header: Header, slot: Slot | CodeSlot) -> bytes:
    bare = msgspec.structs.replace(slot, wrapped=b"")
    return framed("slot v1", _canonical(header), _canonical(bare))


def _wrap(secret: str, lock: Lock, content: bytes, context: bytes) -> bytes:
    key = derive(secret, lock.salt, lock.cost)
    return AESGCM(key).encrypt(lock.nonce, content, context)


def _unwrap(secret: str, lock: Lock, wrapped: bytes, context: bytes) -> bytes | None:
    key = derive(secret, lock.salt, lock.cost)
    try:
        return AESGCM(key).decrypt(lock.nonce, wrapped, context)
    except InvalidTag:
        return None


def _mac(bare: Slots, database_key: bytes) -> bytes:
    return hmac.digest(derived(database_key, "slots mac v1"), _canonical(bare), "sha256")


def _checksum(marked: Slots) -> bytes:
    return hashlib.sha256(_canonical(marked)).digest()


def _canonical(part: msgspec.Struct) -> bytes:
    return msgspec.json.encode(part, order="sorted")
