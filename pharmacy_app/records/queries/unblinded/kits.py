"""Kits as the unblinded pharmacy sees them."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.ids import DoseId, KitNumber, KitTypeCode, PositionId, ShipmentId
from pharmacy_app.domain.kits import ON_SHELF, Disposal, Kit, KitState
from pharmacy_app.domain.signing import moment, stamp
from pharmacy_app.records.reading import Reader

# Since when its time out of storage runs: taken out for a dose, or received and in no place since.
_SHELF = ", ".join(f"'{state}'" for state in sorted(ON_SHELF))
_OUT_SINCE = (
    "CASE WHEN state = 'out_of_storage' THEN out_since"  # noqa: S608 - constants
    f" WHEN position IS NULL AND state IN ({_SHELF})"
    " THEN coalesce((SELECT max(until) FROM kit_place p WHERE p.kit_number = kit.kit_number),"
    " (SELECT examined_at FROM examined_kit e"
    " WHERE e.shipment_id = kit.shipment_id AND e.kit_number = kit.kit_number)) END"
)
COLUMNS = (
    "kit_number, kit_type, lot, blinded_lot, expiry, state, shipment_id, position, dose_id,"
    f" because, seconds_out, pool, disposal, {_OUT_SINCE}"
)

_BY_NUMBER = f"SELECT {COLUMNS} FROM kit WHERE kit_number = ?"  # noqa: S608 - constants
_CANDIDATES = (
    f"SELECT {COLUMNS} FROM kit WHERE state = 'available' AND kit_type = ? AND expiry > ?"  # noqa: S608 - constants
    " AND disposal = '' AND pool = ? AND position IS NOT NULL AND seconds_out <= ? ORDER BY expiry, kit_number"
)
_IN_BOX = f"SELECT {COLUMNS} FROM kit WHERE position >= ? AND position < ? ORDER BY position"  # noqa: S608 - constants
_OF_SHIPMENT = f"SELECT {COLUMNS} FROM kit WHERE shipment_id = ? ORDER BY kit_number"  # noqa: S608 - constants

LOTS = "SELECT DISTINCT lot FROM kit_tally ORDER BY lot"


@dataclass(frozen=True, slots=True)
class KitFilter:
    """What a list of kits is narrowed to; None where it is not."""

    state: KitState | None = None
    kit_type: KitTypeCode | None = None
    lot: str | None = None
    expires_before: datetime | None = None
    text: str = ""


def kit(reader: Reader, number: str) -> Kit | None:
    """Return a kit, or None if no package named it."""
    row = reader.one(_BY_NUMBER, (number,))
    return None if row is None else kit_of_row(row)


def candidates(
    reader: Reader, kit_type: KitTypeCode, now: datetime, max_seconds_out: int, pool: str = ""
) -> list[Kit]:
    """Return the kits that might be given now, first expiry first; the usability rule decides."""
    rows = reader.rows(_CANDIDATES, (kit_type, stamp(now), pool, max_seconds_out))
    return [kit_of_row(row) for row in rows]


def in_the_way(
    reader: Reader, kit_type: KitTypeCode, now: datetime, pool: str = ""
) -> dict[str, int]:
    """Return how many kits of a type on the shelf cannot be given, by what stands in their way."""
    row = reader.one(
        "SELECT coalesce(sum(state IN ('pre_quarantined', 'quarantined')), 0),"
        " coalesce(sum(state = 'available' AND expiry <= ?1), 0),"
        " coalesce(sum(state = 'available' AND expiry > ?1 AND position IS NULL), 0),"
        " coalesce(sum(state = 'assigned'), 0), coalesce(sum(state = 'expected'), 0)"
        " FROM kit WHERE kit_type = ?2 AND pool = ?3",
        (stamp(now), kit_type, pool),
    )
    names = ("quarantined", "expired", "unstowed", "assigned", "expected")
    return dict(zip(names, row or (0,) * len(names), strict=True))


def in_box(reader: Reader, box: str) -> list[Kit]:
    """Return the kits of one box, such as ``T1-R3-B02``, by position."""
    return [kit_of_row(row) for row in reader.rows(_IN_BOX, (f"{box}-", f"{box}."))]


def of_shipment(reader: Reader, shipment: ShipmentId) -> list[Kit]:
    """Return the kits that a shipment's advice lists, by number."""
    return [kit_of_row(row) for row in reader.rows(_OF_SHIPMENT, (shipment,))]


def page(
    reader: Reader, wanted: KitFilter, after: tuple[datetime, str] | None, limit: int
) -> list[Kit]:
    """Return up to ``limit`` kits after a key, by expiry and number; the key is those two."""
    conditions, values = narrowed(wanted)
    if after is not None:
        conditions.append("(expiry, kit_number) > (?, ?)")
        values += [stamp(after[0]), after[1]]
    where = " AND ".join(conditions) or "1"
    rows = reader.rows(
        f"SELECT {COLUMNS} FROM kit WHERE {where} ORDER BY expiry, kit_number LIMIT ?",  # noqa: S608 - constants
        [*values, limit],
    )
    return [kit_of_row(row) for row in rows]


def count(reader: Reader, wanted: KitFilter) -> int:
    """Return how many kits a filter leaves."""
    conditions, values = narrowed(wanted)
    where = " AND ".join(conditions) or "1"
    counted = "count(*) FROM kit WHERE 1"
    if not wanted.text.strip():
        counted = "coalesce(sum(number), 0) FROM kit_tally WHERE 1"
    row = reader.one(f"SELECT {counted} AND {where}", values)
    return 0 if row is None else int(row[0])


def narrowed(wanted: KitFilter) -> tuple[list[str], list[str]]:
    """Return the conditions of a filter on rows of kits, and their values."""
    pairs = (
        ("state = ?", wanted.state),
        ("kit_type = ?", wanted.kit_type),
        ("lot = ?", wanted.lot),
        ("expiry < ?", None if wanted.expires_before is None else stamp(wanted.expires_before)),
        ("instr(kit_number, ?) > 0", wanted.text.strip().upper() or None),
    )
    kept = [(condition, value) for condition, value in pairs if value is not None]
    return [condition for condition, _ in kept], [str(value) for _, value in kept]


def states(reader: Reader) -> dict[KitState, int]:
    """Return how many kits are in each state, without those only expected."""
    rows = reader.rows(
        "SELECT state, sum(number) FROM kit_tally WHERE state <> 'expected' AND number > 0"
        " GROUP BY state"
    )
    return {KitState(state): number for state, number in rows}


def lots(reader: Reader) -> list[str]:
    """Return every real lot that a kit of the site has."""
    return [row[0] for row in reader.rows(LOTS)]


def taken_positions(reader: Reader, box: str) -> set[str]:
    """Return the positions of a box that hold a kit."""
    return {str(found.position) for found in in_box(reader, box)}


def kit_of_row(row: tuple[object, ...]) -> Kit:
    """Return the kit of a row of `COLUMNS`."""
    number, kit_type, lot, blinded_lot, expiry, state, shipment, *rest = row
    position, dose, because, out, pool, disposal, since = rest
    return Kit(
        kit_number=KitNumber(str(number)),
        kit_type=KitTypeCode(str(kit_type)),
        lot=str(lot),
        blinded_lot=str(blinded_lot),
        expiry=moment(str(expiry)),
        state=KitState(str(state)),
        shipment_id=ShipmentId(str(shipment)),
        position=None if position is None else PositionId(str(position)),
        dose_id=None if dose is None else DoseId(str(dose)),
        because=str(because),
        seconds_out=int(str(out)),
        pool=str(pool),
        disposal=Disposal(str(disposal)),
        out_since=None if since is None else moment(str(since)),
    )
