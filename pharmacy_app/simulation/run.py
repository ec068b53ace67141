"""Runs a whole simulated trial: its sites side by side, each in a process and a vault of its own."""

import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import msgspec

from pharmacy_app.demo.performance import new_folder
from pharmacy_app.domain.ids import SiteCode
from pharmacy_app.domain.refusal import refuse, violation
from pharmacy_app.simulation.report import Report, in_words, report_of
from pharmacy_app.simulation.settings import Settings
from pharmacy_app.simulation.site import Played, play_site
from pharmacy_app.simulation.supply import entries_by_site, protocol
from pharmacy_app.system.files import write_replacing

MOST_SITES = 99
REPORT, WORDS = "report.json", "report.txt"


def simulate(settings: Settings, out: Path) -> Report:
    """Play a trial, leave each site's vault and the report in ``out``, and return the report.

    ``out`` must not be there yet, or be empty; nothing is left of a run that broke. Raises Refused
    ``simulate.…`` for impossible settings, EnvironmentProblem for what the machine could not.
    """
    refuse(
        None
        if 1 <= settings.sites <= MOST_SITES
        else violation("simulate.sites", str(settings.sites), most=MOST_SITES)
    )
    sites = list(entries_by_site(protocol(settings.sites), settings.subjects))
    with new_folder(out) as building:
        played = _play(settings, sites, building)
        report = report_of(settings, played)
        encoded = msgspec.json.format(msgspec.json.encode(report), indent=2)
        write_replacing(building / REPORT, encoded)
        write_replacing(building / WORDS, in_words(report).encode())
    return report


def _play(settings: Settings, sites: list[SiteCode], folder: Path) -> list[Played]:
    play = partial(_play_one, settings, folder)
    workers = min(len(sites), os.cpu_count() or 1)
    if workers == 1:
        return [play(site) for site in sites]
    # Spawned, not forked: the same on every system, and nothing of this process comes along.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return list(pool.map(play, sites))


def _play_one(settings: Settings, folder: Path, site: SiteCode) -> Played:
    return play_site(settings, site, folder / site)
