"""One bad place in the records."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Where (sequence number, 0 for the file as a whole), what, and the two sides that differ.

    ``what`` is worded as ``verify.<what>``.
    """

    seq: int
    what: str
    expected: str
    found: str


def differs(seq: int, what: str, expected: object, found: object) -> Iterator[Finding]:
    """Yield a finding if the two are not equal; bytes are shown by their first eight."""
    if expected != found:
        yield Finding(seq, what, _shown(expected), _shown(found))


def _shown(value: object) -> str:
    return value[:8].hex() if isinstance(value, bytes) else str(value)
