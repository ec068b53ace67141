"""Every figure, measured one after the other in a folder that is thrown away."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pharmacy_app.bench import (
    act,
    codes,
    forecast,
    label,
    lists,
    logger,
    look_back,
    scan,
    start,
    verification,
)
from pharmacy_app.bench.figure import Figure, Seconds
from pharmacy_app.bench.site import prepared
from pharmacy_app.demo.site import WANG
from pharmacy_app.domain.ids import LabelId
from pharmacy_app.system.chance import Chance
from pharmacy_app.system.clock import Clock
from pharmacy_app.system.settings import Settings, keep_settings
from pharmacy_app.vault.derivation import FLOOR, calibrate
from pharmacy_app.vault.session import NewPerson
from pharmacy_app.workflows.blinded import blinded_dose, blinded_label
from pharmacy_app.workflows.sessions import Machine

Repeats = Callable[[int], int]
"""Given how often a figure is usually repeated, returns how often it shall be."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What measuring needs from outside; ``seconds`` is the clock that is read around each run."""

    clock: Clock
    chance: Chance
    seconds: Seconds
    repeats: Repeats


def measure(tools: Tools, kits: int) -> Iterator[Figure]:
    """Yield every figure as it is measured, the longest list with so many kits.

    Raises EnvironmentProblem where one cannot be measured.
    """
    seconds, repeats = tools.seconds, tools.repeats
    machine = Machine(tools.clock, tools.chance, FLOOR)
    with tempfile.TemporaryDirectory(prefix="pharmacy-bench-") as named:
        folder = Path(named)
        yield from start.measured(seconds, _home(folder, machine), repeats(start.REPEATS))
        yield codes.measured(seconds, tools.chance, repeats(codes.REPEATS))
        yield logger.measured(seconds, repeats(logger.REPEATS))
        yield from lists.measured(seconds, folder / "lists", kits, repeats(lists.REPEATS))
        touched = max(look_back.FEW, kits // 10)
        yield from look_back.measured(
            seconds, folder / "look_back", touched, repeats(look_back.REPEATS)
        )
        yield from _of_a_site(folder, machine, seconds, repeats)


def _home(folder: Path, machine: Machine) -> Path:
    """Return a home as a second start finds it: a vault to sign in to, and settings."""
    home = folder / "home"
    person = NewPerson(WANG.person_id, WANG.printed_name, WANG.password)
    opened, _ = machine.vault(home / "vault").create("01", "bench", person)
    opened.close()
    keep_settings(home / "settings.toml", Settings(vault=str(home / "vault")))
    return home


def _of_a_site(
    folder: Path, machine: Machine, seconds: Seconds, repeats: Repeats
) -> Iterator[Figure]:
    site = prepared(folder / "site" / "vault", machine)
    yield from scan.measured(seconds, site, repeats(scan.REPEATS))
    with site.signed_in(site.copied("act")) as opened:
        yield act.measured(seconds, site, opened, repeats(act.REPEATS))
        yield act.derivation(seconds, calibrate(machine.clock.monotonic), repeats(act.DERIVATIONS))
        pharmacy = opened.pharmacy
        seen = blinded_dose(pharmacy.reader, pharmacy.trial, pharmacy.site, site.dose_id)
        bag = blinded_label(seen, pharmacy.trial, LabelId(f"{site.dose_id}/1"), 1)
        yield label.measured(seconds, bag, repeats(label.REPEATS))
        yield forecast.measured(seconds, pharmacy.trial, repeats(forecast.REPEATS))
        yield from verification.measured(seconds, opened, repeats(verification.REPEATS))
