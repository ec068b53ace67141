"""Time out of storage: what counts, what it sums to, and what is left of it.

It counts from the moment a kit is taken from its shipper until it is put away, for every move from
place to place, and for every pick that was abandoned: taken out for a dose and put back unopened.
What is booked is summed; a kit that is out now counts on (`Kit.seconds_out_until`), and
`pharmacy_app.domain.kits.unusable` says no once the budget of its type is spent. From the thaw on the
dose's own clocks run.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.events.stock import KitStowed
from pharmacy_app.domain.events.storage import KitPutBack


class Spell(StrEnum):
    """Why a kit was out of storage."""

    RECEIPT = "receipt"
    MOVE = "move"
    ABANDONED_PICK = "abandoned_pick"


@dataclass(frozen=True, slots=True)
class TimeOut:
    """One time that a kit was out of storage, in whole seconds; ``until`` is when it was put away."""

    spell: Spell
    seconds: int
    until: datetime


def times_out(story: Iterable[Recorded]) -> list[TimeOut]:
    """Return every time that a kit was out and is over, from its own events, oldest first."""
    found: list[TimeOut] = []
    for recorded in story:
        match recorded.event:
            case KitPutBack() as back:
                spell, seconds = Spell.ABANDONED_PICK, back.seconds_out
            case KitStowed() as stowed:
                spell = Spell.MOVE if found else Spell.RECEIPT
                seconds = stowed.seconds_out
            case _:
                continue
        found.append(TimeOut(spell, seconds, recorded.occurred_at))
    return found
