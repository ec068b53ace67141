"""The end of the demonstration: the ledger proven from its file, every label read from its picture."""

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

import zxingcpp

from pharmacy_app.demo.desk import StoryBroken
from pharmacy_app.demo.summary import LabelLine
from pharmacy_app.domain.events.catalogue import EVENT_TYPES
from pharmacy_app.domain.label_symbol import LabelSymbol, read_symbol
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.records.driver import open_database
from pharmacy_app.records.projection import everything
from pharmacy_app.records.verify import Report, Trust, verify
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows.sessions import Machine

PNG = b"\x89PNG\r\n\x1a\n"


def prove(machine: Machine, folder: Path, credential: Credential) -> Report:
    """Return what verification with replay says of a closed vault; nothing is recorded."""
    vault = machine.vault(folder).open(credential.person_id, credential.password)
    try:
        database = open_database(vault.database_path, vault.database_key, read_only=True)
        try:
            trust = Trust(
                vault.origin, vault.station_key.public_key, vault.mark_path, vault.public_keys
            )
            return verify(database, trust, EVENT_TYPES, replay=everything.apply)
        finally:
            database.conn.close()
    finally:
        vault.close()


def decode_labels(folder: Path, labels: Sequence[LabelLine]) -> int:
    """Read every label's picture with a decoder; return how many there are.

    Raises EnvironmentProblem ``demo.label_unreadable`` for one that does not say what is recorded.
    """
    for line in labels:
        found = decoded((folder / line.file).read_bytes())
        expected = f"{line.dose} {line.copy} {line.kit} {line.protocol} {line.use_before}"
        told = [
            f"{s.dose_id} {s.copy} {s.kit} {s.protocol} {s.use_before.isoformat()}" for s in found
        ]
        if told != [expected]:
            raise EnvironmentProblem(
                "demo.label_unreadable", line.file, expected=expected, found=", ".join(told) or "-"
            )
    return len(labels)


def decoded(png: bytes) -> list[LabelSymbol]:
    """Return every label symbol that a decoder finds in a picture."""
    wide, high, pixels = _grey(png)
    view = memoryview(pixels).cast("B", shape=[high, wide])
    return [read_symbol(found.text) for found in zxingcpp.read_barcodes(view)]


def _grey(png: bytes) -> tuple[int, int, bytes]:
    """Return width, height and rows of an 8-bit grey PNG without filters, as labels are kept."""
    if not png.startswith(PNG):
        raise StoryBroken("a label's picture is no PNG")
    place, wide, high, packed = len(PNG), 0, 0, b""
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        kind, body = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            wide, high = struct.unpack_from(">II", body)
        elif kind == b"IDAT":
            packed += body
        place += length + 12
    rows = zlib.decompress(packed)
    step = wide + 1
    return wide, high, b"".join(rows[r + 1 : r + step] for r in range(0, step * high, step))
