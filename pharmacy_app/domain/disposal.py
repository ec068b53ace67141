"""The ways out of the pharmacy: which kit may leave how, and what is told of an empty bag."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from pharmacy_app.domain.events.disposal import Remains, Way
from pharmacy_app.domain.ids import DisposalId, DoseId, KitNumber, SiteCode
from pharmacy_app.domain.kits import ON_SHELF, Disposal, Kit, KitState, unlawful
from pharmacy_app.domain.refusal import Violation, violation

_S = KitState


class ListState(StrEnum):
    """How far a list of kits has come."""

    PENDING = "pending"
    AUTHORISED = "authorised"
    DONE = "done"
    DROPPED = "dropped"


OPEN = frozenset({ListState.PENDING, ListState.AUTHORISED})
"""States of a list whose kits wait."""

NEVER_USABLE = frozenset({_S.REJECTED, _S.DAMAGED, _S.RECALLED, _S.RESERVE})
"""States of kits on the shelf that are destroyed whatever their expiry."""

GIVEN = frozenset({_S.INFUSED, _S.PARTLY_INFUSED})
"""States of kits of which an empty or partly used bag may come back."""


@dataclass(frozen=True, slots=True)
class DisposalList:
    """One list as it stands; ``kits`` are those that were not struck."""

    list_id: DisposalId
    way: Way
    to_site: SiteCode
    state: ListState
    because: str
    reference: str
    opened_at: datetime
    closed_at: datetime | None
    kits: int


@dataclass(frozen=True, slots=True)
class ListedKit:
    """A kit of a list: as it stands now, and what was to become of it before it was listed."""

    kit: Kit
    before: Disposal
    struck: bool

    @property
    def as_before(self) -> Kit:
        """The kit as if it were on no list."""
        return replace(self.kit, disposal=self.before)


def kept_back(kit: Kit, way: Way, now: datetime) -> tuple[Violation, ...]:
    """Return every reason why a kit cannot leave by this way; empty if it can.

    What is left of a used kit waits ``held``. From the shelf only what nobody may be given is
    destroyed; a usable kit may be sent back, and only a usable one goes to another site.
    """
    if kit.disposal in {Disposal.DESTROYED, Disposal.SENT_BACK}:
        gone = f"disposal.{kit.disposal}"
        return (violation("disposal.gone", kit.kit_number, state=gone),)
    found = (
        violation("disposal.listed_before", kit.kit_number)
        if kit.disposal is Disposal.LISTED
        else None,
        dose_waits(kit),
        _not_here(kit, way),
        _too_good(kit, now) if way is Way.DESTROYED else None,
        _not_for_transfer(kit, now) if way is Way.TRANSFERRED else None,
    )
    return tuple(one for one in found if one is not None)


def dose_waits(kit: Kit) -> Violation | None:
    """Return the violation of a kit on the shelf for which a dose waits."""
    if kit.state not in ON_SHELF or kit.dose_id is None:
        return None
    return violation("disposal.dose_waits", kit.kit_number, dose=kit.dose_id)


def _not_here(kit: Kit, way: Way) -> Violation | None:
    here = kit.state in ON_SHELF or (kit.disposal is Disposal.HELD and way is not Way.TRANSFERRED)
    if here or (kit.disposal is Disposal.LISTED):
        return None
    return violation("disposal.not_here", kit.kit_number, state=f"kit_state.{kit.state}")


def _too_good(kit: Kit, now: datetime) -> Violation | None:
    if kit.state not in ON_SHELF or kit.state in NEVER_USABLE or kit.expiry <= now:
        return None
    return violation("disposal.too_good", kit.kit_number, state=f"kit_state.{kit.state}")


def _not_for_transfer(kit: Kit, now: datetime) -> Violation | None:
    if kit.state is KitState.AVAILABLE and now < kit.expiry:
        return None
    if kit.state not in ON_SHELF:
        return None  # said by `_not_here`
    return violation("disposal.not_for_transfer", kit.kit_number, state=f"kit_state.{kit.state}")


def unwastable(kit: Kit) -> tuple[Violation, ...]:
    """Return every reason why a kit cannot be wasted on the shelf; at the bench its dose is stopped."""
    found = (
        violation("kit.listed_for_disposal", kit.kit_number)
        if kit.disposal is Disposal.LISTED
        else None,
        dose_waits(kit),
        None
        if kit.state in ON_SHELF
        else violation("disposal.not_here", kit.kit_number, state=f"kit_state.{kit.state}"),
    )
    return tuple(one for one in found if one is not None)


def unreservable(kit: Kit) -> tuple[Violation, ...]:
    """Return every reason why a kit cannot be kept as a reserve sample."""
    found = (
        violation("kit.listed_for_disposal", kit.kit_number)
        if kit.disposal is Disposal.LISTED
        else None,
        dose_waits(kit) or unlawful(kit, KitState.RESERVE),
    )
    return tuple(one for one in found if one is not None)


def remains_mistakes(
    dose_id: DoseId, kit: Kit | None, remains: Remains, left_ml: Decimal, most_ml: Decimal
) -> Iterator[Violation]:
    """Yield what cannot be right about an empty or partly used bag; volumes in mL.

    ``kit`` is the one that was given for the dose, None before the ward has reported.
    """
    if kit is None or kit.state not in GIVEN:
        yield violation("custody.not_infused", dose_id)
    elif kit.disposal is not Disposal.NONE:
        yield violation("custody.remains_before", dose_id, kit=kit.kit_number)
    partly = remains is Remains.PARTLY_USED
    if partly and not 0 < left_ml <= most_ml:
        yield violation("custody.left_volume", dose_id, found=left_ml, most=most_ml)
    if not partly and left_ml:
        yield violation("custody.nothing_left", dose_id, found=left_ml)


def differs(found: Collection[KitNumber], wanted: Collection[KitNumber]) -> str:
    """Return which kits are in one list only, with a sign before each; empty if they are the same."""
    more = [f"+{kit}" for kit in sorted(set(found) - set(wanted))]
    less = [f"−{kit}" for kit in sorted(set(wanted) - set(found))]
    return " ".join((*more, *less))
