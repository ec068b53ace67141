"""Room on the disk: the thresholds, and the ballast that lets an open dose be finished.

Source of the thresholds: warn below 500 MB, start no preparation below 100 MB; a ballast file of
16 MB is given up when the disk is full, so that the dose on the bench can still be recorded.
"""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from enum import Enum
from pathlib import Path

from pharmacy_app.domain.refusal import EnvironmentProblem

MEGABYTE = 1_000_000
WARN_BELOW_BYTES = 500 * MEGABYTE
STOP_BELOW_BYTES = 100 * MEGABYTE
BALLAST_BYTES = 16 * MEGABYTE
BALLAST_NAME = "ballast.bin"

Probe = Callable[[Path], int]
"""Tells the free bytes of the disk that holds a path."""


class Room(Enum):
    """How much room is left."""

    PLENTY = "plenty"
    LOW = "low"
    TOO_LOW = "too_low"


def free_bytes(path: Path) -> int:
    """Return the bytes this user may still write on the disk that holds ``path``."""
    return shutil.disk_usage(path).free


def room(path: Path, probe: Probe = free_bytes) -> Room:
    """Return how much room is left on the disk that holds ``path``."""
    free = probe(path)
    if free < STOP_BELOW_BYTES:
        return Room.TOO_LOW
    return Room.LOW if free < WARN_BELOW_BYTES else Room.PLENTY


def require_room_for_preparation(path: Path, probe: Probe = free_bytes) -> None:
    """Raise EnvironmentProblem ``disk.no_new_preparation`` below 100 MB; else do nothing."""
    free = probe(path)
    if free < STOP_BELOW_BYTES:
        raise EnvironmentProblem(
            "disk.no_new_preparation",
            str(path),
            free_mb=_megabytes(free),
            needed_mb=_megabytes(STOP_BELOW_BYTES),
        )


def full(path: Path, needed_bytes: int, probe: Probe = free_bytes) -> EnvironmentProblem:
    """Return the problem to raise where the disk that holds ``path`` is full."""
    return EnvironmentProblem(
        "disk.full",
        str(path),
        needed_mb=_megabytes(needed_bytes),
        free_mb=_megabytes(probe(path.parent)),
    )


def lay_ballast(folder: Path) -> None:
    """Write the ballast file of 16 MB, unless it lies there already or room is too low for it."""
    ballast = folder / BALLAST_NAME
    if ballast.exists() or room(folder) is Room.TOO_LOW:
        return
    with ballast.open("wb") as stream:
        for _ in range(BALLAST_BYTES // MEGABYTE):
            stream.write(os.urandom(MEGABYTE))  # zeros would cost nothing on a compressing disk
        os.fsync(stream.fileno())


def drop_ballast(folder: Path) -> bool:
    """Give the ballast's room back; return whether there was any left to give."""
    with suppress(FileNotFoundError):
        (folder / BALLAST_NAME).unlink()
        return True
    return False


def _megabytes(count: int) -> Decimal:
    return (Decimal(count) / MEGABYTE).quantize(Decimal("0.1"))
