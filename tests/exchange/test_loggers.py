"""The seven logger files: the good read right, the open asked, codes never numbers, the cut told."""

import hashlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.domain import temperature
from pharmacy_app.domain.readings import Sample
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.exchange.loggers import LoggerFile, NeedsAnswers, read_logger
from pharmacy_app.exchange.loggers import file as logger_file
from pharmacy_app.wording import worded

DATA = Path(__file__).parent.parent / "data" / "loggers"
SHANGHAI = ZoneInfo("Asia/Shanghai")
D = Decimal
HOBO = '"Plot Title: X"\r\n"#","Date Time, GMT+08:00","Temp, °C (LGR S/N: 1)","End Of File"\r\n'


def read(name: str, **answers: str) -> LoggerFile:
    found = read_logger((DATA / name).read_bytes(), answers, SHANGHAI)
    assert isinstance(found, LoggerFile)
    for note in found.notes:
        assert worded(note, "zh", SHANGHAI).found
        assert worded(note, "en", SHANGHAI).found
    return found


def read_text(text: str, **answers: str) -> LoggerFile:
    found = read_logger(text.encode(), answers, SHANGHAI)
    assert isinstance(found, LoggerFile)
    return found


def rules(file: LoggerFile) -> Counter[str]:
    return Counter(note.rule for note in file.notes)


def test_a_good_shipper_is_read_whole_in_utc() -> None:
    file = read("hobo_shipper_good.csv")
    assert (len(file.readings), file.serial, file.interval) == (
        900,
        "10755220",
        timedelta(minutes=5),
    )
    assert file.readings[0] == Sample(datetime(2026, 11, 3, tzinfo=UTC), D("-190.14"))
    assert file.readings[-1].at == datetime(2026, 11, 6, 2, 55, tzinfo=UTC)
    assert file.notes == ()
    assert file.cut_at_line is None
    raw = (DATA / "hobo_shipper_good.csv").read_bytes()
    assert file.sha256 == hashlib.sha256(raw).hexdigest()


def test_an_excursion_shows_in_the_figures_and_is_refused() -> None:
    file = read("hobo_shipper_excursion.csv")
    summary = temperature.summarise(file.readings, file.interval, [D(-150)])
    assert summary.max_c is not None
    assert D(-100) < summary.max_c < D(-90)
    found = temperature.excursion(file.readings, file.interval, D(-150), timedelta())
    assert [v.rule for v in found] == ["temperature.excursion"]


def test_fahrenheit_is_converted_exactly_and_the_offset_of_the_heading_holds() -> None:
    file = read("hobo_fridge_fahrenheit.csv")
    assert len(file.readings) == 600
    assert file.readings[0] == Sample(datetime(2026, 11, 3, 8, tzinfo=UTC), D(5))
    assert file.readings[1].celsius == D("5.04")
    assert file.interval == timedelta(minutes=10)


def test_a_chinese_file_in_gbk_is_read_with_its_halves_of_the_day() -> None:
    file = read("zh_tank_gbk.txt")
    assert (len(file.readings), file.serial) == (500, "RC-5-20480117")
    assert file.readings[0] == Sample(datetime(2026, 11, 3, tzinfo=UTC), D("-186.4"))
    assert file.readings[-1].at == datetime(2026, 11, 6, 11, 10, tzinfo=UTC)
    assert file.notes == ()


def test_dates_of_two_readings_are_asked_with_the_zone_and_never_guessed() -> None:
    raw = (DATA / "ambiguous_dates_decimal_comma.csv").read_bytes()
    found = read_logger(raw, {}, SHANGHAI)
    assert isinstance(found, NeedsAnswers)
    assert [(q.name, q.choices, q.default) for q in found.questions] == [
        ("date_order", ("dmy", "mdy"), ""),
        ("zone", ("Asia/Shanghai", "UTC"), "Asia/Shanghai"),
    ]
    assert found.questions[0].example == "05/11/2026 09:45:00"


def test_the_answers_decide_and_the_rest_of_the_file_is_told() -> None:
    file = read("ambiguous_dates_decimal_comma.csv", date_order="dmy", zone="Asia/Shanghai")
    assert file.readings[0] == Sample(datetime(2026, 11, 3, tzinfo=UTC), D("-178.3"))
    assert file.readings[-1].celsius == D("-178.5")
    assert rules(file) == {"logger.newest_first": 1, "logger.repeated": 1, "temperature.gap": 1}
    assert file.interval == timedelta(minutes=15)
    other = read("ambiguous_dates_decimal_comma.csv", date_order="mdy", zone="UTC")
    assert other.readings[0].at == datetime(2026, 3, 11, 8, tzinfo=UTC)


def test_an_answer_that_is_no_choice_is_refused() -> None:
    raw = (DATA / "ambiguous_dates_decimal_comma.csv").read_bytes()
    for answers in ({"date_order": "ymd"}, {"zone": "Mars/Olympus"}, {"zone": "../etc"}):
        with pytest.raises(Refused) as refused:
            read_logger(raw, answers, SHANGHAI)
        assert refused.value.violations[0].rule == "logger.answer"


def test_codes_and_below_range_never_become_numbers() -> None:
    file = read("below_range_codes.csv", zone="UTC+08:00")
    assert len(file.readings) == 120
    assert {s.code for s in file.readings if s.celsius is None} >= {"ERR", "<-80.0"}
    assert all(s.celsius is None or s.celsius > D(-80) for s in file.readings)
    coded = sum(1 for s in file.readings if s.celsius is None)
    assert (
        next(n for n in file.notes if n.rule == "temperature.not_measured").fact("found") == coded
    )


def test_a_cut_file_is_read_up_to_the_cut_and_says_so() -> None:
    file = read("truncated.csv")
    assert file.cut_at_line == 525
    assert len(file.readings) == 522
    assert file.statement is not None
    assert file.statement.fact("last") == file.readings[-1].at
    assert "525" in worded(file.statement, "zh", SHANGHAI).found


def test_a_file_cut_between_two_lines_is_known_by_its_missing_end_mark() -> None:
    whole = "".join(
        f"{n},{at},-190.{n},\r\n"
        for n, at in enumerate(
            ("11/03/26 11:50:00 PM", "11/03/26 11:55:00 PM", "11/04/26 12:00:00 AM"), start=1
        )
    )
    assert read_text(HOBO + whole).cut_at_line == 6
    assert read_text(HOBO + whole + "4,11/04/26 12:01:00 AM,,Logged\r\n").cut_at_line is None


def test_a_vendors_file_that_crosses_no_midnight_is_asked_too() -> None:
    one_day = "1,11/03/26 08:00:00 AM,-190.1,\r\n2,11/03/26 08:05:00 AM,-190.2,\r\n"
    found = read_logger((HOBO + one_day).encode(), {}, SHANGHAI)
    assert isinstance(found, NeedsAnswers)
    assert found.questions[0].name == "date_order"


@pytest.mark.parametrize("cell", ["-999", "9999.9", "3276.7", "-273.15", "OL", "---", "1-5", "1 5"])
def test_a_number_no_sensor_measures_is_a_code(cell: str) -> None:
    text = f"Time;Temp °C\n2026-11-03 08:00;-190\n2026-11-03 08:05;{cell}\n"
    file = read_text(text, zone="UTC")
    assert (file.readings[1].celsius, file.readings[1].code) == (None, cell)


def test_of_two_readings_of_one_time_the_warmer_stands_first() -> None:
    text = "Time;Temp °C\n2026-11-03 08:00;-190\n2026-11-03 08:00;-140,5\n"
    file = read_text(text, zone="UTC")
    assert [s.celsius for s in file.readings] == [D("-140.5")]
    assert rules(file)["logger.contradiction"] == 1


def test_unit_and_column_are_asked_where_the_file_leaves_them_open() -> None:
    two = b"Time,Temp inside C,Temp outside C\n2026-11-03 08:00,-190,21\n"
    found = read_logger(two, {"zone": "UTC"}, SHANGHAI)
    assert isinstance(found, NeedsAnswers)
    assert found.questions[0].choices == ("Temp inside C", "Temp outside C")
    file = read_logger(two, {"zone": "UTC", "column": "Temp inside C"}, SHANGHAI)
    assert isinstance(file, LoggerFile)
    assert file.readings[0].celsius == D(-190)
    unit = read_logger(b"Time,Temperature\n2026-11-03 08:00,-190\n", {}, SHANGHAI)
    assert isinstance(unit, NeedsAnswers)
    assert [q.name for q in unit.questions] == ["zone", "unit"]


def test_an_hour_the_clock_shows_twice_is_noted() -> None:
    text = "Time;Temp °C\n2026-10-25 02:30;-190\n2026-10-25 03:30;-190\n"
    assert rules(read_text(text, zone="Europe/Berlin"))["logger.clock_change"] == 1


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"", "logger.empty"),
        (b"\x00\x01\x02\x81\xff", "logger.encoding"),
        (b"hello\nworld\n", "logger.layout"),
        (b"Time,Temp C" + b"x" * 200_000, "logger.layout"),
        (b"Time,Temp C\n0001-01-01 00:00,5\n", "logger.dates"),
        (b"Time,Temp C\n", "logger.no_readings"),
        (b"Time,Temp C\n31/31/2026 08:00,5\n", "logger.dates"),
        (b"Time,Temp C\n31/01/2026 08:00,5\n01/31/2026 08:00,5\n", "logger.dates"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(raw: bytes, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        read_logger(raw, {"zone": "UTC"}, SHANGHAI)
    assert refused.value.violations[0].rule == rule


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logger_file, "LARGEST_FILE_BYTES", 3)
    with pytest.raises(Refused) as refused:
        read_logger(b"Time", {}, SHANGHAI)
    assert refused.value.violations[0].rule == "logger.too_large"


@given(st.integers(0, 20_011))
def test_a_file_cut_anywhere_never_reads_a_number_that_was_not_there(cut: int) -> None:
    raw = (DATA / "truncated.csv").read_bytes()
    whole = {(s.at, s.celsius) for s in read("truncated.csv").readings}
    try:
        found = read_logger(raw[:cut], {"date_order": "mdy"}, SHANGHAI)
    except Refused:
        return
    assert isinstance(found, LoggerFile)
    assert found.cut_at_line is not None
    assert {(s.at, s.celsius) for s in found.readings} <= whole


@given(st.binary(max_size=300))
def test_any_bytes_are_read_asked_about_or_refused(raw: bytes) -> None:
    for head in (b"", b"Time,Temp C\n"):
        try:
            found = read_logger(head + raw, {"zone": "UTC", "date_order": "dmy"}, SHANGHAI)
        except Refused:
            continue
        assert isinstance(found, LoggerFile | NeedsAnswers)
