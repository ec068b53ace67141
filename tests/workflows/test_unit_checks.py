"""Daily checks at the desk: recorded, measured against the limits, told on Today when missed."""

from datetime import timedelta
from decimal import Decimal

import pytest

from pharmacy_app.domain.events.storage import UnitChecked
from pharmacy_app.domain.locations import Capacity, UnitDetails
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import storage as queries
from pharmacy_app.workflows import excursions, site, storing, today, unit_checks
from pharmacy_app.workflows.today import Alarm, AlarmKind
from pharmacy_app.workflows.unit_checks import Concern
from tests.desks import Desk, refused
from tests.pharmacies import WANG

COLD = Decimal("-188.5")


def missed(desk: Desk) -> list[Alarm]:
    found = today.alarms(desk.pharmacy, desk.made.folder)
    return [alarm for alarm in found if alarm.kind is AlarmKind.UNIT_CHECK]


def test_a_check_says_what_was_read_by_whom_and_when(desk: Desk) -> None:
    unit_checks.check(desk.pharmacy, "T1", temperature_c=COLD, level_cm=Decimal(22))
    (found,) = queries.checks(desk.pharmacy.reader, "T1", 5)
    assert (found.temperature_c, found.level_cm, found.within) == (COLD, Decimal(22), True)
    assert (found.actor, found.at) == (WANG, desk.made.clock.now())


def test_a_day_without_a_check_becomes_an_alarm_until_somebody_reads_the_unit(desk: Desk) -> None:
    assert missed(desk) == []
    desk.made.clock.advance(timedelta(days=1))
    assert missed(desk) == []
    desk.made.clock.advance(timedelta(days=1))
    (alarm,) = missed(desk)
    assert (alarm.record, alarm.number, alarm.serious) == ("T1", 1, False)
    desk.made.clock.advance(timedelta(days=4))
    assert [(alarm.number, alarm.serious) for alarm in missed(desk)] == [(5, True)]
    unit_checks.check(desk.pharmacy, "T1", temperature_c=COLD)
    assert missed(desk) == []


def test_an_empty_unit_is_not_missed(desk: Desk) -> None:
    size = Capacity("T2", racks=1, boxes=1, rows=1, columns=1)
    site.add_storage_unit(desk.pharmacy, size, "Spare", Decimal(-150))
    desk.made.clock.advance(timedelta(days=5))
    assert [alarm.record for alarm in missed(desk)] == ["T1"]


def test_a_reading_outside_the_limits_asks_what_was_done_and_raises_a_deviation(
    desk: Desk,
) -> None:
    with refused("storage.check_remarks"):
        unit_checks.check(desk.pharmacy, "T1", temperature_c=Decimal(-120))
    done = unit_checks.check(
        desk.pharmacy, "T1", temperature_c=Decimal(-120), remarks="filled up, alarm reset"
    )
    assert done[0].told(UnitChecked).within is False
    (deviation,) = dose_queries.deviations(desk.pharmacy.reader)
    assert (deviation.record, deviation.rule) == ("unit/T1", unit_checks.OUT_OF_LIMITS)


def test_a_tanks_level_has_its_own_limit(desk: Desk) -> None:
    size = Capacity("T2", racks=1, boxes=1, rows=1, columns=1)
    details = UnitDetails(least_level_cm=Decimal(15))
    site.add_storage_unit(desk.pharmacy, size, "Tank 2", Decimal(-150), details)
    unit_checks.check(desk.pharmacy, "T2", temperature_c=None, level_cm=Decimal(15))
    with refused("storage.check_remarks"):
        unit_checks.check(desk.pharmacy, "T2", temperature_c=COLD, level_cm=Decimal("14.5"))


@pytest.mark.parametrize(
    ("unit", "temperature", "level", "rules"),
    [
        ("T9", COLD, None, ["position.unknown_unit"]),
        ("T1", None, None, ["storage.nothing_read"]),
        ("T1", Decimal(188), Decimal(-1), ["storage.no_temperature", "storage.no_level"]),
    ],
)
def test_what_is_no_reading_is_refused(
    desk: Desk, unit: str, temperature: Decimal | None, level: Decimal | None, rules: list[str]
) -> None:
    with refused(*rules):
        unit_checks.check(desk.pharmacy, unit, temperature_c=temperature, level_cm=level)


def test_a_reading_outside_the_limits_opens_a_case_in_the_same_act(desk: Desk) -> None:
    good = desk.made.clock.now()
    unit_checks.check(desk.pharmacy, "T1", temperature_c=COLD)
    desk.made.clock.advance(timedelta(hours=20))
    unit = storing.units(desk.pharmacy)["T1"]
    assert unit_checks.concern(desk.pharmacy, unit, COLD, None) is None
    concern = unit_checks.concern(desk.pharmacy, unit, Decimal(-120), None)
    assert concern == Concern(good, 12, "")
    done = unit_checks.check(
        desk.pharmacy,
        "T1",
        temperature_c=Decimal(-120),
        remarks="filled up",
        case_since=concern.since,
    )
    (case,) = excursions.cases(desk.pharmacy)
    assert (case.record, case.began, case.because) == ("T1", good, "filled up")
    assert (case.kits, case.waiting) == (12, 12)
    assert isinstance(done[0].event, UnitChecked)
    found = today.alarms(desk.pharmacy, desk.made.folder)
    assert {AlarmKind.EXCURSION, AlarmKind.QUARANTINE, AlarmKind.DEVIATION} <= {
        alarm.kind for alarm in found
    }
    again = unit_checks.concern(desk.pharmacy, unit, Decimal(-120), None)
    assert again == Concern(good, 12, case.case_id)


def test_nothing_is_recorded_where_the_case_is_refused(desk: Desk) -> None:
    to_come = desk.made.clock.now() + timedelta(hours=1)
    with refused("excursion.times", "excursion.to_come"):
        unit_checks.check(
            desk.pharmacy, "T1", temperature_c=Decimal(0), remarks="empty", case_since=to_come
        )
    assert queries.checks(desk.pharmacy.reader, "T1", 5) == []
    unit_checks.check(desk.pharmacy, "T1", temperature_c=COLD, case_since=desk.made.clock.now())
    assert excursions.cases(desk.pharmacy) == []
