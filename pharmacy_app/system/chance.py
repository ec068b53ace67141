"""Randomness, handed in: the operating system's, and a seeded one that can be played again."""

import hashlib
import secrets
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

CODE_ALPHABET = "ACDEFHJKMNPRTVWXY34679"
"""Letters and digits that no one confuses on a label: of each pair of look-alikes (0 O Q, 1 I L,
2 Z, 5 S, 6 G, 8 B, U V) at most one is left."""


class Chance(ABC):
    """Draws at random. Everything is derived from `token_bytes`, without bias."""

    @abstractmethod
    def token_bytes(self, count: int) -> bytes:
        """Return ``count`` random bytes."""

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to ``limit - 1``, each equally likely.

        Raises ValueError if ``limit`` is less than 1.
        """
        if limit < 1:
            raise ValueError("nothing to draw from")
        bits = (limit - 1).bit_length()
        surplus = -bits % 8
        while True:
            drawn = int.from_bytes(self.token_bytes((bits + 7) // 8), "big") >> surplus
            if drawn < limit:  # draws outside are thrown away: folding them in would favour some
                return drawn

    def choice(self, options: Sequence[T]) -> T:
        """Return one of the options, each equally likely. Raises ValueError if there is none."""
        return options[self.below(len(options))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in random order, every order equally likely."""
        pool = list(items)
        return [pool.pop(self.below(len(pool))) for _ in items]

    def code(self, length: int) -> str:
        """Return a code of ``length`` characters of `CODE_ALPHABET` (4.4 bits each)."""
        return "".join(self.choice(CODE_ALPHABET) for _ in range(length))


class SystemChance(Chance):
    """The operating system's cryptographic generator: the only one for real sites."""

    def token_bytes(self, count: int) -> bytes:
        """Return ``count`` bytes nobody can foresee."""
        return secrets.token_bytes(count)


class SeededChance(Chance):
    """The same draws for the same seed, on every system and Python: for the demo and simulations.

    Whoever knows the seed knows every draw: never for keys, codes or kit numbers of a real site.
    """

    def __init__(self, seed: str) -> None:
        self._seed = seed.encode()
        self._drawn = 0

    def token_bytes(self, count: int) -> bytes:
        """Return the next ``count`` bytes of the seed's sequence."""
        self._drawn += 1
        place = self._drawn.to_bytes(8, "big")
        return hashlib.shake_256(place + self._seed).digest(count)
