"""Rolls of labels loaded and counted, and what became of every copy that was numbered."""

from datetime import timedelta

from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.label import RollClosed, RollLoaded
from pharmacy_app.domain.label_account import LabelAccount, account_of, unexplained
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import labels as queries
from pharmacy_app.records.queries.unblinded.labels import LabelLine, Roll
from pharmacy_app.workflows.pharmacy import Pharmacy

DIFFERS = "label.roll_differs"
MOST_LABELS = 100_000
SETTLED_WITHIN = timedelta(minutes=30)
"""A copy that waits longer for an answer is an alarm."""


def account(pharmacy: Pharmacy) -> LabelAccount:
    """Return what became of every copy of the site: printed = applied + spoiled + void + remaining."""
    return account_of(line.fate for line in queries.lines(pharmacy.reader))


def overdue(pharmacy: Pharmacy) -> list[LabelLine]:
    """Return the copies of which nobody has said for too long what became of them, oldest first."""
    before = pharmacy.now() - SETTLED_WITHIN
    return [line for line in queries.unsettled(pharmacy.reader) if line.since <= before]


def load_roll(pharmacy: Pharmacy, printer: str, labels: int, *, op_id: str = "") -> Appended:
    """Record that a roll of so many labels is in a printer from now on.

    Raises Refused ``label.roll_loaded`` while another one is, ``label.empty_roll``.
    """
    there = [r for r in queries.rolls(pharmacy.reader, only_open=True) if r.printer == printer]
    refuse(
        *(violation("label.roll_loaded", r.roll_id, printer=printer) for r in there),
        None if 0 < labels <= MOST_LABELS else violation("label.empty_roll", "", found=labels),
    )
    event = RollLoaded(roll_id=f"R-{pharmacy.chance.code(6)}", printer=printer, labels=labels)
    return pharmacy.record(Task.LABEL, event, op_id=op_id)


def close_roll(
    pharmacy: Pharmacy,
    roll_id: str,
    *,
    remaining: int,
    lost: int,
    because: str = "",
    op_id: str = "",
) -> Appended:
    """Record how many labels of a roll are left and how many were lost blank (jams, feeding).

    A difference needs a reason and is a deviation. Raises Refused ``label.no_roll``,
    ``label.roll_differs``.
    """
    found = _open_roll(pharmacy, roll_id)
    counted = found.account(remaining, lost)
    refuse(unexplained(roll_id, counted, because))
    closed = RollClosed(roll_id=roll_id, remaining=remaining, lost=lost, because=because.strip())
    events: list[Event] = [closed]
    if counted.difference:
        events.append(pharmacy.deviation(f"roll/{roll_id}", DIFFERS))
    return pharmacy.record(Task.LABEL, *events, op_id=op_id)


def _open_roll(pharmacy: Pharmacy, roll_id: str) -> Roll:
    found = queries.roll(pharmacy.reader, roll_id)
    if found is None or found.closed_at is not None:
        raise Refused([violation("label.no_roll", roll_id)])
    return found
