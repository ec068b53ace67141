"""Pairs of worlds that differ only in arms: everything blinded must be the same, byte for byte.

A world is a random history of one site, applied through the real projections to real tables; its
blinded papers are made as the program makes them, from the blinded queries. The twin has the same
history with the other arm: other kit type, other real lot, other readings. The seeded leaks show
that the comparison sees what it has to see.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import msgspec
import pytest

from pharmacy_app.documents import catalogue
from pharmacy_app.documents.pen import Pen
from pharmacy_app.documents.pictures import label_picture
from pharmacy_app.domain import preparation as rules
from pharmacy_app.domain.barcodes import ALPHABET, dose_code
from pharmacy_app.domain.blinding import (
    BlindedDose,
    BlindedHandOver,
    BlindedLabel,
    BlindedNotice,
    BlindedOverLabels,
    BlindedReadiness,
    BlindedSafetyNotice,
)
from pharmacy_app.domain.dose import HaemocytometerReading, Reading, calculate
from pharmacy_app.domain.events import dose as bench
from pharmacy_app.domain.events import site as founding
from pharmacy_app.domain.events import stock as shelf
from pharmacy_app.domain.events import subject as subjects
from pharmacy_app.domain.events.envelope import Event, Recorded
from pharmacy_app.domain.events.unblinding import CodeBreakRehearsed, CodeBroken, UnblindedAsPlanned
from pharmacy_app.domain.ids import (
    ArmCode,
    DoseId,
    KitNumber,
    LabelId,
    PersonId,
    SubjectId,
    VisitCode,
)
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.package import KitLine, ShipmentAdvice, SitePackage
from pharmacy_app.domain.subjects import Ending
from pharmacy_app.domain.unblinding import Category
from pharmacy_app.records.drafting import Attachment
from pharmacy_app.records.driver import EncryptedDatabase, memory_database
from pharmacy_app.records.migration import migrate
from pharmacy_app.records.projection import everything
from pharmacy_app.records.reading import Reader
from pharmacy_app.workflows.blinded import blinded_dose, blinded_hand_over, blinded_label
from tests.pharmacies import SHIPMENT
from tests.small_trials import CELLS, SHAM, SITE, STAGE, STAGE_2, two_stage_trial

PAIRS = 500
ARMS = {"A": CELLS, "B": SHAM}
LATER = {"A": ArmCode("LONG"), "B": ArmCode("CTRL")}
TRIAL = two_stage_trial()
NAMES = ("Zhang Wei", "李娜", "王芳 Wang Fang", "Dr O'Neil")


@dataclass(frozen=True)
class Plan:
    """What two twins share: everything but the arm and what follows from it."""

    seed: int
    start: datetime
    subject: SubjectId
    dose: DoseId
    kit: KitNumber
    blinded_lot: str
    visit: str
    seal: str
    nurse: str
    minutes: tuple[int, ...]
    copies: int
    afterwards: tuple[str, ...]


def plan_of(seed: int) -> Plan:
    """Draw what happens, apart from arms."""
    draw = random.Random(seed)
    return Plan(
        seed=seed,
        start=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=draw.randrange(2_000_000)),
        subject=SubjectId(f"01-{draw.randrange(1, 1000):03d}"),
        dose=DoseId(dose_code("".join(draw.choices(ALPHABET, k=6)))),
        kit=KitNumber("K" + "".join(draw.choices(ALPHABET, k=7))),
        blinded_lot=f"BL-{draw.randrange(100, 999)}",
        visit=draw.choice(["W0", "W1", "W4"]),
        seal=f"SEAL-{draw.randrange(10_000)}",
        nurse=draw.choice(NAMES),
        minutes=tuple(draw.randrange(1, 30) for _ in range(12)),
        copies=draw.randrange(1, 4),
        afterwards=tuple(
            draw.sample(["missed", "rehearsed", "broken", "ended"], draw.randrange(5))
        ),
    )


def package_of(plan: Plan, arm: str) -> SitePackage:
    """Return the package of a world: the kit has the arm's type and real lot."""
    kit = KitLine(
        number=plan.kit,
        kit_type=ARMS[arm],
        lot=f"REAL-{arm}",
        blinded_lot=plan.blinded_lot,
        expiry=plan.start + timedelta(days=90),
    )
    advice = ShipmentAdvice(
        shipment_id=SHIPMENT, despatched_at=plan.start, logger_serial="", kits=(plan.kit,)
    )
    return SitePackage(
        number=1,
        site=SITE,
        trial=TRIAL,
        kits=(kit,),
        shipments=(advice,),
        entries=(),
        recovery_public_key=bytes(32),
    )


TARGET = Decimal(150_000_000)


def readings_of(plan: Plan, arm: str) -> tuple[Reading, ...]:
    """Return counted cells in one arm, a card in the other."""
    draw = random.Random(f"{plan.seed}{arm}")
    if ARMS[arm] == SHAM:
        draws = [draw.randrange(100) for _ in range(4)]
        return rules.sham_readings(TRIAL, TARGET, Decimal(20), rules.HAEMOCYTOMETER, draws)
    return tuple(
        HaemocytometerReading(
            live=draw.randrange(190, 230), dead=28, squares=4, dilution_factor=Decimal(20)
        )
        for _ in range(2)
    )


def history_of(plan: Plan, arm: str) -> Iterator[Event]:
    """Yield what happens in a world, up to a released dose in a nurse's hands."""
    kit_type = ARMS[arm]
    readings = readings_of(plan, arm)
    result = calculate(readings, rules.dose_inputs(TRIAL, TARGET, Decimal(20), Decimal("0.5")))
    received = shelf.ReceivedKit(kit_number=plan.kit, state=KitState.AVAILABLE, rule="")
    yield shelf.ReceiptOpened(
        shipment_id=SHIPMENT, seals_intact=True, tilt_ok=True, weight_kg=None, remarks=""
    )
    yield shelf.ShipmentReceived(shipment_id=SHIPMENT, kits=(received,))
    yield subjects.SubjectEnrolled(subject_id=plan.subject, requested_by="Dr", reference="")
    yield from allocated(plan, arm)
    stage, visit = TRIAL.visit(VisitCode(plan.visit))
    yield bench.DoseOpened(
        dose_id=plan.dose,
        subject_id=plan.subject,
        stage=stage.code,
        visit=visit.code,
        planned_at=plan.start,
        opens_at=plan.start,
        closes_at=plan.start,
    )
    yield bench.KitAssigned(
        dose_id=plan.dose,
        kit_number=plan.kit,
        position=None,
        expiry=plan.start,
        usable=3 if kit_type == CELLS else 9,
        same_expiry=1,
    )
    yield bench.TakenOutOfStorage(dose_id=plan.dose, kit_number=plan.kit, position=None)
    yield bench.ThawStarted(dose_id=plan.dose, kit_number=plan.kit, bath="WB", bath_c=Decimal(37))
    yield bench.ThawEnded(dose_id=plan.dose)
    yield bench.CountBegun(
        dose_id=plan.dose,
        method=rules.HAEMOCYTOMETER,
        instrument="NB",
        calibration_due=date(2030, 1, 1),
        card=readings if kit_type == SHAM else (),
    )
    yield bench.CellsCounted(
        dose_id=plan.dose,
        readings=readings,
        suspension_ml=Decimal(20),
        sample_ml=Decimal("0.5"),
        result=result,
    )
    yield bench.DoseDrawn(
        dose_id=plan.dose, drawn_ml=result.drawn_ml, diluent_ml=result.diluent_drawn_ml
    )
    yield bench.BagCovered(dose_id=plan.dose, seal_number=plan.seal, retained_sample="")
    yield bench.CheckSigned(
        dose_id=plan.dose,
        readings=readings,
        result=result,
        use_before=plan.start + timedelta(minutes=sum(plan.minutes) + 180),
    )
    yield from afterwards(plan)


def allocated(plan: Plan, arm: str) -> Iterator[Event]:
    """Yield how a subject came to the arm: in the first stage, or in the second after cells."""
    second = plan.visit == "W4"
    yield subjects.AllocationOpened(
        subject_id=plan.subject,
        stage=STAGE,
        entry_id="EEEE",
        arm=ArmCode("A" if second else arm),
    )
    if second:
        yield subjects.ConsentRecorded(
            subject_id=plan.subject, stage=STAGE_2, given=True, on=plan.start.date(), reference="F"
        )
        yield UnblindedAsPlanned(subject_id=plan.subject, stage=STAGE, authorisation="code EEEE")
        yield subjects.AllocationOpened(
            subject_id=plan.subject, stage=STAGE_2, entry_id="FFFF", arm=LATER[arm]
        )


def afterwards(plan: Plan) -> Iterator[Event]:
    """Yield what happened to the subject while the dose was on its way."""
    later = VisitCode("W1" if plan.visit == "W0" else "W4")
    told: dict[str, Event] = {
        "missed": subjects.VisitMissed(subject_id=plan.subject, visit=later, because="fever"),
        "rehearsed": CodeBreakRehearsed(subject_id=plan.subject, requester=plan.nurse),
        "broken": CodeBroken(
            subject_id=plan.subject,
            stages=(STAGE,),
            category=Category.SAFETY,
            because="anaphylaxis",
            requester=plan.nurse,
            requester_role="intensive care",
            letter="00" * 32,
        ),
        "ended": subjects.SubjectEnded(
            subject_id=plan.subject, because=Ending.DEATH, on=plan.start.date(), reported_by="Dr"
        ),
    }
    yield from (told[what] for what in plan.afterwards)


class World:
    """One world: tables filled by the real projections from a history."""

    def __init__(self, plan: Plan, arm: str) -> None:
        self.plan = plan
        self.arm = arm
        self.database: EncryptedDatabase = memory_database()
        migrate(self.database)
        package = package_of(plan, arm)
        content = Attachment("application/json", msgspec.json.encode(package))
        self.database.execute(
            "INSERT INTO attachment (sha256, media_type, bytes) VALUES (?, ?, ?)",
            (content.sha256, content.media_type, content.content),
        )
        imported = founding.PackageImported(
            number=1,
            trial_version=1,
            package_sha256=content.sha256.hex(),
            content=content.sha256.hex(),
            kits=1,
        )
        at = plan.start
        for seq, event in enumerate((imported, *history_of(plan, arm)), start=1):
            at += timedelta(minutes=plan.minutes[seq % len(plan.minutes)])
            everything.apply(self.database, recorded(seq, event, at))

    def papers(self) -> list[catalogue.Paper]:
        """Return everything blinded that leaves the pharmacy about the dose, as it is made."""
        dose = self.dose()
        labels = [
            catalogue.render(
                catalogue.LABEL,
                blinded_label(dose, TRIAL, LabelId(f"{self.plan.dose}/{copy}"), copy),
            )
            for copy in range(1, self.plan.copies + 1)
        ]
        form = blinded_hand_over(
            dose,
            TRIAL,
            seal_number=self.plan.seal,
            released_by="Wang",
            receiver=self.plan.nurse,
            handed_over_at=dose.use_before - timedelta(minutes=30),
            now=dose.use_before,
        )
        return [*labels, catalogue.render(catalogue.HAND_OVER, form)]

    def dose(self) -> BlindedDose:
        """Return the dose as blinded eyes may know it."""
        return blinded_dose(Reader(self.database), TRIAL, TRIAL.site(SITE), self.plan.dose)

    def close(self) -> None:
        """Let the memory go."""
        self.database.conn.close()


def recorded(seq: int, event: Event, at: datetime) -> Recorded:
    """Return an event as the ledger would hand it to a projection."""
    return Recorded(
        seq=seq,
        event_id=str(seq),
        op_id=str(seq),
        event=event,
        actor=PersonId("wang"),
        recorded_at=at,
        occurred_at=at,
        reason="",
        hash=bytes(32),
    )


Seen = tuple[tuple[str, str, bytes], ...]


def seen_from_outside(plan: Plan, arm: str, made: "Leak | None" = None) -> Seen:
    """Return every name, print title and byte that a blinded person could get hold of."""
    world = World(plan, arm)
    try:
        papers = world.papers() if made is None else made(world)
    finally:
        world.close()
    return tuple((paper.file_name, paper.job_title, paper.pdf) for paper in papers)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_five_hundred_pairs_of_worlds_look_the_same_from_outside(part: int) -> None:
    different = []
    for seed in range(part, PAIRS, 4):
        plan = plan_of(seed)
        if seen_from_outside(plan, "A") != seen_from_outside(plan, "B"):
            different.append(seed)
    assert different == []


def test_two_worlds_with_different_plans_do_differ() -> None:
    assert seen_from_outside(plan_of(1), "A") != seen_from_outside(plan_of(2), "A")


def test_twin_labels_are_the_same_pictures() -> None:
    plan = plan_of(3)
    pictures = []
    for arm in "AB":
        world = World(plan, arm)
        pictures.append(label_picture(world.papers()[0].pdf).png())
        world.close()
    assert pictures[0] == pictures[1]


Leak = Callable[[World], list[catalogue.Paper]]


def _with_real_lot(world: World) -> list[catalogue.Paper]:
    """The blinded query reads the real lot."""
    with pytest.MonkeyPatch.context() as patch:
        read = Reader.one

        def leaking(self: Reader, sql: str, params: object = ()) -> object:
            return read(self, sql.replace("k.blinded_lot", "k.lot"), params)  # type: ignore[arg-type] # passed through

        patch.setattr(Reader, "one", leaking)
        return world.papers()


def _with_hidden_text(world: World) -> list[catalogue.Paper]:
    """White text on white."""
    with pytest.MonkeyPatch.context() as patch:
        line = Pen.line

        def leaking(self: Pen, *args: float) -> None:
            line(self, *args)
            self._canvas.setFillColorRGB(1, 1, 1)
            self._canvas.drawString(0, 0, world.arm)

        patch.setattr(Pen, "line", leaking)
        return world.papers()


def _with_keywords(world: World) -> list[catalogue.Paper]:
    """The arm among the PDF's keywords."""
    with pytest.MonkeyPatch.context() as patch:
        begin = Pen.__init__

        def leaking(self: Pen, document: str, title: str, page: tuple[float, float]) -> None:
            begin(self, document, title, page)
            self._canvas.setKeywords(world.arm)

        patch.setattr(Pen, "__init__", leaking)
        return world.papers()


def _with_a_shift(world: World) -> list[catalogue.Paper]:
    """A thousandth of a point, which no eye sees."""
    with pytest.MonkeyPatch.context() as patch:
        box = Pen.box
        by = 0.001 if world.arm == "A" else 0.0

        def leaking(self: Pen, x: float, y: float, wide: float, high: float, **how: object) -> None:
            box(self, x + by, y, wide, high, **how)  # type: ignore[arg-type] # passed through

        patch.setattr(Pen, "box", leaking)
        return world.papers()


def _with_a_file_name(world: World) -> list[catalogue.Paper]:
    """A file name that differs by a character."""
    return [
        catalogue.Paper(
            paper.document,
            paper.secrecy,
            paper.file_name if world.arm == "A" else paper.file_name.replace("_", "-"),
            paper.job_title,
            paper.pdf,
            paper.sha256,
        )
        for paper in world.papers()
    ]


def _with_a_job_title(world: World) -> list[catalogue.Paper]:
    """A print-queue title with a trailing space."""
    return [
        catalogue.Paper(
            paper.document,
            paper.secrecy,
            paper.file_name,
            paper.job_title + (" " if world.arm == "B" else ""),
            paper.pdf,
            paper.sha256,
        )
        for paper in world.papers()
    ]


def _with_another_clock(world: World) -> list[catalogue.Paper]:
    """A use-before that is a minute shorter in one arm."""
    if world.arm == "A":
        world.database.execute("UPDATE dose SET use_before = '2026-01-01T00:00:00.000000Z'")
    return world.papers()


@pytest.mark.parametrize(
    "leak",
    [
        _with_real_lot,
        _with_hidden_text,
        _with_keywords,
        _with_a_shift,
        _with_a_file_name,
        _with_a_job_title,
        _with_another_clock,
    ],
)
def test_a_seeded_leak_is_caught(leak: Leak) -> None:
    plan = plan_of(11)
    assert seen_from_outside(plan, "A", leak) != seen_from_outside(plan, "B", leak)


@pytest.mark.parametrize(
    "kind",
    [
        BlindedDose,
        BlindedLabel,
        BlindedOverLabels,
        BlindedHandOver,
        BlindedNotice,
        BlindedReadiness,
    ],
)
def test_blinded_types_have_no_field_that_could_hold_an_arm(kind: type[msgspec.Struct]) -> None:
    named = {field.name for field in msgspec.structs.fields(kind)}
    assert not named & {"arm", "kit_type", "lot", "viability_pct", "drawn_ml", "readings", "thaw"}


def test_every_blinded_document_is_made_from_a_blinded_type() -> None:
    made_from = {
        document.made_from
        for document in catalogue.DOCUMENTS
        if document.secrecy is catalogue.DocumentClass.BLINDED
    }
    assert made_from == {
        BlindedLabel,
        BlindedOverLabels,
        BlindedHandOver,
        BlindedNotice,
        BlindedReadiness,
        BlindedSafetyNotice,
    }
