"""The window's own printing, at a real CUPS server: title, true size, and papers that do not fit."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT
from tests.documents.printers import cups
from tests.documents.printers.listener import Listener, listening

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no CUPS"),
    pytest.mark.skipif(not cups.HERE, reason="needs cupsd, lp and lpstat"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[cups.Server]:
    with cups.running() as made:
        yield made


@pytest.fixture
def line() -> Iterator[Listener]:
    with listening() as made:
        yield made


def printed(server: cups.Server, queue: str, paper: str) -> str:
    """What printing at a queue comes to, in one line."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.print_at_queue", queue, paper],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        cwd=ROOT,
        env={**os.environ, "CUPS_SERVER": server.address, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert "Q" not in done.stderr, done.stderr  # Qt's own warnings begin with its classes
    return done.stdout.strip()


def test_a_queue_gets_the_page_at_true_size_under_the_neutral_title(
    server: cups.Server, line: Listener
) -> None:
    server.add("labels", f"socket://{line.address}")
    assert printed(server, "labels", "100x50") == "took Test"
    server.wait_until_done("labels")
    assert server.titles("labels") == {"Test"}
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", bytes(line.got))
    assert [tuple(round(float(side)) for side in box) for box in boxes] == [(283, 142)]


def test_a_page_of_another_size_than_the_profiles_is_not_sent(
    server: cups.Server, line: Listener
) -> None:
    server.add("small", f"socket://{line.address}")
    told = printed(server, "small", "60x30")
    assert told == "print.other_paper “Office” has 60 × 30 mm."
    assert server.titles("small") == set()
    assert bytes(line.got) == b""


def test_a_printer_that_has_only_other_papers_gets_nothing(
    server: cups.Server, line: Listener
) -> None:
    server.add_with_broken_filter("sheets", f"socket://{line.address}")
    assert printed(server, "sheets", "") == "print.other_paper “Office” has 210 × 297 mm."
    assert server.titles("sheets") == set()


def test_a_queue_that_is_gone_is_told(server: cups.Server) -> None:
    assert printed(server, "gone", "").startswith("print.no_printer")
