"""The rules about skips and dying workers, proved on small test runs of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SKIPPING = """
import pytest

def test_that_holds():
    assert True

@pytest.mark.skip(reason="no printer here")
def test_that_skips():
    assert True
"""
SKIPPING_WHOLE = "import pytest\npytest.skip('not here', allow_module_level=True)\n"
FAILING_AS_EXPECTED = """
import pytest

@pytest.mark.xfail(reason="known", strict=True)
def test_known():
    assert False
"""


DYING_LATE = """
import atexit, os
atexit.register(os.abort)

def test_that_holds():
    assert True
"""


def outcome(
    test: str, folder: Path, ci: str = "", allowed: str = "", more: tuple[str, ...] = ()
) -> tuple[int, str]:
    (folder / "test_it.py").write_text(test, encoding="utf-8")
    text = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    (folder / "tests").mkdir()
    (folder / "tests" / "allowed_skips.toml").write_text(allowed, encoding="utf-8")
    text = text.replace("Path(__file__).resolve().parent.parent", f"Path({str(folder)!r})")
    (folder / "conftest.py").write_text(text, encoding="utf-8")
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:randomly", "--rootdir", str(folder), *more]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, str(folder)],
        cwd=folder,
        env={**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize("test", [SKIPPING, SKIPPING_WHOLE], ids=["one", "whole file"])
def test_skip_that_nobody_allowed_fails_in_ci(test: str, tmp_path: Path) -> None:
    code, closing = outcome(test, tmp_path, ci="true")
    assert code != 0
    assert "1 failed, 1 passed" in closing or "1 error" in closing


def test_same_skip_is_no_failure_elsewhere(tmp_path: Path) -> None:
    code, closing = outcome(SKIPPING, tmp_path, ci="")
    assert code == 0
    assert "1 passed, 1 skipped" in closing


def test_skip_on_the_short_list_is_no_failure_in_ci(tmp_path: Path) -> None:
    allowed = '"test_it.py::test_that_skips" = "there is no printer on a build machine"'
    code, closing = outcome(SKIPPING, tmp_path, ci="true", allowed=allowed)
    assert code == 0
    assert "1 passed, 1 skipped" in closing


def test_expected_failure_is_no_skip(tmp_path: Path) -> None:
    code, closing = outcome(FAILING_AS_EXPECTED, tmp_path, ci="true")
    assert code == 0
    assert "1 xfailed" in closing


def test_every_allowed_skip_gives_its_reason() -> None:
    from tests.conftest import ALLOWED_SKIPS

    assert all(len(reason) > 10 for reason in ALLOWED_SKIPS.values())


def test_worker_that_dies_after_its_last_test_fails_the_run(tmp_path: Path) -> None:
    code, closing = outcome(DYING_LATE, tmp_path, more=("-n", "1"))
    assert code == 1
    assert "1 passed, 1 error" in closing


def test_worker_that_ends_well_does_not(tmp_path: Path) -> None:
    code, closing = outcome(SKIPPING, tmp_path, more=("-n", "1"))
    assert code == 0
    assert "1 passed, 1 skipped" in closing
