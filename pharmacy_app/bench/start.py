"""From the start of the process to the first painted window.

Both run as processes of their own and are watched by the same lines (`pharmacy_app.ui.first_paint`).
Both have their compiled modules ready, as after any first start: without them Python would compile
the program's sources again, and the figure would tell of the compiler.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from pharmacy_app.bench.figure import Figure, Seconds, compared
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system.paths import HOME

GOAL = 1.35
REPEATS = 15
ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 60
NEVER_CACHED = "PYTHONDONTWRITEBYTECODE"
CACHE = "PYTHONPYCACHEPREFIX"


def measured(seconds: Seconds, home: Path, repeats: int) -> list[Figure]:
    """Return the start to the sign-in of the vault in ``home``.

    First against a bare window that asks for the same, name and password in its middle; then, for
    information, against one that shows nothing at all. Raises EnvironmentProblem ``measure.no_window``.
    """
    return [
        compared(
            figure,
            starting("program", seconds, home),
            starting(window, seconds, home),
            goal=goal,
            repeats=pairs,
        )
        for figure, window, goal, pairs in (
            ("start", "form", GOAL, repeats),
            ("start_empty", "empty", None, repeats // 2 + 1),
        )
    ]


def starting(window: str, seconds: Seconds, home: Path) -> Callable[[], float]:
    """Return a function that starts one sort of window and returns its milliseconds."""
    environment = environment_for(home)

    def run() -> float:
        began = seconds()
        done = subprocess.run(  # noqa: S603 - our own module, fixed words
            [sys.executable, "-m", "pharmacy_app.ui.first_paint", window],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
        if done.returncode:
            raise EnvironmentProblem("measure.no_window", window, detail=done.stderr[-400:].strip())
        return (float(done.stdout.split()[-1]) - began) * 1000

    return run


def environment_for(home: Path) -> dict[str, str]:
    """Return the environment of both: the vault's home, a display if there is one, a cache."""
    told = {name: value for name, value in os.environ.items() if name != NEVER_CACHED}
    on_screen = sys.platform in {"win32", "darwin"} or any(
        told.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    if not on_screen:
        told["QT_QPA_PLATFORM"] = "offscreen"
    return told | {HOME: str(home), CACHE: str(home / "compiled")}
