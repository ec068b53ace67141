"""Putting kits away: scan the kit, take the free position proposed, or scan or type another.

A kit that lies in a place is out from the moment it is scanned here; one that was taken out for a
dose goes back with a reason, which stops the dose.
"""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pharmacy_app.domain.kits import Kit, KitState
from pharmacy_app.domain.locations import read_box
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.records.ledger import Appended
from pharmacy_app.ui import wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.pages.page import ScanAnswer
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.storage.glances import address, written
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import NumberField, TextField
from pharmacy_app.ui.widgets.surfaces import Card, words
from pharmacy_app.ui.workplace import Workplace, scanned
from pharmacy_app.workflows import stock, storing
from pharmacy_app.workflows.pharmacy import Scanned


class PutAway(Spoken, Card):
    """Waits for a kit, then for its position.

    ``answered`` comes with a `ScanAnswer`, ``stowed`` with the kinds of rows that changed,
    ``refused`` with what was scanned and why not.
    """

    answered = Signal(object)
    stowed = Signal(object)
    refused = Signal(object, object)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._workplace = workplace
        self._kit: Kit | None = None
        self._last: Scanned | None = None
        self._since: datetime | None = None
        self._told = words("", "step", wrap=True)
        self._hint = words("", "muted", wrap=True)
        self.position = TextField(codes=True)
        self.minutes = NumberField()
        self.minutes.setMaximumWidth(170)
        self.because = TextField()
        self.put = PrimaryButton()
        self.drop = ReasonedButton()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.position, 1)
        foot.addWidget(self.minutes)
        foot.addWidget(self.because, 1)
        foot.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.put, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(self._told)
        self.body.addWidget(self._hint)
        self.body.addLayout(foot)
        self.put.clicked.connect(self.put_there)
        self.drop.clicked.connect(self.forget)
        self.retranslate()

    @property
    def kit(self) -> Kit | None:
        """The kit in the hand, or None."""
        return self._kit

    def retranslate(self) -> None:
        """Set every text again."""
        self.set_title(self.tr("Put away"))
        self.position.set_label(self.tr("Position, scanned or typed"))
        self.minutes.set_label(self.tr("Minutes out, if longer"))
        self.because.set_label(self.tr("Why it goes back"))
        self.put.setText(self.tr("It lies there"))
        self.drop.setText(self.tr("Not this kit"))
        kit = self._kit
        for part in (self.position, self.put, self.drop):
            part.setVisible(kit is not None)
        self.minutes.setVisible(kit is not None and kit.position is not None)
        self.because.setVisible(kit is not None and kit.state is KitState.OUT_OF_STORAGE)
        if kit is None:
            self._told.setText(self.tr("Scan a kit"))
            self._hint.setText(self.tr("The next free position is proposed."))
            return
        units = storing.units(self._workplace.pharmacy)
        to = storing.position_named(self._workplace.pharmacy, self.position.text)
        self._told.setText(
            self.tr("{kit}  →  {place}").format(
                kit=kit.kit_number, place=address(units, to.position_id if to else None)
            )
        )
        self._hint.setText(self._about(kit))

    def _about(self, kit: Kit) -> str:
        """Say where the kit comes from, and since when its time out counts."""
        units = storing.units(self._workplace.pharmacy)
        if kit.state is KitState.OUT_OF_STORAGE:
            told = self.tr(
                "Taken out for dose {dose} at {when}. Unopened, it may go back: the dose is stopped."
            )
            when = "" if kit.out_since is None else wording.minute(kit.out_since)
            return told.format(dose=kit.dose_id, when=when)
        if kit.position is not None:
            moves = self.tr("It lies at {place} now. Out since {when}.")
            when = "" if self._since is None else wording.minute(self._since)
            return moves.format(place=address(units, kit.position), when=when)
        if kit.out_since is not None:
            waits = self.tr("It has no position yet. Out since {when}.")
            return waits.format(when=wording.moment(kit.out_since))
        return self.tr("It has no position yet.")

    def take(self, scan: RawScan) -> None:
        """Take a scan: a place or a box for the kit in the hand, or a kit."""
        pharmacy = self._workplace.pharmacy
        units = storing.units(pharmacy)
        if self._kit is not None and (to := storing.position_named(pharmacy, scan.raw)) is not None:
            self.position.set_text(written(units, to.position_id))
            self.put_there()
            return
        box = read_box(scan.raw, units)
        if self._kit is not None and box is not None:
            self._propose(next(iter(storing.free_positions(pharmacy, box)), None))
            return
        self.hold(scan)

    def hold(self, scan: RawScan) -> None:
        """Take a kit into the hand and propose the next free position, or where it came from."""
        pharmacy = self._workplace.pharmacy
        try:
            kit = stock.known_kit(pharmacy, scanned(scan))
        except Refused as refused:
            self.refused.emit(scan, refused)
            return
        self._kit, self._last, self._since = kit, scanned(scan), pharmacy.now()
        self.minutes.set_value(None)
        self.because.set_text("")
        came = storing.came_from(pharmacy, kit) if kit.state is KitState.OUT_OF_STORAGE else ""
        self._propose(came or storing.next_free_position(pharmacy, kit))

    def _propose(self, place: str | None) -> None:
        units = storing.units(self._workplace.pharmacy)
        self.position.set_text("" if place is None else written(units, place))
        self.position.set_error("" if place else self.tr("Every box is full."))
        self.retranslate()
        kit = "" if self._kit is None else self._kit.kit_number
        said = self.tr("now its position: {place}").format(place=address(units, place))
        self.answered.emit(ScanAnswer(kit, State.OK, said))

    @Slot()
    def forget(self) -> None:
        """Let go of the kit in the hand."""
        self._kit = self._last = self._since = None
        self.position.set_error("")
        self.retranslate()

    @Slot()
    def put_there(self) -> None:
        """Record that the kit lies at the position now."""
        kit, last = self._kit, self._last
        if kit is None or last is None:
            return
        position = self.position.text
        try:
            appended = self._put(kit, last, position)
        except Refused as refused:
            self.refused.emit(RawScan(position, typed=True), refused)
            return
        except EnvironmentProblem as problem:
            self.refused.emit(None, problem)
            return
        self.forget()
        pharmacy = self._workplace.pharmacy
        to = storing.position_named(pharmacy, position)
        there = address(storing.units(pharmacy), to.position_id if to else None)
        said = self.tr("put away at {place}").format(place=there)
        self.answered.emit(ScanAnswer(kit.kit_number, State.OK, said))
        self.stowed.emit(appended.changed)

    def _put(self, kit: Kit, last: Scanned, position: str) -> Appended:
        pharmacy = self._workplace.pharmacy
        if kit.state is KitState.OUT_OF_STORAGE:
            return storing.put_back(pharmacy, last, self.because.text, position)
        entered = self.minutes.value
        since = self._since
        if entered is not None:
            since = pharmacy.now() - timedelta(minutes=int(entered))
        return storing.stow(pharmacy, last, position, out_since=since)
