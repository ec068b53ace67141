"""What the pharmacy promises the ward of its stock, and takes back."""

from datetime import date

from msgspec import Struct

from pharmacy_app.domain.events.envelope import Event

ABOUT = "paper/promise"
"""The record of what was promised."""
PRINTED = "readiness"
"""What a printed paper of readiness is about."""


class Cover(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many doses out of one pool; an empty one is the common pool."""

    pool: str
    doses: int


class ReadinessEvent(Event, frozen=True, kw_only=True):
    """Something said to the ward of the stock as a whole."""

    @property
    def about(self) -> str:
        """Return the one record of what was promised."""
        return ABOUT


class ReadinessPromised(ReadinessEvent, frozen=True, kw_only=True, tag="readiness.promised.1"):
    """Up to a day's end there are so many doses for every subject, whichever arm each is in."""

    until: date
    covers: tuple[Cover, ...]


class ReadinessWithdrawn(ReadinessEvent, frozen=True, kw_only=True, tag="readiness.withdrawn.1"):
    """What was promised holds no longer."""
