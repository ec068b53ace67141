from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharmacy_app.system.settings import Settings, keep_settings, read_settings

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(st.builds(Settings, vault=WORDS, scanner_prefix=WORDS, derive_memory_kib=st.integers(0, 9)))
def test_settings_come_back_as_they_were_kept(
    tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> None:
    path = tmp_path_factory.mktemp("kept") / "settings.toml"
    keep_settings(path, settings)
    assert read_settings(path) == settings


@pytest.mark.parametrize(
    "damaged", ['language = "fr"', "vault = 7", "derive_lanes = true", "language =", "\udcff"]
)
def test_damaged_settings_count_as_none(tmp_path: Path, damaged: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(damaged.encode(errors="surrogateescape"))
    assert read_settings(path) == Settings()


def test_missing_settings_count_as_none(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == Settings()


def test_a_setting_of_a_newer_program_is_ignored(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('theme = "dark"\nnot_known_yet = 1\n', encoding="utf-8")
    assert asdict(read_settings(path)) == asdict(Settings(theme="dark"))
