"""Examples of the papers about stock to come."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from pharmacy_app.documents.reports.readiness import ReadinessReport
from pharmacy_app.domain.assumptions import Assumptions
from pharmacy_app.domain.blinding import BlindedReadiness, ReadyDay
from pharmacy_app.domain.chances import Observed
from pharmacy_app.domain.courses import course, schedule
from pharmacy_app.domain.forecast import Forecast, Question, simulate
from pharmacy_app.domain.ids import KitNumber, ShipmentId, SiteCode, SubjectId, VisitCode
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.readiness import (
    Ageing,
    Coming,
    DayNeed,
    Line,
    Source,
    Stock,
    lines_of,
    readiness,
)
from tests.documents.papers import SITE_NAME, STANDING, ZONE
from tests.small_trials import two_stage_trial

FIRST = date(2026, 11, 23)
TRIAL = two_stage_trial(pool="LATE")
LINES = lines_of(TRIAL)
SEEN = Observed(14, 91)
RUNS = 300


def blinded_readiness() -> BlindedReadiness:
    """What the ward is told two weeks ahead."""
    return BlindedReadiness(
        trial_code="ACLF-MSC",
        protocol="ACLF-MSC-02",
        site=SiteCode("01"),
        site_name=SITE_NAME,
        zone=ZONE,
        days=tuple(
            ReadyDay(day=FIRST + timedelta(days=day), visits=day % 3 + 1, ready=day < 9)
            for day in range(0, 14, 2)
        ),
        one_more=True,
        until=FIRST + timedelta(days=13),
        promised_by="王药师 Wang",
        promised_at=STANDING.printed_at,
        made_on=FIRST,
        training=True,
    )


def _kit(source: Source, number: int, days: int) -> Ageing:
    expiry = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=ZoneInfo(ZONE)) + timedelta(
        days=days
    )
    lot = f"{source.kit_type}-{days:03d}"
    name = KitNumber(f"K{number:07d}")
    kit = Kit(
        name,
        source.kit_type,
        lot,
        "BL",
        expiry,
        KitState.AVAILABLE,
        ShipmentId("S"),
        pool=source.pool,
    )
    return Ageing(kit, days)


def stock(kits: int = 18) -> Stock:
    """A shelf whose lots expire one after the other."""
    return {
        line.source: [_kit(line.source, n, 21 + 49 * (n * 4 // max(1, kits))) for n in range(kits)]
        for line in LINES
    }


def _visits(line: Line, days: range) -> list[Coming]:
    return [
        Coming(
            SubjectId(f"01-{day:03d}"),
            line.stage,
            VisitCode("W0"),
            FIRST + timedelta(days=day),
            line,
        )
        for day in days
    ]


def days(kits: int = 5) -> tuple[DayNeed, ...]:
    """Two weeks in which the first source runs out."""
    coming = [*_visits(LINES[0], range(0, 14, 2)), *_visits(LINES[1], range(1, 14, 5))]
    return readiness(stock(kits), LINES, coming, FIRST, 14)


def forecast(kits: int = 18, rate: Observed = SEEN) -> Forecast:
    """A forecast of half a year."""
    newcomer = course(TRIAL, schedule(TRIAL), drawn={}, entering=Fraction(9, 10), consents={})
    question = Question(
        first=FIRST,
        weeks=26,
        lead_days=28,
        rate=rate,
        courses=(newcomer,) * 4,
        newcomer=newcomer,
        staying=Fraction(3, 4),
        failing=Fraction(1, 20),
        stock=stock(kits),
    )
    return simulate(question, random.Random(5), RUNS)


def readiness_report() -> ReadinessReport:
    """The whole paper."""
    return ReadinessReport(
        standing=STANDING,
        trial=TRIAL,
        days=days(),
        in_the_way={LINES[0].source: {"quarantined": 3, "expired": 0, "expected": 12}},
        forecast=forecast(),
        assumed=Assumptions(per_month=Decimal(5), runs=1000),
        rate=SEEN,
        seed=123456,
    )
