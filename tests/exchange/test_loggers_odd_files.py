"""Files as loggers, programs and people make them: read right, asked about, or refused."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pharmacy_app.domain.refusal import Refused
from pharmacy_app.exchange.loggers import LoggerFile, NeedsAnswers, read_logger
from pharmacy_app.wording import worded

DATA = Path(__file__).parent.parent / "data" / "loggers"
SHANGHAI = ZoneInfo("Asia/Shanghai")
MIDNIGHT = datetime(2026, 11, 3, tzinfo=UTC)


def read(name: str, **answers: str) -> LoggerFile | NeedsAnswers:
    return read_logger((DATA / name).read_bytes(), answers, SHANGHAI)


def whole(name: str, **answers: str) -> LoggerFile:
    found = read(name, **answers)
    assert isinstance(found, LoggerFile)
    for note in found.notes:
        assert worded(note, "zh", SHANGHAI).found
        assert worded(note, "en", SHANGHAI).found
    return found


def told(file: LoggerFile) -> list[tuple[str, str]]:
    """Return (time as UTC, °C or code) of every reading."""
    return [
        (f"{s.at:%m-%d %H:%M:%S}", s.code if s.celsius is None else f"{s.celsius:f}")
        for s in file.readings
    ]


READ: dict[str, list[tuple[str, str]]] = {
    "utf16le_mark_zh.txt": [
        ("11-03 03:50:00", "-186.4"),
        ("11-03 04:00:00", "-186.1"),
        ("11-03 04:10:00", "-185.9"),
    ],
    "iso_with_offsets.csv": [
        ("11-03 00:00:00", "-190.1"),
        ("11-03 00:05:00", "-190.2"),
        ("11-03 00:10:00", "-190.3"),
    ],
    "epoch_seconds.csv": [
        ("11-03 00:00:00", "-190.1"),
        ("11-03 00:05:00", "-190.2"),
        ("11-03 00:10:00", "-190.3"),
    ],
    "kelvin_pipes.txt": [("11-03 00:00:00", "-190.00"), ("11-03 00:05:00", "-189.90")],
    "spaces_month_names.txt": [("11-03 07:00:00", "-190.1"), ("11-03 07:05:00", "-190.0")],
    "exported_in_parts.csv": [
        ("11-03 00:00:00", "-190.1"),
        ("11-03 00:05:00", "-190.0"),
        ("11-03 00:10:00", "-189.9"),
        ("11-03 00:15:00", "-189.8"),
    ],
    "summary_at_end.csv": [
        ("11-03 08:00:00", "-190.1"),
        ("11-03 08:05:00", "-150.2"),
        ("11-03 08:10:00", "-190.3"),
    ],
    "thousands.csv": [
        ("11-03 08:00:00", "4.5"),
        ("11-03 08:05:00", "9,999.0"),
        ("11-03 08:10:00", "1,023"),
        ("11-03 08:15:00", "4.75"),
    ],
    "units_in_cells.csv": [
        ("11-03 08:00:00", "-190.1"),
        ("11-03 08:05:00", "-190.2"),
        ("11-03 08:10:00", "NaN"),
    ],
    "contradictory_duplicates.csv": [
        ("11-03 08:00:00", "-190.1"),
        ("11-03 08:05:00", "-120.0"),
        ("11-03 08:10:00", "-190.2"),
    ],
    "halves_and_no_seconds.csv": [
        ("11-24 04:55:00", "5"),
        ("11-24 05:00:00", "5.5"),
        ("11-24 05:05:00", "6"),
    ],
    "head_names_times_too.csv": [("11-03 08:00:00", "-190.1"), ("11-03 08:05:00", "-189.9")],
    "blank_temperatures.csv": [
        ("11-03 08:00:00", "-190.1"),
        ("11-03 08:05:00", "-"),
        ("11-03 08:10:00", "-190.3"),
    ],
    "workbook_named_csv.csv": [
        ("11-03 00:00:00", "-190.1"),
        ("11-03 00:05:00", "-189.95"),
        ("11-03 00:10:00", "ERR"),
    ],
    "summer_time_ends.csv": [
        ("10-24 23:30:00", "-190.0"),
        ("10-25 00:00:00", "-190.1"),
        ("10-25 00:30:00", "-190.2"),
        ("10-25 01:00:00", "-190.3"),
        ("10-25 01:30:00", "-190.4"),
        ("10-25 02:00:00", "-190.5"),
    ],
}


@pytest.mark.parametrize("name", READ)
def test_a_file_that_says_everything_is_read_without_a_question(name: str) -> None:
    assert told(whole(name)) == READ[name]


def test_fractions_of_a_second_are_kept() -> None:
    assert whole("iso_with_offsets.csv").readings[2].at == MIDNIGHT + timedelta(
        minutes=10, microseconds=250_000
    )


ASKED: dict[str, dict[str, tuple[str, ...]]] = {
    "utf16be_no_mark.csv": {"zone": ("Asia/Shanghai", "UTC")},
    "full_width_zh.csv": {"zone": ("Asia/Shanghai", "UTC")},
    "power_on_codes.csv": {"sensor_code": ("code", "reading")},
    "decimal_comma_fills_a_column.csv": {"comma": ("between_cells", "decimal")},
    "two_probes_in_columns.csv": {"column": ("Probe 1 (°C)", "Probe 2 (°C)")},
    "two_probes_in_lines.csv": {"probe": ("shipper", "room")},
    "elapsed_and_two_clocks.csv": {"time": ("Local time", "Site time")},
}


@pytest.mark.parametrize(("name", "asked"), ASKED.items())
def test_what_a_file_leaves_open_is_asked(name: str, asked: dict[str, tuple[str, ...]]) -> None:
    found = read(name)
    assert isinstance(found, NeedsAnswers)
    assert {q.name: q.choices for q in found.questions} == asked


def test_the_answers_hold_for_what_was_asked() -> None:
    zone = {"zone": "Asia/Shanghai"}
    assert told(whole("utf16be_no_mark.csv", **zone))[1] == ("11-03 00:05:00", "-190.25")
    assert told(whole("full_width_zh.csv", **zone)) == [
        ("11-03 00:00:00", "-186.4"),
        ("11-03 00:10:00", "-185.9"),
    ]
    one = whole("two_probes_in_columns.csv", column="Probe 2 (°C)")
    other = whole("two_probes_in_lines.csv", probe="room")
    assert told(one) == told(other) == [("11-03 08:00:00", "21.5"), ("11-03 08:05:00", "21.6")]
    clock = whole("elapsed_and_two_clocks.csv", time="Site time", zone="UTC+08:00")
    assert told(clock)[0] == ("11-03 08:00:00", "-190.1")


def test_a_comma_that_marks_decimals_between_commas_is_refused_once_a_person_says_so() -> None:
    name = "decimal_comma_fills_a_column.csv"
    assert told(whole(name, comma="between_cells"))[0] == ("11-03 08:00:00", "-190")
    with pytest.raises(Refused) as refused:
        read(name, comma="decimal")
    assert refused.value.violations[0].rule == "logger.comma"


def test_a_probe_called_by_a_letter_gives_no_unit() -> None:
    found = read_logger(b"Time (UTC),Temp probe F\n2026-11-03 08:00,5.5\n", {}, SHANGHAI)
    assert isinstance(found, NeedsAnswers)
    assert [q.name for q in found.questions] == ["unit"]


def test_a_column_with_a_name_for_every_line_is_no_column_of_probes() -> None:
    lines = "".join(f"2026-11-03 {n:02}:00;5;{n}a{n * n}\n" for n in range(24))
    more = "".join(f"2026-11-04 {n:02}:00;5;{n}b{n}\n" for n in range(24))
    file = read_logger(f"Time (UTC);Temp C;Sensor\n{lines}{more}".encode(), {}, SHANGHAI)
    assert isinstance(file, LoggerFile)
    assert len(file.readings) == 48


def test_the_codes_of_a_sensor_that_was_off_are_codes_or_readings_as_a_person_says() -> None:
    codes = whole("power_on_codes.csv", sensor_code="code")
    assert [value for _, value in told(codes)] == ["85.0", "-78.5", "-127.00", "-78.25"]
    assert [s.celsius is None for s in codes.readings] == [True, False, True, False]
    readings = whole("power_on_codes.csv", sensor_code="reading")
    assert readings.readings[0].celsius == Decimal(85)


REFUSED = {
    "two_loggers_put_together.csv": "logger.two_loggers",
    "other_unit_midway.csv": "logger.two_layouts",
    "decimal_comma_parts_numbers.csv": "logger.too_many_cells",
    "two_decimal_marks.csv": "logger.decimal_mark",
    "two_units_in_cells.csv": "logger.units",
    "zeros_midway.csv": "logger.encoding",
    "report.pdf.csv": "logger.pdf",
    "old_workbook.csv": "logger.old_workbook",
    "workbook_with_formula.xlsx": "table.cell_kind",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_could_give_a_wrong_number_is_refused_with_its_reason(name: str) -> None:
    with pytest.raises(Refused) as refused:
        read(name)
    found = refused.value.violations[0]
    assert found.rule == REFUSED[name]
    for language in ("zh", "en"):
        assert "{" not in str(worded(found, language, SHANGHAI))


NOTED = {
    "exported_in_parts.csv": {"logger.heading_repeated", "logger.line_not_read"},
    "summary_at_end.csv": {"logger.line_not_read"},
    "spaces_month_names.txt": {"logger.line_not_read"},
    "thousands.csv": {"temperature.not_measured"},
    "contradictory_duplicates.csv": {"logger.contradiction", "temperature.not_measured"},
    "summer_time_ends.csv": {"logger.clock_change"},
    "every_second_reading_missing.csv": {"logger.interval", "temperature.gap"},
}


@pytest.mark.parametrize("name", NOTED)
def test_what_had_to_be_done_to_a_file_is_told(name: str) -> None:
    assert {note.rule for note in whole(name).notes} == NOTED[name]


def test_a_stated_interval_shows_the_gaps_that_the_commonest_step_would_hide() -> None:
    file = whole("every_second_reading_missing.csv")
    assert file.interval == timedelta(minutes=5)
    assert sum(note.rule == "temperature.gap" for note in file.notes) == 1


@pytest.mark.parametrize(
    ("name", "answers", "line", "left", "lost"),
    [
        ("clock_lost_midway.csv", {}, 4, 3, 2),
        ("clock_lost_to_2000.csv", {"date_order": "mdy"}, 4, 2, 1),
    ],
)
def test_readings_of_a_clock_that_was_lost_are_left_out_and_the_file_is_not_whole(
    name: str, answers: dict[str, str], line: int, left: int, lost: int
) -> None:
    file = whole(name, **answers)
    assert (file.cut_at_line, len(file.readings)) == (line, left)
    note = next(n for n in file.notes if n.rule == "logger.clock_reset")
    assert (note.fact("line"), note.fact("found")) == (line, lost)


def test_zeros_that_a_loss_of_power_left_end_the_file() -> None:
    file = whole("power_loss_zeros.csv")
    assert told(file) == [("11-03 08:00:00", "-190.1"), ("11-03 08:05:00", "-190.0")]
    assert file.cut_at_line == 4


def test_the_repeated_hour_is_told_apart_by_the_order_of_the_lines_either_way_round() -> None:
    back = whole("summer_time_ends_newest_first.csv")
    assert told(back) == READ["summer_time_ends.csv"]


def test_an_answer_kept_of_the_same_logger_is_used_and_of_an_unknown_one_only_offered() -> None:
    kept = {"zone": "UTC+08:00", "date_order": "dmy", "unit": "no unit"}
    known = (DATA / "utf16be_no_mark.csv").read_bytes()
    seen: list[tuple[str, str]] = []

    def recall(serial: str, fingerprint: str) -> dict[str, str]:
        seen.append((serial, fingerprint))
        return kept

    file = read_logger(known, {}, SHANGHAI, kept=recall)
    assert isinstance(file, LoggerFile)
    assert (file.recalled, file.given) == ({"zone": "UTC+08:00"}, {})
    assert seen == [("8810", file.fingerprint)]
    unknown = read_logger(
        (DATA / "ambiguous_dates_decimal_comma.csv").read_bytes(), {}, SHANGHAI, kept=recall
    )
    assert isinstance(unknown, NeedsAnswers)
    assert {q.name: q.default for q in unknown.questions} == {
        "date_order": "dmy",
        "zone": "UTC+08:00",
    }


def test_a_kept_answer_that_the_file_contradicts_is_not_used() -> None:
    raw = b"Serial;9\nTime (UTC);Temp C\n23/11/2026 08:00;5\n24/11/2026 08:00;5\n"
    file = read_logger(raw, {}, SHANGHAI, kept=lambda _s, _f: {"date_order": "mdy"})
    assert isinstance(file, LoggerFile)
    assert file.readings[0].at.day == 23
    assert file.recalled == {}


def test_progress_is_told_and_reading_stops_where_it_is_asked_to() -> None:
    lines = "".join(f"2026-11-03 08:{n // 60:02}:{n % 60:02};-190\n" for n in range(3600))
    raw = ("Time (UTC);Temp C\n" + lines * 20).encode()
    steps: list[tuple[int, int]] = []

    def step(done: int, of: int) -> None:
        steps.append((done, of))
        if len(steps) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        read_logger(raw, {}, SHANGHAI, step=step)
    assert 0 < steps[0][0] < steps[1][0] <= steps[1][1] == 72_001
