"""Readiness and forecast: the visits to come against stock, by arm, and the demand ahead. UNBLINDED."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pharmacy_app.documents.charts import band, expiry, need
from pharmacy_app.documents.charts.paper import SIZE, PaperSurface
from pharmacy_app.documents.paper import LANDSCAPE, Column, Field, Sheet
from pharmacy_app.documents.pen import Pen
from pharmacy_app.documents.reports.unblinded import unblinded_sheet
from pharmacy_app.documents.standing import Standing
from pharmacy_app.domain.assumptions import Assumptions
from pharmacy_app.domain.chances import Observed, Rate
from pharmacy_app.domain.depletion import SourceForecast
from pharmacy_app.domain.forecast import Forecast
from pharmacy_app.domain.readiness import DayNeed, Line, Source
from pharmacy_app.domain.trial import Text, Trial

TITLE = Text(zh="备药情况与需求预测", en="Readiness and demand forecast")
LINE = SIZE * 1.25
BAND_HIGH = 26 * LINE
_WEEKS = (1, 2, 4, 8, 13, 26)
_COLUMNS = (
    Column("截至", "Up to", 1.4),
    Column("累计需求（中位）", "Demand so far, median", 1.2, "right"),
    Column("80 % 区间", "80 % band", 1.2, "right"),
    Column("95 % 区间", "95 % band", 1.2, "right"),
    Column("效期内库存（不取用）", "In date if none is taken", 1.3, "right"),
    Column("预计剩余（中位）", "Left, median", 1.1, "right"),
    Column("缺货概率", "Ran short", 1, "right"),
)
_WAY = {
    "quarantined": "隔离 quarantined",
    "expired": "过期 expired",
    "unstowed": "未上架 not put away",
    "assigned": "已分配 assigned",
    "expected": "在途 on its way",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessReport:
    """Need against stock day by day, and a forecast if one was made, with what it assumes.

    ``in_the_way`` counts, by source, the kits that cannot be given, by what stands in their way.
    """

    standing: Standing
    trial: Trial
    days: tuple[DayNeed, ...]
    in_the_way: Mapping[Source, Mapping[str, int]]
    forecast: Forecast | None = None
    assumed: Assumptions | None = None
    rate: Rate | None = None
    seed: int | None = None


def render(paper: ReadinessReport) -> bytes:
    """Return the report as PDF, landscape. Raises Refused as `Pen.finish` does."""
    about = f"{len(paper.days)} 天 days"
    sheet = unblinded_sheet("readiness", TITLE, paper.standing, about=about, size=LANDSCAPE)
    _ready(sheet, paper)
    if paper.forecast is not None:
        _assumptions(sheet, paper)
        for source in paper.forecast.sources:
            _ahead(sheet, paper, paper.forecast, source)
    return sheet.finish()


def _ready(sheet: Sheet, paper: ReadinessReport) -> None:
    sheet.section("计划访视与可用库存", "Visits planned against usable stock")
    trial = paper.trial

    def lane(line: Line) -> str:
        return f"{line.stage} · {line.arm}"

    words = need.NeedWords(
        lane=lane,
        under=lambda line: _source(trial, line.source),
        need="需要 needed",
        have="可用、效期内 usable, in date",
        short="不足 short",
        none="没有计划访视，也没有可用库存 No visit is planned and no kit is usable",
    )
    high = need.height(len(need.lanes_of(paper.days))) * LINE

    def draw(pen: Pen, left: float, top: float, wide: float) -> None:
        need.draw(PaperSurface(pen, left, top, wide, high), paper.days, words)

    sheet.figure(high + 6, draw)
    undrawn = sum(day.undrawn for day in paper.days)
    for source, counts in sorted(paper.in_the_way.items()):
        told = " · ".join(f"{_WAY[name]} {number}" for name, number in counts.items() if number)
        if told:
            sheet.note(f"{_source(trial, source)}: {told}")
    if undrawn:
        sheet.note(f"尚未打开分配的访视 Visits whose allocation is not open: {undrawn}")


def _assumptions(sheet: Sheet, paper: ReadinessReport) -> None:
    assumed, rate, told = paper.assumed, paper.rate, paper.forecast
    if assumed is None or rate is None or told is None:
        return
    seen = ""
    if isinstance(rate, Observed):
        seen = f" （观察 seen: {rate.subjects} / {rate.days} 天 days）"
    sheet.section("预测假设", "What the forecast assumes")
    sheet.fields(
        (
            Field("每月入组", "Subjects a month", _tenths(rate.per_month) + seen),
            Field("28天内死亡", "Deaths within 28 days", f"{assumed.mortality_pct} %"),
            Field("28天内脱落", "Drop-outs within 28 days", f"{assumed.dropout_pct} %"),
            Field("药盒更换", "Kits replaced", f"{assumed.replaced_pct} %"),
            Field("同意进入后续阶段", "Consent to a later stage", f"{assumed.entering_pct} %"),
            Field("订货提前期", "Lead time", f"{assumed.lead_days} 天 days"),
            Field("模拟次数", "Runs", str(told.runs)),
            Field("随机种子", "Seed", str(paper.seed)),
        )
    )


def _ahead(sheet: Sheet, paper: ReadinessReport, told: Forecast, one: SourceForecast) -> None:
    trial = paper.trial
    sheet.section("需求预测", f"Forecast · {_source(trial, one.source)}")
    short = "—" if one.short_week is None else told.day(one.short_week).isoformat()
    order = "—" if one.reorder_week is None else told.day(one.reorder_week).isoformat()
    words = band.BandWords(
        day=lambda week: f"{told.day(week):%m-%d}",
        median="累计需求中位 demand, median",
        narrow="80 %",
        wide="95 %",
        stock="效期内库存 stock in date",
        order=f"剩 {one.reorder_at} 时订货 order at {one.reorder_at} left",
        short=f"{short} 缺货 short (≥ 5 %)",
    )

    def draw(pen: Pen, left: float, top: float, wide: float) -> None:
        band.draw(PaperSurface(pen, left, top, wide, BAND_HIGH), one, words)

    sheet.figure(BAND_HIGH + 4, draw)
    sheet.fields(
        (
            Field("现有可用", "Usable now", str(one.have), strong=True),
            Field("订货点", "Re-order point", f"{one.reorder_at} ({order})", strong=True),
            Field("缺货（概率 ≥ 5 %）", "Runs short (≥ 5 %)", short, strong=True),
            Field("预计过期浪费", "Expected expiry waste", _tenths(one.wasted), strong=True),
        )
    )
    last = one.weeks[-1]
    sheet.table(
        _COLUMNS,
        [
            (
                told.day(week.week).isoformat(),
                str(week.demand.median),
                f"{week.demand.low80}–{week.demand.high80}",
                f"{week.demand.low95}–{week.demand.high95}",
                str(week.in_date),
                str(week.left),
                f"{_tenths(week.short * 100)} %",
            )
            for week in one.weeks
            if week.week in _WEEKS or week is last
        ],
    )
    _expiry(sheet, told, one)


def _expiry(sheet: Sheet, told: Forecast, one: SourceForecast) -> None:
    beyond = 7 * len(one.weeks)
    words = expiry.ExpiryWords(
        lot=lambda lot: f"{lot.lot} · {lot.kits}",
        ends=lambda lot: "→" if lot.days >= beyond else f"浪费 wasted {_tenths(lot.wasted)}",
        day=lambda week: f"{told.day(week):%m-%d}",
        held="批号 · 盒数 lot · kits",
        wasted="预计过期未用 expected to expire unused",
        none="没有可用库存 No usable stock",
    )
    high = expiry.height(one) * LINE

    def draw(pen: Pen, left: float, top: float, wide: float) -> None:
        expiry.draw(PaperSurface(pen, left, top, wide, high), one, words)

    sheet.space(6)
    sheet.figure(high + 4, draw)


def _source(trial: Trial, source: Source) -> str:
    name = trial.kit_type(source.kit_type).name
    pool = f" · {source.pool}" if source.pool else ""
    return f"{source.kit_type}{pool} {name.zh} {name.en}"


def _tenths(value: Fraction) -> str:
    """Return a fraction to one decimal, for the eye; nothing is decided by it."""
    tenths = round(value * 10)
    return f"{tenths // 10}.{tenths % 10}"
