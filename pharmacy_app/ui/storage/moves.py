"""Moves staged together: kits and places scanned one after the other, looked at, signed once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.ids import KitNumber
from pharmacy_app.domain.locations import read_box
from pharmacy_app.domain.moves import PlannedMove
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import Refused
from pharmacy_app.records.ledger import Appended
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.pages.page import ScanAnswer
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.papers import show_paper
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.storage.glances import address, written
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import NumberField
from pharmacy_app.ui.widgets.surfaces import Card, words
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace, scanned
from pharmacy_app.workflows import moving, stock, storage_papers, storing
from pharmacy_app.workflows.moving import Staged


@dataclass(frozen=True, slots=True)
class Line:
    """One staged move as the list shows it."""

    number: int
    plan: PlannedMove


class MovesPanel(Spoken, Card):
    """Waits for a kit, then for its place; a box scanned instead is filled kit by kit.

    ``answered`` comes with a `ScanAnswer`, ``booked`` with the kinds of rows that changed,
    ``refused`` with what was scanned and why not, ``closed`` when it is given up or done.
    """

    answered = Signal(object)
    booked = Signal(object)
    refused = Signal(object, object)
    closed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._workplace = workplace
        self._staged: list[Staged] = []
        self._plan: Sequence[PlannedMove] = ()
        self._kit: KitNumber | None = None
        self._swap = False
        self._box = ""
        self._since: datetime | None = None
        self._told = words("", "step", wrap=True)
        self._hint = words("", "muted", wrap=True)
        self.table: KeyedTable[Line] = KeyedTable(self._model())
        self.minutes = NumberField()
        self.watch, self.swap, self.whole = (ReasonedButton() for _ in range(3))
        self.remove, self.sheet, self.drop = (ReasonedButton() for _ in range(3))
        self.sign = PrimaryButton()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _model(self) -> PagedModel[Line]:
        return PagedModel(
            [
                Column(lambda: self.tr("Kit"), lambda one: one.plan.move.kit.kit_number, width=100),
                Column(lambda: self.tr("From"), lambda one: self._from(one.plan), width=126),
                Column(lambda: self.tr("To"), lambda one: self._to(one.plan), width=126),
                Column(
                    lambda: self.tr("Out, min"),
                    lambda one: str(one.plan.move.seconds_out // 60),
                    width=84,
                    right=True,
                ),
                Column(lambda: self.tr("Check"), self._word, self._state, width=180),
            ],
            self._fetch,
            lambda one: one.number,
        )

    def _lay_out(self) -> None:
        self.table.setMinimumHeight(96)
        self.minutes.setMaximumWidth(190)
        self.set_margins(12, 8, 12, 10)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for button in (self.watch, self.swap, self.whole, self.remove):
            tools.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        tools.addStretch(1)
        tools.addWidget(self.minutes)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.drop)
        foot.addStretch(1)
        foot.addWidget(self.sheet)
        foot.addWidget(self.sign)
        self.body.addWidget(self._told)
        self.body.addLayout(tools)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._hint)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.table.row_selected.connect(lambda _: self._tell_line())
        self.watch.clicked.connect(self.start_watch)
        self.swap.clicked.connect(self.ask_swap)
        self.whole.clicked.connect(self.ask_whole_box)
        self.remove.clicked.connect(self.remove_line)
        self.sheet.clicked.connect(self.show_sheet)
        self.drop.clicked.connect(self.give_up)
        self.sign.clicked.connect(self.ask_signature)
        self.minutes.changed.connect(lambda _: self._look())

    # What is shown

    def _fetch(self, after: int | None, limit: int) -> Sequence[Line]:
        first = 0 if after is None else after + 1
        return [Line(number, one) for number, one in enumerate(self._plan)][first : first + limit]

    def _from(self, one: PlannedMove) -> str:
        return written(storing.units(self._workplace.pharmacy), one.source)

    def _to(self, one: PlannedMove) -> str:
        return written(storing.units(self._workplace.pharmacy), one.move.target)

    def _word(self, line: Line) -> str:
        if line.plan.conflicts:
            return wording.violation_in_words(line.plan.conflicts[0]).found
        return self.tr("set aside first") if line.plan.set_aside else self.tr("can be done")

    def _state(self, line: Line) -> State:
        if line.plan.conflicts:
            return State.STOP
        return State.INFO if line.plan.set_aside else State.OK

    @property
    def staged(self) -> tuple[Staged, ...]:
        """The moves collected so far, as they would be booked now."""
        told = None if self.minutes.value is None else int(self.minutes.value)
        return tuple(replace(one, minutes_out=told) for one in self._staged)

    def retranslate(self) -> None:
        """Set every text again."""
        self.setAccessibleName(self.tr("Move several kits"))
        self.minutes.set_label("", self.tr("min out, each"))
        since = "" if self._since is None else wording.minute(self._since)
        self.watch.setText(
            self.tr("Out since {when}").format(when=since) if since else self.tr("Taken out now")
        )
        self.swap.setText(self.tr("Swap"))
        self.whole.setText(self.tr("Whole box…"))
        self.remove.setText(self.tr("Remove line"))
        self.sheet.setText(self.tr("Move sheet…"))
        self.drop.setText(self.tr("Give up"))
        self.sign.setText(self.tr("Sign and book"))
        self.table.set_name(self.tr("Staged moves"))
        self._tell()

    def _tell(self) -> None:
        if self._kit is not None and self._swap:
            told = self.tr("Scan the kit that {kit} changes places with")
            self._told.setText(told.format(kit=self._kit))
        elif self._kit is not None:
            told = self.tr("Scan the place for {kit}, or choose it on the map")
            self._told.setText(told.format(kit=self._kit))
        elif self._box:
            told = self.tr("Scan the kits for box {box}, in their order")
            self._told.setText(told.format(box=self._box))
        else:
            self._told.setText(self.tr("Scan a kit, or the box that is to be filled"))
        self._tell_line()
        nothing = "" if self._staged else self.tr("Nothing is staged yet.")
        barred = any(one.conflicts for one in self._plan)
        conflict = self.tr("A move cannot be done: see the list.") if barred else ""
        for button in (self.sheet, self.sign):
            button.bar(nothing or conflict)
        self.remove.bar(nothing)
        self.swap.bar("" if self._kit else self.tr("Scan a kit first."))

    @Slot()
    def _tell_line(self) -> None:
        """Say in full what stands in the way of the selected move, or when anything is recorded."""
        line = self.table.selected() if self._plan else None
        conflicts = () if line is None else line.plan.conflicts
        told = [wording.violation_in_words(conflict) for conflict in conflicts]
        self._hint.setText(
            " ".join(f"{one.found} {one.remedy}" for one in told)
            or self.tr("Nothing is recorded before the signature; then all of it or nothing.")
        )

    def _look(self) -> None:
        """Measure the staged moves again and show what stands in their way."""
        self._plan = moving.preview(self._workplace.pharmacy, self.staged)
        self.table.refresh()
        if self.table.selected() is None and self._plan:
            self.table.selectRow(0)
        self.retranslate()

    # Hands

    def take(self, scan: RawScan) -> None:
        """Take a scan: a place for the kit in the hand, a box to fill, or a kit."""
        pharmacy = self._workplace.pharmacy
        known = storing.units(pharmacy)
        try:
            if self._kit is not None and storing.position_named(pharmacy, scan.raw) is not None:
                self._stage([moving.to_place(pharmacy, self._kit, scan.raw)])
            elif (box := read_box(scan.raw, known)) is not None:
                self._take_box(box)
            else:
                self._take_kit(stock.known_kit(pharmacy, scanned(scan)).kit_number)
        except Refused as refused:
            self.refused.emit(scan, refused)

    def choose(self, place: str) -> None:
        """Take a place chosen on the map for the kit in the hand; without one do nothing."""
        if self._kit is not None:
            self.take(RawScan(place, typed=True))

    def _take_box(self, box: str) -> None:
        if self._kit is None:
            self._box = box
            self.answered.emit(ScanAnswer(box, State.OK, self.tr("now the kits for it")))
            self.retranslate()
            return
        self._fill(box, self._kit)

    def _fill(self, box: str, number: KitNumber) -> None:
        self._stage(moving.filling(self._workplace.pharmacy, box, [number], self._staged))

    def _take_kit(self, number: KitNumber) -> None:
        if self._swap and self._kit is not None:
            self._stage(moving.swapped(self._workplace.pharmacy, self._kit, number))
        elif self._box:
            self._fill(self._box, number)
        else:
            self._kit = number
            self.answered.emit(ScanAnswer(number, State.OK, self.tr("now its place")))
            self.retranslate()

    def _stage(self, moves: Sequence[Staged]) -> None:
        self._staged += [replace(one, out_since=self._since) for one in moves]
        self._kit, self._swap = None, False
        self._look()
        units = storing.units(self._workplace.pharmacy)
        last = moves[-1]
        said = self.tr("staged for {place}").format(place=address(units, last.target))
        self.answered.emit(ScanAnswer(last.kit_number, State.OK, said))

    @Slot()
    def start_watch(self) -> None:
        """Note that kits are taken out from now on; the time counts until they are booked."""
        self._since = self._workplace.pharmacy.now()
        self._staged = [
            one if one.out_since else replace(one, out_since=self._since) for one in self._staged
        ]
        self._look()

    @Slot()
    def ask_swap(self) -> None:
        """Wait for the kit that the one in the hand changes places with."""
        self._swap = True
        self.retranslate()

    @Slot()
    def ask_whole_box(self) -> None:
        """Ask which box goes where, and stage every kit of it."""
        dialog = QuestionsDialog(
            self.tr("Move a whole box"),
            self.tr("Every kit goes to the same place of the other box."),
            [self.tr("Box to empty"), self.tr("Box to fill")],
            self.tr("Stage its moves"),
            self,
        )
        dialog.answered.connect(lambda given: self.stage_box(given[0], given[1]))
        dialog.open()

    def stage_box(self, box: str, to: str) -> None:
        """Stage the moves of every kit of a box to another one."""
        pharmacy = self._workplace.pharmacy
        known = storing.units(pharmacy)
        try:
            boxes = [moving.box_named(text, known) for text in (box, to)]
            self._stage(moving.whole_box(pharmacy, *boxes))
        except Refused as refused:
            self.refused.emit(None, refused)

    @Slot()
    def remove_line(self) -> None:
        """Take the selected move out of the list."""
        line = self.table.selected()
        if line is not None:
            gone = line.plan.move
            at = next(
                number
                for number, one in enumerate(self._staged)
                if (one.kit_number, one.target) == (gone.kit.kit_number, gone.target)
            )
            del self._staged[at]
            self._look()

    @Slot()
    def show_sheet(self) -> None:
        """Show the sheet of the moves, to be printed and taken to the tank."""
        pharmacy, staged = self._workplace.pharmacy, self.staged
        show_paper(
            pharmacy,
            lambda: storage_papers.move_sheet(pharmacy, staged),
            self.tr("Move sheet"),
            "move-sheet",
            lambda problem: self.refused.emit(None, problem),
            self,
        )

    @Slot()
    def give_up(self) -> None:
        """Forget every staged move."""
        self._staged, self._plan = [], ()
        self._kit, self._swap, self._box, self._since = None, False, "", None
        self.table.refresh()
        self.retranslate()
        self.closed.emit()

    @Slot()
    def ask_signature(self) -> None:
        """Ask for the one signature that books every move."""
        workplace, staged = self._workplace, self.staged
        said = self.tr("{count} kits lie where the list says, each out as long as it says.")
        sign_and(
            workplace,
            said.format(count=len(staged)),
            [
                workplace.asked(
                    Meaning.REPORTED,
                    Task.MOVE_KITS,
                    chosen=workplace.pharmacy.person.person_id,
                )
            ],
            lambda credentials: moving.book(workplace.pharmacy, staged, credentials[0]),
            self._on_booked,
            self,
        )

    def _on_booked(self, appended: Appended) -> None:
        self.give_up()
        self.booked.emit(appended.changed)
