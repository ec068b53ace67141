"""The day at a glance: doses due and under way, what is wrong, what waits, what will be needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from pharmacy_app.domain.doses import Step
from pharmacy_app.domain.ids import (
    DoseId,
    KitTypeCode,
    StageCode,
    SubjectId,
)
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.trial import Visit
from pharmacy_app.domain.unblinding import dosing_stopped
from pharmacy_app.domain.visits import PlannedVisit
from pharmacy_app.records.ledger import CLOCK_TOLERANCE
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import excursions as excursion_queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import lots as lot_queries
from pharmacy_app.records.queries.unblinded import shipments as shipment_queries
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.records.queries.unblinded import subjects as subject_queries
from pharmacy_app.records.queries.unblinded.doses import DoseLine
from pharmacy_app.records.queries.unblinded.subjects import Subject
from pharmacy_app.system.disk import Room, room
from pharmacy_app.workflows import counting, dosing, label_account, promise, unit_checks
from pharmacy_app.workflows.enrolment import protocol_for
from pharmacy_app.workflows.pharmacy import Pharmacy
from pharmacy_app.workflows.sessions import last_recorded_at

EXPIRING_DAYS = 30
BACKUP_EVERY = timedelta(days=1)
MISSED_SHOWN_FOR = timedelta(days=3)
PAGE = 500


class AlarmKind(StrEnum):
    """What an alarm is about."""

    CLOCK = "clock"
    TOO_LATE = "too_late"
    QUARANTINE = "quarantine"
    VERIFY = "verify"
    DEVIATION = "deviation"
    UNIT_CHECK = "unit_check"
    BACKUP = "backup"
    DISK = "disk"
    COUNT = "count"
    EXCURSION = "excursion"
    OVERLABEL = "overlabel"
    PROMISE = "promise"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that wants attention: of which kind, which record, how many, since or until when."""

    kind: AlarmKind
    serious: bool
    record: str = ""
    number: int = 0
    at: datetime | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The standing of the site, for the bar at the bottom."""

    clock_trusted: bool
    backup_at: datetime | None
    exchange_at: datetime | None
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A dose under way, or a visit whose dose may be begun or will be due."""

    subject_id: SubjectId
    stage: StageCode
    visit: Visit
    window: PlannedVisit | None
    dose: DoseLine | None
    since: datetime | None = None
    """When the thaw began."""

    def is_open(self, now: datetime) -> bool:
        """Whether the dose may be begun within its window."""
        return self.window is not None and self.window.holds(now)


@dataclass(frozen=True, slots=True)
class Expiring:
    """Kits of one lot that expire together."""

    kit_type: KitTypeCode
    lot: str
    expiry: datetime
    number: int


class WaitingKind(StrEnum):
    """What waits for somebody's signature."""

    RECEIPT = "receipt"
    CHECK = "check"
    VERIFY = "verify"
    HAND_OVER = "hand_over"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that waits for a signature, perhaps until a time."""

    kind: WaitingKind
    record: str
    until: datetime | None = None


def standing(pharmacy: Pharmacy, folder: Path) -> Standing:
    """Return the standing of the site whose vault lies in ``folder``."""
    newest = site_queries.packages(pharmacy.reader)
    return Standing(
        clock_trusted=clock_trusted(pharmacy),
        backup_at=site_queries.last_backup(pharmacy.reader),
        exchange_at=newest[0].imported_at if newest else None,
        alarms=alarms(pharmacy, folder),
    )


def clock_trusted(pharmacy: Pharmacy) -> bool:
    """Whether the machine's clock stands behind no recorded act."""
    last = last_recorded_at(pharmacy.ledger)
    return last is None or pharmacy.now() >= last - CLOCK_TOLERANCE


def alarms(pharmacy: Pharmacy, folder: Path) -> tuple[Alarm, ...]:
    """Return what wants attention, the most serious first."""
    found = [
        *_of_the_record(pharmacy),
        *_of_the_bench(pharmacy),
        *_of_stock(pharmacy),
        *_of_storage(pharmacy),
        *_of_the_promise(pharmacy),
        *_of_the_machine(pharmacy, folder),
    ]
    return tuple(sorted(found, key=lambda alarm: not alarm.serious))


def _of_the_record(pharmacy: Pharmacy) -> list[Alarm]:
    if clock_trusted(pharmacy):
        return []
    return [Alarm(AlarmKind.CLOCK, serious=True, at=last_recorded_at(pharmacy.ledger))]


def _of_the_bench(pharmacy: Pharmacy) -> list[Alarm]:
    now = pharmacy.now()
    late = [
        Alarm(AlarmKind.TOO_LATE, serious=True, record=line.dose_id, at=line.use_before)
        for line in dose_queries.open_doses(pharmacy.reader)
        if line.use_before is not None and line.use_before <= now and line.handed_over_at is None
    ]
    verify = [
        Alarm(
            AlarmKind.VERIFY,
            serious=line.verify_by is not None and line.verify_by <= now,
            record=line.dose_id,
            at=line.verify_by,
        )
        for line in dose_queries.to_verify(pharmacy.reader)
    ]
    waiting = {alarm.record for alarm in verify}
    unsettled = [
        Alarm(AlarmKind.LABELS, serious=False, record=line.label_id, at=line.since)
        for line in label_account.overdue(pharmacy)
    ]
    deviations = [
        Alarm(
            AlarmKind.DEVIATION,
            serious=False,
            record=found.record,
            at=found.raised_at,
            rule=found.rule,
        )
        for found in dose_queries.deviations(pharmacy.reader)
        if found.record.removeprefix("dose/") not in waiting
    ]
    return [*late, *verify, *unsettled, *deviations]


def _of_the_promise(pharmacy: Pharmacy) -> list[Alarm]:
    """Return the alarm of a promise to the ward that stock no longer bears out."""
    found = promise.standing(pharmacy)
    if found is None or not found.broken:
        return []
    return [Alarm(AlarmKind.PROMISE, serious=True, at=found.act.recorded_at)]


def _of_stock(pharmacy: Pharmacy) -> list[Alarm]:
    states = kit_queries.states(pharmacy.reader)
    waiting = states.get(KitState.QUARANTINED, 0) + states.get(KitState.PRE_QUARANTINED, 0)
    found = [Alarm(AlarmKind.QUARANTINE, serious=True, number=waiting)] if waiting else []
    late = counting.overdue(pharmacy)
    if late is not None:
        found.append(Alarm(AlarmKind.COUNT, serious=False, number=late.boxes, at=late.since))
    cases = [case for case in excursion_queries.cases(pharmacy.reader) if case.closed_at is None]
    return [
        *found,
        *(
            Alarm(
                AlarmKind.EXCURSION,
                serious=True,
                record=case.case_id,
                number=case.waiting,
                at=case.opened_at,
            )
            for case in cases
        ),
        *(
            Alarm(
                AlarmKind.OVERLABEL,
                serious=False,
                record=extension.blinded_lot,
                at=extension.opened_at,
            )
            for extension in lot_queries.open_extensions(pharmacy.reader)
        ),
    ]


def _of_storage(pharmacy: Pharmacy) -> list[Alarm]:
    """Return the units with kits in them that a whole day or more went by without a check."""
    return [
        Alarm(
            AlarmKind.UNIT_CHECK,
            serious=one.missed > 1,
            record=one.unit.code,
            number=one.missed,
            at=one.since,
        )
        for one in unit_checks.standings(pharmacy)
        if one.in_use and one.missed
    ]


def _of_the_machine(pharmacy: Pharmacy, folder: Path) -> list[Alarm]:
    found = []
    backup_at = site_queries.last_backup(pharmacy.reader)
    if backup_at is None or pharmacy.now() - backup_at > BACKUP_EVERY:
        found.append(Alarm(AlarmKind.BACKUP, serious=False, at=backup_at))
    left = room(folder)
    if left is not Room.PLENTY:
        found.append(Alarm(AlarmKind.DISK, serious=left is Room.TOO_LOW))
    return found


def doses_today(pharmacy: Pharmacy) -> list[Work]:
    """Return the doses under way, oldest first, then the visits whose doses are due today.

    A visit whose window closed without a dose is told for three days.
    """
    now = pharmacy.now()
    under_way = [_under_way(pharmacy, line) for line in dose_queries.open_doses(pharmacy.reader)]
    due = [
        work
        for work in planned_visits(pharmacy)
        if work.window is not None
        and work.window.opens_at.astimezone(pharmacy.zone).date() <= pharmacy.today()
        and now <= work.window.closes_at + MISSED_SHOWN_FOR
    ]
    return [*under_way, *due]


def planned_visits(pharmacy: Pharmacy) -> list[Work]:
    """Return every visit whose window is known and that still waits for its dose, by planned time.

    Nothing waits of a subject whose part has ended or who gets no further dose, nor a missed visit.
    """
    found: list[Work] = []
    after: SubjectId | None = None
    while page := subject_queries.page(pharmacy.reader, after, PAGE):
        for subject in page:
            found += _without_dose(pharmacy, subject)
        after = page[-1].subject_id
    return sorted(found, key=lambda work: (_planned(work), work.subject_id))


def _planned(work: Work) -> datetime:
    if work.window is None:
        raise LookupError(work.subject_id)
    return work.window.planned_at


def _without_dose(pharmacy: Pharmacy, subject: Subject) -> list[Work]:
    number = subject.subject_id
    told = subject_queries.unblindings(pharmacy.reader, number)
    if subject.ended is not None or dosing_stopped(pharmacy.trial, number, told) is not None:
        return []
    trial = protocol_for(pharmacy, subject).trial
    lists = {found.stage for found in subject_queries.allocations(pharmacy.reader, number)}
    opened = {stage.code for stage in trial.stages if stage.list_stage in lists}
    return [
        Work(number, planned.stage, planned.visit, planned.window, None)
        for planned in dosing.plan(pharmacy, number)
        if planned.stage in opened
        and planned.visit.scheduled
        and planned.window is not None
        and planned.waits
    ]


def _under_way(pharmacy: Pharmacy, line: DoseLine) -> Work:
    dose = dosing.dose(pharmacy, line.dose_id)
    _, visit = dosing.protocol_of(pharmacy, dose).visit(line.visit)
    opened = dose.opened
    window = PlannedVisit(opened.planned_at, opened.opens_at, opened.closes_at)
    return Work(line.subject_id, line.stage, visit, window, line, dose.thaw_started_at)


def expiring(pharmacy: Pharmacy, days: int = EXPIRING_DAYS) -> list[Expiring]:
    """Return the available kits that expire within ``days``, lot by lot, first expiry first."""
    before = pharmacy.now() + timedelta(days=days)
    wanted = kit_queries.KitFilter(state=KitState.AVAILABLE, expires_before=before)
    counted: dict[tuple[datetime, KitTypeCode, str], int] = {}
    for kit in kit_queries.page(pharmacy.reader, wanted, None, PAGE):
        key = (kit.expiry, kit.kit_type, kit.lot)
        counted[key] = counted.get(key, 0) + 1
    return [
        Expiring(kit_type, lot, expiry, number)
        for (expiry, kit_type, lot), number in sorted(counted.items())
    ]


def waiting(pharmacy: Pharmacy) -> list[Waiting]:
    """Return what waits for a signature, what has a deadline first."""
    receipts = [
        Waiting(WaitingKind.RECEIPT, found.shipment_id)
        for found in shipment_queries.shipments(pharmacy.reader)
        if found.state == "open" and found.examined >= found.kits
    ]
    verify = [
        Waiting(WaitingKind.VERIFY, line.dose_id, line.verify_by)
        for line in dose_queries.to_verify(pharmacy.reader)
    ]
    return [*verify, *_at_the_bench(dose_queries.open_doses(pharmacy.reader)), *receipts]


def _at_the_bench(lines: Sequence[DoseLine]) -> list[Waiting]:
    kinds = {Step.CHECK: WaitingKind.CHECK, Step.HAND_OVER: WaitingKind.HAND_OVER}
    return [
        Waiting(kinds[line.step], DoseId(line.dose_id), line.use_before)
        for line in lines
        if line.step in kinds
    ]
