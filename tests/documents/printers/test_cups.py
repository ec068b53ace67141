"""Queues of a real CUPS server: what the printer gets, under which title, and how failures come back."""

import sys
from collections.abc import Iterator
from decimal import Decimal

import pytest

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers import raster_pdf, zpl
from pharmacy_app.documents.printers.profile import Way
from pharmacy_app.documents.printers.queue import Commands, QueuePrinter
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.wording import worded
from tests.documents.printers import cups
from tests.documents.printers.listener import listening
from tests.documents.printers.profiles import queue

PATIENT = Commands(answer=30, settle=30, between=0.05)
SHORT = Commands(answer=30, settle=2, between=0.05)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no CUPS"),
    pytest.mark.skipif(not cups.HERE, reason="needs cupsd, lp and lpstat"),
]


@pytest.fixture(scope="module")
def running_server() -> Iterator[cups.Server]:
    with cups.running() as made:
        yield made


@pytest.fixture
def server(running_server: cups.Server, monkeypatch: pytest.MonkeyPatch) -> cups.Server:
    monkeypatch.setenv("CUPS_SERVER", running_server.address)
    return running_server


def raw(name: str) -> QueuePrinter:
    profile = queue(name, way=Way.RAW, paper="100x50")
    return QueuePrinter(profile, PATIENT)


def failing(printer: QueuePrinter, paper: Paper) -> tuple[str, str]:
    with pytest.raises(EnvironmentProblem) as caught:
        printer.submit(paper, paper.job_title)
    problem = caught.value.problem
    assert worded(problem, "zh").remedy
    assert "printer_state" not in worded(problem, "zh").found
    return problem.rule, worded(problem, "en").found


def test_a_raw_queue_passes_the_zpl_job_on_unchanged_under_the_neutral_title(
    server: cups.Server, paper: Paper
) -> None:
    with listening() as printer:
        server.add("labels", f"socket://{printer.address}")
        outcome = raw("labels").submit(paper, paper.job_title)
    assert bytes(printer.got) == zpl.job(paper.pdf, raw("labels").profile)
    assert outcome.job.startswith("labels-")
    assert server.jobs("labels") == ""
    assert server.titles("labels") == {"Label"}
    assert "D-4KX9MT3" not in (server.folder / "error_log").read_text(encoding="utf-8")


def test_a_page_printer_gets_the_pdf_byte_for_byte_under_the_neutral_title(
    server: cups.Server, paper: Paper
) -> None:
    with listening() as printer:
        server.add("office", f"socket://{printer.address}")
        QueuePrinter(queue("office"), PATIENT).submit(paper, paper.job_title)
    assert bytes(printer.got) == paper.pdf
    assert server.titles("office") == {"Label"}


def test_a_corrected_page_is_moved_before_it_is_queued(server: cups.Server, paper: Paper) -> None:
    profile = queue("corrected", offset_x_mm=Decimal("0.5"), dpi=300)
    with listening() as printer:
        server.add("corrected", f"socket://{printer.address}")
        QueuePrinter(profile, PATIENT).submit(paper, paper.job_title)
    assert bytes(printer.got) == raster_pdf.corrected(paper.pdf, profile)


def test_a_stopped_queue_gets_nothing_and_says_what_its_keeper_wrote(
    server: cups.Server, paper: Paper
) -> None:
    server.add("stopped", "socket://127.0.0.1:9")
    server.run("cupsdisable", "-r", "waiting for ribbon", "stopped")
    rule, found = failing(raw("stopped"), paper)
    assert rule == "print.queue_stopped"
    assert "waiting for ribbon" in found
    assert server.jobs("stopped") == ""


def test_a_queue_that_takes_no_jobs_says_so(server: cups.Server, paper: Paper) -> None:
    server.add("closed", "socket://127.0.0.1:9")
    server.run("cupsreject", "-r", "moved to ward 3", "closed")
    rule, found = failing(raw("closed"), paper)
    assert rule == "print.queue_closed"
    assert "moved to ward 3" in found


def test_a_queue_that_does_not_exist_is_no_printer(server: cups.Server, paper: Paper) -> None:
    rule, found = failing(raw("nobody"), paper)
    assert rule == "print.no_printer"
    assert "nobody" in found


def test_a_printer_that_is_gone_leaves_no_job_behind_to_come_out_later(
    server: cups.Server, paper: Paper
) -> None:
    server.add("gone", "socket://127.0.0.1:9")
    rule, found = failing(QueuePrinter(raw("gone").profile, SHORT), paper)
    assert rule == "print.job_failed"
    assert "cannot be reached" in found
    server.wait_until_done("gone")


def test_a_filter_that_fails_is_told_and_its_job_taken_away(
    server: cups.Server, paper: Paper
) -> None:
    server.add_with_broken_filter("broken", f"file://{server.folder}/tmp/broken")
    rule, found = failing(QueuePrinter(queue("broken"), PATIENT), paper)
    assert rule == "print.job_failed"
    assert "could not convert" in found
    server.wait_until_done("broken")
