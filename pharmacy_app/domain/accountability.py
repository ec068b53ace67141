"""Every kit accounted for: where each one ended, and what still has to be done about it."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pharmacy_app.domain.disposal import GIVEN
from pharmacy_app.domain.ids import DoseId, KitNumber, KitTypeCode, ShipmentId, SubjectId
from pharmacy_app.domain.kits import ON_SHELF, Disposal, KitState
from pharmacy_app.domain.refusal import Violation, violation

_S = KitState


class Fate(StrEnum):
    """Where a kit is, or how it ended; each kit has exactly one."""

    NEVER_ARRIVED = "never_arrived"
    MISSING = "missing"
    GIVEN = "given"
    RETURNED = "returned"
    WASTED = "wasted"
    DESTROYED = "destroyed"
    SENT_BACK = "sent_back"
    TRANSFERRED = "transferred"
    LOST = "lost"
    ON_SHELF = "on_shelf"
    ON_BENCH = "on_bench"
    ON_WARD = "on_ward"


NOT_RECEIVED = frozenset({Fate.NEVER_ARRIVED, Fate.MISSING})
"""Fates of kits that were never in the pharmacy's keeping."""

FATES: dict[KitState, Fate] = {
    _S.EXPECTED: Fate.NEVER_ARRIVED,
    _S.MISSING: Fate.MISSING,
    _S.OUT_OF_STORAGE: Fate.ON_BENCH,
    _S.THAWED: Fate.ON_BENCH,
    _S.PREPARED: Fate.ON_BENCH,
    _S.RELEASED: Fate.ON_BENCH,
    _S.HANDED_OVER: Fate.ON_WARD,
    _S.INFUSED: Fate.GIVEN,
    _S.PARTLY_INFUSED: Fate.GIVEN,
    _S.RETURNED: Fate.RETURNED,
    _S.WASTED: Fate.WASTED,
    _S.LOST: Fate.LOST,
    _S.TRANSFERRED: Fate.TRANSFERRED,
    _S.DESTROYED: Fate.DESTROYED,
    _S.SENT_BACK: Fate.SENT_BACK,
    **dict.fromkeys(ON_SHELF, Fate.ON_SHELF),
}
"""The fate that each state means."""

WITH_REMAINS = frozenset({Fate.GIVEN, Fate.RETURNED, Fate.WASTED})
"""Fates of kits of which something may still wait to be destroyed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KitAccount:
    """One kit for the closing: its state, and what the log says of it.

    ``entered`` says whether the log has it coming in, ``book`` is the sum of its movements.
    """

    kit_number: KitNumber
    kit_type: KitTypeCode
    lot: str
    shipment_id: ShipmentId
    state: KitState
    disposal: Disposal
    subject: SubjectId | None
    dose_id: DoseId | None
    entered: bool
    book: int
    explained: str = ""

    @property
    def fate(self) -> Fate:
        """Where it is, or how it ended."""
        return FATES[self.state]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The account of the whole site. ``unexplained`` names every kit that keeps it from being closed."""

    kits: tuple[KitAccount, ...]
    listed: int
    received: int
    unexplained: tuple[Violation, ...]

    @property
    def fates(self) -> dict[Fate, int]:
        """How many kits ended each way, of those received; every fate is told, 0 too."""
        found = Counter(kit.fate for kit in self.kits)
        return {fate: found[fate] for fate in Fate}

    @property
    def adds_up(self) -> bool:
        """Whether received = given + returned + wasted + … + on the shelf + at the bench + on the ward."""
        ended = sum(count for fate, count in self.fates.items() if fate not in NOT_RECEIVED)
        return self.received == ended


def reconcile(kits: Sequence[KitAccount], listed: Collection[KitNumber]) -> Reconciliation:
    """Return the account of the site; ``listed`` are the kits of every package."""
    known = {kit.kit_number for kit in kits}
    strangers = (violation("account.not_in_records", kit) for kit in sorted(set(listed) - known))
    return Reconciliation(
        tuple(kits),
        len(known | set(listed)),
        sum(kit.entered for kit in kits),
        (*strangers, *(reason for kit in kits for reason in unexplained(kit))),
    )


def unexplained(kit: KitAccount) -> Iterator[Violation]:
    """Yield why a kit keeps the site's account open, each with what to do about it."""
    number, state = kit.kit_number, f"kit_state.{kit.state}"
    in_keeping = kit.fate not in NOT_RECEIVED
    if kit.entered is not in_keeping or kit.book != (kit.state in ON_SHELF):
        yield violation("account.book_differs", number, state=state, book=kit.book)
    if kit.fate is Fate.NEVER_ARRIVED and not kit.explained:
        yield violation("account.never_arrived", number, shipment=kit.shipment_id)
    if kit.disposal is Disposal.LISTED:
        yield violation("account.list_open", number)
    elif kit.fate is Fate.ON_SHELF:
        yield violation("account.on_shelf", number, state=state)
    elif kit.disposal is Disposal.HELD:
        yield violation("account.remains_held", number, state=state)
    if kit.fate is Fate.ON_BENCH:
        yield violation("account.on_bench", number, dose=kit.dose_id or "")
    if kit.fate is Fate.ON_WARD:
        yield violation("account.on_ward", number, dose=kit.dose_id or "")
    if kit.state in GIVEN and kit.disposal is Disposal.NONE:
        yield violation("account.remains_untold", number, dose=kit.dose_id or "")


def not_to_come(at: datetime, now: datetime) -> Violation | None:
    """Return the violation of an account asked for as of a time to come."""
    return violation("account.to_come", asked=at, now=now) if at > now else None
