"""Where the program keeps its files on this machine, by the custom of its operating system."""

import os
from pathlib import Path

from platformdirs import PlatformDirs

HOME = "TRIAL_SITE_PHARMACY_HOME"
"""Environment variable: one folder for everything, for portable use and tests."""

_DIRECTORIES = PlatformDirs("trial-site-pharmacy", appauthor=False, roaming=False)


def default_vault() -> Path:
    """Return the folder offered for a new site's vault. Nothing is created."""
    return _place("vault", _DIRECTORIES.user_data_path / "vault")


def settings_file() -> Path:
    """Return the file of this machine's settings (language, theme, printer): never site data."""
    return _place("settings.toml", _DIRECTORIES.user_config_path / "settings.toml")


def printers_file() -> Path:
    """Return the file of this machine's printers, beside its settings."""
    return settings_file().with_name("printers.toml")


def log_folder() -> Path:
    """Return the folder of the technical log and crash reports."""
    return _place("log", _DIRECTORIES.user_log_path)


def _place(name: str, by_custom: Path) -> Path:
    home = os.environ.get(HOME)
    return Path(home) / name if home else by_custom
