"""What was answered of a logger is kept, used for its next file, forgotten; and its report."""

import itertools
import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from pharmacy_app.domain.events.loggers import ProfileKept
from pharmacy_app.domain.events.stock import LoggerRead
from pharmacy_app.exchange.loggers import LoggerFile, NeedsAnswers
from pharmacy_app.workflows import logger_profiles, receiving, temperature_papers
from tests import pharmacies
from tests.desks import Desk, refused
from tests.pharmacies import SHIPMENT, MadeSite
from tests.small_trials import small_trial

HEAD = "Serial;9\nTime (UTC);Temp\n"
FRIDGE = HEAD + "".join(
    f"0{1 + n // 1440}/11/2026 {n // 60 % 24:02}:{n % 60:02};{value}\n"
    for n, value in zip(range(0, 2000, 10), itertools.cycle(("4", "5.5", "9.25", "3", "1.5")))
)
ANSWERS = {"date_order": "dmy", "unit": "C"}


@pytest.fixture(scope="module")
def cool(tmp_path_factory: pytest.TempPathFactory) -> MadeSite:
    """A site whose kits travel between 2 and 8 °C."""
    trial = small_trial()
    chain = msgspec.structs.replace(
        trial.cold_chain, shipper_limit_c=Decimal(8), shipper_lower_c=Decimal(2)
    )
    trial = msgspec.structs.replace(trial, cold_chain=chain)
    return pharmacies.make_site(tmp_path_factory.mktemp("cool") / "site", trial=trial)


@pytest.fixture
def desk(cool: MadeSite, tmp_path: Path) -> Iterator[Desk]:
    made = pharmacies.copied(cool, tmp_path / "site", tmp_path.name)
    with made.signed_in() as opened:
        found = Desk(made, opened.pharmacy)
        receiving.open_receipt(found.pharmacy, SHIPMENT, seals_intact=True, tilt_ok=True)
        yield found


def read(desk: Desk, text: str, **answers: str) -> LoggerFile | NeedsAnswers:
    return receiving.read_temperatures(desk.pharmacy, SHIPMENT, text.encode(), answers)


def test_answers_are_kept_with_the_reading_and_used_for_the_next_file(desk: Desk) -> None:
    assert isinstance(read(desk, FRIDGE), NeedsAnswers)
    first = read(desk, FRIDGE, **ANSWERS)
    again = read(desk, FRIDGE)
    assert isinstance(first, LoggerFile)
    assert isinstance(again, LoggerFile)
    assert (again.readings, again.recalled, again.given) == (first.readings, ANSWERS, {})
    (profile,) = logger_profiles.profiles(desk.pharmacy)
    assert (profile.serial, profile.answers) == ("9", ANSWERS)
    told = [r.event for r in desk.pharmacy.ledger.history("logger/9")]
    assert len(told) == 1
    assert isinstance(told[0], ProfileKept)


def test_another_layout_of_the_logger_is_asked_about_again(desk: Desk) -> None:
    read(desk, FRIDGE, **ANSWERS)
    assert isinstance(read(desk, FRIDGE.replace("Temp", "Temperature")), NeedsAnswers)


def test_another_answer_replaces_the_one_before(desk: Desk) -> None:
    read(desk, FRIDGE, **ANSWERS)
    read(desk, FRIDGE, date_order="mdy")
    (profile,) = logger_profiles.profiles(desk.pharmacy)
    assert profile.answers == {**ANSWERS, "date_order": "mdy"}


def test_without_a_serial_number_the_answers_are_offered_and_the_curve_still_read_again(
    desk: Desk,
) -> None:
    nameless = FRIDGE.removeprefix("Serial;9\n")
    read(desk, nameless, **ANSWERS)
    asked = read(desk, nameless)
    assert isinstance(asked, NeedsAnswers)
    assert {q.name: q.default for q in asked.questions} == ANSWERS
    assert again(desk) is not None


def again(desk: Desk) -> LoggerFile | None:
    logger = receiving.receipt(desk.pharmacy, SHIPMENT).logger
    assert logger is not None
    _, raw = desk.pharmacy.ledger.attachment(bytes.fromhex(logger.file))
    known = logger_profiles.kept(desk.pharmacy)
    reads = logger_profiles.reading_again(logger, raw, desk.pharmacy.zone, known)
    return reads(lambda _done, _of: None)


def test_what_a_sensors_codes_mean_is_of_one_file_and_is_not_kept(desk: Desk) -> None:
    codes = "Serial;9\nTime (UTC);Temp C\n2026-11-03 08:00;85.0\n2026-11-03 08:05;5\n"
    read(desk, codes, sensor_code="code")
    assert logger_profiles.profiles(desk.pharmacy) == []
    found = again(desk)
    assert found is not None
    assert found.readings[0].code == "85.0"


def test_what_is_forgotten_is_asked_again_and_its_report_is_refused(desk: Desk) -> None:
    read(desk, FRIDGE, **ANSWERS)
    (profile,) = logger_profiles.profiles(desk.pharmacy)
    logger_profiles.forget(desk.pharmacy, "9", profile.fingerprint)
    assert logger_profiles.profiles(desk.pharmacy) == []
    assert isinstance(read(desk, FRIDGE), NeedsAnswers)
    with refused("logger.not_read_again"):
        temperature_papers.of_shipment(desk.pharmacy, SHIPMENT)
    with refused("logger.no_profile"):
        logger_profiles.forget(desk.pharmacy, "9", profile.fingerprint)


def test_a_report_needs_a_file(desk: Desk) -> None:
    with refused("paper.no_temperatures"):
        temperature_papers.of_shipment(desk.pharmacy, SHIPMENT)


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    words = page.get_textpage()
    text = str(words.get_text_bounded())
    for part in (words, page, document):
        part.close()
    return text


def beyond(points: list[tuple[datetime, float]], limit: float, sign: int) -> tuple[float, float]:
    """Return (minutes in all, longest stretch) beyond a limit, second by second."""
    in_all = longest = run = 0
    for (a_at, a), (b_at, b) in itertools.pairwise(points):
        seconds = int((b_at - a_at).total_seconds())
        for second in range(seconds):
            here = a + (b - a) * (second + 0.5) / seconds
            run = run + 1 if sign * (here - limit) > 0 else 0
            in_all += sign * (here - limit) > 0
            longest = max(longest, run)
    return in_all / 60, longest / 60


def test_the_report_agrees_with_an_independent_computation(desk: Desk) -> None:
    read(desk, FRIDGE, **ANSWERS)
    logger = receiving.receipt(desk.pharmacy, SHIPMENT).logger
    assert isinstance(logger, LoggerRead)
    assert logger.excursion
    points = []
    for line in FRIDGE.splitlines()[2:]:
        when, _, value = line.partition(";")
        at = datetime.strptime(when, "%d/%m/%Y %H:%M").replace(tzinfo=UTC)
        points.append((at, float(value)))
    told = words_of(temperature_papers.of_shipment(desk.pharmacy, SHIPMENT).pdf)
    lines = told.splitlines()
    warm = next(line for line in lines if line.startswith("> 8 °C")).split()
    cold = next(line for line in lines if line.startswith("< 2 °C")).split()
    assert [float(n) for n in warm[3:5]] == pytest.approx(beyond(points, 8, 1), abs=0.1)
    assert [float(n) for n in cold[3:5]] == pytest.approx(beyond(points, 2, -1), abs=0.1)
    assert logger.seconds_above == pytest.approx(beyond(points, 8, 1)[0] * 60, abs=2)
    kinetic = 10_000 / -math.log(
        sum(math.exp(-10_000 / (c + 273.15)) for _, c in points) / len(points)
    )
    assert f"{kinetic - 273.15:.2f}" in told
    assert f"{sum(c for _, c in points) / len(points):.2f}" in told
    for shown in ("9.25", "1.5", logger.file, "200", timedelta(minutes=10).seconds):
        assert str(shown) in told
