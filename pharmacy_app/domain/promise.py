"""The promise to the ward: doses that are there whichever arm each subject is in.

A blinded person may know the promise and what they see anyway: which visits are planned, which doses
were handed over. From that alone it follows whether the pharmacy is ready on a day. The stock itself
is asked once, when an unblinded person signs: for the kind of kit of which there are fewest, with a
margin, in coarse numbers, up to a week's end. See ``docs/decisions/blinded-readiness.md``.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from pharmacy_app.domain.blinding import BlindedVisit, ReadyDay
from pharmacy_app.domain.events.readiness import Cover
from pharmacy_app.domain.refusal import Violation, violation

COARSE = (1, 2, 5, 10, 20, 50, 100, 200, 500)
"""The numbers of doses that can be promised: an exact one would tell the shelf."""
MARGIN = 5
"""One kit in so many is kept back for those that fail at the bench; one at least."""
MOST_WEEKS = 4


def week_end(today: date, weeks: int) -> date:
    """Return the Sunday that ends this week, or so many weeks after it."""
    return today + timedelta(days=6 - today.weekday() + 7 * weeks)


def kits_behind(doses: int) -> int:
    """Return how many kits of every kind must be there to promise so many doses."""
    return doses + max(1, -(-doses // MARGIN))


def promisable(fewest: int) -> int:
    """Return how many doses can be promised with so many kits of the scarcest kind; 0 for none."""
    return max((doses for doses in COARSE if kits_behind(doses) <= fewest), default=0)


def unlawful(
    covers: Sequence[Cover], fewest: Mapping[str, int], until: date, today: date
) -> tuple[Violation, ...]:
    """Return why a promise may not be made.

    ``fewest`` are, by pool, the kits of the scarcest kind that may be used up to ``until``.
    """
    found: list[Violation] = []
    if until not in {week_end(today, weeks) for weeks in range(MOST_WEEKS + 1)}:
        last = week_end(today, MOST_WEEKS)
        found.append(violation("readiness.until", "", found=until, last=last))
    if not covers or sorted({one.pool for one in covers}) != sorted(one.pool for one in covers):
        found.append(violation("readiness.no_cover"))
    for one in covers:
        if one.doses not in COARSE:
            allowed = ", ".join(map(str, COARSE))
            found.append(violation("readiness.coarse", one.pool, found=one.doses, allowed=allowed))
        elif kits_behind(one.doses) > fewest.get(one.pool, 0):
            found.append(
                violation(
                    "readiness.not_covered",
                    one.pool,
                    doses=one.doses,
                    wanted=kits_behind(one.doses),
                    fewest=fewest.get(one.pool, 0),
                )
            )
    return tuple(found)


def not_borne_out(
    covers: Sequence[Cover], served: Mapping[str, int], fewest: Mapping[str, int]
) -> tuple[str, ...]:
    """Return the pools whose stock no longer bears out what is left of a promise.

    ``served`` are the doses handed over since or under way with their kit, by pool. UNBLINDED: it
    follows from the real stock.
    """
    return tuple(
        one.pool
        for one in covers
        if max(0, one.doses - served.get(one.pool, 0)) > fewest.get(one.pool, 0)
    )


def ready_days(
    covers: Mapping[str, int],
    until: date | None,
    given: Mapping[str, int],
    visits: Iterable[BlindedVisit],
) -> tuple[ReadyDay, ...]:
    """Return each day with visits, and whether the promise covers it and every day before it.

    Made from what blinded people may know: the promise, the doses given since, the visits planned. A
    day on which not every visit is covered is not ready as a whole: nobody is told which visit.
    """
    used = dict(given)
    planned: dict[date, list[BlindedVisit]] = {}
    for visit in visits:
        planned.setdefault(visit.day, []).append(visit)
    told, ready = [], until is not None
    for day in sorted(planned):
        for visit in planned[day]:
            used[visit.pool] = used.get(visit.pool, 0) + 1
        covered = all(used[v.pool] <= covers.get(v.pool, 0) for v in planned[day])
        ready = ready and covered and until is not None and day <= until
        told.append(ReadyDay(day=day, visits=len(planned[day]), ready=ready))
    return tuple(told)


def room_for_one_more(
    covers: Mapping[str, int],
    until: date | None,
    given: Mapping[str, int],
    visits: Sequence[BlindedVisit],
    newcomer: Sequence[BlindedVisit],
) -> bool:
    """Return whether somebody enrolled today would get every dose that falls within the promise.

    And at least the first of them, and nobody else's visit is pushed out by it.
    """
    if until is None or not newcomer or min(visit.day for visit in newcomer) > until:
        return False
    used = dict(given)
    for visit in (*visits, *newcomer):
        if visit.day <= until:
            used[visit.pool] = used.get(visit.pool, 0) + 1
    return all(used.get(visit.pool, 0) <= covers.get(visit.pool, 0) for visit in newcomer)
