"""Checkpoints: how far the ledger reached, under the station's key, inside the file and beside it.

Encryption does not show that an old file was put back in place of a new one. The mark beside the
database does, unless it was put back too; then the checkpoints printed on papers and kept in
backups do. Newer acts than the last checkpoint cannot be missed by this means.
"""

from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.signing import Origin, checkpoint_message, stamp
from pharmacy_app.records.reading import Reader
from pharmacy_app.system.files import write_replacing

NAME = "site.mark"


class StationSigner(Protocol):
    """The installation's own key."""

    @property
    def public_key(self) -> bytes:
        """32 bytes, raw Ed25519."""

    def sign(self, message: bytes) -> bytes:
        """Return 64 bytes, raw Ed25519."""


class Checkpoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The end of the chain at one moment, signed by the station."""

    site: str
    station: str
    generation: int
    seq: int
    head: bytes
    made_at: datetime
    signature: bytes

    def is_signed_by(self, public_key: bytes) -> bool:
        """Tell whether the station with this key made it."""
        origin = Origin(self.site, self.station, self.generation)
        message = checkpoint_message(origin, self.seq, self.head, self.made_at)
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(self.signature, message)
        except InvalidSignature:
            return False
        return True


def signed_checkpoint(
    origin: Origin, seq: int, head: bytes, made_at: datetime, key: StationSigner
) -> Checkpoint:
    """Return the station's word that its ledger reached ``seq`` with this head."""
    message = checkpoint_message(origin, seq, head, made_at)
    return Checkpoint(
        site=origin.site,
        station=origin.station,
        generation=origin.generation,
        seq=seq,
        head=head,
        made_at=made_at,
        signature=key.sign(message),
    )


def write_mark(path: Path, checkpoint: Checkpoint) -> None:
    """Replace the mark. Raises EnvironmentProblem if it cannot be written; the old one stands."""
    stamp(checkpoint.made_at)
    write_replacing(path, msgspec.json.encode(checkpoint, order="sorted"))


def read_mark(path: Path) -> Checkpoint | None:
    """Return the mark, or None if there is none.

    Raises ValueError if it cannot be understood, OSError if it cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    return msgspec.json.decode(content, type=Checkpoint)


def rolled_back(path: Path, origin: Origin, reader: Reader, station_key: bytes) -> Violation | None:
    """Return what the mark says against the ledger, or None if they agree."""
    row = reader.one("SELECT coalesce(max(seq), 0) FROM event")
    head_seq = 0 if row is None else row[0]
    try:
        mark = read_mark(path)
    except (ValueError, OSError):
        return violation("records.mark_unreadable", path.name)
    if mark is None:
        return _missing(path, reader)
    if mark.site != origin.site or not mark.is_signed_by(station_key):
        return violation("records.mark_foreign", path.name)
    if mark.generation > origin.generation or mark.seq > head_seq:
        return violation(
            "records.rolled_back",
            origin.site,
            mark_seq=mark.seq,
            head_seq=head_seq,
            made_at=mark.made_at,
        )
    if reader.one("SELECT link FROM event WHERE seq = ?", (mark.seq,)) != (mark.head,):
        return violation("records.history_differs", origin.site, seq=mark.seq)
    return None


def _missing(path: Path, reader: Reader) -> Violation | None:
    """A mark is missing only where a checkpoint was made: every one of them writes the mark."""
    if reader.one("SELECT 1 FROM checkpoint LIMIT 1") is None:
        return None
    return violation("records.mark_missing", path.name)
