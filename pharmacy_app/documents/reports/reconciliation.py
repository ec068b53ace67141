"""The account of the whole site: every kit, how it ended, and what is still open. UNBLINDED."""

from collections.abc import Sequence
from dataclasses import dataclass

from pharmacy_app.documents.paper import LANDSCAPE, Column, Field, Sheet
from pharmacy_app.documents.reports.unblinded import signatures, unblinded_sheet
from pharmacy_app.documents.standing import Signed, Standing
from pharmacy_app.domain.trial import Text

TITLE = Text(zh="研究中心试验用药品总清点表", en="Reconciliation of all kits of the site")
_CLOSED = (
    "每个数据包所列的每一个药盒均已说明去向，账物一致，无未说明的药盒。 "
    "Every kit of every package is accounted for, book and shelf agree, none is unexplained."
)
_KITS = (
    Column("行", "Line", 0.5, "right"),
    Column("药盒号", "Kit No.", 1.3),
    Column("药盒类型", "Kit type", 1),
    Column("生产批号", "Lot", 1.3),
    Column("货件", "Shipment", 1.3),
    Column("去向", "How it ended", 1.6),
    Column("受试者", "Subject", 1.1),
    Column("剂次", "Dose", 1.2),
    Column("剩余物", "What was left of it", 1.6),
    Column("说明", "Remarks", 2.2),
)
_OPEN = (
    Column("药盒号", "Kit No.", 1.3),
    Column("问题", "What was found", 3.4),
    Column("处理", "What to do", 4.6),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KitLine:
    """One kit of the account."""

    kit: str
    kit_type: str
    lot: str
    shipment: str
    fate: Text
    subject: str | None = None
    dose: str | None = None
    remains: Text | None = None
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLine:
    """A kit that is not explained, in words."""

    kit: str
    found: Text
    remedy: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationPaper:
    """The account of a site. ``received`` = the sum of ``ended``; ``not_received`` stands beside it.

    ``ended`` and ``not_received`` are fates in words with their counts, by kit type and in all, in one
    order.
    """

    standing: Standing
    listed: int
    received: int
    ended: tuple[tuple[Text, int], ...]
    not_received: tuple[tuple[Text, int], ...]
    by_type: tuple[tuple[str, tuple[int, ...]], ...]
    kits: tuple[KitLine, ...]
    unexplained: tuple[OpenLine, ...]
    remarks: str = ""
    signed: tuple[Signed, ...] = ()


def render(paper: ReconciliationPaper) -> bytes:
    """Return the account as PDF, landscape. Raises Refused as `Pen.finish` does."""
    standing = paper.standing
    about = f"中心 Site {standing.site}"
    sheet = unblinded_sheet("reconciliation", TITLE, standing, about=about, size=LANDSCAPE)
    sheet.space(3)
    _equation(sheet, paper)
    _types(sheet, paper)
    _unexplained(sheet, paper)
    if paper.signed:
        sheet.section("结账声明", "Closing statement")
        sheet.note(_CLOSED, bold=True)
        sheet.fields([Field("备注", "Remarks", paper.remarks, span=4)])
    signatures(sheet, standing, paper.signed)
    sheet.section("每个药盒的去向", "Every kit")
    sheet.table(_KITS, _rows(paper))
    return sheet.finish()


def _equation(sheet: Sheet, paper: ReconciliationPaper) -> None:
    """Set received = given + wasted + … + on the shelf, and whether it holds."""
    total = sum(count for _, count in paper.ended)
    parts = " + ".join(f"{count} {fate.zh} {fate.en}" for fate, count in paper.ended if count)
    sign, agrees = (
        ("=", "一致 Agrees") if total == paper.received else ("≠", "不一致 DOES NOT AGREE")
    )
    sheet.section("等式", "Equation")
    sheet.fields(
        (
            Field("数据包所列", "Listed", str(paper.listed), strong=True),
            *(Field(fate.zh, fate.en, str(count)) for fate, count in paper.not_received),
            Field("接收", "Received", str(paper.received), strong=True),
            Field(
                "接收 = 各去向之和",
                "Received = the sum of how kits ended",
                f"{paper.received} {sign} {parts or '0'}",
                span=3,
                strong=True,
            ),
            Field("核对", "Check", agrees, strong=True),
        )
    )


def _types(sheet: Sheet, paper: ReconciliationPaper) -> None:
    fates = [fate for fate, _ in (*paper.not_received, *paper.ended)]
    columns = (
        Column("药盒类型", "Kit type", 1.4),
        *(Column(fate.zh, fate.en, 1, "right") for fate in fates),
    )
    sheet.section("按药盒类型", "By kit type")
    sheet.table(columns, [(code, *map(str, counts)) for code, counts in paper.by_type])


def _unexplained(sheet: Sheet, paper: ReconciliationPaper) -> None:
    number = len(paper.unexplained)
    sheet.section(f"未说明的药盒：{number}", f"Unexplained: {number}")
    if not number:
        return
    sheet.table(
        _OPEN,
        [
            (one.kit, f"{one.found.zh} {one.found.en}", f"{one.remedy.zh} {one.remedy.en}")
            for one in paper.unexplained
        ],
    )


def _rows(paper: ReconciliationPaper) -> Sequence[Sequence[str | None]]:
    return [
        (
            str(number),
            one.kit,
            one.kit_type,
            one.lot,
            one.shipment,
            f"{one.fate.zh} {one.fate.en}",
            one.subject,
            one.dose,
            None if one.remains is None else f"{one.remains.zh} {one.remains.en}",
            one.remarks,
        )
        for number, one in enumerate(paper.kits, start=1)
    ]
