"""The hands of the trainee: signed in, with a clock that is moved on, keeping every refusal met."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from pharmacy_app.demo.site import DemoSite
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, Violation
from pharmacy_app.system.clock import SetClock
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import sessions
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.sessions import Machine, OpenSite


class StoryBroken(Exception):
    """The story met something it did not expect: an act done that should have been refused."""


@dataclass(frozen=True, slots=True)
class Met:
    """A refusal that was provoked: what was tried, when, and every reason given."""

    tried: str
    at: datetime
    reasons: tuple[Violation, ...]


class Desk:
    """One person at a time at a training site. ``refusals`` grows as the story goes."""

    def __init__(self, made: DemoSite, clock: SetClock) -> None:
        self.made = made
        self.clock = clock
        self.refusals: list[Met] = []
        self._open: OpenSite | None = None

    @property
    def site(self) -> OpenSite:
        """The open site. Raises StoryBroken while nobody is signed in."""
        if self._open is None:
            raise StoryBroken("nobody is signed in")
        return self._open

    @property
    def pharmacy(self) -> Pharmacy:
        """The open pharmacy."""
        return self.site.pharmacy

    @property
    def machine(self) -> Machine:
        """The machine everything runs on."""
        return self.made.machine

    def sign_in(self, person: PersonId) -> None:
        """Sign a person in; whoever was there before is signed out."""
        self.close()
        password = self.credential(person).password
        self._open = sessions.sign_in(self.machine, self.made.folder, person, password)

    def close(self) -> None:
        """Sign out; nothing happens where nobody is signed in."""
        opened, self._open = self._open, None
        if opened is not None:
            opened.close()

    def abandon(self) -> None:
        """Close after a break of the story; what went wrong before is what counts."""
        with suppress(Refused, EnvironmentProblem):
            self.close()

    def credential(self, person: PersonId) -> Credential:
        """Return somebody's password as they would type it."""
        return self.made.credential(person)

    def signs(self) -> Credential:
        """Return the password of the person at the desk."""
        return self.credential(self.pharmacy.person.person_id)

    def pass_minutes(self, minutes: int) -> None:
        """Let the work take its time."""
        self.clock.advance(timedelta(minutes=minutes))

    def wait_until(self, when: datetime) -> None:
        """Let time pass up to a moment; nothing happens if it is over."""
        self.clock.advance(max(timedelta(0), when - self.clock.now()))

    def next_morning(self, days: int, hour: int = 7) -> None:
        """Sign out and let so many nights pass; it is then that hour at the site."""
        zone = self.pharmacy.zone
        self.close()
        self.wait_until(self._at(zone, days, hour))

    def _at(self, zone: ZoneInfo, days: int, hour: int) -> datetime:
        local = self.clock.now().astimezone(zone) + timedelta(days=days)
        return local.replace(hour=hour, minute=0, second=0, microsecond=0)

    def refused(self, tried: str, act: Callable[[], object], rule: str) -> None:
        """Try something that must be refused by a rule, and keep the refusal.

        Raises StoryBroken if it was done, or refused for other reasons alone.
        """
        try:
            act()
        except (Refused, EnvironmentProblem) as problem:
            reasons = problem.violations if isinstance(problem, Refused) else (problem.problem,)
        else:
            raise StoryBroken(f"not refused: {tried}")
        if rule not in {reason.rule for reason in reasons}:
            found = ", ".join(reason.rule for reason in reasons)
            raise StoryBroken(f"{tried}: refused by {found}, not by {rule}")
        self.refusals.append(Met(tried, self.clock.now(), reasons))
