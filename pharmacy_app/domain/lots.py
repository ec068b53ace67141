"""Lots: what a recall takes out of use, and what a later expiry asks for before it holds.

A later expiry is given to a whole blinded lot at once, whatever is in its kits: over-labels on some
of them would tell which are alike. The over-label repeats kit and lot number, shows the new expiry
and covers neither (EU GMP Annex 13, 33); a second person sees that it is right, and the labels add up.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from pharmacy_app.domain.kits import ON_SHELF, Disposal, Kit, KitState, unlawful
from pharmacy_app.domain.refusal import Violation, violation

NEVER_GIVEN = frozenset({KitState.REJECTED, KitState.DAMAGED, KitState.RECALLED})
"""States on the shelf from which no kit is given, whatever its expiry."""


def to_recall(kits: Sequence[Kit]) -> list[Kit]:
    """Return the kits on the shelf that a recall of their lot takes out of use."""
    return [
        kit for kit in kits if kit.state in ON_SHELF and unlawful(kit, KitState.RECALLED) is None
    ]


def to_overlabel(kits: Sequence[Kit]) -> list[Kit]:
    """Return the kits of a blinded lot that lie on the shelf and may still be given."""
    return [
        kit for kit in kits if kit.state in ON_SHELF - NEVER_GIVEN and kit.disposal is Disposal.NONE
    ]


def unlawful_extension(
    lot: str, kits: Sequence[Kit], expiry: datetime, reference: str, now: datetime
) -> Iterator[Violation | None]:
    """Yield why a blinded lot gets no later expiry."""
    if not kits:
        yield violation("lot.unknown", lot)
        return
    if not to_overlabel(kits):
        yield violation("lot.none_on_shelf", lot)
    latest = max(kit.expiry for kit in kits)
    if expiry <= latest:
        yield violation("lot.not_later", lot, expiry=expiry, latest=latest)
    if expiry <= now:
        yield violation("lot.expiry_past", lot, expiry=expiry, now=now)
    yield None if reference.strip() else violation("lot.no_reference", lot)


def labels_unequal(
    lot: str, kits: int, *, printed: int, spoiled: int, remaining: int
) -> Violation | None:
    """Return the violation if the over-labels do not add up: printed = applied + spoiled + remaining."""
    if min(printed, spoiled, remaining) >= 0 and printed == kits + spoiled + remaining:
        return None
    return violation(
        "lot.labels_unequal",
        lot,
        printed=printed,
        applied=kits,
        spoiled=spoiled,
        remaining=remaining,
    )
