"""Records found by a part of their code: kits, subjects, doses, shipments."""

from dataclasses import dataclass
from enum import StrEnum

from pharmacy_app.records.reading import Reader


class Sought(StrEnum):
    """What can be found by its code."""

    SUBJECT = "subject"
    DOSE = "dose"
    SHIPMENT = "shipment"
    KIT = "kit"


@dataclass(frozen=True, slots=True)
class Found:
    """One record: its code, the state it is in, and for a dose whose it is and for which visit."""

    kind: Sought
    record: str
    state: str = ""
    about: str = ""


_COLUMNS = {
    Sought.SUBJECT: ("subject_id", "'', ''", "subject"),
    Sought.DOSE: ("dose_id", "step, subject_id || ' · ' || visit", "dose"),
    Sought.SHIPMENT: ("shipment_id", "state, ''", "shipment"),
    Sought.KIT: ("kit_number", "state, ''", "kit"),
}
_BEGINS = "{key} >= ?1 AND {key} < ?1 || char(0x10FFFF)"
_PREFIX = {
    kind: f"SELECT {key}, {told} FROM {table} WHERE {_BEGINS.format(key=key)}"  # noqa: S608 - constants
    f" ORDER BY {key} LIMIT ?2"
    for kind, (key, told, table) in _COLUMNS.items()
}
_INSIDE = {
    kind: f"SELECT {key}, {told} FROM {table} WHERE instr(upper({key}), ?1) > 0"  # noqa: S608 - constants
    f" AND NOT ({_BEGINS.format(key=key)}) ORDER BY {key} LIMIT ?2"
    for kind, (key, told, table) in _COLUMNS.items()
}
_OF_SUBJECT = (
    f"SELECT dose_id, {_COLUMNS[Sought.DOSE][1]} FROM dose WHERE subject_id = ?1"  # noqa: S608 - constants
    " ORDER BY opened_at DESC LIMIT ?2"
)


def found(reader: Reader, kind: Sought, text: str, limit: int) -> list[Found]:
    """Return up to ``limit`` records of a kind: codes that begin with a text, then that hold it.

    A subject's whole number also finds the doses, newest first. ``text`` is in capitals.
    """
    queries = [_PREFIX[kind], _INSIDE[kind]]
    if kind is Sought.DOSE:
        queries.append(_OF_SUBJECT)
    told: list[Found] = []
    for query in queries:
        if len(told) < limit:
            rows = reader.rows(query, (text, limit - len(told)))
            told += [Found(kind, str(key), str(state), str(about)) for key, state, about in rows]
    return told
