"""Logger files of storage units: judged against both limits, kept, known by their serial number."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from pharmacy_app.domain.locations import Capacity, UnitDetails, UnitKind
from pharmacy_app.domain.unit_logs import span_in_doubt
from pharmacy_app.exchange.loggers import NeedsAnswers
from pharmacy_app.workflows import excursions, site, temperature_papers, unit_logs
from pharmacy_app.workflows.unit_logs import UnitReading
from tests.desks import Desk, refused
from tests.workflows.test_logger_profiles import words_of

NIGHT = timedelta(hours=8)


def logger_file(first: datetime, celsius: list[str]) -> bytes:
    rows = [
        f"{n},{(first + n * timedelta(minutes=10)):%Y-%m-%d %H:%M:%S},{value}"
        for n, value in enumerate(celsius)
    ]
    head = 'Serial,T1-PROBE\n"#","Date Time, GMT+00:00","Temp, °C"\n'
    return (head + "\n".join(rows) + "\n").encode()


def test_a_units_own_file_names_the_times_and_these_the_kits(desk: Desk) -> None:
    now = desk.pharmacy.now().astimezone(UTC)
    raw = logger_file(
        now - timedelta(minutes=60), ["-180", "-160", "-140", "-140", "-160", "-180", "-180"]
    )
    read = unit_logs.read_unit_log(desk.pharmacy, "T1", raw, {})
    assert isinstance(read, UnitReading)
    # Crossing -150 °C half way up (15 min) and half way down (35 min).
    warm = (now - timedelta(minutes=45), now - timedelta(minutes=25))
    assert read.found.judged.beyond == (warm,)
    assert (read.told.excursion, read.told.seconds_above, read.told.max_c) == (
        True,
        1200,
        Decimal(-140),
    )
    _, kept = desk.pharmacy.ledger.attachment(bytes.fromhex(read.told.file))
    assert kept == raw
    with refused("excursion.no_kits"):  # nothing lay there so long ago
        excursions.open_for_unit(desk.pharmacy, "T1", warm, "file", file=read.told.file)
    desk.made.clock.advance(NIGHT)
    later = (now + timedelta(minutes=1), now + timedelta(minutes=2))
    excursions.open_for_unit(desk.pharmacy, "T1", later, "file", file=read.told.file)
    (case,) = excursions.cases(desk.pharmacy)
    assert case.kits == 12
    assert unit_logs.of_case(desk.pharmacy, case.case_id) == read.told
    excursions.open_for_unit(desk.pharmacy, "T1", later, "by hand")
    newest = next(one for one in excursions.cases(desk.pharmacy) if one.case_id != case.case_id)
    assert unit_logs.of_case(desk.pharmacy, newest.case_id) is None


def test_a_file_that_leaves_something_open_is_asked_about_and_an_unknown_unit_refused(
    desk: Desk,
) -> None:
    raw = b"Time,Temp (C)\n05/06/2026 08:00,-180\n05/06/2026 09:00,-181\n"
    assert isinstance(unit_logs.read_unit_log(desk.pharmacy, "T1", raw, {}), NeedsAnswers)
    known = b"Serial,9,\n" + raw
    answers = {"date_order": "dmy", "zone": "UTC"}
    unit_logs.read_unit_log(desk.pharmacy, "T1", known, answers)
    # What was answered of the same logger holds for its next file.
    assert isinstance(unit_logs.read_unit_log(desk.pharmacy, "T1", known, {}), UnitReading)
    with refused("position.unknown_unit"):
        unit_logs.read_unit_log(desk.pharmacy, "T9", raw, {})


def refrigerator(desk: Desk) -> None:
    site.add_storage_unit(
        desk.pharmacy,
        Capacity("F1", racks=1, boxes=1, rows=2, columns=2),
        "Refrigerator",
        Decimal(8),
        UnitDetails(kind=UnitKind.REFRIGERATOR, coldest_c=Decimal(2)),
    )


def test_a_refrigerator_that_froze_is_beyond_its_limits_and_named_so(desk: Desk) -> None:
    refrigerator(desk)
    begins = datetime(2026, 11, 3, 8, tzinfo=UTC)
    raw = logger_file(begins, ["5", "5", "1", "1", "5", "9", "9", "5"])
    read = unit_logs.read_unit_log(desk.pharmacy, "F1", raw, {})
    assert isinstance(read, UnitReading)
    judged = read.found.judged
    assert judged.above is not None
    assert judged.below is not None
    assert judged.below.total == timedelta(minutes=15)
    cold, warm = judged.beyond
    assert cold[1] < warm[0]
    assert span_in_doubt(judged) == (cold[0], warm[1])
    assert {one.rule for one in read.found.doubts} == {
        "temperature.excursion",
        "temperature.too_cold",
    }
    assert read.told.excursion


def test_a_logger_is_known_by_its_serial_number_where_it_lay_last(desk: Desk) -> None:
    refrigerator(desk)
    assert unit_logs.unit_known_by(desk.pharmacy, "T1-PROBE") == ""
    begins = datetime(2026, 11, 3, 8, tzinfo=UTC)
    unit_logs.read_unit_log(desk.pharmacy, "T1", logger_file(begins, ["-180", "-180"]), {})
    assert unit_logs.unit_known_by(desk.pharmacy, "T1-PROBE") == "T1"
    unit_logs.read_unit_log(desk.pharmacy, "F1", logger_file(begins, ["5", "5.5"]), {})
    assert unit_logs.unit_known_by(desk.pharmacy, "T1-PROBE") == "F1"
    assert unit_logs.unit_known_by(desk.pharmacy, "") == ""
    assert [told.unit for told in unit_logs.logs(desk.pharmacy)] == ["F1", "T1"]


def test_the_report_of_a_unit_is_unblinded_and_needs_a_file(desk: Desk) -> None:
    refrigerator(desk)
    with refused("paper.no_temperatures"):
        temperature_papers.last_of_unit(desk.pharmacy, "F1")
    begins = datetime(2026, 11, 3, 8, tzinfo=UTC)
    unit_logs.read_unit_log(desk.pharmacy, "F1", logger_file(begins, ["5", "1", "5"]), {})
    paper = temperature_papers.last_of_unit(desk.pharmacy, "F1")
    assert paper.file_name.startswith("UNBLINDED_temperature_F1")
    said = words_of(paper.pdf)
    assert "Storage unit F1" in said
    assert "UNBLINDED" in said
    assert "Opened" not in said  # a unit is no shipper
