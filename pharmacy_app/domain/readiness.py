"""Readiness: is there enough usable stock for the visits to come, day by day?

Each day the visits planned for it take kits of their type, first expiry first; a kit counts on a
day if it is usable at the day's end. What one day takes, no later day has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.ids import KitTypeCode


@dataclass(frozen=True, slots=True)
class TypeNeed:
    """One kit type on one day: kits needed, and kits there before the day takes any."""

    kit_type: KitTypeCode
    need: int
    have: int

    @property
    def short(self) -> int:
        """How many kits are missing; 0 if none is."""
        return max(0, self.need - self.have)


@dataclass(frozen=True, slots=True)
class DayNeed:
    """All kit types on one day."""

    day: date
    types: tuple[TypeNeed, ...]

    @property
    def need(self) -> int:
        """Kits needed, of all types."""
        return sum(one.need for one in self.types)

    @property
    def have(self) -> int:
        """Kits there, of all types."""
        return sum(one.have for one in self.types)

    @property
    def short(self) -> tuple[TypeNeed, ...]:
        """The types of which there are too few; a surplus of another type does not help."""
        return tuple(one for one in self.types if one.short)


def forecast(
    expiries: Mapping[KitTypeCode, Sequence[datetime]],
    needs: Mapping[date, Mapping[KitTypeCode, int]],
    first: date,
    days: int,
    zone: ZoneInfo,
) -> tuple[DayNeed, ...]:
    """Return need and stock of each of ``days`` days from ``first``, on the site's calendar.

    ``expiries`` are those of the usable kits of each type, ``needs`` the kits that each day's
    visits take.
    """
    left = {kit_type: sorted(found) for kit_type, found in expiries.items()}
    wanted = {kit_type for day in needs.values() for kit_type in day}
    told = []
    for number in range(days):
        day = first + timedelta(days=number)
        ends = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(days=1)
        types = []
        for kit_type in sorted({*left, *wanted}):
            in_date = [expiry for expiry in left.get(kit_type, []) if expiry >= ends]
            need = needs.get(day, {}).get(kit_type, 0)
            types.append(TypeNeed(kit_type, need, len(in_date)))
            left[kit_type] = in_date[need:]
        told.append(DayNeed(day, tuple(types)))
    return tuple(told)
