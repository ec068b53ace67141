import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest

from pharmacy_app import __version__
from pharmacy_app.cli import main as command_line
from pharmacy_app.cli.exits import Exit, exit_code_of
from pharmacy_app.cli.main import COMMANDS, Entry, language_of, language_of_system, run
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, violation

ROOT = Path(__file__).resolve().parents[2]
HALF_PAST_TWO = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


def refuse_twice() -> int:
    raise Refused(
        [
            violation("disk.no_new_preparation", "/a", free_mb=1, needed_mb=100),
            violation("file.busy", "/b"),
        ]
    )


def second_instance() -> int:
    raise EnvironmentProblem("vault.second_instance", "/vault", pid=7, host="ph1", since="?")


def bug() -> int:
    raise ZeroDivisionError("SUBJ-001 gets placebo")


def test_refusal_is_told_with_every_reason_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(refuse_twice, lambda: "en") == Exit.REFUSED
    told = capsys.readouterr().err
    assert "[disk.no_new_preparation] /a\n  Rule: No new preparation" in told
    assert "[file.busy] /b\n" in told
    assert told.count("What to do: ") == 2


def test_problem_of_the_machine_is_told_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code_of(second_instance, lambda: "zh") == Exit.ENVIRONMENT
    told = capsys.readouterr().err
    assert "规则: 同一研究中心的保险库同一时间只能由一个程序打开。" in told
    assert "ph1 上的进程 7" in told


def too_early() -> int:
    raise Refused([violation("clock.set_back", last=HALF_PAST_TWO, now=HALF_PAST_TWO)])


def test_times_of_a_refusal_are_on_the_clock_of_the_site(
    capsys: pytest.CaptureFixture[str],
) -> None:
    exit_code_of(too_early, lambda: "en", lambda: ZoneInfo("Asia/Shanghai"))
    assert "2026-11-22 22:30 +08:00" in capsys.readouterr().err


def test_bug_leaves_a_report_without_its_message(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code_of(bug, lambda: "en") == Exit.BUG
    (report,) = (own_home / "log").iterdir()
    assert str(report) in capsys.readouterr().err
    text = report.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "SUBJ-001" not in text


def test_interrupt_is_no_bug() -> None:
    def interrupted() -> int:
        raise KeyboardInterrupt

    assert exit_code_of(interrupted, lambda: "en") == Exit.INTERRUPTED


@pytest.mark.parametrize(("language", "word"), [("en", "Prepare, check"), ("zh", "配制、复核")])
def test_help_lists_every_command_in_the_language_asked_for(
    language: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", language, "--help"]) == Exit.DONE
    told = capsys.readouterr().out
    assert word in told
    assert all(f"\n  {name} " in told for name in COMMANDS)


def test_help_imports_no_command_and_no_window() -> None:
    script = (
        "import sys; from pharmacy_app.bootstrap import main; main(['--help']);"
        "print('IMPORTED', [m for m in sys.modules if m.startswith(('PySide6', 'sqlcipher3',"
        "'reportlab', 'pharmacy_app.cli.')) and m not in"
        "('pharmacy_app.cli.main', 'pharmacy_app.cli.exits')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("IMPORTED []\n")


def test_wrong_usage_is_told_from_a_refusal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["no-such-command"]) == Exit.USAGE
    assert run(["--no-such-option"]) == Exit.USAGE
    assert "no-such-command" in capsys.readouterr().err


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == Exit.DONE
    assert __version__ in capsys.readouterr().out


@click.command()
@click.argument("code", type=int)
@click.option("--leave", is_flag=True)
@click.pass_context
def answer(ctx: click.Context, code: int, *, leave: bool) -> int:
    click.echo(language_of(ctx))
    if leave:
        ctx.exit(code)
    return code


@pytest.mark.parametrize("way", [[], ["--leave"]])
def test_command_gives_its_exit_code_and_knows_the_language(
    way: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(COMMANDS, "answer", Entry(f"{__name__}:answer", "Answer.", "回答。"))
    assert command_line.run(["--lang", "zh", "answer", "3", *way]) == Exit.ALTERED
    assert capsys.readouterr().out == "zh\n"


def test_command_speaks_the_language_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert language_of_system() == "zh"
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert language_of_system() == "en"
