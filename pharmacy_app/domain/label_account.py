"""What became of labels: printed = applied + spoiled + void + remaining, per visit and per roll."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pharmacy_app.domain.doses import LabelCopy, LabelState
from pharmacy_app.domain.refusal import Violation, violation


class Fate(StrEnum):
    """What became of one copy, as the reconciliation counts it."""

    APPLIED = "applied"
    SPOILED = "spoiled"
    VOID = "void"
    REMAINING = "remaining"
    NOT_PRINTED = "not_printed"


def fate(state: LabelState, *, printed: bool) -> Fate:
    """Return what became of a copy; one that no printer gave out counts as not printed."""
    if not printed:
        return Fate.NOT_PRINTED
    return {
        LabelState.VERIFIED: Fate.APPLIED,
        LabelState.SPOILED: Fate.SPOILED,
        LabelState.VOID: Fate.VOID,
        LabelState.FAILED: Fate.NOT_PRINTED,
    }.get(state, Fate.REMAINING)


@dataclass(frozen=True, slots=True)
class LabelAccount:
    """The copies of a visit, a roll or a site, by what became of them."""

    applied: int = 0
    spoiled: int = 0
    void: int = 0
    remaining: int = 0
    not_printed: int = 0

    @property
    def printed(self) -> int:
        """How many labels came out of a printer."""
        return self.applied + self.spoiled + self.void + self.remaining


def account_of(fates: Iterable[Fate]) -> LabelAccount:
    """Return the account of some copies."""
    counted = Counter(fates)
    return LabelAccount(
        counted[Fate.APPLIED],
        counted[Fate.SPOILED],
        counted[Fate.VOID],
        counted[Fate.REMAINING],
        counted[Fate.NOT_PRINTED],
    )


@dataclass(frozen=True, slots=True)
class RollAccount:
    """A roll: how many labels it held, what was printed on it, what is left, what was lost blank."""

    labels: int
    printed: int
    remaining: int
    lost: int

    @property
    def difference(self) -> int:
        """Labels that nobody can account for; negative: more than the roll held."""
        return self.labels - self.printed - self.remaining - self.lost


def unexplained(roll_id: str, roll: RollAccount, because: str) -> Violation | None:
    """Return the violation of a roll whose figures differ without a reason."""
    if roll.difference == 0 or because.strip():
        return None
    return violation(
        "label.roll_differs",
        roll_id,
        labels=roll.labels,
        printed=roll.printed,
        remaining=roll.remaining,
        lost=roll.lost,
        difference=roll.difference,
    )


def unsettled(copies: Iterable[LabelCopy]) -> tuple[LabelCopy, ...]:
    """Return the copies of which nobody has said yet what became of them."""
    return tuple(c for c in copies if c.state in {LabelState.RESERVED, LabelState.SPOOLED})
