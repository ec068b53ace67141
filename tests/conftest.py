"""What holds for every test: no window of the user, no files of the user, no silent skip in CI."""

import os
import tomllib
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import pytest

from pharmacy_app.system import paths

ROOT = Path(__file__).resolve().parent.parent
ALLOWED_SKIPS: Mapping[str, str] = tomllib.loads(
    (ROOT / "tests" / "allowed_skips.toml").read_text(encoding="utf-8")
)

WORKERS: dict[str, Any] = {}

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for variable in ("LC_ALL", "LC_MESSAGES"):
    os.environ.pop(variable, None)
os.environ["LANG"] = "C.UTF-8"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep settings, logs and vaults of every test in a folder of its own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv(paths.HOME, str(home))
    return home


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Send all tests with windows to one worker: Qt wants one application a process."""
    for item in items:
        if item.get_closest_marker("window"):
            item.add_marker(pytest.mark.xdist_group("window"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip that nobody allowed into a failure where CI is set."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and _is_forbidden(report.nodeid):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI without being allowed: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Do the same for a whole file that skips itself."""
    report = yield
    if report.outcome == "skipped" and _is_forbidden(report.nodeid):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI without being allowed: {report.longrepr}"
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_testnodeready(node: Any) -> None:
    """Keep every worker of xdist, to ask for its end."""
    WORKERS[node.gateway.id] = node.gateway._io


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None, None, None]:
    """Count a worker that died after its last test as an error; xdist itself says nothing of it."""
    yield
    terminal: Any = session.config.pluginmanager.get_plugin("terminalreporter")
    for name, worker in WORKERS.items():
        if code := worker.wait():
            place = (name, None, name)
            text = f"the process of worker {name} ended with {code} after its last test"
            report = pytest.TestReport(name, place, {}, "failed", text, "teardown")
            terminal.stats.setdefault("error", []).append(report)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _is_forbidden(nodeid: str) -> bool:
    return os.environ.get("CI") == "true" and not any(
        nodeid.startswith(allowed) for allowed in ALLOWED_SKIPS
    )
