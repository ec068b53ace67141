"""The accountability log of a kit type, a lot, a subject or the site. UNBLINDED.

Two layouts of the same movements. NCI DARF: date, subject, dose, quantity dispensed or received,
balance forward, lot, recorder. China: a column each for 接收/入库/发放/回收/退还/销毁. No field is left
blank. What a subject returns never re-enters the balance; the balance is what is on the shelf.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pharmacy_app.documents.paper import LANDSCAPE, Column, Field, Sheet
from pharmacy_app.documents.reports.unblinded import signatures, unblinded_sheet
from pharmacy_app.documents.standing import Signed, Standing
from pharmacy_app.domain.trial import Text


class Layout(StrEnum):
    """How the lines are set."""

    DARF = "darf"
    CHINA = "china"


TITLES: dict[Layout, Text] = {
    Layout.DARF: Text(
        zh="试验用药品发放与结存记录（NCI DARF 格式）",
        en="Drug accountability record (NCI DARF layout)",
    ),
    Layout.CHINA: Text(
        zh="试验用药品接收/入库/发放/回收/退还/销毁记录",
        en="Record of receipt, storage, dispensing, recovery, return and destruction",
    ),
}
KINDS: dict[str, Text] = {
    "received": Text(zh="接收", en="Received"),
    "stowed": Text(zh="入库", en="Put away"),
    "dispensed": Text(zh="发放", en="Dispensed"),
    "put_back": Text(zh="未开启放回", en="Put back unopened"),
    "returned": Text(zh="回收", en="Returned by subject"),
    "wasted": Text(zh="报废", en="Wasted"),
    "lost": Text(zh="遗失", en="Lost"),
    "found": Text(zh="找回", en="Found"),
    "sent_back": Text(zh="退还", en="Returned to sponsor"),
    "destroyed": Text(zh="销毁", en="Destroyed"),
    "transferred": Text(zh="转出", en="Transferred"),
}
"""Kinds of movement in both languages; another kind is printed as it is named."""

_DARF = (
    Column("行", "Line", 0.5, "right"),
    Column("日期时间", "Date and time", 2),
    Column("受试者", "Subject", 1.4),
    Column("剂次", "Dose", 1.3),
    Column("药盒号", "Kit No.", 1.5),
    Column("类别", "Kind", 1.8),
    Column("发放或接收数量", "Quantity dispensed or received", 1.3, "right"),
    Column("结存", "Balance forward", 1, "right"),
    Column("生产批号", "Manufacturer's lot", 1.5),
    Column("记录人", "Recorder", 1.9),
)
_ACTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("接收", "Received", ("received", "found")),
    ("入库", "Put away", ("stowed",)),
    ("发放", "Dispensed", ("dispensed",)),
    ("回收", "Recovered", ("returned",)),
    ("报废、遗失", "Wasted, lost", ("wasted", "lost")),
    ("退还", "Returned", ("sent_back",)),
    ("销毁", "Destroyed", ("destroyed",)),
    ("转出", "Transferred", ("transferred",)),
)
"""The Chinese record's columns, each with the kinds of movement that are counted in it."""

_CHINA = (
    Column("序号", "No.", 0.55, "right"),
    Column("日期时间", "Date and time", 2),
    Column("药盒号", "Kit No.", 1.5),
    Column("生产批号", "Lot", 1.3),
    Column("受试者", "Subject", 1.2),
    *(Column(zh, en, 0.8, "right") for zh, en, _ in _ACTS),
    Column("结存", "Balance", 0.75, "right"),
    Column("经手人", "Done by", 1.6),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One movement. ``quantity`` is the change on the shelf; ``balance`` what it holds after it.

    A subject's log has no balance: None.
    """

    at: datetime
    kind: str
    kit: str
    quantity: int
    balance: int | None
    lot: str
    recorder: str
    subject: str | None = None
    dose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountabilityLog:
    """The movements in scope, oldest first. ``scope`` says whose in words, ``key`` in a file's name.

    ``on_shelf`` is counted from the kits; None where there is nothing to compare: of a subject, and
    as of a past moment, which is ``as_of``.
    """

    standing: Standing
    investigator: Text
    sponsor: Text
    scope: Text
    key: str
    lines: tuple[LogLine, ...]
    on_shelf: int | None
    layout: Layout = Layout.DARF
    as_of: datetime | None = None
    signed: tuple[Signed, ...] = ()


def render(paper: AccountabilityLog) -> bytes:
    """Return the log as PDF, landscape. Raises Refused as `Pen.finish` does."""
    standing = paper.standing
    sheet = unblinded_sheet(
        "accountability-log",
        TITLES[paper.layout],
        standing,
        about=paper.key,
        size=LANDSCAPE,
    )
    sheet.space(3)
    _head(sheet, paper)
    sheet.space(6)
    if paper.layout is Layout.DARF:
        sheet.table(_DARF, [_darf_row(paper, n, line) for n, line in _numbered(paper)])
    else:
        sheet.table(_CHINA, [_china_row(paper, n, line) for n, line in _numbered(paper)])
    _totals(sheet, paper)
    signatures(sheet, standing, paper.signed)
    return sheet.finish()


def _head(sheet: Sheet, paper: AccountabilityLog) -> None:
    as_of = paper.standing.time(paper.as_of) or "至打印时 up to printing"
    sheet.fields(
        (
            Field("研究者", "Investigator", _both(paper.investigator)),
            Field("药品、剂型与规格；范围", "Agent, form and strength; scope", _both(paper.scope)),
            Field("申办者", "Sponsor", _both(paper.sponsor)),
            Field("截至", "As of", as_of),
        )
    )


def _numbered(paper: AccountabilityLog) -> Sequence[tuple[int, LogLine]]:
    return list(enumerate(paper.lines, start=1))


def _darf_row(paper: AccountabilityLog, number: int, line: LogLine) -> Sequence[str | None]:
    return (
        str(number),
        paper.standing.time(line.at),
        line.subject,
        line.dose,
        line.kit,
        _kind(line.kind),
        f"{line.quantity:+d}".replace("-", "−") if line.quantity else "0",
        None if line.balance is None else str(line.balance),
        line.lot,
        line.recorder,
    )


def _china_row(paper: AccountabilityLog, number: int, line: LogLine) -> Sequence[str | None]:
    return (
        str(number),
        paper.standing.time(line.at),
        line.kit,
        line.lot,
        line.subject,
        *("1" if line.kind in kinds else None for _, _, kinds in _ACTS),
        None if line.balance is None else str(line.balance),
        line.recorder,
    )


def _totals(sheet: Sheet, paper: AccountabilityLog) -> None:
    """Set how many of each kind, and the balance against the shelf."""
    kinds = dict.fromkeys((*KINDS, *(line.kind for line in paper.lines)))
    counts = {kind: sum(line.kind == kind for line in paper.lines) for kind in kinds}
    told = {kind: count for kind, count in counts.items() if count or kind in _ALWAYS[paper.layout]}
    sheet.section("汇总", "Totals")
    fields = [Field(*_words(kind), str(count)) for kind, count in told.items()]
    sheet.fields(fields, columns=max(len(fields), 4))
    balances = [line.balance for line in paper.lines if line.balance is not None]
    if paper.on_shelf is None and not balances:
        return
    balance = balances[-1] if balances else 0
    agrees = "一致 Agrees" if balance == paper.on_shelf else "不一致 DOES NOT AGREE"
    compared = paper.on_shelf is not None
    sheet.fields(
        [
            Field("账面结存", "Balance", str(balance), strong=True),
            Field("实物数", "On the shelf", str(paper.on_shelf) if compared else None, strong=True),
            Field(
                "账物核对",
                "Balance against shelf",
                agrees if compared else None,
                strong=True,
                span=2,
            ),
        ]
    )


_ALWAYS: dict[Layout, frozenset[str]] = {
    Layout.DARF: frozenset({"received", "dispensed", "returned"}),
    Layout.CHINA: frozenset(
        {"received", "stowed", "dispensed", "returned", "sent_back", "destroyed"}
    ),
}
"""What the totals name even where there is none of it."""


def _words(kind: str) -> tuple[str, str]:
    words = KINDS.get(kind)
    return (kind, "") if words is None else (words.zh, words.en)


def _kind(kind: str) -> str:
    return " ".join(_words(kind)).strip()


def _both(text: Text) -> str:
    return f"{text.zh} {text.en}"
