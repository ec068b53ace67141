"""One of every paper about stock."""

from datetime import date, timedelta
from decimal import Decimal

from pharmacy_app.documents.labels.kits import KitLabel
from pharmacy_app.documents.reports.look_back import LookBackReport
from pharmacy_app.documents.reports.shipment_receipt import ShipmentReceipt
from pharmacy_app.documents.standing import Signed
from pharmacy_app.domain.blinding import BlindedOverLabels, BlindedSafetyNotice, GivenVisit
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.events.stock import (
    Condition,
    LoggerRead,
    ReceiptOpened,
    ReceivedKit,
    ShipperChecked,
)
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
from pharmacy_app.domain.shipments import Shipper
from pharmacy_app.domain.trial import Labelling, Text
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


def shipment_receipt() -> ShipmentReceipt:
    """A shipper that came with an excursion: one kit held back, one damaged, one missing."""
    shipment, at = ShipmentId("SHP-01-001"), STANDING.printed_at
    numbers = [KitNumber(f"7PD4PT{n}") for n in range(3)]
    opened = ReceiptOpened(
        shipment_id=shipment,
        seals_intact=True,
        tilt_ok=True,
        weight_kg=Decimal("18.45"),
        remarks="",
    )
    checked = ShipperChecked(
        shipment_id=shipment,
        shipper_id="DS-0417",
        seal_numbers="771204, 771205",
        despatch_weight_kg=Decimal("19.10"),
        arrived_at=at - timedelta(hours=2),
    )
    logger = LoggerRead(
        shipment_id=shipment,
        file="ab" * 32,
        serial="10755220",
        first_at=at - timedelta(days=2),
        last_at=at - timedelta(hours=1),
        readings=500,
        without_number=0,
        max_c=Decimal("-95.2"),
        min_c=Decimal("-190.4"),
        limit_c=Decimal(-150),
        seconds_above=3660,
        longest_above=3660,
        gaps=0,
        cut=False,
        excursion=True,
    )
    states = (
        (KitState.QUARANTINED, "shipment.excursion", Condition.INTACT),
        (KitState.DAMAGED, "shipment.kit_damaged", Condition.DAMAGED),
        (KitState.MISSING, "shipment.kit_missing", Condition.MISSING),
    )
    return ShipmentReceipt(
        standing=STANDING,
        shipment_id=shipment,
        despatched_at=at - timedelta(days=2),
        arrived_at=at - timedelta(hours=2),
        opened_at=at - timedelta(hours=1),
        registered_at=at,
        shipper=Shipper(opened, checked, logger),
        kits=tuple(
            ReceivedKit(kit_number=number, state=state, rule=rule)
            for number, (state, rule, _) in zip(numbers, states, strict=True)
        ),
        found={n: condition for n, (_, _, condition) in zip(numbers, states, strict=True)},
        unexpected=(KitNumber("9ZZ9ZZ9"),),
        signed=(Signed(printed_name="王药师 Wang", meaning=Meaning.RECEIVED, signed_at=at),),
    )


def over_labels() -> BlindedOverLabels:
    """An extension of three kits."""
    return BlindedOverLabels(
        extension_id="X-4KX9MT",
        reference="QA-2026-17",
        trial_code="ACLF-MSC",
        protocol="ACLF-MSC-02",
        sponsor=SPONSOR,
        trial_use=Text(en="For clinical trial use only", zh="仅用于临床试验"),
        blinded_lot="BL2601",
        last_day=date(2027, 12, 31),
        kits=tuple(KitNumber(f"7PD4PT{n}") for n in range(3)),
        training=True,
        labelling=Labelling(),
    )


def kit_label() -> KitLabel:
    """The storage label of a kit."""
    return KitLabel(
        trial_code="ACLF-MSC",
        sponsor=SPONSOR,
        kit=KitNumber("7PD4PT0"),
        contents=Text(en="hUC-MSC", zh="人脐带间充质干细胞"),
        lot="UC26-0311",
        blinded_lot="BL2601",
        last_day=date(2027, 12, 31),
        storage_limit_c=Decimal(-150),
        training=True,
        labelling=Labelling(),
    )
