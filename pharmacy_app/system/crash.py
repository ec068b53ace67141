"""Crash reports: where the program broke, without a word of what it was working on."""

import platform
import sys
import traceback
from datetime import datetime
from pathlib import Path

from pharmacy_app import __version__


def report(error: BaseException, when: datetime) -> str:
    """Return a report: versions, kinds of error, files, lines and functions.

    Messages of errors and values of variables are left out: they may name a subject or an arm.
    """
    lines = [
        f"trial-site-pharmacy {__version__}",
        f"{when:%Y-%m-%dT%H:%M:%SZ}",
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
    ]
    link: BaseException | None = error
    while link is not None:
        lines.append(type(link).__qualname__)
        frames = traceback.extract_tb(link.__traceback__)
        lines += [f"  {Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def write_report(error: BaseException, folder: Path, when: datetime) -> Path | None:
    """Write a report into ``folder`` and return its path, or None if that fails too."""
    path = folder / f"crash-{when:%Y%m%dT%H%M%S%fZ}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(report(error, when), encoding="utf-8")
    except OSError as problem:
        print(f"no crash report: {problem.strerror}", file=sys.stderr)  # noqa: T201 - last resort
        return None
    return path
