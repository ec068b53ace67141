"""A screen of its own with a window manager, and the keys that people and scanners press on it.

Nothing here waits for a fixed time: keys are followed by a fact (a picture, a window in front, a
program with nothing left to do), each with a deadline and a picture of the screen when it is missed.
"""

import os
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

TOOLS = ("Xvfb", "openbox", "xdotool")
WIDE, HIGH = 1400, 960
PATIENCE_S = 20.0
LOOK_EVERY_S = 0.03
STILL_LOOKS = 4
# xdotool waits half of what it is told before and after each key.
PERSON_MS = "120"
SCANNER_MS = "10"
GROUP_SEPARATOR = "\x1d"


class TooLate(AssertionError):
    """Something did not come true before its deadline."""


@dataclass(frozen=True)
class Screen:
    """One X display. ``until`` waits for facts; ``picture`` shows what a person would see."""

    display: str
    framebuffer: Path
    pictures: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to open its windows here."""
        return {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def until(self, said: str, found: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
        """Return as soon as ``found`` answers with something true; raise TooLate after a while."""
        deadline = time.monotonic() + patience_s
        while not found():
            if time.monotonic() > deadline:
                kept = self.keep("too late")
                raise TooLate(f"{said}: not after {patience_s:.0f} s; the screen is in {kept}")
            time.sleep(LOOK_EVERY_S)

    def picture(self) -> Image.Image:
        """Return the screen as it stands, read from the server's own memory (X window dump 7)."""
        dump = self.framebuffer.read_bytes()
        header = struct.unpack(">25I", dump[:100])
        size, wide, high, line, colours = header[0], header[4], header[5], header[12], header[19]
        pixels = dump[size + 12 * colours :]
        return Image.frombuffer("RGB", (wide, high), pixels, "raw", "BGRX", line, 1)

    def keep(self, name: str) -> Path:
        """Keep a picture of the screen beside the test, for whoever looks into what went wrong."""
        kept = self.pictures / f"{name}.png"
        self.picture().save(kept)
        return kept

    # Keys

    def press(self, *keys: str) -> None:
        """Press keys one after another as a person does: ``Return``, ``Tab``, ``alt+5``."""
        self._xdotool("key", "--delay", PERSON_MS, *keys)

    def type(self, text: str) -> None:
        """Type as a person does."""
        self._xdotool("type", "--delay", PERSON_MS, "--", text)

    def scan(self, code: str) -> None:
        """Type a code and Enter as a scanner does, a separator as Ctrl+]."""
        steps: list[str] = []
        for place, part in enumerate(code.split(GROUP_SEPARATOR)):
            if place:
                steps += ["key", "--delay", SCANNER_MS, "ctrl+bracketright"]
            steps += ["type", "--delay", SCANNER_MS, "--args", "1", part]
        self._xdotool(*steps, "key", "--delay", SCANNER_MS, "Return")

    def front_window(self) -> str:
        """Return the id of the window that has the focus, or an empty text."""
        return self._xdotool("getactivewindow", must=False)

    def windows_of(self, process: int) -> list[str]:
        """Return the ids of a process's visible windows."""
        return self._xdotool(
            "search", "--all", "--onlyvisible", "--pid", str(process), "--name", ".+", must=False
        ).split()

    def _xdotool(self, *steps: str, must: bool = True) -> str:
        done = subprocess.run(
            ["xdotool", *steps], env=self.environment, capture_output=True, text=True, check=False
        )
        if must and done.returncode:
            raise RuntimeError(f"xdotool {steps[0]}: {done.stderr}")
        return done.stdout.strip()


@contextmanager
def own_screen(folder: Path) -> Iterator[Screen]:
    """Start a display with a free number and a window manager; both end with the block."""
    folder.mkdir()
    with ExitStack() as closing:
        told, tell = os.pipe()
        server = ["Xvfb", "-displayfd", str(tell), "-screen", "0", f"{WIDE}x{HIGH}x24"]
        closing.enter_context(
            _running([*server, "-nolisten", "tcp", "-fbdir", str(folder)], {}, pass_fds=(tell,))
        )
        os.close(tell)
        with os.fdopen(told) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise RuntimeError("no display could be started")
        screen = Screen(f":{number}", folder / "Xvfb_screen0", folder)
        # Nobody's own settings of the window manager, only those it comes with.
        settings = {**screen.environment, "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
        closing.enter_context(_running(["openbox"], settings))
        yield screen


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], pass_fds: tuple[int, ...] = ()
) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        command,
        env=environment or None,
        pass_fds=pass_fds,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def rests(process: int) -> bool:
    """Tell whether a program has nothing to do: for some looks no thread of it runs or has run."""
    before = _work_done(process)
    for _ in range(STILL_LOOKS):
        time.sleep(LOOK_EVERY_S)
        now = _work_done(process)
        if now is None or now != before:
            return False
    return before is not None


def _work_done(process: int) -> int | None:
    """Return the processor time used so far, or None while a thread runs or waits for a disk."""
    used = 0
    for thread in Path(f"/proc/{process}/task").iterdir():
        try:
            state, *numbers = (thread / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended while we looked
            return None
        if state in {"R", "D"}:
            return None
        used += int(numbers[10]) + int(numbers[11])
    return used
