"""Preparing one dose as a trainee does it, step by step, in the time it takes."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from pharmacy_app.demo.desk import Desk, StoryBroken
from pharmacy_app.demo.site import LI, WANG
from pharmacy_app.documents.printers.port import Printer
from pharmacy_app.domain.dose import HaemocytometerReading, Reading
from pharmacy_app.domain.doses import LabelCopy
from pharmacy_app.domain.events.dose import Material
from pharmacy_app.domain.ids import DoseId, SubjectId
from pharmacy_app.domain.preparation import HAEMOCYTOMETER, sham_readings, unlocks_at
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import custody, dosing, labelling, preparation, releasing
from pharmacy_app.workflows.pharmacy import Scanned

SAMPLE_ML = Decimal("0.5")
BATH = "水浴 WB-2"
BATH_C = Decimal("37.0")
CHAMBER = "Neubauer NB-104"
NURSE = "护士 周 Zhou"


class Bench:
    """The bench with its bath, its counting chamber and its label printer."""

    def __init__(self, desk: Desk, printer: Printer) -> None:
        self.desk = desk
        self.printer = printer

    @property
    def _today(self) -> date:
        return self.desk.pharmacy.today()

    def open(self, subject: SubjectId, visit: str, *, outside: str = "") -> DoseId:
        """Open the dose of a visit and have a kit proposed for it."""
        dose_id = dosing.open_dose(self.desk.pharmacy, subject, visit, outside=outside)
        self.desk.pass_minutes(2)
        dosing.assign(self.desk.pharmacy, dose_id)
        self.desk.pass_minutes(4)
        return dose_id

    def kit_of(self, dose_id: DoseId) -> str:
        """Return the number of the kit that the dose waits for."""
        return str(dosing.dose(self.desk.pharmacy, dose_id).kit)

    def thaw(self, dose_id: DoseId, finding: str = "") -> None:
        """Scan the right kit, take it out, thaw it and look at it."""
        pharmacy = self.desk.pharmacy
        dosing.scan_kit(pharmacy, dose_id, Scanned(self.kit_of(dose_id)))
        dosing.take_out(pharmacy, dose_id)
        self.desk.pass_minutes(1)
        preparation.start_thaw(pharmacy, dose_id, BATH, BATH_C)
        self.desk.pass_minutes(4)
        preparation.end_thaw(pharmacy, dose_id)
        self.desk.pass_minutes(1)
        good = next(a.code for a in pharmacy.trial.release.appearances if a.acceptable)
        preparation.judge_appearance(pharmacy, dose_id, finding or good)

    def begin_count(self, dose_id: DoseId) -> None:
        """Choose the counting chamber."""
        preparation.begin_count(
            self.desk.pharmacy,
            dose_id,
            method=HAEMOCYTOMETER,
            instrument=CHAMBER,
            calibration_due=self._today + timedelta(days=120),
        )
        self.desk.pass_minutes(6)

    def good_readings(self, dose_id: DoseId) -> tuple[Reading, ...]:
        """Return what a good thaw shows under the microscope, or what stands on the card."""
        pharmacy = self.desk.pharmacy
        counting = dosing.dose(pharmacy, dose_id).counting
        if counting is not None and counting.card:
            return counting.card
        draws = [pharmacy.chance.below(100) for _ in range(2 * pharmacy.trial.release.replicates)]
        trial, target = dosing.prescription(pharmacy, dosing.dose(pharmacy, dose_id))
        return sham_readings(trial, target, self.suspension_ml(dose_id), HAEMOCYTOMETER, draws)

    def poor_readings(self, dose_id: DoseId) -> tuple[Reading, ...]:
        """Return what a kit shows whose cells did not survive: 8 % below the limit."""
        limit = self.desk.pharmacy.trial.release.min_viability_pct - 8
        poor: list[Reading] = []
        for reading in self.good_readings(dose_id):
            if not isinstance(reading, HaemocytometerReading):
                raise StoryBroken("the story counts with a chamber")
            cells = reading.live + reading.dead
            live = int(cells * limit / 100)
            poor.append(
                HaemocytometerReading(
                    live=live,
                    dead=cells - live,
                    squares=reading.squares,
                    dilution_factor=reading.dilution_factor,
                )
            )
        return tuple(poor)

    def suspension_ml(self, dose_id: DoseId) -> Decimal:
        """Return how much the dose's kit holds."""
        pharmacy = self.desk.pharmacy
        kit = dosing.current_kit(pharmacy, dosing.dose(pharmacy, dose_id))
        return pharmacy.trial.kit_type(kit.kit_type).suspension_ml

    def count(self, dose_id: DoseId, readings: Sequence[Reading]) -> None:
        """Enter the counts; the dose follows from them, or stops."""
        preparation.record_count(
            self.desk.pharmacy,
            dose_id,
            readings,
            suspension_ml=self.suspension_ml(dose_id),
            sample_ml=SAMPLE_ML,
        )
        self.desk.pass_minutes(2)

    def fill(self, dose_id: DoseId, seal: str) -> None:
        """Draw up, dilute, cover and seal."""
        pharmacy = self.desk.pharmacy
        counted = dosing.dose(pharmacy, dose_id).counted
        if counted is None:
            raise StoryBroken("nothing was counted")
        drawn = counted.result
        preparation.draw(pharmacy, dose_id, drawn.drawn_ml, drawn.diluent_drawn_ml)
        self.desk.pass_minutes(3)
        preparation.dilute(pharmacy, dose_id, self.materials())
        self.desk.pass_minutes(3)
        preparation.cover(pharmacy, dose_id, seal, f"RS-{seal}")
        self.desk.pass_minutes(2)

    def materials(self) -> tuple[Material, ...]:
        """Return what the dose is diluted with, all in date."""
        expiry = self._today + timedelta(days=400)
        return tuple(
            Material(name=name, lot=lot, expiry=expiry)
            for name, lot in (
                ("0.9% 氯化钠注射液", "NS260811"),
                ("20% 人血白蛋白", "HSA260502"),
                ("输液袋 100 mL", "BAG260707"),
            )
        )

    def both(self) -> tuple[Credential, Credential]:
        """Return the two people of the check, preparer first."""
        return self.desk.credential(WANG.person_id), self.desk.credential(LI.person_id)

    def check(self, dose_id: DoseId, readings: Sequence[Reading]) -> None:
        """Have the second person read the counts again, and both sign."""
        releasing.check(self.desk.pharmacy, dose_id, readings, self.both())
        self.desk.pass_minutes(1)

    def label(self, dose_id: DoseId) -> LabelCopy:
        """Wait until the label may leave, print it and scan it back from the bag."""
        copy = self.print(dose_id)
        labelling.scan_back(self.desk.pharmacy, dose_id, Scanned(copy.symbol))
        self.desk.pass_minutes(1)
        return copy

    def print(self, dose_id: DoseId) -> LabelCopy:
        """Wait until the label may leave, and print the first copy."""
        pharmacy = self.desk.pharmacy
        earliest = unlocks_at(dosing.dose(pharmacy, dose_id), pharmacy.trial.release)
        if earliest is not None:
            self.desk.wait_until(earliest)
        copy = labelling.reserve(pharmacy, dose_id)
        labelling.print_label(pharmacy, copy, dose_id, self.printer)
        return copy

    def hand_over(self, dose_id: DoseId) -> None:
        """Give the bag into a nurse's hands."""
        custody.hand_over(self.desk.pharmacy, dose_id, NURSE, "nurse", self.desk.signs())

    def prepare(self, dose_id: DoseId, seal: str) -> None:
        """Bring an opened dose, with its kit proposed, into a nurse's hands."""
        self.thaw(dose_id)
        self.begin_count(dose_id)
        readings = self.good_readings(dose_id)
        self.count(dose_id, readings)
        self.fill(dose_id, seal)
        self.check(dose_id, readings)
        self.label(dose_id)
        self.hand_over(dose_id)

    def infused(self, dose_id: DoseId, left_ml: str = "0") -> None:
        """Have the ward report the infusion, which took 45 minutes."""
        handed = dosing.dose(self.desk.pharmacy, dose_id).handed_over_at
        if handed is None:
            raise StoryBroken("the bag was not handed over")
        started = handed + timedelta(minutes=15)
        ended = started + timedelta(minutes=45)
        self.desk.wait_until(ended + timedelta(minutes=20))
        custody.report_infusion(
            self.desk.pharmacy,
            dose_id,
            started_at=started,
            ended_at=ended,
            not_infused_ml=Decimal(left_ml),
            reported_by=NURSE,
        )


def misread(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the readings with one live cell more in the first: never the same, whatever was drawn.

    Raises StoryBroken if they are not a chamber's.
    """
    first, *rest = readings
    if not isinstance(first, HaemocytometerReading):
        raise StoryBroken("the story counts with a chamber")
    return (msgspec.structs.replace(first, live=first.live + 1), *rest)
