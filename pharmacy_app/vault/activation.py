"""The activation code: how a new site's private key reaches it, and how it knows its sponsor.

The sponsor makes the site's X25519 key pair, wraps the private key under a code that goes by
letter, and puts the wrapping into the first package. The key that unwraps is derived from the code
*and* from who signed the package: a package signed by anybody else cannot be opened with the code,
so the code proves the sponsor to the site.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pharmacy_app.domain.refusal import Refused, violation
from pharmacy_app.domain.signing import framed
from pharmacy_app.system.chance import Chance
from pharmacy_app.vault.spoken_codes import draw, read_back, spoken

BODY = 19
"""Characters drawn: 91 bits, far over the 60 below which the wrapping could be searched."""

SALT_BYTES = 16
NONCE = bytes(12)  # every wrapping has its own salt and so its own key: no nonce meets a key twice


def new_activation_code(chance: Chance) -> str:
    """Return a new code as the letter shows it, five groups of four."""
    return spoken(draw(chance, BODY))


def wrap_site_key(code: str, site_private_key: bytes, binding: bytes, chance: Chance) -> bytes:
    """Return the private key wrapped under the code. ``binding``: sponsor's key, trial and site."""
    salt = chance.token_bytes(SALT_BYTES)
    key = _key(_body(code), salt, binding)
    return salt + AESGCM(key).encrypt(NONCE, site_private_key, binding)


def unwrap_site_key(code: str, wrapped: bytes, binding: bytes) -> bytes:
    """Return the site's raw X25519 private key.

    Raises Refused ``activation.mistyped`` if the check character is wrong, ``activation.wrong`` if
    it is not the code of this package, or the package is not from the sponsor who made the code.
    """
    key = _key(_body(code), wrapped[:SALT_BYTES], binding)
    try:
        return AESGCM(key).decrypt(NONCE, wrapped[SALT_BYTES:], binding)
    except (InvalidTag, ValueError) as problem:
        raise Refused([violation("activation.wrong")]) from problem


def binding_of(sponsor_public_key: bytes, site_public_key: bytes, trial: str, site: str) -> bytes:
    """Return what the wrapping is bound to: who signs, whose key it is, which trial and site."""
    parts = (sponsor_public_key, site_public_key, trial.encode(), site.encode())
    return framed("activation v1", *parts)


def _body(code: str) -> str:
    return read_back(code, BODY + 1, "activation.mistyped")


def _key(body: str, salt: bytes, binding: bytes) -> bytes:
    """Harden the code (64 MiB, 3 passes); fixed by format version, never read from the file."""
    hardened = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=64 * 1024).derive(
        body.encode()
    )
    return HKDF(hashes.SHA256(), 32, salt=salt, info=binding).derive(hardened)
