"""Visits: when a dose may be prepared, counted from its anchor."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.domain.trial import Outside, Visit


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """The times between which a visit's dose may be opened; all UTC."""

    planned_at: datetime
    opens_at: datetime
    closes_at: datetime

    def holds(self, now: datetime) -> bool:
        """Return whether ``now`` is in the window, both ends included."""
        return self.opens_at <= now <= self.closes_at


def planned(visit: Visit, anchor: datetime, zone: ZoneInfo) -> PlannedVisit:
    """Return the window of a visit whose anchor happened at ``anchor``.

    Days are counted on the site's calendar, so a change of summer time does not move the hour.
    """
    window = visit.window
    local = anchor.astimezone(zone) + timedelta(days=window.day)

    def moved(days: int, hours: int) -> datetime:
        return (local + timedelta(days=days)).astimezone(anchor.tzinfo) + timedelta(hours=hours)

    return PlannedVisit(
        planned_at=moved(0, 0),
        opens_at=moved(-window.minus_days, -window.minus_hours),
        closes_at=moved(window.plus_days, window.plus_hours),
    )


def needs_reason(visit: Visit, reason: str, *, repeats: bool) -> Violation | None:
    """Return the violation of a dose without its reason where no schedule gives one.

    A visit that is not scheduled always needs one, and so does a dose after a bag that came back.
    """
    if reason.strip() or not (repeats or not visit.scheduled):
        return None
    rule = "visit.repeat_reason" if repeats else "visit.unscheduled_reason"
    return violation(rule, visit.code)


def outside(visit: Visit, window: PlannedVisit, now: datetime, reason: str) -> Violation | None:
    """Return why a dose may not be opened now, if it may not.

    A window with ``outside = "reason"`` may be overruled with a reason, which becomes a deviation.
    """
    if window.holds(now) or (visit.window.outside is Outside.REASON and reason.strip()):
        return None
    rule = "visit.needs_reason" if visit.window.outside is Outside.REASON else "visit.outside"
    return violation(rule, visit.code, opens=window.opens_at, closes=window.closes_at, now=now)
