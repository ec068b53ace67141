"""One dose as its events tell it: the steps of the bench in their order, and where it stands.

The same steps in the same order for every arm.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from pharmacy_app.domain.events import dose as happened
from pharmacy_app.domain.events import label as labelled
from pharmacy_app.domain.events.envelope import Event, Recorded
from pharmacy_app.domain.ids import DoseId, KitNumber, LabelId, PersonId, SubjectId, VisitCode
from pharmacy_app.domain.label_rules import LabelKind


class Step(StrEnum):
    """The step a dose waits for, in the order of the bench."""

    ASSIGN = "assign"
    IDENTIFY = "identify"
    TAKE_OUT = "take_out"
    THAW = "thaw"
    THAWING = "thawing"
    APPEARANCE = "appearance"
    METHOD = "method"
    COUNT = "count"
    DRAW = "draw"
    DILUTE = "dilute"
    COVER = "cover"
    CHECK = "check"
    LABEL = "label"
    SCAN_BACK = "scan_back"
    HAND_OVER = "hand_over"
    REPORT = "report"
    CLOSED = "closed"
    STOPPED = "stopped"


ORDER: tuple[Step, ...] = tuple(Step)[:-1]
"""Every step of a dose that is given, in order."""

THAW_STEPS = frozenset({Step.THAW, Step.THAWING})
COUNT_STEPS = frozenset({Step.METHOD, Step.COUNT, Step.DRAW, Step.DILUTE})


STEP_AFTER: dict[type[Event], Step] = {
    happened.DoseOpened: Step.ASSIGN,
    happened.KitAssigned: Step.IDENTIFY,
    happened.KitIdentified: Step.TAKE_OUT,
    happened.TakenOutOfStorage: Step.THAW,
    happened.ThawStarted: Step.THAWING,
    happened.ThawEnded: Step.APPEARANCE,
    happened.AppearanceJudged: Step.METHOD,
    happened.CountBegun: Step.COUNT,
    happened.CellsCounted: Step.DRAW,
    happened.DoseDrawn: Step.DILUTE,
    happened.Diluted: Step.COVER,
    happened.BagCovered: Step.CHECK,
    happened.CheckSigned: Step.LABEL,
    happened.BagChecked: Step.LABEL,
    happened.CheckDeferred: Step.LABEL,
    labelled.LabelReserved: Step.LABEL,
    labelled.LabelSpooled: Step.SCAN_BACK,
    labelled.LabelFailed: Step.LABEL,
    labelled.LabelVoided: Step.LABEL,
    labelled.LabelSpoiled: Step.LABEL,
    labelled.LabelScannedBack: Step.HAND_OVER,
    happened.HandedOver: Step.REPORT,
    happened.InfusionReported: Step.CLOSED,
    happened.BagReturned: Step.CLOSED,
    happened.PreparationStopped: Step.STOPPED,
}
"""The step a dose waits for after each event; events not named leave it where it is."""


def left_out(*, thaw: bool, count: bool) -> frozenset[Step]:
    """Return the steps that a dose does not take, for what is done with a kit of its trial."""
    return (frozenset() if thaw else THAW_STEPS) | (frozenset() if count else COUNT_STEPS)


def step_after(kind: type[Event], skipped: frozenset[Step]) -> Step | None:
    """Return the step a dose waits for after an event, past those it does not take; None: no change."""
    step = STEP_AFTER.get(kind)
    while step is not None and step in skipped:
        step = ORDER[ORDER.index(step) + 1]
    return step


BENCH_WORK = (
    happened.KitIdentified,
    happened.TakenOutOfStorage,
    happened.ThawStarted,
    happened.ThawEnded,
    happened.AppearanceJudged,
    happened.CountBegun,
    happened.CellsCounted,
    happened.DoseDrawn,
    happened.Diluted,
    happened.BagCovered,
)
"""What a second person must not have done of the dose they check."""


class LabelState(StrEnum):
    """Where one copy of a label stands. Printed = applied + spoiled + void + remaining."""

    RESERVED = "reserved"
    SPOOLED = "spooled"
    FAILED = "failed"
    VERIFIED = "verified"
    VOID = "void"
    SPOILED = "spoiled"


LIVE = frozenset({LabelState.RESERVED, LabelState.SPOOLED, LabelState.VERIFIED})
"""States of a copy that is, or may come to be, in use."""


@dataclass(frozen=True, slots=True)
class LabelCopy:
    """One copy of a dose's label."""

    label_id: LabelId
    copy: int
    symbol: str
    paper: str
    picture: str
    state: LabelState
    kind: LabelKind = LabelKind.BAG
    printed: bool = False
    """Whether it went to a printer and nobody said that nothing came out."""


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose as it stands; None where a step has not been reached."""

    dose_id: DoseId
    opened: happened.DoseOpened
    opened_at: datetime
    step: Step = Step.ASSIGN
    prescribed: happened.DosePrescribed | None = None
    kit: KitNumber | None = None
    assigned: happened.KitAssigned | None = None
    identified: happened.KitIdentified | None = None
    taken_out_at: datetime | None = None
    thaw: happened.ThawStarted | None = None
    thaw_started_at: datetime | None = None
    thaw_ended_at: datetime | None = None
    appearance: happened.AppearanceJudged | None = None
    counting: happened.CountBegun | None = None
    counted: happened.CellsCounted | None = None
    counted_by: PersonId | None = None
    drawn: happened.DoseDrawn | None = None
    diluted: happened.Diluted | None = None
    diluted_at: datetime | None = None
    covered: happened.BagCovered | None = None
    checked: bool = False
    verify_by: datetime | None = None
    verified_later: happened.VerifiedLater | None = None
    use_before: datetime | None = None
    labels: tuple[LabelCopy, ...] = ()
    handed_over: happened.HandedOver | None = None
    handed_over_at: datetime | None = None
    infusion: happened.InfusionReported | None = None
    returned: happened.BagReturned | None = None
    wrong_kit: happened.WrongKitGiven | None = None
    stopped: happened.PreparationStopped | None = None
    record: tuple[Recorded, ...] = field(default=(), repr=False)

    @property
    def subject(self) -> SubjectId:
        """Whose dose it is."""
        return self.opened.subject_id

    @property
    def visit(self) -> VisitCode:
        """At which visit it is given."""
        return self.opened.visit

    @property
    def frozen(self) -> bool:
        """Whether its kit is thawed at the bench."""
        return self.prescribed is None or self.prescribed.thaw

    @property
    def counted_here(self) -> bool:
        """Whether its cells are counted, drawn up and diluted at the bench."""
        return self.prescribed is None or self.prescribed.count

    @property
    def skipped(self) -> frozenset[Step]:
        """The steps it does not take."""
        return left_out(thaw=self.frozen, count=self.counted_here)

    @property
    def preparers(self) -> frozenset[PersonId]:
        """Everybody who did a step of this dose at the bench, up to its seal."""
        return frozenset(r.actor for r in self.record if isinstance(r.event, BENCH_WORK))

    @property
    def thawed(self) -> bool:
        """Whether its kit can never return to stock."""
        return self.thaw is not None

    @property
    def waits_for_verification(self) -> bool:
        """Whether a second person still has to verify what a lone pharmacist released."""
        return self.verify_by is not None and self.verified_later is None

    @property
    def over(self) -> bool:
        """Whether nothing more can happen at the bench or on the ward."""
        return self.step in {Step.CLOSED, Step.STOPPED}

    def current_label(self) -> LabelCopy | None:
        """Return the latest copy of the bag's label that may be on the bag."""
        live = [c for c in self.labels if c.kind is LabelKind.BAG and c.state in LIVE]
        return live[-1] if live else None

    def extra_label(self, kind: LabelKind) -> LabelCopy | None:
        """Return the latest copy of a label beside the bag's that may be in use."""
        live = [c for c in self.labels if c.kind is kind and c.state in LIVE]
        return live[-1] if live else None

    @property
    def live_labels(self) -> tuple[LabelCopy, ...]:
        """Every copy that may be in use: it would have to be destroyed if the dose stopped."""
        return tuple(c for c in self.labels if c.state in LIVE)


def replay(history: Iterable[Recorded]) -> Dose | None:
    """Return the dose that a ledger history tells of, or None if it tells of none."""
    dose: Dose | None = None
    kept: list[Recorded] = []
    for recorded in history:
        kept.append(recorded)
        dose = after(dose, recorded)
    return None if dose is None else replace(dose, record=tuple(kept))


def after(dose: Dose | None, recorded: Recorded) -> Dose | None:
    """Return the dose as it stands after one more event."""
    event = recorded.event
    if isinstance(event, happened.DoseOpened):
        return Dose(event.dose_id, event, recorded.occurred_at)
    if dose is None:
        return None
    changed = (
        _after_label(dose, event)
        if isinstance(event, labelled.LabelEvent)
        else _after_bench(dose, recorded) or _after_release(dose, recorded) or dose
    )
    if isinstance(event, labelled.LabelEvent) and (
        dose.over or dose.step is Step.REPORT or _beside(changed, event.label_id)
    ):
        return changed  # told of a label whose dose has left the bench, or of one beside the bag's
    return replace(changed, step=step_after(type(event), dose.skipped) or dose.step)


def _beside(dose: Dose, label_id: LabelId) -> bool:
    """Whether a copy is of a label beside the bag's: it leaves the dose at its step."""
    return any(c.label_id == label_id and c.kind is not LabelKind.BAG for c in dose.labels)


def _after_bench(  # noqa: C901, PLR0911 - one line an event kind is a table
    dose: Dose, recorded: Recorded
) -> Dose | None:
    at = recorded.occurred_at
    match recorded.event:
        case happened.DosePrescribed() as e:
            return replace(dose, prescribed=e)
        case happened.KitAssigned() as e:
            return replace(dose, assigned=e, kit=e.kit_number)
        case happened.KitIdentified() as e:
            return replace(dose, identified=e)
        case happened.TakenOutOfStorage():
            return replace(dose, taken_out_at=at)
        case happened.ThawStarted() as e:
            return replace(dose, thaw=e, thaw_started_at=at)
        case happened.ThawEnded():
            return replace(dose, thaw_ended_at=at)
        case happened.AppearanceJudged() as e:
            return replace(dose, appearance=e)
        case happened.CountBegun() as e:
            return replace(dose, counting=e)
        case happened.CellsCounted() as e:
            return replace(dose, counted=e, counted_by=recorded.actor)
        case happened.DoseDrawn() as e:
            return replace(dose, drawn=e)
        case happened.Diluted() as e:
            # The clock never starts anew: a corrected count leads past this step a second time.
            return replace(dose, diluted=e, diluted_at=dose.diluted_at or at)
        case happened.BagCovered() as e:
            return replace(dose, covered=e)
    return None


def _after_release(  # noqa: PLR0911 - one line an event kind is a table
    dose: Dose, recorded: Recorded
) -> Dose | None:
    match recorded.event:
        case happened.CheckSigned() as e:
            return replace(dose, checked=True, use_before=e.use_before)
        case happened.BagChecked() as e:
            return replace(dose, checked=True, use_before=e.use_before)
        case happened.CheckDeferred() as e:
            return replace(dose, verify_by=e.verify_by, use_before=e.use_before)
        case happened.VerifiedLater() as e:
            return replace(dose, verified_later=e)
        case happened.HandedOver() as e:
            return replace(dose, handed_over=e, handed_over_at=recorded.occurred_at)
        case happened.InfusionReported() as e:
            return replace(dose, infusion=e)
        case happened.BagReturned() as e:
            return replace(dose, returned=e)
        case happened.PreparationStopped() as e:
            return replace(dose, stopped=e)
        case happened.WrongKitGiven() as e:
            return replace(dose, wrong_kit=e)
    return None


def _after_label(dose: Dose, event: labelled.LabelEvent) -> Dose:
    if isinstance(event, labelled.LabelReserved | labelled.ExtraLabelReserved):
        copy = LabelCopy(
            event.label_id,
            event.copy,
            event.symbol,
            event.paper,
            event.picture,
            LabelState.RESERVED,
            event.label_kind if isinstance(event, labelled.ExtraLabelReserved) else LabelKind.BAG,
        )
        return replace(dose, labels=(*dose.labels, copy))
    state = _LABEL_STATES[type(event)]
    labels = tuple(
        replace(c, state=state, printed=state in _CAME_OUT or (c.printed and state in _MAY_HAVE))
        if c.label_id == event.label_id
        else c
        for c in dose.labels
    )
    return replace(dose, labels=labels)


_CAME_OUT = frozenset({LabelState.SPOOLED, LabelState.VERIFIED, LabelState.SPOILED})
_MAY_HAVE = frozenset({LabelState.VOID})
_LABEL_STATES: dict[type[Event], LabelState] = {
    labelled.LabelSpooled: LabelState.SPOOLED,
    labelled.LabelFailed: LabelState.FAILED,
    labelled.LabelScannedBack: LabelState.VERIFIED,
    labelled.LabelVoided: LabelState.VOID,
    labelled.LabelSpoiled: LabelState.SPOILED,
}
