"""Putting kits away: scan the kit, take the free position proposed, or scan or type another."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pharmacy_app.domain.kits import Kit
from pharmacy_app.domain.locations import read_position
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.pages.page import ScanAnswer
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.scans import RawScan
from pharmacy_app.ui.storage.kits_said import place
from pharmacy_app.ui.widgets.buttons import PrimaryButton, ReasonedButton
from pharmacy_app.ui.widgets.fields import TextField
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
        self._told = words("", "step", wrap=True)
        self._note = words("", "muted", wrap=True)
        self.position = TextField(codes=True)
        self.put = PrimaryButton()
        self.drop = ReasonedButton()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.position, 1)
        foot.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignBottom)
        foot.addWidget(self.put, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addWidget(self._told)
        self.body.addWidget(self._note)
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
        self.put.setText(self.tr("It lies there"))
        self.drop.setText(self.tr("Not this kit"))
        kit = self._kit
        for part in (self.position, self.put, self.drop):
            part.setVisible(kit is not None)
        if kit is None:
            self._told.setText(self.tr("Scan a kit"))
            self._note.setText(self.tr("The next free position is proposed."))
            return
        to = self.tr("{kit}  →  {place}").format(
            kit=kit.kit_number, place=place(self.position.text or None)
        )
        self._told.setText(to)
        moves = self.tr("It lies at {place} now.").format(place=place(kit.position))
        self._note.setText(moves if kit.position else self.tr("It has no position yet."))

    def take(self, scan: RawScan) -> None:
        """Take a scan: a position if a kit is in the hand and it names one, else a kit."""
        if self._kit is not None and _is_position(scan.raw):
            self.position.set_text(scan.raw.strip().upper())
            self.put_there()
            return
        self.hold(scan)

    def hold(self, scan: RawScan) -> None:
        """Take a kit into the hand and propose the next free position."""
        pharmacy = self._workplace.pharmacy
        try:
            kit = stock.known_kit(pharmacy, scanned(scan))
        except Refused as refused:
            self.refused.emit(scan, refused)
            return
        self._kit, self._last = kit, scanned(scan)
        proposed = storing.next_free_position(pharmacy)
        self.position.set_text(str(proposed or ""))
        self.position.set_error("" if proposed else self.tr("Every box is full."))
        self.retranslate()
        said = self.tr("now its position: {place}").format(place=place(proposed))
        self.answered.emit(ScanAnswer(kit.kit_number, State.OK, said))

    @Slot()
    def forget(self) -> None:
        """Let go of the kit in the hand."""
        self._kit = self._last = None
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
            appended = storing.stow(self._workplace.pharmacy, last, position)
        except Refused as refused:
            self.refused.emit(RawScan(position, typed=True), refused)
            return
        except EnvironmentProblem as problem:
            self.refused.emit(None, problem)
            return
        self.forget()
        said = self.tr("put away at {place}").format(place=place(position.upper()))
        self.answered.emit(ScanAnswer(kit.kit_number, State.OK, said))
        self.stowed.emit(appended.changed)


def _is_position(text: str) -> bool:
    try:
        read_position(text)
    except Refused:
        return False
    return True
