"""Scanning a stock count: the boxes, the one that is open, what was scanned in it. Nothing else.

No number, list, bar or order here comes from what the record expects.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pharmacy_app.domain.counting import CountState, Seen, answer_of
from pharmacy_app.domain.events.envelope import Meaning
from pharmacy_app.domain.people import Task
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.ledger import Appended
from pharmacy_app.records.queries.unblinded import counts as queries
from pharmacy_app.records.queries.unblinded.counts import BoxLine, Count
from pharmacy_app.ui import wording
from pharmacy_app.ui.dialogs.codes import TypedCodeDialog
from pharmacy_app.ui.dialogs.questions import QuestionsDialog
from pharmacy_app.ui.dialogs.signature import Asked
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.models.paged import Column, PagedModel
from pharmacy_app.ui.pages.page import ScanAnswer
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.signing import sign_and
from pharmacy_app.ui.storage.count_boxes import BoxesCard
from pharmacy_app.ui.storage.count_place import PlaceCard
from pharmacy_app.ui.storage.count_told import ToldCard, in_a_word, state_for
from pharmacy_app.ui.storage.glances import name_in_box
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.surfaces import Card
from pharmacy_app.ui.widgets.table import KeyedTable
from pharmacy_app.ui.workplace import Workplace, scanned
from pharmacy_app.workflows import counting, storing
from pharmacy_app.workflows.counting import Answer

SIDE = 300


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
        self.boxes, self.told, self.place = BoxesCard(), ToldCard(), PlaceCard()
        self._scans_card = Card()
        self.scans: KeyedTable[Scan] = KeyedTable(self._scans_model())
        self.typed, self.back, self.finish = (ReasonedButton() for _ in range(3))
        self.abandon, self.close_count = ReasonedButton(), PrimaryButton()
        self._lay_out()
        self._connect()

    @property
    def primary(self) -> QPushButton:
        """Closing the count, once every box is done."""
        return self.close_count

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for button in (self.typed, self.back):
            acts.addWidget(button)
        acts.addStretch(1)
        acts.addWidget(self.finish)
        self._scans_card.body.addWidget(self.scans, 1)
        self._scans_card.body.addLayout(acts)
        side = QWidget()
        side.setFixedWidth(SIDE)
        middle, right = QVBoxLayout(), QVBoxLayout(side)
        for column in (middle, right):
            column.setSpacing(12)
        middle.addWidget(self.told)
        middle.addWidget(self._scans_card, 1)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.place)
        right.addStretch(1)
        right.addWidget(self.abandon, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(self.close_count, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.boxes)
        row.addLayout(middle, 1)
        row.addWidget(side)

    def _connect(self) -> None:
        self.boxes.begun.connect(self.begin_box)
        self.scans.row_selected.connect(lambda _: self._tell_acts())
        self.typed.clicked.connect(self.ask_code)
        self.back.clicked.connect(self.take_back)
        self.finish.clicked.connect(self.finish_box)
        self.abandon.clicked.connect(self.ask_abandon)
        self.close_count.clicked.connect(self.ask_close)

    def _scans_model(self) -> PagedModel[Scan]:
        return PagedModel(
            [
                Column(lambda: self.tr("No."), lambda one: str(one.number), width=44, right=True),
                Column(lambda: self.tr("Kit"), lambda one: one.seen.kit_number, width=110),
                Column(lambda: self.tr("Position"), self._position, width=76),
                Column(
                    lambda: self.tr("Told"),
                    lambda one: in_a_word(answer_of(one.seen.state)),
                    lambda one: state_for(answer_of(one.seen.state)),
                ),
            ],
            self._fetch_scans,
            lambda one: one.seen.kit_number,
        )

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

    def _position(self, one: Scan) -> str:
        return name_in_box(one.seen.position) if one.seen.position else "–"

    # What is shown

    def show_count(self, count: Count) -> None:
        """Show the open count, and the box that the person at the desk has open in it."""
        if self._count is None or self._count.count_id != count.count_id:
            self._last = None
        self._count = count
        pharmacy = self._workplace.pharmacy
        units = storing.units(pharmacy)
        self._open = counting.begun_box(pharmacy, count)
        self.boxes.show_boxes(
            queries.boxes(pharmacy.reader, count.count_id, count.round),
            units,
            again=count.state is CountState.RECOUNT,
        )
        self.scans.refresh()
        box = "" if self._open is None else self._open.box
        self.place.show_box(units.get(box.partition("-")[0]), box, self._seen())
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        if self._count is None:
            return
        seen = len(self._seen())
        self._scans_card.set_title(
            self.tr("Scanned in this box"),
            self.tr("{count} kits").format(count=seen) if self._open else "",
        )
        self.scans.set_name(self.tr("Scanned in this box"))
        self.typed.setText(self.tr("Type a code…"))
        self.back.setText(self.tr("Take the scan back"))
        self.finish.setText(self.tr("Box is done"))
        self.abandon.setText(self.tr("Abandon…"))
        self.close_count.setText(self.tr("Close the count…"))
        box = "" if self._open is None else self.boxes.name(self._open.box)
        self.told.tell(self._count.count_id, box, self._last)
        self._tell_acts()

    def _tell_acts(self) -> None:
        left = sum(line.done_at is None for line in self.boxes.lines)
        none = self.tr("Open a box first.")
        for button in (self.typed, self.finish):
            button.bar("" if self._open else none)
        self.back.bar("" if self.scans.selected() else self.tr("Select a scan first."))
        self.close_count.bar(self.tr("Boxes left: {count}").format(count=left) if left else "")

    # Acts

    def scan(self, scan: RawScan) -> None:
        """Take a box, a position of a box, or a kit."""
        pharmacy = self._workplace.pharmacy
        place = storing.position_named(pharmacy, scan.raw)
        box = counting.box_named(pharmacy, scan.raw) if place is None else place.box_id
        if any(line.box == box for line in self.boxes.lines):
            if self._open is None or self._open.box != box:
                self.begin_box(box)
            if place is not None:
                self.place.choose(f"{place.row}{place.column}")
            return
        self.take_kit(scan)

    def take_kit(self, scan: RawScan) -> None:
        """Record that a kit lies in the open box, at the position chosen on the map if one is."""
        if self._count is None:
            return
        try:
            answer = counting.scan(
                self._workplace.pharmacy, self._count.count_id, scanned(scan), self.place.chosen
            )
        except (Refused, EnvironmentProblem) as problem:
            # Only what is no kit's code is a wrong scan that must be confirmed: it was noted as one.
            self.refused.emit(scan if _unreadable(problem) else None, problem)
            return
        self.place.choose("")
        self._say(answer)
        self.changed.emit(answer.appended.changed or frozenset({"count"}))

    def _say(self, answer: Answer) -> None:
        self._last = answer
        said = wording.term(f"count_answer.{answer.said}")
        self.answered.emit(ScanAnswer(answer.kit_number, state_for(answer.said), said))

    @Slot(str)
    def begin_box(self, box: str) -> None:
        """Open a box; the one that was open is done."""
        self._last = None
        self.place.choose("")
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
            said.format(boxes=len(self.boxes.lines), count=count.count_id),
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
