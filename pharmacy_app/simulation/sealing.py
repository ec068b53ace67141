"""Seals sponsor's files with draws that can be made again; never for a real trial.

The library draws its ephemeral keys itself, and the SHA-256 of a package stands in the ledger: with it
no two simulations of one seed would be alike. So the sender of RFC 9180 (base mode, DHKEM(X25519,
HKDF-SHA256), HKDF-SHA256, AES-256-GCM: the suite of `vault.sealed`) is written out here, with the
ephemeral key taken from the simulation's chance. What it seals, the library opens.
"""

from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from pharmacy_app.system.chance import Chance
from pharmacy_app.vault.sealed import info_of

_KEM = b"KEM" + (0x0020).to_bytes(2, "big")
_SUITE = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (0x0020, 0x0001, 0x0002))
_BASE = bytes(1)
KEY_BYTES, NONCE_BYTES, SECRET_BYTES = 32, 12, 32


@dataclass(frozen=True, slots=True)
class SeededSealing:
    """Seals like `vault.sealed.seal`, with ephemeral keys of its chance."""

    chance: Chance

    def __call__(self, public_key: bytes, info: str, plaintext: bytes, aad: bytes = b"") -> bytes:
        """Return ``plaintext`` sealed to a recipient, for one purpose and beside one context."""
        ephemeral = self.chance.token_bytes(KEY_BYTES)
        return sealed_with(ephemeral, public_key, info_of(info, aad), plaintext)


def sealed_with(ephemeral: bytes, public_key: bytes, info: bytes, plaintext: bytes) -> bytes:
    """Return the encapsulated key and the ciphertext (RFC 9180, SealBase) for one ephemeral key."""
    private = X25519PrivateKey.from_private_bytes(ephemeral)
    encapsulated = private.public_key().public_bytes_raw()
    agreed = private.exchange(X25519PublicKey.from_public_bytes(public_key))
    prk = _extract(_KEM, b"", b"eae_prk", agreed)
    shared = _expand(_KEM, prk, b"shared_secret", encapsulated + public_key, SECRET_BYTES)
    psk_hash = _extract(_SUITE, b"", b"psk_id_hash", b"")
    context = _BASE + psk_hash + _extract(_SUITE, b"", b"info_hash", info)
    secret = _extract(_SUITE, shared, b"secret", b"")
    key = _expand(_SUITE, secret, b"key", context, KEY_BYTES)
    nonce = _expand(_SUITE, secret, b"base_nonce", context, NONCE_BYTES)
    return encapsulated + AESGCM(key).encrypt(nonce, plaintext, b"")


def _extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    digest = hmac.HMAC(salt or bytes(hashes.SHA256().digest_size), hashes.SHA256())
    digest.update(b"HPKE-v1" + suite + label + material)
    return digest.finalize()


def _expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return HKDFExpand(hashes.SHA256(), length, labelled).derive(prk)
