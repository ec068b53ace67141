"""From a scan at the bench to its answer, with a thousand and with a hundred thousand kits.

Measured is the decision of `dosing.scan_kit`: dose, kit and rules read and judged, once for the right
kit and once for a wrong one. What it then records is the figure of the signed act.
"""

from collections.abc import Callable
from typing import Any

from pharmacy_app.bench.figure import Figure, Seconds, compared, milliseconds
from pharmacy_app.bench.site import Prepared, bring_kits
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.ledger import Appended
from pharmacy_app.workflows import dosing
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned

FEW, MANY = 1_000, 100_000
GROWTH_GOAL = 1.3
FRAME_MS = 16.0
"""One frame of a 60 Hz screen."""
REPEATS = 60
SCANS = 10
"""Pairs of scans in one run: a single one is too short for the clock."""


class Deciding(Pharmacy):
    """A pharmacy that decides like the real one and records nothing."""

    def __init__(self, real: Pharmacy) -> None:
        vars(self).update(vars(real))

    def record(self, task: Task, *_events: Event, **_facts: Any) -> Appended:
        """Ask for the right, as the real one does, and record nothing."""
        self.require(task)
        return Appended()


def measured(seconds: Seconds, site: Prepared, repeats: int) -> list[Figure]:
    """Return how the answer grows with the kits, and how it stands against one frame."""
    few, many = site.copied("few"), site.copied("many")
    with site.signed_in(few) as with_few, site.signed_in(many) as with_many:
        bring_kits(with_few.pharmacy, FEW)
        bring_kits(with_many.pharmacy, MANY)
        growth = compared(
            "scan_growth",
            answering(with_many.pharmacy, site, seconds),
            answering(with_few.pharmacy, site, seconds),
            goal=GROWTH_GOAL,
            repeats=repeats,
        )
    return [growth, against_frame(growth)]


def answering(real: Pharmacy, site: Prepared, seconds: Seconds) -> Callable[[], float]:
    """Return a function that scans right and wrong kits and returns the milliseconds of one scan."""
    pharmacy = Deciding(real)
    scans = [Scanned(site.kit), Scanned(site.other_kit)] * SCANS

    def scan_all() -> None:
        for scanned in scans:
            answer(pharmacy, site, scanned)

    return lambda: milliseconds(seconds, scan_all) / len(scans)


def answer(pharmacy: Pharmacy, site: Prepared, scanned: Scanned) -> bool:
    """Return whether a scan is accepted."""
    try:
        dosing.scan_kit(pharmacy, site.dose_id, scanned)
    except Refused:
        return False
    return True


def against_frame(growth: Figure) -> Figure:
    """Return the answer at many kits against one frame of the screen."""
    return Figure(
        figure="scan_frame",
        ours=growth.ours,
        baseline=FRAME_MS,
        unit="ms",
        ratio=growth.ours / FRAME_MS,
        goal=1.0,
        repeats=growth.repeats,
    )
