"""A site of any trial, founded from a sponsor's folder as a real one is, and its bench."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from pharmacy_app.domain.dose import CounterReading, Reading
from pharmacy_app.domain.doses import Dose, Step
from pharmacy_app.domain.events.dose import Material
from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import DoseId, SiteCode, StageCode, SubjectId
from pharmacy_app.domain.locations import Capacity
from pharmacy_app.domain.people import Role
from pharmacy_app.sponsor.build import ReleaseLine, build_packages
from pharmacy_app.sponsor.keys import new_keys
from pharmacy_app.sponsor.sources import read_sources
from pharmacy_app.system.chance import SeededChance
from pharmacy_app.system.clock import SetClock
from pharmacy_app.workflows import (
    accounts,
    custody,
    dosing,
    founding,
    labelling,
    preparation,
    receiving,
    releasing,
    sessions,
    site,
    storing,
)
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from pharmacy_app.workflows.sessions import Machine
from tests.pharmacies import CREDENTIALS, FLOOR, LI, PASSWORDS, WANG, MemoryPrinter

TRIALS = Path(__file__).parents[1] / "data" / "trials"
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
MINE, OTHER = CREDENTIALS[WANG], CREDENTIALS[LI]


@dataclass
class TrialSite:
    """A founded, stocked site and what the randomisation desk knows."""

    folder: Path
    machine: Machine
    clock: SetClock
    desk: dict[StageCode, Sequence[ReleaseLine]]


def founded(trial: str, folder: Path, code: str) -> TrialSite:
    """Build a trial's packages, found one site of it and put its first shipment away."""
    clock, chance = SetClock(NOW), SeededChance(trial)
    machine = Machine(clock, chance, FLOOR, ballast=False)
    sources = read_sources(TRIALS / trial, NOW)
    of = SiteCode(code)
    built = build_packages(sources, new_keys(chance), chance, clock, sites=[of])
    roles = frozenset({Role.PHARMACIST, Role.ADMINISTRATOR})
    first = accounts.Account(WANG, "王药师 Wang", roles, PASSWORDS[WANG])
    founding.found_site(
        machine, folder, built.packages[of], built.activation_codes[of], first, "desk-1"
    )
    with sessions.sign_in(machine, folder, WANG, PASSWORDS[WANG]) as opened:
        second = accounts.Account(LI, "李核对 Li", frozenset({Role.CHECKER}), PASSWORDS[LI])
        accounts.add_person(opened.pharmacy, opened.vault, second, MINE)
        limit = min(kit_type.storage_limit_c for kit_type in sources.trial.kit_types)
        unit = Capacity("U1", racks=1, boxes=2, rows=6, columns=6)
        site.add_storage_unit(opened.pharmacy, unit, "储存 1", limit)
        for sent in sources.shipments:
            stocked(opened.pharmacy, sent.shipment_id, sent.kits)
    desk = {stage: lines for (_, stage), lines in built.release_codes.items()}
    return TrialSite(folder, machine, clock, desk)


def stocked(pharmacy: Pharmacy, shipment: str, kits: Sequence[str]) -> None:
    """Receive a shipment, every kit intact, and put each away."""
    receiving.open_receipt(pharmacy, shipment, seals_intact=True, tilt_ok=True)  # type: ignore[arg-type] # plain str
    for number in kits:
        receiving.examine(pharmacy, shipment, Scanned(number), Condition.INTACT)  # type: ignore[arg-type] # plain str
    receiving.sign_receipt(pharmacy, shipment, MINE)  # type: ignore[arg-type] # plain str
    for number in kits:
        storing.stow(pharmacy, Scanned(number), str(storing.next_free_position(pharmacy)))


@dataclass
class Bench:
    """Takes a dose through whatever steps its trial asks for, and notes them."""

    pharmacy: Pharmacy
    clock: SetClock
    counts: Sequence[Reading] = (
        CounterReading(total_per_ml=Decimal(20_000_000), viability_pct=Decimal(90)),
    ) * 3

    def give(self, subject: SubjectId, visit: str, weight: str = "", reason: str = "") -> DoseId:
        """Bring the dose of a visit from its opening to the ward's report."""
        kg = Decimal(weight) if weight else None
        dose_id = dosing.open_dose(self.pharmacy, subject, visit, outside=reason, weight_kg=kg)
        while not (asked := dosing.dose(self.pharmacy, dose_id)).over:
            self.clock.advance(timedelta(minutes=3))
            self.next_step(asked)
        return dose_id

    def next_step(self, asked: Dose) -> None:
        """Do what the dose waits for."""
        step, pharmacy, dose_id = asked.step, self.pharmacy, asked.dose_id
        if step is Step.ASSIGN:
            dosing.assign(pharmacy, dose_id)
        elif step is Step.IDENTIFY:
            dosing.scan_kit(pharmacy, dose_id, Scanned(str(asked.kit)))
        elif step is Step.TAKE_OUT:
            dosing.take_out(pharmacy, dose_id)
        elif step is Step.THAW:
            preparation.start_thaw(pharmacy, dose_id, "WB-1", Decimal(37))
        elif step is Step.THAWING:
            preparation.end_thaw(pharmacy, dose_id)
        elif step is Step.APPEARANCE:
            preparation.judge_appearance(pharmacy, dose_id, "even")
        elif step in {Step.METHOD, Step.COUNT, Step.DRAW, Step.DILUTE}:
            self.count_and_dilute(asked)
        elif step is Step.COVER:
            preparation.cover(pharmacy, dose_id, f"SEAL-{dose_id}")
        else:
            self.release_and_hand_over(asked)

    def count_and_dilute(self, asked: Dose) -> None:
        """Do one of the steps between the appearance and the full bag."""
        pharmacy, dose_id = self.pharmacy, asked.dose_id
        if asked.step is Step.METHOD:
            due = pharmacy.today() + timedelta(days=30)
            preparation.begin_count(
                pharmacy, dose_id, method="counter", instrument="NC-3", calibration_due=due
            )
        elif asked.step is Step.COUNT:
            preparation.record_count(
                pharmacy,
                dose_id,
                self.readings(asked),
                suspension_ml=Decimal(30),
                sample_ml=Decimal("0.5"),
            )
        elif asked.counted is not None and asked.step is Step.DRAW:
            result = asked.counted.result
            preparation.draw(pharmacy, dose_id, result.drawn_ml, result.diluent_drawn_ml)
        else:
            lot = Material(name="0.9 % NaCl", lot="N-1", expiry=pharmacy.today())
            preparation.dilute(pharmacy, dose_id, [lot])

    def readings(self, asked: Dose) -> Sequence[Reading]:
        """Return the card of a sham count, or counts as a good thaw gives them; () if none are made."""
        if asked.counting is None:
            return ()
        return asked.counting.card or self.counts

    def release_and_hand_over(self, asked: Dose) -> None:
        """Do one of the steps between the covered bag and the ward's report."""
        pharmacy, dose_id = self.pharmacy, asked.dose_id
        if asked.step is Step.CHECK:
            weight = None if asked.prescribed is None else asked.prescribed.weight_kg
            both = (MINE, OTHER)
            releasing.check(pharmacy, dose_id, self.readings(asked), both, weight_kg=weight)
        elif asked.step is Step.LABEL:
            copy = labelling.reserve(pharmacy, dose_id)
            labelling.print_label(pharmacy, copy, dose_id, MemoryPrinter())
        elif asked.step is Step.SCAN_BACK:
            copy = asked.labels[-1]
            labelling.scan_back(pharmacy, dose_id, Scanned(copy.symbol))
        elif asked.step is Step.HAND_OVER:
            custody.hand_over(pharmacy, dose_id, "Nurse Qian", "nurse", MINE)
        else:
            now = pharmacy.now()
            custody.report_infusion(
                pharmacy,
                dose_id,
                started_at=now - timedelta(minutes=2),
                ended_at=now,
                not_infused_ml=Decimal(0),
                reported_by="Nurse Qian",
            )
