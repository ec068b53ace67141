"""The proof of the ledger, against bare SHA-256 and Ed25519 over the same bytes.

The baseline has every message in memory and the keys open: it hashes, verifies, and compares with
what is recorded. Ours reads and decrypts the rows, builds the messages, and checks order, authority,
schema, checkpoints and attachments besides.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pharmacy_app.bench.figure import Figure, Seconds, compared, milliseconds
from pharmacy_app.domain.events.catalogue import EVENT_TYPES
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.events.oversight import NearMissRecorded
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.signing import moment, session_message, signature_message
from pharmacy_app.records.chain import (
    EventRow,
    SignatureRow,
    body_message,
    event_message,
    link_message,
)
from pharmacy_app.records.projection import Projection, everything
from pharmacy_app.records.reading import Reader
from pharmacy_app.records.verify import EVENTS, SIGNATURES, verify
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.sessions import OpenSite
from pharmacy_app.workflows.site import trust_of

GOAL = 2.5
REPEATS = 7
ACTS = 1500
"""Acts added before, so that what is done once does not count for much."""


class NotProven(Exception):
    """What was measured did not prove the ledger: the figure would mean nothing."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A message with its Ed25519 signature and the key to check it with."""

    key: Ed25519PublicKey
    value: bytes
    message: bytes


@dataclass(frozen=True, slots=True)
class Bytes:
    """Everything of a ledger that is hashed, with its digest, and everything that is signed."""

    hashed: tuple[tuple[bytes, bytes], ...]
    signed: tuple[Signed, ...]


def measured(seconds: Seconds, opened: OpenSite, repeats: int) -> list[Figure]:
    """Return the proof of the chain, and for information the proof with replay."""
    lengthened(opened.pharmacy, ACTS)
    contents = bytes_of(opened.pharmacy.reader)

    def bare() -> float:
        return milliseconds(seconds, lambda: proven_barely(contents))

    return [
        compared(figure, proving(seconds, opened, replay), bare, goal=goal, repeats=repeats)
        for figure, replay, goal in (
            ("verification", None, GOAL),
            ("verification_with_replay", everything.apply, None),
        )
    ]


def lengthened(pharmacy: Pharmacy, acts: int) -> None:
    """Record so many more acts, as short as an act can be."""
    for number in range(acts):
        event = NearMissRecorded(
            record="dose/-", rules=("kit.expired",), scanned=f"B{number:06d}", typed=False
        )
        pharmacy.record(Task.READ, event)


def proving(seconds: Seconds, opened: OpenSite, replay: Projection | None) -> Callable[[], float]:
    """Return a function that proves the ledger and returns its milliseconds."""
    database, trust = opened.pharmacy.ledger.database, trust_of(opened.vault)

    def prove() -> None:
        report = verify(database, trust, EVENT_TYPES, replay=replay)
        if not report.intact:
            raise NotProven(str(report.first_bad))

    return lambda: milliseconds(seconds, prove)


def bytes_of(reader: Reader) -> Bytes:
    """Return every message of a ledger with the digests and signatures that are recorded."""
    hashed: list[tuple[bytes, bytes]] = []
    signed: list[Signed] = []
    rows = map(SignatureRow._make, reader.rows(SIGNATURES))
    given = {seq: list(of_event) for seq, of_event in groupby(rows, key=lambda row: row.seq)}
    for row in map(EventRow._make, reader.rows(EVENTS)):
        signatures = given.get(row.seq, [])
        hashed += [
            (body_message(row.salt, row.body), row.commitment),
            (event_message(row), row.hash),
            (link_message(row.hash, signatures), row.link),
        ]
        signed.append(_signed(row.session_key, row.session_signature, session_message(row.link)))
        signed += [_personal(row, signature) for signature in signatures]
    hashed += [
        (content, name) for name, content in reader.rows("SELECT sha256, bytes FROM attachment")
    ]
    return Bytes(tuple(hashed), tuple(signed))


def _personal(row: EventRow, signature: SignatureRow) -> Signed:
    message = signature_message(
        row.hash,
        Meaning(signature.meaning),
        moment(signature.signed_at),
        signature.printed_name,
    )
    return _signed(signature.public_key, signature.value, message)


def _signed(public_key: bytes, value: bytes, message: bytes) -> Signed:
    return Signed(Ed25519PublicKey.from_public_bytes(public_key), value, message)


def proven_barely(contents: Bytes) -> None:
    """Hash and verify. Raises NotProven or InvalidSignature."""
    for message, digest in contents.hashed:
        if hashlib.sha256(message).digest() != digest:
            raise NotProven(digest.hex())
    for one in contents.signed:
        one.key.verify(one.value, one.message)
