"""What every event carries around its facts, and the signatures on it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Protocol, TypeVar

import msgspec

from pharmacy_app.domain.ids import PersonId


class Event(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"
):
    """A fact of the pharmacy: decided by a rule, never changed afterwards.

    Each subclass sets its own ``tag`` as ``topic.what_happened.version``; a released version never
    changes shape: a new one is added and the old lifted. ``about`` names the record the fact
    belongs to (``dose/…``, ``kit/…``); everything with the same ``about``, in ledger order, is the
    whole history of that record.
    """

    blinded: ClassVar[bool] = False
    """True if the facts may be read by blinded eyes (inspection extracts); False by default."""

    by_station: ClassVar[bool] = False
    """True if the station may record it with nobody signed in, after the first sign-in."""

    notes_clock_jump: ClassVar[bool] = False
    """True if its act may be recorded although the ledger's time goes back with it."""

    @property
    def about(self) -> str:
        """Return the key of the record that this fact belongs to, such as ``dose/D4KX9M``."""
        raise TypeError(f"{type(self).__name__} does not say what it is about")

    @property
    def introduced_keys(self) -> tuple[tuple[PersonId, bytes], ...]:
        """Return whose personal public key (32 bytes, Ed25519) this fact makes known from here on.

        An event kind that introduces a person or a person's new key overrides it.
        """
        return ()

    @property
    def opened_session(self) -> "SessionCertificate | None":
        """Return the session that this fact opens; the event kind of a sign-in overrides it."""
        return None


@dataclass(frozen=True, slots=True)
class SessionCertificate:
    """A person's word that a key made for one sign-in acts for them until the next sign-in.

    ``certificate`` is 64 bytes, Ed25519 by the personal key over
    `pharmacy_app.domain.signing.certificate_message`.
    """

    person: PersonId
    session_key: bytes
    certificate: bytes


class Meaning(StrEnum):
    """What a person says by signing (21 CFR 11.50(a)(3))."""

    AUTHORISED = "authorised"
    PREPARED = "prepared"
    RECEIVED = "received"
    RELEASED = "released"
    REPORTED = "reported"
    REVIEWED = "reviewed"
    VERIFIED = "verified"
    WITNESSED = "witnessed"


@dataclass(frozen=True, slots=True)
class Signature:
    """A person's Ed25519 signature over one event's hash.

    ``value`` is 64 bytes over `pharmacy_app.domain.signing.signature_message`.
    """

    signer: PersonId
    printed_name: str
    meaning: Meaning
    signed_at: datetime
    public_key: bytes
    value: bytes


class SigningKey(Protocol):
    """A personal key, opened by its owner's password for one act."""

    @property
    def person_id(self) -> PersonId:
        """Whose key it is."""

    @property
    def printed_name(self) -> str:
        """The owner's name as it is printed."""

    @property
    def public_key(self) -> bytes:
        """32 bytes, raw Ed25519."""

    def sign(self, message: bytes) -> bytes:
        """Return 64 bytes, raw Ed25519."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who asks for one or more events to be recorded together, and how they may be found again.

    ``op_id`` is made when the form opens and is unique in the ledger: after a crash at the moment
    of commit it tells whether the act was recorded. ``occurred_at`` is None unless the act happened
    at another time than it is recorded, and then ``reason`` says why. ``signers`` sign the first
    event of the act.
    """

    op_id: str
    actor: PersonId
    recorded_at: datetime
    occurred_at: datetime | None = None
    reason: str = ""
    signers: tuple[tuple[SigningKey, Meaning], ...] = ()


Told = TypeVar("Told", bound=Event)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event as the ledger holds it."""

    seq: int
    event_id: str
    op_id: str
    event: Event
    actor: PersonId
    recorded_at: datetime
    occurred_at: datetime
    reason: str
    hash: bytes
    signatures: tuple[Signature, ...] = ()

    def told(self, kind: type[Told]) -> Told:
        """Return the event, known to be of this kind. Raises TypeError if it is of another."""
        if isinstance(self.event, kind):
            return self.event
        raise TypeError(f"{type(self.event).__name__} is no {kind.__name__}")
