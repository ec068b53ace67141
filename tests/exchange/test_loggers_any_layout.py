"""Any table of readings, written in any of the supported ways, reads back exactly or is asked about."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain.readings import Sample
from pharmacy_app.exchange.loggers import LoggerFile, NeedsAnswers, read_logger

ZONE = ZoneInfo("Asia/Shanghai")
SECOND = timedelta(seconds=1)
EIGHT = timedelta(hours=8)
WIDE = {ord(letter): ord(letter) + 0xFEE0 for letter in "0123456789:-/"}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATES = {
    "ymd": "{y}-{m:02}-{d:02}",
    "dmy": "{d:02}/{m:02}/{y}",
    "mdy": "{m}/{d}/{y}",
    "dots": "{d:02}.{m:02}.{y}",
    "short": "{d:02}.{m:02}.{yy:02}",
    "named": "{d:02}-{name}-{y}",
    "chinese": "{y}年{m}月{d}日",
}
ORDERS = {"dots": "dmy", "short": "dmy", "named": "ymd", "chinese": "ymd"}
CLOCKS = ("24", "pm_after", "pm_before", "chinese", "no_zone_but_row")
CODES = ("ERR", "---", "<-80.0", "NaN", "-999", "9999", "OL")


@dataclass(frozen=True)
class Written:
    """How a table is written."""

    separator: str
    coding: str
    date: str
    clock: str
    unit: str
    says_unit: bool
    says_zone: bool
    one_column: bool
    newest_first: bool
    comma: bool
    wide: bool
    quoted: bool
    numbered: bool
    line_end: str


WAYS = st.builds(
    Written,
    separator=st.sampled_from(["\t", ";", ",", "|", "   "]),
    coding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]),
    date=st.sampled_from(sorted(DATES)),
    clock=st.sampled_from(CLOCKS),
    unit=st.sampled_from(["C", "K", "F"]),
    says_unit=st.booleans(),
    says_zone=st.booleans(),
    one_column=st.booleans(),
    newest_first=st.booleans(),
    comma=st.booleans(),
    wide=st.booleans(),
    quoted=st.booleans(),
    numbered=st.booleans(),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
)
CELSIUS = st.one_of(
    st.integers(-19_600, 4_000).map(lambda n: Decimal(n) / 100),
    st.sampled_from(CODES),
)


def date_text(at: datetime, way: Written) -> str:
    fields = {"y": at.year, "yy": at.year % 100, "m": at.month, "d": at.day}
    return DATES[way.date].format(**fields, name=MONTHS[at.month - 1])


def clock_text(at: datetime, way: Written) -> str:
    twelve = f"{at.hour % 12 or 12:02}:{at:%M:%S}"
    late = at.hour >= 12
    return {
        "24": f"{at:%H:%M:%S}",
        "pm_after": f"{twelve} {'PM' if late else 'AM'}",
        "pm_before": f"{'p.m.' if late else 'a.m.'} {twelve}",
        "chinese": f"{'下午' if late else '上午'}{twelve}",
        "no_zone_but_row": f"{at:%H:%M:%S}+08:00",
    }[way.clock]


def in_unit(celsius: Decimal, way: Written) -> Decimal:
    if way.unit == "K":
        return celsius + Decimal("273.15")
    return celsius * 9 / 5 + 32 if way.unit == "F" else celsius


def cell(value: Decimal | str, way: Written) -> str:
    if isinstance(value, str):
        return value
    text = f"{in_unit(value, way):.4f}"
    if way.comma and (way.separator != "," or way.quoted):
        text = text.replace(".", ",")
    return text


def table(readings: list[tuple[datetime, Decimal | str]], way: Written) -> str:
    unit = {"C": "°C", "K": "K", "F": "°F"}[way.unit]
    heading = ["Date Time"] if way.one_column else ["Date", "Time"]
    heading[-1] += " (UTC+08:00)" if way.says_zone else ""
    heading.append(f"Temperature ({unit})" if way.says_unit else "Temperature")
    lines = [["No.", *heading] if way.numbered else heading]
    ordered = readings[::-1] if way.newest_first else readings
    for number, (at, value) in enumerate(ordered, start=1):
        local = at + EIGHT
        moment = [date_text(local, way), clock_text(local, way)]
        if way.wide:
            moment = [text.translate(WIDE) for text in moment]
        cells = [" ".join(moment)] if way.one_column else moment
        cells.append(cell(value, way))
        lines.append([str(number), *cells] if way.numbered else cells)
    quote = '"' if way.quoted and way.separator.strip() else ""
    rows = (way.separator.join(f"{quote}{c}{quote}" for c in line) for line in lines)
    return "".join(row + way.line_end for row in rows)


@given(
    st.integers(0, 900_000_000).map(lambda n: datetime(2012, 1, 1, tzinfo=UTC) + n * SECOND),
    st.lists(CELSIUS, min_size=3, max_size=12),
    st.integers(1, 90_000),
    WAYS,
)
def test_a_table_reads_back_exactly_or_is_asked_about(
    begins: datetime, values: list[Decimal | str], step: int, way: Written
) -> None:
    readings = [(begins + n * step * SECOND, value) for n, value in enumerate(values)]
    raw = table(readings, way).encode(way.coding)
    answers = {
        "date_order": ORDERS.get(way.date, way.date),
        "zone": "Asia/Shanghai",
        "unit": way.unit,
        "sensor_code": "reading",
    }
    given: dict[str, str] = {}
    found = read_logger(raw, given, ZONE)
    while isinstance(found, NeedsAnswers):
        asked = {question.name: answers[question.name] for question in found.questions}
        assert not asked.keys() & given.keys()
        given |= asked
        found = read_logger(raw, given, ZONE)
    assert isinstance(found, LoggerFile)
    assert list(found.readings) == [
        Sample(at, None, value) if isinstance(value, str) else Sample(at, value)
        for at, value in readings
    ]
