"""One dose from sign-in to hand-over in the real program, by real keys and a scanner's speed."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import msgspec
import pypdfium2
import pytest
import zxingcpp

from pharmacy_app.domain.dose import HaemocytometerReading, Reading
from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.events.catalogue import EVENT_TYPES
from pharmacy_app.domain.events.dose import (
    AppearanceJudged,
    BagCovered,
    CellsCounted,
    CheckSigned,
    CountBegun,
    Diluted,
    DoseDrawn,
    DoseOpened,
    DosePrescribed,
    HandedOver,
    KitAssigned,
    KitIdentified,
    TakenOutOfStorage,
    ThawEnded,
    ThawStarted,
)
from pharmacy_app.domain.events.envelope import Event, Meaning
from pharmacy_app.domain.events.label import LabelReserved, LabelScannedBack, LabelSpooled
from pharmacy_app.domain.events.oversight import NearMissRecorded
from pharmacy_app.domain.events.site import SignedIn, SignedOut
from pharmacy_app.domain.events.subject import AllocationOpened, SubjectEnrolled
from pharmacy_app.domain.ids import DoseId
from pharmacy_app.domain.trial import Trial
from pharmacy_app.records.driver import EncryptedDatabase, open_database
from pharmacy_app.records.reading import EventDecoder, LedgerReader
from pharmacy_app.system.settings import Settings, keep_settings
from pharmacy_app.workflows import dosing
from tests import pharmacies, small_trials
from tests.conftest import ROOT
from tests.e2e.screen import TOOLS, Screen, own_screen, rests
from tests.pharmacies import FLOOR, LI, PASSWORDS, WANG, MadeSite
from tests.small_trials import CELLS, SHAM

pytestmark = [
    pytest.mark.window,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="drives an X display with xdotool"),
    pytest.mark.skipif(
        any(shutil.which(tool) is None for tool in TOOLS), reason="needs " + ", ".join(TOOLS)
    ),
]

GTIN = "09501101530003"
SUBJECT = "01-001"
BATH, INSTRUMENT, SEAL, RECEIVER = "WB-1", "NB-1", "S-4711", "Nurse Qian"
CALIBRATION_DUE = date(2031, 5, 31)
RAW_COUNTS, SQUARES, DILUTION = (212, 28, 206, 31), 4, 20
WHOLE_DOSE = [
    SignedIn,
    SubjectEnrolled,
    AllocationOpened,
    DoseOpened,
    DosePrescribed,
    KitAssigned,
    NearMissRecorded,
    KitIdentified,
    TakenOutOfStorage,
    ThawStarted,
    ThawEnded,
    AppearanceJudged,
    CountBegun,
    CellsCounted,
    DoseDrawn,
    Diluted,
    BagCovered,
    CheckSigned,
    LabelReserved,
    LabelSpooled,
    LabelScannedBack,
    HandedOver,
    SignedOut,
]
Told = TypeVar("Told", bound=Event)


def trial_without_wait() -> Trial:
    """A trial whose label carries a GTIN, and whose doses need no least time at the bench."""
    trial = small_trials.small_trial()
    return msgspec.structs.replace(
        trial,
        release=msgspec.structs.replace(trial.release, min_bench_minutes=0),
        label=msgspec.structs.replace(trial.label, gtin=GTIN),
    )


@pytest.fixture
def made(tmp_path: Path, own_home: Path) -> MadeSite:
    """A site with its shelf full and nobody enrolled, an hour ago by the machine's clock."""
    before = datetime.now(UTC) - timedelta(hours=1)
    made = pharmacies.make_site(tmp_path / "site", trial=trial_without_wait(), start=before)
    with made.signed_in() as opened:
        pharmacies.stock_shelf(made, opened.pharmacy)
    settings = Settings(
        language="en",
        vault=str(made.folder),
        derive_memory_kib=FLOOR.memory_kib,
        derive_iterations=FLOOR.iterations,
        derive_lanes=FLOOR.lanes,
    )
    keep_settings(own_home / "settings.toml", settings)
    return made


@dataclass
class Bench:
    """A pharmacist with a keyboard and a scanner before the running program."""

    screen: Screen
    program: "subprocess.Popen[bytes]"
    ledger: LedgerReader
    window: str = ""
    seen: int = 0
    events: list[Event] = field(default_factory=list)

    def rest(self) -> None:
        """Wait until the program has worked off every key."""
        self.screen.until("the program rests", lambda: rests(self.program.pid))

    def recorded(self, kind: type[Told]) -> Told:
        """Wait until a new act of this kind is on record, and the program waits again."""
        found: list[Told] = []

        def look() -> bool:
            for recorded in self.ledger.page(self.seen, 100):
                self.seen = recorded.seq
                self.events.append(recorded.event)
                if isinstance(recorded.event, kind):
                    found.append(recorded.event)
            return bool(found)

        self.screen.until(f"{kind.__name__} on record", look)
        self.rest()
        self.screen.keep(f"{len(self.events):02} {kind.__name__}")
        return found[-1]

    def told(self, kind: type[Told]) -> Told:
        """Return the last event of a kind that was seen."""
        return next(event for event in reversed(self.events) if isinstance(event, kind))

    def enter(self, kind: type[Told]) -> Told:
        """Press Enter, which does the one main act of a step."""
        self.screen.press("Return")
        return self.recorded(kind)

    def fill(self, *values: object) -> None:
        """Type values into fields, one after another, each left with Tab but the last."""
        for number, value in enumerate(values):
            if number:
                self.screen.press("Tab")
            self.screen.type(str(value))

    def opens_dialog(self) -> None:
        """Press Enter and wait for the dialog it opens."""
        self.screen.press("Return")
        self.in_dialog()

    def in_dialog(self) -> None:
        """Wait until a dialog stands in front."""
        self.screen.until(
            "a dialog in front", lambda: self.screen.front_window() not in {"", self.window}
        )
        self.rest()
        self.screen.keep(f"{len(self.events):02} then a dialog")

    def in_window(self) -> None:
        """Wait until the one window stands in front again."""
        self.screen.until("the window in front", lambda: self.screen.front_window() == self.window)
        self.rest()


@contextmanager
def running(made: MadeSite, tmp_path: Path) -> Iterator[Bench]:
    """The real program, on a screen of its own, until it was closed by keyboard."""
    with ExitStack() as closing:
        screen = closing.enter_context(own_screen(tmp_path / "screen"))
        database = closing.enter_context(_read_only(made))
        # No printer of this machine shall print what a test makes: only the folder is left.
        environment = {**screen.environment, "CUPS_SERVER": "localhost:1"}
        program = subprocess.Popen([sys.executable, str(ROOT / "main.py")], env=environment)
        closing.callback(program.wait)
        closing.callback(program.kill)
        ledger = LedgerReader(database, EventDecoder(EVENT_TYPES))
        bench = Bench(screen, program, ledger, seen=ledger.head()[0])
        screen.until("the program's window", lambda: screen.windows_of(program.pid))
        (bench.window,) = screen.windows_of(program.pid)
        bench.in_window()
        yield bench


@contextmanager
def _read_only(made: MadeSite) -> Iterator[EncryptedDatabase]:
    vault = made.machine.vault(made.folder).open(WANG, PASSWORDS[WANG])
    database = open_database(vault.database_path, vault.database_key, read_only=True)
    vault.close()
    try:
        yield database
    finally:
        database.conn.close()


def test_one_dose_is_prepared_by_real_keys_and_nothing_of_a_scan_lands_in_a_field(
    made: MadeSite, tmp_path: Path, own_home: Path
) -> None:
    with running(made, tmp_path) as bench:
        sign_in(bench, made)
        enrol_and_allocate(bench, made)
        dose_id = fetch_the_kit(bench, made)
        thaw_and_count(bench, made)
        draw_dilute_and_cover(bench)
        check_with_the_second_person(bench)
        label(bench, own_home / "labels")
        hand_over(bench, made)
        bench.screen.press("alt+F4")
        bench.recorded(SignedOut)
        assert bench.program.wait(20) == 0
    assert [type(event) for event in bench.events] == WHOLE_DOSE
    look_afterwards(made, dose_id)


def sign_in(bench: Bench, made: MadeSite) -> None:
    """Choose the name and enter the password."""
    people = [one.person_id for one in made.machine.vault(made.folder).people()]
    bench.screen.press(*["Down"] * (people.index(WANG) + 1), "Tab")
    bench.screen.type(PASSWORDS[WANG])
    assert bench.enter(SignedIn).failed_tries == 0


def enrol_and_allocate(bench: Bench, made: MadeSite) -> None:
    """Enrol the subject of the investigator's request and open their allocation."""
    bench.screen.press("alt+4", "ctrl+n")
    bench.in_dialog()
    bench.fill(SUBJECT, "Dr Zhao", "REQ-1")
    assert bench.enter(SubjectEnrolled).subject_id == SUBJECT
    bench.in_window()
    bench.screen.press("ctrl+o")
    bench.in_dialog()
    bench.screen.type(made.code_for("A"))
    code_dialog = bench.screen.front_window()
    bench.screen.press("Return")
    bench.screen.until(
        "another dialog in front",
        lambda: bench.screen.front_window() not in {"", bench.window, code_dialog},
    )
    bench.rest()
    bench.screen.type(PASSWORDS[WANG])
    assert bench.enter(AllocationOpened).subject_id == SUBJECT
    bench.in_window()


def fetch_the_kit(bench: Bench, made: MadeSite) -> DoseId:
    """From the due visit to the kit in hand: a wrong kit first, then the right one over a half-typed code."""
    screen = bench.screen
    screen.press("Return")  # the visit that is due
    bench.rest()
    dose_id = bench.enter(DoseOpened).dose_id
    kit = bench.enter(KitAssigned).kit_number
    wrong = made.kits[SHAM][0]
    screen.scan(wrong)
    near_miss = bench.recorded(NearMissRecorded)
    assert (near_miss.scanned, near_miss.typed) == (wrong, False)
    bench.in_dialog()
    screen.press("Return")  # put aside
    bench.in_window()
    bench.opens_dialog()
    screen.type("NO")  # by hand, into the field that asks for the number
    screen.scan(kit)
    identified = bench.recorded(KitIdentified)
    assert (identified.scanned, identified.typed) == (kit, False)
    bench.in_window()
    assert bench.enter(TakenOutOfStorage).kit_number == kit
    return dose_id


def thaw_and_count(bench: Bench, made: MadeSite) -> None:
    """Thaw, look, count; a scan comes in the middle of a word and of a number."""
    screen = bench.screen
    screen.type(BATH[:2])
    screen.scan(made.kits[CELLS][1])
    screen.type(BATH[2:])
    screen.press("Tab")
    screen.type("3")
    screen.scan("7654321")
    screen.type("7.0")
    thaw = bench.enter(ThawStarted)
    assert (thaw.bath, thaw.bath_c) == (BATH, Decimal("37.0"))
    bench.enter(ThawEnded)
    screen.press("space")
    assert bench.enter(AppearanceJudged).acceptable
    screen.press("Tab")  # the method stands
    bench.fill(INSTRUMENT, CALIBRATION_DUE)
    begun = bench.enter(CountBegun)
    assert (begun.instrument, begun.calibration_due) == (INSTRUMENT, CALIBRATION_DUE)
    bench.fill(*RAW_COUNTS, SQUARES, DILUTION, DILUTION)
    screen.press("Tab", "Tab")  # past the volume of the suspension, which stands
    screen.type("0.5")
    assert bench.enter(CellsCounted).readings == readings()


def draw_dilute_and_cover(bench: Bench) -> None:
    """Type what the syringes show, the material, the seal."""
    result = bench.told(CellsCounted).result
    bench.fill(result.drawn_ml, result.diluent_drawn_ml)
    assert bench.enter(DoseDrawn).drawn_ml == result.drawn_ml
    bench.fill("0.9 % NaCl", "N-1", CALIBRATION_DUE)
    (material,) = bench.enter(Diluted).materials
    assert (material.name, material.lot) == ("0.9 % NaCl", "N-1")
    bench.fill(SEAL)
    assert bench.enter(BagCovered).seal_number == SEAL


def check_with_the_second_person(bench: Bench) -> None:
    """The second person types the raw counts again; both sign with their passwords."""
    bench.fill(*RAW_COUNTS, SQUARES, DILUTION)
    bench.opens_dialog()
    bench.screen.type(PASSWORDS[WANG])
    bench.screen.press("Tab", "Tab")  # past the only name that may check
    bench.screen.type(PASSWORDS[LI])
    assert bench.enter(CheckSigned).readings == readings()
    bench.in_window()


def label(bench: Bench, folder: Path) -> None:
    """Make and print the label, read its symbol off the paper, scan it with no field in focus."""
    bench.enter(LabelReserved)
    bench.enter(LabelSpooled)
    symbol = symbol_on(folder)
    bench.screen.press("alt+1", "alt+5")  # from there and back: the focus is on the page itself
    bench.rest()
    bench.screen.scan(symbol)
    back = bench.recorded(LabelScannedBack)
    assert (back.scanned, back.typed) == (symbol, False)


def hand_over(bench: Bench, made: MadeSite) -> None:
    """Name the receiver and sign; a stray scan comes into the name's field.

    A password's field is left alone: what goes there is never taken for a scan, nor shown.
    """
    stray = made.kits[CELLS][2]
    bench.screen.type(RECEIVER)
    bench.screen.scan(stray)
    bench.screen.press("Tab")
    bench.screen.type("nurse")
    bench.opens_dialog()
    bench.screen.type(PASSWORDS[WANG])
    handed = bench.enter(HandedOver)
    assert (handed.receiver, handed.receiver_role) == (RECEIVER, "nurse")
    bench.in_window()


def symbol_on(folder: Path) -> str:
    """Return what a scanner sends for the symbol on the one label in a printer's folder."""
    (paper,) = folder.iterdir()
    with pypdfium2.PdfDocument(paper) as document:
        picture = document[0].render(scale=4).to_pil()
    (found,) = zxingcpp.read_barcodes(picture)
    return found.symbology_identifier + found.bytes.decode("ascii")


def readings() -> tuple[Reading, ...]:
    """Return the counts as they are to be recorded."""
    return tuple(
        HaemocytometerReading(
            live=live, dead=dead, squares=SQUARES, dilution_factor=Decimal(DILUTION)
        )
        for live, dead in zip(RAW_COUNTS[::2], RAW_COUNTS[1::2], strict=True)
    )


def look_afterwards(made: MadeSite, dose_id: DoseId) -> None:
    """The records as the workflows and the verification from outside find them."""
    made.clock.set(datetime.now(UTC))
    with made.signed_in() as opened:
        dose = dosing.dose(opened.pharmacy, dose_id)
        handed = next(one for one in dose.record if isinstance(one.event, HandedOver))
    assert dose.step is Step.REPORT
    assert [(one.signer, one.meaning) for one in handed.signatures] == [(WANG, Meaning.RELEASED)]
    command = ["verify", "--replay", "--vault", str(made.folder), "--person", WANG]
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *command, "--password-stdin"],
        input=PASSWORDS[WANG] + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
