"""The accountability log: every movement of kits, and the balance on the shelf at any moment."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.accountability import KitAccount
from pharmacy_app.domain.ids import DoseId, KitNumber, KitTypeCode, ShipmentId, SubjectId
from pharmacy_app.domain.kits import ON_SHELF, Disposal, KitState
from pharmacy_app.domain.signing import moment, stamp
from pharmacy_app.records.reading import Reader


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the log. ``quantity`` is the change on the shelf: 1, 0 or -1."""

    seq: int
    kit_number: KitNumber
    kit_type: KitTypeCode
    lot: str
    kind: str
    quantity: int
    subject_id: SubjectId | None
    dose_id: DoseId | None
    actor_name: str
    at: datetime
    balance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose movements are meant: of a kit type, a lot, a subject; of the whole site if of none.

    ``until`` is the moment (UTC) as of which the account is told, None for now.
    """

    kit_type: KitTypeCode | None = None
    lot: str | None = None
    subject: SubjectId | None = None
    until: datetime | None = None


_COLUMNS = (
    "m.seq, m.kit_number, m.kit_type, m.lot, m.kind, m.quantity, m.subject_id, m.dose_id,"
    " coalesce(p.printed_name, m.actor), m.at"
)
_STOWED = (
    "SELECT f.seq, k.kit_number, k.kit_type, k.lot, 'stowed', 0, NULL, NULL,"
    " coalesce(p.printed_name, e.actor), f.since"
    " FROM kit_place f JOIN kit k USING (kit_number) JOIN event e ON e.seq = f.seq"
    " LEFT JOIN person p ON p.person_id = e.actor"
    " WHERE f.seq = (SELECT min(g.seq) FROM kit_place g WHERE g.kit_number = f.kit_number)"
)


def movements(reader: Reader, kit_type: KitTypeCode) -> list[Movement]:
    """Return the log of one kit type, oldest first, each line with the balance after it."""
    return movements_of(reader, Scope(kit_type=kit_type))


def movements_of(reader: Reader, scope: Scope) -> list[Movement]:
    """Return a log, oldest first, each line with the balance of what is in scope after it."""
    where, values = _narrowed(scope, "m")
    rows = reader.rows(
        f"SELECT {_COLUMNS}, sum(m.quantity) OVER (ORDER BY m.seq, m.kit_number)"  # noqa: S608 - constants
        " FROM movement m LEFT JOIN person p ON p.person_id = m.actor"
        f" WHERE {where} ORDER BY m.seq, m.kit_number",
        values,
    )
    return [_movement(row) for row in rows]


def stowed(reader: Reader, scope: Scope) -> list[Movement]:
    """Return when each kit in scope was first put away, and by whom; the balance is not told (0).

    A subject's kits have left the shelf: of a subject there are none.
    """
    if scope.subject is not None:
        return []
    narrowed = [
        ("k.kit_type = ?", scope.kit_type),
        ("k.lot = ?", scope.lot),
        ("f.since <= ?", None if scope.until is None else stamp(scope.until)),
    ]
    kept = [(condition, value) for condition, value in narrowed if value is not None]
    where = "".join(f" AND {condition}" for condition, _ in kept)
    rows = reader.rows(f"{_STOWED}{where} ORDER BY f.seq", [str(value) for _, value in kept])
    return [_movement((*row, 0)) for row in rows]


def balance(reader: Reader, scope: Scope) -> int:
    """Return the balance of what is in scope, as of the moment asked for."""
    where, values = _narrowed(scope, "m")
    row = reader.one(
        f"SELECT coalesce(sum(m.quantity), 0) FROM movement m WHERE {where}",  # noqa: S608 - constants
        values,
    )
    return 0 if row is None else int(row[0])


def on_shelf(reader: Reader, kit_type: KitTypeCode) -> int:
    """Return how many kits of a type the shelf holds, counted from the kits themselves."""
    return shelf_of(reader, Scope(kit_type=kit_type))


def shelf_of(reader: Reader, scope: Scope) -> int:
    """Return how many kits in scope the shelf holds now, counted from the kits themselves."""
    states = sorted(ON_SHELF)
    places = ", ".join("?" * len(states))
    narrowed = (("kit_type", scope.kit_type), ("lot", scope.lot))
    kept = [(column, value) for column, value in narrowed if value is not None]
    where = "".join(f" AND {column} = ?" for column, _ in kept)
    row = reader.one(
        f"SELECT count(*) FROM kit WHERE state IN ({places}){where}",  # noqa: S608 - constants
        (*states, *(value for _, value in kept)),
    )
    return 0 if row is None else int(row[0])


def kit_accounts(reader: Reader) -> list[KitAccount]:
    """Return every kit of the site with what the log says of it, by number."""
    rows = reader.rows(
        "SELECT k.kit_number, k.kit_type, k.lot, k.shipment_id, k.state, k.disposal, d.subject_id,"
        " k.dose_id, coalesce(m.entered, 0), coalesce(m.book, 0), coalesce(x.because, '')"
        " FROM kit k LEFT JOIN dose d USING (dose_id)"
        " LEFT JOIN (SELECT kit_number, max(quantity = 1) AS entered, sum(quantity) AS book"
        "  FROM movement GROUP BY kit_number) m ON m.kit_number = k.kit_number"
        " LEFT JOIN explained_kit x ON x.kit_number = k.kit_number"
        " ORDER BY k.kit_number"
    )
    return [_account(row) for row in rows]


def _narrowed(scope: Scope, table: str) -> tuple[str, list[str]]:
    pairs = (
        (f"{table}.kit_type = ?", scope.kit_type),
        (f"{table}.lot = ?", scope.lot),
        (f"{table}.subject_id = ?", scope.subject),
        (f"{table}.at <= ?", None if scope.until is None else stamp(scope.until)),
    )
    kept = [(condition, str(value)) for condition, value in pairs if value is not None]
    return " AND ".join(c for c, _ in kept) or "1", [value for _, value in kept]


def _movement(row: tuple[object, ...]) -> Movement:
    seq, kit, kit_type, lot, kind, quantity, subject, dose, actor, at, balance_ = row
    return Movement(
        int(str(seq)),
        KitNumber(str(kit)),
        KitTypeCode(str(kit_type)),
        str(lot),
        str(kind),
        int(str(quantity)),
        None if subject is None else SubjectId(str(subject)),
        None if dose is None else DoseId(str(dose)),
        str(actor),
        moment(str(at)),
        int(str(balance_)),
    )


def _account(row: tuple[object, ...]) -> KitAccount:
    number, kit_type, lot, shipment, state, disposal, subject, dose, entered, book, why = row
    return KitAccount(
        kit_number=KitNumber(str(number)),
        kit_type=KitTypeCode(str(kit_type)),
        lot=str(lot),
        shipment_id=ShipmentId(str(shipment)),
        state=KitState(str(state)),
        disposal=Disposal(str(disposal)),
        subject=None if subject is None else SubjectId(str(subject)),
        dose_id=None if dose is None else DoseId(str(dose)),
        entered=bool(entered),
        book=int(str(book)),
        explained=str(why),
    )
