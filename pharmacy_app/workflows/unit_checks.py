"""The daily check of each storage unit: read, recorded, and told when a day was missed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pharmacy_app.domain import unit_checks as rules
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.excursion import Cause
from pharmacy_app.domain.events.storage import UnitChecked
from pharmacy_app.domain.excursions import unlawful_case
from pharmacy_app.domain.locations import Unit
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, refuse, violation
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import storage as queries
from pharmacy_app.records.queries.unblinded.storage import Check
from pharmacy_app.workflows.excursions import Episode, cases, new_case, stays
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.storing import units

OUT_OF_LIMITS = "storage.out_of_limits"
"""The deviation that a reading outside a unit's limits raises."""


@dataclass(frozen=True, slots=True)
class Concern:
    """What a reading outside a unit's limits may concern: ``kits`` lay there since it was last good.

    ``since`` is the last check within the limits, or when the unit was added; ``case`` is an open
    case of the unit, empty if there is none.
    """

    since: datetime
    kits: int
    case: str


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """A unit with its last check; ``missed`` whole days passed since without one."""

    unit: Unit
    last: Check | None
    in_use: bool
    missed: int

    @property
    def since(self) -> datetime:
        """From when its days are counted."""
        return self.unit.added_at if self.last is None else self.last.at


def check(
    pharmacy: Pharmacy,
    code: str,
    *,
    temperature_c: Decimal | None,
    level_cm: Decimal | None = None,
    remarks: str = "",
    case_since: datetime | None = None,
    op_id: str = "",
) -> Appended:
    """Record what was read at a unit, in °C and cm; outside its limits it raises a deviation.

    With ``case_since`` (UTC) an excursion case is opened in the same act for every kit that lay there
    from then until now; see `excursions.open_for_unit` for what is refused. A reading within the
    limits opens none.

    Raises Refused ``position.unknown_unit``, ``storage.nothing_read``, ``storage.no_temperature``,
    ``storage.no_level``, and ``storage.check_remarks`` where something is outside its limits and
    nobody says what was done.
    """
    unit = units(pharmacy).get(code)
    if unit is None:
        raise Refused([violation("position.unknown_unit", code, unit=code)])
    refuse(*rules.impossible(unit, temperature_c, level_cm))
    within = rules.within(unit, temperature_c, level_cm)
    refuse(None if within or remarks.strip() else violation("storage.check_remarks", code))
    events: list[Event] = [
        UnitChecked(
            unit=code,
            temperature_c=temperature_c,
            level_cm=level_cm,
            within=within,
            remarks=remarks.strip(),
        )
    ]
    if not within:
        events.append(pharmacy.deviation(f"unit/{code}", OUT_OF_LIMITS))
    if not within and case_since is not None:
        events += _case(pharmacy, code, case_since, remarks.strip())
    return pharmacy.record(Task.CHECK_STORAGE, *events, op_id=op_id)


def _case(pharmacy: Pharmacy, code: str, since: datetime, because: str) -> list[Event]:
    pharmacy.require(Task.STOW)
    now = pharmacy.now()
    kits = [stay.kit for stay in stays(pharmacy, code, since, now)]
    refuse(*unlawful_case(code, kits, since, now, because, now))
    return new_case(pharmacy, Episode(Cause.UNIT, code, (since, now), because), kits)


def concern(
    pharmacy: Pharmacy, unit: Unit, temperature_c: Decimal | None, level_cm: Decimal | None
) -> Concern | None:
    """Return what a reading concerns, before it is recorded; None if it is within the limits."""
    if rules.within(unit, temperature_c, level_cm):
        return None
    since = queries.last_good(pharmacy.reader, unit.code) or unit.added_at
    there = {stay.kit.kit_number for stay in stays(pharmacy, unit.code, since, pharmacy.now())}
    open_cases = (
        case.case_id
        for case in cases(pharmacy)
        if case.closed_at is None
        and case.cause is Cause.UNIT
        and case.record.partition("-")[0] == unit.code
    )
    return Concern(since, len(there), next(open_cases, ""))


def standings(pharmacy: Pharmacy) -> list[UnitStanding]:
    """Return every unit with its last check, by code; days count by the site's calendar."""
    last = queries.last_checks(pharmacy.reader)
    used = queries.in_use(pharmacy.reader)
    today = pharmacy.today()
    found = []
    for unit in queries.units(pharmacy.reader):
        known = last.get(unit.code)
        since = unit.added_at if known is None else known.at
        missed = rules.missed_days(since.astimezone(pharmacy.zone).date(), today)
        found.append(UnitStanding(unit, known, unit.code in used, missed))
    return found
