"""The launcher's own decisions; a whole fresh start is what CI itself does."""

import importlib.util
import itertools
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)


@pytest.fixture
def launch() -> ModuleType:
    spec = importlib.util.spec_from_file_location("launch", ROOT / "packaging" / "launch.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins(name: str) -> set[tuple[str, str, str]]:
    return set(PIN.findall((ROOT / "packaging" / name).read_text(encoding="ascii")))


def test_tests_run_on_exactly_what_the_program_runs_on() -> None:
    program, tests = pins("requirements.txt"), pins("requirements-test.txt")
    assert len(program) > 20
    assert program < tests


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_requirement_is_one_exact_version_with_hashes_and_nothing_else(name: str) -> None:
    lines = (ROOT / "packaging" / name).read_text(encoding="ascii").splitlines()
    hashed = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
    strangers = [x for x in lines if not (PIN.match(x + "\n") or hashed.match(x))]
    assert strangers == []
    assert all(hashed.match(after) for x, after in itertools.pairwise(lines) if "==" in x)


def test_every_declared_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.split(r"[<>=]", wanted)[0].lower().replace("_", "-") for wanted in declared}
    assert names <= {name for name, _, _ in pins("requirements-test.txt")}


def test_stamp_of_other_pins_means_they_are_not_installed(
    launch: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "VENV", tmp_path)
    monkeypatch.setattr(launch, "PYTHON", Path(sys.executable))
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("one==1\n", encoding="ascii")
    assert not launch.is_installed(wanted)
    launch.stamp(wanted).write_text(launch.fingerprint(wanted), encoding="ascii")
    assert launch.is_installed(wanted)
    wanted.write_text("one==2\n", encoding="ascii")
    assert not launch.is_installed(wanted)


def test_environment_that_is_up_to_date_starts_no_other_program(
    launch: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "VENV", tmp_path)
    monkeypatch.setattr(launch, "PYTHON", Path(sys.executable))
    started: list[object] = []
    monkeypatch.setattr(subprocess, "run", lambda *args, **_: started.append(args))
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("one==1\n", encoding="ascii")
    launch.stamp(wanted).write_text(launch.fingerprint(wanted), encoding="ascii")
    launch.prepare_environment([wanted])
    assert started == []


def test_library_that_does_not_load_is_told_from_one_that_does(launch: ModuleType) -> None:
    assert not launch.loads("libno-such-library.so.9")
    assert launch.missing_libraries() == {}


def test_a_server_that_is_not_on_the_path_of_a_user_is_not_asked_for_again(
    launch: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(launch, "FOR_SERVERS", (str(tmp_path / "sbin"),))
    assert launch.missing_tools()["cupsd"] == "cups"
    (tmp_path / "sbin").mkdir()
    program = tmp_path / "sbin" / "cupsd"
    program.touch(mode=0o755)
    assert "cupsd" not in launch.missing_tools()


def test_user_without_rights_gets_the_one_line_that_installs(
    launch: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(launch, "is_root", lambda: False)
    monkeypatch.setattr(launch.shutil, "which", lambda name: "/x" if name == "apt-get" else None)
    assert not launch.provide({"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1"}, "Qt")
    told = capsys.readouterr().out
    assert "sudo apt-get update && sudo apt-get install -y libegl1 libgl1\n" in told


def test_other_distributions_get_the_line_of_their_own_tool(
    launch: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch.shutil, "which", lambda name: "/x" if name == "dnf" else None)
    line = launch.line_that_installs({"libEGL.so.1": "libegl1"})
    assert line == "sudo dnf install -y 'libEGL.so.1()(64bit)'"


def test_without_display_and_arguments_the_demo_runs_and_says_so(
    launch: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(launch, "prepare_environment", lambda _: None)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(launch, "missing_libraries", dict)
    ran: list[list[str]] = []

    def run_program(arguments: list[str]) -> int:
        ran.append(arguments)
        return 0

    monkeypatch.setattr(launch, "run_program", run_program)
    assert launch.main([]) == 0
    assert ran == [["demo", "--out", "demo-out"]]
    assert "no display" in capsys.readouterr().out


def test_first_check_that_fails_ends_the_run_with_its_exit_code(
    launch: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = (("good", ["-c", ""]), ("bad", ["-c", "raise SystemExit(3)"]), ("never", ["-c", ""]))
    monkeypatch.setattr(launch, "CHECKS", checks)
    monkeypatch.setattr(launch, "PYTHON", Path(sys.executable))
    ran: list[str] = []
    monkeypatch.setattr(launch, "say", ran.append)
    assert launch.run_checks([]) == 3
    assert ran == ["── good", "── bad"]


def test_pytest_is_the_last_check_so_that_its_closing_line_is_the_last_one(
    launch: ModuleType,
) -> None:
    assert launch.CHECKS[-1][0] == "pytest"


def test_ci_runs_the_command_of_the_readme() -> None:
    command = "python3 packaging/launch.py test"
    assert f"exec {command}\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert f"    {command}\n" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_version_is_checked_before_anything_an_older_python_lacks() -> None:
    text = (ROOT / "packaging" / "launch.py").read_text(encoding="utf-8")
    assert text.index("sys.exit(") < text.index("import ctypes")
    compile(text, "launch.py", "exec", dont_inherit=True)
    assert not re.search(r"^from __future__|:=|^\s*match ", text, re.MULTILINE)
