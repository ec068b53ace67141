"""Keys in memory: they sign while they are open, and are wiped when they are closed.

The secret lies in one buffer that is overwritten on closing. What the cryptographic library copies
while it signs is freed at once but not overwritten; that much cannot be promised from Python.
"""

import hashlib
from types import TracebackType
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.signing import PREFIX, certificate_message

KEY_BYTES = 32


def derived(secret: bytes | bytearray, purpose: str) -> bytes:
    """Return a 32-byte key for one purpose (HKDF-SHA-256)."""
    info = f"{PREFIX} {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(bytes(secret))


class OpenKey:
    """An Ed25519 key that is open until `close`."""

    def __init__(self, seed: bytes | bytearray) -> None:
        self._seed = bytearray(seed)
        self._public_key = self._private().public_key().public_bytes_raw()

    @property
    def public_key(self) -> bytes:
        """32 bytes, raw Ed25519."""
        return self._public_key

    def sign(self, message: bytes) -> bytes:
        """Return 64 bytes, raw Ed25519. Raises RuntimeError once closed."""
        return self._private().sign(message)

    def close(self) -> None:
        """Wipe the secret; closing twice is no error."""
        wipe(self._seed)
        self._seed = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _private(self) -> Ed25519PrivateKey:
        if not self._seed:
            raise RuntimeError("the key is closed")
        return Ed25519PrivateKey.from_private_bytes(bytes(self._seed))


class StationKey(OpenKey):
    """The key of this installation: signs checkpoints, and rows until somebody signs in."""


class PersonalKey(OpenKey):
    """A person's key, opened by their password; a `pharmacy_app.domain` ``SigningKey``."""

    def __init__(self, person_id: PersonId, printed_name: str, seed: bytes | bytearray) -> None:
        super().__init__(seed)
        self._person_id = person_id
        self._printed_name = printed_name

    @property
    def person_id(self) -> PersonId:
        """Whose key it is."""
        return self._person_id

    @property
    def printed_name(self) -> str:
        """The owner's name as it is printed."""
        return self._printed_name


class SessionKey(PersonalKey):
    """A key made for one sign-in, with its owner's word that it acts for them."""

    def __init__(self, owner: PersonalKey, site: str, seed: bytes) -> None:
        super().__init__(owner.person_id, owner.printed_name, seed)
        self.certificate = owner.sign(certificate_message(site, owner.person_id, self.public_key))


def wipe(secret: bytearray) -> None:
    """Overwrite a secret in place."""
    secret[:] = bytes(len(secret))


def fingerprint(public_key: bytes) -> str:
    """Return 80 bits of a key's SHA-256 in groups of four, for comparing by eye."""
    digits = hashlib.sha256(public_key).hexdigest()[:20].upper()
    return " ".join(digits[start : start + 4] for start in range(0, 20, 4))
