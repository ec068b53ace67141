from pathlib import Path

import pytest

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system.settings import Settings, keep_settings, read_settings


def test_settings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.toml"
    kept = Settings(language="en", theme="dark", vault='C:\\药房 "1"\\vault', zone="Asia/Shanghai")
    keep_settings(path, kept)
    assert read_settings(path) == kept


@pytest.mark.parametrize("content", [b"", b"language = 7", b"\xff\xfe", b"language = ["])
def test_damaged_settings_count_as_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    assert read_settings(path) == Settings()


def test_unknown_settings_of_a_newer_program_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "dark"\nfuture = true\n', encoding="utf-8")
    assert read_settings(path).theme == "dark"


def test_settings_that_cannot_be_written_are_a_problem_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    with pytest.raises(EnvironmentProblem):
        keep_settings(tmp_path / "settings.toml", Settings())
