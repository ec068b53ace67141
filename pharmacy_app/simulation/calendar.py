"""What happens when: one queue of acts a site, in the order of their times."""

import heapq
from collections.abc import Callable
from datetime import datetime

from pharmacy_app.system.clock import SetClock


class Calendar:
    """Acts at their times; one that comes due while another is worked at waits for its end."""

    def __init__(self, clock: SetClock) -> None:
        self._clock = clock
        self._waiting: list[tuple[datetime, int, Callable[[], None]]] = []
        self._put_in = 0

    def at(self, when: datetime, act: Callable[[], None]) -> None:
        """Put in an act for a time."""
        self._put_in += 1
        heapq.heappush(self._waiting, (when, self._put_in, act))

    def run(self) -> None:
        """Do everything in order, letting the time pass, until nothing is left."""
        while self._waiting:
            when, _, act = heapq.heappop(self._waiting)
            if when > self._clock.now():
                self._clock.advance(when - self._clock.now())
            act()
