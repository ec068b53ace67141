"""Excursions: cases, the kits that were there, and what was decided on each."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.events.excursion import Cause
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.signing import moment, stamp
from pharmacy_app.records.queries.unblinded.kits import COLUMNS, kit_of_row
from pharmacy_app.records.reading import Reader

WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Case:
    """One excursion; ``waiting`` of its ``kits`` have no decision yet."""

    case_id: str
    cause: Cause
    record: str
    began: datetime
    ended: datetime
    because: str
    opened_at: datetime
    closed_at: datetime | None
    kits: int
    waiting: int


@dataclass(frozen=True, slots=True)
class CaseKit:
    """A kit of a case: its state when the case was opened, and ``touched``, ``waiting`` or decided."""

    kit: Kit
    then: KitState
    verdict: str


@dataclass(frozen=True, slots=True)
class Stay:
    """A kit that lay in a unit, from when until when (None: still)."""

    kit: Kit
    position: str
    since: datetime
    until: datetime | None


_CASES = (
    "SELECT e.case_id, e.cause, e.record, e.began, e.ended, e.because, e.opened_at, e.closed_at,"
    " (SELECT count(*) FROM excursion_kit k WHERE k.case_id = e.case_id),"
    " (SELECT count(*) FROM excursion_kit k WHERE k.case_id = e.case_id AND verdict = 'waiting')"
    " FROM excursion e"
)
_KITS = f"(SELECT {COLUMNS} FROM kit)"  # noqa: S608 - constants


def cases(reader: Reader) -> list[Case]:
    """Return every case, open ones first, each sort newest first."""
    order = " ORDER BY e.closed_at IS NOT NULL, e.opened_at DESC, e.case_id"
    return [_case(row) for row in reader.rows(_CASES + order)]


def case(reader: Reader, case_id: str) -> Case | None:
    """Return a case, or None."""
    row = reader.one(_CASES + " WHERE e.case_id = ?", (case_id,))
    return None if row is None else _case(row)


def kits_of(reader: Reader, case_id: str) -> list[CaseKit]:
    """Return the kits of a case by number."""
    rows = reader.rows(
        f"SELECT k.*, e.state, e.verdict FROM excursion_kit e JOIN {_KITS} k"  # noqa: S608 - constants
        " ON k.kit_number = e.kit_number"
        " WHERE e.case_id = ? ORDER BY e.kit_number",
        (case_id,),
    )
    return [CaseKit(kit_of_row(row[:-2]), KitState(row[-2]), row[-1]) for row in rows]


def cases_of(reader: Reader, kit: KitNumber) -> list[str]:
    """Return the cases that a kit was in, oldest first."""
    rows = reader.rows(
        "SELECT case_id FROM excursion_kit JOIN excursion USING (case_id) WHERE kit_number = ?"
        " ORDER BY opened_at, case_id",
        (kit,),
    )
    return [str(row[0]) for row in rows]


def stays(
    reader: Reader, unit: str, began: datetime, ended: datetime, within: str = ""
) -> list[Stay]:
    """Return who lay in a unit at any moment of a time (UTC, both ends in it), by kit and time.

    ``within`` narrows it to the positions that begin with it, such as ``T1-R3``.
    """
    rows = reader.rows(
        f"SELECT k.*, p.position, p.since, p.until FROM kit_place p JOIN {_KITS} k"  # noqa: S608 - constants
        " ON k.kit_number = p.kit_number"
        " WHERE p.unit = ? AND p.since <= ? AND (p.until IS NULL OR p.until >= ?)"
        " AND (?4 = '' OR p.position = ?4 OR substr(p.position, 1, length(?4) + 1) = ?4 || '-')"
        " ORDER BY p.kit_number, p.seq",
        (unit, stamp(ended), stamp(began), within),
    )
    return [
        Stay(
            kit_of_row(row[:-3]),
            str(row[-3]),
            moment(row[-2]),
            None if row[-1] is None else moment(row[-1]),
        )
        for row in rows
    ]


def _case(row: tuple[object, ...]) -> Case:
    case_id, cause, record, began, ended, because, opened, closed, kits, waiting = row
    return Case(
        case_id=str(case_id),
        cause=Cause(str(cause)),
        record=str(record),
        began=moment(str(began)),
        ended=moment(str(ended)),
        because=str(because),
        opened_at=moment(str(opened)),
        closed_at=None if closed is None else moment(str(closed)),
        kits=int(str(kits)),
        waiting=int(str(waiting)),
    )
