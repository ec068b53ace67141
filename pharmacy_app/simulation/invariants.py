"""What must hold of every site and of the whole trial, whatever happened: each said once, by name.

An invariant returns a sentence for everything that breaks it; nothing in here calls a rule of the
pharmacy. Sources: the dose, allocation and kit rules of the protocol and of `docs/decisions`.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from pharmacy_app.domain.doses import LabelState, Step
from pharmacy_app.domain.ids import SubjectId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.trial import Arm, FurtherDosing, Stage
from pharmacy_app.domain.unblinding import Blinding
from pharmacy_app.simulation.facts import AllocationFact, DoseFact, SiteFacts, SubjectFact

Invariant = Callable[[SiteFacts], Iterator[str]]

SHELVED = frozenset(
    {
        KitState.AVAILABLE,
        KitState.PRE_QUARANTINED,
        KitState.QUARANTINED,
        KitState.REJECTED,
        KitState.DAMAGED,
        KitState.ASSIGNED,
    }
)
GONE = frozenset(
    {
        KitState.INFUSED,
        KitState.PARTLY_INFUSED,
        KitState.RETURNED,
        KitState.WASTED,
        KitState.MISSING,
    }
)
RESTING = (SHELVED | GONE | {KitState.EXPECTED}) - {KitState.ASSIGNED}
"""Where a kit may be once nobody works any more."""


def _given(facts: SiteFacts) -> Iterator[DoseFact]:
    return (dose for dose in facts.doses.values() if dose.handed_over_at is not None)


def _opened_in(facts: SiteFacts, subject: SubjectId, stage: Stage) -> AllocationFact | None:
    mine = facts.subjects[subject].allocations
    return next((one for one in mine if one.stage == stage.list_stage), None)


def _arm(facts: SiteFacts, dose: DoseFact) -> Arm | None:
    stage = facts.trial.stage(dose.stage)
    opened = _opened_in(facts, dose.subject, stage)
    return None if opened is None else facts.trial.arm(stage.code, opened.arm)


def kit_of_the_subjects_arm(facts: SiteFacts) -> Iterator[str]:
    """A kit is given only to a subject whose opened allocation takes its type."""
    for dose in _given(facts):
        arm = _arm(facts, dose)
        kit = None if dose.kit is None else facts.kits.get(dose.kit)
        if arm is None or kit is None or kit.kit_type != arm.kit_type:
            yield f"{dose.dose}: kit {dose.kit} is not of the arm of {dose.subject}"


def kit_of_the_stages_pool(facts: SiteFacts) -> Iterator[str]:
    """A kit is given only in a stage that takes kits from its pool."""
    for dose in _given(facts):
        if dose.kit is not None and facts.kits[dose.kit].pool != facts.trial.stage(dose.stage).pool:
            yield f"{dose.dose}: kit {dose.kit} is of another pool"


def in_date(facts: SiteFacts) -> Iterator[str]:
    """A bag leaves before its use-before, which is never after its kit's expiry."""
    for dose in _given(facts):
        if dose.kit is None or dose.use_before is None or dose.handed_over_at is None:
            yield f"{dose.dose}: handed over without kit or use-before"
        elif dose.use_before > facts.kits[dose.kit].expiry:
            yield f"{dose.dose}: use-before after the kit's expiry"
        elif dose.handed_over_at >= dose.use_before:
            yield f"{dose.dose}: handed over after its use-before"


def in_its_window(facts: SiteFacts) -> Iterator[str]:
    """A dose is begun in its window, or with a reason and a deviation where that is lawful."""
    for dose in facts.doses.values():
        inside = dose.opens_at <= dose.begun_at <= dose.closes_at
        if not inside and not (dose.outside and "visit.outside" in dose.deviations):
            yield f"{dose.dose}: begun outside its window without reason and deviation"


def one_dose_a_kit(facts: SiteFacts) -> Iterator[str]:
    """No kit is given twice."""
    used = Counter(dose.kit for dose in _given(facts))
    for kit, times in used.items():
        if times > 1:
            yield f"kit {kit}: handed over {times} times"


def doses_a_visit(facts: SiteFacts) -> Iterator[str]:
    """No visit has more doses given than the protocol says."""
    kept = [dose for dose in _given(facts) if not dose.returned]
    for (subject, stage, code), times in Counter(
        (dose.subject, dose.stage, dose.visit) for dose in kept
    ).items():
        visit = next(v for v in facts.trial.stage(stage).visits if v.code == code)
        if times > visit.most_doses:
            yield f"{subject}, {code}: {times} doses"


def nothing_after_the_end(facts: SiteFacts) -> Iterator[str]:
    """No bag leaves for a subject whose part has ended."""
    for dose in _given(facts):
        if _ended(facts.subjects[dose.subject], dose.handed_over_seq):
            yield f"{dose.dose}: handed over after the end of {dose.subject}"


def _ended(subject: SubjectFact, seq: int) -> bool:
    told = [over for when, over in subject.ended if when < seq]
    return bool(told) and told[-1]


def nothing_after_a_code_break(facts: SiteFacts) -> Iterator[str]:
    """Where the protocol stops dosing at a code break, no dose is begun after one."""
    if facts.trial.code_break.further_dosing is not FurtherDosing.STOP:
        return
    for dose in facts.doses.values():
        told = facts.subjects[dose.subject].unblinded
        if any(kind is Blinding.EMERGENCY and seq < dose.begun_seq for seq, _, kind in told):
            yield f"{dose.dose}: begun after the code of {dose.subject} was broken"


def gate_of_a_stage(facts: SiteFacts) -> Iterator[str]:
    """A later stage is opened only after its arms, its unblinding and its consent, to who goes on."""
    for subject in facts.subjects.values():
        for opened in subject.allocations:
            stage = facts.trial.stage(opened.stage)
            before = {one.arm for one in subject.allocations if one.seq < opened.seq}
            told = {
                s
                for seq, s, kind in subject.unblinded
                if kind is Blinding.PLANNED and seq < opened.seq
            }
            given = [
                yes for seq, s, yes in subject.consents if s == stage.code and seq < opened.seq
            ]
            if stage.after and before.isdisjoint(stage.after):
                yield f"{subject.subject}: {stage.code} opened without its earlier arm"
            if stage.after_unblinding_of and stage.after_unblinding_of not in told:
                yield f"{subject.subject}: {stage.code} opened while still blind"
            if stage.consent and not (given and given[-1]):
                yield f"{subject.subject}: {stage.code} opened without consent"
            if _ended(subject, opened.seq):
                yield f"{subject.subject}: {stage.code} opened after the end"


def one_entry_a_subject(facts: SiteFacts) -> Iterator[str]:
    """An entry is opened once, for one subject, who has one in a stage."""
    entries = Counter(
        (one.stage, one.entry) for s in facts.subjects.values() for one in s.allocations
    )
    yield from (
        f"entry {entry} of {stage}: opened {n} times"
        for (stage, entry), n in entries.items()
        if n > 1
    )
    for subject in facts.subjects.values():
        stages = Counter(one.stage for one in subject.allocations)
        yield from (f"{subject.subject}: {n} entries in {s}" for s, n in stages.items() if n > 1)


def balance_is_the_shelf(facts: SiteFacts) -> Iterator[str]:
    """The accountability log ends with what lies on the shelf, kit type by kit type."""
    for kit_type, (log, there) in facts.balances.items():
        on_shelf = sum(
            kit.state in SHELVED for kit in facts.kits.values() if kit.kit_type == kit_type
        )
        if not log == there == on_shelf:
            yield f"{kit_type}: log {log}, counted {there}, kits in a shelved state {on_shelf}"


def every_kit_has_one_fate(facts: SiteFacts) -> Iterator[str]:
    """Every kit the packages brought is in one lawful state, and none is between two."""
    if len(facts.kits) != facts.brought:
        yield f"{facts.brought} kits were brought, {len(facts.kits)} are known"
    for kit in facts.kits.values():
        if kit.state not in RESTING:
            yield f"kit {kit.number}: left as {kit.state}"


def one_place_a_kit(facts: SiteFacts) -> Iterator[str]:
    """No two kits lie in one position, and no kit that left the shelf lies anywhere."""
    places = Counter(kit.position for kit in facts.kits.values() if kit.position is not None)
    yield from (f"position {place}: {n} kits" for place, n in places.items() if n > 1)
    for kit in facts.kits.values():
        if kit.position is not None and kit.state not in SHELVED:
            yield f"kit {kit.number}: {kit.state}, and still at {kit.position}"


def thawed_is_never_stock(facts: SiteFacts) -> Iterator[str]:
    """A kit that was thawed never lies on the shelf again."""
    for dose in facts.doses.values():
        if dose.thawed and dose.kit is not None and facts.kits[dose.kit].state in SHELVED:
            yield f"kit {dose.kit}: thawed for {dose.dose}, and back on the shelf"


def held_is_never_given(facts: SiteFacts) -> Iterator[str]:
    """A kit in quarantine, rejected or recalled is not given before somebody found it usable."""
    for dose in _given(facts):
        if dose.kit is None or dose.handed_over_at is None:
            continue
        told = [held for seq, held in facts.kits[dose.kit].held if seq < dose.begun_seq]
        if told and told[-1]:
            yield f"{dose.dose}: kit {dose.kit} was held when the dose was begun"


def one_label_a_bag(facts: SiteFacts) -> Iterator[str]:
    """A bag leaves with exactly one label that was scanned back; no other copy is about."""
    for dose in _given(facts):
        verified = [state for state in dose.labels if state is LabelState.VERIFIED]
        others = {state for state in dose.labels if state is not LabelState.VERIFIED}
        if len(verified) != 1 or not others <= {
            LabelState.VOID,
            LabelState.FAILED,
            LabelState.SPOILED,
        }:
            yield f"{dose.dose}: labels {', '.join(dose.labels)}"


def two_people(facts: SiteFacts) -> Iterator[str]:
    """Who checked a dose did no step of it."""
    for dose in _given(facts):
        if dose.checker is None or dose.checker in dose.preparers:
            yield f"{dose.dose}: checked by {dose.checker}"


def nothing_left_open(facts: SiteFacts) -> Iterator[str]:
    """In the end every dose is closed or stopped."""
    for dose in facts.doses.values():
        if dose.step not in {Step.CLOSED, Step.STOPPED}:
            yield f"{dose.dose}: still waits for {dose.step}"


SITE_INVARIANTS: tuple[Invariant, ...] = (
    kit_of_the_subjects_arm,
    kit_of_the_stages_pool,
    in_date,
    in_its_window,
    one_dose_a_kit,
    doses_a_visit,
    nothing_after_the_end,
    nothing_after_a_code_break,
    gate_of_a_stage,
    one_entry_a_subject,
    balance_is_the_shelf,
    every_kit_has_one_fate,
    one_place_a_kit,
    thawed_is_never_stock,
    held_is_never_given,
    one_label_a_bag,
    two_people,
    nothing_left_open,
)


def groups_in_their_ratio(sites: Sequence[SiteFacts]) -> Iterator[str]:
    """Over the whole list, all sites together, the first stage's groups have exactly their ratio."""
    stage = sites[0].trial.stages[0]
    opened = Counter(
        one.arm
        for site in sites
        for subject in site.subjects.values()
        for one in subject.allocations
        if one.stage == stage.code
    )
    unit = sum(arm.ratio for arm in stage.arms)
    for arm in stage.arms:
        if opened[arm.code] * unit != opened.total() * arm.ratio:
            yield f"{arm.code}: {opened[arm.code]} of {opened.total()}"


def broken(sites: Sequence[SiteFacts]) -> list[str]:
    """Return everything that breaks an invariant, with its name and site."""
    found = [
        f"{site.site} {invariant.__name__}: {sentence}"
        for site in sites
        for invariant in SITE_INVARIANTS
        for sentence in invariant(site)
    ]
    return found + [f"{groups_in_their_ratio.__name__}: {s}" for s in groups_in_their_ratio(sites)]
