"""A scan as it reaches a page, and the habits of a scanner."""

from dataclasses import dataclass

GROUP_SEPARATOR = "\x1d"


@dataclass(frozen=True, slots=True)
class RawScan:
    """A code that was scanned, or typed in place of a scan.

    ``raw`` is what the scanner sent, without its prefix and suffix; 0x1D is kept. What it says is
    for `pharmacy_app.domain.barcodes.parse_scan`.
    """

    raw: str
    typed: bool = False


def readable(raw: str) -> str:
    """Return a code as it can be shown and typed again: its separators written out.

    No font for Chinese has a sign for 0x1D; `parse_scan` reads ``{GS}`` back.
    """
    return raw.replace(GROUP_SEPARATOR, "{GS}")


@dataclass(frozen=True, slots=True)
class Habits:
    """How a scanner types: times in milliseconds, characters before and after the code.

    Without a prefix a burst is known by its speed: at least ``shortest`` characters, each within
    ``gap_ms`` of the one before. With a prefix, ``prefixed_gap_ms`` holds instead, and the code
    may have any length.
    """

    prefix: str = ""
    suffix: str = ""
    gap_ms: float = 50.0
    prefixed_gap_ms: float = 150.0
    shortest: int = 6
    late_suffix_ms: float = 250.0
