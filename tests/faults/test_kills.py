"""The program killed in the middle of its work, three hundred times, and opened again.

After each kill: the records open, verify and replay; every act that was acknowledged is there; no
label number exists twice. A build that acknowledges before it commits fails the same test.
"""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pharmacy_app.domain.dose import HaemocytometerReading
from pharmacy_app.domain.events.label import LabelReserved
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.driver import EncryptedDatabase
from pharmacy_app.records.ledger import Ledger
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.vault.signing import HeldKeys
from pharmacy_app.workflows import dosing, preparation, site, storing
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.sessions import Machine, sign_in
from tests import pharmacies
from tests.pharmacies import LI, PASSWORDS, WANG, MadeSite

pytestmark = [
    pytest.mark.slow,
    # The child only works and dies; it never uses the threads its parent had.
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
    pytest.mark.skipif(sys.platform == "win32", reason="kills are sent as POSIX signals"),
]

KILLS = 300
CONTROL_KILLS = 40
MOST_ACTS = 60
LONGEST_LAST_ACT_S = 0.004
SIGN_IN_S = 0.3


@dataclass(frozen=True)
class Aftermath:
    """What was found after one kill."""

    acknowledged: int
    lost: int
    intact: bool
    labels: int
    label_numbers: int


def work(made: MadeSite, acknowledge: Callable[[str], object]) -> None:
    """Do what the demo shows for one subject after another until killed: both arms, a wrong scan, a
    failed count and its replacement, up to the hand-over."""
    vault = made.machine.vault(made.folder).open(WANG, PASSWORDS[WANG])
    keys = [vault.unlock(person, PASSWORDS[person]) for person in (WANG, LI)]
    vault.close()
    with sign_in(
        made.machine, made.folder, WANG, PASSWORDS[WANG], signing=HeldKeys(keys)
    ) as opened:
        tell_each_act(opened.pharmacy, acknowledge)
        for number, arm in enumerate("ABABABAB", start=1):
            subject = pharmacies.enrolled(made, opened.pharmacy, f"01-{number:03d}", arm)
            if arm == "A":
                refused_and_stopped(made, opened.pharmacy, subject)
            pharmacies.handed_over(made, opened.pharmacy, subject)


def refused_and_stopped(made: MadeSite, pharmacy: Pharmacy, subject: str) -> None:
    """Scan a wrong kit, count too many dead cells, stop the dose: its replacement comes next."""
    with suppress(Refused):
        storing.stow(pharmacy, Scanned("KAAAAAAA"), "T1-R1-B01-A1")
    dose_id = pharmacies.thawed(made, pharmacy, subject)
    dead = HaemocytometerReading(live=95, dead=43, squares=4, dilution_factor=Decimal(40))
    with suppress(Refused):
        preparation.record_count(
            pharmacy,
            dose_id,
            [dead, dead],
            suspension_ml=Decimal(20),
            sample_ml=Decimal("0.5"),
        )
    dosing.stop(pharmacy, dose_id, "viability", rules_broken=("dose.viability_below_limit",))


def tell_each_act(pharmacy: Pharmacy, acknowledge: Callable[[str], object]) -> None:
    """Acknowledge every act's id once `Ledger.append` has returned."""
    append = pharmacy.ledger.append

    def told(*args: object, **kwargs: object) -> object:
        recorded = append(*args, **kwargs)  # type: ignore[arg-type] # passed through
        acknowledge(recorded[0].op_id)
        return recorded

    pharmacy.ledger.append = told  # type: ignore[method-assign,assignment] # the observer


def commit_one_act_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Break the build: an act is acknowledged at once and committed when the next one begins."""
    execute = EncryptedDatabase.execute

    def late(self: EncryptedDatabase, sql: str, parameters: object = None) -> object:
        if sql == "COMMIT":
            return None
        if sql == "BEGIN IMMEDIATE" and self.conn.in_transaction:
            execute(self, "COMMIT")
        return execute(self, sql, parameters)  # type: ignore[arg-type] # passed through

    monkeypatch.setattr(EncryptedDatabase, "execute", late)


def killed_once(made: MadeSite, folder: Path, lives: random.Random) -> Aftermath:
    """Let a child work on a copy of the vault, kill it in some act, and look at what is left.

    It lives for so many acknowledged acts and a moment more, so that a slow machine kills it in
    the same places as a quick one; for none, it dies while it signs in.
    """
    shutil.copytree(made.folder, folder)
    copy = on_its_own(made, folder)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            work(copy, lambda op: os.write(writing, op.encode() + b"\n"))
        finally:
            os._exit(0)
    os.close(writing)
    acts = lives.randrange(MOST_ACTS)
    with os.fdopen(reading, "rb") as pipe:
        acknowledged = [line for line in (pipe.readline() for _ in range(acts)) if line]
        time.sleep(lives.uniform(0, LONGEST_LAST_ACT_S if acts else SIGN_IN_S))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        acknowledged += pipe.read().splitlines(keepends=True)
    copy.clock.advance(timedelta(days=1))
    whole = [line.decode().strip() for line in acknowledged if line.endswith(b"\n")]
    try:
        return looked_at(copy, whole)
    finally:
        shutil.rmtree(folder)


def on_its_own(made: MadeSite, folder: Path) -> MadeSite:
    """Return the site in another folder, with a clock and chance of its own, an hour later."""
    clock = SetClock(made.clock.now() + timedelta(hours=1))
    machine = Machine(clock, SystemChance(), pharmacies.FLOOR, ballast=False)
    return replace(made, folder=folder, machine=machine, clock=clock, taken={})


def looked_at(made: MadeSite, acknowledged: list[str]) -> Aftermath:
    """Open the vault as its owner would, and verify everything."""
    with made.signed_in() as opened:
        ledger: Ledger = opened.pharmacy.ledger
        report = site.verify_records(opened.pharmacy, opened.vault, replay=True)
        lost = [op for op in acknowledged if not ledger.find(op)]
        labels = ledger.reader.rows("SELECT label_id, copy FROM label ORDER BY label_id")
        reserved = ledger.of_kinds([LabelReserved.__struct_config__.tag])  # type: ignore[list-item] # a str
    return Aftermath(
        acknowledged=len(acknowledged),
        lost=len(lost),
        intact=report.intact,
        labels=len(reserved),
        label_numbers=len({label for label, _ in labels}),
    )


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    made = pharmacies.make_site(tmp_path_factory.mktemp("kills") / "site", kits_of_each=5)
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
    return made


def kill_often(made: MadeSite, folder: Path, kills: int, seed: int) -> list[Aftermath]:
    lives = random.Random(seed)
    return [killed_once(made, folder / f"vault-{n}", lives) for n in range(kills)]


@pytest.mark.parametrize("part", range(2))
def test_no_kill_loses_an_acknowledged_act_or_doubles_a_label(
    stocked: MadeSite, tmp_path: Path, part: int
) -> None:
    found = kill_often(stocked, tmp_path, KILLS // 2, seed=part)
    assert sum(one.acknowledged for one in found) > KILLS
    assert [one for one in found if one.lost] == []
    assert [one for one in found if not one.intact] == []
    assert [one for one in found if one.labels != one.label_numbers] == []


def test_a_build_that_acknowledges_before_it_commits_is_caught(
    stocked: MadeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "late"
    commit_one_act_late(monkeypatch)
    folder.mkdir()
    lives = random.Random(7)
    lost = 0
    for n in range(CONTROL_KILLS):
        lost += killed_once(stocked, folder / str(n), lives).lost
        if lost:
            break
    assert lost > 0
