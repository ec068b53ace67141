"""Lots: their kits, papers, recalls and later expiries."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.signing import moment
from pharmacy_app.records.queries.unblinded.kits import COLUMNS, kit_of_row
from pharmacy_app.records.reading import Reader


@dataclass(frozen=True, slots=True)
class LotPaper:
    """A certificate, or a late result; ``passed`` is None for a certificate."""

    kind: str
    title: str
    passed: bool | None
    reference: str
    sha256: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Recall:
    """A recall, and when it was withdrawn if it was."""

    lot: str
    reference: str
    because: str
    recalled_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Extension:
    """A later expiry of a blinded lot: ``open`` until its labels are on, then ``applied``."""

    extension_id: str
    blinded_lot: str
    expiry: datetime
    reference: str
    state: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class LotLine:
    """One lot of the site: how many kits of it there are, how many on the shelf, its last expiry."""

    lot: str
    blinded_lot: str
    kit_type: str
    kits: int
    on_shelf: int
    expiry: datetime
    recalled: bool


_EXTENSIONS = (
    "SELECT extension_id, blinded_lot, expiry, reference, state, opened_at FROM expiry_extension"
)


def lots(reader: Reader) -> list[LotLine]:
    """Return every lot with the blinded lots its kits carry, by lot."""
    rows = reader.rows(
        "SELECT k.lot, k.blinded_lot, min(k.kit_type), count(*),"
        " sum(k.state IN ('available', 'pre_quarantined', 'quarantined', 'rejected', 'damaged',"
        " 'assigned', 'recalled', 'reserve')), max(k.expiry),"
        " EXISTS (SELECT 1 FROM recalled_lot r WHERE r.lot = k.lot AND r.withdrawn_at IS NULL)"
        " FROM kit k GROUP BY k.lot, k.blinded_lot ORDER BY k.lot, k.blinded_lot"
    )
    return [
        LotLine(lot, blinded, kit_type, kits, shelf, moment(expiry), bool(recalled))
        for lot, blinded, kit_type, kits, shelf, expiry, recalled in rows
    ]


def kits_of_lot(reader: Reader, lot: str) -> list[Kit]:
    """Return the kits of a real lot, by number."""
    return _kits(reader, "lot", lot)


def kits_of_blinded_lot(reader: Reader, lot: str) -> list[Kit]:
    """Return the kits of a blinded lot, by number."""
    return _kits(reader, "blinded_lot", lot)


def _kits(reader: Reader, column: str, lot: str) -> list[Kit]:
    rows = reader.rows(
        f"SELECT {COLUMNS} FROM kit WHERE {column} = ? ORDER BY kit_number",  # noqa: S608 - constants
        (lot,),
    )
    return [kit_of_row(row) for row in rows]


def papers(reader: Reader, lot: str) -> list[LotPaper]:
    """Return a lot's certificates and results, oldest first."""
    rows = reader.rows(
        "SELECT kind, title, passed, reference, sha256, at FROM lot_paper WHERE lot = ?"
        " ORDER BY seq",
        (lot,),
    )
    return [
        LotPaper(kind, title, None if passed is None else bool(passed), ref, sha, moment(at))
        for kind, title, passed, ref, sha, at in rows
    ]


def recall(reader: Reader, lot: str) -> Recall | None:
    """Return a lot's recall, whether it stands or was withdrawn, or None."""
    row = reader.one(
        "SELECT lot, reference, because, recalled_at, withdrawn_at FROM recalled_lot WHERE lot = ?",
        (lot,),
    )
    if row is None:
        return None
    known, reference, because, at, withdrawn = row
    return Recall(
        known, reference, because, moment(at), None if withdrawn is None else moment(withdrawn)
    )


def recalled_lots(reader: Reader) -> frozenset[str]:
    """Return the lots whose recall stands."""
    return frozenset(
        row[0] for row in reader.rows("SELECT lot FROM recalled_lot WHERE withdrawn_at IS NULL")
    )


def extensions(reader: Reader, blinded_lot: str) -> list[Extension]:
    """Return a blinded lot's extensions, oldest first."""
    rows = reader.rows(
        _EXTENSIONS + " WHERE blinded_lot = ? ORDER BY opened_at, extension_id", (blinded_lot,)
    )
    return [_extension(row) for row in rows]


def extension(reader: Reader, extension_id: str) -> Extension | None:
    """Return an extension, or None."""
    row = reader.one(_EXTENSIONS + " WHERE extension_id = ?", (extension_id,))
    return None if row is None else _extension(row)


def open_extensions(reader: Reader) -> list[Extension]:
    """Return the extensions whose labels are not on yet, oldest first."""
    rows = reader.rows(_EXTENSIONS + " WHERE state = 'open' ORDER BY opened_at, extension_id")
    return [_extension(row) for row in rows]


def _extension(row: tuple[object, ...]) -> Extension:
    extension_id, lot, expiry, reference, state, opened = map(str, row)
    return Extension(extension_id, lot, moment(expiry), reference, state, moment(opened))
