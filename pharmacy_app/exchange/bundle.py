"""One sealed, signed file for both directions: what a sponsor and a site send each other.

Layout, in this order and nothing else::

    TRIAL-SITE-BUNDLE 1, line end
    header, canonical JSON on one line (`Header`), line end
    ciphertext: HPKE (RFC 9180: X25519, HKDF-SHA-256, AES-256-GCM) of the padded payload
    signature: Ed25519, 64 bytes, over everything before it

The signature is checked before anything inside is opened. The header is a dozen fields of bounded
size and is refused unless it is written exactly as we write it, so it cannot say two things. The
payload is never compressed and is padded to 4 KiB, so that the file's length counts no arms.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Protocol

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta, Struct

from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, refuse, violation
from pharmacy_app.domain.signing import framed
from pharmacy_app.vault.sealed import Sealing, open_sealed, seal

MAGIC = b"TRIAL-SITE-BUNDLE 1\n"
LARGEST = 5_000_000
LONGEST_HEADER = 4096
PADDING = 4096
SIGNATURE_BYTES = 64
LENGTH_BYTES = 8

Code = Annotated[str, Meta(min_length=1, max_length=20)]
Key = Annotated[bytes, Meta(min_length=32, max_length=32)]
Moment = Annotated[datetime, Meta(tz=True)]

_PURPOSE = "bundle v1"


class Kind(StrEnum):
    """What a bundle carries, and so in which direction it goes."""

    TRIAL_PACKAGE = "trial_package"
    SITE_REPORT = "site_report"
    NOTICE = "notice"
    DESK_LIST = "desk_list"
    RECEIPT = "receipt"


class Signer(Protocol):
    """A key that is open and signs; its secret half stays where it is."""

    @property
    def public_key(self) -> bytes:
        """32 bytes, raw Ed25519."""

    def sign(self, message: bytes) -> bytes:
        """Return 64 bytes, raw Ed25519."""


@dataclass(frozen=True, slots=True)
class _RawKey:
    """The sponsor's signing key as the key file holds it: 32 raw bytes."""

    raw: bytes

    @property
    def public_key(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.raw).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.raw).sign(message)


class Header(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What anybody may read of a bundle. Keys are 32 raw bytes, times aware and in UTC.

    ``founding`` is empty, or the recipient's private key wrapped under the activation code.
    """

    format: Annotated[int, Meta(ge=1, le=1)] = 1
    kind: Kind
    trial: Code
    site: Code
    number: Annotated[int, Meta(ge=1, le=1_000_000)]
    created: Moment
    expires: Moment
    sender: Key
    recipient: Key
    founding: Annotated[bytes, Meta(max_length=200)] = b""
    length: Annotated[int, Meta(ge=1, le=LARGEST)]
    sha256: Key


@dataclass(frozen=True, slots=True)
class Address:
    """From whom to whom, which number of which kind, and until when it may be imported."""

    kind: Kind
    trial: str
    site: str
    number: int
    created: datetime
    expires: datetime
    recipient: bytes
    founding: bytes = b""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the reader will accept; None where anything goes (the first bundle of a site)."""

    kind: Kind
    now: datetime
    last_number: int = 0
    sender: bytes | None = None
    site: str | None = None
    trial: str | None = None


@dataclass(frozen=True, slots=True)
class SignedBundle:
    """A bundle whose signature held and which was meant for the reader; still sealed."""

    header: Header
    ciphertext: bytes
    sha256: str


def seal_bundle(
    address: Address, payload: bytes, signing_key: bytes | Signer, sealing: Sealing = seal
) -> bytes:
    """Return the file. ``signing_key`` is a raw Ed25519 private key, or one that is open elsewhere.

    Raises Refused ``bundle.too_big`` if the file would be larger than any reader accepts.
    """
    signer = _RawKey(signing_key) if isinstance(signing_key, bytes) else signing_key
    sender = signer.public_key
    envelope = _envelope(address.kind, address.trial, address.site, address.number, sender)
    ciphertext = sealing(address.recipient, _PURPOSE, _padded(payload), envelope)
    header = Header(
        kind=address.kind,
        trial=address.trial,
        site=address.site,
        number=address.number,
        created=address.created,
        expires=address.expires,
        sender=sender,
        recipient=address.recipient,
        founding=address.founding,
        length=min(len(ciphertext), LARGEST),
        sha256=hashlib.sha256(ciphertext).digest(),
    )
    unsigned = MAGIC + _canonical(header) + b"\n" + ciphertext
    raw = unsigned + signer.sign(_signed_message(unsigned))
    _refuse_too_big(raw)
    return raw


def read_bundle(raw: bytes, expected: Expected) -> SignedBundle:
    """Check size, shape and signature, then whether it is meant for the reader; open nothing.

    Raises Refused with ``bundle.too_big``, ``.not_a_bundle``, ``.unsigned`` or ``.altered`` alone,
    or with all that hold of ``.other_kind``, ``.foreign_sender``, ``.foreign_site``,
    ``.foreign_trial``, ``.replayed``, ``.expired``.
    """
    _refuse_too_big(raw)
    if not raw.startswith(MAGIC):
        raise Refused([violation("bundle.not_a_bundle")])
    end = raw.find(b"\n", len(MAGIC), len(MAGIC) + LONGEST_HEADER)
    header = _strict_header(raw[len(MAGIC) : end]) if end >= 0 else None
    if header is None:
        raise Refused([violation("bundle.altered")])
    ciphertext, signature = raw[end + 1 :][: header.length], raw[end + 1 :][header.length :]
    if len(ciphertext) == header.length and not any(signature):
        raise Refused([violation("bundle.unsigned")])
    unsigned = raw[: len(raw) - len(signature)]
    if not _signature_holds(header, ciphertext, unsigned, signature):
        raise Refused([violation("bundle.altered")])
    _refuse_foreign(header, expected)
    return SignedBundle(header, ciphertext, hashlib.sha256(raw).hexdigest())


def open_bundle(bundle: SignedBundle, private_key: bytes) -> bytes:
    """Return the payload. ``private_key`` is the recipient's raw X25519 key.

    Raises Refused ``bundle.sealed_for_another`` if it was not sealed for this key.
    """
    header = bundle.header
    envelope = _envelope(header.kind, header.trial, header.site, header.number, header.sender)
    try:
        padded = open_sealed(private_key, _PURPOSE, bundle.ciphertext, envelope)
    except EnvironmentProblem as problem:
        raise Refused([violation("bundle.sealed_for_another", header.site)]) from problem
    return _unpadded(padded)


def require_strict(payload: bytes) -> None:
    """Raise ValueError for JSON in which a key stands twice, a number is none, or that nests too deep.

    A reader that takes the last of two equal keys and one that takes the first read two contents.
    """
    try:
        json.loads(payload, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except RecursionError as problem:
        raise ValueError("nested too deep") from problem


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    seen = dict(pairs)
    if len(seen) != len(pairs):
        raise ValueError("a key stands twice")
    return seen


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")


def _strict_header(line: bytes) -> Header | None:
    """Return the header only if it is written exactly as `seal_bundle` writes it.

    Comparing it with its own re-writing refuses duplicate keys, other spellings and spaces.
    """
    try:
        header = msgspec.json.decode(line, type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return header if _canonical(header) == line else None


def _canonical(header: Header) -> bytes:
    return msgspec.json.encode(header, order="sorted")


def _signature_holds(header: Header, ciphertext: bytes, unsigned: bytes, signature: bytes) -> bool:
    digest = hashlib.sha256(ciphertext).digest()
    if len(signature) != SIGNATURE_BYTES or not hmac.compare_digest(digest, header.sha256):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(header.sender)
        key.verify(signature, _signed_message(unsigned))
    except (InvalidSignature, ValueError):
        return False
    return True


def _refuse_foreign(header: Header, expected: Expected) -> None:
    name = f"{header.trial}-{header.site}-{header.number}"
    found = []
    if header.kind is not expected.kind:
        found.append(
            violation("bundle.other_kind", name, expected=expected.kind, found=header.kind)
        )
    if expected.sender is not None and header.sender != expected.sender:
        found.append(
            violation(
                "bundle.foreign_sender",
                name,
                expected=fingerprint(expected.sender),
                found=fingerprint(header.sender),
            )
        )
    for what, wanted, held in (
        ("site", expected.site, header.site),
        ("trial", expected.trial, header.trial),
    ):
        if wanted is not None and held != wanted:
            found.append(violation(f"bundle.foreign_{what}", name, expected=wanted, found=held))
    if header.number <= expected.last_number:
        found.append(
            violation("bundle.replayed", name, last=expected.last_number, found=header.number)
        )
    if header.expires <= expected.now:
        found.append(violation("bundle.expired", name, expires=header.expires, now=expected.now))
    refuse(*found)


def fingerprint(public_key: bytes) -> str:
    """Return the first 80 bits of a key's SHA-256 in groups of four, to be compared by eye."""
    digest = hashlib.sha256(public_key).hexdigest()[:20]
    return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))


def _refuse_too_big(raw: bytes) -> None:
    if len(raw) > LARGEST:
        raise Refused([violation("bundle.too_big", "", found=len(raw), most=LARGEST)])


def _envelope(kind: str, trial: str, site: str, number: int, sender: bytes) -> bytes:
    """Bind the sealing to its envelope, so that a ciphertext cannot be moved into another."""
    parts = (kind.encode(), trial.encode(), site.encode(), str(number).encode(), sender)
    return framed("bundle envelope v1", *parts)


def _signed_message(unsigned: bytes) -> bytes:
    return framed("bundle signature v1", unsigned)


def _padded(payload: bytes) -> bytes:
    whole = len(payload).to_bytes(LENGTH_BYTES, "big") + payload
    return whole + bytes(-len(whole) % PADDING)


def _unpadded(padded: bytes) -> bytes:
    length = int.from_bytes(padded[:LENGTH_BYTES], "big")
    payload = padded[LENGTH_BYTES : LENGTH_BYTES + length]
    if _padded(payload) != padded:
        raise Refused([violation("bundle.contents", "", found="padding")])
    return payload
