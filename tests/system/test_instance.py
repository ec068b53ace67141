import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system.clock import SetClock
from pharmacy_app.system.instance import HOLDER_NAME, LOCK_NAME, InstanceLock, holder_of

ROOT = Path(__file__).resolve().parents[2]
SINCE = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
HOLD_UNTIL_KILLED = """
import sys
from pathlib import Path
from pharmacy_app.system.instance import InstanceLock
with InstanceLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
TRY_ONCE = """
import sys
from pathlib import Path
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system.instance import InstanceLock
try:
    with InstanceLock(Path(sys.argv[1])):
        print("won", flush=True)
        sys.stdin.read()
except EnvironmentProblem:
    print("lost", flush=True)
"""


def started(script: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ended(process: subprocess.Popen[str]) -> None:
    process.communicate()


def test_second_instance_is_told_who_holds_the_vault_and_since_when(tmp_path: Path) -> None:
    with (
        InstanceLock(tmp_path, SetClock(SINCE)),
        pytest.raises(EnvironmentProblem) as raised,
        InstanceLock(tmp_path),
    ):
        pass
    problem = raised.value.problem
    assert problem.rule == "vault.second_instance"
    assert dict(problem.facts) == {"pid": os.getpid(), "host": platform.node(), "since": SINCE}


def test_vault_is_free_again_after_the_program_ends(tmp_path: Path) -> None:
    with InstanceLock(tmp_path):
        assert holder_of(tmp_path) is not None
    assert holder_of(tmp_path) is None
    with InstanceLock(tmp_path):
        assert (tmp_path / LOCK_NAME).exists()


def test_other_process_holds_the_vault_until_it_is_killed(tmp_path: Path) -> None:
    other = started(HOLD_UNTIL_KILLED, tmp_path)
    assert first_line(other) == "held"
    with pytest.raises(EnvironmentProblem) as raised, InstanceLock(tmp_path):
        pass
    assert raised.value.problem.fact("pid") == other.pid
    other.kill()
    ended(other)
    with InstanceLock(tmp_path):
        holder = holder_of(tmp_path)
    assert holder is not None
    assert holder.pid == os.getpid()


def test_of_many_that_start_at_once_exactly_one_wins(tmp_path: Path) -> None:
    many = [started(TRY_ONCE, tmp_path) for _ in range(8)]
    answers = [first_line(process) for process in many]
    for process in many:
        ended(process)
    assert sorted(answers) == ["lost"] * 7 + ["won"]


def test_unreadable_holder_file_still_refuses_the_second_one(tmp_path: Path) -> None:
    with InstanceLock(tmp_path):
        (tmp_path / HOLDER_NAME).write_text("{not json", encoding="utf-8")
        with pytest.raises(EnvironmentProblem) as raised, InstanceLock(tmp_path):
            pass
    assert raised.value.problem.fact("pid") == "?"
