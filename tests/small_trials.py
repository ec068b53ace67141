"""Small trials for tests: one stage of two arms, and the same with a second stage behind it."""

from decimal import Decimal

import msgspec

from pharmacy_app.domain.ids import ArmCode, KitTypeCode, SiteCode, StageCode, VisitCode
from pharmacy_app.domain.trial import (
    Appearance,
    Arm,
    Basis,
    ColdChain,
    Contact,
    Contents,
    DoseRule,
    Duties,
    HoldTimes,
    KitNumbers,
    KitType,
    LabelTexts,
    Outside,
    Preparation,
    ReleaseCriteria,
    SecondCheck,
    Site,
    Stage,
    Text,
    Trial,
    Visit,
    Window,
)

SITE = SiteCode("01")
STAGE, STAGE_2 = StageCode("S1"), StageCode("S2")
CELLS, SHAM = KitTypeCode("MSC"), KitTypeCode("PLA")


def both(text: str) -> Text:
    """Return a text that is the same in both languages."""
    return Text(en=text, zh=text)


def small_trial(second_check: SecondCheck = SecondCheck.REQUIRED) -> Trial:
    """Return a one-stage trial with two arms and two visits a week apart."""
    return Trial(
        code="TEST-1",
        protocol="TP-01",
        version=1,
        title=Text(en="A test of a pharmacy", zh="药房测试"),
        training=True,
        sponsor=Contact(
            name=Text(en="Test Sponsor", zh="测试申办者"),
            address=Text(en="1 Test Road", zh="测试路1号"),
            telephone="+86 10 0000 0000",
            emergency_telephone="+86 10 0000 0001",
        ),
        stages=(_stage(),),
        kit_types=(
            _kit_type(CELLS, "Cells", "细胞", Contents.CELLS),
            _kit_type(SHAM, "Albumin", "白蛋白", Contents.SHAM),
        ),
        kit_numbers=KitNumbers(pattern=r"K[0-9A-Z]{7}"),
        dose=DoseRule(
            target_cells=Decimal(150_000_000), basis=Basis.VIABLE, final_volume_ml=Decimal(100)
        ),
        preparation=Preparation(bath_min_c=Decimal(35), bath_max_c=Decimal(39)),
        release=_release_criteria(),
        hold=HoldTimes(after_thaw_minutes=240, after_dilution_minutes=180),
        cold_chain=ColdChain(shipper_limit_c=Decimal(-150), logger_required=False),
        label=_label_texts(),
        duties=Duties(second_check=second_check),
        sites=(
            Site(
                code=SITE,
                name=Text(en="Test Hospital", zh="测试医院"),
                investigator=Text(en="Dr Zhao", zh="赵医生"),
                zone="Asia/Shanghai",
                subject_pattern=r"01-\d{3}",
            ),
        ),
    )


def two_stage_trial(*, pool: str = "") -> Trial:
    """Return `small_trial` with a second stage: after arm A, its unblinding and a consent."""
    first = small_trial()
    window = Window(anchor="W0", day=28, minus_hours=72, plus_hours=72, outside=Outside.REASON)
    second = Stage(
        code=STAGE_2,
        name=Text(en="Stage 2", zh="第二阶段"),
        arms=(
            Arm(code=ArmCode("LONG"), name=both("LONG"), kit_type=CELLS),
            Arm(code=ArmCode("CTRL"), name=both("CTRL"), kit_type=SHAM),
        ),
        visits=(Visit(code=VisitCode("W4"), name=Text(en="Week 4", zh="第4周"), window=window),),
        after=(ArmCode("A"),),
        after_unblinding_of=STAGE,
        consent=True,
        pool=pool,
    )
    return msgspec.structs.replace(first, stages=(*first.stages, second))


def _stage() -> Stage:
    window = Window(day=0, minus_hours=0, plus_hours=48, outside=Outside.REASON)
    later = Window(anchor="W0", day=7, minus_hours=24, plus_hours=24, outside=Outside.REFUSE)
    return Stage(
        code=STAGE,
        name=Text(en="Stage 1", zh="第一阶段"),
        arms=(
            Arm(code=ArmCode("A"), name=both("A"), kit_type=CELLS, ratio=2),
            Arm(code=ArmCode("B"), name=both("B"), kit_type=SHAM),
        ),
        visits=(
            Visit(code=VisitCode("W0"), name=Text(en="Week 0", zh="第0周"), window=window),
            Visit(code=VisitCode("W1"), name=Text(en="Week 1", zh="第1周"), window=later),
        ),
    )


def _release_criteria() -> ReleaseCriteria:
    return ReleaseCriteria(
        min_viability_pct=Decimal(70),
        max_replicate_difference_pct=Decimal(15),
        min_bench_minutes=20,
        appearances=(
            Appearance(code="clear", name=Text(en="Clear", zh="澄清"), acceptable=True),
            Appearance(code="clumps", name=Text(en="Clumps", zh="团块"), acceptable=False),
        ),
    )


def _label_texts() -> LabelTexts:
    return LabelTexts(
        product=Text(en="hUC-MSC 1.5×10^8 cells or placebo", zh="人脐带间充质干细胞或安慰剂"),
        route=Text(en="Peripheral IV infusion", zh="外周静脉输注"),
        quantity=Text(en="100 mL", zh="100 mL"),
        directions=Text(en="See protocol", zh="见方案"),
        storage=Text(en="15–25 °C", zh="15–25 °C"),
        trial_use=Text(en="For clinical trial use only", zh="仅用于临床试验"),
    )


def _kit_type(code: KitTypeCode, en: str, zh: str, contents: Contents) -> KitType:
    return KitType(
        code=code,
        name=Text(en=en, zh=zh),
        contents=contents,
        suspension_ml=Decimal(20),
        storage_limit_c=Decimal(-150),
        max_out_of_storage_minutes=120,
    )
