"""What holds for every test: no window of the user, no files of the user, no silent skip in CI."""

import os
import tomllib
from collections.abc import Generator, Mapping
from pathlib import Path

import pytest

from pharmacy_app.system import paths

ROOT = Path(__file__).resolve().parent.parent
ALLOWED_SKIPS: Mapping[str, str] = tomllib.loads(
    (ROOT / "tests" / "allowed_skips.toml").read_text(encoding="utf-8")
)

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


def _is_forbidden(nodeid: str) -> bool:
    return os.environ.get("CI") == "true" and not any(
        nodeid.startswith(allowed) for allowed in ALLOWED_SKIPS
    )
