"""A label and a form as the pharmacy would print them, for every test of the papers."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from pharmacy_app.domain.blinding import BlindedDose, BlindedHandOver, BlindedLabel
from pharmacy_app.domain.ids import DoseId, KitNumber, LabelId, SiteCode, SubjectId, VisitCode
from pharmacy_app.domain.trial import Text
from tests.documents.papers import SPONSOR, TEXTS


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
