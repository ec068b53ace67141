"""The accountability log: every movement of a kit type, and the balance on the shelf."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.domain.ids import DoseId, KitNumber, KitTypeCode, SubjectId
from pharmacy_app.domain.kits import ON_SHELF
from pharmacy_app.domain.signing import moment
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


def movements(reader: Reader, kit_type: KitTypeCode) -> list[Movement]:
    """Return the log of one kit type, oldest first, each line with the balance after it."""
    rows = reader.rows(
        "SELECT m.seq, m.kit_number, m.kit_type, m.lot, m.kind, m.quantity, m.subject_id,"
        " m.dose_id, coalesce(p.printed_name, m.actor), m.at,"
        " sum(m.quantity) OVER (ORDER BY m.seq, m.kit_number)"
        " FROM movement m LEFT JOIN person p ON p.person_id = m.actor"
        " WHERE m.kit_type = ? ORDER BY m.seq, m.kit_number",
        (kit_type,),
    )
    return [
        Movement(
            seq,
            KitNumber(kit),
            KitTypeCode(type_),
            lot,
            kind,
            quantity,
            None if subject is None else SubjectId(subject),
            None if dose is None else DoseId(dose),
            actor,
            moment(at),
            balance,
        )
        for seq, kit, type_, lot, kind, quantity, subject, dose, actor, at, balance in rows
    ]


def on_shelf(reader: Reader, kit_type: KitTypeCode) -> int:
    """Return how many kits of a type the shelf holds, counted from the kits themselves."""
    states = sorted(ON_SHELF)
    places = ", ".join("?" * len(states))
    row = reader.one(
        f"SELECT count(*) FROM kit WHERE kit_type = ? AND state IN ({places})",  # noqa: S608 - constants
        (kit_type, *states),
    )
    return 0 if row is None else int(row[0])
