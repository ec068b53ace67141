"""The accountability log of one kit type: NCI DARF's columns and the Chinese record's. UNBLINDED.

DARF: date, subject, dose, quantity dispensed or received, balance forward, lot, recorder. China:
接收/入库/发放/回收/退还/销毁. No field is left blank. What a subject returns never re-enters the
balance; the balance is what is on the shelf.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.documents.paper import LANDSCAPE, Column, Field, Sheet
from pharmacy_app.documents.reports.unblinded import signatures, unblinded_sheet
from pharmacy_app.documents.standing import Signed, Standing
from pharmacy_app.domain.trial import Text

TITLE = Text(
    zh="试验用药品接收/入库/发放/回收/退还/销毁记录",
    en="Drug accountability record (NCI DARF layout)",
)
KINDS: dict[str, Text] = {
    "received": Text(zh="接收", en="Received"),
    "stowed": Text(zh="入库", en="Put away"),
    "dispensed": Text(zh="发放", en="Dispensed"),
    "put_back": Text(zh="未开启放回", en="Put back unopened"),
    "returned": Text(zh="回收", en="Returned by subject"),
    "wasted": Text(zh="报废", en="Wasted"),
    "lost": Text(zh="遗失", en="Lost"),
    "found": Text(zh="找回", en="Found again"),
    "sent_back": Text(zh="退还", en="Returned to sponsor"),
    "destroyed": Text(zh="销毁", en="Destroyed"),
}
"""Kinds of movement in both languages; another kind is printed as it is named."""

MOST_COLUMNS = 8
"""More captions than these have no room beside one another."""

_COLUMNS = (
    Column("行", "Line", 0.5, "right"),
    Column("日期时间", "Date and time", 2),
    Column("受试者", "Subject", 1.4),
    Column("剂次", "Dose", 1.3),
    Column("药盒号", "Kit No.", 1.4),
    Column("类别", "Kind", 1.8),
    Column("发放或接收数量", "Quantity dispensed or received", 1.3, "right"),
    Column("结存", "Balance forward", 1, "right"),
    Column("生产批号", "Manufacturer's lot", 1.5),
    Column("记录人", "Recorder", 1.9),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One movement. ``quantity`` is the change on the shelf; ``balance`` what it holds after it."""

    at: datetime
    kind: str
    kit: str
    quantity: int
    balance: int
    lot: str
    recorder: str
    subject: str | None = None
    dose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountabilityLog:
    """All movements of one kit type, oldest first; ``on_shelf`` is counted from the kits."""

    standing: Standing
    investigator: Text
    sponsor: Text
    kit_type: str
    kit_type_name: Text
    lines: tuple[LogLine, ...]
    on_shelf: int
    signed: tuple[Signed, ...] = ()


def render(paper: AccountabilityLog) -> bytes:
    """Return the log as PDF, landscape. Raises Refused as `Pen.finish` does."""
    standing = paper.standing
    sheet = unblinded_sheet(
        "accountability-log",
        TITLE,
        standing,
        about=f"药盒类型 Kit type {paper.kit_type}",
        size=LANDSCAPE,
    )
    sheet.space(3)
    _head(sheet, paper)
    sheet.space(6)
    sheet.table(_COLUMNS, _rows(paper))
    _totals(sheet, paper)
    signatures(sheet, standing, paper.signed)
    return sheet.finish()


def _head(sheet: Sheet, paper: AccountabilityLog) -> None:
    name = paper.kit_type_name
    sheet.fields(
        (
            Field("研究者", "Investigator", _both(paper.investigator)),
            Field("药品、剂型与规格", "Agent, form and strength", _both(name), span=2),
            Field("申办者", "Sponsor", _both(paper.sponsor)),
        )
    )


def _rows(paper: AccountabilityLog) -> Sequence[Sequence[str | None]]:
    return [
        (
            str(number),
            paper.standing.time(line.at),
            line.subject,
            line.dose,
            line.kit,
            _kind(line.kind),
            f"{line.quantity:+d}".replace("-", "−") if line.quantity else "0",
            str(line.balance),
            line.lot,
            line.recorder,
        )
        for number, line in enumerate(paper.lines, start=1)
    ]


def _totals(sheet: Sheet, paper: AccountabilityLog) -> None:
    """Set how many of each kind, and the balance against the shelf."""
    kinds = dict.fromkeys((*KINDS, *(line.kind for line in paper.lines)))
    counts = {kind: sum(line.kind == kind for line in paper.lines) for kind in kinds}
    balance = paper.lines[-1].balance if paper.lines else 0
    agrees = "一致 Agrees" if balance == paper.on_shelf else "不一致 DOES NOT AGREE"
    sheet.section("汇总", "Totals")
    sheet.fields(
        [
            *(Field(*_words(kind), str(count)) for kind, count in counts.items()),
            Field("账面结存", "Balance", str(balance), strong=True),
            Field("实物数", "On the shelf", str(paper.on_shelf), strong=True),
            Field("账物核对", "Balance against shelf", agrees, strong=True, span=2),
        ],
        columns=min(max(len(counts), 4), MOST_COLUMNS),
    )


def _words(kind: str) -> tuple[str, str]:
    words = KINDS.get(kind)
    return (kind, "") if words is None else (words.zh, words.en)


def _kind(kind: str) -> str:
    return " ".join(_words(kind)).strip()


def _both(text: Text) -> str:
    return f"{text.zh} {text.en}"
