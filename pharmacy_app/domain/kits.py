"""Kits: their states, the lawful ways from one to the next, and the one rule of usability."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from pharmacy_app.domain.ids import DoseId, KitNumber, KitTypeCode, PositionId, ShipmentId
from pharmacy_app.domain.refusal import Violation, violation


class KitState(StrEnum):
    """Where a kit stands. *Expired* is never stored: `unusable` computes it to the minute."""

    EXPECTED = "expected"
    AVAILABLE = "available"
    PRE_QUARANTINED = "pre_quarantined"
    QUARANTINED = "quarantined"
    REJECTED = "rejected"
    DAMAGED = "damaged"
    MISSING = "missing"
    ASSIGNED = "assigned"
    OUT_OF_STORAGE = "out_of_storage"
    THAWED = "thawed"
    PREPARED = "prepared"
    RELEASED = "released"
    HANDED_OVER = "handed_over"
    INFUSED = "infused"
    PARTLY_INFUSED = "partly_infused"
    RETURNED = "returned"
    WASTED = "wasted"
    RECALLED = "recalled"
    RESERVE = "reserve"
    LOST = "lost"
    TRANSFERRED = "transferred"
    DESTROYED = "destroyed"
    SENT_BACK = "sent_back"


class Disposal(StrEnum):
    """What becomes of a kit that nobody will be given, or of what is left of one that was.

    A used kit keeps its state: that it was infused is not undone by burning its bag. One that leaves
    the shelf this way is ``destroyed`` or ``sent_back`` in its state too.
    """

    NONE = ""
    HELD = "held"
    LISTED = "listed"
    DESTROYED = "destroyed"
    SENT_BACK = "sent_back"


_S = KitState
_OFF = frozenset({_S.LOST, _S.DESTROYED, _S.SENT_BACK, _S.WASTED})
"""The ways by which a kit leaves the shelf without having been used."""

TRANSITIONS: dict[KitState, frozenset[KitState]] = {
    _S.EXPECTED: frozenset(
        {
            _S.AVAILABLE,
            _S.PRE_QUARANTINED,
            _S.QUARANTINED,
            _S.DAMAGED,
            _S.MISSING,
            _S.RECALLED,
        }
    ),
    _S.AVAILABLE: frozenset(
        {_S.ASSIGNED, _S.QUARANTINED, _S.RECALLED, _S.RESERVE, _S.TRANSFERRED, *_OFF}
    ),
    _S.PRE_QUARANTINED: frozenset(
        {_S.AVAILABLE, _S.QUARANTINED, _S.REJECTED, _S.RECALLED, _S.RESERVE, *_OFF}
    ),
    _S.QUARANTINED: frozenset(
        {_S.AVAILABLE, _S.ASSIGNED, _S.REJECTED, _S.RECALLED, _S.RESERVE, *_OFF}
    ),
    _S.REJECTED: _OFF,
    _S.DAMAGED: _OFF | {_S.REJECTED},
    _S.MISSING: frozenset({_S.QUARANTINED}),
    _S.ASSIGNED: frozenset(
        {_S.AVAILABLE, _S.OUT_OF_STORAGE, _S.QUARANTINED, _S.WASTED, _S.RECALLED, _S.LOST}
    ),
    _S.OUT_OF_STORAGE: frozenset({_S.THAWED, _S.PREPARED, _S.ASSIGNED, _S.WASTED}),
    _S.THAWED: frozenset({_S.PREPARED, _S.WASTED}),
    _S.PREPARED: frozenset({_S.RELEASED, _S.WASTED}),
    _S.RELEASED: frozenset({_S.HANDED_OVER, _S.WASTED}),
    _S.HANDED_OVER: frozenset({_S.INFUSED, _S.PARTLY_INFUSED, _S.RETURNED}),
    _S.INFUSED: frozenset(),
    _S.PARTLY_INFUSED: frozenset(),
    _S.RETURNED: frozenset(),
    _S.WASTED: frozenset(),
    _S.RECALLED: _OFF | {_S.QUARANTINED},
    _S.RESERVE: _OFF | {_S.QUARANTINED, _S.RECALLED},
    _S.LOST: frozenset({_S.QUARANTINED}),
    _S.TRANSFERRED: frozenset(),
    _S.DESTROYED: frozenset(),
    _S.SENT_BACK: frozenset(),
}
"""Lawful next states. From ``thawed`` no way leads back to stock; a bag given as it came skips it.

A kit that was given up and turns up waits in quarantine: nobody knows how it was kept. One that was ever
`OPENED` is rejected.
"""

ON_SHELF = frozenset(
    {
        _S.AVAILABLE,
        _S.PRE_QUARANTINED,
        _S.QUARANTINED,
        _S.REJECTED,
        _S.DAMAGED,
        _S.ASSIGNED,
        _S.RECALLED,
        _S.RESERVE,
    }
)
"""States of kits that lie in the pharmacy's keeping, frozen."""

WAITING = frozenset({_S.PRE_QUARANTINED, _S.QUARANTINED})
"""States of kits on which somebody has still to decide."""

OPENED = frozenset(
    {
        _S.THAWED,
        _S.PREPARED,
        _S.RELEASED,
        _S.HANDED_OVER,
        _S.INFUSED,
        _S.PARTLY_INFUSED,
        _S.RETURNED,
    }
)
"""States that cannot be undone: a kit that was in one of them is never given again, wherever it turns up."""

ON_BENCH = frozenset({_S.PREPARED, _S.RELEASED})
"""States of kits whose bag is filled and still in the pharmacy."""


@dataclass(frozen=True, slots=True)
class Kit:
    """One kit as it stands. ``expiry`` is the first moment at which it may no longer be used."""

    kit_number: KitNumber
    kit_type: KitTypeCode
    lot: str
    blinded_lot: str
    expiry: datetime
    state: KitState
    shipment_id: ShipmentId
    position: PositionId | None = None
    dose_id: DoseId | None = None
    because: str = ""
    seconds_out: int = 0
    pool: str = ""
    disposal: Disposal = Disposal.NONE
    out_since: datetime | None = None
    """Since when it is out of storage and its time counts on; None while it lies in a place."""

    def seconds_out_until(self, now: datetime) -> int:
        """Return how long it has been out of storage in all, up to now."""
        running = 0 if self.out_since is None else seconds_between(self.out_since, now)
        return self.seconds_out + running


def seconds_between(since: datetime, until: datetime) -> int:
    """Return the whole seconds from one moment to another, 0 if the clock went backwards."""
    return max(0, int((until - since).total_seconds()))


def last_minute(expiry: datetime) -> datetime:
    """Return the last minute in which a kit may be used, as a person reads an expiry.

    An expiry is the first moment of the time after: one on a day's end would read as the next day.
    """
    return expiry - timedelta(minutes=1)


def unusable(
    kit: Kit,
    *,
    now: datetime,
    wanted: KitTypeCode | None = None,
    pool: str | None = None,
    for_dose: DoseId | None = None,
    max_seconds_out: int | None = None,
) -> tuple[Violation, ...]:
    """Return every reason why a kit may not be used now; empty if it may.

    The ONE function that decides usability: proposals, scans, lists and labels all ask it.
    ``wanted`` is the kit type of the subject's arm, ``pool`` the one its stage takes kits from;
    ``for_dose`` the dose the kit may already be assigned to. Texts never name a kit type: a blinded person might stand behind the chair.
    """
    return tuple(
        found
        for found in (
            _wrong_state(kit, for_dose),
            _on_a_list(kit),
            _expired(kit, now),
            _wrong_arm(kit, wanted),
            _other_pool(kit, pool),
            _too_long_out(kit, now, max_seconds_out),
        )
        if found is not None
    )


_REFUSED_STATES: dict[KitState, str] = {
    _S.EXPECTED: "kit.not_received",
    _S.PRE_QUARANTINED: "kit.awaiting_logger",
    _S.QUARANTINED: "kit.quarantined",
    _S.REJECTED: "kit.rejected",
    _S.DAMAGED: "kit.damaged",
    _S.MISSING: "kit.missing",
    _S.RECALLED: "kit.recalled",
    _S.RESERVE: "kit.reserve",
    _S.LOST: "kit.lost",
    _S.TRANSFERRED: "kit.gone",
    _S.DESTROYED: "kit.gone",
    _S.SENT_BACK: "kit.gone",
}


def _wrong_state(kit: Kit, for_dose: DoseId | None) -> Violation | None:
    if kit.state is _S.AVAILABLE:
        return None
    if kit.state is _S.ASSIGNED:
        if for_dose is not None and kit.dose_id == for_dose:
            return None
        return violation("kit.other_subject", kit.kit_number, dose=kit.dose_id or "")
    rule = _REFUSED_STATES.get(kit.state, "kit.already_used")
    return violation(rule, kit.kit_number, state=f"kit_state.{kit.state}", because=kit.because)


def _on_a_list(kit: Kit) -> Violation | None:
    if kit.disposal is not Disposal.LISTED:
        return None
    return violation("kit.listed_for_disposal", kit.kit_number)


def _expired(kit: Kit, now: datetime) -> Violation | None:
    if now < kit.expiry:
        return None
    return violation("kit.expired", kit.kit_number, expiry=kit.expiry, now=now)


def _wrong_arm(kit: Kit, wanted: KitTypeCode | None) -> Violation | None:
    if wanted is None or kit.kit_type == wanted:
        return None
    return violation("kit.wrong_arm", kit.kit_number)


def _other_pool(kit: Kit, pool: str | None) -> Violation | None:
    if pool is None or kit.pool == pool:
        return None
    return violation("kit.other_pool", kit.kit_number)


def _too_long_out(kit: Kit, now: datetime, limit: int | None) -> Violation | None:
    out = kit.seconds_out_until(now)
    if limit is None or out <= limit:
        return None
    return violation("kit.too_long_out", kit.kit_number, minutes=out // 60, limit=limit // 60)


def unlawful(kit: Kit, target: KitState) -> Violation | None:
    """Return the violation if no lawful way leads from the kit's state to ``target``."""
    if target in TRANSITIONS[kit.state]:
        return None
    return violation(
        "kit.no_way",
        kit.kit_number,
        state=f"kit_state.{kit.state}",
        target=f"kit_state.{target}",
    )
