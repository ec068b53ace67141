"""A temperature report as the tests print it: an excursion, a gap, codes, a lower limit."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from pharmacy_app.documents.reports.temperature_report import SHIPMENT, TemperatureReport
from pharmacy_app.domain.curve import Limits, curve
from pharmacy_app.domain.readings import Sample
from pharmacy_app.domain.refusal import violation
from pharmacy_app.domain.temperature import summarise, time_below, until
from tests.documents.papers import STANDING

BEGINS = datetime(2026, 11, 20, 1, tzinfo=UTC)
FIVE = timedelta(minutes=5)
UPPER, LOWER = Decimal(8), Decimal(2)


def samples() -> list[Sample]:
    """Return two days in a refrigerated box: too warm at noon, too cold at night, a hole, codes."""
    found = []
    for n in range(600):
        if 300 <= n < 330:
            continue
        at = BEGINS + n * FIVE
        celsius = Decimal(5) + Decimal(n % 7) / 10
        if 100 <= n < 130:
            celsius += 6
        if 420 <= n < 440:
            celsius -= 5
        found.append(Sample(at, None, "ERR") if n in {200, 201, 350} else Sample(at, celsius))
    return found


def temperature_report() -> TemperatureReport:
    """Return what the report is drawn from."""
    readings = samples()
    opened = BEGINS + 590 * FIVE
    return TemperatureReport(
        standing=STANDING,
        about=SHIPMENT,
        record="SH-0417",
        serial="RC-5-20480117",
        file="ab" * 32,
        interval=FIVE,
        curve=curve(readings, FIVE, Limits(UPPER, LOWER), opened),
        summary=summarise(readings, FIVE, [UPPER]),
        below=time_below(readings, FIVE, LOWER),
        opened_at=opened,
        last_before_opening=until(readings, opened)[-1],
        mean_kinetic_c=None,
        excursion=True,
        notes=(violation("logger.newest_first"),),
    )
