"""Excursions: which kits a time outside the limits concerns, and what it makes of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from pharmacy_app.domain.events.excursion import ConcernedKit
from pharmacy_app.domain.kits import ON_SHELF, WAITING, Kit, KitState, unlawful
from pharmacy_app.domain.refusal import Violation, violation


def unlawful_case(
    record: str, kits: Sequence[Kit], began: datetime, ended: datetime, because: str, now: datetime
) -> Iterator[Violation | None]:
    """Yield why no case can be opened: no kit, no reason, a time that ends before it begins or to come."""
    yield None if because.strip() else violation("excursion.no_reason", record)
    if ended < began:
        yield violation("excursion.times", record, began=began, ended=ended)
    elif not kits:
        yield violation("excursion.no_kits", record, began=began, ended=ended)
    if began > now:
        yield violation("excursion.to_come", record, began=began, now=now)


def to_quarantine(kits: Sequence[Kit]) -> list[Kit]:
    """Return those that could still be given: they wait until somebody decided.

    A kit that is in quarantine already waits in the new case too; one that was used, wasted or is
    never to be given is only told.
    """
    return [
        kit
        for kit in kits
        if kit.state in ON_SHELF
        and kit.state not in WAITING
        and unlawful(kit, KitState.QUARANTINED) is None
        and kit.state not in {KitState.RECALLED, KitState.RESERVE}
    ]


def concerned(kits: Sequence[Kit]) -> tuple[ConcernedKit, ...]:
    """Return the kits as the case keeps them, each once, by number."""
    by_number = {kit.kit_number: kit.state for kit in kits}
    return tuple(
        ConcernedKit(kit_number=number, state=state) for number, state in sorted(by_number.items())
    )
