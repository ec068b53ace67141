"""What a site's record says in the end, as plain values that the invariants are asked of.

Read from the ledger's own events, subject by subject and dose by dose; only the shelf comes from the
state, because the invariants compare the two. What came before what is told by the ledger's sequence
(`seq`), never by the clock: two acts of one minute may carry the same instant.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from pharmacy_app.domain.doses import LabelState, Step, replay
from pharmacy_app.domain.events import dose as of_dose
from pharmacy_app.domain.events import stock as of_stock
from pharmacy_app.domain.events import subject as of_subject
from pharmacy_app.domain.events import unblinding as of_unblinding
from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.events.oversight import DeviationRaised
from pharmacy_app.domain.ids import (
    ArmCode,
    DoseId,
    KitNumber,
    KitTypeCode,
    PersonId,
    PositionId,
    SiteCode,
    StageCode,
    SubjectId,
    VisitCode,
)
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.trial import Trial
from pharmacy_app.domain.unblinding import Blinding
from pharmacy_app.records.queries.unblinded import accountability, kits
from pharmacy_app.workflows.pharmacy import Pharmacy

PAGE = 1000


@dataclass(frozen=True, slots=True)
class AllocationFact:
    """An entry that was opened."""

    stage: StageCode
    entry: str
    arm: ArmCode
    seq: int


@dataclass(slots=True)
class SubjectFact:
    """A subject; what happened to them, by the ledger's sequence."""

    subject: SubjectId
    allocations: list[AllocationFact] = field(default_factory=list)
    ended: list[tuple[int, bool]] = field(default_factory=list)
    """When the part ended (True), or an end was taken back (False)."""
    ending: str = ""
    """How it ended last; empty while it goes on."""
    consents: list[tuple[int, StageCode, bool]] = field(default_factory=list)
    unblinded: list[tuple[int, StageCode, Blinding]] = field(default_factory=list)


@dataclass(slots=True)
class DoseFact:
    """A dose, and its hand-over if it came so far."""

    dose: DoseId
    subject: SubjectId
    stage: StageCode
    visit: VisitCode
    begun_at: datetime
    begun_seq: int
    opens_at: datetime
    closes_at: datetime
    outside: str
    deviations: frozenset[str]
    step: Step
    kit: KitNumber | None = None
    thawed: bool = False
    handed_over_at: datetime | None = None
    handed_over_seq: int = 0
    """Zero before the hand-over."""
    use_before: datetime | None = None
    returned: bool = False
    preparers: frozenset[PersonId] = frozenset()
    checker: PersonId | None = None
    labels: tuple[LabelState, ...] = ()


@dataclass(slots=True)
class KitFact:
    """A kit as the state has it, and every time it was held or let go by a decision."""

    number: KitNumber
    kit_type: KitTypeCode
    lot: str
    pool: str
    expiry: datetime
    state: KitState
    position: PositionId | None
    held: list[tuple[int, bool]] = field(default_factory=list)
    """When it was put under quarantine (True), or found usable again (False)."""


@dataclass(slots=True)
class SiteFacts:
    """Everything the invariants ask for at one site."""

    site: SiteCode
    trial: Trial
    subjects: dict[SubjectId, SubjectFact] = field(default_factory=dict)
    doses: dict[DoseId, DoseFact] = field(default_factory=dict)
    kits: dict[KitNumber, KitFact] = field(default_factory=dict)
    balances: dict[KitTypeCode, tuple[int, int]] = field(default_factory=dict)
    """By kit type: what the accountability log says is on the shelf, and what is there."""
    brought: int = 0
    """How many kits the packages brought."""


def facts_of(pharmacy: Pharmacy) -> SiteFacts:
    """Return what a site's record says now."""
    facts = SiteFacts(pharmacy.site.code, pharmacy.trial)
    facts.brought = len(pharmacy.package.kits)
    for kit in _every_kit(pharmacy):
        facts.kits[kit.number] = kit
    deviations: dict[str, set[str]] = {}
    histories: dict[DoseId, list[Recorded]] = {}
    for recorded in _every_event(pharmacy):
        event = recorded.event
        if isinstance(event, DeviationRaised):
            deviations.setdefault(event.record, set()).add(event.rule)
        if event.about.startswith("dose/"):
            histories.setdefault(DoseId(event.about.removeprefix("dose/")), []).append(recorded)
        _note_subject(facts, recorded)
        _note_kit(facts, recorded)
    for dose_id, history in histories.items():
        facts.doses[dose_id] = _dose(history, frozenset(deviations.get(f"dose/{dose_id}", ())))
    for kit_type in facts.trial.kit_types:
        log = accountability.movements(pharmacy.reader, kit_type.code)
        there = accountability.on_shelf(pharmacy.reader, kit_type.code)
        facts.balances[kit_type.code] = (log[-1].balance if log else 0, there)
    return facts


def _every_event(pharmacy: Pharmacy) -> Iterator[Recorded]:
    after = 0
    while page := pharmacy.ledger.page(after, PAGE):
        yield from page
        after = page[-1].seq


def _every_kit(pharmacy: Pharmacy) -> Iterator[KitFact]:
    after = None
    while page := kits.page(pharmacy.reader, kits.KitFilter(), after, PAGE):
        for kit in page:
            yield KitFact(
                kit.kit_number,
                kit.kit_type,
                kit.lot,
                kit.pool,
                kit.expiry,
                kit.state,
                kit.position,
            )
        after = (page[-1].expiry, page[-1].kit_number)


def _note_subject(facts: SiteFacts, recorded: Recorded) -> None:
    event, seq = recorded.event, recorded.seq
    if isinstance(event, of_subject.SubjectEnrolled):
        facts.subjects[event.subject_id] = SubjectFact(event.subject_id)
    elif isinstance(event, of_subject.AllocationOpened):
        opened = AllocationFact(event.stage, event.entry_id, event.arm, seq)
        facts.subjects[event.subject_id].allocations.append(opened)
    elif isinstance(event, of_subject.ConsentRecorded):
        facts.subjects[event.subject_id].consents.append((seq, event.stage, event.given))
    elif isinstance(event, of_subject.SubjectEnded):
        if event.subject_id in facts.subjects:
            facts.subjects[event.subject_id].ended.append((seq, True))
            facts.subjects[event.subject_id].ending = event.because
    elif isinstance(event, of_subject.SubjectReinstated):
        facts.subjects[event.subject_id].ended.append((seq, False))
    elif isinstance(event, of_unblinding.UnblindingEvent):
        told = facts.subjects[event.subject_id].unblinded
        told += [(seq, stage, kind) for stage, kind in _unblinded(event)]


def _unblinded(event: of_unblinding.UnblindingEvent) -> list[tuple[StageCode, Blinding]]:
    if isinstance(event, of_unblinding.UnblindedAsPlanned):
        return [(event.stage, Blinding.PLANNED)]
    if isinstance(event, of_unblinding.CodeBroken):
        return [(stage, Blinding.EMERGENCY) for stage in event.stages]
    if isinstance(event, of_unblinding.AccidentallyUnblinded):
        return [(event.stage, Blinding.ACCIDENTAL)]
    return []


def _note_kit(facts: SiteFacts, recorded: Recorded) -> None:
    event, seq = recorded.event, recorded.seq
    if isinstance(event, of_stock.KitQuarantined):
        facts.kits[event.kit_number].held.append((seq, True))
    elif isinstance(event, of_stock.QuarantineDecided):
        facts.kits[event.kit_number].held.append((seq, not event.usable))
    elif isinstance(event, of_stock.ShipmentReceived):
        for kit in event.kits:
            if kit.state is not KitState.AVAILABLE:
                facts.kits[kit.kit_number].held.append((seq, True))


def _dose(history: list[Recorded], deviations: frozenset[str]) -> DoseFact:
    dose = replay(history)
    if dose is None:
        raise LookupError("a dose without its opening")
    checks = [r for r in history if isinstance(r.event, (of_dose.CheckSigned, of_dose.BagChecked))]
    left = [r.seq for r in history if isinstance(r.event, of_dose.HandedOver)]
    signed = checks[-1].signatures if checks else ()
    return DoseFact(
        dose=dose.dose_id,
        subject=dose.subject,
        stage=dose.opened.stage,
        visit=dose.visit,
        begun_at=dose.opened_at,
        begun_seq=history[0].seq,
        opens_at=dose.opened.opens_at,
        closes_at=dose.opened.closes_at,
        outside=dose.opened.outside,
        deviations=deviations,
        step=dose.step,
        kit=dose.kit,
        thawed=dose.thawed,
        handed_over_at=dose.handed_over_at,
        handed_over_seq=left[-1] if left else 0,
        use_before=dose.use_before,
        returned=dose.returned is not None,
        preparers=dose.preparers,
        checker=signed[-1].signer if signed else None,
        labels=tuple(copy.state for copy in dose.labels),
    )
