"""The bench: one dose, from its opening to the report that comes back from the ward."""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from pharmacy_app.domain.dose import DoseResult, Reading
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.ids import DoseId, KitNumber, PositionId, StageCode, SubjectId, VisitCode


class DoseEvent(Event, frozen=True, kw_only=True):
    """Something that happened to one dose."""

    dose_id: DoseId

    @property
    def about(self) -> str:
        """Return ``dose/<id>``."""
        return f"dose/{self.dose_id}"


class DoseOpened(DoseEvent, frozen=True, kw_only=True, tag="dose.opened.1"):
    """A dose was begun for a visit. ``outside`` says why, where the window was missed."""

    subject_id: SubjectId
    stage: StageCode
    visit: VisitCode
    planned_at: datetime
    opens_at: datetime
    closes_at: datetime
    outside: str = ""
    replaces: DoseId | None = None


class DosePrescribed(DoseEvent, frozen=True, kw_only=True, tag="dose.prescribed.1"):
    """What the protocol asks of the dose, fixed when it is begun: an amendment never changes it.

    ``package`` is the number of the trial package in force for the subject, ``target_cells`` what
    the arm gives at this weight. The route through the bench: frozen or not, counted or given as
    it came.
    """

    package: int
    target_cells: Decimal
    weight_kg: Decimal | None = None
    thaw: bool = True
    count: bool = True


class KitAssigned(DoseEvent, frozen=True, kw_only=True, tag="dose.kit_assigned.1"):
    """A kit was chosen for the dose, and why: among so many usable ones, first expiry first."""

    kit_number: KitNumber
    position: PositionId | None
    expiry: datetime
    usable: int
    same_expiry: int


class KitIdentified(DoseEvent, frozen=True, kw_only=True, tag="dose.kit_identified.1"):
    """The assigned kit was scanned at the bench and is the right one."""

    kit_number: KitNumber
    scanned: str
    typed: bool


class TakenOutOfStorage(DoseEvent, frozen=True, kw_only=True, tag="dose.taken_out.1"):
    """The kit left its position; its time out of storage runs."""

    kit_number: KitNumber
    position: PositionId | None


class ThawStarted(DoseEvent, frozen=True, kw_only=True, tag="dose.thaw_started.1"):
    """From here the kit never returns to stock. Bath temperature in °C."""

    kit_number: KitNumber
    bath: str
    bath_c: Decimal


class ThawEnded(DoseEvent, frozen=True, kw_only=True, tag="dose.thaw_ended.1"):
    """The last ice is gone; hold time 1 runs."""


class AppearanceJudged(DoseEvent, frozen=True, kw_only=True, tag="dose.appearance_judged.1"):
    """What the thawed kit looks like."""

    finding: str
    acceptable: bool
    remarks: str = ""


class CountBegun(DoseEvent, frozen=True, kw_only=True, tag="dose.count_begun.1"):
    """Method and instrument of the count; ``card`` holds the readings to enter in a sham count.

    Recorded in both arms: a missing event would tell them apart.
    """

    method: str
    instrument: str
    calibration_due: date
    card: tuple[Reading, ...] = ()


class CellsCounted(DoseEvent, frozen=True, kw_only=True, tag="dose.cells_counted.1"):
    """Raw readings and what follows from them; volumes in mL. A later count replaces this one."""

    readings: tuple[Reading, ...]
    suspension_ml: Decimal
    sample_ml: Decimal
    result: DoseResult


class CountFailed(DoseEvent, frozen=True, kw_only=True, tag="dose.count_failed.1"):
    """A count that stops the dose, kept as it was read; the dose still waits for a count."""

    readings: tuple[Reading, ...]
    suspension_ml: Decimal
    sample_ml: Decimal
    result: DoseResult


class CountCorrected(CellsCounted, frozen=True, kw_only=True, tag="dose.count_corrected.1"):
    """A reading was typed wrong and is put right after the dose was drawn; the dose is the same."""


class DoseDrawn(DoseEvent, frozen=True, kw_only=True, tag="dose.drawn.1"):
    """The volumes drawn up, in mL, as typed by the person who drew them."""

    drawn_ml: Decimal
    diluent_ml: Decimal


class Material(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A diluent, albumin or bag used for the dose."""

    name: str
    lot: str
    expiry: date


class Diluted(DoseEvent, frozen=True, kw_only=True, tag="dose.diluted.1"):
    """The dose is in its bag; hold time 2 runs. Final volume in mL."""

    materials: tuple[Material, ...]
    final_volume_ml: Decimal


class BagCovered(DoseEvent, frozen=True, kw_only=True, tag="dose.covered.1"):
    """Opaque cover and line are on, the seal is closed."""

    seal_number: str
    retained_sample: str


class CheckSigned(DoseEvent, frozen=True, kw_only=True, tag="dose.check_signed.1"):
    """A second person read the raw counts again and agrees with everything up to the seal."""

    readings: tuple[Reading, ...]
    result: DoseResult
    use_before: datetime


class BagChecked(DoseEvent, frozen=True, kw_only=True, tag="dose.bag_checked.1"):
    """A second person agrees with a bag that is given as it came, where nothing was counted."""

    use_before: datetime


class CheckDeferred(DoseEvent, frozen=True, kw_only=True, tag="dose.check_deferred.1"):
    """A lone pharmacist goes on, where the trial allows it, and a second person verifies later."""

    verify_by: datetime
    use_before: datetime


class VerifiedLater(DoseEvent, frozen=True, kw_only=True, tag="dose.verified_later.1"):
    """The second person's check of a dose that left without it."""

    readings: tuple[Reading, ...]
    agrees: bool


class PreparationStopped(DoseEvent, frozen=True, kw_only=True, tag="dose.stopped.1"):
    """The dose will not be given; ``rules`` are the codes that stopped it, if rules did."""

    rules: tuple[str, ...]
    remarks: str


class HandedOver(DoseEvent, frozen=True, kw_only=True, tag="dose.handed_over.1"):
    """The bag left the pharmacy in the hands of a named person."""

    receiver: str
    receiver_role: str


class InfusionReported(DoseEvent, frozen=True, kw_only=True, tag="dose.infusion_reported.1"):
    """The ward's report: times, volume not infused in mL, by whom."""

    started_at: datetime
    ended_at: datetime
    not_infused_ml: Decimal
    reported_by: str


class WrongKitGiven(DoseEvent, frozen=True, kw_only=True, tag="dose.wrong_kit_given.1"):
    """Another kit than the assigned one reached the subject. UNBLINDED.

    ``from_shelf``: the kit given was on the shelf by the record; otherwise it was prepared for another
    dose and the bags were taken for one another. Allocation and randomisation number stay.
    """

    assigned: KitNumber
    given: KitNumber
    from_shelf: bool
    because: str


class BagReturned(DoseEvent, frozen=True, kw_only=True, tag="dose.bag_returned.1"):
    """The bag came back unused; it never returns to stock."""

    returned_by: str
    because: str
