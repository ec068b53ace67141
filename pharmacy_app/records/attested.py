"""What the chain says about things outside its rows: checkpoints and attachments."""

import hashlib
from collections.abc import Iterator

from pharmacy_app.domain.signing import Origin, checkpoint_message, moment
from pharmacy_app.records.authority import is_signed
from pharmacy_app.records.finding import Finding, differs
from pharmacy_app.records.reading import Reader

SHA256_BYTES = 32

CHECKPOINTS = """
    SELECT c.generation, c.seq, c.head, c.made_at, c.signature, e.link, e.station
    FROM checkpoint AS c LEFT JOIN event AS e USING (seq)
    ORDER BY c.seq
"""


def checkpoints_altered(reader: Reader, origin: Origin, station_key: bytes) -> Iterator[Finding]:
    """Yield every checkpoint that the chain or the station's key contradicts."""
    for generation, seq, head, made_at, signature, link, station in reader.each(CHECKPOINTS):
        yield from differs(seq, "checkpoint", head, link)
        signed_by = Origin(origin.site, station or origin.station, generation)
        message = checkpoint_message(signed_by, seq, head, moment(made_at))
        if not is_signed(station_key, signature, message):
            yield Finding(seq, "checkpoint_signature", station_key.hex(), made_at)


def attachments_altered(reader: Reader) -> Iterator[Finding]:
    """Yield every attachment that is changed, gone, or that no event brought."""
    kept = set()
    for name, content in reader.each("SELECT sha256, bytes FROM attachment"):
        yield from differs(0, "attachment", name, hashlib.sha256(content).digest())
        kept.add(name)
    brought = set()
    for seq, names in reader.each(
        "SELECT seq, attachments FROM event WHERE attachments <> x'' ORDER BY seq"
    ):
        for start in range(0, len(names), SHA256_BYTES):
            name = names[start : start + SHA256_BYTES]
            brought.add(name)
            if name not in kept:
                yield Finding(seq, "attachment_gone", name.hex(), "-")
    for name in sorted(kept - brought):
        yield Finding(0, "attachment_foreign", "-", name.hex())
