"""One of every paper about stock."""

from datetime import timedelta

from pharmacy_app.documents.reports.look_back import LookBackReport
from pharmacy_app.domain.blinding import BlindedSafetyNotice, GivenVisit
from pharmacy_app.domain.ids import (
    DoseId,
    KitNumber,
    ShipmentId,
    SiteCode,
    StageCode,
    SubjectId,
    VisitCode,
)
from pharmacy_app.domain.kits import Disposal, KitState
from pharmacy_app.domain.look_back import LookBack, OfLot, TouchedDose, TouchedKit
from pharmacy_app.domain.trial import Text
from tests.documents.papers import SITE_NAME, SPONSOR, STANDING, ZONE


def look_back() -> LookBackReport:
    """A lot whose late result failed: one kit given, one on the shelf, one on the ward."""
    states = (KitState.INFUSED, KitState.AVAILABLE, KitState.HANDED_OVER)
    kits = tuple(
        TouchedKit(
            KitNumber(f"7PD4PT{n}"),
            "HUC-MSC",
            "UC26-0311",
            "B2601",
            ShipmentId("SH-0001"),
            state,
            Disposal.NONE,
            "T1-R1-B01-A1" if state is KitState.AVAILABLE else None,
        )
        for n, state in enumerate(states)
    )
    given, waits = (
        TouchedDose(
            DoseId(f"D-{n}"),
            SubjectId(f"01-00{n}"),
            StageCode("stage1"),
            VisitCode("W0"),
            KitNumber(f"7PD4PT{kit}"),
            step,
            STANDING.printed_at,
            returned=False,
        )
        for n, kit, step in ((1, 0, "closed"), (2, 2, "report"))
    )
    return LookBackReport(
        standing=STANDING, found=LookBack(OfLot("UC26-0311"), kits, (given, waits))
    )


def safety_notice() -> BlindedSafetyNotice:
    """What the ward is told of it."""
    return BlindedSafetyNotice(
        trial_code="ACLF-MSC",
        protocol="ACLF-MSC-02",
        site=SiteCode("01"),
        site_name=SITE_NAME,
        investigator=Text(en="Dr Zhao", zh="赵医生"),
        zone=ZONE,
        sponsor=SPONSOR,
        concern="A late quality test is in doubt. 某项后续质量检验存疑。",
        advice="Watch for fever for 14 days. 请观察发热14天。",
        given=tuple(
            GivenVisit(
                subject=SubjectId(f"01-00{n}"),
                visit=VisitCode("W0"),
                given_at=STANDING.printed_at + timedelta(days=n),
            )
            for n in (1, 2, 3)
        ),
        issued_by="王药师 Wang",
        issued_at=STANDING.printed_at,
        training=True,
    )
