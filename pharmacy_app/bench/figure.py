"""One measured figure, and how it is measured."""

from collections.abc import Callable
from statistics import median

import msgspec

Seconds = Callable[[], float]
"""A monotonic clock."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """Medians of ours and of the baseline, and the median of the ratios of the pairs.

    ``goal`` is the highest ratio that is good enough; None for a figure shown for information.
    ``baseline`` and ``ratio`` are None where there is nothing to compare with.
    """

    figure: str
    ours: float
    baseline: float | None
    unit: str
    ratio: float | None
    goal: float | None
    repeats: int

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None without one."""
        if self.goal is None or self.ratio is None:
            return None
        return self.ratio <= self.goal


def milliseconds(seconds: Seconds, act: Callable[[], object]) -> float:
    """Return how long an act takes, in milliseconds."""
    began = seconds()
    act()
    return (seconds() - began) * 1000


def compared(
    figure: str,
    ours: Callable[[], float],
    baseline: Callable[[], float],
    *,
    goal: float | None,
    repeats: int,
) -> Figure:
    """Return a figure from so many pairs; both functions return milliseconds of one run.

    One pair goes before and is not counted: it fills what is filled once.
    """
    ours()
    baseline()
    pairs = [(ours(), baseline()) for _ in range(repeats)]
    return Figure(
        figure=figure,
        ours=median(of_ours for of_ours, _ in pairs),
        baseline=median(bare for _, bare in pairs),
        unit="ms",
        ratio=median(of_ours / bare for of_ours, bare in pairs),
        goal=goal,
        repeats=repeats,
    )


def alone(figure: str, ours: Callable[[], float], repeats: int) -> Figure:
    """Return a figure without baseline, shown for information."""
    ours()
    return Figure(
        figure=figure,
        ours=median(ours() for _ in range(repeats)),
        baseline=None,
        unit="ms",
        ratio=None,
        goal=None,
        repeats=repeats,
    )
