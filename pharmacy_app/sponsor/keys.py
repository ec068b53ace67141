"""The sponsor's keys, kept in a folder that only the supply manager has.

``sponsor.keys`` holds the signing key (Ed25519) and the recovery key (X25519), both under a
password. ``register.json`` remembers what every site was given: its public key, the last number,
which stages it holds; it is signed, so that nobody can slip in a key of their own for a site.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from msgspec import Meta, Struct

from pharmacy_app.domain.ids import SiteCode, StageCode
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, violation
from pharmacy_app.domain.signing import framed
from pharmacy_app.system.chance import Chance
from pharmacy_app.system.files import write_replacing
from pharmacy_app.vault.sealed import Sealing, seal

KEY_FILE = "sponsor.keys"
REGISTER = "register.json"
SHORTEST_PASSWORD = 15
NONCE = bytes(12)  # a new salt, and so a new key, at every writing

Key = Annotated[bytes, Meta(min_length=32, max_length=32)]


@dataclass(frozen=True, slots=True)
class SponsorKeys:
    """Both private keys, raw 32 bytes each, and how the sponsor seals: a simulation otherwise."""

    signing: bytes = field(repr=False)
    recovery: bytes = field(repr=False)
    sealing: Sealing = field(default=seal, repr=False)

    @property
    def signing_public(self) -> bytes:
        """The key that every site pins at its founding."""
        return Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw()

    @property
    def recovery_public(self) -> bytes:
        """The key to which every site seals its way back."""
        return X25519PrivateKey.from_private_bytes(self.recovery).public_key().public_bytes_raw()


class SiteRecord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a site was given so far."""

    public_key: Key
    last_number: Annotated[int, Meta(ge=1)]
    stages: tuple[StageCode, ...] = ()


class Register(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every site that has a package, by trial and site code."""

    sites: Mapping[str, SiteRecord] = {}

    def site(self, trial: str, site: SiteCode) -> SiteRecord | None:
        """Return what a site was given, or None before its first package."""
        return self.sites.get(f"{trial}/{site}")

    def with_sites(self, trial: str, records: Mapping[SiteCode, SiteRecord]) -> "Register":
        """Return the register with these sites' records replaced."""
        added = {f"{trial}/{site}": record for site, record in records.items()}
        return Register(sites={**self.sites, **added})


class _SealedKeys(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: Annotated[int, Meta(ge=1, le=1)] = 1
    signing_public: Key
    recovery_public: Key
    salt: Annotated[bytes, Meta(min_length=16, max_length=16)]
    sealed: Annotated[bytes, Meta(min_length=80, max_length=80)]


class _SignedRegister(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    register: Register
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)]


def new_keys(chance: Chance) -> SponsorKeys:
    """Return a new pair of keys; they cannot be made again."""
    return SponsorKeys(chance.token_bytes(32), chance.token_bytes(32))


def save_keys(keys: SponsorKeys, folder: Path, password: str, chance: Chance) -> None:
    """Write the keys under the password into a folder that has none yet.

    Raises Refused ``sponsor.keys_exist`` or ``sponsor.password_short``, or EnvironmentProblem.
    """
    path = folder / KEY_FILE
    if path.exists():
        raise Refused([violation("sponsor.keys_exist", str(path))])
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(
            [violation("sponsor.password_short", "", least=SHORTEST_PASSWORD, found=len(password))]
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    salt = chance.token_bytes(16)
    whose = framed("sponsor keys v1", keys.signing_public, keys.recovery_public)
    sealed = AESGCM(_password_key(password, salt)).encrypt(
        NONCE, keys.signing + keys.recovery, whose
    )
    file = _SealedKeys(
        signing_public=keys.signing_public,
        recovery_public=keys.recovery_public,
        salt=salt,
        sealed=sealed,
    )
    write_replacing(path, msgspec.json.encode(file, order="sorted"))


def load_keys(folder: Path, password: str) -> SponsorKeys:
    """Return the keys of a folder.

    Raises Refused ``sponsor.wrong_password``, or EnvironmentProblem ``sponsor.no_keys`` /
    ``sponsor.keys_damaged``.
    """
    path = folder / KEY_FILE
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_SealedKeys)
    except FileNotFoundError as problem:
        raise EnvironmentProblem("sponsor.no_keys", str(path)) from problem
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise EnvironmentProblem("sponsor.keys_damaged", str(path)) from problem
    whose = framed("sponsor keys v1", file.signing_public, file.recovery_public)
    try:
        opened = AESGCM(_password_key(password, file.salt)).decrypt(NONCE, file.sealed, whose)
    except InvalidTag as problem:
        raise Refused([violation("sponsor.wrong_password", str(path))]) from problem
    return SponsorKeys(opened[:32], opened[32:])


def save_register(register: Register, folder: Path, keys: SponsorKeys) -> None:
    """Write and sign the register. Raises EnvironmentProblem."""
    signer = Ed25519PrivateKey.from_private_bytes(keys.signing)
    signed = _SignedRegister(register=register, signature=signer.sign(_register_message(register)))
    write_replacing(folder / REGISTER, msgspec.json.encode(signed, order="sorted"))


def load_register(folder: Path, keys: SponsorKeys) -> Register:
    """Return the register, empty before the first build.

    Raises EnvironmentProblem ``sponsor.register_altered`` if this sponsor did not sign it.
    """
    path = folder / REGISTER
    signer = Ed25519PrivateKey.from_private_bytes(keys.signing)
    try:
        signed = msgspec.json.decode(path.read_bytes(), type=_SignedRegister)
        signer.public_key().verify(signed.signature, _register_message(signed.register))
    except FileNotFoundError:
        return Register()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, InvalidSignature) as problem:
        raise EnvironmentProblem("sponsor.register_altered", str(path)) from problem
    return signed.register


def _register_message(register: Register) -> bytes:
    content = msgspec.json.encode(register, order="sorted")
    return framed("sponsor register v1", hashlib.sha256(content).digest())


def _password_key(password: str, salt: bytes) -> bytes:
    return Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=64 * 1024).derive(
        password.encode()
    )
