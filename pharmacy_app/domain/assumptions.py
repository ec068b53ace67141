"""What a forecast assumes beside the protocol: the enrolment, who leaves, what fails, the lead time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from pharmacy_app.domain.chances import Entered, Observed, Rate
from pharmacy_app.domain.forecast import MOST_WEEKS
from pharmacy_app.domain.refusal import Violation, violation

LOOK_BACK = timedelta(days=182)
SHORTEST_LOOK = timedelta(days=28)
"""A rate seen for less than four weeks says nothing of the next six months."""
LIMITS = {
    "per_month": (0, 100),
    "mortality_pct": (0, 100),
    "dropout_pct": (0, 100),
    "replaced_pct": (0, 50),
    "entering_pct": (0, 100),
    "lead_days": (0, 7 * MOST_WEEKS),
    "weeks": (1, MOST_WEEKS),
    "runs": (1000, 100_000),
}
"""The least and the most of each setting, both allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """Settings of a forecast, shown beside it; percentages are whole.

    ``per_month`` are subjects enrolled a month at this site, None to take the rate that was seen.
    The others begin where a site that knows nothing of its own does not order too little: the lower
    end of what is published for 28 days of acute-on-chronic liver failure, and few who leave.
    """

    per_month: Decimal | None = None
    mortality_pct: int = 20
    """Subjects who die within 28 days."""
    dropout_pct: int = 5
    """Subjects who leave the study otherwise within 28 days."""
    replaced_pct: int = 5
    """Kits that fail at the bench and are replaced."""
    entering_pct: int = 90
    """Subjects who consent to a stage that asks for a consent of its own."""
    lead_days: int = 28
    """Days from an order to kits that may be used."""
    weeks: int = MOST_WEEKS
    runs: int = 1000

    @property
    def staying(self) -> Fraction:
        """The share of subjects who are on the study after 28 days."""
        return Fraction(100 - self.mortality_pct, 100) * Fraction(100 - self.dropout_pct, 100)


def observed(enrolled_on: Sequence[date], today: date) -> Observed | None:
    """Return the enrolment as the site saw it, or None if it has not seen enough.

    Counted from the first subject of the last half year, who opens the look and is not counted in it:
    counting them would make every short look too fast.
    """
    seen = [on for on in enrolled_on if on >= today - LOOK_BACK]
    if len(seen) < 2 or today - min(seen) < SHORTEST_LOOK:
        return None
    return Observed(len(seen) - 1, (today - min(seen)).days)


def rate_of(assumed: Assumptions, seen: Observed | None) -> Rate | None:
    """Return the enrolment rate that holds: the entered one, else the one that was seen."""
    return seen if assumed.per_month is None else Entered(Fraction(assumed.per_month))


def unlawful(assumed: Assumptions, seen: Observed | None) -> Iterator[Violation]:
    """Yield why no forecast can be made: no rate, or a setting that is out of its limits."""
    if rate_of(assumed, seen) is None:
        yield violation("readiness.no_rate", days=SHORTEST_LOOK.days)
    for name, (least, most) in LIMITS.items():
        value = getattr(assumed, name)
        if value is not None and not least <= value <= most:
            yield violation(
                "readiness.setting", f"forecast.{name}", least=least, most=most, found=value
            )
    if LIMITS["weeks"][0] <= assumed.weeks and assumed.lead_days > 7 * assumed.weeks:
        yield violation("readiness.lead", "", lead=assumed.lead_days, weeks=assumed.weeks)
