"""Pages of rows that were read whole, for lists that are short by nature."""

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

Row = TypeVar("Row")


def page_of(
    rows: Sequence[Row], key: Callable[[Row], Hashable], after: Hashable | None, limit: int
) -> Sequence[Row]:
    """Return up to ``limit`` rows behind the one of a key; from the first on for None."""
    start = 0
    if after is not None:
        start = next(number for number, row in enumerate(rows, 1) if key(row) == after)
    return rows[start : start + limit]
