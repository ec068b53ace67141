"""A terminal at a training site, and what is typed at it again and again."""

import re
import shutil
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from click.testing import CliRunner, Result

from pharmacy_app.cli.exits import in_words
from pharmacy_app.cli.main import Chosen, commands
from pharmacy_app.demo.site import DemoSite
from pharmacy_app.demo.story import START
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.vault.derivation import FLOOR
from pharmacy_app.wording import Language
from pharmacy_app.workflows import sessions
from pharmacy_app.workflows.sessions import Machine

Kind = TypeVar("Kind", bound=Event)
DOSE = re.compile(r"D-[0-9A-Z]{7}")


@dataclass
class Terminal:
    """Types commands at a training site, as a person."""

    made: DemoSite
    clock: SetClock
    language: Language = "en"

    def run(self, *words: str, secrets: tuple[str, ...] = (), person: str = "wang") -> Result:
        chosen = Chosen(self.clock)
        chosen.language = self.language
        return self._typed(chosen, words, secrets, person)

    def _typed(
        self, chosen: Chosen, words: tuple[str, ...], secrets: tuple[str, ...], person: str
    ) -> Result:
        known: dict[str, str] = {one.person_id: one.password for one in self.made.aids.people}
        typed = "\n".join((known.get(person, person), *secrets)) + "\n"
        group, command, *rest = words
        shared = ["--vault", str(self.made.folder), "--person", person, "--password-stdin"]
        return CliRunner().invoke(
            commands, [group, command, *shared, *rest], input=typed, obj=chosen
        )

    def done(self, *words: str, secrets: tuple[str, ...] = (), person: str = "wang") -> str:
        result = self.run(*words, secrets=secrets, person=person)
        assert result.exception is None, (words, result.exception, result.output)
        return result.output

    def refused(self, *words: str, secrets: tuple[str, ...] = (), person: str = "wang") -> set[str]:
        problem = self.run(*words, secrets=secrets, person=person).exception
        assert isinstance(problem, Refused), (words, problem)
        return {reason.rule for reason in problem.violations}

    def told_refusal(self, *words: str, secrets: tuple[str, ...] = (), person: str = "wang") -> str:
        """Return what a refused command prints, as `main.run` has it printed."""
        chosen = Chosen(self.clock)
        chosen.language = self.language
        problem = self._typed(chosen, words, secrets, person).exception
        assert isinstance(problem, Refused | EnvironmentProblem), (words, problem)
        return in_words(problem, chosen.language, chosen.zone)

    def passes(self, minutes: int) -> None:
        self.clock.advance(timedelta(minutes=minutes))


def terminal_at_a_copy(made: DemoSite, folder: Path) -> Terminal:
    """Return a terminal at a site of its own, as the one given stands."""
    shutil.copytree(made.folder, folder)
    clock = SetClock(START)
    machine = Machine(clock, SystemChance(), FLOOR)
    return Terminal(replace(made, folder=folder, machine=machine), clock)


def code_for(terminal: Terminal, arm: str) -> str:
    lines = [line for listed in terminal.made.desk.values() for line in listed]
    return next(line.code for line in lines if line.arm == arm)


def recorded(terminal: Terminal, about: str, kind: type[Kind]) -> list[Kind]:
    """Return the acts of one kind about a record, oldest first."""
    made = terminal.made
    (wang,) = (one for one in made.aids.people if one.person_id == "wang")
    with sessions.sign_in(made.machine, made.folder, PersonId("wang"), wang.password) as opened:
        acts = opened.pharmacy.ledger.history(about)
    return [one.event for one in acts if isinstance(one.event, kind)]


def opened_dose(terminal: Terminal, arm: str = "MSC") -> str:
    terminal.done("subject", "enrol", "01-001", "--by", "林雨辰", "--reference", "REQ-1")
    terminal.done("subject", "allocate", "01-001", secrets=(code_for(terminal, arm),))
    found = DOSE.search(terminal.done("dose", "open", "01-001", "W0"))
    assert found is not None
    return found[0]
