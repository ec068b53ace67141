"""What exactly is hashed and signed: one message a purpose, so that none passes for another.

Every message begins with its own prefix and version, and every part is preceded by its length
(8 bytes, big-endian), so that no two different sets of parts give the same bytes.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.ids import PersonId

PREFIX = "trial-site-pharmacy"
LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose ledger it is, and on which machine; ``generation`` rises by one with every restore."""

    site: str
    station: str
    generation: int = 1


def framed(purpose: str, *parts: bytes) -> bytes:
    """Return ``purpose`` and the parts, each with its length before it."""
    whole = (f"{PREFIX} {purpose}".encode(), *parts)
    return b"".join(len(part).to_bytes(LENGTH_BYTES, "big") + part for part in whole)


def stamp(moment: datetime) -> str:
    """Return a UTC time as fixed-width RFC 3339 with six decimals: text order is time order.

    Raises ValueError for a time without a zone or in another zone than UTC.
    """
    if moment.utcoffset() != timedelta(0):
        raise ValueError("times inside the program are aware and in UTC")
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(text: str) -> datetime:
    """Return the time that `stamp` wrote. Raises ValueError for any other writing."""
    read = datetime.fromisoformat(text)
    if read.utcoffset() is None or stamp(read.astimezone(UTC)) != text:
        raise ValueError(f"{text!r} is not a time as the ledger writes it")
    return read


def signature_message(
    event_hash: bytes, meaning: Meaning, signed_at: datetime, printed_name: str
) -> bytes:
    """Return what a person signs: this event, in this meaning, at this time, under this name.

    Source: 21 CFR 11.50(a) (name, time, meaning) and 11.70 (cannot be moved to another record).
    """
    return framed(
        "signature v1",
        event_hash,
        meaning.encode(),
        stamp(signed_at).encode(),
        printed_name.encode(),
    )


def session_message(link: bytes) -> bytes:
    """Return what the signed-in session's key signs under every event."""
    return framed("session v1", link)


def certificate_message(site: str, person: PersonId, session_key: bytes) -> bytes:
    """Return what a personal key signs to let a session's key act for its owner."""
    return framed("certificate v1", site.encode(), person.encode(), session_key)


def checkpoint_message(origin: Origin, seq: int, head: bytes, made_at: datetime) -> bytes:
    """Return what the station's key signs: how far this ledger reached, and when."""
    return framed(
        "checkpoint v1",
        origin.site.encode(),
        origin.station.encode(),
        str(origin.generation).encode(),
        str(seq).encode(),
        head,
        stamp(made_at).encode(),
    )
