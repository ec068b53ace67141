"""Writing a whole file so that a power cut leaves the old one or the new one, never a mixture."""

import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system import disk

FULL = {errno.ENOSPC, errno.EDQUOT}
BUSY_TRIES = 20
BUSY_WAIT_SECONDS = 0.05


def write_replacing(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``, readable by this user alone (0600).

    Written beside it as ``.part``, flushed to the disk, read back, compared, renamed, and the
    folder flushed: at every moment ``path`` holds the old content or all of the new.

    Raises EnvironmentProblem ``disk.full``, ``file.not_written`` or ``file.busy``; the old content
    then still stands, and no ``.part`` is left.
    """
    part = path.with_name(path.name + ".part")
    try:
        _write_durably(part, content)
        if part.read_bytes() != content:
            raise EnvironmentProblem("file.not_written", str(path), cause="read_back_differs")
        _rename(part, path)
        flush_folder(path.parent)
    except OSError as error:
        if error.errno in FULL:
            raise disk.full(path, len(content)) from error
        raise EnvironmentProblem("file.not_written", str(path), cause=_reason(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def flush_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable; Windows does it with the file and has no such call."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_durably(part: Path, content: bytes) -> None:
    with suppress(FileNotFoundError):
        part.unlink()  # left by a power cut; unlinked, so that a link laid there is not followed
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(part, flags, 0o600), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _rename(part: Path, path: Path) -> None:
    """Rename over ``path``; on Windows wait up to a second for a virus scanner to let go of it."""
    tries = BUSY_TRIES if sys.platform == "win32" else 1
    for last in [False] * (tries - 1) + [True]:
        try:
            part.replace(path)
        except PermissionError as error:
            if last:
                raise EnvironmentProblem("file.busy", str(path)) from error
            time.sleep(BUSY_WAIT_SECONDS)
        else:
            return


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
