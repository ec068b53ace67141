"""The recovery code: over 128 bits on paper in a sealed envelope, for the day nobody can sign in.

Six groups of five characters without look-alikes, 133 bits, each group followed by its check
character, so that a slip is told with its group before the slow derivation. Beside it, the
database key lies sealed to the sponsor's recovery key, which is kept offline.
"""

from typing import Protocol
from unicodedata import normalize

from pharmacy_app.domain.refusal import Violation, refuse, violation
from pharmacy_app.system.chance import CODE_ALPHABET
from pharmacy_app.vault.sealed import open_sealed, seal

GROUPS = 6
GROUP_LENGTH = 5
WEIGHTS = (1, 3, 5, 7, 9)
"""Prime to the 22 characters of the alphabet: every single wrong character changes the check."""

SPONSOR_INFO = "recovery v1"


class Codes(Protocol):
    """The source of codes."""

    def code(self, length: int) -> str:
        """Return random characters of the alphabet without look-alikes."""


def new_code(chance: Codes) -> str:
    """Return a fresh code as it is printed: six groups of six, a hyphen between."""
    groups = (chance.code(GROUP_LENGTH) for _ in range(GROUPS))
    return "-".join(group + _check(group, place) for place, group in enumerate(groups))


def read_code(typed: str) -> str:
    """Return a typed code as it was printed; spaces, hyphens, case and full width do not matter.

    Raises Refused ``vault.recovery_length`` or ``vault.recovery_mistyped``, each wrong group told.
    """
    plain = "".join(c for c in normalize("NFKC", typed).upper() if c not in " -–—\t\n")
    size = GROUP_LENGTH + 1
    if len(plain) != GROUPS * size:
        refuse(violation("vault.recovery_length", found=len(plain), expected=GROUPS * size))
    groups = [plain[start : start + size] for start in range(0, len(plain), size)]
    refuse(*(_slip(group, place) for place, group in enumerate(groups)))
    return "-".join(groups)


def sealed_for_sponsor(public_key: bytes, vault_id: bytes, database_key: bytes) -> bytes:
    """Return the database key sealed to the sponsor's recovery key."""
    return seal(public_key, SPONSOR_INFO, database_key, vault_id)


def opened_by_sponsor(private_key: bytes, vault_id: bytes, sealed: bytes) -> bytes:
    """Return the database key. Raises EnvironmentProblem ``vault.not_for_us``."""
    return open_sealed(private_key, SPONSOR_INFO, sealed, vault_id)


def _slip(group: str, place: int) -> Violation | None:
    known = all(character in CODE_ALPHABET for character in group)
    if known and _check(group[:-1], place) == group[-1]:
        return None
    return violation("vault.recovery_mistyped", group=place + 1, typed=group)


def _check(group: str, place: int) -> str:
    weighted = sum(
        weight * CODE_ALPHABET.index(character)
        for weight, character in zip(WEIGHTS, group, strict=True)
    )
    return CODE_ALPHABET[(weighted + place) % len(CODE_ALPHABET)]
