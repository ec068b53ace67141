"""One dose at a simulated site, from its opening to the ward's report, with what can go wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum, auto

from pharmacy_app.demo.bench import misread
from pharmacy_app.domain.dose import HaemocytometerReading, Reading
from pharmacy_app.domain.doses import Dose, Step
from pharmacy_app.domain.events.dose import Material
from pharmacy_app.domain.ids import DoseId, SubjectId, VisitCode
from pharmacy_app.domain.preparation import HAEMOCYTOMETER, sham_readings, unlocks_at
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.simulation.desk import Desk
from pharmacy_app.simulation.people import FIRST, SECOND
from pharmacy_app.workflows import custody, dosing, labelling, preparation, releasing
from pharmacy_app.workflows.labelling import Reprint
from pharmacy_app.workflows.pharmacy import Scanned

NURSE = "护士 Nurse"
SAMPLE_ML = Decimal("0.5")
TRIES = 3


class Outcome(StrEnum):
    """How a visit's dose went."""

    GIVEN = auto()
    RETURNED = auto()
    STOPPED = auto()
    NOT_BEGUN = auto()


@dataclass(slots=True)
class Bench:
    """Prepares doses at a desk."""

    desk: Desk

    def give(self, subject: SubjectId, visit: VisitCode, outside: str) -> Outcome:
        """Give the dose of a visit, replacing a preparation that failed; never more than `TRIES`."""
        for _ in range(TRIES):
            begun = self.desk.tried(
                "open_dose",
                lambda: dosing.open_dose(self.desk.pharmacy, subject, visit, outside=outside),
            )
            if begun is None:
                return Outcome.NOT_BEGUN
            outcome = self._prepared(begun)
            if outcome is not Outcome.STOPPED:
                return outcome
        return Outcome.STOPPED

    def _prepared(self, dose_id: DoseId) -> Outcome:
        pharmacy, desk = self.desk.pharmacy, self.desk
        if desk.tried("assign", lambda: dosing.assign(pharmacy, dose_id)) is None:
            return self._stopped(dose_id, "no kit")
        desk.minutes(5)
        if desk.happens(desk.rates.wrong_scan):
            self._scan_another(dose_id)
        desk.do("scan_kit", lambda: dosing.scan_kit(pharmacy, dose_id, self._kit_of(dose_id)))
        desk.do("take_out", lambda: dosing.take_out(pharmacy, dose_id))
        desk.minutes(2)
        desk.do("thaw", lambda: preparation.start_thaw(pharmacy, dose_id, "WB-1", Decimal(37)))
        desk.minutes(3)
        desk.do("thaw", lambda: preparation.end_thaw(pharmacy, dose_id))
        if not self._looks_well(dose_id) or not self._counted(dose_id):
            return self._stopped(dose_id, "not fit")
        self._filled(dose_id)
        self._checked(dose_id)
        self._labelled(dose_id)
        desk.do(
            "hand_over",
            lambda: custody.hand_over(pharmacy, dose_id, NURSE, "nurse", FIRST),
        )
        return Outcome.GIVEN

    def _dose(self, dose_id: DoseId) -> Dose:
        return dosing.dose(self.desk.pharmacy, dose_id)

    def _kit_of(self, dose_id: DoseId) -> Scanned:
        return Scanned(str(self._dose(dose_id).kit))

    def _scan_another(self, dose_id: DoseId) -> None:
        """Scan whatever else lies nearest; it must be refused."""
        own = self._dose(dose_id).kit
        listed = kit_queries.page(self.desk.pharmacy.reader, kit_queries.KitFilter(), None, 50)
        others = [kit for kit in listed if kit.kit_number != own]
        wrong = self.desk.chance.choice(others)
        self.desk.must_refuse(
            lambda: dosing.scan_kit(self.desk.pharmacy, dose_id, Scanned(wrong.kit_number))
        )

    def _stopped(self, dose_id: DoseId, because: str) -> Outcome:
        self.desk.do("stop", lambda: dosing.stop(self.desk.pharmacy, dose_id, because))
        return Outcome.STOPPED

    def _looks_well(self, dose_id: DoseId) -> bool:
        known = dosing.protocol_of(self.desk.pharmacy, self._dose(dose_id)).release.appearances
        fit = not self.desk.happens(self.desk.rates.poor_appearance)
        finding = next(one.code for one in known if one.acceptable is fit)
        if not fit:
            self.desk.must_refuse(
                lambda: preparation.judge_appearance(self.desk.pharmacy, dose_id, finding)
            )
            return False
        self.desk.do(
            "judge_appearance",
            lambda: preparation.judge_appearance(self.desk.pharmacy, dose_id, finding),
        )
        return True

    def _counted(self, dose_id: DoseId) -> bool:
        desk, pharmacy = self.desk, self.desk.pharmacy
        due = pharmacy.today() + timedelta(days=200)
        desk.do(
            "begin_count",
            lambda: preparation.begin_count(
                pharmacy, dose_id, method=HAEMOCYTOMETER, instrument="NB-1", calibration_due=due
            ),
        )
        desk.minutes(6)
        readings, card = self._readings(dose_id)
        if not card and desk.happens(desk.rates.poor_viability):
            poor = [_dying(reading) for reading in readings]
            desk.must_refuse(lambda: self._record_count(dose_id, poor))
            return False
        desk.do("record_count", lambda: self._record_count(dose_id, readings))
        return True

    def _record_count(self, dose_id: DoseId, readings: Sequence[Reading]) -> object:
        return preparation.record_count(
            self.desk.pharmacy,
            dose_id,
            readings,
            suspension_ml=self._suspension(dose_id),
            sample_ml=SAMPLE_ML,
        )

    def _suspension(self, dose_id: DoseId) -> Decimal:
        asked = self._dose(dose_id)
        kit = dosing.current_kit(self.desk.pharmacy, asked)
        trial = dosing.protocol_of(self.desk.pharmacy, asked)
        return trial.kit_type(kit.kit_type).suspension_ml

    def _readings(self, dose_id: DoseId) -> tuple[Sequence[Reading], bool]:
        """Return what is read under the microscope, and whether it stands on a card."""
        asked = self._dose(dose_id)
        if asked.counting is not None and asked.counting.card:
            return asked.counting.card, True
        trial, target = dosing.prescription(self.desk.pharmacy, asked)
        draws = [self.desk.chance.below(100) for _ in range(2 * trial.release.replicates)]
        seen = sham_readings(trial, target, self._suspension(dose_id), HAEMOCYTOMETER, draws)
        return seen, False

    def _filled(self, dose_id: DoseId) -> None:
        desk, pharmacy = self.desk, self.desk.pharmacy
        counted = self._dose(dose_id).counted
        if counted is None:
            raise LookupError(dose_id)
        result = counted.result
        desk.minutes(4)
        desk.do(
            "draw",
            lambda: preparation.draw(pharmacy, dose_id, result.drawn_ml, result.diluent_drawn_ml),
        )
        in_date = pharmacy.today() + timedelta(days=90)
        saline = Material(name="0.9% NaCl", lot="NS-1", expiry=in_date)
        desk.minutes(4)
        desk.do("dilute", lambda: preparation.dilute(pharmacy, dose_id, [saline]))
        desk.do("cover", lambda: preparation.cover(pharmacy, dose_id, f"SL-{dose_id}"))
        desk.minutes(2)

    def _checked(self, dose_id: DoseId) -> None:
        desk, pharmacy = self.desk, self.desk.pharmacy
        counted = self._dose(dose_id).counted
        readings = () if counted is None else counted.readings
        if desk.happens(desk.rates.misread_check):
            wrong = misread(readings)
            desk.must_refuse(lambda: releasing.check(pharmacy, dose_id, wrong, (FIRST, SECOND)))
        desk.do("check", lambda: releasing.check(pharmacy, dose_id, readings, (FIRST, SECOND)))

    def _labelled(self, dose_id: DoseId) -> None:
        desk, pharmacy = self.desk, self.desk.pharmacy
        asked = self._dose(dose_id)
        opens = unlocks_at(asked, dosing.protocol_of(pharmacy, asked).release)
        if opens is not None and opens > desk.clock.now():
            desk.clock.advance(opens - desk.clock.now())
        copy = desk.do("reserve_label", lambda: labelling.reserve(pharmacy, dose_id))
        labelling.print_label(pharmacy, copy, dose_id, desk.printer)
        if desk.happens(desk.rates.reprint):
            spoiled, again = copy, Reprint("smeared", SECOND)
            desk.do("spoil_label", lambda: labelling.spoil(pharmacy, dose_id, "smeared"))
            copy = desk.do("reprint_label", lambda: labelling.reserve(pharmacy, dose_id, again))
            labelling.print_label(pharmacy, copy, dose_id, desk.printer)
            desk.must_refuse(
                lambda: labelling.scan_back(pharmacy, dose_id, Scanned(spoiled.symbol))
            )
        desk.do("scan_back", lambda: labelling.scan_back(pharmacy, dose_id, Scanned(copy.symbol)))

    def report(self, dose_id: DoseId, handed_over_at: datetime) -> Outcome:
        """Have the ward report on a bag, or bring it back."""
        desk, pharmacy = self.desk, self.desk.pharmacy
        if self._dose(dose_id).step is not Step.REPORT:
            return Outcome.STOPPED
        if desk.happens(desk.rates.bag_returned):
            desk.do(
                "return_bag",
                lambda: custody.return_bag(pharmacy, dose_id, NURSE, "the vein was lost"),
            )
            return Outcome.RETURNED
        left = Decimal(15) if desk.happens(desk.rates.partly_infused) else Decimal(0)
        started = handed_over_at + timedelta(minutes=10)
        desk.do(
            "report_infusion",
            lambda: custody.report_infusion(
                pharmacy,
                dose_id,
                started_at=started,
                ended_at=started + timedelta(minutes=45),
                not_infused_ml=left,
                reported_by=NURSE,
            ),
        )
        return Outcome.GIVEN


def _dying(reading: Reading) -> Reading:
    """Return a reading of the same cells of which two in five are dead."""
    if not isinstance(reading, HaemocytometerReading):
        raise TypeError("simulated people count with a chamber")
    cells = reading.live + reading.dead
    live = cells * 3 // 5
    return HaemocytometerReading(
        live=live,
        dead=cells - live,
        squares=reading.squares,
        dilution_factor=reading.dilution_factor,
    )
