from datetime import UTC, datetime
from pathlib import Path

import pytest

from pharmacy_app import __version__
from pharmacy_app.system.crash import report, write_report

WHEN = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def broken() -> Exception:
    subject = "SUBJ-001 placebo"
    try:
        try:
            raise KeyError(subject)  # noqa: TRY301 - the trace is what is tested
        except KeyError as cause:
            raise RuntimeError(f"no row for {subject}") from cause
    except RuntimeError as error:
        return error


def test_report_tells_where_it_broke_and_why_but_not_on_what() -> None:
    text = report(broken(), WHEN)
    assert __version__ in text
    assert "RuntimeError\n  test_crash.py:" in text
    assert "KeyError\n  test_crash.py:" in text
    assert "SUBJ-001" not in text
    assert "placebo" not in text


def test_report_is_written_under_its_time(tmp_path: Path) -> None:
    path = write_report(broken(), tmp_path / "log", WHEN)
    assert path == tmp_path / "log" / "crash-20260304T050607000000Z.txt"
    assert path.read_text(encoding="utf-8") == report(broken(), WHEN)


def test_report_that_cannot_be_written_breaks_nothing_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log").write_text("a file where the folder should be", encoding="utf-8")
    assert write_report(broken(), tmp_path / "log", WHEN) is None
    assert "no crash report" in capsys.readouterr().err
