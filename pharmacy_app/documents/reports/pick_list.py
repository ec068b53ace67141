"""The pick list: several kits in the order of the tank, so that its lid is open briefly. UNBLINDED."""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.documents.paper import Column
from pharmacy_app.documents.reports.unblinded import unblinded_sheet
from pharmacy_app.documents.standing import Standing
from pharmacy_app.domain.kits import last_minute
from pharmacy_app.domain.trial import Text

TITLE = Text(zh="取药清单（按储存顺序）", en="Pick list, in the order of storage")
_COLUMNS = (
    Column("序", "No.", 0.5, "right"),
    Column("设备", "Unit", 0.8),
    Column("架", "Rack", 0.7),
    Column("盒", "Box", 0.7),
    Column("位置", "Place", 0.8),
    Column("药盒号", "Kit No.", 1.6),
    Column("状态", "State", 1.8),
    Column("有效期至", "Expiry", 2.2),
    Column("剩余离库时间", "Time out left", 1.2, "right"),
    Column("取出时间", "Out at", 1),
    Column("签名", "Initials", 0.9),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PickLine:
    """One kit; rack, box and place as written on the unit, None for one without a place."""

    unit: str | None
    rack: str | None
    box: str | None
    place: str | None
    kit: str
    state: Text
    expiry: datetime
    minutes_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PickList:
    """Kits in the order in which they are met: unit, rack, box, row, column."""

    standing: Standing
    because: str
    lines: tuple[PickLine, ...]


def render(paper: PickList) -> bytes:
    """Return the list as PDF. Raises Refused as `Pen.finish` does."""
    about = f"{len(paper.lines)} 个药盒 kits"
    sheet = unblinded_sheet("pick-list", TITLE, paper.standing, about=about)
    sheet.note(paper.because, size=9, bold=True)
    sheet.note(
        "到储存位后逐盒扫描核对；每打开一个架盒后立即放回。 Scan each kit at the tank; put every "
        "rack and box back at once."
    )
    sheet.space(4)
    sheet.table(
        _COLUMNS,
        [
            (
                str(number),
                line.unit,
                line.rack,
                line.box,
                line.place,
                line.kit,
                f"{line.state.zh} {line.state.en}",
                paper.standing.time(last_minute(line.expiry)),
                f"{line.minutes_left} min",
                " ",
                " ",
            )
            for number, line in enumerate(paper.lines, start=1)
        ],
    )
    return sheet.finish()
