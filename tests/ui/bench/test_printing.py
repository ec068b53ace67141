"""A label on its way to a printer: the bench goes on at once, and a failure fails the copy."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from pharmacy_app.documents.printers import zpl
from pharmacy_app.documents.printers.kept import keep_profiles
from pharmacy_app.documents.printers.profile import PrinterProfile
from pharmacy_app.domain.doses import LabelState, Step
from pharmacy_app.domain.events.label import LabelFailed, LabelSpooled
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system import paths
from pharmacy_app.ui.bench.check import CheckPanel
from pharmacy_app.ui.bench.label import LabelPanel, ScanBackPanel
from pharmacy_app.workflows import labelling
from tests.documents.printers.listener import PAPER_OUT, READY, listening, never_answers
from tests.documents.printers.profiles import thermal
from tests.ui.benches import Bench, settled
from tests.ui.workplaces import Desk


@pytest.fixture
def bench(at_desk: Desk) -> Bench:
    made = Bench(at_desk)
    made.to_check()
    made.at(CheckPanel).defer("alone at night")
    made.made.clock.advance(timedelta(minutes=20))
    return made


def print_on(bench: Bench, profile: PrinterProfile) -> None:
    """Make the label, choose the printer and press the button; nothing is waited for."""
    keep_profiles(paths.printers_file(), [profile])
    panel = bench.at(LabelPanel)
    panel.retranslate()
    bench.enter()
    panel.printer.set_value(profile.name)
    bench.enter()


def copies(bench: Bench) -> list[LabelState]:
    return [copy.state for copy in bench.page.bench.at_hand.labels]


def told(bench: Bench) -> list[LabelFailed | LabelSpooled]:
    events = [recorded.event for recorded in bench.page.bench.at_hand.record]
    return [event for event in events if isinstance(event, LabelFailed | LabelSpooled)]


def refused_with(bench: Bench) -> str:
    panel = bench.page.panel
    problem = None if panel is None else panel.refusals.problem
    return problem.problem.rule if isinstance(problem, EnvironmentProblem) else ""


def test_a_label_printer_gets_the_copy_that_was_kept(bench: Bench) -> None:
    with listening(READY) as printer:
        profile = thermal(printer.address)
        print_on(bench, profile)
        assert bench.step is Step.SCAN_BACK
        bench.printed()
    copy = bench.page.bench.at_hand.current_label()
    assert copy is not None
    kept = labelling.kept_paper(bench.desk.pharmacy, copy, bench.dose_id)
    assert printer.job == zpl.job(kept.pdf, profile)
    assert copies(bench) == [LabelState.SPOOLED]
    assert [event.printer for event in told(bench) if isinstance(event, LabelSpooled)] == [
        "Bag labels"
    ]


def test_a_printer_without_labels_fails_the_copy_with_its_reason_and_the_next_has_a_new_number(
    bench: Bench, qtbot: QtBot
) -> None:
    with listening(PAPER_OUT) as printer:
        print_on(bench, thermal(printer.address))
        qtbot.waitUntil(lambda: bench.step is Step.LABEL, timeout=30_000)
    assert printer.job == b""
    assert refused_with(bench) == "print.not_ready"
    assert copies(bench) == [LabelState.FAILED]
    (reason,) = [event.because for event in told(bench) if isinstance(event, LabelFailed)]
    assert reason == "print.not_ready: printer_state.paper_out, printer_state.paused"
    with listening(READY) as printer:
        print_on(bench, thermal(printer.address))
        bench.printed()
    assert copies(bench) == [LabelState.FAILED, LabelState.SPOOLED]
    assert printer.job.count(b"^XA") == 1


def test_the_bench_goes_on_while_a_printer_never_answers(bench: Bench, qtbot: QtBot) -> None:
    ticked: list[None] = []
    ticking = QTimer(bench.page, interval=10)
    ticking.timeout.connect(lambda: ticked.append(None))
    with listening(serve=never_answers) as printer:
        print_on(bench, thermal(printer.address))
        ticking.start()
        bench.at(ScanBackPanel)
        qtbot.waitUntil(lambda: len(ticked) > 20, timeout=30_000)
        assert bench.desk.workplace.tasks.busy
        qtbot.waitUntil(lambda: bench.step is Step.LABEL, timeout=60_000)
    assert refused_with(bench) == "print.no_printer"
    assert copies(bench) == [LabelState.FAILED]


def test_a_failure_that_a_person_recorded_first_is_not_recorded_twice(
    bench: Bench, qtbot: QtBot
) -> None:
    with listening(serve=never_answers) as printer:
        print_on(bench, thermal(printer.address))
        settled(bench, bench.at(ScanBackPanel).none_came, "the printer was off")
        assert bench.step is Step.LABEL
        bench.printed()
        qtbot.waitUntil(lambda: refused_with(bench) == "print.no_printer", timeout=60_000)
    assert [event.because for event in told(bench) if isinstance(event, LabelFailed)] == [
        "the printer was off"
    ]
