"""Scanning a stock count: the boxes, the one that is open, what was scanned in it. Nothing else.

No number, list, bar or order here comes from what the record expects.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from pharmacy_app.domain.counting import OUTSIDE, RECORDED, CountState, Seen, answer_of
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.locations import Unit, read_position
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.records.queries.unblinded.counts import BoxLine, Count
from pharmacy_app.ui import icons, wording
from pharmacy_app.ui.dialogs.codes import TypedCodeDialog
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.dialogs.signature import Asked
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.pages.page import ScanAnswer
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.storage.glances import name_in_box, written
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.position_map import Occupied, PositionMap
from pharmacy_app.ui.widgets.surfaces import Card, colour, words
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace, scanned
from pharmacy_app.workflows import counting, storing
from pharmacy_app.workflows.counting import Answer

BOXES, MAP = 272, 300
MAP_HEIGHT = 224


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan of the open box as the list shows it, the newest first."""

    number: int
    seen: Seen


class ScanPanel(Spoken, QWidget):
    """Waits for a box, then for its kits; a position chosen on the map goes with the next kit."""

    answered = Signal(object)
    changed = Signal(object)
    refused = Signal(object, object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._count: Count | None = None
        self._open: BoxLine | None = None
        self._last: Answer | None = None
        self._units: Mapping[str, Unit] = {}
        self._boxes_card, self._scans_card, self._told_card, self._map_card = (
            Card() for _ in range(4)
        )
        self._shape = QLabel()
        self._head, self._said = words("", "step", wrap=True), words("", "", wrap=True)
        self._next = words("", "muted", wrap=True)
        self.boxes: KeyedTable[BoxLine] = KeyedTable(self._boxes_model())
        self.scans: KeyedTable[Scan] = KeyedTable(self._scans_model())
        self.map = PositionMap()
        self.map.setMaximumHeight(MAP_HEIGHT)
        self.begin, self.typed, self.back, self.finish = (ReasonedButton() for _ in range(4))
        self.abandon, self.close_count = ReasonedButton(), PrimaryButton()
        self._lay_out()
        self._connect()

    @property
    def primary(self) -> QPushButton:
        """Closing the count, once every box is done."""
        return self.close_count

    def _lay_out(self) -> None:
        self._boxes_card.setFixedWidth(BOXES)
        self._boxes_card.body.addWidget(self.boxes, 1)
        self._boxes_card.body.addWidget(self.begin)
        told = QHBoxLayout()
        told.setSpacing(12)
        self._shape.setFixedWidth(40)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._head)
        said.addWidget(self._said)
        told.addWidget(self._shape)
        told.addLayout(said, 1)
        self._told_card.body.addLayout(told)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button in (self.typed, self.back):
            acts.addWidget(button)
        acts.addStretch(1)
        acts.addWidget(self.finish)
        self._scans_card.body.addWidget(self.scans, 1)
        self._scans_card.body.addLayout(acts)
        self._map_card.body.addWidget(self.map)
        self._map_card.body.addWidget(self._next)
        side = QWidget()
        side.setFixedWidth(MAP)
        middle, right = QVBoxLayout(), QVBoxLayout(side)
        for column in (middle, right):
            column.setSpacing(12)
        middle.addWidget(self._told_card)
        middle.addWidget(self._scans_card, 1)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self._map_card)
        right.addStretch(1)
        right.addWidget(self.abandon, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(self.close_count, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._boxes_card)
        row.addLayout(middle, 1)
        row.addWidget(side)

    def _connect(self) -> None:
        self.begin.clicked.connect(self.begin_selected)
        self.boxes.row_opened.connect(lambda line: self.begin_box(line.box))
        self.boxes.row_selected.connect(lambda _: self._tell_acts())
        self.scans.row_selected.connect(lambda _: self._tell_acts())
        self.map.position_selected.connect(lambda _: self._tell_next())
        self.typed.clicked.connect(self.ask_code)
        self.back.clicked.connect(self.take_back)
        self.finish.clicked.connect(self.finish_box)
        self.abandon.clicked.connect(self.ask_abandon)
        self.close_count.clicked.connect(self.ask_close)

    def _boxes_model(self) -> PagedModel[BoxLine]:
        return PagedModel(
            [
                Column(lambda: self.tr("Box"), lambda line: self._box_name(line.box), width=116),
                Column(lambda: self.tr("State"), self._word, _state_of),
            ],
            lambda after, limit: self._page(self._lines(), after, limit),
            lambda line: line.box,
        )

    def _scans_model(self) -> PagedModel[Scan]:
        return PagedModel(
            [
                Column(lambda: self.tr("No."), lambda one: str(one.number), width=44, right=True),
                Column(lambda: self.tr("Kit"), lambda one: one.seen.kit_number, width=110),
                Column(lambda: self.tr("Position"), self._position, width=76),
                Column(
                    lambda: self.tr("Told"),
                    lambda one: _in_a_word(answer_of(one.seen.state)),
                    lambda one: _state_for(answer_of(one.seen.state)),
                ),
            ],
            self._fetch_scans,
            lambda one: one.seen.kit_number,
        )

    @staticmethod
    def _page(lines: Sequence[BoxLine], after: object, limit: int) -> Sequence[BoxLine]:
        keys = [line.box for line in lines]
        start = 0 if after is None else keys.index(str(after)) + 1
        return lines[start : start + limit]

    def _lines(self) -> list[BoxLine]:
        count, reader = self._count, self._workplace.pharmacy.reader
        return [] if count is None else queries.boxes(reader, count.count_id, count.round)

    def _seen(self) -> list[Seen]:
        if self._count is None or self._open is None:
            return []
        reader = self._workplace.pharmacy.reader
        return queries.scans(reader, self._count.count_id, self._count.round, self._open.box)

    def _fetch_scans(self, after: object, limit: int) -> Sequence[Scan]:
        every = [Scan(number, one) for number, one in enumerate(self._seen(), start=1)][::-1]
        keys = [one.seen.kit_number for one in every]
        start = 0 if after is None else keys.index(after) + 1  # type: ignore[arg-type] # a key it gave
        return every[start : start + limit]

    def _box_name(self, box: str) -> str:
        if box == OUTSIDE:
            return self.tr("outside any box")
        return written(self._units, f"{box}-A1").rpartition("-")[0]

    def _position(self, one: Scan) -> str:
        return name_in_box(one.seen.position) if one.seen.position else "–"

    def _word(self, line: BoxLine) -> str:
        if line.done_at is not None:
            return self.tr("done")
        return self.tr("open") if line.begun_at is not None else self.tr("not yet")

    # What is shown

    def show_count(self, count: Count) -> None:
        """Show the open count, and the box that the person at the desk has open in it."""
        if self._count is None or self._count.count_id != count.count_id:
            self._last = None
        self._count = count
        self._units = storing.units(self._workplace.pharmacy)
        self._open = counting.begun_box(self._workplace.pharmacy, count)
        self.boxes.refresh()
        if self.boxes.selected() is None and self.boxes.model().rowCount():
            self.boxes.selectRow(0)
        self.scans.refresh()
        self._show_map()
        self.retranslate()

    def _show_map(self) -> None:
        line = self._open
        unit = self._units.get("" if line is None else line.box.partition("-")[0])
        self._map_card.setVisible(unit is not None)
        if unit is None or line is None:
            return
        taken = {
            name_in_box(one.position): Occupied(one.kit_number, State.INFO, self.tr("scanned"))
            for one in self._seen()
            if one.position is not None
        }
        self.map.show_box(
            unit.capacity.rows,
            unit.capacity.columns,
            taken,
            lambda name: unit.place_label(read_position(f"{line.box}-{name}")),
        )

    def retranslate(self) -> None:
        """Set every text again."""
        count = self._count
        if count is None:
            return
        again = count.state is CountState.RECOUNT
        title = self.tr("Count again, by another person") if again else self.tr("Boxes")
        self._boxes_card.set_title(title)
        self.boxes.set_name(title)
        self._scans_card.set_title(
            self.tr("Scanned in this box"),
            self.tr("{count} kits").format(count=len(self._seen())) if self._open else "",
        )
        self.scans.set_name(self.tr("Scanned in this box"))
        self._map_card.set_title(self.tr("Position, if you want to tell it"))
        self.begin.setText(self.tr("Count this box"))
        self.typed.setText(self.tr("Type a code…"))
        self.back.setText(self.tr("Take the scan back"))
        self.finish.setText(self.tr("Box is done"))
        self.abandon.setText(self.tr("Abandon…"))
        self.close_count.setText(self.tr("Close the count…"))
        self._tell_next()
        self._tell_acts()
        self._tell_last()

    def _tell_next(self) -> None:
        chosen = self.map.selected
        at = self.tr("The next kit lies at {place}.").format(place=chosen)
        self._next.setText(at if chosen else self.tr("Choose a cell for the next kit, or none."))

    def _tell_last(self) -> None:
        box = None if self._open is None else self._box_name(self._open.box)
        count = "" if self._count is None else self._count.count_id
        self._told_card.set_title(
            self.tr("Count {count}").format(count=count),
            "" if box is None else self.tr("box {box}").format(box=box),
        )
        last = self._last
        if last is None:
            self._head.setText(self.tr("Scan a box") if box is None else self.tr("Scan a kit"))
            self._said.setText(self.tr("Nothing of what is expected is shown."))
        else:
            self._head.setText(last.kit_number)
            self._said.setText(wording.term(f"count_answer.{last.said}"))
        state = State.QUIET if last is None else _state_for(last.said)
        colour(self._head, None if last is None else state)
        self._shape.setPixmap(icons.state_pixmap(state, 32))

    def _tell_acts(self) -> None:
        left = sum(line.done_at is None for line in self._lines())
        none = self.tr("Open a box first.")
        for button in (self.typed, self.finish):
            button.bar("" if self._open else none)
        self.back.bar("" if self.scans.selected() else self.tr("Select a scan first."))
        self.begin.bar("" if self.boxes.selected() else self.tr("Select a box first."))
        self.close_count.bar(self.tr("Boxes left: {count}").format(count=left) if left else "")

    # Acts

    def scan(self, scan: RawScan) -> None:
        """Take a box, a position of a box, or a kit."""
        pharmacy = self._workplace.pharmacy
        place = storing.position_named(pharmacy, scan.raw)
        box = counting.box_named(pharmacy, scan.raw) if place is None else place.box_id
        if any(line.box == box for line in self._lines()):
            if self._open is None or self._open.box != box:
                self.begin_box(box)
            if place is not None:
                self.map.select(f"{place.row}{place.column}")
                self._tell_next()
            return
        self.take_kit(scan)

    def take_kit(self, scan: RawScan) -> None:
        """Record that a kit lies in the open box, at the position chosen on the map if one is."""
        if self._count is None:
            return
        at = self.map.selected if self._map_card.isVisible() else ""
        try:
            answer = counting.scan(
                self._workplace.pharmacy, self._count.count_id, scanned(scan), at
            )
        except (Refused, EnvironmentProblem) as problem:
            # Only what is no kit's code is a wrong scan that must be confirmed: it was noted as one.
            self.refused.emit(scan if _unreadable(problem) else None, problem)
            return
        self.map.select("")
        self._say(answer)
        self.changed.emit(answer.appended.changed or frozenset({"count"}))

    def _say(self, answer: Answer) -> None:
        self._last = answer
        said = wording.term(f"count_answer.{answer.said}")
        self.answered.emit(ScanAnswer(answer.kit_number, _state_for(answer.said), said))

    @Slot()
    def begin_selected(self) -> None:
        """Open the selected box."""
        line = self.boxes.selected()
        if line is not None:
            self.begin_box(line.box)

    def begin_box(self, box: str) -> None:
        """Open a box; the one that was open is done."""
        self._last = None
        self.map.select("")
        self._act(lambda count: counting.begin_box(self._workplace.pharmacy, count.count_id, box))

    @Slot()
    def finish_box(self) -> None:
        """Say that everything in the open box was scanned."""
        self._last = None
        self._act(lambda count: counting.finish_box(self._workplace.pharmacy, count.count_id))

    @Slot()
    def take_back(self) -> None:
        """Take the selected scan back."""
        one = self.scans.selected()
        if one is None:
            return
        scan = scanned(RawScan(one.seen.kit_number, typed=True))
        self._last = None
        self._act(lambda count: counting.withdraw(self._workplace.pharmacy, count.count_id, scan))

    def _act(self, act: Callable[[Count], Appended]) -> None:
        if self._count is None:
            return
        try:
            appended = act(self._count)
        except (Refused, EnvironmentProblem) as problem:
            self.refused.emit(None, problem)
            return
        self.changed.emit(appended.changed)

    @Slot()
    def ask_code(self) -> None:
        """Ask for a code in place of a scan."""
        dialog = TypedCodeDialog(self)
        dialog.code_given.connect(self.scan)
        dialog.open()

    @Slot()
    def ask_close(self) -> None:
        """Ask for the signature that closes the count."""
        count = self._count
        if count is None:
            return
        pharmacy = self._workplace.pharmacy
        said = self.tr(
            "I looked into {boxes} boxes of count {count} and scanned all that lies there."
        )
        sign_and(
            self._workplace,
            said.format(boxes=len(self._lines()), count=count.count_id),
            [self._asked()],
            lambda credentials: counting.close(pharmacy, count.count_id, credentials[0]),
            lambda _: self.changed.emit(frozenset({"count"})),
            self,
        )

    @Slot()
    def ask_abandon(self) -> None:
        """Ask why the count ends without a result."""
        dialog = QuestionsDialog(
            self.tr("Abandon the count"),
            self.tr(
                "It ends without a result and does not count as one. What was scanned is kept."
            ),
            [self.tr("Reason")],
            self.tr("Go on to the signature"),
            self,
        )
        dialog.answered.connect(lambda given: self._abandon(given[0]))
        dialog.open()

    def _abandon(self, because: str) -> None:
        count, pharmacy = self._count, self._workplace.pharmacy
        if count is None:
            return
        said = self.tr("Count {count} ends without a result: {why}")
        sign_and(
            self._workplace,
            said.format(count=count.count_id, why=because),
            [self._asked()],
            lambda given: counting.abandon(pharmacy, count.count_id, because, given[0]),
            lambda appended: self.changed.emit(appended.changed),
            self,
        )

    def _asked(self) -> Asked:
        me = self._workplace.pharmacy.person.person_id
        return self._workplace.asked(Meaning.REPORTED, Task.CLOSE_COUNT, chosen=me)


def _unreadable(problem: Refused | EnvironmentProblem) -> bool:
    return isinstance(problem, Refused) and any(
        one.rule.startswith("barcode.") for one in problem.violations
    )


def _in_a_word(said: str) -> str:
    """Return an answer as the list has room for it."""
    return wording.term(f"count_answer.{said}" if said == RECORDED else f"difference.{said}")


def _state_for(said: str) -> State:
    """Return the state of an answer: what is to be kept apart is never green."""
    if said == RECORDED:
        return State.OK
    return State.INFO if said == counting.AGAIN else State.WARN


def _state_of(line: BoxLine) -> State:
    if line.done_at is not None:
        return State.OK
    return State.INFO if line.begun_at is not None else State.QUIET
