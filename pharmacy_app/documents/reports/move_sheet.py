"""The move sheet: which kit goes from where to where, in an order that hands can follow. UNBLINDED."""

from dataclasses import dataclass

from pharmacy_app.documents.paper import Column, Sheet
from pharmacy_app.documents.reports.unblinded import unblinded_sheet
from pharmacy_app.documents.standing import Standing
from pharmacy_app.domain.trial import Text

TITLE = Text(zh="移位单", en="Move sheet")
_COLUMNS = (
    Column("步", "Step", 0.5, "right"),
    Column("药盒号", "Kit No.", 1.6),
    Column("从", "From", 2),
    Column("到", "To", 2),
    Column("取出时间", "Taken out at", 1.2),
    Column("放入时间", "Put in at", 1.2),
    Column("签名", "Initials", 1),
)
_IN_THE_HAND = "转运容器 transfer vessel"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveLine:
    """One kit; places as written on their units. ``set_aside``: lifted first, put down in its turn."""

    kit: str
    source: str | None
    target: str
    set_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSheet:
    """Moves in the order in which they are to be done."""

    standing: Standing
    lines: tuple[MoveLine, ...]


def render(paper: MoveSheet) -> bytes:
    """Return the sheet as PDF. Raises Refused as `Pen.finish` does."""
    about = f"{len(paper.lines)} 项移位 moves"
    sheet = unblinded_sheet("move-sheet", TITLE, paper.standing, about=about)
    sheet.note(
        "按顺序逐项移动：扫描药盒，放入目标位置，记录离库时间；全部完成后在程序中签名登记。"
        " Follow the order: scan the kit, put it into its place, note the times; sign in the program "
        "when all of it is done."
    )
    sheet.space(4)
    steps = _steps(paper)
    rows = [
        (str(number), kit, source, target, " ", " ", " ")
        for number, (kit, source, target) in enumerate(steps, start=1)
    ]
    sheet.table(_COLUMNS, rows)
    _by_hand(sheet)
    return sheet.finish()


def _steps(paper: MoveSheet) -> list[tuple[str, str | None, str]]:
    """Return what hands do, one after the other: what is set aside is lifted before all else."""
    lifted = [(line.kit, line.source, _IN_THE_HAND) for line in paper.lines if line.set_aside]
    put = [
        (line.kit, _IN_THE_HAND if line.set_aside else line.source, line.target)
        for line in paper.lines
    ]
    return [*lifted, *put]


def _by_hand(sheet: Sheet) -> None:
    sheet.section("手写记录", "By hand")
    sheet.table(
        (Column("步骤", "Step", 5), Column("时间", "Time", 2), Column("签名", "Initials", 2)),
        [
            ("打开储存设备 Unit opened", " ", " "),
            ("全部药盒已就位，与本单一致 Every kit lies where this sheet says", " ", " "),
            ("储存设备已关闭，温度/液位已查 Unit closed, temperature or level checked", " ", " "),
        ],
    )
