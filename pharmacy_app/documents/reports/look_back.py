"""The paper of a look-back: where it began, whom it touched, what is to be done. UNBLINDED."""

from dataclasses import dataclass

from pharmacy_app.documents.paper import LANDSCAPE, Column, Field
from pharmacy_app.documents.reports.unblinded import unblinded_sheet
from pharmacy_app.documents.standing import Standing
from pharmacy_app.domain.kits import ON_BENCH, ON_SHELF, KitState
from pharmacy_app.domain.look_back import (
    LookBack,
    OfCase,
    OfLot,
    OfPlace,
    OfShipment,
    OfTime,
    TouchedDose,
    TouchedKit,
)
from pharmacy_app.domain.trial import Text
from pharmacy_app.wording import term

TITLE = Text(zh="追溯报告", en="Look-back report")
_KITS = (
    Column("药盒号", "Kit No.", 1.4),
    Column("类型", "Type", 1.3),
    Column("批号", "Lot", 1.5),
    Column("盲态批号", "Blinded lot", 1.2),
    Column("货件", "Shipment", 1.3),
    Column("现状", "Now", 2),
    Column("位置", "Place", 1.6),
    Column("应做", "To do", 3),
)
_DOSES = (
    Column("受试者", "Subject", 1.5),
    Column("访视", "Visit", 1),
    Column("剂次", "Dose", 1.6),
    Column("药盒号", "Kit No.", 1.5),
    Column("交出时间", "Handed over", 2.2),
    Column("是否到达受试者", "Reached the subject", 2),
    Column("步骤", "Step", 2),
)
_HOLD = Text(zh="隔离，等待申办方决定", en="hold in quarantine, ask the sponsor")
_STOP = Text(zh="立即停止配制", en="stop the preparation now")
_RECALL_BAG = Text(zh="立即电话追回输液袋", en="call the ward, get the bag back")
_TELL = Text(zh="通知研究者（用病区通知）", en="tell the investigator (by the ward's notice)")
_KEEP = Text(zh="留存剩余物，暂不销毁", en="keep what is left, destroy nothing")
_NOTHING = Text(zh="无", en="nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBackReport:
    """What was found, for the pharmacy's file."""

    standing: Standing
    found: LookBack


def render(paper: LookBackReport) -> bytes:
    """Return the report as PDF, landscape. Raises Refused as `Pen.finish` does."""
    standing, found = paper.standing, paper.found
    about = source_in_words(found, standing)
    sheet = unblinded_sheet("look-back", TITLE, standing, about=about, size=LANDSCAPE)
    sheet.space(3)
    sheet.fields(
        (
            Field("起点", "From", about, span=2, strong=True),
            Field("涉及药盒", "Kits touched", str(len(found.kits)), strong=True),
            Field("涉及受试者", "Subjects exposed", str(len(found.exposed)), strong=True),
        )
    )
    sheet.section("受试者与剂次", "Subjects and doses")
    sheet.table(_DOSES, [_dose(dose, standing) for dose in found.doses])
    sheet.section("药盒", "Kits")
    sheet.table(_KITS, [_kit(kit) for kit in found.kits])
    return sheet.finish()


def source_in_words(found: LookBack, standing: Standing) -> str:
    """Return where a look-back began, in both languages and the site's time."""
    match found.source:
        case OfLot(lot):
            return f"批号 Lot {lot}"
        case OfShipment(shipment):
            return f"货件 Shipment {shipment}"
        case OfCase(case_id):
            return f"超限案件 Excursion {case_id}"
        case OfPlace(place, began, ended):
            return f"{place} · {standing.time(began)} – {standing.time(ended)}"
        case OfTime(began, ended):
            return f"{standing.time(began)} – {standing.time(ended)}"


def to_do(kit: TouchedKit) -> Text:
    """Return what is to be done about a touched kit where it is now."""
    if kit.state in ON_SHELF:
        return _HOLD
    if kit.state in ON_BENCH | {KitState.OUT_OF_STORAGE, KitState.THAWED}:
        return _STOP
    if kit.state is KitState.HANDED_OVER:
        return _RECALL_BAG
    if kit.state in {KitState.INFUSED, KitState.PARTLY_INFUSED}:
        return _TELL
    if kit.state in {KitState.RETURNED, KitState.WASTED}:
        return _KEEP
    return _NOTHING


def _kit(kit: TouchedKit) -> tuple[str | None, ...]:
    now = f"kit_state.{kit.state}"
    do = to_do(kit)
    return (
        kit.kit_number,
        kit.kit_type,
        kit.lot,
        kit.blinded_lot,
        kit.shipment_id,
        f"{term(now, 'zh')} {term(now, 'en')}",
        kit.position,
        f"{do.zh} {do.en}",
    )


def _dose(dose: TouchedDose, standing: Standing) -> tuple[str | None, ...]:
    step = f"step.{dose.step}"
    reached = "是 yes" if dose.left_the_pharmacy else "否 no"
    return (
        dose.subject_id,
        dose.visit,
        dose.dose_id,
        dose.kit_number,
        None if dose.handed_over_at is None else standing.time(dose.handed_over_at),
        reached,
        f"{term(step, 'zh')} {term(step, 'en')}",
    )
