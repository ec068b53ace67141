"""How the commands of the printing system are called, and what their refusals become."""

import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pharmacy_app.documents.catalogue import Paper
from pharmacy_app.documents.printers import queue_words
from pharmacy_app.documents.printers.folder import FolderPrinter
from pharmacy_app.documents.printers.port import Printer, PrintOutcome
from pharmacy_app.documents.printers.queue import Commands, QueuePrinter
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system.files import write_replacing
from pharmacy_app.wording import worded
from tests.documents.printers.profiles import queue

DONE = "zebra-17  me  1024  Fri 27 Nov\n\tAlerts: processing-to-stop-point\n\tqueued for zebra\n"
COMPLETED = f"case \"$*\" in *' completed'*) printf '{DONE}';; esac"


@dataclass
class TrayPrinter:
    """A printer that keeps what it prints; ``jams`` makes it refuse like a real one."""

    name: str = "tray"
    jams: bool = False
    tray: list[tuple[str, bytes]] = field(default_factory=list)

    def submit(self, paper: Paper, job_title: str) -> PrintOutcome:
        if self.jams:
            raise EnvironmentProblem("print.no_printer", self.name, printer=self.name, answer="jam")
        self.tray.append((job_title, paper.pdf))
        return PrintOutcome(self.name, str(len(self.tray)))


def command(folder: Path, name: str, body: str) -> str:
    """A command as CUPS has it, answering as told."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def commands(folder: Path, submit: str, tell: str = COMPLETED) -> Commands:
    return Commands(
        command(folder, "lp-here", submit),
        command(folder, "lpstat-here", tell),
        command(folder, "cancel-here", f'echo "$*" >> {folder}/canceled'),
        settle=0.2,
        between=0.01,
    )


posix = pytest.mark.skipif(sys.platform == "win32", reason="lp is how POSIX systems print")


def test_folder_gets_the_paper_whole_under_its_own_name(paper: Paper, tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path, write_replacing)
    outcome = printer.submit(paper, paper.job_title)
    assert Path(outcome.job).read_bytes() == paper.pdf
    assert [path.name for path in tmp_path.iterdir()] == ["label_D-4KX9MT3_1.pdf"]
    assert outcome.printer == tmp_path.name


def test_missing_folder_is_a_missing_printer(paper: Paper, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        FolderPrinter(tmp_path / "gone", write_replacing).submit(paper, "Label")
    assert caught.value.problem.rule == "print.no_printer"
    assert "文件夹不存在" in worded(caught.value.problem, "zh").found


@posix
def test_a_queue_gets_the_paper_under_the_neutral_title_alone(paper: Paper, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    body = f"cat > {seen}.pdf; echo \"$*\" > {seen}\necho 'request id is zebra-17 (1 file(s))'"
    printer = QueuePrinter(queue("zebra"), commands(tmp_path, body))
    assert printer.submit(paper, paper.job_title) == PrintOutcome("Office", "zebra-17")
    asked = seen.read_text(encoding="utf-8")
    assert asked.rstrip() == "-d zebra -t Label -o print-scaling=none"
    assert (tmp_path / "seen.pdf").read_bytes() == paper.pdf
    assert not (tmp_path / "canceled").exists()


@posix
def test_a_queue_whose_paper_is_another_one_gets_nothing(paper: Paper, tmp_path: Path) -> None:
    made = commands(tmp_path, f"touch {tmp_path}/sent")
    with pytest.raises(EnvironmentProblem) as caught:
        QueuePrinter(queue("zebra", paper="100x70"), made).submit(paper, "Label")
    assert caught.value.problem.rule == "print.other_paper"
    assert not (tmp_path / "sent").exists()


@posix
def test_no_paper_lies_in_a_file_while_the_queue_takes_it(
    paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    body = f"ls -A {temporary} > {tmp_path}/lying; cat > /dev/null; echo request id is zebra-17"
    QueuePrinter(queue("zebra"), commands(tmp_path, body)).submit(paper, "Label")
    assert (tmp_path / "lying").read_text(encoding="utf-8") == ""


@posix
def test_printer_that_is_away_is_told_in_its_own_words(paper: Paper, tmp_path: Path) -> None:
    body = "echo 'lp: The printer or class does not exist.' >&2; exit 1"
    with pytest.raises(EnvironmentProblem) as caught:
        QueuePrinter(queue("zebra"), commands(tmp_path, body)).submit(paper, "Label")
    problem = caught.value.problem
    assert problem.rule == "print.no_printer"
    assert "does not exist" in worded(problem, "en").found
    assert "Office" in worded(problem, "zh").expected


@posix
def test_a_command_that_hangs_is_given_up(paper: Paper, tmp_path: Path) -> None:
    hanging = Commands(tell=command(tmp_path, "lpstat-here", "exec sleep 60"), answer=0.3)
    with pytest.raises(EnvironmentProblem) as caught:
        QueuePrinter(queue("zebra"), hanging).submit(paper, "Label")
    assert caught.value.problem.rule == "print.no_printer"
    assert "in time" in worded(caught.value.problem, "en").found


@posix
def test_a_job_that_waits_behind_others_is_taken_back(paper: Paper, tmp_path: Path) -> None:
    waiting = "printf 'zebra-17  me  1024  Fri\\n\\tAlerts: none\\n\\tqueued for zebra\\n'"
    made = commands(tmp_path, "cat > /dev/null; echo request id is zebra-17", waiting)
    with pytest.raises(EnvironmentProblem) as caught:
        QueuePrinter(queue("zebra"), made).submit(paper, "Label")
    assert caught.value.problem.rule == "print.job_failed"
    assert "other jobs are waiting" in worded(caught.value.problem, "en").found
    assert (tmp_path / "canceled").read_text(encoding="utf-8") == "zebra-17\n"


def test_system_without_a_print_command_says_so(paper: Paper) -> None:
    without = Commands(tell="no-such-command-anywhere")
    with pytest.raises(EnvironmentProblem) as caught:
        QueuePrinter(queue("zebra"), without).submit(paper, "Label")
    assert caught.value.problem.fact("answer") == "no_print_command"


def test_a_fake_printer_keeps_the_port(paper: Paper) -> None:
    printer: Printer = TrayPrinter()
    assert printer.submit(paper, "Label").job == "1"
    jammed: Printer = TrayPrinter(jams=True)
    with pytest.raises(EnvironmentProblem):
        jammed.submit(paper, "Label")


def test_a_job_is_found_by_its_whole_number_alone() -> None:
    other = DONE.replace("zebra-17", "zebra-170").replace("processing", "aborted")
    assert queue_words.job_state(other, "zebra-17", ended=True) is None
    found = queue_words.job_state(other + DONE, "zebra-17", ended=True)
    assert found is not None
    assert (found.done, found.failed) == (True, False)


@pytest.mark.parametrize(
    ("alerts", "said", "reason"),
    [
        ("job-completed-with-errors", "Filter failed", "printer_state.filter"),
        ("printer-stopped", "", "printer_state.queue_stopped"),
        ("job-canceled-by-user", "", "printer_state.canceled"),
        ("aborted-by-system", "Out of toner", "Out of toner"),
    ],
)
def test_a_job_that_ended_badly_is_no_success(alerts: str, said: str, reason: str) -> None:
    state = queue_words.JobState(True, frozenset(alerts.split()), said)
    assert (state.done, state.failed, state.reason) == (False, True, reason)
