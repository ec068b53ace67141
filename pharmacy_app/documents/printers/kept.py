"""The printers of this machine, kept in a file beside its settings.

Unlike the settings, a damaged file is told: with an offset lost, a label would be printed beside
its paper.
"""

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from pharmacy_app.documents.printers.profile import PrinterProfile, checked
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.system.files import write_replacing

MOST = 100


class _File(msgspec.Struct, forbid_unknown_fields=True):
    printer: list[PrinterProfile] = []


def read_profiles(path: Path) -> tuple[PrinterProfile, ...]:
    """Return the printers in the order they were added; none where there is no file.

    Raises EnvironmentProblem ``printer.file_damaged``.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        found = msgspec.convert(told, type=_File).printer[:MOST]
        return tuple(checked(profile) for profile in found)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, Refused) as error:
        raise EnvironmentProblem(
            "printer.file_damaged", str(path), cause=str(error)[:200]
        ) from error


def keep_profiles(path: Path, profiles: Sequence[PrinterProfile]) -> None:
    """Write the printers, whole or not at all. Raises EnvironmentProblem as `write_replacing`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_replacing(path, "\n".join(map(_table, profiles)).encode())


def _table(profile: PrinterProfile) -> str:
    told = {k: v for k, v in msgspec.to_builtins(profile).items() if v is not None}
    # A JSON string is a TOML basic string, and a number or a truth value is the same in both.
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in told.items())
    return "\n".join(("[[printer]]", *lines, ""))
