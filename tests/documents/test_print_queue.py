import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pharmacy_app.documents.catalogue import LABEL, Paper, render
from pharmacy_app.documents.print_queue import (
    FolderPrinter,
    Printer,
    PrintOutcome,
    SystemPrinter,
)
from pharmacy_app.domain.blinding import BlindedLabel
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system.files import write_replacing
from pharmacy_app.wording import worded


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


def lp(folder: Path, body: str) -> str:
    """A queue's command as CUPS has it, answering as told."""
    path = folder / "lp-here"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.fixture
def paper(label: BlindedLabel) -> Paper:
    return render(LABEL, label)


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


@pytest.mark.skipif(sys.platform == "win32", reason="lp is how POSIX systems print")
def test_system_printer_queues_under_the_neutral_title_alone(paper: Paper, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    command = lp(
        tmp_path,
        f"cat > {seen}.pdf; echo \"$*\" > {seen}\necho 'request id is zebra-17 (1 file(s))'",
    )
    outcome = SystemPrinter("zebra", command).submit(paper, paper.job_title)
    assert outcome == PrintOutcome("zebra", "zebra-17")
    asked = seen.read_text(encoding="utf-8")
    assert asked.rstrip() == "-d zebra -t Label"
    assert "D-4KX9MT3" not in asked
    assert (tmp_path / "seen.pdf").read_bytes() == paper.pdf


@pytest.mark.skipif(sys.platform == "win32", reason="lp is how POSIX systems print")
def test_no_paper_lies_in_a_file_while_the_queue_takes_it(
    paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", None)
    command = lp(tmp_path, f"ls -A {temporary} > {tmp_path}/lying; cat > /dev/null")
    SystemPrinter("zebra", command).submit(paper, "Label")
    assert (tmp_path / "lying").read_text(encoding="utf-8") == ""


@pytest.mark.skipif(sys.platform == "win32", reason="lp is how POSIX systems print")
def test_printer_that_is_away_is_told_in_its_own_words(paper: Paper, tmp_path: Path) -> None:
    command = lp(tmp_path, "echo 'lp: The printer or class does not exist.' >&2; exit 1")
    with pytest.raises(EnvironmentProblem) as caught:
        SystemPrinter("zebra", command).submit(paper, "Label")
    problem = caught.value.problem
    assert problem.rule == "print.no_printer"
    assert "does not exist" in worded(problem, "en").found
    assert "zebra" in worded(problem, "zh").expected


def test_system_without_a_print_command_says_so(paper: Paper) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        SystemPrinter("", "no-such-command-anywhere").submit(paper, "Label")
    assert caught.value.problem.fact("answer") == "no_print_command"


def test_a_fake_printer_keeps_the_port(paper: Paper) -> None:
    printer: Printer = TrayPrinter()
    assert printer.submit(paper, "Label").job == "1"
    jammed: Printer = TrayPrinter(jams=True)
    with pytest.raises(EnvironmentProblem):
        jammed.submit(paper, "Label")
