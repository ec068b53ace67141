"""The settings of this machine: how the window looks, which vault it opens. Never data of a subject.

A file that cannot be read counts as no file: the settings are a comfort, and must not keep anybody
from the bench.
"""

import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is remembered between two starts of the program; `derive_*` is what passwords cost.

    ``zone`` is the zone of the site opened last, for what is shown before one is open.
    """

    language: Literal["zh", "en"] = "zh"
    theme: Literal["light", "dark"] = "light"
    vault: str = ""
    zone: str = "UTC"
    scanner_prefix: str = ""
    scanner_suffix: str = ""
    derive_memory_kib: int = 0
    derive_iterations: int = 0
    derive_lanes: int = 0


_CHOICES: dict[str, tuple[str, ...]] = {"language": ("zh", "en"), "theme": ("light", "dark")}


def read_settings(path: Path) -> Settings:
    """Return what the file says, or the usual settings where there is none or it is damaged."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    known = {field.name: told[field.name] for field in fields(Settings) if field.name in told}
    return Settings(**known) if _lawful(known) else Settings()


def _lawful(told: dict[str, Any]) -> bool:
    usual = asdict(Settings())
    return all(
        type(value) is type(usual[name]) and value in _CHOICES.get(name, (value,))
        for name, value in told.items()
    )


def keep_settings(path: Path, settings: Settings) -> None:
    """Write the settings. Raises EnvironmentProblem if they cannot be written."""
    import json  # noqa: PLC0415 - read at every start, written seldom

    from pharmacy_app.system.files import write_replacing  # noqa: PLC0415 - the same

    path.parent.mkdir(parents=True, exist_ok=True)
    told = asdict(settings)
    # A JSON string without lone surrogates is a TOML basic string, and a number is a number.
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in told.items()]
    write_replacing(path, ("\n".join(lines) + "\n").encode())
