"""Storage as a map: a unit with its racks and boxes, the box looked into, moves and daily checks."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pharmacy_app.domain.events.storage import BlockReason
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.locations import Unit, read_box, read_position
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.queries.unblinded import kits as kit_queries
from pharmacy_app.records.queries.unblinded import site as site_queries
from pharmacy_app.records.queries.unblinded import storage as queries
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.papers import show_paper
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.storage.add_unit import AddUnitDialog
from pharmacy_app.ui.storage.block import BlockDialog
from pharmacy_app.ui.storage.glances import (
    address,
    name_in_box,
    place_on_map,
    taken_in,
    unit_glance,
)
from pharmacy_app.ui.storage.kits_said import place
from pharmacy_app.ui.storage.moves import MovesPanel
from pharmacy_app.ui.storage.unit_check import (
    SHOWN,
    AskedCheck,
    UnitCheckDialog,
    limits_said,
    reading,
)
from pharmacy_app.ui.widgets.buttons import ReasonedButton
from pharmacy_app.ui.widgets.fields import ChoiceField, TextField
from pharmacy_app.ui.widgets.legend import Legend
from pharmacy_app.ui.widgets.position_map import PositionMap
from pharmacy_app.ui.widgets.surfaces import Badge, Card, words
from pharmacy_app.ui.widgets.tank_map import TankMap
from pharmacy_app.ui.workplace import Workplace
from pharmacy_app.workflows import storage_papers, storing, unit_checks
from pharmacy_app.workflows.unit_checks import UnitStanding

BOX = 388
"""Pixels of the side on which a box is looked into."""


class StorageView(Spoken, QWidget):
    """The map of one unit. Enter goes into a box, Esc comes back out.

    ``answered`` comes with a `ScanAnswer`, ``changed`` with the kinds of rows that changed,
    ``refused`` with what was scanned (or None) and why not, ``kit_chosen`` with a kit's number.
    """

    answered = Signal(object)
    changed = Signal(object)
    refused = Signal(object, object)
    kit_chosen = Signal(str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._box, self._free = "", 0
        self.unit = ChoiceField()
        self.search = TextField(codes=True)
        self.legend = Legend()
        self.check, self.paper, self.several = (ReasonedButton() for _ in range(3))
        self.pick, self.add = ReasonedButton(), ReasonedButton()
        self.tank, self.box = TankMap(), PositionMap()
        self._standing = Badge()
        self._unit_card, self._box_card = Card(), Card()
        self._place = words("", "strong", wrap=True)
        self.block, self.free, self.show_kit = (ReasonedButton() for _ in range(3))
        self.moves = MovesPanel(workplace)
        self.moves.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        self.unit.setMinimumWidth(220)
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(220)
        bottom = Qt.AlignmentFlag.AlignBottom
        for field in (self.unit, self.search):
            head.addWidget(field)
        head.addStretch(1)
        for button in (self.several, self.check, self.paper, self.pick, self.add):
            head.addWidget(button, 0, bottom)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.tank)
        seen = QHBoxLayout()
        seen.setSpacing(12)
        seen.addWidget(self._standing, 1)
        seen.addWidget(self.legend)
        self._unit_card.body.addLayout(seen)
        self._unit_card.body.addWidget(area, 1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button in (self.show_kit, self.block, self.free):
            acts.addWidget(button)
        acts.addStretch(1)
        self._box_card.setFixedWidth(BOX)
        self._box_card.body.addWidget(self.box, 1)
        self._box_card.body.addWidget(self._place)
        self._box_card.body.addLayout(acts)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._unit_card, 1)
        left.addWidget(self.moves, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(self._box_card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.unit.chosen.connect(lambda _: self._show_unit())
        self.search.editor.returnPressed.connect(self.find_typed)
        self.tank.box_selected.connect(self._on_box)
        self.tank.box_opened.connect(lambda *_: self.box.setFocus(Qt.FocusReason.OtherFocusReason))
        self.box.position_selected.connect(self._on_place)
        self.box.position_opened.connect(lambda _: self._open_kit())
        self.show_kit.clicked.connect(self._open_kit)
        self.check.clicked.connect(self.ask_check)
        self.paper.clicked.connect(self.show_map_paper)
        self.several.clicked.connect(self.start_moves)
        self.add.clicked.connect(self.ask_unit)
        self.pick.clicked.connect(self.show_pick_list)
        self.block.clicked.connect(self.ask_block)
        self.free.clicked.connect(self.ask_free)
        self.moves.answered.connect(self.answered)
        self.moves.refused.connect(self.refused)
        self.moves.booked.connect(self.changed)
        self.moves.closed.connect(self.moves.hide)

    # What is shown

    @property
    def _units(self) -> dict[str, Unit]:
        return storing.units(self._workplace.pharmacy)

    @property
    def current(self) -> Unit | None:
        """The unit shown."""
        return self._units.get(str(self.unit.value))

    def retranslate(self) -> None:
        """Set every text again."""
        self.unit.set_label(self.tr("Storage unit"))
        self.search.set_label(self.tr("Find a kit or a box"))
        self.check.setText(self.tr("Daily check…"))
        self.paper.setText(self.tr("Box map…"))
        self.several.setText(self.tr("Move several…"))
        self.pick.setText(self.tr("Pick list…"))
        self.add.setText(self.tr("Add unit…"))
        self.block.setText(self.tr("Block…"))
        self.free.setText(self.tr("Unblock…"))
        self.show_kit.setText(self.tr("Show the kit"))
        self._tell_unit()
        self._tell_box()
        self._tell_place()

    def refresh(self) -> None:
        """Read the units and what lies in them again."""
        units = self._units
        self.unit.set_choices(
            [(code, f"{code} · {unit.name}") for code, unit in units.items()],
            ask="" if units else self.tr("No storage unit yet"),
        )
        nothing = "" if units else self.tr("There is no storage unit yet.")
        for button in (self.check, self.paper, self.several):
            button.bar(nothing)
        assigned = storage_papers.assigned_kits(self._workplace.pharmacy)
        self.pick.bar("" if assigned else self.tr("No kit is assigned to a dose."))
        self._show_unit()

    def _show_unit(self) -> None:
        unit = self.current
        if unit is None:
            self.retranslate()
            return
        self.tank.show_unit(unit_glance(self._workplace.pharmacy, unit))
        if self._box.partition("-")[0] != unit.code:
            self._box = next(unit.capacity.boxes_in_order())
        self._show_box(self._box)
        self.retranslate()

    def _show_box(self, box: str) -> None:
        if box != self._box:
            self.box.select("")
        self._box = box
        unit = self._units[box.partition("-")[0]]
        first = read_position(next(unit.capacity.positions_of(box)))
        self.tank.select(first.rack - 1, first.box - 1)
        size = unit.capacity
        taken = taken_in(self._workplace.pharmacy, box)
        self.box.show_box(
            size.rows,
            size.columns,
            taken,
            lambda name: unit.place_label(read_position(f"{box}-{name}")),
        )
        self._free = size.places_a_box - len(taken)
        self._tell_box()
        self._tell_place()

    def _tell_box(self) -> None:
        unit = self._units.get(self._box.partition("-")[0])
        if unit is not None:
            at = read_position(f"{self._box}-A1")
            self._box_card.set_title(
                place(unit.box_address(at.rack, at.box)),
                self.tr("{count} free").format(count=self._free),
            )

    def _tell_unit(self) -> None:
        unit = self.current
        if unit is None:
            self._unit_card.set_title(self.tr("No storage unit yet"))
            return
        self._unit_card.set_title(f"{unit.code} · {unit.name}", limits_said(unit))
        standings = unit_checks.standings(self._workplace.pharmacy)
        self._standing.set_state(
            *self._checked(next(one for one in standings if one.unit.code == unit.code))
        )

    def _checked(self, one: UnitStanding) -> tuple[State, str]:
        if one.last is None:
            state = State.WARN if one.missed and one.in_use else State.QUIET
            return state, self.tr("Never checked")
        told = self.tr("Checked {when}: {reading}").format(
            when=wording.moment(one.last.at), reading=reading(one.last)
        )
        if not one.last.within:
            return State.STOP, self.tr("{told} · outside its limits").format(told=told)
        if one.missed and one.in_use:
            missed = self.tr("{told} · days missed since: {count}")
            return State.WARN, missed.format(told=told, count=one.missed)
        return State.OK, told

    @property
    def place(self) -> str:
        """The place selected in the box, as it is stored; empty if none is."""
        return f"{self._box}-{self.box.selected}" if self.box.selected else ""

    def _tell_place(self) -> None:
        kit = self._kit_here()
        blocked = [
            found
            for found in queries.blocked(self._workplace.pharmacy.reader, self._box or "-")
            if found.position == self.place
        ]
        nothing = "" if self.place else self.tr("Select a place first.")
        self.show_kit.bar(nothing or ("" if kit else self.tr("No kit lies here.")))
        taken = self.tr("A kit lies here: move it first.") if kit else ""
        already = self.tr("It is blocked already.") if blocked else ""
        self.block.bar(nothing or taken or already)
        self.free.bar(nothing or ("" if blocked else self.tr("It is not blocked.")))
        if not self.place:
            self._place.setText(self.tr("Select a place: by pointer, or Enter and arrow keys."))
            return
        told = self.tr("free")
        if kit is not None:
            told = kit
        elif blocked:
            told = f"{wording.term(f'block_reason.{blocked[0].why}')} · {blocked[0].remarks}"
        self._place.setText(f"{address(self._units, self.place)}\n{told}")

    def _kit_here(self) -> KitNumber | None:
        for kit in kit_queries.in_box(self._workplace.pharmacy.reader, self._box or "-"):
            if kit.position == self.place:
                return kit.kit_number
        return None

    # Hands

    def show_kit_place(self, number: str) -> bool:
        """Show where a kit lies, with a ring around it; False if it lies nowhere."""
        kit = kit_queries.kit(self._workplace.pharmacy.reader, number.strip().upper())
        if kit is None or kit.position is None:
            self.tank.point_at(None)
            return False
        at = read_position(kit.position)
        self.unit.set_value(at.unit)
        self._show_unit()
        self._show_box(at.box_id)
        self.box.select(name_in_box(kit.position))
        self.tank.point_at(place_on_map(self._units[at.unit], at))
        self._tell_place()
        return True

    def show_unit(self, code: str) -> None:
        """Show one unit."""
        self.unit.set_value(code)
        self._show_unit()

    @Slot()
    def find_typed(self) -> None:
        """Show the kit or the box whose number was typed."""
        text = self.search.text
        box = read_box(text, self._units)
        if box is not None:
            self.show_unit(box.partition("-")[0])
            self._show_box(box)
            self.search.set_error("")
            return
        there = self.show_kit_place(text)
        self.search.set_error("" if there else self.tr("Neither a kit in storage nor a box."))

    def scan(self, scan: RawScan) -> bool:
        """Take a scan while moves are collected; return False if it is not ours."""
        if not self.moves.isVisible():
            return False
        self.moves.take(scan)
        return True

    @Slot(int, int)
    def _on_box(self, rack: int, box: int) -> None:
        unit = self.current
        if unit is not None:
            self._show_box(f"{unit.code}-R{rack + 1}-B{box + 1:02d}")

    @Slot(str)
    def _on_place(self, name: str) -> None:
        del name
        self._tell_place()
        if self.moves.isVisible():
            self.moves.choose(self.place)

    @Slot()
    def _open_kit(self) -> None:
        kit = self._kit_here()
        if kit is not None:
            self.kit_chosen.emit(kit)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Come back out of a box on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.box.hasFocus():
            self.tank.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    # Acts

    @Slot()
    def start_moves(self) -> None:
        """Begin to collect moves."""
        self.moves.show()
        self.moves.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def show_map_paper(self) -> None:
        """Show the map of the box that is looked into, to be printed."""
        pharmacy, box = self._workplace.pharmacy, self._box
        show_paper(
            pharmacy,
            lambda: storage_papers.box_map(pharmacy, box),
            self.tr("Box map"),
            f"unit/{box}",
            lambda problem: self.refused.emit(None, problem),
            self,
        )

    @Slot()
    def show_pick_list(self) -> None:
        """Show the list of the kits that wait for their doses, to be fetched in one go."""
        pharmacy = self._workplace.pharmacy
        because = self.tr("Kits assigned to doses")
        show_paper(
            pharmacy,
            lambda: storage_papers.pick_list(
                pharmacy, storage_papers.assigned_kits(pharmacy), because
            ),
            self.tr("Pick list"),
            "pick-list",
            lambda problem: self.refused.emit(None, problem),
            self,
        )

    @Slot()
    def ask_unit(self) -> None:
        """Ask for another storage unit."""
        dialog = AddUnitDialog(self._workplace.pharmacy, self._units.keys(), self)
        dialog.accepted.connect(
            lambda: self.changed.emit(dialog.added.changed if dialog.added else frozenset())
        )
        dialog.open()

    @Slot()
    def ask_check(self) -> None:
        """Ask what was read at the unit."""
        unit, pharmacy = self.current, self._workplace.pharmacy
        if unit is None:
            return
        names = {one.person_id: one.printed_name for one in site_queries.people(pharmacy.reader)}
        before = queries.checks(pharmacy.reader, unit.code, SHOWN)
        dialog = UnitCheckDialog(
            unit, before, names, partial(unit_checks.concern, pharmacy, unit), self
        )
        dialog.asked.connect(lambda read: self._record_check(dialog, unit.code, read))
        dialog.open()

    def _record_check(self, dialog: UnitCheckDialog, unit: str, read: AskedCheck) -> None:
        try:
            appended = unit_checks.check(
                self._workplace.pharmacy,
                unit,
                temperature_c=read.temperature_c,
                level_cm=read.level_cm,
                remarks=read.remarks,
                case_since=read.case_since,
            )
        except (Refused, EnvironmentProblem) as problem:
            dialog.show_problem(problem)
            return
        dialog.accept()
        self.changed.emit(appended.changed)

    @Slot()
    def ask_block(self) -> None:
        """Ask why the selected place is to be blocked."""
        place = self.place
        dialog = BlockDialog(address(self._units, place), self)
        dialog.asked.connect(lambda why, remarks: self.block_place(place, why, remarks))
        dialog.open()

    def block_place(self, place: str, why: BlockReason, remarks: str) -> None:
        """Block a place."""
        try:
            appended = storing.block(self._workplace.pharmacy, place, why, remarks)
        except (Refused, EnvironmentProblem) as problem:
            self.refused.emit(None, problem)
            return
        self.changed.emit(appended.changed)

    @Slot()
    def ask_free(self) -> None:
        """Ask why the selected place can be used again."""
        place = self.place
        dialog = QuestionsDialog(
            self.tr("Unblock {place}").format(place=address(self._units, place)),
            self.tr("It may take a kit again."),
            [self.tr("Why it can be used again")],
            self.tr("Unblock it"),
            self,
        )
        dialog.answered.connect(lambda given: self.free_place(place, given[0]))
        dialog.open()

    def free_place(self, place: str, remarks: str) -> None:
        """Free a blocked place."""
        try:
            appended = storing.unblock(self._workplace.pharmacy, place, remarks)
        except (Refused, EnvironmentProblem) as problem:
            self.refused.emit(None, problem)
            return
        self.changed.emit(appended.changed)
