"""The desk of a simulated site: every act is timed, every refusal counted."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers.port import PrintOutcome
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.simulation.settings import Rates, happens
from pharmacy_app.system.chance import Chance
from pharmacy_app.system.clock import Clock, SetClock
from pharmacy_app.workflows.pharmacy import Pharmacy

Done = TypeVar("Done")


class NoRefusalError(Exception):
    """A wrong act was not refused: the simulation found a mistake of the program."""


class SimulatedPrinter:
    """Takes every paper; the bytes are in the ledger already."""

    name = "simulated"

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        """Take a paper."""
        del paper
        return PrintOutcome(self.name, job_title)


@dataclass(slots=True)
class Desk:
    """One site at work."""

    pharmacy: Pharmacy
    clock: SetClock
    chance: Chance
    rates: Rates
    stopwatch: Clock
    printer: SimulatedPrinter = field(default_factory=SimulatedPrinter)
    refusals: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def happens(self, rate: int) -> bool:
        """Return whether something of this rate (‰) happens now."""
        return happens(self.chance, rate)

    def minutes(self, most: int) -> None:
        """Let one minute pass, or some more."""
        self.clock.advance(timedelta(minutes=1 + self.chance.below(most)))

    def do(self, name: str, act: Callable[[], Done]) -> Done:
        """Do an act and keep how long the program took, in seconds of the real clock."""
        began = self.stopwatch.monotonic()
        done = act()
        self.seconds[name].append(self.stopwatch.monotonic() - began)
        return done

    def tried(self, name: str, act: Callable[[], Done]) -> Done | None:
        """Do an act that may be refused; None if it was. Every rule is counted."""
        try:
            return self.do(name, act)
        except Refused as refused:
            self._count(refused)
            return None

    def must_refuse(self, act: Callable[[], object]) -> None:
        """Try a wrong act. Raises NoRefusalError if nothing refused it."""
        try:
            done = act()
        except Refused as refused:
            self._count(refused)
            return
        raise NoRefusalError(repr(done))

    def _count(self, refused: Refused) -> None:
        self.refusals.update(violation.rule for violation in refused.violations)
