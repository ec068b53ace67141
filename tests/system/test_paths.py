from pathlib import Path

import pytest

from pharmacy_app.system import paths


def test_one_folder_holds_everything_where_the_environment_names_it(own_home: Path) -> None:
    places = (paths.default_vault(), paths.settings_file(), paths.log_folder())
    assert [place.parent for place in places] == [own_home] * 3
    assert len(set(places)) == 3


def test_without_it_the_custom_of_the_system_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.HOME)
    places = (paths.default_vault(), paths.settings_file(), paths.log_folder())
    assert all(place.is_absolute() and "trial-site-pharmacy" in str(place) for place in places)


def test_asking_for_a_place_creates_nothing(own_home: Path) -> None:
    paths.default_vault()
    paths.settings_file()
    paths.log_folder()
    assert list(own_home.iterdir()) == []
