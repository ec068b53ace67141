"""Histories of one dose as a ledger would tell them, without a ledger."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from pharmacy_app.domain import dose as arithmetic
from pharmacy_app.domain.dose import HaemocytometerReading, Reading
from pharmacy_app.domain.doses import Dose, replay
from pharmacy_app.domain.events import dose as happened
from pharmacy_app.domain.events import label as labelled
from pharmacy_app.domain.events.envelope import Event, Recorded
from pharmacy_app.domain.ids import (
    DoseId,
    KitNumber,
    KitTypeCode,
    LabelId,
    PersonId,
    PositionId,
    ShipmentId,
    StageCode,
    SubjectId,
    VisitCode,
)
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.preparation import dose_inputs
from tests.small_trials import small_trial

D = Decimal
TRIAL = small_trial()
START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DOSE, KIT, LABEL = DoseId("D-4KX9M2P"), KitNumber("K7Q2M4X"), LabelId("D-4KX9M2P/1")
READINGS: tuple[Reading, ...] = (
    HaemocytometerReading(live=212, dead=28, squares=4, dilution_factor=D(20)),
    HaemocytometerReading(live=206, dead=31, squares=4, dilution_factor=D(20)),
)
TARGET = D(150_000_000)
RESULT = arithmetic.calculate(READINGS, dose_inputs(TRIAL, TARGET, D(20), D("0.5")))

OPENED = happened.DoseOpened(
    dose_id=DOSE,
    subject_id=SubjectId("01-001"),
    stage=StageCode("S1"),
    visit=VisitCode("W0"),
    planned_at=START,
    opens_at=START,
    closes_at=START + timedelta(hours=48),
)
GIVEN: tuple[Event, ...] = (
    OPENED,
    happened.KitAssigned(
        dose_id=DOSE,
        kit_number=KIT,
        position=PositionId("T1-R1-B01-A1"),
        expiry=START + timedelta(days=30),
        usable=4,
        same_expiry=2,
    ),
    happened.KitIdentified(dose_id=DOSE, kit_number=KIT, scanned=KIT, typed=False),
    happened.TakenOutOfStorage(dose_id=DOSE, kit_number=KIT, position=PositionId("T1-R1-B01-A1")),
    happened.ThawStarted(dose_id=DOSE, kit_number=KIT, bath="WB-1", bath_c=D(37)),
    happened.ThawEnded(dose_id=DOSE),
    happened.AppearanceJudged(dose_id=DOSE, finding="clear", acceptable=True),
    happened.CountBegun(
        dose_id=DOSE,
        method="haemocytometer",
        instrument="HC-1",
        calibration_due=date(2027, 1, 1),
    ),
    happened.CellsCounted(
        dose_id=DOSE, readings=READINGS, suspension_ml=D(20), sample_ml=D("0.5"), result=RESULT
    ),
    happened.DoseDrawn(dose_id=DOSE, drawn_ml=D("14.4"), diluent_ml=D("85.6")),
    happened.Diluted(dose_id=DOSE, materials=(), final_volume_ml=D(100)),
    happened.BagCovered(dose_id=DOSE, seal_number="S-1", retained_sample=""),
    happened.CheckSigned(
        dose_id=DOSE, readings=READINGS, result=RESULT, use_before=START + timedelta(hours=3)
    ),
    labelled.LabelReserved(
        dose_id=DOSE, label_id=LABEL, copy=1, symbol="B1*…", paper="aa", picture="bb"
    ),
    labelled.LabelSpooled(dose_id=DOSE, label_id=LABEL, printer="folder"),
    labelled.LabelScannedBack(dose_id=DOSE, label_id=LABEL, scanned="B1*…", typed=False),
    happened.HandedOver(dose_id=DOSE, receiver="Zhang", receiver_role="nurse"),
    happened.InfusionReported(
        dose_id=DOSE,
        started_at=START + timedelta(hours=1),
        ended_at=START + timedelta(hours=2),
        not_infused_ml=D(0),
        reported_by="Zhang",
    ),
)
"""A dose that is given, event by event, a minute apart."""


def recorded(event: Event, seq: int, at: datetime | None = None) -> Recorded:
    when = at or START + (seq - 1) * MINUTE
    return Recorded(seq, f"e{seq}", f"o{seq}", event, PersonId("wang"), when, when, "", b"")


def history(events: Sequence[Event] = GIVEN) -> list[Recorded]:
    return [recorded(event, seq) for seq, event in enumerate(events, start=1)]


def dose_after(*events: Event) -> Dose:
    found = replay(history(events))
    if found is None:
        raise LookupError("these events tell of no dose")
    return found


def dose_waiting_after(kind: type[Event]) -> Dose:
    """The dose of `GIVEN` right after its first event of a kind."""
    place = [type(event) for event in GIVEN].index(kind)
    return dose_after(*GIVEN[: place + 1])


def kit(
    state: KitState = KitState.AVAILABLE,
    *,
    expiry: datetime = START + timedelta(days=30),
    kit_type: str = "MSC",
    dose_id: DoseId | None = None,
    because: str = "",
    seconds_out: int = 0,
) -> Kit:
    return Kit(
        kit_number=KIT,
        kit_type=KitTypeCode(kit_type),
        lot="L-1",
        blinded_lot="B-1",
        expiry=expiry,
        state=state,
        shipment_id=ShipmentId("SH-1"),
        dose_id=dose_id,
        because=because,
        seconds_out=seconds_out,
    )
