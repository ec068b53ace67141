"""Telling a position while a stock count is scanned: a blank map of the open box."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from pharmacy_app.domain.counting import Seen
from pharmacy_app.domain.locations import Unit, read_position
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.storage.glances import name_in_box
from pharmacy_app.ui.widgets.position_map import Occupied, PositionMap
from pharmacy_app.ui.widgets.surfaces import Card, words

HIGH = 224


class PlaceCard(Spoken, Card):
    """A cell chosen goes with the next kit. Marked is what was scanned with a position, no more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._shown = False
        self.map = PositionMap()
        self.map.setMaximumHeight(HIGH)
        self._next = words("", "muted", wrap=True)
        self.body.addWidget(self.map)
        self.body.addWidget(self._next)
        self.map.position_selected.connect(lambda _: self.retranslate())

    @property
    def chosen(self) -> str:
        """The position for the next kit, such as ``D2``; empty for none."""
        return self.map.selected if self._shown else ""

    def choose(self, name: str) -> None:
        """Choose a position for the next kit, or none."""
        self.map.select(name)
        self.retranslate()

    def show_box(self, unit: Unit | None, box: str, seen: Sequence[Seen]) -> None:
        """Show a box with the positions that were told in it; without a unit there is no map."""
        self._shown = unit is not None
        self.setVisible(self._shown)
        if unit is None:
            return
        taken = {
            name_in_box(one.position): Occupied(one.kit_number, State.INFO, self.tr("scanned"))
            for one in seen
            if one.position is not None
        }
        self.map.show_box(
            unit.capacity.rows,
            unit.capacity.columns,
            taken,
            lambda name: unit.place_label(read_position(f"{box}-{name}")),
        )

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Position, if you want to tell it"))
        at = self.tr("The next kit lies at {place}.").format(place=self.map.selected)
        none = self.tr("Choose a cell for the next kit, or none.")
        self._next.setText(at if self.map.selected else none)
