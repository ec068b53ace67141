"""What people type goes on papers later: it is printable and of a bearable length, or not recorded.

A recorded text is never changed. One character that the papers' font lacks, a hidden direction mark
or a line break would keep the papers of a dose from being printed for ever.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from pharmacy_app.documents.fonts import missing_glyphs
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.domain.refusal import Violation, violation

LONGEST = 500
LONGEST_NAME = 60
NAMES = frozenset(
    {
        *("printed_name", "receiver", "receiver_role", "reported_by", "requested_by"),
        *("returned_by", "seal_number", "retained_sample", "brought_by", "carrier", "shipper"),
    }
)
"""What has one line on a paper, at most."""

AS_THEY_CAME = frozenset({"printer", "scanned"})
"""Kept whatever they say: a near miss, or a print that has happened already."""


def unfit_texts(reason: str, *events: Event) -> Iterator[Violation]:
    """Yield every text of an act that no paper could print, and every one that is too long."""
    yield from unfit_text("reason", reason)
    for event in events:
        for field, text in _texts("", msgspec.to_builtins(event)):
            yield from unfit_text(field, text)


def unfit_text(field: str, text: str) -> Iterator[Violation]:
    """Yield ``text.not_printable`` and ``text.too_long`` as they apply to a field's text."""
    longest = LONGEST_NAME if field in NAMES else LONGEST
    if len(text) > longest:
        yield violation("text.too_long", _shown(text), found=len(text), longest=longest)
    # What is plain needs no font to be loaded.
    missing = () if text.isascii() and text.isprintable() else missing_glyphs(text)
    if missing:
        found = " ".join(f"U+{ord(glyph):04X}" for glyph in missing[:20])
        yield violation("text.not_printable", _shown(text), found=found)


def storable(text: str) -> str:
    """Return a text as it came, with halves of characters, which no file can hold, written out."""
    return text.encode("utf-8", "backslashreplace").decode()


def _shown(text: str) -> str:
    kept = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
    return kept[:40]


def _texts(field: str, part: Any) -> Iterator[tuple[str, str]]:
    if field in AS_THEY_CAME:
        return
    if isinstance(part, str):
        yield field, part
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from _texts(name, inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from _texts(field, inner)
