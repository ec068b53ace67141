"""Sealed allocations: each opens with the site's key and, where the trial says so, its own code.

An entry is one line of the randomisation list. Its key is derived from an X25519 agreement with
the site's key and from the release code that the randomisation desk reads out for one subject
(Argon2id, 19 MiB, 2 passes); with ``sequential`` concealment from the agreement alone. The arm is
padded to a fixed length, and trial, site, stage and entry are bound to it: an entry can neither be
read ahead, nor told from another by its length, nor moved.
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pharmacy_app.domain.ids import ArmCode, SiteCode, StageCode
from pharmacy_app.domain.package import SealedEntry
from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.domain.signing import framed
from pharmacy_app.system.chance import Chance
from pharmacy_app.vault.spoken_codes import draw, read_back, spoken

ENTRY_ID = 4
SECRET = 11
"""Characters drawn for the secret of one entry: 52.9 bits."""

ARM_BYTES = 32
"""Every arm code is padded to this many bytes of UTF-8 with a length byte before it."""

SALT_BYTES = 16
KEY_BYTES = 32
HARDENING_KIB, HARDENING_PASSES, HARDENING_LANES = 19 * 1024, 2, 1
"""What one try at a release code costs, for the desk's caller and for whoever guesses."""

NONCE = bytes(12)  # every entry has its own salt and agreement, so its own key: used once


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Where an entry belongs; all of it is bound to the sealing."""

    trial: str
    site: SiteCode
    stage: StageCode
    entry_id: str


def unblinding_stage(stage: StageCode) -> StageCode:
    """Return the place to which a stage's unblinding codes are bound: never a stage of a trial."""
    return StageCode(f"{stage}/unblinding")


def new_secret(chance: Chance) -> str:
    """Return the secret of one entry, `SECRET` random characters."""
    return draw(chance, SECRET)


def release_code(entry_id: str, secret: str) -> str:
    """Return what the desk reads out: entry and secret as one string, ``EEEE-XXXX-XXXX-XXXX``."""
    return spoken(entry_id + secret)


def entry_of(code: str) -> str:
    """Return the entry that a typed release code is for.

    Raises Refused ``release_code.mistyped`` if its check character or length is wrong.
    """
    return _read(code)[0]


def seal_entry(
    place: EntryPlace, arm: ArmCode, site_public_key: bytes, secret: str, chance: Chance
) -> SealedEntry:
    """Return the entry, sealed; ``secret`` is empty for ``sequential`` concealment."""
    ephemeral = X25519PrivateKey.from_private_bytes(chance.token_bytes(KEY_BYTES))
    salt = chance.token_bytes(SALT_BYTES)
    agreed = ephemeral.exchange(X25519PublicKey.from_public_bytes(site_public_key))
    bound = _bound(place, ephemeral.public_key().public_bytes_raw(), site_public_key)
    sealed = AESGCM(_key(agreed, secret, salt, bound)).encrypt(NONCE, _fixed_length(arm), bound)
    return SealedEntry(
        entry_id=place.entry_id,
        stage=place.stage,
        stratum="",
        salt=salt,
        sealed=ephemeral.public_key().public_bytes_raw() + sealed,
    )


def open_entry(
    trial: str, site: SiteCode, entry: SealedEntry, site_private_key: bytes, code: str = ""
) -> ArmCode:
    """Return the arm. ``code`` is what was typed, empty for ``sequential`` concealment.

    Raises Refused ``release_code.mistyped``, ``.other_entry`` (the code names another entry) or
    ``.wrong`` (not the code of this entry, or not this site's entry). Nothing is used up by it.
    """
    named, secret = _read(code) if code else (entry.entry_id, "")
    if named != entry.entry_id:
        raise Refused([violation("release_code.other_entry", entry.entry_id, found=named)])
    place = EntryPlace(trial, site, entry.stage, entry.entry_id)
    private = X25519PrivateKey.from_private_bytes(site_private_key)
    ephemeral, sealed = entry.sealed[:KEY_BYTES], entry.sealed[KEY_BYTES:]
    bound = _bound(place, ephemeral, private.public_key().public_bytes_raw())
    try:
        agreed = private.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        padded = AESGCM(_key(agreed, secret, entry.salt, bound)).decrypt(NONCE, sealed, bound)
    except (InvalidTag, ValueError) as problem:
        raise Refused([violation("release_code.wrong", entry.entry_id)]) from problem
    return ArmCode(padded[1 : 1 + padded[0]].decode())


def _read(code: str) -> tuple[str, str]:
    body = read_back(code, ENTRY_ID + SECRET + 1, "release_code.mistyped")
    return body[:ENTRY_ID], body[ENTRY_ID:]


def _fixed_length(arm: ArmCode) -> bytes:
    code = arm.encode()
    if len(code) >= ARM_BYTES:
        raise ValueError("an arm code is longer than a sealed entry holds")
    return bytes([len(code)]) + code + bytes(ARM_BYTES - 1 - len(code))


def _bound(place: EntryPlace, ephemeral: bytes, recipient: bytes) -> bytes:
    names = (place.trial, place.site, place.stage, place.entry_id)
    return framed("allocation v1", *(name.encode() for name in names), ephemeral, recipient)


def _key(agreed: bytes, secret: str, salt: bytes, bound: bytes) -> bytes:
    hardened = b""
    if secret:
        hardened = Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=HARDENING_PASSES,
            lanes=HARDENING_LANES,
            memory_cost=HARDENING_KIB,
        ).derive(secret.encode())
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=salt, info=bound).derive(agreed + hardened)
