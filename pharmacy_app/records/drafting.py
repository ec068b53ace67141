"""An act turned into rows, before anything is written."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, Protocol

from pharmacy_app.domain.events.envelope import Act, Event, Signature
from pharmacy_app.domain.signing import Origin, session_message, signature_message, stamp
from pharmacy_app.records.chain import (
    GENESIS,
    SALT_BYTES,
    EventRow,
    SignatureRow,
    canonical,
    commitment_of,
    hash_of,
    kind_of,
    link_of,
    signature_row,
)

RANDOM_BITS = 74
"""What a version 7 UUID holds beside its 48 bits of milliseconds, version and variant."""


class RandomBytes(Protocol):
    """The source of salts and ids."""

    def token_bytes(self, count: int) -> bytes:
        """Return random bytes."""


class RowSigner(Protocol):
    """The key that signs rows: the session's, or the station's before anybody signed in."""

    @property
    def public_key(self) -> bytes:
        """32 bytes, raw Ed25519."""

    def sign(self, message: bytes) -> bytes:
        """Return 64 bytes, raw Ed25519."""


@dataclass(frozen=True)
class Attachment:
    """A file that belongs to an act: a logger file, a package, the picture of a label."""

    media_type: str
    content: bytes

    @cached_property
    def sha256(self) -> bytes:
        """32 bytes: the name under which the ledger keeps it."""
        return hashlib.sha256(self.content).digest()


class Tail(NamedTuple):
    """The end of the ledger that the next row is added to."""

    seq: int = 0
    link: bytes = GENESIS
    event_id: str = str(uuid.UUID(int=0))
    recorded_at: str = ""


class Draft(NamedTuple):
    """A row ready to be written, its event and the signatures on it."""

    event: Event
    row: EventRow
    signed: tuple[Signature, ...]
    signatures: tuple[SignatureRow, ...]


def next_event_id(previous: str, at: datetime, chance: RandomBytes) -> str:
    """Return a version 7 UUID (RFC 9562) that is greater than the one before, whatever the clock."""
    drawn = int.from_bytes(chance.token_bytes(10), "big") >> (80 - RANDOM_BITS)
    fresh = (int(at.timestamp() * 1000) << RANDOM_BITS) | drawn
    last = _plain(uuid.UUID(previous).int)
    return str(uuid.UUID(int=_marked(fresh if fresh > last else last + 1)))


def _plain(number: int) -> int:
    """Take version and variant out: what is left counts upwards."""
    milliseconds, rest = number >> 80, number & ((1 << 76) - 1)
    return (milliseconds << RANDOM_BITS) | ((rest >> 64) << 62) | (rest & ((1 << 62) - 1))


def _marked(plain: int) -> int:
    milliseconds, drawn = plain >> RANDOM_BITS, plain & ((1 << RANDOM_BITS) - 1)
    return milliseconds << 80 | 7 << 76 | drawn >> 62 << 64 | 2 << 62 | drawn & ((1 << 62) - 1)


class Drafter:
    """Makes rows for one ledger."""

    def __init__(self, origin: Origin, chance: RandomBytes) -> None:
        self._origin = origin
        self._chance = chance

    def drafts(
        self,
        events: Sequence[Event],
        act: Act,
        tail: Tail,
        signer: RowSigner,
        attachments: Sequence[Attachment],
    ) -> list[Draft]:
        """Return one draft an event, each chained to the one before; persons sign the first.

        Raises ValueError or TypeError for what has no exact writing (`chain.canonical`).
        """
        made = []
        for index, event in enumerate(events):
            names = b"" if index else b"".join(item.sha256 for item in attachments)
            draft = self._draft(event, act, index, tail, signer, names)
            made.append(draft)
            tail = Tail(draft.row.seq, draft.row.link, draft.row.event_id, draft.row.recorded_at)
        return made

    def _draft(
        self, event: Event, act: Act, index: int, tail: Tail, signer: RowSigner, names: bytes
    ) -> Draft:
        body = canonical(event)
        salt = self._chance.token_bytes(SALT_BYTES)
        bare = EventRow(
            seq=tail.seq + 1,
            event_id=next_event_id(tail.event_id, act.recorded_at, self._chance),
            op_id=act.op_id,
            op_index=index,
            site=self._origin.site,
            station=self._origin.station,
            generation=self._origin.generation,
            kind=kind_of(event),
            about=event.about,
            actor=act.actor,
            recorded_at=stamp(act.recorded_at),
            occurred_at=stamp(act.occurred_at or act.recorded_at),
            reason=act.reason,
            attachments=names,
            body=body,
            salt=salt,
            commitment=commitment_of(salt, body),
            session_key=signer.public_key,
            prev_hash=tail.link,
            hash=b"",
            link=b"",
            session_signature=b"",
        )
        event_hash = hash_of(bare)
        signed = () if index else _signatures(act, event_hash)
        rows = tuple(signature_row(bare.seq, place, given) for place, given in enumerate(signed))
        link = link_of(event_hash, rows)
        session_signature = signer.sign(session_message(link))
        row = bare._replace(hash=event_hash, link=link, session_signature=session_signature)
        return Draft(event, row, signed, rows)


def _signatures(act: Act, event_hash: bytes) -> tuple[Signature, ...]:
    return tuple(
        Signature(
            signer=key.person_id,
            printed_name=key.printed_name,
            meaning=meaning,
            signed_at=act.recorded_at,
            public_key=key.public_key,
            value=key.sign(
                signature_message(event_hash, meaning, act.recorded_at, key.printed_name)
            ),
        )
        for key, meaning in act.signers
    )
