"""The stock-count sheet: what was counted by whom, what differed, why, what was done. UNBLINDED."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.documents.paper import LANDSCAPE, Column, Field, Sheet
from pharmacy_app.documents.reports.unblinded import signatures, unblinded_sheet
from pharmacy_app.documents.standing import Signed, Standing
from pharmacy_app.domain.trial import Text

TITLE = Text(zh="库存盘点表", en="Stock-count sheet")
EVERYTHING = Text(zh="全部", en="Everything")
NOWHERE = Text(zh="盒外", en="outside any box")

_BOXES = (
    Column("盒", "Box", 2),
    Column("轮次", "Round", 0.7, "right"),
    Column("盘点人", "Counted by", 2.4),
    Column("完成时间", "Done at", 2.4),
    Column("扫描药盒数", "Kits scanned", 1, "right"),
)
_DIFFERENCES = (
    Column("药盒号", "Kit No.", 1.3),
    Column("差异", "Difference", 2),
    Column("登记位置", "Recorded", 1.5),
    Column("实际位置", "Found", 1.5),
    Column("处理", "Resolved as", 2),
    Column("根本原因", "Root cause", 1.7),
    Column("说明", "Remarks", 2.2),
    Column("处理人与时间", "By, at", 2.2),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxCounted:
    """One box in one round: ``kits`` is how many were scanned in it."""

    box: str
    round: int
    counted_by: str
    done_at: datetime | None
    kits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencePrinted:
    """One difference and what became of it; None where it is not resolved yet."""

    kit: str
    kind: Text
    recorded: str
    found: str
    outcome: Text | None
    cause: Text | None
    remarks: str
    resolved: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCount:
    """One count that was closed: ``kits`` counted in all, in each box's last round."""

    standing: Standing
    count_id: str
    scope: str
    state: Text
    opened_by: str
    opened_at: datetime
    closed_at: datetime | None
    kits: int
    boxes: tuple[BoxCounted, ...]
    differences: tuple[DifferencePrinted, ...]
    signed: tuple[Signed, ...]


def render(paper: StockCount) -> bytes:
    """Return the sheet as PDF, landscape. Raises Refused as `Pen.finish` does."""
    standing = paper.standing
    sheet = unblinded_sheet(
        "stock-count", TITLE, standing, about=f"盘点 Count {paper.count_id}", size=LANDSCAPE
    )
    sheet.space(3)
    _head(sheet, paper)
    sheet.section("差异", "Differences")
    sheet.table(_DIFFERENCES, [_difference(one) for one in paper.differences])
    sheet.section("各盒", "Boxes")
    sheet.table(
        _BOXES,
        [
            (one.box, str(one.round), one.counted_by, standing.time(one.done_at), str(one.kits))
            for one in paper.boxes
        ],
    )
    signatures(sheet, standing, paper.signed)
    return sheet.finish()


def _head(sheet: Sheet, paper: StockCount) -> None:
    standing = paper.standing
    left = sum(one.outcome is None for one in paper.differences)
    sheet.fields(
        (
            Field("范围", "Scope", paper.scope or _both(EVERYTHING), strong=True),
            Field("状态", "State", _both(paper.state), strong=True),
            Field("开始人", "Opened by", paper.opened_by),
            Field("开始时间", "Opened at", standing.time(paper.opened_at)),
            Field("结束时间", "Closed at", standing.time(paper.closed_at)),
            Field("盘点药盒数", "Kits counted", str(paper.kits), strong=True),
            Field("差异数", "Differences", str(len(paper.differences)), strong=True),
            Field("未处理", "Not resolved", str(left), strong=True),
        )
    )


def _difference(one: DifferencePrinted) -> Sequence[str | None]:
    return (
        one.kit,
        _both(one.kind),
        one.recorded,
        one.found,
        _both(one.outcome),
        _both(one.cause),
        one.remarks,
        one.resolved,
    )


def _both(text: Text | None) -> str:
    return "" if text is None else f"{text.zh} {text.en}"
