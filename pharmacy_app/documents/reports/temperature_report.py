"""The temperatures of a shipment or a storage unit: curve, figures, gaps, the original's hash. UNBLINDED.

The figures are of the whole file, as they were judged; the last reading before the opening is told
apart. Mean kinetic temperature stands there only where it is lawful (USP <1079.2>): never for frozen
material, nor where a reading is missing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

from pharmacy_app.documents.paper import Column, Field
from pharmacy_app.documents.reports.unblinded import signatures, unblinded_sheet
from pharmacy_app.documents.standing import Standing
from pharmacy_app.documents.temperature_drawn import HIGH, draw_curve
from pharmacy_app.domain.curve import Curve
from pharmacy_app.domain.readings import Sample
from pharmacy_app.domain.refusal import Violation
from pharmacy_app.domain.temperature import Summary, TimeOutside, minutes
from pharmacy_app.domain.trial import Text
from pharmacy_app.wording import worded

TITLE = Text(zh="温度报告", en="Temperature report")
SHIPMENT = Text(zh="货件", en="Shipment")
UNIT = Text(zh="储存设备", en="Storage unit")
MOST_GAPS = 40
_LIMITS = (
    Column("限值", "Limit", 1.6),
    Column("超限合计（分钟）", "Beyond it in all, min", 2, "right"),
    Column("最长一段（分钟）", "Longest stretch, min", 2, "right"),
    Column("最长一段起于", "Longest stretch began", 2.6),
)
_GAPS = (
    Column("起", "From", 2.6),
    Column("止", "To", 2.6),
    Column("时长（分钟）", "Minutes", 1.4, "right"),
)
_YES = {True: "是 YES", False: "否 no"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TemperatureReport:
    """A logger's file in figures; times UTC, temperatures °C. ``file`` is the original's SHA-256.

    ``about`` says what ``record`` is: `SHIPMENT` or `UNIT`. A unit is not opened.
    """

    standing: Standing
    about: Text
    record: str
    serial: str
    file: str
    interval: timedelta
    curve: Curve
    summary: Summary
    below: TimeOutside | None
    opened_at: datetime | None
    last_before_opening: Sample | None
    mean_kinetic_c: Decimal | None
    excursion: bool
    notes: tuple[Violation, ...] = ()


def render(paper: TemperatureReport) -> bytes:
    """Return the report as PDF. Raises Refused as `Pen.finish` does."""
    standing = paper.standing
    about = f"{paper.about.zh} {paper.about.en} {paper.record}"
    sheet = unblinded_sheet("temperature-report", TITLE, standing, about=about)
    sheet.space(3)
    sheet.fields(_of_file(paper))
    sheet.section("温度曲线", "Temperature curve")
    sheet.figure(
        HIGH,
        lambda pen, left, top, room: draw_curve(pen, paper.curve, standing.zone, left, top, room),
    )
    sheet.section("数值", "Figures")
    sheet.fields(_figures(paper))
    sheet.table(_LIMITS, _limits(paper))
    gaps = paper.summary.gaps
    if gaps:
        sheet.section(f"无读数时段（{len(gaps)}）", f"Times without readings ({len(gaps)})")
        sheet.table(
            _GAPS,
            [
                (
                    standing.time(gap.begins),
                    standing.time(gap.ends),
                    f"{minutes(gap.ends - gap.begins):f}",
                )
                for gap in gaps[:MOST_GAPS]
            ],
        )
    if len(gaps) > MOST_GAPS:
        sheet.note(f"另有 {len(gaps) - MOST_GAPS} 段。 {len(gaps) - MOST_GAPS} more.")
    zone = ZoneInfo(standing.zone)
    for note in paper.notes:
        sheet.note(f"{worded(note, 'zh', zone).found} {worded(note, 'en', zone).found}")
    signatures(sheet, standing, ())
    return sheet.finish()


def _of_file(paper: TemperatureReport) -> tuple[Field, ...]:
    time, summary = paper.standing.time, paper.summary
    return (
        Field("记录仪", "Logger", paper.serial or None),
        Field("间隔（秒）", "Interval, s", f"{paper.interval.total_seconds():g}"),
        Field("首个读数", "First reading", time(summary.begins)),
        Field("末个读数", "Last reading", time(summary.ends)),
        Field("原始文件 SHA-256", "SHA-256 of the original file", paper.file, span=4),
    )


def _figures(paper: TemperatureReport) -> tuple[Field, ...]:
    summary, last = paper.summary, paper.last_before_opening
    told_last = None if last is None else f"{shown(last)} · {paper.standing.time(last.at)}"
    opening = (
        Field("开箱", "Opened", paper.standing.time(paper.opened_at), span=2),
        Field("开箱前末个读数", "Last reading before opening", told_last, span=2),
    )
    return (
        Field("读数", "Readings", str(summary.readings)),
        Field("其中代码", "Of them codes", str(summary.coded)),
        Field("最高 °C", "Warmest, °C", _degrees(summary.max_c), strong=True),
        Field("最低 °C", "Coldest, °C", _degrees(summary.min_c), strong=True),
        *(opening if paper.about == SHIPMENT else ()),
        Field("平均 °C", "Mean, °C", _rounded(summary.mean_c)),
        Field("平均动力学温度 °C", "Mean kinetic temperature, °C", _rounded(paper.mean_kinetic_c)),
        Field("无读数时段", "Gaps", str(len(summary.gaps))),
        Field("超限", "Excursion", _YES[paper.excursion], strong=True),
    )


def _limits(paper: TemperatureReport) -> list[tuple[str | None, ...]]:
    rows = [("> ", found) for found in paper.summary.above]
    rows += [] if paper.below is None else [("< ", paper.below)]
    return [
        (
            f"{sign}{_degrees(found.limit_c)} °C",
            f"{minutes(found.total):f}",
            f"{minutes(found.longest):f}",
            paper.standing.time(found.longest_began),
        )
        for sign, found in rows
    ]


def shown(sample: Sample) -> str:
    """Return a reading as it is printed: °C, or the code that stood there instead."""
    return f"“{sample.code}”" if sample.celsius is None else f"{_degrees(sample.celsius)} °C"


def _degrees(celsius: Decimal | None) -> str | None:
    return None if celsius is None else f"{celsius:f}".replace("-", "−")


def _rounded(celsius: Decimal | None) -> str | None:
    if celsius is None:
        return None
    return _degrees(celsius.quantize(Decimal("0.01"), ROUND_HALF_EVEN))
