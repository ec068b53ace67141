"""The list of kits as a page shows it: a filter, an order, a direction."""

from collections.abc import Sequence
from dataclasses import dataclass

from pharmacy_app.domain.kits import Kit
from pharmacy_app.records.queries.unblinded import kit_list
from pharmacy_app.records.queries.unblinded.kit_list import Key, KitList
from pharmacy_app.workflows.pharmacy import Pharmacy


@dataclass(frozen=True, slots=True)
class KitsSource:
    """A `pharmacy_app.ui.models.windowed.Source` of kits."""

    pharmacy: Pharmacy
    asked: KitList

    def key_of(self, kit: Kit) -> Key:
        """Return what places a kit in the list."""
        return self.asked.key_of(kit)

    def total(self) -> int:
        """Return how many kits the filter leaves."""
        return kit_list.total(self.pharmacy.reader, self.asked.wanted)

    def behind(self, key: Key | None, limit: int) -> Sequence[Kit]:
        """Return kits behind a key, or from the beginning."""
        return kit_list.behind(self.pharmacy.reader, self.asked, key, limit)

    def before(self, key: Key | None, limit: int) -> Sequence[Kit]:
        """Return kits before a key, or up to the end."""
        return kit_list.before(self.pharmacy.reader, self.asked, key, limit)

    def key_at(self, number: int, of: int) -> Key | None:
        """Return the key of a row."""
        return kit_list.key_at(self.pharmacy.reader, self.asked, number, of)

    def number_of(self, key: Key) -> int:
        """Return how many kits stand before a key."""
        return kit_list.number_of(self.pharmacy.reader, self.asked, key)
