"""The whole main job, played through the pharmacy's own workflows on a clock moved by hand.

Three subjects, both arms: one dose given, one bag brought back, one kit whose cells did not survive
and its replacement, and everything a trainee might try that must be refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from pharmacy_app.demo.bench import NURSE, Bench, misread
from pharmacy_app.demo.desk import Desk, StoryBroken
from pharmacy_app.demo.moments import Moment
from pharmacy_app.demo.receipts import decide, kits_by_expiry, receive_good, receive_warm
from pharmacy_app.demo.site import LI, WANG
from pharmacy_app.documents.printers.port import Printer
from pharmacy_app.domain.ids import ArmCode, DoseId, StageCode, SubjectId
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.preparation import HAEMOCYTOMETER
from pharmacy_app.domain.trial import Contents, SecondCheck
from pharmacy_app.records.queries.unblinded import doses as dose_queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded.kits import KitFilter
from pharmacy_app.vault.signing import Credential
from pharmacy_app.workflows import (
    custody,
    dosing,
    enrolment,
    labelling,
    preparation,
    releasing,
    sessions,
    site,
    stock,
)
from pharmacy_app.workflows.labelling import Reprint
from pharmacy_app.workflows.pharmacy import Scanned

START = datetime(2026, 11, 22, 7, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
INVESTIGATOR = "林雨辰"
WANTED = (Contents.CELLS, Contents.SHAM, Contents.CELLS)
"""What the three subjects' kits hold: both arms, and cells for the kit that fails."""


@dataclass(slots=True)
class Story:
    """The story so far: who sits at the desk, what was opened, which doses there are."""

    desk: Desk
    bench: Bench
    read_out: set[str] = field(default_factory=set)
    set_apart: str = ""

    @property
    def subjects(self) -> tuple[SubjectId, ...]:
        """The three subjects, in the order of their enrolment."""
        return tuple(SubjectId(number) for number in self.desk.made.aids.subjects[:3])

    @property
    def stage(self) -> StageCode:
        """The first stage."""
        return self.desk.pharmacy.trial.stages[0].code

    def code_for(self, contents: Contents) -> str:
        """Return a code that the desk has not read out yet, of an arm with such kits."""
        trial = self.desk.pharmacy.trial
        arms: set[ArmCode] = {
            arm.code
            for arm in trial.stage(self.stage).arms
            if trial.kit_type(arm.kit_type).contents is contents
        }
        for line in self.desk.made.desk[self.stage]:
            if line.arm in arms and line.code not in self.read_out:
                self.read_out.add(line.code)
                return line.code
        raise StoryBroken(f"no entry is left for {contents}")

    def kit_in(self, state: KitState) -> str:
        """Return some kit that stands so."""
        found = kit_queries.page(self.desk.pharmacy.reader, KitFilter(state=state), None, 1)
        if not found:
            raise StoryBroken(f"no kit is {state}")
        return found[0].kit_number


def play(desk: Desk, printer: Printer) -> Iterator[Moment]:
    """Play the story to its end; somebody stays signed in, so that the end can be looked at.

    Raises StoryBroken where a rule did not refuse what it must.
    """
    story = Story(desk, Bench(desk, printer))
    yield from _first_day(story)
    desk.next_morning(1)
    yield from _second_day(story)
    desk.next_morning(6)
    yield from _second_week(story)
    desk.next_morning(22)
    yield from _late(story)


def _first_day(story: Story) -> Iterator[Moment]:
    desk = story.desk
    desk.refused(
        "sign in with a wrong password",
        lambda: sessions.sign_in(desk.machine, desk.made.folder, WANG.person_id, "wrong password"),
        "vault.wrong_password",
    )
    desk.sign_in(WANG.person_id)
    desk.refused("open the program a second time", lambda: _again(desk), "vault.second_instance")
    yield from receive_good(desk, desk.made.aids.shipments[0])
    _set_one_apart(story)
    yield from _enrol(story)
    yield from _given(story, story.subjects[0])
    yield from _sham(story, story.subjects[1])
    yield from _failed_and_replaced(story, story.subjects[2])


def _again(desk: Desk) -> None:
    sessions.sign_in(
        desk.machine, desk.made.folder, WANG.person_id, desk.credential(WANG.person_id).password
    )


def _set_one_apart(story: Story) -> None:
    """Quarantine the cells kit that expires first, so that it is still there when it has expired."""
    desk = story.desk
    for number in reversed(kits_by_expiry(desk, desk.made.aids.shipments[0])):
        kit = kit_queries.kit(desk.pharmacy.reader, number)
        if (
            kit is not None
            and kit.state is KitState.AVAILABLE
            and _holds_cells(story, kit.kit_type)
        ):
            story.set_apart = number
            break
    stock.quarantine(
        desk.pharmacy, Scanned(story.set_apart), "标签翘起，待申办方答复 Label loose, sponsor asked"
    )


def _holds_cells(story: Story, kit_type: object) -> bool:
    types = story.desk.pharmacy.trial.kit_types
    return any(t.code == kit_type and t.contents is Contents.CELLS for t in types)


def _enrol(story: Story) -> Iterator[Moment]:
    desk, pharmacy = story.desk, story.desk.pharmacy
    desk.refused(
        "enrol a subject of another site",
        lambda: enrolment.enrol(pharmacy, "99-001", INVESTIGATOR, ""),
        "subject.number",
    )
    codes = []
    for number, (subject, contents) in enumerate(zip(story.subjects, WANTED, strict=True), 1):
        enrolment.enrol(pharmacy, subject, INVESTIGATOR, f"REQ-{number:02d}")
        codes.append(story.code_for(contents))
    first, second, _ = story.subjects
    desk.refused(
        "begin a dose before the allocation is open",
        lambda: dosing.open_dose(pharmacy, first, _visit(story, 0)),
        "allocation.not_opened",
    )
    desk.refused(
        "type a release code wrongly",
        lambda: _allocate(story, first, codes[0][:-1] + ("3" if codes[0][-1] != "3" else "4")),
        "release_code.mistyped",
    )
    _allocate(story, first, codes[0])
    desk.refused(
        "use one subject's release code for another",
        lambda: _allocate(story, second, codes[0]),
        "allocation.code_used",
    )
    for subject, code in zip(story.subjects[1:], codes[1:], strict=True):
        desk.pass_minutes(5)
        _allocate(story, subject, code)
    desk.refused(
        "open the same allocation twice",
        lambda: _allocate(story, first, story.code_for(Contents.CELLS)),
        "allocation.opened_before",
    )
    yield Moment("subjects", first)


def _allocate(story: Story, subject: SubjectId, code: str) -> None:
    enrolment.open_allocation(story.desk.pharmacy, subject, story.stage, code, story.desk.signs())


def _visit(story: Story, number: int) -> str:
    return story.desk.pharmacy.trial.stages[0].visits[number].code


def _given(story: Story, subject: SubjectId) -> Iterator[Moment]:
    """One dose of cells from opening to infusion, with every stop on the way tried."""
    desk, bench, pharmacy = story.desk, story.bench, story.desk.pharmacy
    desk.refused(
        "begin week 1 before week 0 was given",
        lambda: dosing.open_dose(pharmacy, subject, _visit(story, 1)),
        "visit.no_anchor",
    )
    dose_id = bench.open(subject, _visit(story, 0))
    yield Moment("kit_proposed", dose_id)
    wrong = _scan_wrong_kits(story, dose_id)
    yield Moment("kit_refused", dose_id, wrong)
    bench.thaw(dose_id)
    bench.begin_count(dose_id)
    yield Moment("counting", dose_id)
    readings = bench.good_readings(dose_id)
    desk.refused(
        "enter one count where two are asked for",
        lambda: bench.count(dose_id, readings[:1]),
        "bench.replicates_missing",
    )
    bench.count(dose_id, readings)
    yield Moment("counted", dose_id)
    desk.refused(
        "print the label before anybody checked",
        lambda: labelling.reserve(pharmacy, dose_id),
        "bench.label_locked",
    )
    bench.fill(dose_id, "SL-0001")
    yield Moment("checking", dose_id)
    _check_wrongly(story, dose_id)
    bench.check(dose_id, readings)
    copy = bench.print(dose_id)
    yield Moment("label_printed", dose_id)
    desk.refused(
        "hand over before the label was scanned back",
        lambda: bench.hand_over(dose_id),
        "label.not_scanned_back",
    )
    desk.refused(
        "scan the kit where the label is wanted",
        lambda: labelling.scan_back(pharmacy, dose_id, Scanned(bench.kit_of(dose_id))),
        "symbol.not_a_label",
    )
    labelling.scan_back(pharmacy, dose_id, Scanned(copy.symbol))
    bench.hand_over(dose_id)
    yield Moment("handed_over", dose_id)
    bench.infused(dose_id)


def _scan_wrong_kits(story: Story, dose_id: DoseId) -> str:
    desk, pharmacy = story.desk, story.desk.pharmacy
    assigned = dosing.current_kit(pharmacy, dosing.dose(pharmacy, dose_id))
    other_arm = next(
        kit.kit_number
        for kit in kit_queries.page(pharmacy.reader, KitFilter(state=KitState.AVAILABLE), None, 100)
        if kit.kit_type != assigned.kit_type
    )
    tries = (
        ("scan a kit of the other arm", other_arm, "kit.wrong_arm"),
        ("scan a quarantined kit", story.set_apart, "kit.quarantined"),
        ("scan a damaged kit", story.kit_in(KitState.DAMAGED), "kit.damaged"),
        ("scan a code nobody knows", "ZZZZZZZ", "kit.unknown"),
    )
    for tried, scanned, rule in tries:
        desk.refused(tried, partial(dosing.scan_kit, pharmacy, dose_id, Scanned(scanned)), rule)
    return other_arm


def _check_wrongly(story: Story, dose_id: DoseId) -> None:
    desk, bench, pharmacy = story.desk, story.bench, story.desk.pharmacy
    wang, li = bench.both()
    readings = bench.good_readings(dose_id)
    counted = dosing.dose(pharmacy, dose_id).counted
    first = counted.readings if counted is not None else readings
    desk.refused(
        "check one's own work",
        lambda: releasing.check(pharmacy, dose_id, first, (wang, wang)),
        "people.same_person",
    )
    desk.refused(
        "read the counts otherwise than the first person",
        lambda: releasing.check(pharmacy, dose_id, misread(first), (wang, li)),
        "check.counts_differ",
    )
    desk.refused(
        "sign with a wrong password",
        lambda: releasing.check(
            pharmacy, dose_id, first, (wang, Credential(LI.person_id, "not her password"))
        ),
        "vault.wrong_password",
    )
    if pharmacy.trial.duties.second_check is SecondCheck.REQUIRED:
        desk.refused(
            "go on alone where the trial wants two",
            lambda: releasing.defer_check(pharmacy, dose_id, "nobody there"),
            "check.not_deferrable",
        )


def _sham(story: Story, subject: SubjectId) -> Iterator[Moment]:
    """The other arm: the same steps; the first label is spoiled and printed again."""
    desk, bench, pharmacy = story.desk, story.bench, story.desk.pharmacy
    dose_id = bench.open(subject, _visit(story, 0))
    bench.thaw(dose_id)
    bench.begin_count(dose_id)
    readings = bench.good_readings(dose_id)
    bench.count(dose_id, readings)
    bench.fill(dose_id, "SL-0002")
    bench.check(dose_id, readings)
    copy = bench.print(dose_id)
    labelling.spoil(pharmacy, dose_id, "标签起皱 Label creased")
    desk.refused(
        "print another label without a reason",
        lambda: labelling.reserve(pharmacy, dose_id),
        "label.reprint_reason",
    )
    second = Reprint("标签起皱 Label creased", desk.credential(LI.person_id))
    again = labelling.reserve(pharmacy, dose_id, second)
    labelling.print_label(pharmacy, again, dose_id, bench.printer)
    desk.refused(
        "scan back the spoiled label",
        lambda: labelling.scan_back(pharmacy, dose_id, Scanned(copy.symbol)),
        "label.other_copy",
    )
    labelling.scan_back(pharmacy, dose_id, Scanned(again.symbol))
    bench.hand_over(dose_id)
    bench.infused(dose_id, "12")
    yield Moment("infused", dose_id)


def _failed_and_replaced(story: Story, subject: SubjectId) -> Iterator[Moment]:
    """A kit whose cells did not survive: the dose stops, another kit replaces it."""
    desk, bench, pharmacy = story.desk, story.bench, story.desk.pharmacy
    failed = bench.open(subject, _visit(story, 0))
    bench.thaw(failed)
    bench.begin_count(failed)
    desk.refused(
        "go on with too few living cells",
        lambda: bench.count(failed, bench.poor_readings(failed)),
        "dose.viability_below_limit",
    )
    yield Moment("viability_failed", failed)
    dosing.stop(pharmacy, failed, "", rules_broken=("dose.viability_below_limit",))
    replacement = bench.open(subject, _visit(story, 0))
    wasted = str(dosing.dose(pharmacy, failed).kit)
    desk.refused(
        "scan a kit that was used before",
        lambda: dosing.scan_kit(pharmacy, replacement, Scanned(wasted)),
        "kit.already_used",
    )
    bench.prepare(replacement, "SL-0003")
    bench.infused(replacement)
    yield Moment("replaced", replacement)


def _second_day(story: Story) -> Iterator[Moment]:
    """A warm shipment, its decision; what the second person may not do."""
    desk = story.desk
    desk.refused("sign in with the clock set back", lambda: _set_back(desk), "clock.set_back")
    desk.sign_in(LI.person_id)
    desk.refused(
        "enrol a subject as the second person",
        lambda: enrolment.enrol(desk.pharmacy, desk.made.aids.subjects[3], INVESTIGATOR, ""),
        "people.no_right",
    )
    desk.sign_in(WANG.person_id)
    desk.refused(
        "stop a dose that was given",
        lambda: dosing.stop(desk.pharmacy, _any_dose(desk), "why not"),
        "bench.too_late_to_stop",
    )
    altered = bytearray(desk.made.package)
    altered[-1] ^= 1
    desk.refused(
        "import an altered package",
        lambda: site.import_package(desk.pharmacy, bytes(altered)),
        "bundle.altered",
    )
    desk.refused(
        "import the same package again",
        lambda: site.import_package(desk.pharmacy, desk.made.package),
        "bundle.replayed",
    )
    yield from receive_warm(desk, desk.made.aids.shipments[1])
    desk.pass_minutes(180)
    decide(desk, desk.made.aids.shipments[1])
    yield Moment("decided", desk.made.aids.shipments[1].shipment_id)


def _set_back(desk: Desk) -> None:
    now = desk.clock.now()
    desk.clock.set(now - timedelta(days=2))
    try:
        desk.sign_in(WANG.person_id)
    finally:
        desk.clock.set(now)


def _any_dose(desk: Desk) -> DoseId:
    return dose_queries.recent(desk.pharmacy.reader, START.astimezone(UTC))[0].dose_id


def _second_week(story: Story) -> Iterator[Moment]:
    """Week 1: one bag comes back, one stands too long and is replaced."""
    desk, bench = story.desk, story.bench
    desk.sign_in(WANG.person_id)
    yield Moment("today")
    pharmacy = desk.pharmacy
    late = _ready(story, story.subjects[0], "SL-0004")
    use_before = dosing.dose(pharmacy, late).use_before
    if use_before is None:
        raise StoryBroken("a released dose has a use-before")
    desk.wait_until(use_before)
    desk.refused(
        "hand over a bag at its use-before", lambda: bench.hand_over(late), "bench.past_use_before"
    )
    dosing.stop(
        pharmacy, late, "病区未能按时接收 Ward not ready", rules_broken=("bench.past_use_before",)
    )
    again = bench.open(story.subjects[0], _visit(story, 1))
    bench.prepare(again, "SL-0005")
    bench.infused(again, "5")
    back = bench.open(story.subjects[1], _visit(story, 1))
    bench.prepare(back, "SL-0006")
    desk.pass_minutes(40)
    custody.return_bag(pharmacy, back, NURSE, "受试者拒绝输注 Subject declined")
    yield Moment("bag_returned", back)
    stock.decide_quarantine(
        pharmacy,
        [story.set_apart],
        usable=True,
        authorisation="QA-2026-121",
        credential=desk.signs(),
    )


def _ready(story: Story, subject: SubjectId, seal: str) -> DoseId:
    bench = story.bench
    dose_id = bench.open(subject, _visit(story, 1))
    bench.thaw(dose_id)
    bench.begin_count(dose_id)
    readings = bench.good_readings(dose_id)
    bench.count(dose_id, readings)
    bench.fill(dose_id, seal)
    bench.check(dose_id, readings)
    bench.label(dose_id)
    return dose_id


def _late(story: Story) -> Iterator[Moment]:
    """A visit out of its window, with a reason; a kit that has expired meanwhile."""
    desk, bench = story.desk, story.bench
    desk.sign_in(WANG.person_id)
    pharmacy = desk.pharmacy
    subject, visit = story.subjects[2], _visit(story, 2)
    desk.refused(
        "begin a dose outside its window without a reason",
        lambda: dosing.open_dose(pharmacy, subject, visit),
        "visit.needs_reason",
    )
    reason = "受试者因感染推迟，研究者同意 Postponed for an infection, investigator agrees"
    dose_id = bench.open(subject, visit, outside=reason)
    desk.refused(
        "scan a kit that has expired",
        lambda: dosing.scan_kit(pharmacy, dose_id, Scanned(story.set_apart)),
        "kit.expired",
    )
    bench.thaw(dose_id)
    overdue = pharmacy.today() - timedelta(days=1)
    desk.refused(
        "count with an instrument past its calibration",
        lambda: preparation.begin_count(
            pharmacy, dose_id, method=HAEMOCYTOMETER, instrument="NB-9", calibration_due=overdue
        ),
        "bench.calibration_overdue",
    )
    bench.begin_count(dose_id)
    readings = bench.good_readings(dose_id)
    bench.count(dose_id, readings)
    bench.fill(dose_id, "SL-0007")
    bench.check(dose_id, readings)
    bench.label(dose_id)
    bench.hand_over(dose_id)
    bench.infused(dose_id)
    yield Moment("end", dose_id)
