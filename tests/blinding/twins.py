"""What can be seen of a pharmacy's work from outside, by whoever must stay blind."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from pharmacy_app.domain.events.envelope import Recorded
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.wording import refusal_in_words
from pharmacy_app.workflows.pharmacy import Pharmacy


@dataclass
class Outside:
    """What leaves the pharmacy, or can be counted by whoever sees the machine work."""

    events: list[tuple[object, ...]]
    papers: list[tuple[str, bytes]]
    tables: dict[str, int]
    words: list[str]


def told(recorded: Recorded) -> tuple[object, ...]:
    """Return what can be told of an event without reading it: kind, people, times, reason."""
    return (
        type(recorded.event).__name__,
        recorded.actor,
        recorded.recorded_at,
        recorded.occurred_at,
        recorded.reason,
        tuple((signature.signer, signature.meaning) for signature in recorded.signatures),
    )


def rows(pharmacy: Pharmacy) -> dict[str, int]:
    """Return how many rows each table has, and how many attachments there are of each sort."""
    reader = pharmacy.reader
    tables = reader.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    counted = {name: len(reader.rows(f'SELECT 1 FROM "{name}"')) for (name,) in tables}
    return counted | dict(reader.rows("SELECT media_type, count(*) FROM attachment GROUP BY 1"))


def refused(act: Callable[[], object], seen: Outside) -> None:
    """Expect a refusal, and keep its words in both languages."""
    with pytest.raises(Refused) as caught:
        act()
    for language in ("en", "zh"):
        for said in refusal_in_words(caught.value, language):
            seen.words.append(f"{said.code} {said.rule} {said.remedy}")
