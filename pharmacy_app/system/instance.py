"""One program at a time on a vault: a lock that the operating system holds.

The lock dies with its process, so a crash never leaves a vault locked. Who holds it is told in a
side file, because Windows lets nobody read a locked one.
"""

import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system.clock import Clock, SystemClock

LOCK_NAME = "site.lock"
HOLDER_NAME = "site.lock.holder"

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a vault: process number, machine, and since when."""

    pid: int
    host: str
    since: datetime


class InstanceLock:
    """Holds a vault folder while the ``with`` block runs.

    Entering raises EnvironmentProblem ``vault.second_instance`` if another process, or another
    lock of this one, holds it already, ``vault.folder_unfit`` if the folder is away or not ours.
    """

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self._folder = folder
        self._clock = clock or SystemClock()
        self._handle: int | None = None

    def __enter__(self) -> Self:
        """Take the lock at once or raise; never waits."""
        try:
            handle = os.open(self._folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise EnvironmentProblem(
                "vault.folder_unfit", str(self._folder), cause=str(error)
            ) from error
        try:
            _take(handle)
        except OSError as error:
            os.close(handle)
            raise self._taken() from error
        self._handle = handle
        self._tell()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the vault free."""
        if self._handle is None:
            return
        with suppress(OSError):
            (self._folder / HOLDER_NAME).unlink()
        os.close(self._handle)  # the lock file stays: removing it would let two hold "the" lock
        self._handle = None

    def _tell(self) -> None:
        told = {
            "pid": os.getpid(),
            "host": platform.node(),
            "since": self._clock.now().isoformat(),
        }
        with suppress(OSError):  # a courtesy to the second one; the lock itself is held
            (self._folder / HOLDER_NAME).write_text(json.dumps(told), encoding="utf-8")

    def _taken(self) -> EnvironmentProblem:
        holder = holder_of(self._folder)
        return EnvironmentProblem(
            "vault.second_instance",
            str(self._folder),
            pid=holder.pid if holder else "?",
            host=holder.host if holder else "?",
            since=holder.since if holder else "?",
        )


def holder_of(folder: Path) -> Holder | None:
    """Return who last said to hold the vault, or None if nobody did legibly."""
    try:
        told = json.loads((folder / HOLDER_NAME).read_text(encoding="utf-8"))
        return Holder(int(told["pid"]), str(told["host"]), datetime.fromisoformat(told["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
