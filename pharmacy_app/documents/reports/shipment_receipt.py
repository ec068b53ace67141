"""The receipt of a shipment: the shipper's checklist, its temperatures, every kit. UNBLINDED.

It names no kit type and no real lot, so that its copy for the carrier's file tells no arm either; but
it is the pharmacy's paper, and which kits wait in quarantine is nobody else's business.
"""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.documents.paper import Column, Field
from pharmacy_app.documents.reports.unblinded import signatures, unblinded_sheet
from pharmacy_app.documents.standing import Signed, Standing
from pharmacy_app.domain.events.stock import Condition, ReceivedKit
from pharmacy_app.domain.ids import KitNumber, ShipmentId
from pharmacy_app.domain.shipments import Shipper
from pharmacy_app.domain.trial import Text
from pharmacy_app.wording import term

TITLE = Text(zh="货件接收单", en="Shipment receipt")
_KITS = (
    Column("行", "Line", 0.5, "right"),
    Column("药盒号", "Kit No.", 1.6),
    Column("检查结果", "Found", 2),
    Column("去向", "Becomes", 2),
    Column("原因", "Why", 3),
)
_YES = {True: "是 yes", False: "否 NO"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentReceipt:
    """A signed receipt; times UTC. ``unexpected`` kits were in the shipper and not on its advice."""

    standing: Standing
    shipment_id: ShipmentId
    despatched_at: datetime
    arrived_at: datetime | None
    opened_at: datetime
    registered_at: datetime
    shipper: Shipper
    kits: tuple[ReceivedKit, ...]
    found: dict[KitNumber, Condition]
    unexpected: tuple[KitNumber, ...]
    signed: tuple[Signed, ...]


def render(paper: ShipmentReceipt) -> bytes:
    """Return the receipt as PDF. Raises Refused as `Pen.finish` does."""
    standing = paper.standing
    about = f"货件 Shipment {paper.shipment_id}"
    sheet = unblinded_sheet("shipment-receipt", TITLE, standing, about=about)
    sheet.space(3)
    sheet.fields(_times(paper))
    sheet.section("运输罐", "Shipper")
    sheet.fields(_shipper(paper.shipper))
    sheet.section("温度记录", "Temperature record")
    sheet.fields(_temperatures(paper))
    sheet.section("药盒", "Kits")
    sheet.table(_KITS, _kits(paper))
    if paper.unexpected:
        sheet.note(f"意外到货 Unexpected: {', '.join(paper.unexpected)}", bold=True)
    signatures(sheet, standing, paper.signed)
    return sheet.finish()


def _times(paper: ShipmentReceipt) -> tuple[Field, ...]:
    time = paper.standing.time
    return (
        Field("发出", "Despatched", time(paper.despatched_at)),
        Field("到达", "Arrived", None if paper.arrived_at is None else time(paper.arrived_at)),
        Field("开箱", "Opened", time(paper.opened_at), strong=True),
        Field("登记", "Registered", time(paper.registered_at), strong=True),
    )


def _shipper(shipper: Shipper) -> tuple[Field, ...]:
    opened, checked = shipper.opened, shipper.checked
    lost = shipper.weight_lost_kg
    return (
        Field("罐号", "Shipper No.", checked.shipper_id if checked else None),
        Field("封签号", "Seal Nos.", checked.seal_numbers if checked else None),
        Field("封签完好", "Seals intact", _YES[opened.seals_intact], strong=True),
        Field("未曾倾倒", "Kept upright", _YES[opened.tilt_ok], strong=True),
        Field(
            "发出重量 kg",
            "Weight at despatch, kg",
            None
            if checked is None or checked.despatch_weight_kg is None
            else f"{checked.despatch_weight_kg:f}",
        ),
        Field(
            "到货重量 kg",
            "Weight on arrival, kg",
            None if opened.weight_kg is None else f"{opened.weight_kg:f}",
        ),
        Field("失重 kg", "Lost, kg", None if lost is None else f"{lost:f}"),
        Field("备注", "Remarks", opened.remarks or None),
    )


def _temperatures(paper: ShipmentReceipt) -> tuple[Field, ...]:
    logger = paper.shipper.logger
    if logger is None:
        return (Field("温度文件", "Logger file", "未读取 not read", span=4, strong=True),)
    return (
        Field("记录仪", "Logger", logger.serial or None),
        Field("最高 °C", "Warmest, °C", None if logger.max_c is None else f"{logger.max_c:f}"),
        Field(
            "高于限值（分钟）",
            f"Minutes above {logger.limit_c:f} °C",
            str(logger.seconds_above // 60),
        ),
        Field("超限", "Excursion", {True: "是 YES", False: "否 no"}[logger.excursion], strong=True),
        Field("文件 SHA-256", "File's SHA-256", logger.file, span=4),
    )


def _kits(paper: ShipmentReceipt) -> list[tuple[str | None, ...]]:
    return [
        (
            str(number),
            kit.kit_number,
            _both(f"condition.{paper.found[kit.kit_number]}"),
            _both(f"kit_state.{kit.state}"),
            _both(kit.rule) if kit.rule else None,
        )
        for number, kit in enumerate(paper.kits, start=1)
    ]


def _both(code: str) -> str:
    return f"{term(code, 'zh')} {term(code, 'en')}"
