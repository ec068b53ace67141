"""The pick sheet: which kit to take from which place, and why this one. UNBLINDED."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pharmacy_app.documents.barcodes_drawn import data_matrix
from pharmacy_app.documents.paper import Column, Field, Sheet
from pharmacy_app.documents.reports.unblinded import unblinded_sheet
from pharmacy_app.documents.standing import Standing
from pharmacy_app.domain.kits import last_minute
from pharmacy_app.domain.trial import Text

TITLE = Text(zh="取药单", en="Pick sheet")
_SYMBOL_DOTS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class PickSheet:
    """One kit proposed for one dose. ``position`` is None for a kit without a place."""

    standing: Standing
    dose_id: str
    subject: str
    visit: str
    visit_name: Text
    planned_at: datetime
    opens_at: datetime
    closes_at: datetime
    outside: str = ""
    kit: str
    kit_type: str
    kit_type_name: Text
    lot: str
    expiry: datetime
    position: str | None
    storage_limit_c: Decimal
    minutes_out: int
    max_minutes_out: int
    usable: int
    same_expiry: int
    proposed_by: str
    proposed_at: datetime


def render(paper: PickSheet) -> bytes:
    """Return the sheet as PDF. Raises Refused as `Pen.finish` does."""
    sheet = unblinded_sheet("pick-sheet", TITLE, paper.standing, about=paper.dose_id)
    _dose(sheet, paper)
    _kit(sheet, paper)
    _why(sheet, paper)
    _by_hand(sheet)
    return sheet.finish()


def _dose(sheet: Sheet, paper: PickSheet) -> None:
    standing = paper.standing
    sheet.section("剂次", "Dose")
    sheet.fields(
        (
            Field("受试者", "Subject", paper.subject, strong=True),
            Field("剂次编码", "Dose code", paper.dose_id, strong=True),
            Field(
                "访视",
                "Visit",
                f"{paper.visit} {paper.visit_name.zh} {paper.visit_name.en}",
                span=2,
            ),
            Field("计划时间", "Planned for", standing.time(paper.planned_at), span=2),
            Field(
                "访视窗",
                "Visit window",
                f"{standing.time(paper.opens_at)} → {standing.time(paper.closes_at)}",
                span=2,
            ),
            Field("超窗原因", "Reason if outside the window", paper.outside or None, span=4),
        )
    )


def _kit(sheet: Sheet, paper: PickSheet) -> None:
    standing = paper.standing
    sheet.section("取出的药盒", "Kit to take")
    beside = [
        sheet.set(f"{paper.kit}", 26, bold=True),
        sheet.set(f"位置 Position  {paper.position or '—'}", 15, bold=True),
        sheet.set("到储存位后扫描药盒上的条码核对；与本单不符时不得取出。", 8),
        sheet.set("Scan the kit's own code at the tank; if it is another one, do not take it.", 8),
    ]
    sheet.with_symbol(data_matrix(paper.kit), _SYMBOL_DOTS, beside)
    sheet.fields(
        (
            Field(
                "药盒类型",
                "Kit type",
                f"{paper.kit_type} {paper.kit_type_name.zh} {paper.kit_type_name.en}",
                span=2,
            ),
            Field("批号", "Lot", paper.lot),
            Field("储存上限", "Storage limit", f"{paper.storage_limit_c:f} ℃"),
            Field("有效期至", "Expiry", standing.time(last_minute(paper.expiry)), span=2),
            Field("已离库时间", "Time out of storage so far", f"{paper.minutes_out} min"),
            Field("离库时间上限", "Time out allowed", f"{paper.max_minutes_out} min"),
        )
    )


def _why(sheet: Sheet, paper: PickSheet) -> None:
    """Say why this kit, in the words of the rule that proposed it."""
    sheet.section("为何选此药盒", "Why this kit")
    sheet.note(
        f"符合本次访视且可用的药盒共 {paper.usable} 个；先到期者先用；"
        f"与其同一到期时间者 {paper.same_expiry} 个，从中随机选取。"
    )
    sheet.note(
        f"{paper.usable} kits are usable for this visit; the first to expire goes first; "
        f"{paper.same_expiry} share the earliest expiry, one of them was drawn at random."
    )
    sheet.fields(
        (
            Field("选取人", "Proposed for", paper.proposed_by, span=2),
            Field("选取时间", "Proposed at", paper.standing.time(paper.proposed_at), span=2),
        )
    )


def _by_hand(sheet: Sheet) -> None:
    sheet.section("取出记录（手写，随后录入）", "Taken from storage (by hand, entered afterwards)")
    sheet.table(
        (
            Column("步骤", "Step", 5),
            Column("时间", "Time", 2),
            Column("签名", "Initials", 2),
        ),
        [
            ("打开储存罐 Tank opened", " ", " "),
            ("药盒已扫描，与本单一致 Kit scanned, is the one on this sheet", " ", " "),
            ("药盒离开储存位 Kit taken out of its position", " ", " "),
            ("储存罐已关闭，液位已查 Tank closed, level checked", " ", " "),
        ],
    )
