"""A forecast of a thousand runs over a site of 150 subjects, against a bare loop of Poisson draws.

The baseline draws as many kits, week by week and source by source, each run from the mean of ours, by
multiplying uniform numbers (Knuth): one draw a kit, and the sums. It knows no subject, no visit, no
survival, no expiry, and takes nothing from a shelf.
"""

import math
import random
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from pharmacy_app.bench.figure import Figure, Seconds, compared, milliseconds
from pharmacy_app.domain.chances import Observed
from pharmacy_app.domain.courses import course, schedule
from pharmacy_app.domain.forecast import Forecast, Question, simulate
from pharmacy_app.domain.ids import KitNumber, ShipmentId
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.readiness import Ageing, Source, lines_of
from pharmacy_app.domain.trial import Trial

GOAL = 8.0
REPEATS = 7
SUBJECTS, KITS, RUNS, WEEKS = 150, 200, 1000, 26
FIRST = date(2026, 11, 23)


def measured(seconds: Seconds, trial: Trial, repeats: int) -> Figure:
    """Return the figure of the forecast."""
    asked = question(trial)
    means = weekly(simulate(asked, random.Random(1), RUNS))  # noqa: S311 - chance to be played again
    return compared(
        "forecast",
        lambda: milliseconds(seconds, lambda: simulate(asked, random.Random(2), RUNS)),  # noqa: S311 - as above
        lambda: milliseconds(seconds, lambda: bare(means, random.Random(2))),  # noqa: S311 - as above
        goal=GOAL,
        repeats=repeats,
    )


def question(trial: Trial) -> Question:
    """Return the question of a site with 150 subjects at their first visit, who go on to be enrolled."""
    newcomer = course(trial, schedule(trial), drawn={}, entering=Fraction(9, 10), consents={})
    sources = {line.source for line in lines_of(trial)}
    return Question(
        first=FIRST,
        weeks=WEEKS,
        lead_days=28,
        rate=Observed(SUBJECTS, 182),
        courses=(newcomer,) * SUBJECTS,
        newcomer=newcomer,
        staying=Fraction(19, 25),
        failing=Fraction(1, 20),
        stock={source: [_held(source, place) for place in range(KITS)] for source in sources},
    )


def _held(source: Source, place: int) -> Ageing:
    days = 1 + place
    expiry = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC) + timedelta(days=days)
    number = KitNumber(f"B{place:06d}")
    kit = Kit(number, source.kit_type, "LOT", "BL", expiry, KitState.AVAILABLE, ShipmentId("S"))
    return Ageing(kit, min(days, 7 * WEEKS))


def weekly(told: Forecast) -> list[float]:
    """Return the middle of each week's demand, source after source."""
    means = []
    for source in told.sources:
        before = 0
        for week in source.weeks:
            means.append(float(week.demand.median - before))
            before = week.demand.median
    return means


def bare(means: list[float], draws: random.Random) -> int:
    """Draw every week of every run; return the greatest sum, so that nothing is left out."""
    limits = [math.exp(-mean) for mean in means]
    most = 0
    for _ in range(RUNS):
        total = 0
        for limit in limits:
            product = draws.random()
            while product > limit:
                product *= draws.random()
                total += 1
        most = max(most, total)
    return most
