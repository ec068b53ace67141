"""Stock counts. Only `counted` and `differences` tell what the record expects: not while scanning."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.counting import CountedBox, CountState, Seen
from pharmacy_app.domain.events.counting import CountDifference, DifferenceKind, Outcome, RootCause
from pharmacy_app.domain.ids import KitNumber, PersonId, PositionId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.signing import moment
from pharmacy_app.records.reading import Reader

_COUNT = "SELECT count_id, scope, state, round, opened_by, opened_at, closed_at FROM stock_count"
_OPEN = _COUNT + " WHERE state IN ('counting', 'recount', 'resolving') ORDER BY opened_at LIMIT 1"
_BOXES = (
    "SELECT box, counted_by, begun_at, done_at FROM counted_box WHERE count_id = ? AND round = ?"
    " ORDER BY place"
)
_OPEN_BOX = (
    "SELECT box, counted_by, begun_at, done_at FROM counted_box WHERE count_id = ? AND round = ?"
    " AND counted_by = ? AND begun_at IS NOT NULL AND done_at IS NULL LIMIT 1"
)
_SCANS = (
    "SELECT kit_number, box, position, state, recorded FROM counted_kit"
    " WHERE count_id = ? AND round = ?"
)
_LATEST = (
    "SELECT box, max(round) FROM counted_box WHERE count_id = ? AND done_at IS NOT NULL"
    " GROUP BY box ORDER BY min(place)"
)
# From box to box by the index of positions: as many steps as boxes hold kits, not as kits.
_OLDEST = """
WITH RECURSIVE held (box) AS (
    SELECT rtrim(min(position), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') FROM kit
        WHERE position IS NOT NULL
    UNION ALL
    SELECT (SELECT rtrim(min(position), 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') FROM kit
        WHERE position > rtrim(held.box, '-') || '.')
    FROM held WHERE held.box IS NOT NULL
)
SELECT rtrim(box, '-'), coalesce(
    (SELECT max(b.done_at) FROM counted_box b JOIN stock_count c USING (count_id)
        WHERE b.box = rtrim(held.box, '-') AND c.state = 'done'),
    (SELECT min(since) FROM kit_place WHERE until IS NULL
        AND position >= held.box AND position < rtrim(held.box, '-') || '.'))
FROM held WHERE box IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Count:
    """One stock count; an empty ``scope`` is everything."""

    count_id: str
    scope: str
    state: CountState
    round: int
    opened_by: PersonId
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class BoxLine:
    """One box of a round, who counts it, since when, and when it was done."""

    box: str
    counted_by: PersonId | None
    begun_at: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A difference, and what became of it so far."""

    difference: CountDifference
    outcome: Outcome | None
    cause: RootCause | None
    remarks: str
    resolved_by: PersonId | None
    resolved_at: datetime | None


def count(reader: Reader, count_id: str) -> Count | None:
    """Return one count, or None."""
    row = reader.one(_COUNT + " WHERE count_id = ?", (count_id,))
    return None if row is None else _count(row)


def open_count(reader: Reader) -> Count | None:
    """Return the count that is not over yet, or None."""
    row = reader.one(_OPEN)
    return None if row is None else _count(row)


def counts(reader: Reader) -> list[Count]:
    """Return every count, newest first."""
    rows = reader.rows(_COUNT + " ORDER BY opened_at DESC, count_id")
    return [_count(row) for row in rows]


def boxes(reader: Reader, count_id: str, number: int) -> list[BoxLine]:
    """Return the boxes of one round, in their order."""
    return [_box(row) for row in reader.rows(_BOXES, (count_id, number))]


def scans(reader: Reader, count_id: str, number: int, box: str) -> list[Seen]:
    """Return what was scanned in one box in one round, in the order of the scans."""
    rows = reader.rows(_SCANS + " AND box = ? ORDER BY seq", (count_id, number, box))
    return [_seen(row) for row in rows]


def scans_of(reader: Reader, count_id: str, number: int, kit: str) -> list[Seen]:
    """Return what was scanned of one kit in one round, in the order of the scans."""
    rows = reader.rows(_SCANS + " AND kit_number = ? ORDER BY seq", (count_id, number, kit))
    return [_seen(row) for row in rows]


def open_box(reader: Reader, count_id: str, number: int, person: PersonId) -> BoxLine | None:
    """Return the box that somebody has open in one round, or None."""
    row = reader.one(_OPEN_BOX, (count_id, number, person))
    return None if row is None else _box(row)


def counted(reader: Reader, count_id: str) -> list[CountedBox]:
    """Return every box as it was last counted, with what the record had in it all the while."""
    return [
        CountedBox(
            box,
            {
                KitNumber(kit): None if place is None else PositionId(place)
                for kit, place in reader.rows(
                    "SELECT kit_number, recorded FROM due_kit"
                    " WHERE count_id = ? AND round = ? AND box = ?",
                    (count_id, number, box),
                )
            },
            tuple(scans(reader, count_id, number, box)),
        )
        for box, number in reader.rows(_LATEST, (count_id,))
    ]


def differences(reader: Reader, count_id: str) -> list[DifferenceLine]:
    """Return what differed when the count was last closed, by kit number."""
    rows = reader.rows(
        "SELECT kind, kit_number, recorded, found, pair, outcome, cause, remarks, resolved_by,"
        " resolved_at FROM count_difference WHERE count_id = ? ORDER BY kit_number",
        (count_id,),
    )
    return [
        DifferenceLine(
            CountDifference(
                kind=DifferenceKind(kind),
                kit_number=KitNumber(kit),
                recorded=recorded,
                found=tuple(found.split()),
                pair=pair,
            ),
            None if outcome is None else Outcome(outcome),
            None if cause is None else RootCause(cause),
            remarks,
            None if by is None else PersonId(by),
            _moment(at),
        )
        for kind, kit, recorded, found, pair, outcome, cause, remarks, by, at in rows
    ]


def first_movement(reader: Reader) -> datetime | None:
    """Return when the first kit came, or None before one did."""
    row = reader.one("SELECT min(at) FROM movement")
    return None if row is None else _moment(row[0])


def uncounted_since(reader: Reader) -> dict[str, datetime]:
    """Return for each box with a kit when it was last counted, or its oldest kit was put there."""
    return {box: moment(at) for box, at in reader.rows(_OLDEST) if at is not None}


def _count(row: tuple[object, ...]) -> Count:
    count_id, scope, state, number, by, opened, closed = row
    return Count(
        str(count_id),
        str(scope),
        CountState(str(state)),
        int(str(number)),
        PersonId(str(by)),
        moment(str(opened)),
        _moment(closed),
    )


def _box(row: tuple[object, ...]) -> BoxLine:
    box, by, begun, done = row
    return BoxLine(
        str(box), None if by is None else PersonId(str(by)), _moment(begun), _moment(done)
    )


def _seen(row: tuple[object, ...]) -> Seen:
    kit, box, position, state, recorded = row
    return Seen(
        KitNumber(str(kit)),
        str(box),
        None if position is None else PositionId(str(position)),
        None if state is None else KitState(str(state)),
        None if recorded is None else PositionId(str(recorded)),
    )


def _moment(at: object) -> datetime | None:
    return None if at is None else moment(str(at))
