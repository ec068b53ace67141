"""One of every paper of the account, made from a few kits."""

from datetime import timedelta

from pharmacy_app.documents.reports.destruction_certificate import DestructionCertificate
from pharmacy_app.documents.reports.leaving import LeavingKit
from pharmacy_app.documents.reports.reconciliation import KitLine, OpenLine, ReconciliationPaper
from pharmacy_app.documents.reports.return_list import ReturnList
from pharmacy_app.documents.standing import Signed
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.trial import Text
from tests.documents.papers import BEGUN, FIRST, KIT, KIT_NAME, KIT_TYPE, NAMES, SECOND, STANDING

WITNESSED = (
    Signed(printed_name=NAMES[FIRST], meaning=Meaning.AUTHORISED, signed_at=BEGUN),
    Signed(printed_name=NAMES[SECOND], meaning=Meaning.WITNESSED, signed_at=BEGUN),
)
USED = Text(zh="已输注", en="infused")
WHOLE = Text(zh="完整药盒", en="whole kit")
BECAUSE = "试验结束 end of the trial"
REFERENCE = "申办方函 S-2026-118，2026-11-20"


def leaving(count: int = 5) -> tuple[LeavingKit, ...]:
    return tuple(
        LeavingKit(
            kit=f"K7Q4M2{number:02d}",
            kit_type=KIT_TYPE if number % 2 else "PLA",
            kit_type_name=KIT_NAME if number % 2 else Text(zh="安慰剂，冻存", en="placebo, frozen"),
            lot=KIT.lot,
            expiry=KIT.expiry + timedelta(minutes=1),
            what=USED if number % 3 else WHOLE,
            subject=f"CN01-{number:04d}" if number % 3 else None,
            dose=f"D-4KX9M{number:02d}" if number % 3 else None,
        )
        for number in range(count)
    )


def destruction_certificate(count: int = 5) -> DestructionCertificate:
    return DestructionCertificate(
        standing=STANDING,
        list_id="DL-7KQ2MX",
        because=BECAUSE,
        reference=REFERENCE,
        by_notice=True,
        method="高温焚烧 incinerated at 1,100 °C",
        place="医院医疗废物处置中心 waste plant of the hospital",
        destroyed_at=BEGUN,
        kits=leaving(count),
        signed=WITNESSED,
    )


def return_list(*, transfer: bool = False) -> ReturnList:
    return ReturnList(
        standing=STANDING,
        list_id="DL-7KQ2MX",
        transfer=transfer,
        to=Text(zh="中心 CN02 示例大学第二医院", en="site CN02 Example University Second Hospital")
        if transfer
        else Text(
            zh="示例细胞治疗有限公司，上海市浦东新区示例路8号",
            en="Example Cell Therapy Co., Ltd., 8 Example Road, Pudong, Shanghai 200120, China",
        ),
        because=BECAUSE,
        reference=REFERENCE,
        carrier="示例冷链 Example Cold Chain",
        shipper="LN2-0417",
        sent_at=BEGUN,
        kits=leaving(),
        signed=(Signed(printed_name=NAMES[FIRST], meaning=Meaning.RELEASED, signed_at=BEGUN),),
    )


FATES = (
    (Text(zh="已给药", en="given"), 9),
    (Text(zh="未用退回", en="returned unused"), 1),
    (Text(zh="报废", en="wasted"), 2),
    (Text(zh="销毁", en="destroyed"), 3),
    (Text(zh="退回申办方", en="sent back"), 4),
    (Text(zh="转出", en="transferred"), 1),
    (Text(zh="遗失", en="lost"), 0),
    (Text(zh="在库", en="on the shelf"), 0),
    (Text(zh="配制中", en="at the bench"), 0),
    (Text(zh="在病区", en="on the ward"), 0),
)


def reconciliation(*, closed: bool = True, kits: int = 24) -> ReconciliationPaper:
    return ReconciliationPaper(
        standing=STANDING,
        listed=22,
        received=20,
        ended=FATES,
        not_received=(
            (Text(zh="从未到货", en="never arrived"), 1),
            (Text(zh="接收时缺失", en="missing at receipt"), 1),
        ),
        by_type=(
            (KIT_TYPE, (1, 0, 5, 1, 1, 2, 2, 0, 0, 0, 0, 0)),
            ("PLA", (0, 1, 4, 0, 1, 1, 2, 1, 0, 0, 0, 0)),
        ),
        kits=tuple(
            KitLine(
                kit=f"K7Q4M2{number:02d}",
                kit_type=KIT_TYPE,
                lot=KIT.lot,
                shipment=KIT.shipment_id,
                fate=FATES[number % 4][0],
                subject=f"CN01-{number:04d}",
                dose=f"D-4KX9M{number:02d}",
                remains=Text(zh="已销毁", en="destroyed"),
            )
            for number in range(kits)
        ),
        unexplained=()
        if closed
        else (
            OpenLine(
                kit="K7Q4M203",
                found=Text(
                    zh="药盒 K7Q4M203 仍在库，状态为“可用”。",
                    en="Kit K7Q4M203 is on the shelf, available.",
                ),
                remedy=Text(
                    zh="请退回、销毁或转出该药盒。",
                    en="Send it back, have it destroyed, or transfer it.",
                ),
            ),
        ),
        remarks="中心于 2026-12-01 关闭 site closed" if closed else "",
        signed=WITNESSED[:1] if closed else (),
    )
