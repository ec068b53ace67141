"""The list of kits: any order, any filter, any length."""

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.kits import Kit, last_minute
from pharmacy_app.records.queries.unblinded import kits as queries
from pharmacy_app.records.queries.unblinded.kit_list import KitList, Listing, Order, kit_list
from pharmacy_app.records.queries.unblinded.kits import KitFilter
from pharmacy_app.ui import wording
from pharmacy_app.ui.models.paged import Column
from pharmacy_app.ui.models.windowed import WindowedModel
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.storage import kits_said
from pharmacy_app.ui.storage.glances import written
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import storing


class KitsTable(KeyedTable[Kit]):
    """Sorted by expiry at first; a column's title sorts by it, once more the other way round."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        self._pharmacy = workplace.pharmacy
        self._listing = Listing(KitFilter())
        self._list = kit_list(self._pharmacy.reader, self._listing)
        self.now = self._pharmacy.now()
        self.units = storing.units(self._pharmacy)
        self._rows = WindowedModel(self._columns(), self._listed)
        super().__init__(self._rows, parent)
        self.sort_asked.connect(self.sort)
        self._mark()

    def _listed(self) -> KitList:
        self._list = kit_list(self._pharmacy.reader, self._listing)
        return self._list

    def _columns(self) -> list[Column[Kit]]:
        return [
            Column(lambda: self.tr("Kit"), lambda k: k.kit_number, width=100, order=Order.NUMBER),
            Column(lambda: self.tr("Type"), lambda k: k.kit_type, width=96, order=Order.TYPE),
            Column(lambda: self.tr("Lot"), lambda k: k.lot, width=90, order=Order.LOT),
            Column(
                lambda: self.tr("Expiry"),
                lambda k: wording.day(last_minute(k.expiry)),
                width=92,
                order=Order.EXPIRY,
            ),
            Column(
                lambda: self.tr("Place"),
                lambda k: written(self.units, k.position),
                width=118,
                order=Order.PLACE,
            ),
            Column(
                lambda: self.tr("State"), self.word_of, self.state_of, width=150, order=Order.STATE
            ),
            Column(
                lambda: self.tr("Out"),
                lambda k: kits_said.out(k.seconds_out_until(self.now)),
                width=50,
                order=Order.TIME_OUT,
            ),
        ]

    def word_of(self, kit: Kit) -> str:
        """Return a kit's state in a word."""
        return kits_said.state_word(kit, self.now)

    def state_of(self, kit: Kit) -> State:
        """Return the colour of a kit's state."""
        return kits_said.state_of(kit, self.now)

    @property
    def shown(self) -> str:
        """How many kits the filter leaves; ``1000+`` if there are more that hold a text."""
        return f"{self._list.total}+" if self._list.cut else str(self._list.total)

    @property
    def all(self) -> int:
        """How many kits there are."""
        return queries.count(self._pharmacy.reader, KitFilter())

    def narrow(self, wanted: KitFilter) -> None:
        """Read the list anew, under a filter, with the same kit selected if it is still in it."""
        self._listing = replace(self._listing, wanted=wanted)
        self._read()

    @Slot(object, bool)
    def sort(self, order: Order, descending: bool) -> None:  # noqa: FBT001 - a signal's
        """Sort the list by a column."""
        self._listing = replace(self._listing, order=order, descending=descending)
        self._read()

    def _read(self) -> None:
        kit = self.selected()
        self._rows.refresh()
        self._mark()
        if kit is not None:
            self.select_kit(queries.kit(self._pharmacy.reader, kit.kit_number) or kit)
        if self.selected() is None and self._list.total:
            self.selectRow(0)

    def select_kit(self, kit: Kit) -> bool:
        """Select a kit; False if the filter leaves it out."""
        return self.select_key(kit)

    def _mark(self) -> None:
        self.show_sorted(self._listing.order, descending=self._listing.descending)
