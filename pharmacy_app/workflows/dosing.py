"""Beginning a dose for a visit: its window, its kit and why, the scan that proves it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pharmacy_app.domain import preparation as rules
from pharmacy_app.domain import visits
from pharmacy_app.domain.allocation import closed_stage
from pharmacy_app.domain.barcodes import dose_code
from pharmacy_app.domain.doses import Dose, LabelCopy, LabelState, Step, replay
from pharmacy_app.domain.events.dose import (
    DoseOpened,
    DosePrescribed,
    KitAssigned,
    KitIdentified,
    PreparationStopped,
    TakenOutOfStorage,
)
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.events.label import LabelVoided
from pharmacy_app.domain.events.stock import KitReturnedToPool, KitWasted
from pharmacy_app.domain.ids import DoseId, KitTypeCode, StageCode, SubjectId, VisitCode
from pharmacy_app.domain.kits import Kit, unusable
from pharmacy_app.domain.package import SitePackage
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused, Violation, refuse, violation
from pharmacy_app.domain.subjects import no_further_dose
from pharmacy_app.domain.trial import Arm, Stage, Trial, Visit
from pharmacy_app.domain.unblinding import dosing_stopped
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import subjects as subject_queries
from pharmacy_app.records.queries.unblinded.doses import DoseLine
from pharmacy_app.system import disk
from pharmacy_app.workflows.enrolment import arm_of, enrolled, protocol_for, standing
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned


@dataclass(frozen=True, slots=True)
class Proposal:
    """The kit to take, and why this one."""

    kit: Kit
    usable: int
    same_expiry: int


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """One visit of a subject as it can be told now; the window is None before its anchor."""

    stage: StageCode
    visit: Visit
    window: visits.PlannedVisit | None
    doses: tuple[DoseLine, ...]
    missed: str = ""
    """Why the visit was missed; empty if it was not."""

    @property
    def waits(self) -> bool:
        """Whether the visit still waits for a dose, or for word that it will have none."""
        return not self.missed and (self.current is None or self.current.returned)

    @property
    def current(self) -> DoseLine | None:
        """The dose that stands for this visit; None while one was not begun, or one more may be."""
        live = [line for line in self.doses if line.step is not Step.STOPPED]
        if not live:
            return None
        given = sum(line.step is Step.CLOSED and not line.returned for line in live)
        one_more = live[-1].step is Step.CLOSED and 0 < given < self.visit.most_doses
        return None if one_more else live[-1]


def dose(pharmacy: Pharmacy, dose_id: DoseId) -> Dose:
    """Return a dose as its history tells it. Raises Refused ``dose.unknown``."""
    found = replay(pharmacy.ledger.history(f"dose/{dose_id}"))
    if found is None:
        raise Refused([violation("bench.unknown_dose", dose_id)])
    return found


def protocol_of(pharmacy: Pharmacy, asked: Dose) -> Trial:
    """Return the protocol that a dose was begun under; amendments never reach it."""
    if asked.prescribed is None:
        return pharmacy.trial
    return pharmacy.protocol(asked.prescribed.package)


def prescription(pharmacy: Pharmacy, asked: Dose) -> tuple[Trial, Decimal]:
    """Return the protocol of a dose and its target, in cells."""
    trial = protocol_of(pharmacy, asked)
    if asked.prescribed is not None:
        return trial, asked.prescribed.target_cells
    arm = arm_of(pharmacy, asked.subject, asked.opened.stage, trial)
    return trial, rules.target_cells(trial, arm, None)


def plan(pharmacy: Pharmacy, subject_id: SubjectId) -> list[VisitPlan]:
    """Return every visit that a subject may have, with windows as far as they are known."""
    trial = protocol_for(pharmacy, enrolled(pharmacy, subject_id)).trial
    lines = dose_queries.of_subject(pharmacy.reader, subject_id)
    missed = subject_queries.missed_visits(pharmacy.reader, subject_id)
    return [
        VisitPlan(
            stage.code,
            visit,
            _window(pharmacy, subject_id, visit),
            tuple(line for line in lines if line.visit == visit.code),
            missed.get(visit.code, ""),
        )
        for stage in trial.stages
        for visit in stage.visits
    ]


def open_dose(
    pharmacy: Pharmacy,
    subject_id: str,
    visit_code: str,
    *,
    outside: str = "",
    weight_kg: Decimal | None = None,
    op_id: str = "",
) -> DoseId:
    """Begin the dose of a visit and return its code; only one may be open a visit.

    ``outside`` is the reason for a dose outside its window, for an unscheduled one, or for one more
    after a bag that came back; ``weight_kg`` is asked for where the trial doses by weight. After a
    stopped preparation the new dose replaces it: same visit, same allocation. Raises Refused if the
    subject's part has ended or their code was broken, the allocation is not open, the window is
    missed, or a dose is there already; EnvironmentProblem ``disk.no_new_preparation`` below 100 MB.
    """
    disk.require_room_for_preparation(pharmacy.folder)
    subject = enrolled(pharmacy, subject_id)
    package = protocol_for(pharmacy, subject)
    stage, visit = _visit(package.trial, visit_code)
    arm = arm_of(pharmacy, subject.subject_id, stage.code, package.trial)
    window = _window(pharmacy, subject.subject_id, visit)
    earlier = dose_queries.at_visit(pharmacy.reader, subject.subject_id, visit.code)
    told = subject_queries.unblindings(pharmacy.reader, subject.subject_id)
    refuse(
        *(closed_stage(stage, standing(pharmacy, subject)) if stage.allocated_in else ()),
        no_further_dose(subject.subject_id, subject.ended),
        dosing_stopped(package.trial, subject.subject_id, told),
        _dose_there(visit, earlier),
    )
    if window is None:
        raise Refused([violation("visit.no_anchor", visit.code, anchor=visit.window.anchor)])
    now = pharmacy.now()
    refuse(
        visits.outside(visit, window, now, outside),
        visits.needs_reason(visit, outside, repeats=any(line.returned for line in earlier)),
    )
    dose_id = DoseId(dose_code(pharmacy.chance.code(6)))
    opened = DoseOpened(
        dose_id=dose_id,
        subject_id=subject.subject_id,
        stage=stage.code,
        visit=visit.code,
        planned_at=window.planned_at,
        opens_at=window.opens_at,
        closes_at=window.closes_at,
        outside="" if window.holds(now) else outside.strip(),
        replaces=earlier[-1].dose_id if earlier and earlier[-1].step is Step.STOPPED else None,
    )
    events: list[Event] = [opened, _prescribed(package, arm, dose_id, weight_kg)]
    if opened.outside:
        events.append(pharmacy.deviation(f"dose/{dose_id}", "visit.outside"))
    pharmacy.record(Task.PREPARE, *events, op_id=op_id, reason=outside.strip())
    return dose_id


def _prescribed(
    package: SitePackage, arm: Arm, dose_id: DoseId, weight_kg: Decimal | None
) -> DosePrescribed:
    """Return what a package's protocol asks of a dose; Refused as `rules.target_cells`."""
    trial = package.trial
    return DosePrescribed(
        dose_id=dose_id,
        package=package.number,
        target_cells=rules.target_cells(trial, arm, weight_kg),
        weight_kg=weight_kg if trial.by_weight else None,
        thaw=trial.preparation.thaw,
        count=trial.preparation.count,
    )


def _dose_there(visit: Visit, earlier: Sequence[DoseLine]) -> Violation | None:
    """Return the violation of a visit that has all its doses: open or given, not stopped or returned."""
    live = [line for line in earlier if line.step is not Step.STOPPED and not line.returned]
    still_open = [line for line in live if line.step is not Step.CLOSED]
    if not still_open and len(live) < visit.most_doses:
        return None
    return violation("visit.dose_there", visit.code, dose=(still_open or live)[-1].dose_id)


def propose(pharmacy: Pharmacy, dose_id: DoseId) -> Proposal:
    """Return the kit to take: right arm, usable, first expiry first, at random among equals.

    Raises Refused ``kit.none_usable`` with what stands in the way of those there are.
    """
    asked = dose(pharmacy, dose_id)
    wanted = wanted_kit_type(pharmacy, asked)
    now, trial = pharmacy.now(), protocol_of(pharmacy, asked)
    limit = _limit(trial, wanted)
    pool = trial.stage(asked.opened.stage).pool
    found = [
        kit
        for kit in kit_queries.candidates(pharmacy.reader, wanted, now, limit, pool)
        if not unusable(kit, now=now, wanted=wanted, pool=pool, max_seconds_out=limit)
    ]
    if not found:
        in_the_way = kit_queries.in_the_way(pharmacy.reader, wanted, now, pool)
        raise Refused([violation("kit.none_usable", dose_id, **in_the_way)])
    first = [kit for kit in found if kit.expiry == found[0].expiry]
    return Proposal(pharmacy.chance.choice(first), len(found), len(first))


def assign(pharmacy: Pharmacy, dose_id: DoseId, *, op_id: str = "") -> Proposal:
    """Take the proposed kit for the dose. Raises Refused like `propose`, or out of order."""
    refuse(rules.out_of_order(dose(pharmacy, dose_id), Step.ASSIGN))
    proposal = propose(pharmacy, dose_id)
    event = KitAssigned(
        dose_id=dose_id,
        kit_number=proposal.kit.kit_number,
        position=proposal.kit.position,
        expiry=proposal.kit.expiry,
        usable=proposal.usable,
        same_expiry=proposal.same_expiry,
    )
    pharmacy.record(Task.PREPARE, event, op_id=op_id)
    return proposal


def scan_kit(pharmacy: Pharmacy, dose_id: DoseId, scanned: Scanned, *, op_id: str = "") -> Appended:
    """Identify the kit at the bench. A wrong one is refused with every reason and a near miss."""
    pharmacy.require(Task.PREPARE)
    asked = dose(pharmacy, dose_id)
    refuse(rules.out_of_order(asked, Step.IDENTIFY))
    record = f"dose/{dose_id}"
    number = pharmacy.scanned_kit_number(record, scanned)
    kit = kit_queries.kit(pharmacy.reader, number)
    wanted, trial = wanted_kit_type(pharmacy, asked), protocol_of(pharmacy, asked)
    reasons = (
        ()
        if kit is None
        else unusable(
            kit,
            now=pharmacy.now(),
            wanted=wanted,
            pool=trial.stage(asked.opened.stage).pool,
            for_dose=dose_id,
            max_seconds_out=_limit(trial, wanted),
        )
    )
    pharmacy.refuse_and_note(record, scanned, rules.not_the_assigned(asked, kit, number), *reasons)
    event = KitIdentified(
        dose_id=dose_id, kit_number=rules.kit_of(asked), scanned=scanned.raw, typed=scanned.typed
    )
    return pharmacy.record(Task.PREPARE, event, op_id=op_id)


def take_out(pharmacy: Pharmacy, dose_id: DoseId, *, op_id: str = "") -> Appended:
    """Record that the kit left its position; its time out of storage runs."""
    asked = dose(pharmacy, dose_id)
    refuse(rules.out_of_order(asked, Step.TAKE_OUT))
    kit = current_kit(pharmacy, asked)
    refuse(*unusable(kit, now=pharmacy.now(), for_dose=dose_id))
    event = TakenOutOfStorage(dose_id=dose_id, kit_number=kit.kit_number, position=kit.position)
    return pharmacy.record(Task.PREPARE, event, op_id=op_id)


def stop(
    pharmacy: Pharmacy,
    dose_id: DoseId,
    remarks: str,
    *,
    rules_broken: tuple[str, ...] = (),
    op_id: str = "",
) -> Appended:
    """Stop a dose before its hand-over. Its kit is free again, or wasted once it left storage.

    Raises Refused without a reason, or after the hand-over.
    """
    asked = dose(pharmacy, dose_id)
    refuse(
        violation("bench.too_late_to_stop", dose_id, waits=f"step.{asked.step}")
        if asked.over or asked.step is Step.REPORT
        else None,
        None if remarks.strip() or rules_broken else violation("bench.stop_reason", dose_id),
    )
    return pharmacy.record(
        Task.PREPARE, *stopping(asked, remarks.strip(), rules_broken), op_id=op_id
    )


def stopping(asked: Dose, remarks: str, rules_broken: tuple[str, ...] = ()) -> list[Event]:
    """Return the events that stop a dose: its kit is free again, or wasted once it left storage."""
    dose_id = asked.dose_id
    because = remarks or ", ".join(rules_broken)
    events: list[Event] = [
        *voiding(asked.live_labels, dose_id, because),
        PreparationStopped(dose_id=dose_id, rules=rules_broken, remarks=remarks),
    ]
    if asked.kit is not None and asked.taken_out_at is None:
        events.append(KitReturnedToPool(kit_number=asked.kit, dose_id=dose_id, because=because))
    elif asked.kit is not None:
        events.append(KitWasted(kit_number=asked.kit, dose_id=dose_id, because=because))
    return events


def voiding(copies: Iterable[LabelCopy], dose_id: DoseId, because: str) -> list[LabelVoided]:
    """Return the events that make copies of labels void: destroyed, they must be on no bag.

    Of one that was sent to a printer somebody still has to say whether it came out.
    """
    return [
        LabelVoided(dose_id=dose_id, label_id=copy.label_id, because=because)
        for copy in copies
        if copy.state is not LabelState.SPOOLED
    ]


def before_hand_over(pharmacy: Pharmacy, subject_id: SubjectId) -> list[Dose]:
    """Return the doses of a subject that are begun and still in the pharmacy."""
    over = {Step.CLOSED, Step.STOPPED, Step.REPORT}
    lines = dose_queries.of_subject(pharmacy.reader, subject_id)
    return [dose(pharmacy, line.dose_id) for line in lines if line.step not in over]


def current_kit(pharmacy: Pharmacy, asked: Dose) -> Kit:
    """Return the kit of a dose as it stands. Raises LookupError if the ledger lost it."""
    kit = kit_queries.kit(pharmacy.reader, rules.kit_of(asked))
    if kit is None:
        raise LookupError(asked.kit)
    return kit


def wanted_kit_type(pharmacy: Pharmacy, asked: Dose) -> KitTypeCode:
    """Return the kit type that the subject's arm takes."""
    trial = protocol_of(pharmacy, asked)
    return arm_of(pharmacy, asked.subject, asked.opened.stage, trial).kit_type


def _limit(trial: Trial, kit_type: KitTypeCode) -> int:
    return trial.kit_type(kit_type).max_out_of_storage_minutes * 60


def _visit(trial: Trial, code: str) -> tuple[Stage, Visit]:
    try:
        return trial.visit(VisitCode(code))
    except LookupError as error:
        raise Refused([violation("visit.unknown", code)]) from error


def _window(pharmacy: Pharmacy, subject_id: SubjectId, visit: Visit) -> visits.PlannedVisit | None:
    anchor = anchor_of(pharmacy, subject_id, visit.window.anchor)
    return None if anchor is None else visits.planned(visit, anchor, pharmacy.zone)


def anchor_of(pharmacy: Pharmacy, subject_id: SubjectId, anchor: str) -> datetime | None:
    """Return when the enrolment, or the hand-over of a visit's dose, happened; None before it did."""
    if anchor == "enrolment":
        return enrolled(pharmacy, subject_id).enrolled_at
    given = [
        line.handed_over_at
        for line in dose_queries.at_visit(pharmacy.reader, subject_id, VisitCode(anchor))
        if line.handed_over_at is not None and not line.returned
    ]
    return given[-1] if given else None
