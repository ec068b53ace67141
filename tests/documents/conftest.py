"""A label and a form as the pharmacy would print them, for every test of the papers."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pharmacy_app.domain.blinding import BlindedDose, BlindedHandOver, BlindedLabel
from pharmacy_app.domain.ids import DoseId, KitNumber, LabelId, SiteCode, SubjectId, VisitCode
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


@pytest.fixture
def dose() -> BlindedDose:
    return BlindedDose(
        dose_id=DoseId("D-4KX9MT3"),
        trial_code="ACLF-MSC",
        protocol="ACLF-MSC-02",
        site=SiteCode("CN01"),
        site_name=Text(en="Example University First Hospital", zh="示例大学第一医院"),
        investigator=Text(en="Prof. Li Ming", zh="李明 教授"),
        zone="Asia/Shanghai",
        subject=SubjectId("CN01-0012"),
        visit=VisitCode("W1"),
        visit_name=Text(en="Week 1", zh="第1周"),
        kit=KitNumber("K7Q4M2XT"),
        blinded_lot="BL2601",
        final_volume_ml=Decimal(100),
        use_before=datetime(2026, 11, 22, 4, 51, tzinfo=UTC),
        training=True,
    )


@pytest.fixture
def label(dose: BlindedDose) -> BlindedLabel:
    return BlindedLabel(
        label_id=LabelId("D-4KX9MT3/1"), copy=1, dose=dose, sponsor=SPONSOR, texts=TEXTS
    )


@pytest.fixture
def form(dose: BlindedDose) -> BlindedHandOver:
    return BlindedHandOver(
        dose=dose,
        sponsor=SPONSOR,
        directions=TEXTS.directions,
        storage=TEXTS.storage,
        seal_number="S-009417",
        released_by="王芳 Wang Fang",
        receiver=None,
        handed_over_at=None,
        form_date=date(2026, 11, 22),
    )
