"""A stocked site where one person after another signs in, as the records allow one at a time."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from pharmacy_app.domain.ids import KitNumber, PersonId
from pharmacy_app.domain.kits import Kit
from pharmacy_app.records.queries.unblinded import accountability
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.workflows import counting
from pharmacy_app.workflows.pharmacy import Pharmacy, Scanned
from tests.pharmacies import CREDENTIALS, LI, WANG, MadeSite

Lying = dict[str, list[KitNumber]]
"""Which kits lie in which box."""


class Shift:
    """Who is signed in now; `change` signs them out and somebody else in."""

    def __init__(self, made: MadeSite) -> None:
        self.made = made
        self._open = ExitStack()
        self.person = WANG
        self.pharmacy: Pharmacy
        self._enter(WANG)

    def _enter(self, person: PersonId) -> None:
        self.person = person
        self.pharmacy = self._open.enter_context(self.made.signed_in(person)).pharmacy

    def change(self, person: PersonId) -> Pharmacy:
        """Let another person sign in, or the same one again."""
        self._open.close()
        self._enter(person)
        return self.pharmacy

    def close(self) -> None:
        """Sign out."""
        self._open.close()

    # What is read

    def kit(self, number: str) -> Kit:
        found = kit_queries.kit(self.pharmacy.reader, number)
        if found is None:
            raise LookupError(number)
        return found

    def in_box(self, box: str) -> list[KitNumber]:
        return [one.kit_number for one in kit_queries.in_box(self.pharmacy.reader, box)]

    def off_balance(self) -> dict[str, tuple[int, int]]:
        """Return balance and shelf of every kit type where they differ."""
        reader = self.pharmacy.reader
        told = {
            kit_type.code: (
                accountability.movements(reader, kit_type.code)[-1].balance,
                accountability.on_shelf(reader, kit_type.code),
            )
            for kit_type in self.pharmacy.trial.kit_types
        }
        return {code: pair for code, pair in told.items() if pair[0] != pair[1]}

    # What is done

    def count(self, count_id: str, box: str, numbers: list[KitNumber]) -> None:
        """Look into one box and scan what lies there."""
        counting.begin_box(self.pharmacy, count_id, box)
        for number in numbers:
            counting.scan(self.pharmacy, count_id, Scanned(number))
        counting.finish_box(self.pharmacy, count_id)

    def counted(self, lying: Lying, scope: str = "") -> str:
        """Count and recount what lies where until the differences stand; the first person is back."""
        count = counting.open_count(self.pharmacy, scope)
        for person in (WANG, LI):
            self.change(person)
            number = counting.known(self.pharmacy, count.count_id).round
            for line in queries.boxes(self.pharmacy.reader, count.count_id, number):
                self.count(count.count_id, line.box, lying.get(line.box, []))
            counting.close(self.pharmacy, count.count_id, CREDENTIALS[person])
        self.change(WANG)
        return count.count_id


@contextmanager
def shift_at(made: MadeSite) -> Iterator[Shift]:
    """Sign the first person in, and whoever is there at the end out."""
    shift = Shift(made)
    try:
        yield shift
    finally:
        shift.close()
