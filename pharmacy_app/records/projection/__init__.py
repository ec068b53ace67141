"""Events turned into state tables; the same code serves live writes and replay.

A projection function may read and write state tables through ``db.execute`` and nothing else: the
event's own row, the clock and chance are out of bounds, or replay would not give the same state.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from pharmacy_app.domain.events.envelope import Event, Recorded
from pharmacy_app.records.driver import Database

Projection = Callable[[Database, Recorded], None]
Function = TypeVar("Function", bound=Callable[..., Any])


class Projections:
    """Which function writes which event kind into the state tables: one a kind, none forgotten."""

    def __init__(self) -> None:
        self._functions: dict[type[Event], Projection] = {}

    def applies(self, *kinds: type[Event]) -> Callable[[Function], Function]:
        """Register the decorated ``function(db, recorded)`` for these event classes.

        Raises ValueError if one of them has a function already.
        """

        def register(function: Function) -> Function:
            for kind in kinds:
                if kind in self._functions:
                    raise ValueError(f"{kind.__name__} is applied twice")
                self._functions[kind] = function
            return function

        return register

    def changes_nothing(self, *kinds: type[Event]) -> None:
        """Say that these event classes are told in the ledger only. Raises ValueError likewise."""
        self.applies(*kinds)(_nothing)

    def apply(self, db: Database, recorded: Recorded) -> None:
        """Write one event into the state tables, inside the transaction that records it.

        Raises LookupError for an event class nobody registered.
        """
        function = self._functions.get(type(recorded.event))
        if function is None:
            raise LookupError(f"no projection for {type(recorded.event).__name__}")
        function(db, recorded)

    def missing(self, kinds: tuple[type[Event], ...]) -> tuple[type[Event], ...]:
        """Return those of the event classes that nobody registered."""
        return tuple(kind for kind in kinds if kind not in self._functions)


def _nothing(_db: Database, _recorded: Recorded) -> None:
    return


REGISTRY = Projections()
applies = REGISTRY.applies
changes_nothing = REGISTRY.changes_nothing
apply = REGISTRY.apply
