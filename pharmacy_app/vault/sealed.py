"""Sealed boxes: anybody may close one for a recipient, only the recipient opens it.

HPKE in base mode (RFC 9180): X25519, HKDF-SHA-256, AES-256-GCM. The receiver does not learn from
the box who sealed it; what must be believed is signed besides.
"""

from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.domain.signing import framed

_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
OVERHEAD_BYTES = 48
"""How much longer a box is than what is in it: 32 of key, 16 of tag."""


def public_key_of(private_key: bytes) -> bytes:
    """Return the 32-byte public key of a 32-byte X25519 private key."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


class Sealing(Protocol):
    """How a file is sealed: `seal`, or a simulation's, whose draws can be made again."""

    def __call__(self, public_key: bytes, info: str, plaintext: bytes, aad: bytes = b"") -> bytes:
        """Return ``plaintext`` sealed to a recipient."""


def info_of(info: str, aad: bytes) -> bytes:
    """Return what binds a box to its purpose and context."""
    return framed("sealed v1", info.encode(), aad)


def seal(public_key: bytes, info: str, plaintext: bytes, aad: bytes = b"") -> bytes:
    """Return ``plaintext`` sealed to a recipient, for one purpose and beside one context.

    Raises ValueError for a public key that is not 32 bytes.
    """
    recipient = X25519PublicKey.from_public_bytes(public_key)
    return _SUITE.encrypt(plaintext, recipient, info=info_of(info, aad))


def open_sealed(private_key: bytes, info: str, sealed: bytes, aad: bytes = b"") -> bytes:
    """Return what was sealed.

    Raises EnvironmentProblem ``vault.not_for_us`` if it was sealed to somebody else, for another
    purpose or context, or was changed; these cannot be told apart.
    """
    recipient = X25519PrivateKey.from_private_bytes(private_key)
    try:
        return _SUITE.decrypt(sealed, recipient, info=info_of(info, aad))
    except (InvalidTag, ValueError) as error:
        raise EnvironmentProblem("vault.not_for_us", info) from error
