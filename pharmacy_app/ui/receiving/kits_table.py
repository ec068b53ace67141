"""The kits of a shipment: what was found, and what becomes of each when the receipt is signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from pharmacy_app.domain.events.stock import Condition
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.ui import wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.storage.kits_said import STATES
from pharmacy_app.ui.widgets.surfaces import Card, words
from pharmacy_app.ui.widgets.table import KeyedTable

PLACE = 2
NOWHERE = "–"
SAYS_ITSELF = "shipment.no_logger"
"""A reason that the state it leads to says already."""
CONDITIONS = {
    Condition.INTACT: State.OK,
    Condition.DAMAGED: State.STOP,
    Condition.MISSING: State.STOP,
    Condition.UNEXPECTED: State.WARN,
}


@dataclass(frozen=True, slots=True)
class ShippedKit:
    """One line: the kit, what was found, what becomes or became of it and by which rule."""

    number: KitNumber
    kit: Kit | None
    condition: Condition | None
    outcome: KitState | None
    rule: str


class KitsTable(Spoken, Card):
    """A line a kit, in the order of their numbers; unexpected ones last."""

    def __init__(self) -> None:
        super().__init__()
        self.set_margins(1, 1, 1, 1)
        self._lines: Sequence[ShippedKit] = ()
        model = PagedModel(
            [
                Column(lambda: self.tr("Kit"), lambda k: k.number, width=92),
                Column(lambda: self.tr("Found"), self._found, self._found_state, width=150),
                Column(lambda: self.tr("Place"), _place, width=112),
                Column(lambda: self.tr("Becomes"), self._outcome, self._outcome_state),
            ],
            self._fetch,
            lambda k: k.number,
        )
        self.table: KeyedTable[ShippedKit] = KeyedTable(model)
        self.table.setColumnHidden(PLACE, True)
        self.told = words("", "muted", wrap=True)
        self.told.setContentsMargins(12, 6, 12, 8)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.told)
        self.table.row_selected.connect(lambda _: self.retranslate())
        self.retranslate()

    def show_kits(self, lines: Sequence[ShippedKit], *, places: bool) -> None:
        """Show other lines; their places once they may have one."""
        self._lines = lines
        self.table.setColumnHidden(PLACE, not places)
        self.table.refresh()
        self.retranslate()

    def retranslate(self) -> None:
        """Tell the selected line in full: a column may be too narrow for its reason."""
        line = self.table.selected()
        parts = (
            ()
            if line is None
            else (line.number, self._found(line), _place(line), self._outcome(line))
        )
        self.told.setText(" · ".join(part for part in parts if part not in {"", NOWHERE}))
        self.told.setVisible(line is not None)

    def _fetch(self, after: object, limit: int) -> Sequence[ShippedKit]:
        numbers = [line.number for line in self._lines]
        start = 0 if after is None else numbers.index(KitNumber(str(after))) + 1
        return self._lines[start : start + limit]

    def _found(self, line: ShippedKit) -> str:
        if line.condition is None:
            return self.tr("not scanned yet")
        return wording.term(f"condition.{line.condition}")

    @staticmethod
    def _found_state(line: ShippedKit) -> State | None:
        return State.QUIET if line.condition is None else CONDITIONS[line.condition]

    @staticmethod
    def _outcome(line: ShippedKit) -> str:
        if line.outcome is None:
            return ""
        state = wording.term(f"kit_state.{line.outcome}")
        told = line.rule and line.rule != SAYS_ITSELF
        return f"{state} · {wording.term(line.rule)}" if told else state

    @staticmethod
    def _outcome_state(line: ShippedKit) -> State | None:
        return None if line.outcome is None else STATES.get(line.outcome, State.QUIET)


def _place(line: ShippedKit) -> str:
    return NOWHERE if line.kit is None or line.kit.position is None else line.kit.position
