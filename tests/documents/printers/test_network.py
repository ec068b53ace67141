"""The label printer on the network: what goes over the line, and every way in which it can fail."""

import socket
import time

import pytest

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers import zpl
from pharmacy_app.documents.printers.network import NetworkPrinter, Patience
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.wording import worded
from tests.documents.printers import listener as on_loopback
from tests.documents.printers.listener import QUICK, listening
from tests.documents.printers.profiles import thermal

FOREVER = 30
"""Seconds; every wait of `QUICK` together is far less."""


def failing(printer: NetworkPrinter, paper: Paper) -> tuple[str, str]:
    """The rule of a failure and its reason in English, after both languages were found whole."""
    began = time.monotonic()
    with pytest.raises(EnvironmentProblem) as caught:
        printer.submit(paper, "Label")
    assert time.monotonic() - began < FOREVER
    problem = caught.value.problem
    for language in ("en", "zh"):
        said = worded(problem, language)
        assert "printer_state" not in said.found
        assert said.remedy
    assert "Bag labels" in worded(problem, "en").expected
    return problem.rule, worded(problem, "en").found


def test_a_listener_gets_exactly_the_job_and_nothing_else(paper: Paper) -> None:
    with listening() as printer:
        profile = thermal(printer.address, asks=False)
        outcome = NetworkPrinter(profile, QUICK).submit(paper, "Label")
    assert (outcome.printer, outcome.job) == ("Bag labels", "Label")
    assert bytes(printer.got) == zpl.job(paper.pdf, profile)
    assert printer.connections == 1


def test_a_printer_that_tells_its_state_is_asked_before_and_after(paper: Paper) -> None:
    with listening(on_loopback.READY, on_loopback.PRINTING, on_loopback.READY) as printer:
        profile = thermal(printer.address)
        NetworkPrinter(profile, QUICK).submit(paper, "Label")
    job = zpl.job(paper.pdf, profile)
    asked = on_loopback.ASKED
    assert bytes(printer.got) == asked + job + asked * 3
    assert printer.connections == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (on_loopback.PAPER_OUT, "no labels left, it is paused"),
        (on_loopback.HEAD_OPEN, "the print head is open"),
        (on_loopback.RIBBON_OUT, "no ribbon left"),
        (on_loopback.PAUSED, "it is paused"),
        (on_loopback.BUFFER_FULL, "its memory is full"),
    ],
    ids=["paper", "head", "ribbon", "pause", "buffer"],
)
def test_nothing_is_sent_to_a_printer_that_cannot_print(
    paper: Paper, answer: bytes, reason: str
) -> None:
    with listening(answer) as printer:
        rule, found = failing(NetworkPrinter(thermal(printer.address), QUICK), paper)
    assert (rule, reason in found) == ("print.not_ready", True)
    assert printer.job == b""


def test_a_job_that_stops_half_way_is_called_back_so_that_nothing_comes_out_later(
    paper: Paper,
) -> None:
    answers = on_loopback.READY, on_loopback.PRINTING, on_loopback.PAPER_OUT
    with listening(*answers) as printer:
        profile = thermal(printer.address)
        rule, found = failing(NetworkPrinter(profile, QUICK), paper)
    assert rule == "print.job_failed"
    assert "no labels left" in found
    assert printer.job == zpl.job(paper.pdf, profile) + zpl.CALL_BACK


def falls_silent(listener: on_loopback.Listener, line: socket.socket) -> None:
    """Answer once and never again."""
    while part := line.recv(65536):
        listener.got += part
        if bytes(listener.got) == on_loopback.ASKED:
            line.sendall(on_loopback.READY)


def test_a_printer_that_falls_silent_after_the_job_has_failed(paper: Paper) -> None:
    with listening(serve=falls_silent) as printer:
        rule, found = failing(NetworkPrinter(thermal(printer.address), QUICK), paper)
    assert rule == "print.job_failed"
    assert "does not answer" in found
    assert printer.job.endswith(zpl.CALL_BACK)


def test_a_printer_that_never_answers_is_left_after_a_while(paper: Paper) -> None:
    with listening(serve=on_loopback.never_answers) as printer:
        rule, found = failing(NetworkPrinter(thermal(printer.address), QUICK), paper)
    assert rule == "print.no_printer"
    assert "does not answer" in found
    assert printer.job == b""


def test_a_printer_that_never_closes_has_taken_the_job_where_it_tells_no_state(
    paper: Paper,
) -> None:
    began = time.monotonic()
    with listening(serve=on_loopback.never_answers) as printer:
        profile = thermal(printer.address, asks=False)
        assert NetworkPrinter(profile, QUICK).submit(paper, "Label").job == "Label"
    assert time.monotonic() - began < FOREVER


def test_a_line_that_takes_no_more_bytes_is_given_up() -> None:
    with listening(serve=on_loopback.never_answers) as door:
        printer = NetworkPrinter(thermal(door.address), Patience(send=0.2))
        with printer._line() as line, pytest.raises(EnvironmentProblem) as caught:
            printer._send(line, bytes(1 << 26))
    assert caught.value.problem.rule == "print.job_failed"
    assert "broke off" in worded(caught.value.problem, "en").found


def test_a_printer_that_hangs_up_has_not_printed(paper: Paper) -> None:
    with listening(serve=on_loopback.hangs_up_at_once) as printer:
        profile = thermal(printer.address, asks=False)
        rule, found = failing(NetworkPrinter(profile, QUICK), paper)
    assert rule == "print.job_failed"
    assert "broke off" in found


def test_something_else_that_listens_there_is_no_printer(paper: Paper) -> None:
    with listening(b"\x02hello\x03\x02SSH-2.0\x03\x02\x03") as printer:
        assert failing(NetworkPrinter(thermal(printer.address), QUICK), paper)[0] == (
            "print.no_printer"
        )
    assert printer.job == b""


def test_a_printer_that_is_off_refuses_in_words(paper: Paper) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    rule, found = failing(NetworkPrinter(thermal(f"127.0.0.1:{port}"), QUICK), paper)
    assert rule == "print.no_printer"
    assert "refuses the connection" in found


def test_a_name_that_nobody_has_is_told(paper: Paper) -> None:
    rule, found = failing(NetworkPrinter(thermal("no-such-printer.invalid"), QUICK), paper)
    assert rule == "print.no_printer"
    assert "no machine of this name" in found or "cannot be reached" in found


def test_the_state_alone_sends_one_question() -> None:
    with listening(on_loopback.HEAD_OPEN) as printer:
        told = NetworkPrinter(thermal(printer.address), QUICK).status()
    assert told is not None
    assert told.hindrances == ("printer_state.head_open",)
    assert bytes(printer.got) == on_loopback.ASKED
