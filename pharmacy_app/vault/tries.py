"""Wrong tries at a password: each is remembered, makes the next wait longer, and the tenth locks.

It guards the keyboard. Whoever can copy the files can also delete this one; against them stand the
length of the password and the cost of the derivation.
"""

from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from pharmacy_app.domain.ids import PersonId
from pharmacy_app.domain.refusal import Violation, violation
from pharmacy_app.system.files import write_replacing

NAME = "site.tries"
LOCKED_AFTER = 10
FREE_TRIES = 2
FIRST_WAIT_SECONDS = 5


class Tries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One person's wrong tries: in a row, and those not yet told at a sign-in."""

    in_row: int = 0
    untold: tuple[datetime, ...] = ()

    @property
    def is_locked(self) -> bool:
        """True from the tenth wrong try in a row."""
        return self.in_row >= LOCKED_AFTER

    def wait_until(self) -> datetime | None:
        """Return when the next try may be made: 5 s after the third, doubled by each further."""
        if self.in_row <= FREE_TRIES or not self.untold:
            return None
        doubled = 2 ** (self.in_row - FREE_TRIES - 1)
        return self.untold[-1] + timedelta(seconds=FIRST_WAIT_SECONDS * doubled)


NONE = Tries()


class TryBook:
    """The file of wrong tries, beside the slots."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, person_id: PersonId) -> Tries:
        """Return a person's wrong tries."""
        return self._read().get(person_id, NONE)

    def objection(self, person_id: PersonId, now: datetime) -> Violation | None:
        """Return ``vault.locked`` or ``vault.wait`` if no try may be made now.

        A last try that lies in the future (the clock was set back) makes nobody wait.
        """
        tries = self.of(person_id)
        if tries.is_locked:
            return violation("vault.locked", person_id, tries=tries.in_row)
        until = tries.wait_until()
        if until is None or now >= until or now < tries.untold[-1]:
            return None
        return violation("vault.wait", person_id, until=until, tries=tries.in_row)

    def wrong(self, person_id: PersonId, now: datetime) -> int:
        """Remember a wrong try and return how many are left before the lock."""
        old = self.of(person_id)
        self._keep(person_id, Tries(old.in_row + 1, (*old.untold, now)))
        return max(0, LOCKED_AFTER - old.in_row - 1)

    def right(self, person_id: PersonId) -> None:
        """Begin a new row; what was not yet told stays to be told."""
        old = self.of(person_id)
        if old.in_row:
            self._keep(person_id, Tries(0, old.untold))

    def untold(self, person_id: PersonId) -> tuple[datetime, ...]:
        """Return the times of the wrong tries that no recorded sign-in has told yet."""
        return self.of(person_id).untold

    def told(self, person_id: PersonId, tries: tuple[datetime, ...]) -> None:
        """Forget these tries, which a recorded sign-in has told."""
        old = self.of(person_id)
        if tries:
            left = tuple(at for at in old.untold if at not in tries)
            self._keep(person_id, Tries(old.in_row, left))

    def _keep(self, person_id: PersonId, tries: Tries) -> None:
        book = self._read() | {person_id: tries}
        kept = {person: entry for person, entry in book.items() if entry != NONE}
        write_replacing(self._path, msgspec.json.encode(kept, order="sorted"))

    def _read(self) -> dict[PersonId, Tries]:
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[PersonId, Tries])
        except (msgspec.DecodeError, UnicodeDecodeError, OSError):
            return {}  # as good as deleted, which nobody can prevent either
