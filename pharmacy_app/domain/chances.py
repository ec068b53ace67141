"""Chances as whole numbers of 2^64 parts: the tables from which a forecast draws.

Equal draws give equal numbers on every machine; no float decides anything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Protocol

BITS = 64
WHOLE = 1 << BITS
GUARD = 160
"""Bits of the terms from which a table of chances is made: more than it keeps."""
SPELL = 28
"""Days over which the share that stays on the study is given."""
MONTH = Fraction(487, 16)  # days: a twelfth of 365.25


class Draws(Protocol):
    """Where chance comes from; a seed plays the same again."""

    def getrandbits(self, bits: int, /) -> int:
        """Return a whole number of so many random bits."""


@dataclass(frozen=True, slots=True)
class Entered:
    """An enrolment rate that somebody stated: subjects a month, taken as exact."""

    per_month: Fraction


@dataclass(frozen=True, slots=True)
class Observed:
    """An enrolment rate as it was seen: so many subjects in so many days, both above 0.

    What is to come is drawn with the uncertainty of so short a look: the rate may be another one.
    """

    subjects: int
    days: int

    @property
    def per_month(self) -> Fraction:
        """Subjects a month, as seen."""
        return self.subjects * MONTH / self.days


Rate = Entered | Observed


def arrivals(rate: Rate, days: int) -> tuple[int, ...]:
    """Return the table from which the number of subjects enrolled within ``days`` is drawn.

    A stated rate gives a Poisson number. An observed one is itself uncertain: with n subjects in t
    days (Gamma) the number in T days is negative binomial, whose mean is n·T/t, and wider.
    """
    if isinstance(rate, Entered):
        mean = rate.per_month * days / MONTH
        return _table(lambda n: mean / (n + 1))
    seen, left = rate.subjects, Fraction(days, rate.days + days)
    return _table(lambda n: left * (n + seen) / (n + 1))


def _table(growth: Callable[[int], Fraction]) -> tuple[int, ...]:
    """Return for each number the chance of it or a lesser one, in parts of `WHOLE`.

    ``growth(n)`` is the chance of n+1 over that of n. A number is drawn as the count of entries that
    are not above a draw.
    """
    terms = [1 << GUARD]
    while terms[-1]:
        ratio = growth(len(terms) - 1)
        terms.append(terms[-1] * ratio.numerator // ratio.denominator)
    total = sum(terms)
    return tuple((upto << BITS) // total for upto in accumulate(terms))


def parts(share: Fraction) -> int:
    """Return a share in parts of `WHOLE`, rounded down."""
    return (share.numerator << BITS) // share.denominator


def leaving(staying: Fraction, days: int) -> tuple[int, ...]:
    """Return for each day from 1 the chance to have left by then, in parts of `WHOLE`.

    The same share leaves every day: the 28th root of what stays for 28 days.
    """
    daily = _root((staying.numerator << (BITS * SPELL)) // staying.denominator)
    stays = accumulate(range(days), lambda so_far, _: so_far * daily >> BITS, initial=WHOLE)
    return tuple(WHOLE - share for share in stays)[1:]


def sound(failing: Fraction) -> tuple[int, ...]:
    """Return the table from which the number of kits before the next that fails is drawn.

    It has no entry if none fails.
    """
    good, stays = parts(1 - failing), WHOLE
    chances = []
    while failing and stays:
        stays = stays * good >> BITS
        chances.append(WHOLE - stays)
    return tuple(chances)


def _root(value: int) -> int:
    """Return the whole 28th root, rounded down; found bit by bit, it is at most `WHOLE`."""
    found = 0
    for bit in reversed(range(BITS + 1)):
        if (found | 1 << bit) ** SPELL <= value:
            found |= 1 << bit
    return found


def quantile(ordered: Sequence[int], share: Fraction) -> int:
    """Return the least value that so large a share of the values does not exceed."""
    return ordered[max(0, -(-share.numerator * len(ordered) // share.denominator) - 1)]
