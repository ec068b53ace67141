"""How a simulated trial goes: its size, and how often what happens."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pharmacy_app.system.chance import Chance

START = datetime(2027, 1, 4, 0, 0, tzinfo=UTC)
"""The first enrolment is on this day, or soon after."""

ENROLMENT = timedelta(days=300)
SHIPMENTS = 8
TRANSPORT = timedelta(days=2)
PER_MILLE = 1000


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each thing happens, in ‰ of its occasions; none of them is taken from the trial.

    ``mortality`` is that of the first 28 days, ``later_mortality`` of the rest of the trial.
    """

    mortality: int = 300
    later_mortality: int = 60
    transplantation: int = 40
    withdrawal: int = 30
    lost: int = 20
    missed_visit: int = 40
    late_visit: int = 60
    poor_viability: int = 30
    poor_appearance: int = 10
    wrong_scan: int = 30
    misread_check: int = 20
    reprint: int = 20
    bag_returned: int = 15
    partly_infused: int = 40
    excursion: int = 120
    excursion_usable: int = 500
    damaged_kit: int = 15
    missing_kit: int = 5
    consent_withheld: int = 100
    code_broken: int = 25
    accident: int = 15
    wrong_code: int = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """One simulated trial. ``subjects`` are enrolled in all, in whole randomisation blocks."""

    subjects: int = 150
    sites: int = 4
    seed: str = "1"
    rates: Rates = field(default_factory=Rates)


def despatched_at(number: int) -> datetime:
    """Return when a shipment, counted from 1, leaves the sponsor.

    The second comes before anybody's week 4, because its package brings the second stage's list.
    """
    days = 0 if number == 1 else 20 + 45 * (number - 2)
    return START - 2 * TRANSPORT + timedelta(days=days)


def happens(chance: Chance, rate: int) -> bool:
    """Return whether something of this rate (‰) happens now."""
    return chance.below(PER_MILLE) < rate
