"""One of every paper, made from the facts of one dose."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from pharmacy_app.documents.reports.accountability_log import AccountabilityLog, LogLine
from pharmacy_app.documents.reports.pick_sheet import PickSheet
from pharmacy_app.documents.reports.preparation_record import PreparationRecord
from pharmacy_app.documents.reports.recovery_sheet import RecoverySheet
from pharmacy_app.documents.reports.unblinding_letter import StageTold, UnblindingLetter
from pharmacy_app.documents.standing import Signed, Standing
from pharmacy_app.domain import trial as protocol
from pharmacy_app.domain.blinding import BlindedNotice
from pharmacy_app.domain.dose import HaemocytometerReading, calculate
from pharmacy_app.domain.doses import Dose, replay
from pharmacy_app.domain.events import dose as happened
from pharmacy_app.domain.events import label as labelled
from pharmacy_app.domain.events.envelope import Event, Meaning, Recorded, Signature
from pharmacy_app.domain.ids import (
    ArmCode,
    DoseId,
    KitNumber,
    KitTypeCode,
    LabelId,
    PersonId,
    PositionId,
    ShipmentId,
    SiteCode,
    StageCode,
    SubjectId,
    VisitCode,
)
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.preparation import dose_inputs
from pharmacy_app.domain.trial import Contact, LabelTexts, Text

SPONSOR = Contact(
    name=Text(en="Example Cell Therapy Co., Ltd.", zh="示例细胞治疗有限公司"),
    address=Text(en="8 Example Road, Pudong, Shanghai 200120, China", zh="上海市浦东新区示例路8号"),
    telephone="+86 21 5555 0100",
    emergency_telephone="+86 21 5555 0199 (24 h)",
)
TEXTS = LabelTexts(
    product=Text(
        en="hUC-MSC 1.5×10^8 cells or placebo, suspension for infusion",
        zh="人脐带间充质干细胞 1.5×10^8 个或安慰剂，输注用混悬液",
    ),
    route=Text(en="For peripheral intravenous infusion only", zh="仅供外周静脉输注"),
    quantity=Text(en="1 bag, 100 mL", zh="1 袋，100 mL"),
    directions=Text(
        en="Give as the protocol says, over 30 to 60 minutes.", zh="按方案用药，30～60 分钟输完。"
    ),
    storage=Text(
        en="Keep at 15–25 °C; do not refrigerate or freeze.", zh="15～25 ℃保存，不得冷藏或冷冻。"
    ),
    trial_use=Text(en="For clinical trial use only", zh="仅用于临床试验"),
    statements=(
        Text(en="Do not irradiate", zh="不得辐照"),
        Text(en="Do not use a leukocyte filter", zh="不得使用白细胞过滤器"),
        Text(en="Mix gently before use", zh="使用前轻轻混匀"),
        Text(en="Identify recipient and product", zh="核对受试者与产品"),
    ),
)
SITE_NAME = Text(en="Example University First Hospital", zh="示例大学第一医院")
INVESTIGATOR = Text(en="Prof. Li Ming", zh="李明 教授")
ZONE = "Asia/Shanghai"
KIT_TYPE = KitTypeCode("MSC")
KIT_NAME = Text(en="hUC-MSC 1.5×10^8, frozen", zh="人脐带间充质干细胞 1.5×10^8，冻存")
TRIAL = protocol.Trial(
    code="ACLF-MSC",
    protocol="ACLF-MSC-02",
    version=1,
    title=Text(en="MSC in ACLF", zh="间充质干细胞治疗慢加急性肝衰竭"),
    training=True,
    sponsor=SPONSOR,
    stages=(
        protocol.Stage(
            code=StageCode("S1"),
            name=Text(en="Stage 1", zh="第一阶段"),
            arms=(
                protocol.Arm(
                    code=ArmCode("A"), name=Text(en="MSC", zh="干细胞"), kit_type=KIT_TYPE
                ),
            ),
            visits=(
                protocol.Visit(
                    code=VisitCode("W1"),
                    name=Text(en="Week 1", zh="第1周"),
                    window=protocol.Window(),
                ),
            ),
        ),
    ),
    kit_types=(
        protocol.KitType(
            code=KIT_TYPE,
            name=KIT_NAME,
            contents=protocol.Contents.CELLS,
            suspension_ml=Decimal(20),
            storage_limit_c=Decimal(-150),
            max_out_of_storage_minutes=10,
        ),
    ),
    kit_numbers=protocol.KitNumbers(pattern=".+"),
    dose=protocol.DoseRule(
        target_cells=Decimal(150_000_000),
        basis=protocol.Basis.VIABLE,
        final_volume_ml=Decimal(100),
    ),
    release=protocol.ReleaseCriteria(
        min_viability_pct=Decimal(70),
        max_replicate_difference_pct=Decimal(20),
        appearances=(
            protocol.Appearance(
                code="clear",
                name=Text(en="Even suspension, no clumps", zh="均匀混悬，无团块"),
                acceptable=True,
            ),
        ),
    ),
    hold=protocol.HoldTimes(after_thaw_minutes=180, after_dilution_minutes=120),
    cold_chain=protocol.ColdChain(shipper_limit_c=Decimal(-150)),
    label=TEXTS,
    duties=protocol.Duties(),
    sites=(
        protocol.Site(
            code=SiteCode("CN01"),
            name=SITE_NAME,
            investigator=INVESTIGATOR,
            zone=ZONE,
            subject_pattern=".+",
        ),
    ),
)
STANDING = Standing(
    trial_code="ACLF-MSC",
    protocol="ACLF-MSC-02",
    site="CN01",
    site_name=SITE_NAME,
    zone=ZONE,
    training=True,
    printed_by="王芳 Wang Fang",
    printed_at=datetime(2026, 11, 22, 4, 30, tzinfo=UTC),
    ledger_seq=1234,
    ledger_head="9f3a6c0177b2e4d85a10c39e" * 2,
)
DOSE = DoseId("D-4KX9MT3")
LABEL_ID = LabelId("D-4KX9MT3/1")
KIT = Kit(
    kit_number=KitNumber("K7Q4M2XT"),
    kit_type=KIT_TYPE,
    lot="UC-2025-118",
    blinded_lot="BL2601",
    expiry=datetime(2027, 5, 31, 15, 59, tzinfo=UTC),
    state=KitState.HANDED_OVER,
    shipment_id=ShipmentId("SH-001"),
    position=PositionId("T1-R3-B02-C4"),
    dose_id=DOSE,
    seconds_out=95,
)
FIRST, SECOND = PersonId("P-WANG"), PersonId("P-CHEN")
NAMES = {FIRST: "王芳 Wang Fang", SECOND: "陈建国 Chen Jianguo"}
BEGUN = datetime(2026, 11, 22, 1, 10, tzinfo=UTC)
READINGS = tuple(
    HaemocytometerReading(live=live, dead=dead, squares=4, dilution_factor=Decimal(40))
    for live, dead in ((172, 18), (164, 21))
)


TARGET = Decimal(150_000_000)
INPUTS = dose_inputs(TRIAL, TARGET, Decimal(20), Decimal("0.5"))
RESULT = calculate(READINGS, INPUTS)
SYMBOL = "B2*D-4KX9MT3*1*K7Q4M2XT*ACLF-MSC-02*2611221251+0800*84"
USE_BEFORE = BEGUN + timedelta(minutes=221)


def _events() -> list[tuple[int, Event]]:
    """Minutes after the beginning, and what happened."""
    return [*_until_thawed(), *_until_sealed(), *_until_reported()]


def _until_thawed() -> list[tuple[int, Event]]:
    return [
        (
            0,
            happened.DoseOpened(
                dose_id=DOSE,
                subject_id=SubjectId("CN01-0012"),
                stage=StageCode("S1"),
                visit=VisitCode("W1"),
                planned_at=BEGUN,
                opens_at=BEGUN - timedelta(days=1),
                closes_at=BEGUN + timedelta(days=1),
            ),
        ),
        (
            2,
            happened.KitAssigned(
                dose_id=DOSE,
                kit_number=KIT.kit_number,
                position=KIT.position,
                expiry=KIT.expiry,
                usable=7,
                same_expiry=3,
            ),
        ),
        (
            6,
            happened.KitIdentified(
                dose_id=DOSE, kit_number=KIT.kit_number, scanned="x", typed=False
            ),
        ),
        (
            8,
            happened.TakenOutOfStorage(
                dose_id=DOSE, kit_number=KIT.kit_number, position=KIT.position
            ),
        ),
        (
            9,
            happened.ThawStarted(
                dose_id=DOSE, kit_number=KIT.kit_number, bath="WB-02", bath_c=Decimal("37.0")
            ),
        ),
        (12, happened.ThawEnded(dose_id=DOSE)),
        (14, happened.AppearanceJudged(dose_id=DOSE, finding="clear", acceptable=True)),
        (
            16,
            happened.CountBegun(
                dose_id=DOSE,
                method="haemocytometer",
                instrument="HC-11",
                calibration_due=date(2027, 3, 1),
            ),
        ),
    ]


def _until_sealed() -> list[tuple[int, Event]]:
    return [
        (
            25,
            happened.CellsCounted(
                dose_id=DOSE,
                readings=READINGS,
                suspension_ml=Decimal(20),
                sample_ml=Decimal("0.5"),
                result=RESULT,
            ),
        ),
        (
            30,
            happened.DoseDrawn(
                dose_id=DOSE, drawn_ml=RESULT.drawn_ml, diluent_ml=RESULT.diluent_drawn_ml
            ),
        ),
        (
            34,
            happened.Diluted(
                dose_id=DOSE,
                materials=(
                    happened.Material(
                        name="0.9 % 氯化钠注射液 Sodium chloride",
                        lot="NS26-0912",
                        expiry=date(2028, 9, 1),
                    ),
                    happened.Material(
                        name="20 % 人血白蛋白 Human albumin",
                        lot="HA-77310",
                        expiry=date(2027, 12, 1),
                    ),
                ),
                final_volume_ml=Decimal(100),
            ),
        ),
        (38, happened.BagCovered(dose_id=DOSE, seal_number="S-009417", retained_sample="RS-0031")),
    ]


def _until_reported() -> list[tuple[int, Event]]:
    return [
        (
            45,
            happened.CheckSigned(
                dose_id=DOSE, readings=READINGS, result=RESULT, use_before=USE_BEFORE
            ),
        ),
        (
            46,
            labelled.LabelReserved(
                dose_id=DOSE, label_id=LABEL_ID, copy=1, symbol=SYMBOL, paper="a", picture="b"
            ),
        ),
        (46, labelled.LabelSpooled(dose_id=DOSE, label_id=LABEL_ID, printer="ZD421")),
        (
            48,
            labelled.LabelScannedBack(dose_id=DOSE, label_id=LABEL_ID, scanned=SYMBOL, typed=False),
        ),
        (
            55,
            happened.HandedOver(dose_id=DOSE, receiver="赵敏 Zhao Min", receiver_role="护士 nurse"),
        ),
        (
            160,
            happened.InfusionReported(
                dose_id=DOSE,
                started_at=BEGUN + timedelta(minutes=70),
                ended_at=BEGUN + timedelta(minutes=115),
                not_infused_ml=Decimal("2.5"),
                reported_by="赵敏 Zhao Min",
            ),
        ),
    ]


def _signature(signer: PersonId, meaning: Meaning, at: datetime) -> Signature:
    return Signature(
        signer=signer,
        printed_name=NAMES[signer],
        meaning=meaning,
        signed_at=at,
        public_key=b"",
        value=b"",
    )


def history() -> list[Recorded]:
    numbers = count(1201)
    lines = []
    for minutes, event in _events():
        at = BEGUN + timedelta(minutes=minutes)
        signed: tuple[Signature, ...] = ()
        if isinstance(event, happened.CheckSigned):
            signed = (
                _signature(FIRST, Meaning.PREPARED, at),
                _signature(SECOND, Meaning.VERIFIED, at),
            )
        if isinstance(event, happened.HandedOver):
            signed = (_signature(FIRST, Meaning.RELEASED, at),)
        seq = next(numbers)
        lines.append(
            Recorded(
                seq=seq,
                event_id=str(seq),
                op_id=str(seq),
                event=event,
                actor=FIRST,
                recorded_at=at,
                occurred_at=at,
                reason="",
                hash=b"",
                signatures=signed,
            )
        )
    return lines


def dose_so_far(steps: int | None = None) -> Dose:
    dose = replay(history()[:steps])
    if dose is None:
        raise AssertionError("a dose has a beginning")
    return dose


def preparation_record(steps: int | None = None) -> PreparationRecord:
    return PreparationRecord(
        standing=STANDING,
        dose=dose_so_far(steps),
        trial=TRIAL,
        target_cells=TARGET,
        kit=KIT,
        names=NAMES,
    )


def pick_sheet() -> PickSheet:
    return PickSheet(
        standing=STANDING,
        dose_id=DOSE,
        subject="CN01-0012",
        visit="W1",
        visit_name=Text(en="Week 1", zh="第1周"),
        planned_at=BEGUN,
        opens_at=BEGUN - timedelta(days=1),
        closes_at=BEGUN + timedelta(days=1),
        kit=KIT.kit_number,
        kit_type=KIT_TYPE,
        kit_type_name=KIT_NAME,
        lot=KIT.lot,
        expiry=KIT.expiry,
        position=KIT.position,
        storage_limit_c=Decimal(-150),
        minutes_out=1,
        max_minutes_out=10,
        usable=7,
        same_expiry=3,
        proposed_by=NAMES[FIRST],
        proposed_at=BEGUN,
    )


def accountability_log(lines: int = 40) -> AccountabilityLog:
    made: list[LogLine] = []
    balance = 0
    for number in range(lines):
        kind, change = ("received", 1) if number < lines // 2 else ("dispensed", -1)
        if number % 9 == 8:
            kind, change = "returned", 0
        balance += change
        moved = kind != "received"
        made.append(
            LogLine(
                at=BEGUN + timedelta(hours=7 * number),
                kind=kind,
                kit=f"K7Q4M2{number:02d}",
                quantity=change,
                balance=balance,
                lot=KIT.lot,
                recorder=NAMES[FIRST],
                subject=f"CN01-{number:04d}" if moved else None,
                dose=f"D-4KX9M{number:02d}" if moved else None,
            )
        )
    return AccountabilityLog(
        standing=STANDING,
        investigator=INVESTIGATOR,
        sponsor=SPONSOR.name,
        scope=KIT_NAME,
        key=KIT_TYPE,
        lines=tuple(made),
        on_shelf=balance,
        signed=(Signed(printed_name=NAMES[FIRST], meaning=Meaning.REVIEWED, signed_at=BEGUN),),
    )


def recovery_sheet() -> RecoverySheet:
    return RecoverySheet(
        standing=STANDING,
        recovery_code="7K4M-QX2T-9PFD-33CN-H6RW-VJ4E-A7",
        vault_id="CN01-2026",
        made_by=NAMES[FIRST],
        made_at=BEGUN,
        witness=NAMES[SECOND],
    )


def unblinding_letter() -> UnblindingLetter:
    """The letter of an emergency code break of a subject in stage 1."""
    return UnblindingLetter(
        standing=STANDING,
        subject="01-001",
        nth="1",
        addressee="Dr Zhao",
        addressee_role="intensive care",
        why="严重不良事件 serious adverse event",
        remarks="anaphylaxis during the infusion",
        told=(
            StageTold(
                stage=Text(en="Stage 1", zh="第一阶段"),
                arm=Text(en="Cells", zh="细胞组"),
                product=Text(en="Frozen cells", zh="冻存细胞"),
            ),
        ),
        unblinded_by=("王药师 Wang", "李核对 Li"),
        at=STANDING.printed_at,
        sponsor=SPONSOR,
    )


def code_break_notice() -> BlindedNotice:
    """The notice that tells the sponsor of it."""
    return BlindedNotice(
        trial_code="ACLF-MSC",
        protocol="ACLF-MSC-02",
        site=SiteCode("01"),
        site_name=SITE_NAME,
        zone=ZONE,
        sponsor=SPONSOR,
        subject=SubjectId("01-001"),
        nth="1",
        category=Text(en="serious adverse event", zh="严重不良事件"),
        requester="Dr Zhao",
        requester_role="intensive care",
        broken_by="王药师 Wang",
        broken_at=STANDING.printed_at,
        training=True,
    )
