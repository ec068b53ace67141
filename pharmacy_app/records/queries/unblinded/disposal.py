"""Lists of kits that leave the site, and the kits that wait to be on one."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.disposal import DisposalList, ListedKit, ListState
from pharmacy_app.domain.events.disposal import Way
from pharmacy_app.domain.ids import DisposalId, DoseId, KitNumber, SiteCode, SubjectId, VisitCode
from pharmacy_app.domain.kits import Disposal, Kit
from pharmacy_app.domain.signing import moment, stamp
from pharmacy_app.records.queries.unblinded.kits import COLUMNS, kit_of_row
from pharmacy_app.records.reading import Reader

_LISTS = (
    "SELECT l.list_id, l.way, l.to_site, l.state, l.because, l.reference, l.opened_at, l.closed_at,"
    " (SELECT count(*) FROM disposal_kit d WHERE d.list_id = l.list_id AND d.struck = 0)"
    " FROM disposal_list l"
)
_KITS = (
    f"SELECT {COLUMNS}, before, struck FROM disposal_kit JOIN kit USING (kit_number)"  # noqa: S608 - constants
    " WHERE list_id = ? ORDER BY kit_number"
)
_TO_DISPOSE = (
    f"SELECT {COLUMNS} FROM kit WHERE disposal = 'held' OR (disposal = '' AND ("  # noqa: S608 - constants
    " state IN ('rejected', 'damaged', 'recalled', 'reserve')"
    " OR (state IN ('available', 'pre_quarantined', 'quarantined') AND expiry <= ?)))"
    " AND (dose_id IS NULL OR disposal = 'held') ORDER BY kit_number"
)
_GIVEN = (
    f"SELECT {COLUMNS}, subject_id, visit, handed_over_at FROM kit"  # noqa: S608 - constants
    " JOIN (SELECT dose_id AS given_for, subject_id, visit, handed_over_at FROM dose) d"
    " ON given_for = dose_id WHERE state IN ('infused', 'partly_infused') AND disposal = ''"
    " ORDER BY handed_over_at, kit_number"
)


@dataclass(frozen=True, slots=True)
class GivenKit:
    """A kit that was given and of which nobody has told what is left."""

    kit: Kit
    dose_id: DoseId
    subject: SubjectId
    visit: VisitCode
    handed_over_at: datetime | None


def lists(reader: Reader) -> list[DisposalList]:
    """Return every list, those that wait first, the newest of each first."""
    order = " ORDER BY l.state IN ('done', 'dropped'), l.opened_at DESC, l.list_id"
    return [_list(row) for row in reader.rows(_LISTS + order)]


def disposal_list(reader: Reader, list_id: DisposalId) -> DisposalList | None:
    """Return a list, or None if there is none of that number."""
    row = reader.one(_LISTS + " WHERE l.list_id = ?", (list_id,))
    return None if row is None else _list(row)


def kits_of(reader: Reader, list_id: DisposalId) -> list[ListedKit]:
    """Return every kit that is or was on a list, by number."""
    return [
        ListedKit(kit_of_row(row[:-2]), Disposal(row[-2]), bool(row[-1]))
        for row in reader.rows(_KITS, (list_id,))
    ]


def lists_of(reader: Reader, kit: KitNumber) -> list[DisposalId]:
    """Return the lists that a kit is or was on."""
    rows = reader.rows(
        "SELECT list_id FROM disposal_kit WHERE kit_number = ? ORDER BY list_id", (kit,)
    )
    return [DisposalId(row[0]) for row in rows]


def to_dispose(reader: Reader, now: datetime) -> list[Kit]:
    """Return the kits that may be put on a list of what is destroyed, and are on none."""
    return [kit_of_row(row) for row in reader.rows(_TO_DISPOSE, (stamp(now),))]


def given(reader: Reader) -> list[GivenKit]:
    """Return the kits of which nobody has told what is left, the longest out first."""
    rows = reader.rows(_GIVEN)
    return [_given(row) for row in rows]


def given_for(reader: Reader, dose_id: DoseId) -> Kit | None:
    """Return the kit that the subject of a dose was given, or None before the ward's report."""
    row = reader.one(
        f"SELECT {COLUMNS} FROM kit WHERE dose_id = ?"  # noqa: S608 - constants
        " ORDER BY state IN ('infused', 'partly_infused') DESC, kit_number LIMIT 1",
        (dose_id,),
    )
    return None if row is None else kit_of_row(row)


def _given(row: tuple[object, ...]) -> GivenKit:
    kit = kit_of_row(row[:-3])
    subject, visit, handed_over = row[-3:]
    return GivenKit(
        kit,
        DoseId(str(kit.dose_id)),
        SubjectId(str(subject)),
        VisitCode(str(visit)),
        None if handed_over is None else moment(str(handed_over)),
    )


def _list(row: tuple[object, ...]) -> DisposalList:
    list_id, way, to_site, state, because, reference, opened, closed, kits = row
    return DisposalList(
        list_id=DisposalId(str(list_id)),
        way=Way(str(way)),
        to_site=SiteCode(str(to_site)),
        state=ListState(str(state)),
        because=str(because),
        reference=str(reference),
        opened_at=moment(str(opened)),
        closed_at=None if closed is None else moment(str(closed)),
        kits=int(str(kits)),
    )
