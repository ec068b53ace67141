"""From a password to a key: Argon2id, at a cost measured on the machine and never below a floor."""

from collections.abc import Callable
from unicodedata import normalize

import msgspec
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

MEBIBYTE = 1024
FLOOR_MEMORY_KIB = 64 * MEBIBYTE
MOST_MEMORY_KIB = 1024 * MEBIBYTE
MOST_ITERATIONS = 64
MOST_LANES = 16
SALT_BYTES = 16
KEY_BYTES = 32
QUICKEST_SECONDS = 0.3
"""A calibrated derivation takes at least this long, and by doubling in steps at most 0.8 s."""


class Cost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one try at a password costs, for us and for whoever guesses."""

    memory_kib: int
    iterations: int
    lanes: int

    @property
    def is_lawful(self) -> bool:
        """True from the floor up to what a pharmacy's machine can do at all."""
        return (
            FLOOR_MEMORY_KIB <= self.memory_kib <= MOST_MEMORY_KIB
            and 1 <= self.iterations <= MOST_ITERATIONS
            and 1 <= self.lanes <= MOST_LANES
        )


FLOOR = Cost(FLOOR_MEMORY_KIB, 1, 2)
"""For training data and tests; a real site calibrates."""


def derive(secret: str, salt: bytes, cost: Cost) -> bytes:
    """Return the 32-byte key of a password or code.

    Text is normalised (NFKC), so that the same password typed on another system stays the same.
    Raises ValueError below the floor.
    """
    if not cost.is_lawful or len(salt) != SALT_BYTES:
        raise ValueError("a derivation below the floor")
    return Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    ).derive(normalize("NFKC", secret).encode())


def calibrate(seconds: Callable[[], float]) -> Cost:
    """Return the cost that takes between 0.3 and about 0.8 seconds here.

    Memory is raised first, to 256 MiB, then the iterations. ``seconds`` is a monotonic clock.
    """
    cost = FLOOR
    while True:
        began = seconds()
        derive("calibration", bytes(SALT_BYTES), cost)
        if seconds() - began >= QUICKEST_SECONDS or cost.iterations >= MOST_ITERATIONS:
            return cost
        if cost.memory_kib < 256 * MEBIBYTE:
            cost = Cost(cost.memory_kib * 2, cost.iterations, cost.lanes)
        else:
            cost = Cost(cost.memory_kib, cost.iterations + 1, cost.lanes)
