"""One row of the ledger, and the hashes that bind it to its body, its signatures and the row before.

- ``commitment`` = SHA-256 of salt and body: the chain can be checked with bodies withheld, and a
  short body cannot be guessed from it.
- ``hash`` = SHA-256 of the envelope and the commitment; persons sign this.
- ``link`` = SHA-256 of ``hash`` and every personal signature; the session's key signs this, and the
  next row repeats it as ``prev_hash``, so that a signature can neither go nor come later.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from pharmacy_app.domain.events.envelope import Event, Signature
from pharmacy_app.domain.signing import framed, stamp

GENESIS = bytes(32)
SALT_BYTES = 16


class EventRow(NamedTuple):
    """The columns of ``event``, in the order of the table."""

    seq: int
    event_id: str
    op_id: str
    op_index: int
    site: str
    station: str
    generation: int
    kind: str
    about: str
    actor: str
    recorded_at: str
    occurred_at: str
    reason: str
    attachments: bytes
    body: str
    salt: bytes
    commitment: bytes
    session_key: bytes
    prev_hash: bytes
    hash: bytes
    link: bytes
    session_signature: bytes


COLUMNS = ", ".join(EventRow._fields)
PLACES = ", ".join("?" * len(EventRow._fields))


class SignatureRow(NamedTuple):
    """The columns of ``signature``, in the order of the table."""

    seq: int
    position: int
    signer: str
    printed_name: str
    meaning: str
    signed_at: str
    public_key: bytes
    value: bytes


SIGNATURE_COLUMNS = ", ".join(SignatureRow._fields)
SIGNATURE_PLACES = ", ".join("?" * len(SignatureRow._fields))


def kind_of(event: Event | type[Event]) -> str:
    """Return the tag that an event kind is stored under."""
    return str(event.__struct_config__.tag)


def topic_of(kind: str) -> str:
    """Return the part of a kind before its first dot: what sort of rows it changes."""
    return kind.partition(".")[0]


def canonical(event: Event) -> str:
    """Return the body: JSON, keys sorted, no spaces, decimals as strings, times in UTC.

    Raises TypeError for a float and ValueError for a time without zone or not in UTC: they have no
    exact writing.
    """
    _require_exact(msgspec.to_builtins(event, builtin_types=(datetime, date, Decimal, bytes)))
    return msgspec.json.encode(event, order="sorted").decode()


def _require_exact(value: Any) -> None:
    if isinstance(value, dict):
        for part in value.values():
            _require_exact(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _require_exact(part)
    elif isinstance(value, float):
        raise TypeError("a float has no place in a fact; use Decimal")
    elif isinstance(value, datetime) and value.utcoffset() != timedelta(0):
        raise ValueError("times in a fact are aware and in UTC")


def body_message(salt: bytes, body: str) -> bytes:
    """Return what is hashed for the commitment to a body."""
    return framed("body v1", salt, body.encode())


def commitment_of(salt: bytes, body: str) -> bytes:
    """Return the commitment to a body."""
    return hashlib.sha256(body_message(salt, body)).digest()


def hash_of(row: EventRow) -> bytes:
    """Return the hash of a row's envelope and commitment; the body itself is not needed."""
    return hashlib.sha256(event_message(row)).digest()


def event_message(row: EventRow) -> bytes:
    """Return what is hashed for the hash of an event."""
    return framed(
        "event v1",
        str(row.seq).encode(),
        row.event_id.encode(),
        row.op_id.encode(),
        str(row.op_index).encode(),
        row.site.encode(),
        row.station.encode(),
        str(row.generation).encode(),
        row.kind.encode(),
        row.about.encode(),
        row.actor.encode(),
        row.recorded_at.encode(),
        row.occurred_at.encode(),
        row.reason.encode(),
        row.attachments,
        row.session_key,
        row.prev_hash,
        row.commitment,
    )


def link_of(event_hash: bytes, signatures: Iterable[SignatureRow]) -> bytes:
    """Return the hash that binds an event to the signatures given on it."""
    return hashlib.sha256(link_message(event_hash, signatures)).digest()


def link_message(event_hash: bytes, signatures: Iterable[SignatureRow]) -> bytes:
    """Return what is hashed for the link of an event."""
    parts = [event_hash]
    for row in signatures:
        parts += [
            row.signer.encode(),
            row.printed_name.encode(),
            row.meaning.encode(),
            row.signed_at.encode(),
            row.public_key,
            row.value,
        ]
    return framed("link v1", *parts)


def signature_row(seq: int, position: int, signature: Signature) -> SignatureRow:
    """Return a signature as the table holds it."""
    return SignatureRow(
        seq,
        position,
        signature.signer,
        signature.printed_name,
        signature.meaning.value,
        stamp(signature.signed_at),
        signature.public_key,
        signature.value,
    )
